"""How much of what is traced got to each entity, or going back came from or through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graphkit.network.network import Network
from graphkit.network.sorting import among, distinct
from graphkit.quantities import convention, exact_sum, outer_bounds
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED
from graphkit.quantities.ground import reached
from graphkit.quantities.sweep import OuterBounds
from graphkit.tracing.considered import Considered, considered, product_of
from graphkit.tracing.each_exactly import ALL, NONE, EachExactly
from graphkit.tracing.flow import Flow, flow_of, lots_flow
from graphkit.tracing.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.legs import FOUND, MADE, MOVED, USED
from graphkit.tracing.measures import Measures, Packings
from graphkit.tracing.money import payments
from graphkit.tracing.movements import Files, matched
from graphkit.tracing.sweep import Trace
from graphkit.tracing.tops import tops
from graphkit.tracing.ways import Ways

Numbers = NDArray[np.float64]
MOST_DELIVERIES = 200_000  # beyond, bounds of what is shown look at its own deliveries alone
_DUST = 1e-6
_NO_HOLDERS = ("Batch", "Transformation", "Seizure", "Sample", "Account")


@dataclass(frozen=True)
class Figure:
    """Least and most in a unit, the one most rows tell; None is unknown. `others` are in units that do not convert.

    `mixture`: it comes out of a recipe, and the convention says nothing.
    """

    least: float | None = None
    most: float | None = None
    unit: str | None = None
    exact: bool = False
    by_convention: float | None = None
    mixture: bool = False
    others: tuple[Figure, ...] = field(default=(), compare=False)


@dataclass(frozen=True, eq=False)
class Figures:
    """One medium's flow, and what it says of each entity."""

    ways: Ways
    holders: Holders
    start: int
    found: Considered
    flow: Flow
    currency: str | None = None

    @cached_property
    def outer(self) -> OuterBounds:
        """Outer bounds of every leg."""
        return outer_bounds(self.flow.runs, self.flow.mark)

    @cached_property
    def scale(self) -> Numbers:
        """What a leg's bounds are multiplied by to be in the unit of what was given."""
        given = self.flow.deliveries
        return given.arriving / given.quantity if self.flow.back else np.ones(len(given))

    @cached_property
    def by_lots(self) -> Figures | None:
        """The same by lots alone; None where the start is none of goods that rows name."""
        if self.currency is not None or self.ways.network.kind_of(self.start) not in _NO_HOLDERS:
            return None
        flow = lots_flow(self.ways, self.holders, self.found, self.flow)
        return replace(self, flow=flow) if flow else None

    def of(self, nodes: Sequence[int], exact: int = -1, by: str | None = None) -> dict[int, Figure]:
        """A figure for each of these entities that has one; `exact` is to be exact, with ALL each; `by` names a
        convention.
        """
        found = self._of(nodes, exact, by)
        lots = [node for node in nodes if self.ways.network.kind_of(node) in _NO_HOLDERS] if self.by_lots else []
        if self.by_lots and lots:
            found |= self.by_lots._of(lots, exact, by)  # the lot tells, whatever rows say of its way
        if self.by_lots and self.flow.back:
            found |= self._makers([node for node in nodes if node in found and node not in lots], found)
        return found

    def led_to(self, nodes: Sequence[int]) -> list[int]:
        """Those of these entities that what is traced in this medium may have got to, or come from."""
        every = np.array(nodes, np.int64)
        place, legs = self._legs(every, self._holders(every))
        return [int(node) for node in every[distinct(place[self.flow.mark[legs] != UNMARKED])]]

    def _makers(self, nodes: Sequence[int], found: dict[int, Figure]) -> dict[int, Figure]:
        """Who made of it has sent on at least as much: all that he made of a lot but what he worked up himself."""
        assert self.by_lots
        lots, legs = self.by_lots, self.flow.legs
        least: dict[tuple[int, int, int], float] = {}  # by holder, lot, unit
        for role, bound, sign in ((MADE, lots.outer.low, 1.0), (USED, lots.outer.high * lots.scale, -1.0)):
            theirs = np.flatnonzero((lots.flow.legs.role == role) & (lots.flow.mark != UNMARKED))
            own = np.flatnonzero(legs.role == role)
            at, leg = _join(lots.flow.legs.link[theirs], legs.link[own])
            ends, goods = (legs.taker, legs.taken) if role == MADE else (legs.giver, legs.given)
            for one, two in zip(theirs[at].tolist(), own[leg].tolist(), strict=True):
                key = int(ends[two]), int(goods[two]), int(lots.flow.unit[one])
                least[key] = least.get(key, 0.0) + sign * float(bound[one])
        held = dict(zip(nodes, self._holders(np.array(nodes, np.int64)).tolist(), strict=True))
        floors: dict[tuple[int, str | None], float] = {}
        for (owner, _, unit), much in sorted(least.items()):
            mine = owner, self.unit_name(unit)
            floors[mine] = floors.get(mine, 0.0) + max(much, 0.0)
        asked = {node: floors.get((held[node], found[node].unit), 0.0) for node in nodes}
        return {node: _at_least(found[node], floor) for node, floor in asked.items() if floor > _DUST}

    def unseen(self, nodes: Sequence[int], found: dict[int, Figure], exact: int = -1) -> dict[int, float]:
        """Going forward, how much of the most of each of these no row brings: stock at first, of any origin."""
        mine = [node for node in nodes if node in found and found[node].most]
        if self.by_lots:
            mine = [node for node in mine if self.ways.network.kind_of(node) not in _NO_HOLDERS]
        if self.flow.back or not mine or not self.flow.runs.unseen.any():
            return {}
        brought = replace(self, flow=self.flow.without_unseen())._of(mine, exact, None)
        more = {node: (found[node].most or 0.0) - (brought[node].most or 0.0) for node in mine
                if brought[node].unit == found[node].unit}  # fmt: skip
        return {node: round(amount, 5) for node, amount in more.items() if amount > _DUST}

    def gaining(self) -> list[int]:
        """Transformations that put out more mass than went in."""
        legs = self.flow.legs
        weighed = (self.flow.unit == self.found.measures.kg) & (self.flow.mark != UNMARKED)
        nodes = distinct(legs.about[weighed & (legs.role == MADE)])
        sums = {role: [legs.most[weighed & (legs.role == role) & (legs.about == node)].sum() for node in nodes]
                for role in (MADE, USED)}  # fmt: skip
        return [int(node) for node, out, into in zip(nodes, sums[MADE], sums[USED], strict=True) if out > into > 0]

    def made_at_several(self) -> list[int]:
        """Lots that several holders made."""
        legs = self.flow.legs
        made = np.flatnonzero((legs.role == MADE) & (self.flow.mark != UNMARKED))
        pairs = np.unique(np.stack((legs.taken[made], legs.taker[made])), axis=1)
        lots, count = np.unique(pairs[0], return_counts=True)
        return [int(lot) for lot in lots[count > 1] if lot < len(self.ways.network)]

    def _of(self, nodes: Sequence[int], exact: int, by: str | None) -> dict[int, Figure]:
        holders = self._holders(np.array(nodes, np.int64))
        place, legs = self._legs(np.array(nodes, np.int64), holders)
        low, high = self.outer.low * self.scale, self.outer.high * self.scale
        high = np.where(self.flow.unbounded & (self.flow.mark == OPEN), np.inf, high)
        usual = convention(by, self.flow.runs, self.flow.mark) * self.scale if by else np.zeros(len(low))
        some = np.zeros(len(nodes), bool)
        some[place[high[legs] > 0]] = True
        first = np.full(len(nodes), len(self.ways.links.units) + 1)
        usually, units = self._usual_unit(), self.flow.unit[legs]
        units = np.where(~some[place] & (self.flow.mark[legs] == UNMARKED) & (usually >= 0), usually, units)
        np.minimum.at(first, place, units)
        kept = np.where(some[place], high[legs] > 0, units == first[place])  # none of it tells nothing
        place, legs, units = place[kept], legs[kept], units[kept]
        keys, which = np.unique(np.stack((place, units)), axis=1, return_inverse=True)
        sums = [np.bincount(which, values[legs], keys.shape[1]) for values in (low, high, usual)]
        top = tops(self)
        told = np.bincount(which, minlength=keys.shape[1])
        every = EachExactly(self.flow, _pieces(legs, which, keys.shape[1]), self._exactly) if exact == ALL else None
        vague = self.flow.vague if exact == NONE else self.flow.undetermined
        left_open = np.bincount(which, vague[legs], keys.shape[1]) > 0
        found: dict[int, list[tuple[int, Figure]]] = {}
        for i, (at, unit) in enumerate(keys.T.tolist()):
            node = int(nodes[at])
            least, most, held = (float(column[i]) for column in sums)
            most = min(most, max(least, top(int(holders[at]), unit)))
            sure = False
            if node == exact:
                least, most, sure = self._exactly(legs[which == i], most, top.whole.get(unit, np.inf))
            elif every is not None:
                least, most, sure = every(i, least, most, top.whole.get(unit, np.inf))
            sure = sure and (most - least < _DUST or not (self.flow.mixes_lots or left_open[i]))
            conventional = _plain(held) if by else None
            figure = Figure(_plain(least), _plain(most), self.unit_name(unit), sure, conventional, bool(np.isnan(held)))
            found.setdefault(node, []).append((int(told[i]), figure))
        return {node: _first(each) for node, each in found.items()}

    def _exactly(self, legs: Whole, most: float, whole: float) -> tuple[float, float, bool]:
        """Exact bounds of what these legs brought, of `whole` in all; pieces count again where rows bring them back,
        but not where they could only have come back unseen.
        """
        any_amount = bool(self.flow.any_amount[legs].any())
        legs = legs[~self.flow.unbounded[legs]]
        mark, given = self.flow.mark, self.flow.deliveries
        stops = distinct(given.target[legs])
        if not given.mixing[stops].any() and not self._come_back(stops):
            most = min(most, whole)
            mark = np.where(np.isin(given.source, stops) & (mark == OPEN), UNMARKED, mark)
        bounds = exact_sum(self.flow.runs, mark, legs)
        if any_amount:
            return bounds.low, most, False
        high = max(bounds.low, min(bounds.high, most))
        return bounds.low, high, high - bounds.low < _DUST or (bounds.exact and bounds.high - high < _DUST)

    def _come_back(self, stops: Whole) -> bool:
        """Whether rows can bring goods that left these stops back to them, in time."""
        runs, given = self.flow.runs, self.flow.deliveries
        free = np.ones(len(runs.tail), bool)
        free[: len(given)] = (self.flow.mark != UNMARKED) & ~self.flow.hidden
        out = np.flatnonzero(np.isin(given.source, stops) & free[: len(given)])
        return bool(reached(runs, free, runs.head[out])[np.isin(runs.stop, stops)].any())

    def kinds(self, nodes: Whole) -> NDArray[np.str_]:
        """The kind of each of these entities."""
        return np.array(self.ways.network.kinds)[self.ways.network.kind[nodes]]

    def _holders(self, nodes: Whole) -> Whole:
        """The holder that each of these entities is, -1 where it is none, or the start itself."""
        held, start = self.holders.of(nodes), self.holders.of(np.array([self.start]))[0]
        return np.where(np.isin(self.kinds(nodes), _NO_HOLDERS) | (held == start), -1, held)

    def _legs(self, nodes: Whole, held: Whole) -> tuple[Whole, Whole]:
        """The legs that each of these entities is told by: place among the nodes, leg."""
        legs, back, kinds = self.flow.legs, self.flow.back, self.kinds(nodes)
        hand = np.where(
            np.isin(legs.role, (MOVED, FOUND) if back else (MOVED,)), legs.giver if back else legs.taker, -1
        )
        accounts = self.ways.links.source if back else self.ways.links.target
        lots = np.isin(legs.role, (USED, FOUND) if back else (MADE,))
        keyed = (
            (held, hand),
            (np.where(kinds == "Account", nodes, -1), np.where(legs.link >= 0, accounts[legs.link], -1)),
            (np.where(kinds == "Transformation", nodes, -1), np.where(legs.role == MADE, legs.about, -1)),
            (np.where(np.isin(kinds, ("Seizure", "Sample")), nodes, -1), np.where(legs.role == FOUND, legs.about, -1)),
            (np.where(kinds == "Batch", nodes, -1), np.where(lots, legs.given if back else legs.taken, -1)),
        )
        pairs = [_join(mine, theirs) for mine, theirs in keyed]
        if back:  # where goods were found they were, from whomever they were taken
            find, host = self.found.sites
            place, pair = _join(held, host)
            at, leg = _join(find[pair], np.where(legs.role == FOUND, legs.about, -1))
            pairs.append((place[at], leg))
        return np.concatenate([one for one, _ in pairs]), np.concatenate([two for _, two in pairs])

    def _usual_unit(self) -> int:
        """The unit of most of what is surely traced: of other goods none came, in whatever unit they are."""
        sure = self.flow.unit[self.flow.mark == MARKED]
        codes, count = np.unique(sure[sure >= 0], return_counts=True)
        return int(codes[count.argmax()]) if len(codes) else -1

    def unit_name(self, code: int) -> str | None:
        """What a unit is called, money by its currency."""
        return self.currency or self.found.measures.name(code)


