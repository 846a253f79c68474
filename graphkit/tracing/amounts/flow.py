"""The flow of goods around a trace as deliveries between stops, marked by what the trace began at.

A stop is what a holder has of one lot, or of a product where some row there names no lot. Going forward what left the
start is marked; going back all is seen backwards in time, and what came to the start, or was seized, is marked: what
each stop then receives is what it gave of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from graphkit.model.nodes import BATCH
from graphkit.network.sorting import among, distinct
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED, Deliveries
from graphkit.quantities.ground import reached
from graphkit.quantities.runs import Runs
from graphkit.tracing.amounts.blank import of_their_own
from graphkit.tracing.amounts.by_weight import ByWeight
from graphkit.tracing.amounts.considered import Considered, product_of
from graphkit.tracing.amounts.legs import FOUND, MADE, MOVED, PASSED, USED, Legs
from graphkit.tracing.amounts.pools import Pools
from graphkit.tracing.amounts.unrecorded import unrecorded
from graphkit.tracing.amounts.vague import in_parcels, more_than_least, worked_up
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.labels import Whole
from graphkit.tracing.request import ANY, FAR
from graphkit.tracing.walk.start import stands_for
from graphkit.tracing.walk.steps import LOTS
from graphkit.tracing.walk.sweep import Trace
from graphkit.tracing.walk.ways import Mask, Numbers, Ways


@dataclass(frozen=True, eq=False)
class Flow:
    """Legs and the same as deliveries, one each, in one order; going back the deliveries run against the legs.

    Shapes: all (legs,). `vague` legs stand for amounts that rows leave open; of `unbounded` ones no row tells the most;
    `beyond` are vague ones of what is traced itself, straight from the start; `hidden` carried of it only if it went
    unseen. `unit` are codes of the units that the legs are given in. `stocks` are legs and deliveries that tell who
    lacks something by rows alone; the first of them are those of the flow that are told in full. `mixes_lots` says that
    stocks of several lots are taken as one, `no_lot` the links, (rows,), that name no lot of what is in them.
    `unsure` are legs that went at another time, or carried more, if another row is right. `settled` is the network
    where more is supposed of its stocks than rows tell.
    """

    legs: Legs
    forward: Deliveries
    deliveries: Deliveries
    mark: Whole
    vague: Mask
    unbounded: Mask
    beyond: Mask
    hidden: Mask
    unit: Whole
    back: bool
    stocks: tuple[Legs, Deliveries]
    mixes_lots: bool
    no_lot: Whole
    unsure: Mask
    settled: Runs | None = None

    @cached_property
    def runs(self) -> Runs:
        """The network of stocks and deliveries that bounds are worked out on."""
        return self.settled or Runs.of(self.deliveries)

    @cached_property
    def any_amount(self) -> Mask:
        """The legs, (legs,), of which it may be as much as there is: no row tells how much they carried."""
        mask: Mask = self.unbounded & (self.mark == OPEN)
        return mask

    @cached_property
    def undetermined(self) -> Mask:
        """The legs, (legs,), that may carry of what rows leave open in amount: it stands for more than there was."""
        return self._after(self.vague & (self.mark == OPEN), self.mark == OPEN)

    @cached_property
    def unplaced(self) -> Mask:
        """The legs, (legs,), that may carry of what went at one time or another, or was more, by which row is right."""
        first = self.unsure & (self.mark != UNMARKED)
        return self._after(first, self.mark != UNMARKED) if first.any() else first

    def _after(self, first: Mask, free: Mask) -> Mask:
        """These legs and all that goods can go on by from them over free ones."""
        runs, count, every = self.runs, len(self.mark), np.ones(len(self.runs.tail), bool)
        every[:count] = free
        after = reached(runs, every, runs.head[:count][first])
        mask: Mask = first | (free & after[runs.tail[:count]])
        return mask

    def without_unseen(self) -> Flow:
        """The same, supposing that stock which no row brings is none of what is traced."""
        runs = self.runs
        open_ = np.zeros(self.deliveries.stops, bool)
        open_[self.deliveries.source[self.vague]] = True  # of these it is the amount that rows leave open
        unseen = np.where(open_, runs.unseen, 0)
        return replace(self, settled=replace(runs, unseen=unseen, opening=runs.opening + runs.unseen - unseen))


def flow_of(
    ways: Ways, trace: Trace, holders: Holders, start: int, found: Considered, always: bool = False
) -> Flow | None:
    """The flow, None where nothing is left that can be counted; with `always` by every way that goods went unseen,
    which outer bounds would be too wide for.
    """
    legs = _reached_finds(ways, trace, holders, found.legs)
    legs = legs.but(mark=_marks(ways, holders, start, _of_any_lot(ways, trace, holders, start, legs)))
    starting = starters(ways, holders, start)
    return _flow(ways, holders, legs, found.parcels, found, found.blank, starting, always)


def lots_flow(ways: Ways, holders: Holders, found: Considered, flow: Flow) -> Flow | None:
    """The same by lots alone, whoever had them: what was made of what, and found, though nobody tells of its way."""
    legs = flow.legs.take(
        np.isin(flow.legs.role, (USED, MADE, PASSED, FOUND)) & ~flow.unbounded & (flow.legs.link >= 0)
    )
    if not (legs.mark == MARKED).any():
        return None
    ends = {side: np.where(end < holders.count, 0, end) for side, end in (("giver", legs.giver), ("taker", legs.taker))}
    return _flow(ways, holders, legs.but(**ends), Legs.none(), found, Legs.none(), np.empty(0, np.int64))


def _flow(
    ways: Ways, holders: Holders, legs: Legs, parcels: Legs, found: Considered, blank: Legs, starting: Whole,
    always: bool = False,
) -> Flow | None:  # fmt: skip
    back = ways.request.back
    pools = Pools(ways, holders, Legs.joined([legs, parcels]))
    stops = pools.of(legs)
    parts = [*more_than_least(legs, stops, back), *in_parcels(pools, legs, stops, parcels, back, found.weights)]
    parts += worked_up(pools, legs, stops, found.loose, back)
    kept = legs.take(np.flatnonzero(legs.least > 0))
    kept = kept.but(most=kept.least)
    vague = Legs.joined([Legs.none(), *(each for each, _ in parts)])
    straight = (vague.mark == MARKED) | _from_start(vague, starting, back)
    beyond = np.concatenate([np.zeros(len(kept), bool), straight])
    hands = pools.ghosts + np.arange(len(vague))  # of what is vague nobody knows whence it came, or whither it went
    vague = vague.but(**{"taker" if back else "giver": hands, "mark": np.minimum(vague.mark, OPEN)})
    loose = pools.keys_of(found.loose[0])
    stocks = Legs.joined([kept, _surely_had(pools, legs, stops, parcels, found.weights) if back else vague])
    opened = _opened(pools, found)
    held, owners = deliveries_of(pools, stocks, opened)
    own = of_their_own(pools, blank, (held, owners), legs, stops, back, found.weights)
    if len(own):
        unknown = pools.ghosts + len(vague) + np.arange(len(own))
        vague = Legs.joined([vague, own.but(**{"taker" if back else "giver": unknown})])
        beyond = np.concatenate([beyond, _from_start(own, starting, back)])
        hands = pools.ghosts + np.arange(len(vague))
    gaps = unrecorded(ways, pools, stocks, (held, owners), kept, loose, pools.ghosts + len(vague), back)
    hidden = _passed_on(pools, kept, gaps, always) if back else np.zeros(len(kept), bool)
    kept = kept.but(mark=np.where(hidden, OPEN, kept.mark))
    every = Legs.joined([kept, vague, gaps])
    if not len(every):
        return None
    forward, keys = deliveries_of(pools, every, opened)
    given = forward
    if back:
        owner = keys // pools.width
        open_ = np.isin(keys, loose) | np.isin(owner, hands)
        open_ |= (owner < holders.count) & (found.known is not None) & ~np.isin(owner, _listed(found.known))
        given = given.backward(open_)
    mixed, one = (_led_through(each, forward, keys, every.mark) for each in (pools.mixed, pools.one))
    nothing = np.zeros(len(gaps), bool)
    return Flow(
        every, forward, given, every.mark,
        np.concatenate([np.zeros(len(kept), bool), np.ones(len(vague), bool), nothing]),
        np.concatenate([np.zeros(len(kept), bool), *(each for _, each in parts), np.zeros(len(own), bool), nothing]),
        np.concatenate([beyond, nothing]), np.concatenate([hidden, np.zeros(len(vague), bool), ~nothing]),
        found.measures.unit_of(product_of(ways, np.where(every.role == MADE, every.taken, every.given))), back,
        (stocks, held), len(mixed) > 0, _naming_no_lot(pools, Legs.joined([legs, parcels]), one),
        np.isin(every.link, found.unsure),
    )  # fmt: skip


def _from_start(legs: Legs, starting: Whole, back: bool) -> Mask:
    """Which of these legs went straight from these holders, or going back to them."""
    mask: Mask = (legs.role == MOVED) & among(legs.taker if back else legs.giver, starting)
    return mask


def _led_through(stocks: Whole, given: Deliveries, keys: Whole, mark: Whole) -> Whole:
    """Those of these stocks, which rows tell with and without a lot, that what is traced goes through."""
    led = mark != UNMARKED
    return np.intersect1d(keys[np.concatenate((given.source[led], given.target[led]))], stocks)


def _naming_no_lot(pools: Pools, legs: Legs, one: Whole) -> Whole:
    """The links, in order, by which all lots in each of these stocks are taken as one."""
    giver, taker = pools.of(legs)
    bare = [(goods != ANY) & ~pools.ways.is_lot(goods) for goods in (legs.given, legs.taken)]
    some = (bare[0] & np.isin(giver, one)) | (bare[1] & np.isin(taker, one))
    return distinct(legs.link[some & (legs.link >= 0)])


def _surely_had(pools: Pools, legs: Legs, stops: tuple[Whole, Whole], parcels: Legs, weights: ByWeight | None) -> Legs:
    """What rows leave open as it bears on who lacks something: it may have come, and need not have left."""
    parts = [*more_than_least(legs, stops, False), *in_parcels(pools, legs, stops, parcels, False, weights)]
    vague = Legs.joined([Legs.none(), *(each for each, _ in parts)])
    return vague.but(giver=pools.ghosts + np.arange(len(vague)), mark=np.minimum(vague.mark, OPEN))


def _passed_on(pools: Pools, legs: Legs, gaps: Legs, always: bool) -> Mask:
    """Going back, deliveries no chain leads over, of goods that went on unseen: they may have carried of it.

    Only of goods that rows tell the making of, so that no source unknown to all can have had them; and unless `always`
    only where those whom the trace led to have too little left, for else they bring the most there is.
    """
    if not len(gaps):
        return np.zeros(len(legs), bool)
    giver, taker = pools.of(legs)
    given, taken = pools.of(gaps)
    reached = distinct(np.concatenate([ends[legs.mark != UNMARKED] for ends in (giver, taker)]))
    goods, which = np.unique(pools.one_of(taken), return_inverse=True)
    out, into = (owner < pools.holders.count for owner in (gaps.giver, gaps.taker))
    left, lacking = (np.bincount(which, gaps.most * some, len(goods)) for some in (out & np.isin(given, reached), into))
    made = np.isin(goods, legs.taken[legs.role == MADE])
    missed = np.isin(pools.one_of(giver), goods[made & (always | (left < lacking))])
    mask: Mask = (legs.role == MOVED) & (legs.mark == UNMARKED) & missed
    return mask


def _listed(holders: Whole | None) -> Whole:
    return np.empty(0, np.int64) if holders is None else holders


def _opened(pools: Pools, found: Considered) -> tuple[Whole, Numbers]:
    """The stocks that had something before any row, and how much."""
    owner = pools.holders.of(np.array([each.account for each in found.opened], np.int64))
    keys, place = np.unique(pools.at(owner, np.full(len(owner), ANY)), return_inverse=True)
    sums = np.zeros(len(keys))
    np.add.at(sums, place, [each.amount for each in found.opened])
    return keys, sums


def deliveries_of(pools: Pools, legs: Legs, opened: tuple[Whole, Numbers]) -> tuple[Deliveries, Whole]:
    """The legs as deliveries between the stocks they name, of which some had something at first, and those stocks."""
    ends = pools.of(legs)
    keys, place = np.unique(np.concatenate(ends), return_inverse=True)
    source, target = place[: len(legs)], place[len(legs) :]
    mixing = np.zeros(len(keys), bool)
    mixing[target[(legs.role == PASSED)]] = True
    first = np.zeros(len(keys))
    there = np.isin(opened[0], keys)
    first[np.searchsorted(keys, opened[0][there])] = opened[1][there]
    given = Deliveries.of(
        len(keys), source, target, legs.most, (legs.departs, np.maximum(legs.departs, legs.departs_latest)),
        (legs.arrives, np.maximum(legs.arrives, legs.arrives_latest)),
        arriving=np.maximum(_whole(legs.most * legs.gain), 1e-6), opening=first, mixing=mixing,
    )  # fmt: skip
    return given, keys


def _whole(amount: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Amounts without the dust that division leaves, so that few decimals do."""
    return np.round(amount, 6)


