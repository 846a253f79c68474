"""The tables that grow with the sample: ledgers, counter-ledgers, waybills, payments, calls, from deliveries.

A frame has the record kind's own fields. A field that names an actor holds his position; the department that writes the
table down turns it into the name as it spells it. `_province` says where the record arises, `_move` which delivery it tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.columns import day_of, either, stamp, when
from graphkit.sample.goods import DAY, MARKUP, Level, Moves
from graphkit.sample.numbers import padded
from graphkit.sample.people import Actors
from graphkit.sample.plan import Role
from graphkit.sample.wares import CARRIERS, CHANNELS, MEMOS, PRODUCTS
from graphkit.sample.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Chosen = NDArray[np.bool_]


@dataclass
class Serial:
    """The running number of documents, so that no two are the same over all chunks."""

    move: int = 0
    payment: int = 0
    call: int = 0


class BatchColumns:
    """The batches as columns to look things up in."""

    def __init__(self, world: World) -> None:
        batches = world.made.batches
        self.number = pl.Series(batches.number)
        self.product = pl.Series(batches.product)
        self.unit = pl.Series(batches.unit)
        self.kind = pl.Series(batches.kind)
        self.price = np.array(batches.price)
        self.ring = np.array(batches.ring)
        weights = {"raw": 1.0, "finished": 0.06, "genuine": 0.06}
        loose = np.array([PRODUCTS[ware].milligrams for ware in batches.ware]) * 1.2e-6
        self.kilograms = np.array([weights.get(k, 0.0) for k in batches.kind]) + np.where(
            np.isin(batches.kind, ["loose", "hidden"]), loose, 0
        )


def prices(moves: Moves, batches: BatchColumns) -> NDArray[np.float64]:
    """The price of one unit, to the cent."""
    return np.maximum(np.round(batches.price[moves.batch] * MARKUP[moves.level], 2), 0.01)


def bulk_frames(
    moves: Moves, world: World, batches: BatchColumns, serial: Serial, rng: np.random.Generator
) -> dict[str, pl.DataFrame]:
    """Ledger, counter-ledger, waybill and payment rows of some deliveries. Every delivery is told by one of the first three at least."""
    count = len(moves)
    number = np.arange(serial.move, serial.move + count)
    serial.move += count
    ledger, counter, way = rng.random(count) < 0.78, rng.random(count) < 0.3, rng.random(count) < 0.42
    ledger |= ~(counter | way)
    paid = np.flatnonzero(rng.random(count) < 0.72)
    return {
        "supply": _ledger(moves.pick(ledger), number[ledger], world, batches, rng, own=True),
        "supply_in": _ledger(moves.pick(counter), number[counter], world, batches, rng, own=False),
        "waybill": _waybills(moves.pick(way), number[way], world, batches, rng),
        "payment": _payments(moves.pick(paid), number[paid], world, batches, serial, rng),
    }


def _ledger(
    moves: Moves, number: Ints, world: World, batches: BatchColumns, rng: np.random.Generator, own: bool
) -> pl.DataFrame:
    """The seller's own book, dated when goods left, or the buyer's, dated when they came."""
    province = world.actors.province()
    at = moves.sent if own else moves.arrived
    price = prices(moves, batches)
    unit = batches.unit.gather(moves.batch)
    in_grams = ((unit == "kg") & pl.Series(np.full(len(moves), not own) & (moves.buyer % 2 == 0))).to_numpy()
    factor = np.where(in_grams, 1000.0, 1.0)
    return pl.DataFrame(
        {
            "_province": province[moves.seller if own else moves.buyer],
            "_move": number,
            "supply_id": pl.Series(["XS" if own else "JH"]) + stamp(at) + padded(number + 1, 7),
            "seller": moves.seller,
            "buyer": moves.buyer,
            "product": batches.product.gather(moves.batch),
            "batch": either(rng.random(len(moves)) > 0.05, batches.number.gather(moves.batch)),
            "quantity": moves.quantity * factor,
            "unit": either(in_grams, pl.Series(["g"]), unit),
            "unit_price": np.round(price / factor, 2),
            "amount": np.round(moves.quantity * price, 2),
            "supplied_at": day_of(at),
        }
    )


def _waybills(
    moves: Moves, number: Ints, world: World, batches: BatchColumns, rng: np.random.Generator
) -> pl.DataFrame:
    """What the couriers know: phones and addresses, no numbers; what is in the parcel only when it was told."""
    count = len(moves)
    carrier = (moves.seller + moves.batch) % len(CARRIERS)
    told = rng.random(count) < 0.7
    return pl.DataFrame(
        {
            "_province": world.actors.province()[moves.seller],
            "_move": number,
            "waybill_id": pl.Series(["XD", "ZT", "BL", "HT"]).gather(carrier)
            + padded(7_300_000_000_000 + number * 13 + 5, 13),
            "sender": moves.seller,
            "sender_phone": world.actors.phone.gather(moves.seller),
            "sender_address": world.addresses.gather(moves.seller),
            "recipient": moves.buyer,
            "recipient_phone": world.actors.phone.gather(moves.buyer),
            "recipient_address": world.addresses.gather(moves.buyer),
            "product": either(told, batches.product.gather(moves.batch)),
            "batch": either(told & (rng.random(count) < 0.7), batches.number.gather(moves.batch)),
            "quantity": either(told, pl.Series(moves.quantity)),
            "unit": either(told, batches.unit.gather(moves.batch)),
            "weight_kg": np.round(np.maximum(0.1, moves.quantity * batches.kilograms[moves.batch]), 1),
            "sent_at": when(moves.sent),
            "received_at": when(moves.arrived),
            "carrier": pl.Series(CARRIERS).gather(carrier),
        }
    )


def _payments(
    moves: Moves, number: Ints, world: World, batches: BatchColumns, serial: Serial, rng: np.random.Generator
) -> pl.DataFrame:
    """The buyer pays the seller some days after, at times in two parts; the dispatchers' customers pay a mule, who passes it on."""
    actors = world.actors
    parts = np.where(rng.random(len(moves)) < 0.15, 2, 1)
    again = np.repeat(np.arange(len(moves)), parts)
    total = np.round(moves.quantity * prices(moves, batches), 2)[again]
    second = np.concatenate([[False], again[1:] == again[:-1]]) if len(again) else np.zeros(0, dtype=bool)
    half = np.round(total / 2, -1)
    amount = np.where(parts[again] == 1, total, np.where(second, total - half, half))
    payer, payee = moves.buyer[again], moves.seller[again]
    at = moves.arrived[again] + (rng.uniform(0.2, 10, len(again)) * DAY).astype(np.int64) + second * 20 * DAY
    mule = _mules(actors, payee, moves.level[again], rng)
    through = np.flatnonzero(mule >= 0)
    passed = np.maximum(1.0, np.floor(amount[through] * 0.98))
    rows = pl.DataFrame(
        {
            "payer": np.concatenate([payer, mule[through]]),
            "payee": np.concatenate([np.where(mule >= 0, mule, payee), payee[through]]),
            "amount": np.concatenate([amount, passed]),
            "at": np.concatenate([at, at[through] + rng.integers(60, 40 * 60, len(through))]),
            "_move": np.concatenate([number[again], number[again][through]]),
        }
    ).filter(pl.col("amount") > 0)
    return _payment_frame(rows, actors, serial, rng)