def _join(mine: Whole, theirs: Whole) -> tuple[Whole, Whole]:
    """Where equal keys stand in both, but for -1: place in the first, place in the second."""
    order = np.argsort(theirs, kind="stable")
    begin = np.searchsorted(theirs[order], mine, "left")
    count = np.where(mine >= 0, np.searchsorted(theirs[order], mine, "right") - begin, 0)
    place = np.repeat(np.arange(len(mine)), count)
    return place, order[np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count) + begin[place]]


def _pieces(legs: Whole, which: Whole, count: int) -> list[Whole]:
    """The legs of each of so many groups, in order."""
    order = np.argsort(which, kind="stable")
    pieces: list[Whole] = np.split(legs[order], np.cumsum(np.bincount(which, minlength=count))[:-1])
    return pieces if count else []


def _first(figures: list[tuple[int, Figure]]) -> Figure:
    """One figure, each given with how many legs tell it: the one most tell, and in units that do not convert others.

    Nothing in one unit tells nothing beside what there is in another.
    """
    ordered = sorted(figures, key=lambda each: (each[1].most == 0, -each[0], each[1].unit or ""))
    (_, first), *others = ordered
    return replace(first, others=tuple(figure for _, figure in others if figure.most != 0))


def _at_least(figure: Figure, floor: float) -> Figure:
    if figure.least is None or figure.exact:
        return figure
    least = max(figure.least, round(floor, 5))
    return replace(figure, least=least, most=None if figure.most is None else max(figure.most, least))


