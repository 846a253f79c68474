"""How finished goods spread: dispatcher → first tier → second tier → retailers → buyers, many parcels at a time.

Every parcel is split into whole units without remainder, so that nothing is made or lost on the way but what is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.sample.goods import DAY, Fate, Level, Moves, Rests, join_moves, join_rests
from graphkit.sample.making import Parcel
from graphkit.sample.people import Actors
from graphkit.sample.plan import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

AT_ONCE = 120_000  # deliveries simulated together; bounds the memory


@dataclass(frozen=True)
class Held:
    """Parcels of one stage, an array a column."""

    batch: Ints
    holder: Ints
    quantity: Ints
    at: Ints
    ring: Ints

    def __len__(self) -> int:
        return len(self.batch)


@dataclass(frozen=True)
class Market:
    """Who buys from whom, in heavy-tailed shares."""

    first: list[Ints]  # first-tier actors of each ring
    second: list[Ints]
    retailers: Ints
    distributor: int

    @staticmethod
    def of(actors: Actors, rings: int) -> Market:
        """The market that these actors form."""
        first = [actors.of(Role.TIER1, ring) for ring in range(rings)]
        second = [actors.of(Role.TIER2, ring) for ring in range(rings)]
        return Market(first, second, actors.of(Role.RETAILER), int(actors.of(Role.DISTRIBUTOR)[0]))

    def tier(self, pool: list[Ints], ring: Ints, stray: float, rng: np.random.Generator) -> Ints:
        """A buyer of the ring's pool for each; the first ones buy far more often, and some buy from a strange ring."""
        other = rng.integers(0, len(pool), len(ring))
        ring = np.where(rng.random(len(ring)) < stray, other, np.maximum(ring, 0))
        sizes = np.array([len(p) for p in pool])[ring]
        starts = np.concatenate([[0], np.cumsum([len(p) for p in pool])[:-1]])[ring]
        place = (sizes * rng.random(len(ring)) ** 2.5).astype(np.int64)
        return np.concatenate(pool)[starts + place]

    def retailer(self, seller: Ints, rng: np.random.Generator) -> Ints:
        """A retailer among the seller's own customers, who lie side by side; the near ones buy most."""
        count = len(self.retailers)
        span = max(4, count // 12)
        place = (seller * 7919 + (span * rng.random(len(seller)) ** 3).astype(np.int64)) % count
        return self.retailers[place]


def spread(
    parcels: list[Parcel], rings: list[int], deliveries: int, actors: Actors, market: Market, rng: np.random.Generator
) -> Iterator[tuple[Moves, Rests, float]]:
    """Spread all parcels; yields some deliveries, what stayed on the way, and which share of all parcels is done."""
    each = max(2.0, deliveries / max(1, len(parcels)))
    step = max(1, int(AT_ONCE / each))
    for start in range(0, len(parcels), step):
        chunk = parcels[start : start + step]
        held = Held(
            np.array([p.batch for p in chunk]),
            np.array([p.holder for p in chunk]),
            np.array([p.quantity for p in chunk]),
            np.array([p.at for p in chunk]),
            np.array([rings[p.batch] for p in chunk]),
        )
        moves, rests = _spread_chunk(held, each, market, start == 0, rng)
        yield moves, rests, min(1.0, (start + step) / len(parcels))


def _spread_chunk(
    held: Held, each: float, market: Market, first: bool, rng: np.random.Generator
) -> tuple[Moves, Rests]:
    licensed = held.ring < 0
    genuine, illicit = _pick(held, licensed), _pick(held, ~licensed)
    wide, middle, far = _fan(each)
    moves: list[Moves] = []
    rests: list[Rests] = []
    shop: list[Held] = []
    for stage, level, fan, grain in (
        (Role.DISPATCHER, Level.TIER1, wide, 100),
        (Role.TIER1, Level.TIER2, middle, 10),
        (Role.TIER2, Level.RETAIL, far, 1),
    ):
        left, rest = _keep(illicit, stage, first, rng)
        move, illicit = _send(left, level, fan, grain, market, rng)
        moves.append(move)
        rests.append(rest)
    shop.append(illicit)
    if len(genuine):
        move, reached = _send(genuine, Level.LICENSED_RETAIL, each / 2, 10, market, rng)
        moves.append(move)
        shop.append(reached)
    rests += [_sell(held, first, rng) for held in shop]
    return join_moves(moves), join_rests(rests)


def _fan(each: float) -> tuple[float, float, float]:
    """How many buyers a seller of each tier gives one parcel to, so that a parcel makes about `each` deliveries."""
    wide = max(1.2, each**0.3)
    middle = max(1.1, each**0.3)
    return wide, middle, max(1.0, (each / wide - 1) / middle - 1)


def _pick(held: Held, chosen: NDArray[np.bool_]) -> Held:
    return Held(held.batch[chosen], held.holder[chosen], held.quantity[chosen], held.at[chosen], held.ring[chosen])


def _keep(held: Held, stage: Role, first: bool, rng: np.random.Generator) -> tuple[Held, Rests]:
    """At some stops a part stays: in stock, seized, or lost. The first stops of a sample show one of each."""
    count = len(held)
    share = rng.uniform(0.01, 0.12, count)
    fate = rng.choice([Fate.STOCK, Fate.SEIZED, Fate.LOST], size=count, p=[0.5, 0.35, 0.15])
    stays = rng.random(count) < (0.25 if stage != Role.TIER2 else 0.1)
    if first and count:
        stays[0], fate[0] = True, (Fate.SEIZED if stage != Role.TIER1 else Fate.STOCK)
    kept = np.where(stays, np.minimum(np.maximum(1, (held.quantity * share).astype(np.int64)), held.quantity - 1), 0)
    at = held.at + rng.integers(2 * DAY, 60 * DAY, count)
    rest = Rests(held.batch, held.holder, np.full(count, int(stage)), kept.astype(np.float64), fate, at).pick(kept > 0)
    return Held(held.batch, held.holder, held.quantity - kept, held.at, held.ring), rest


def _send(
    held: Held, level: Level, fan: float, grain: int, market: Market, rng: np.random.Generator
) -> tuple[Moves, Held]:
    """Split every parcel among its buyers and deliver."""
    count = np.minimum(
        1 + rng.poisson(max(0.0, fan - 1.0) * rng.exponential(1.0, len(held))), np.maximum(1, held.quantity // grain)
    )
    parent = np.repeat(np.arange(len(held)), count)
    quantity = _split(held.quantity, count, parent, grain, rng)
    sent = _working_hour(
        held.at[parent] + (rng.uniform(0.5, 9.0, len(parent)) * DAY).astype(np.int64), held.at[parent], rng
    )
    arrived = sent + rng.integers(5 * 60, 3 * DAY, len(parent))
    seller = held.holder[parent]
    ring = held.ring[parent]
    if level == Level.TIER1:
        buyer = market.tier(market.first, ring, 0.0, rng)
    elif level == Level.TIER2:
        buyer = market.tier(market.second, ring, 0.1, rng)
    else:
        buyer = market.retailer(seller, rng)
    moves = Moves(
        held.batch[parent], seller, buyer, quantity.astype(np.float64), sent, arrived, np.full(len(parent), int(level))
    )
    return moves, Held(moves.batch, buyer, quantity, arrived, ring)


def _split(quantity: Ints, count: Ints, parent: Ints, grain: int, rng: np.random.Generator) -> Ints:
    """Whole parts of each quantity in heavy-tailed shares, multiples of the grain but for the first, none empty."""
    weight = rng.pareto(2.0, len(parent)) + 0.3
    share = weight / np.bincount(parent, weight, minlength=len(quantity))[parent]
    spare = np.maximum(quantity - count * grain, 0)  # every part has one grain for certain
    part = grain + (spare[parent] * share).astype(np.int64) // grain * grain
    first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    part[first] += quantity - np.bincount(parent, part, minlength=len(quantity)).astype(np.int64)
    return part


def _working_hour(at: Ints, not_before: Ints, rng: np.random.Generator) -> Ints:
    hour = rng.integers(7 * 60, 20 * 60, len(at))
    return np.maximum(at // DAY * DAY + hour, not_before + 60)


def _sell(held: Held, first: bool, rng: np.random.Generator) -> Rests:
    """What retailers do with a parcel: some is bought on record, sampled, seized or in stock; the rest goes over the counter."""
    count = len(held)
    left = held.quantity.copy()
    parts: list[Rests] = []
    for place, (fate, chance, low, high) in enumerate(
        (
            (Fate.SAMPLED, 0.012, 2, 10),
            (Fate.BOUGHT, 0.03, 1, 6),
            (Fate.SEIZED, 0.012, 5, 60),
            (Fate.STOCK, 0.015, 5, 60),
        )
    ):
        chosen = rng.random(count) < chance
        if first and count > place:
            chosen[place] = True
        taken = np.where(chosen, np.minimum(rng.integers(low, high, count), left), 0)
        left = left - taken
        parts.append(_rest(held, taken, fate, rng))
    parts.append(_rest(held, left, Fate.SOLD, rng))
    return join_rests(parts)


def _rest(held: Held, quantity: Ints, fate: Fate, rng: np.random.Generator) -> Rests:
    count = len(held)
    at = _working_hour(held.at + rng.integers(DAY, 40 * DAY, count), held.at, rng)
    return Rests(
        held.batch,
        held.holder,
        np.full(count, int(Role.RETAILER)),
        quantity.astype(np.float64),
        np.full(count, int(fate)),
        at,
    ).pick(quantity > 0)
