"""How much of what is traced got to each entity, or going back came from or through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import ACCOUNT, PRODUCT
from graphkit.network.sorting import distinct
from graphkit.quantities import convention, exact_sum, outer_bounds
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED
from graphkit.quantities.ground import reached
from graphkit.quantities.sweep import OuterBounds
from graphkit.tracing.amounts.considered import Considered
from graphkit.tracing.amounts.each_exactly import ALL, NONE, EachExactly
from graphkit.tracing.amounts.flow import Flow, lots_flow, starters
from graphkit.tracing.amounts.legs import FOUND, MADE, MOVED, USED
from graphkit.tracing.amounts.tops import tops
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.walk.steps import LOTS, NO_HOLDERS
from graphkit.tracing.walk.ways import Ways

Numbers = NDArray[np.float64]
AMOUNTS, LOTS_OPEN, ORDER = "amounts", "lots", "order"  # what keeps a bound from being exact
_DUST = 1e-6
_DIGITS = 8
OWN = (*NO_HOLDERS, PRODUCT.name, "Account")  # no holder stands for these: links of their own tell of them


@dataclass(frozen=True)
class Figure:
    """Least and most in a unit, the one most rows tell; None is unknown. `others` are in units that do not convert.

    `mixture`: it comes out of a recipe, and the convention says nothing. `because`: why it is not exact though asked
    for: AMOUNTS, LOTS_OPEN, ORDER.
    """

    least: float | None = None
    most: float | None = None
    unit: str | None = None
    exact: bool = False
    by_convention: float | None = None
    mixture: bool = False
    others: tuple[Figure, ...] = field(default=(), compare=False)
    because: tuple[str, ...] = field(default=(), compare=False)


def surely(figure: Figure, by_rows: Figure) -> Figure:
    """The figure with the least that rows tell without weights; exact only where weights change nothing."""
    if figure == replace(by_rows, by_convention=figure.by_convention):
        return figure
    alike = figure.unit == by_rows.unit and None not in (figure.least, by_rows.least)
    least = min(figure.least or 0.0, by_rows.least or 0.0) if alike else 0.0
    return replace(figure, least=least if figure.least is not None else None, exact=False)


@dataclass(frozen=True, eq=False)
class Figures:
    """One medium's flow, and what it says of each entity; `by_rows` the same without what parcels weigh, where that
    says anything: weights are likely, not proved, and bound the most alone.
    """

    ways: Ways
    holders: Holders
    start: int
    found: Considered
    flow: Flow
    currency: str | None = None
    by_rows: Figures | None = None

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
        if self.currency is not None or self.ways.network.kind_of(self.start) not in OWN:
            return None
        flow = lots_flow(self.ways, self.holders, self.found, self.flow)
        return replace(self, flow=flow, by_rows=None) if flow else None

    def of(self, nodes: Sequence[int], exact: int = -1, by: str | None = None) -> dict[int, Figure]:
        """A figure for each of these entities that has one; `exact` is to be exact, with ALL each; `by` names a
        convention.
        """
        found = self._of(nodes, exact, by)
        for node in self._of_one_purse([node for node in found if found[node].most == 0]):
            del found[node]
        lots = [node for node in nodes if self.ways.network.kind_of(node) in OWN] if self.by_lots else []
        if self.by_lots and lots:
            found |= self.by_lots._of(lots, exact, by)  # the lot tells, whatever rows say of its way
        others = [node for node in nodes if node in found and node not in lots]
        if self.by_lots and self.flow.back:
            found |= self._makers(others, found)
        elif self.ways.network.kind_of(self.start) in LOTS and not self.flow.back:
            found |= self._givers(others, found)
        held = dict(zip(nodes, self._holders(np.array(nodes, np.int64)).tolist(), strict=True))
        open_ = [node for node in found if held[node] in self._boxed]
        found |= {node: replace(found[node], most=None, exact=False, by_convention=None) for node in open_}
        if self.by_rows is None:
            return found
        told = self.by_rows.of(list(found), exact)
        return {node: surely(figure, told.get(node, Figure())) for node, figure in found.items()}

    def _of_one_purse(self, nodes: list[int]) -> list[int]:
        """Those of these accounts whose holder's other accounts what is traced left or came to: what passed between
        accounts of one holder is no movement, and that nothing else came to one does not say that nothing came.
        """
        accounts = [node for node in nodes if self.ways.network.kind_of(node) == ACCOUNT.name]
        if self.currency is None or not accounts:
            return []
        hands = self.flow.legs.giver if self.flow.back else self.flow.legs.taker
        mine = np.isin(self.holders.of(np.array(accounts)), [*self.own, *hands[self.flow.mark != UNMARKED]])
        return [node for node, own in zip(accounts, mine.tolist(), strict=True) if own]

    @cached_property
    def _boxed(self) -> set[int]:
        """The holders that containers of what is traced came to, or going back were from: no row tells how much."""
        parcels, serials = self.found.parcels, self.ways.serials
        if serials is None:
            return set()
        mine = (parcels.mark != UNMARKED) & serials.is_box(parcels.link)
        return set((parcels.giver if self.flow.back else parcels.taker)[mine].tolist())

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

    def _givers(self, nodes: Sequence[int], found: dict[int, Figure]) -> dict[int, Figure]:
        """Who gave of the lot itself, used it, or had it taken from him, had at least as much of it, but for what he
        made: that no row tells how it came to him does not say that none came; nor how much, if none tells of the
        lot's making.
        """
        legs, own = self.flow.legs, ~self.flow.vague & (self.flow.legs.link >= 0)
        gave = own & (legs.given == self.start) & np.isin(legs.role, (MOVED, USED, FOUND))
        made = own & (legs.taken == self.start) & (legs.role == MADE)
        net: dict[tuple[int, int], float] = {}
        for mine, ends, amount in ((gave, legs.giver, legs.most), (made, legs.taker, -legs.most)):
            for leg in np.flatnonzero(mine).tolist():
                key = int(ends[leg]), int(self.flow.unit[leg])
                net[key] = net.get(key, 0.0) + float(amount[leg])
        more, open_ = dict(found), not made.any()
        for (owner, code), floor in sorted(net.items()):
            unit = self.unit_name(code)
            for node in np.array(nodes)[self._holders(np.array(nodes, np.int64)) == owner].tolist():
                figure = more[node]
                if floor > max(figure.least or 0.0, _DUST) and (figure.unit == unit or not figure.most):
                    lifted = _at_least(replace(figure, unit=unit, exact=False), floor)
                    more[node] = replace(lifted, most=None) if open_ else lifted
        return more

    def unseen(self, nodes: Sequence[int], found: dict[int, Figure], exact: int = -1) -> dict[int, float]:
        """Going forward, how much of the most of each of these no row brings: stock at first, of any origin."""
        mine = [node for node in nodes if node in found and found[node].most]
        if self.by_lots:
            mine = [node for node in mine if self.ways.network.kind_of(node) not in OWN]
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
        rows = self.flow.legs.link[legs] >= 0
        apart = [np.bincount(which, np.where(each, low[legs], 0.0), keys.shape[1]) for each in (rows, ~rows)]
        floor = np.maximum(*apart)  # what came by rows and went on may have come again unseen, or never have left
        top = tops(self)
        told = np.bincount(which, minlength=keys.shape[1])
        every = EachExactly(self.flow, _pieces(legs, which, keys.shape[1]), self._exactly) if exact == ALL else None
        vague = self.flow.vague if exact == NONE else self.flow.undetermined
        left_open = np.bincount(which, vague[legs], keys.shape[1]) > 0
        found_with = (self.flow.legs.role[legs] == FOUND) & (holders[place] >= 0)
        more = found_with & (not self.flow.back)  # he had it before
        unsure = np.bincount(which, self.flow.unplaced[legs] | more, keys.shape[1]) > 0
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
            least = min(least, most, float(floor[i])) if min(apart[0][i], apart[1][i]) > 0 else min(least, most)
            sure = sure and not unsure[i] and (most - least < _DUST or not (self.flow.mixes_lots or left_open[i]))
            conventional = _plain(held) if by else None
            figure = Figure(
                _plain(least), _plain(most), self.unit_name(unit), sure, conventional, bool(np.isnan(held)),
                because=() if sure else self._because(legs[which == i] if node == exact else legs[:0], left_open[i]),
            )  # fmt: skip
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

    def _because(self, legs: Whole, left_open: bool) -> tuple[str, ...]:
        """What keeps the bounds of these legs from being exact; nothing where none are asked about."""
        if not len(legs):
            return ()
        known = {AMOUNTS: left_open or self.flow.any_amount[legs].any(), LOTS_OPEN: self.flow.mixes_lots}
        return tuple(each for each, holds in known.items() if holds) or (ORDER,)

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
        held = self.holders.of(nodes)
        return np.where(np.isin(self.kinds(nodes), OWN) | np.isin(held, self.own), -1, held)

    @cached_property
    def own(self) -> Whole:
        """The holders that the start is, or whose account or phone it is, or at whose place it was done; in order."""
        legs = self.flow.legs
        if self.ways.network.kind_of(self.start) != "Transformation":
            return starters(self.ways, self.holders, self.start)
        mine = legs.about == self.start
        return distinct(
            np.concatenate((legs.giver[mine & (legs.role == USED)], legs.taker[mine & (legs.role == MADE)]))
        )

    def _legs(self, nodes: Whole, held: Whole) -> tuple[Whole, Whole]:
        """The legs that each of these entities is told by: place among the nodes, leg."""
        legs, back, kinds = self.flow.legs, self.flow.back, self.kinds(nodes)
        hand = np.where(
            np.isin(legs.role, (MOVED, FOUND) if back else (MOVED,)), legs.giver if back else legs.taker, -1
        )
        accounts = self.ways.links.source if back else self.ways.links.target
        lots, goods = np.isin(legs.role, (USED, FOUND) if back else (MADE,)), legs.given if back else legs.taken
        keyed = (
            (held, hand),
            (np.where(kinds == "Account", nodes, -1), np.where(legs.link >= 0, accounts[legs.link], -1)),
            (np.where(kinds == "Transformation", nodes, -1), np.where(legs.role == MADE, legs.about, -1)),
            (np.where(np.isin(kinds, ("Seizure", "Sample")), nodes, -1), np.where(legs.role == FOUND, legs.about, -1)),
            (np.where(np.isin(kinds, LOTS), nodes, -1), np.where(lots, goods, -1)),
            (np.where(kinds == PRODUCT.name, nodes, -1), np.where(legs.role == (USED if back else MADE), goods, -1)),
        )
        pairs = [_join(mine, theirs) for mine, theirs in keyed]
        if not back:
            pairs.append(self._found_with(held, pairs[0]))
        if back:  # where goods were found they were, from whomever they were taken
            find, host = self.found.sites
            place, pair = _join(held, host)
            at, leg = _join(find[pair], np.where(legs.role == FOUND, legs.about, -1))
            pairs.append((place[at], leg))
        return np.concatenate([one for one, _ in pairs]), np.concatenate([two for _, two in pairs])

    def _found_with(self, held: Whole, came: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
        """What was found of it with those of `held` to whom no leg that `came` brought any: as much they had."""
        told = distinct(held[came[0][self.flow.mark[came[1]] != UNMARKED]])
        found = (self.flow.legs.role == FOUND) & (self.flow.mark != UNMARKED)
        return _join(np.where(np.isin(held, told), -1, held), np.where(found, self.flow.legs.giver, -1))

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
    least = max(figure.least, _plain(floor) or 0.0)
    return replace(figure, least=least, most=None if figure.most is None else max(figure.most, least))


def _plain(value: float) -> float | None:
    """An amount as it is told, in digits that stand for something: what is worked out with yields has some dust.

    >>> _plain(15429.430340001), _plain(4.008960001), _plain(1234567.891), _plain(np.inf)
    (15429.43, 4.00896, 1234567.89, None)
    """
    if not np.isfinite(value):
        return None
    return round(value, int(np.clip(_DIGITS - np.ceil(np.log10(max(abs(value), 1.0))), 2, 5))) + 0.0