def _plain(value: float) -> float | None:
    return None if not np.isfinite(value) else round(value, 5) + 0.0


def goods_figures(
    ways: Ways, trace: Trace, start: int, files: Files, packings: Packings, shown: Sequence[int] = ()
) -> Figures | None:
    """Of the goods that were traced. Where a trace went over too many deliveries only those of `shown` are looked at,
    and what the others have may be of any kind: bounds hold, but are wider. Without `shown` all is looked at, and every
    way that goods may have gone unseen, as exact figures want it.
    """
    network = ways.network
    moved = trace.walked[np.isin(ways.links.kind[trace.walked], ways.codes(ways.deliveries))]
    partial = bool(shown) and len(moved) > MOST_DELIVERIES
    ends = [shown] if partial else [ways.links.source[moved], ways.links.target[moved], trace.node]
    begun = _each(network, *ends, [start])
    nodes = Holders.of_goods(network, begun, _known(ways, begun)).nodes
    links = _around(ways, nodes, ways.deliveries)
    every = _each(network, nodes, ways.links.source[links], ways.links.target[links])
    holders = Holders.of_goods(network, every, _known(ways, every))
    known, away = distinct(holders.of(nodes)), np.empty(0, np.int64)
    if partial and not ways.request.back and network.kind_of(start) not in _NO_HOLDERS:
        gone = holders.of(ways.links.source[links]) == holders.of(np.array([start]))
        gone &= ~among(holders.of(ways.links.target[links]), known)
        away, links = links[gone], links[~gone]
    found = considered(
        ways, trace, holders, links, lambda some, who: matched(network, some, who, files, packings), packings
    )
    if partial:
        found = replace(_apart(found, known, holders, ways), known=known, sent=_sent(ways, found.measures, away))
    flow = flow_of(ways, trace, holders, start, found, always=not shown)
    return Figures(ways, holders, start, found, flow) if flow else None


