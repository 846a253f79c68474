"""The tables that grow with the sample: ledgers, counter-ledgers, waybills, payments, calls, from deliveries.

A frame has the record kind's own fields. A field that names an actor holds his position; the department that writes the
table down turns it into the name as it spells it. `_province` says where the record arises, `_move` of which delivery
it tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.columns import day_of, either, stamp, texts, when
from graphkit.sample.goods import DAY, MARKUP, Batch, Level, Moves
from graphkit.sample.numbers import padded
from graphkit.sample.plan import Role
from graphkit.sample.wares import CARRIER_CODES, CARRIERS, CHANNELS, MEMOS, PRODUCTS
from graphkit.sample.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class BatchColumns:
    """The batches as columns to look things up in."""

    def __init__(self, world: World) -> None:
        batches = world.made.batches
        self.number = texts([batch.number for batch in batches])
        self.product = texts([batch.product for batch in batches])
        self.unit = texts([batch.unit for batch in batches])
        self.kind = texts([batch.kind for batch in batches])
        self.price = np.array([batch.price for batch in batches])
        self.ring = np.array([batch.ring for batch in batches])
        self.kilograms = np.array([_kilograms(batch) for batch in batches])  # of one unit


def _kilograms(batch: Batch) -> float:
    if batch.unit == "box":
        return 0.06
    return 1.0 if batch.unit == "kg" else PRODUCTS[batch.ware].milligrams * 1.2e-6


def prices(moves: Moves, batches: BatchColumns) -> NDArray[np.float64]:
    """The price of one unit, to the cent."""
    price: NDArray[np.float64] = np.round(batches.price[moves.batch] * MARKUP[moves.level], 2)
    return np.maximum(price, 0.01)


class Bulk:
    """Writes rows of deliveries; keeps the running numbers, so that no two documents share one over all chunks."""

    def __init__(self, world: World, batches: BatchColumns, rng: np.random.Generator) -> None:
        self.world, self.actors, self.batches, self.rng = world, world.actors, batches, rng
        self.province = world.actors.province()
        self.moves_told = self.payments_told = self.calls_told = 0

    def frames(self, moves: Moves) -> dict[str, pl.DataFrame]:
        """Ledger, counter-ledger, waybill and payment rows. One of the first three at least tells of every delivery."""
        count, rng = len(moves), self.rng
        number = np.arange(self.moves_told, self.moves_told + count)
        self.moves_told += count
        ledger, counter, way = rng.random(count) < 0.78, rng.random(count) < 0.3, rng.random(count) < 0.42
        ledger |= ~(counter | way)
        paid = np.flatnonzero(rng.random(count) < 0.72)
        return {
            "supply": self._ledger(moves.pick(ledger), number[ledger], own=True),
            "supply_in": self._ledger(moves.pick(counter), number[counter], own=False),
            "waybill": self._waybills(moves.pick(way), number[way]),
            "payment": self._payments(moves.pick(paid), number[paid]),
        }

    def _ledger(self, moves: Moves, number: Ints, own: bool) -> pl.DataFrame:
        """The seller's own book, dated when goods left, or the buyer's, dated when they came, at times in grams."""
        at = moves.sent if own else moves.arrived
        price, unit = prices(moves, self.batches), self.batches.unit.gather(moves.batch)
        grams = (unit == "kg").to_numpy() & (moves.buyer % 2 == 0) & (not own)
        factor = np.where(grams, 1000.0, 1.0)
        named = self.rng.random(len(moves)) > 0.05
        return pl.DataFrame(
            {
                "_province": self.province[moves.seller if own else moves.buyer],
                "_move": number,
                "supply_id": pl.Series(["XS" if own else "JH"]) + stamp(at) + padded(number + 1, 7),
                "seller": moves.seller,
                "buyer": moves.buyer,
                "product": self.batches.product.gather(moves.batch),
                "batch": either(named, self.batches.number.gather(moves.batch)),
                "quantity": moves.quantity * factor,
                "unit": either(grams, pl.Series(["g"]), unit),
                "unit_price": np.round(price / factor, 2),
                "amount": np.round(moves.quantity * price, 2),
                "supplied_at": day_of(at),
            }
        )

    def _waybills(self, moves: Moves, number: Ints) -> pl.DataFrame:
        """What the couriers know: phones and addresses, no numbers; what is in the parcel only when it was told."""
        count = len(moves)
        carrier = (moves.seller + moves.batch) % len(CARRIERS)
        told = self.rng.random(count) < 0.7
        numbered = told & (self.rng.random(count) < 0.7)
        return pl.DataFrame(
            {
                "_province": self.province[moves.seller],
                "_move": number,
                "waybill_id": pl.Series(CARRIER_CODES).gather(carrier)
                + padded(7_300_000_000_000 + number * 13 + 5, 13),
                "sender": moves.seller,
                "sender_phone": self.actors.phone.gather(moves.seller),
                "sender_address": self.world.addresses.gather(moves.seller),
                "recipient": moves.buyer,
                "recipient_phone": self.actors.phone.gather(moves.buyer),
                "recipient_address": self.world.addresses.gather(moves.buyer),
                "product": either(told, self.batches.product.gather(moves.batch)),
                "batch": either(numbered, self.batches.number.gather(moves.batch)),
                "quantity": either(told, pl.Series(moves.quantity)),
                "unit": either(told, self.batches.unit.gather(moves.batch)),
                "weight_kg": np.round(np.maximum(0.1, moves.quantity * self.batches.kilograms[moves.batch]), 1),
                "sent_at": when(moves.sent),
                "received_at": when(moves.arrived),
                "carrier": pl.Series(CARRIERS).gather(carrier),
            }
        )

    def _payments(self, moves: Moves, number: Ints) -> pl.DataFrame:
        """The buyer pays some days after, at times in two parts; mules pass on what they get within two days."""
        rng = self.rng
        parts = np.where(rng.random(len(moves)) < 0.15, 2, 1)
        again = np.repeat(np.arange(len(moves)), parts)
        second = np.diff(again, prepend=-1) == 0
        total = np.round(moves.quantity * prices(moves, self.batches), 2)[again]
        half = np.round(total / 2, -1)
        amount = np.where(parts[again] == 1, total, np.where(second, np.round(total - half, 2), half))
        payer, payee = moves.buyer[again], moves.seller[again]
        at = moves.arrived[again] + (rng.uniform(0.2, 10, len(again)) * DAY).astype(np.int64) + second * 20 * DAY
        mule = self._mules(payee, moves.level[again])
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
        )
        return self._payment_frame(rows.filter(pl.col("amount") > 0))

    def _mules(self, payee: Ints, level: Ints) -> Ints:
        """Whose account the money goes through on its way to a dispatcher; -1 where it goes straight."""
        chosen = np.full(len(payee), -1, dtype=np.int64)
        for place in np.flatnonzero((level == Level.TIER1) & (self.rng.random(len(payee)) < 0.6)).tolist():
            mules = self.actors.of(Role.MULE, int(self.actors.ring[payee[place]]))
            chosen[place] = mules[place % len(mules)]
        return chosen

    def _payment_frame(self, rows: pl.DataFrame) -> pl.DataFrame:
        count = len(rows)
        payer, payee, at = rows["payer"].to_numpy(), rows["payee"].to_numpy(), rows["at"].to_numpy()
        number = np.arange(self.payments_told, self.payments_told + count)
        self.payments_told += count
        return pl.DataFrame(
            {
                "_province": self.province[payer],
                "_move": rows["_move"],
                "payment_id": stamp(at) + padded(100_000_000_000 + number * 7, 12),
                "payer_account": self.actors.account.gather(payer),
                "payer": payer,
                "payee_account": self.actors.account.gather(payee),
                "payee": payee,
                "amount": rows["amount"],
                "paid_at": when(at),
                "channel": pl.Series(CHANNELS).gather(self.rng.integers(0, len(CHANNELS), count)),
                "memo": pl.Series(MEMOS).gather(self.rng.integers(0, len(MEMOS), count)),
            }
        )

    def calls(self, count: int, moves: Moves) -> pl.DataFrame:
        """Calls around deliveries, either side calling, and some between anybody."""
        rng, actors = self.rng, self.actors
        about, turned = rng.integers(0, len(moves), count), rng.random(count) < 0.5
        caller = np.where(turned, moves.buyer[about], moves.seller[about])
        callee = np.where(turned, moves.seller[about], moves.buyer[about])
        anybody = rng.integers(1, len(actors), count)  # never the hidden source, who is the first
        callee = np.where(rng.random(count) < 0.12, anybody, callee)
        callee = np.where(callee == caller, np.maximum(1, (caller + 1) % len(actors)), callee)
        number = np.arange(self.calls_told, self.calls_told + count)
        self.calls_told += count
        return pl.DataFrame(
            {
                "_province": self.province[caller],
                "call_id": pl.Series(["HD"]) + padded(number + 1, 10),
                "caller": actors.phone.gather(caller),
                "callee": actors.phone.gather(callee),
                "started_at": when(np.maximum(60, moves.sent[about] - rng.integers(0, 2 * DAY, count))),
                "duration_s": (rng.exponential(90, count) + 3).astype(np.int64),
                "cell": pl.Series(["460-00-"]) + padded(9000 + actors.county[caller] * 37 % 9000, 5),
            }
        )