def _reached_finds(ways: Ways, trace: Trace, holders: Holders, legs: Legs) -> Legs:
    """Finds of goods that did not come from the start are none of it.

    Where the trace led to the lot itself, what was found of it may be of it with whomever it was found.
    """
    if not (legs.role == FOUND).any():
        return legs
    if ways.request.back:
        return legs.but(mark=np.where(legs.role == FOUND, UNMARKED, legs.mark))
    states = trace.labels
    goods = np.flatnonzero((states.carried >= 0) & (holders.of(states.node) >= 0))
    pairs = distinct(holders.of(states.node[goods]) * (len(ways.product_of) + 1) + states.carried[goods])
    vague = distinct(holders.of(states.node[states.carried == ANY]))
    product = product_of(ways, np.maximum(legs.given, 0))
    width = len(ways.product_of) + 1
    reached = np.isin(legs.giver * width + legs.given, pairs) | np.isin(legs.giver * width + product, pairs)
    reached |= np.isin(legs.giver, vague) | ~ways.is_lot(legs.given) | np.isin(legs.given, states.node)
    reached &= np.isin(legs.about, trace.node)
    return legs.but(mark=np.where((legs.role == FOUND) & ~reached, UNMARKED, legs.mark))


def _of_any_lot(ways: Ways, trace: Trace, holders: Holders, start: int, legs: Legs) -> Legs:
    """The legs, where forward from a lot nothing is known of what names no lot and came from whom no chain leads to:
    whatever he had unseen may be of it.
    """
    request = ways.request
    bounded = request.since > -FAR or request.until < FAR or request.max_lag < FAR or request.min_quantity > 0
    if request.back or bounded or ways.network.kind_of(start) != BATCH.name:
        return legs
    bare = (legs.role == MOVED) & (legs.given == ways.product(np.array([start]))[0])
    bare &= ~among(legs.giver, distinct(holders.of(trace.node)))
    return legs.but(mark=np.where(bare & (legs.mark == UNMARKED), OPEN, legs.mark))