def _apart(found: Considered, known: Whole, holders: Holders, ways: Ways) -> Considered:
    """Going forward, what those got of whom not all is looked at does not show what they had: it goes to nobody."""
    legs = found.legs
    if ways.request.back:
        return found
    others = np.flatnonzero((legs.role == MOVED) & (legs.taker < holders.count) & ~among(legs.taker, known))
    taker = legs.taker.copy()
    taker[others] = holders.count + ways.links.target[legs.link[others]]  # as finds are, which pass nothing on
    return replace(found, legs=legs.but(taker=taker))


def _sent(ways: Ways, measures: Measures, links: Whole) -> dict[int, float]:
    """How much went by these deliveries, by unit; infinite, under -1, where rows do not tell, or it may be made up."""
    goods, amount = ways.goods(links), ways.links.quantity_max[links]
    product, unit = product_of(ways, goods), ways.links.unit[links].astype(np.int64)
    given, units = measures.given_in(amount, unit, product, goods), measures.unit_of(product)
    made = len(links) > 0 and "Transformation" in ways.network.kinds
    if made or np.isnan(given).any() or (units < 0).any():
        return {-1: np.inf}
    names, place = np.unique(units, return_inverse=True)
    return dict(zip(names.tolist(), np.bincount(place, given, len(names)).tolist(), strict=True))


