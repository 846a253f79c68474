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

AT_ONCE = 40_000  # deliveries simulated together; bounds the memory
GRAIN = {Level.TIER1: 100, Level.TIER2: 10, Level.RETAIL: 1, Level.LICENSED_RETAIL: 10}  # boxes that stay together
RETAIL_FATES = (  # fate, how often, fewest, most boxes
    (Fate.SAMPLED, 0.012, 2, 10),
    (Fate.BOUGHT, 0.03, 1, 6),
    (Fate.SEIZED, 0.012, 5, 60),
    (Fate.STOCK, 0.015, 5, 60),
)


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

    def pick(self, chosen: NDArray[np.bool_]) -> Held:
        """Some of them."""
        columns = (self.batch, self.holder, self.quantity, self.at, self.ring)
        return Held(*(column[chosen] for column in columns))


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


@dataclass(frozen=True)
class Spreader:
    """Spreads parcels so that each makes about so many deliveries."""

    market: Market
    each: float
    rng: np.random.Generator

    def spread(self, parcels: list[Parcel], rings: list[int]) -> Iterator[tuple[Moves, Rests, float]]:
        """Spread all parcels; yields some deliveries, what stayed on the way, and which share of all is done."""
        step = max(1, int(AT_ONCE / self.each))
        for start in range(0, len(parcels), step):
            chunk = parcels[start : start + step]
            held = Held(
                np.array([p.batch for p in chunk]),
                np.array([p.holder for p in chunk]),
                np.array([p.quantity for p in chunk]),
                np.array([p.at for p in chunk]),
                np.array([rings[p.batch] for p in chunk]),
            )
            moves, rests = self._chunk(held, start == 0)
            yield moves, rests, min(1.0, (start + step) / len(parcels))

    def _chunk(self, held: Held, first: bool) -> tuple[Moves, Rests]:
        """Down the tiers, the genuine goods straight to the retailers; `first`: the first of a sample."""
        licensed = held.ring < 0
        genuine, illicit = held.pick(licensed), held.pick(~licensed)
        moves: list[Moves] = []
        rests: list[Rests] = []
        stages = (Role.DISPATCHER, Role.TIER1, Role.TIER2)
        levels = (Level.TIER1, Level.TIER2, Level.RETAIL)
        for stage, level, fan in zip(stages, levels, self._fans(), strict=True):
            illicit, rest = self._keep(illicit, stage, first)
            move, illicit = self._send(illicit, level, fan)
            moves.append(move)
            rests.append(rest)
        rests.append(self._sell(illicit, first))
        if len(genuine):
            move, genuine = self._send(genuine, Level.LICENSED_RETAIL, self.each / 2)
            moves.append(move)
            rests.append(self._sell(genuine, first))
        return join_moves(moves), join_rests(rests)

    def _fans(self) -> tuple[float, float, float]:
        """How many buyers a seller of each tier gives one parcel to."""
        wide = max(1.2, self.each**0.3)
        middle = max(1.1, self.each**0.3)
        return wide, middle, max(1.0, (self.each / wide - 1) / middle - 1)

    def _keep(self, held: Held, stage: Role, first: bool) -> tuple[Held, Rests]:
        """At some stops a part stays: in stock, seized, or lost. The first stops of a sample show the first two."""
        count, rng = len(held), self.rng
        share = rng.uniform(0.01, 0.12, count)
        fate = rng.choice([Fate.STOCK, Fate.SEIZED, Fate.LOST], size=count, p=[0.5, 0.35, 0.15])
        stays = rng.random(count) < (0.25 if stage != Role.TIER2 else 0.1)
        if first and count:
            stays[0], fate[0] = True, (Fate.SEIZED if stage != Role.TIER1 else Fate.STOCK)
        some = np.minimum(np.maximum(1, (held.quantity * share).astype(np.int64)), held.quantity - 1)
        kept = np.where(stays, some, 0)
        at = held.at + rng.integers(2 * DAY, 60 * DAY, count)
        rest = Rests(held.batch, held.holder, np.full(count, int(stage)), kept.astype(np.float64), fate, at)
        return Held(held.batch, held.holder, held.quantity - kept, held.at, held.ring), rest.pick(kept > 0)

    def _send(self, held: Held, level: Level, fan: float) -> tuple[Moves, Held]:
        """Split every parcel among its buyers and deliver."""
        rng, grain = self.rng, GRAIN[level]
        wished = 1 + rng.poisson(max(0.0, fan - 1.0) * rng.exponential(1.0, len(held)))
        count = np.minimum(wished, np.maximum(1, held.quantity // grain))
        parent = np.repeat(np.arange(len(held)), count)
        quantity = _split(held.quantity, count, grain, rng)
        ready = held.at[parent]
        sent = _working_hour(ready + (rng.uniform(0.5, 9.0, len(parent)) * DAY).astype(np.int64), ready, rng)
        arrived = sent + rng.integers(5 * 60, 3 * DAY, len(parent))
        seller, ring = held.holder[parent], held.ring[parent]
        buyer = self._buyers(level, seller, ring)
        levels = np.full(len(parent), int(level))
        moves = Moves(held.batch[parent], seller, buyer, quantity.astype(np.float64), sent, arrived, levels)
        return moves, Held(moves.batch, buyer, quantity, arrived, ring)

    def _buyers(self, level: Level, seller: Ints, ring: Ints) -> Ints:
        if level == Level.TIER1:
            return self.market.tier(self.market.first, ring, 0.0, self.rng)
        if level == Level.TIER2:
            return self.market.tier(self.market.second, ring, 0.1, self.rng)
        return self.market.retailer(seller, self.rng)

    def _sell(self, held: Held, first: bool) -> Rests:
        """What retailers do: some is bought on record, sampled, seized or in stock; the rest goes over the counter."""
        count, left = len(held), held.quantity.copy()
        parts: list[Rests] = []
        for place, (fate, chance, low, high) in enumerate(RETAIL_FATES):
            chosen = self.rng.random(count) < chance
            if first and count > place:
                chosen[place] = True
            taken = np.where(chosen, np.minimum(self.rng.integers(low, high, count), left), 0)
            left = left - taken
            parts.append(self._rest(held, taken, fate))
        return join_rests([*parts, self._rest(held, left, Fate.SOLD)])

    def _rest(self, held: Held, quantity: Ints, fate: Fate) -> Rests:
        count = len(held)
        at = _working_hour(held.at + self.rng.integers(DAY, 40 * DAY, count), held.at, self.rng)
        stage, fates = np.full(count, int(Role.RETAILER)), np.full(count, int(fate))
        return Rests(held.batch, held.holder, stage, quantity.astype(np.float64), fates, at).pick(quantity > 0)


def _split(quantity: Ints, count: Ints, grain: int, rng: np.random.Generator) -> Ints:
    """Whole parts of each quantity in heavy-tailed shares, multiples of the grain but for the first, none empty."""
    parent = np.repeat(np.arange(len(quantity)), count)
    weight = rng.pareto(2.0, len(parent)) + 0.3
    share = weight / np.bincount(parent, weight, minlength=len(quantity))[parent]
    spare = np.maximum(quantity - count * grain, 0)  # every part has one grain for certain
    part: Ints = grain + (spare[parent] * share).astype(np.int64) // grain * grain
    first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    part[first] += quantity - np.bincount(parent, part, minlength=len(quantity)).astype(np.int64)
    return part


def _working_hour(at: Ints, not_before: Ints, rng: np.random.Generator) -> Ints:
    hour = rng.integers(7 * 60, 20 * 60, len(at))
    later: Ints = np.maximum(at // DAY * DAY + hour, not_before + 60)
    return later