def _mules(actors: Actors, payee: Ints, level: Ints, rng: np.random.Generator) -> Ints:
    """Whose account the money goes through on its way to a dispatcher; -1 where it goes straight."""
    chosen = np.full(len(payee), -1, dtype=np.int64)
    for place in np.flatnonzero((level == Level.TIER1) & (rng.random(len(payee)) < 0.6)).tolist():
        mules = actors.of(Role.MULE, int(actors.ring[payee[place]]))
        chosen[place] = mules[place % len(mules)]
    return chosen


def _payment_frame(rows: pl.DataFrame, actors: Actors, serial: Serial, rng: np.random.Generator) -> pl.DataFrame:
    count = len(rows)
    payer, payee, at = rows["payer"].to_numpy(), rows["payee"].to_numpy(), rows["at"].to_numpy()
    number = np.arange(serial.payment, serial.payment + count)
    serial.payment += count
    return pl.DataFrame(
        {
            "_province": actors.province()[payer],
            "_move": rows["_move"],
            "payment_id": stamp(at) + padded(100_000_000_000 + number * 7, 12),
            "payer_account": actors.account.gather(payer),
            "payer": payer,
            "payee_account": actors.account.gather(payee),
            "payee": payee,
            "amount": rows["amount"],
            "paid_at": when(at),
            "channel": pl.Series(CHANNELS).gather(rng.integers(0, len(CHANNELS), count)),
            "memo": pl.Series(MEMOS).gather(rng.integers(0, len(MEMOS), count)),
        }
    )


def call_frame(count: int, moves: Moves, world: World, serial: Serial, rng: np.random.Generator) -> pl.DataFrame:
    """Calls around deliveries, either side calling, and some between anybody."""
    actors = world.actors
    about = rng.integers(0, len(moves), count)
    turned = rng.random(count) < 0.5
    caller = np.where(turned, moves.buyer[about], moves.seller[about])
    callee = np.where(turned, moves.seller[about], moves.buyer[about])
    noise = rng.random(count) < 0.12
    callee = np.where(noise, rng.integers(1, len(actors), count), callee)  # never the hidden source, who is the first
    callee = np.where(callee == caller, np.maximum(1, (caller + 1) % len(actors)), callee)
    at = np.maximum(60, moves.sent[about] - rng.integers(0, 2 * DAY, count))
    number = np.arange(serial.call, serial.call + count)
    serial.call += count
    return pl.DataFrame(
        {
            "_province": actors.province()[caller],
            "call_id": pl.Series(["HD"]) + padded(number + 1, 10),
            "caller": actors.phone.gather(caller),
            "callee": actors.phone.gather(callee),
            "started_at": when(at),
            "duration_s": (rng.exponential(90, count) + 3).astype(np.int64),
            "cell": pl.Series(["460-00-"]) + padded(9000 + actors.county[caller] * 37 % 9000, 5),
        }
    )