def _known(ways: Ways, nodes: Whole) -> Whole | None:
    return ways.same.around(nodes) if ways.same is not None else None


def _each(network: Network, *nodes: ArrayLike) -> Whole:
    """All of these entities, each once, in order."""
    mask = np.zeros(len(network), bool)
    for some in nodes:
        mask[np.asarray(some, np.int64)] = True
    return np.flatnonzero(mask)


def _around(ways: Ways, nodes: Whole, kinds: Sequence[str]) -> Whole:
    """The links of these kinds from and to these entities, each once, in order."""
    network = ways.network
    return distinct(np.concatenate([ways.entries(each, nodes, *kinds)[2] for each in (network.out, network.into)]))


def money_figures(ways: Ways, trace: Trace, start: int) -> Figures | None:
    """Of the money that was traced."""
    network = ways.network
    paid = trace.walked[np.isin(ways.links.kind[trace.walked], ways.codes(("PAID",)))]
    if not len(paid):
        return None
    known = ways.same.around if ways.same is not None else None
    begun = _each(network, ways.links.source[paid], ways.links.target[paid], [start])
    nodes = Holders.of_money(network, begun, known).nodes
    links = _around(ways, nodes, ("PAID",))
    every = _each(network, nodes, ways.links.source[links], ways.links.target[links])
    holders = Holders.of_money(network, every, known)
    found, currency = payments(ways, trace, holders, links)
    flow = flow_of(ways, trace, holders, start, found)
    return Figures(ways, holders, start, found, flow, currency) if flow and (flow.mark == MARKED).any() else None