def _marks(ways: Ways, holders: Holders, start: int, legs: Legs) -> Whole:
    """What is known of each leg from where the trace began."""
    kind, back, mark = ways.network.kind_of(start), ways.request.back, legs.mark.copy()
    found = legs.role == FOUND
    if kind == "Transformation":
        sure = (legs.about == start) & (legs.role == (USED if back else MADE))
    elif kind in LOTS:
        given, taken = (_of_lot(ways, start, goods) for goods in (legs.given, legs.taken))
        sure = (given & (legs.role != PASSED)) | taken
        sure &= (mark == OPEN) | found | (taken & ((legs.role == MADE) | (legs.taken != start)))  # wherever it was made
    elif kind in ("Seizure", "Sample"):
        mine = (legs.about == start) & found
        lots = distinct(legs.given[mine & ways.is_lot(legs.given)])
        made = np.isin(legs.taken, lots) & (legs.role == MADE)
        rest = (mark == OPEN) & np.isin(legs.giver, legs.giver[mine]) & np.isin(legs.given, legs.given[mine])
        of_lots = (np.isin(legs.given, lots) & ((mark == OPEN) | found)) | (rest & (legs.role == MOVED))
        sure = mine if back else mine | made | of_lots
    else:
        own = starters(ways, holders, start)
        given, taken = among(legs.giver, own), among(legs.taker, own)
        sure = (taken if back else given) & (mark == OPEN) & ((legs.role == MOVED) | found)
        sure |= (given | taken) & (mark == OPEN) & np.isin(legs.role, (USED, MADE))
    mark[sure] = MARKED
    return mark


def starters(ways: Ways, holders: Holders, start: int) -> Whole:
    """The holders that the start is, or whose account or phone it is, in order; none where nobody is known to be."""
    own = distinct(holders.of(np.append(stands_for(ways, start), start)))
    return own[own >= 0]


def _of_lot(ways: Ways, lot: int, goods: Whole) -> Mask:
    """Which of these goods are the lot, or a thing of it."""
    mask: Mask = goods == lot
    return mask if ways.serials is None else mask | (ways.serials.lots(goods) == lot)
