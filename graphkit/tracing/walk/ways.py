"""The links of a network as a trace walks them: along or against, with departure and arrival, and what they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkit.model.links import BY_NAME
from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.adjacency import Adjacency
from graphkit.network.network import EVER, NEVER, Network
from graphkit.network.timetable import LASTING, TIES, media
from graphkit.tracing.identity.same_hands import SameHands
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, FAR, GOODS_LINKS, STOPPED, Request
from graphkit.tracing.walk.serials import INSIDE, Serials
from graphkit.tracing.walk.strength import BY_BATCH, BY_DATE, BY_PRODUCT, grades
from graphkit.tracing.walk.told import Told
from graphkit.tracing.walk.told import late as late_ones

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Entries = tuple[Whole, Whole, Whole]  # place among the labels, neighbour, link


class Ways:
    """A network's links for one request. Only what is reached is ever looked at."""

    def __init__(
        self, network: Network, request: Request, same: SameHands | None = None, lots: Whole | None = None
    ) -> None:
        self.network, self.request, self.same = network, request, same
        self.lots = np.empty((2, 0), np.int64) if lots is None else lots
        self.links, self.product_of = network.links, network.goods.product_of
        self.ahead, self.behind = (network.into, network.out) if request.back else (network.out, network.into)
        self.without = np.array(sorted(request.without), np.int64)

    @cached_property
    def told(self) -> Told | None:
        """Which delivery went into which, by rows."""
        return Told.of(self.network, self.request.back)

    @cached_property
    def serials(self) -> Serials | None:
        """Which deliveries name things with a number of their own, by rows."""
        return Serials.of(self.network)

    @cached_property
    def ends(self) -> bool:
        """Whether it may be too late to go on though no wait is too long: what is in a container is taken out."""
        return self.links.kind_code(INSIDE) >= 0

    @cached_property
    def batch(self) -> NDArray[np.int32]:
        """The batch of each link, by its own row or by another of the same movement; -1 unknown; shape (links,)."""
        if not self.lots.size:
            return self.links.batch
        found = self.links.batch.copy()
        found[self.lots[0]] = self.lots[1]
        return found

    @cached_property
    def carriers(self) -> Adjacency:
        """The links of each batch, with the node at which they begin."""
        if not self.lots.size:
            return self.network.goods.carriers
        named = np.flatnonzero(self.batch >= 0).astype(np.int32)
        return Adjacency.of(len(self.product_of), self.batch[named], self.links.source[named], named)

    def passing(self, labels: Labels) -> tuple[Labels, Whole]:
        """The labels as they go on, and which label each was: not from closed entities, and from those where all may be
        mixed as what they are and, once more, as anything.
        """
        request, every = self.request, np.arange(len(labels))
        if not (request.closed or request.crossed or request.all_crossed):
            return labels, every
        arrived = labels.link >= 0
        stopped = arrived & np.isin(labels.node, request.closed)
        passed = replace(labels, carried=np.where(stopped, STOPPED, labels.carried))
        mixed = np.flatnonzero(arrived & ~stopped & (labels.carried > ANY) & self.mixes(labels.node))
        if not len(mixed):
            return passed, every
        anything = replace(labels.take(mixed), carried=np.full(len(mixed), ANY))
        return Labels.joined([passed, anything]), np.concatenate((every, mixed))

    def mixes(self, node: Whole) -> Mask:
        """At which of these entities anything that came may be in anything that leaves."""
        mask: Mask = self.holding(node) & (self.request.all_crossed | np.isin(node, self.request.crossed))
        return mask

    def holding(self, node: Whole) -> Mask:
        """Which of these entities hold goods: parties and places, not lots, finds or what is done with them."""
        return self.of_kind(node, *PARTY_KINDS, "Place")

    def of_kind(self, nodes: Whole, *names: str) -> Mask:
        """Which of these entities are of these kinds."""
        kinds = self.network.kinds
        mask: Mask = np.isin(self.network.kind[nodes], [kinds.index(name) for name in names if name in kinds])
        return mask

    @cached_property
    def deliveries(self) -> tuple[str, ...]:
        """The kinds of links along which goods move; a kind that the model does not know counts as one."""
        return (*GOODS_LINKS, *(kind for kind in self.links.kinds if kind not in BY_NAME))

    def codes(self, kinds: Sequence[str]) -> list[int]:
        """The codes of those of these kinds that there are."""
        return [code for code in map(self.links.kind_code, kinds) if code >= 0]

    def flows(self, link: Whole) -> Mask:
        """Which of these links are no ties: goods, money or calls go along them."""
        mask: Mask = (media(self.links.kinds) != TIES)[self.links.kind[link]]
        return mask

    def entries(self, adjacency: Adjacency, nodes: Whole, *kinds: str) -> Entries:
        """The links of these kinds at these nodes, without those that the request bars."""
        return self.allowed(self.stated(adjacency, nodes, *kinds))

    def stated(self, adjacency: Adjacency, nodes: Whole, *kinds: str) -> Entries:
        """All links of these kinds at these nodes: what a trace must not go by is a fact all the same."""
        codes = self.codes(kinds)
        if not codes or not len(nodes):
            return (np.empty(0, np.int64),) * 3
        if (media(self.links.kinds)[codes] == TIES).all():
            timetable = self.network.ahead if adjacency is self.network.out else self.network.behind
            origin, neighbour, link = timetable.ties(nodes, codes)
        else:
            origin, neighbour, link = adjacency.expand(nodes)
        table = np.zeros(len(self.links.kinds), bool)
        table[codes] = True
        kept = np.flatnonzero(table[self.links.kind[link]])
        return origin[kept], neighbour[kept].astype(np.int64), link[kept].astype(np.int64)

    def allowed(self, entries: Entries) -> Entries:
        """Those that the request does not bar."""
        if not len(self.without):
            return entries
        kept = ~np.isin(entries[2], self.without)
        return entries[0][kept], entries[1][kept], entries[2][kept]

    def moments(self, link: Whole) -> tuple[Whole, Whole, Whole, Whole, Mask]:
        """Departure and arrival of these links as the trace goes, each an interval; and which take no time."""
        table = self.links
        begin = self._believed(link, table.started_earliest), _clipped(table.started_latest[link])
        end = self._believed(link, table.ended_earliest), _clipped(table.ended_latest[link])
        lasting = np.isin(table.kind[link], self.codes(LASTING)) | (end[0] > -FAR) | (end[1] < FAR)
        end = np.where(lasting, end[0], begin[0]), np.where(lasting, end[1], begin[1])
        since, until = self.request.since, self.request.until
        begin = np.maximum(begin[0], since), np.minimum(begin[1], until)
        end = np.maximum(end[0], since), np.minimum(end[1], until)
        if self.request.back:
            return -end[1], -end[0], -begin[1], -begin[0], ~lasting
        return *begin, *end, ~lasting

    def _believed(self, link: Whole, earliest: Whole) -> Whole:
        """The earliest moments of these links; earlier where rows say that one went into what had left before."""
        late, needed = late_ones(self.network)
        found = _clipped(earliest[link])
        if len(late):
            at = np.minimum(np.searchsorted(late, link), len(late) - 1)
            found = np.where(late[at] == link, np.minimum(found, needed[at]), found)
        return found

    def times(self, link: Whole) -> tuple[Whole, Whole, Whole, Whole]:
        """When these links can have left and arrived, as it happened, whatever is asked: earliest, latest, of each."""
        whole = Ways(self.network, Request())
        begin, begin_latest, end, end_latest, _ = whole.moments(link)
        return begin, np.minimum(begin_latest, end_latest), np.maximum(begin, end), end_latest

    def held(self, link: Whole) -> tuple[Whole, Whole]:
        """When these links hold, as the trace goes."""
        departed, departs, _, _, _ = self.moments(link)
        return departed, departs

    def leaves(self, labels: Labels, entries: Entries) -> tuple[Whole, Whole]:
        """When the labels can take these links, waiting no longer than allowed: never where the first is the later."""
        departs, departs_latest, _, _, _ = self.moments(entries[2])
        return self._leaves(labels, entries[0], departs, departs_latest)

    def travel(self, labels: Labels, entries: Entries) -> tuple[Mask, Whole, Whole]:
        """Which of these links can be taken by the labels, waiting no longer than allowed, and when they arrive."""
        origin, _, link = entries
        departs, departs_latest, arrives, arrives_latest, at_once = self.moments(link)
        lo, hi = self._leaves(labels, origin, departs, departs_latest)
        arrival = np.where(at_once, lo, np.maximum(lo, arrives)), np.where(at_once, hi, arrives_latest)
        return (lo <= hi) & (arrival[0] <= arrival[1]), *arrival

    def _leaves(self, labels: Labels, origin: Whole, departs: Whole, departs_latest: Whole) -> tuple[Whole, Whole]:
        lo = np.maximum(labels.lo[origin], departs)
        if self.request.max_lag >= FAR and not self.ends:
            return lo, departs_latest
        return lo, np.minimum(self.waits(labels)[origin], departs_latest)

    def waits(self, labels: Labels) -> Whole:
        """Until when each label can go on: so long after it came as is allowed, in a container until taken out."""
        wait = self.request.max_lag
        until = np.full(len(labels), FAR) if wait >= FAR else np.minimum(labels.hi, FAR - wait) + wait
        return np.where(self.inside(labels), labels.hi, until)

    def inside(self, labels: Labels) -> Mask:
        """Which labels stand for what is in a container, by the link that says so."""
        code, mask = self.links.kind_code(INSIDE), np.zeros(len(labels), bool)
        if code >= 0:
            link = np.maximum(labels.link, 0)
            mask = (labels.link >= 0) & (self.links.kind[link] == code) & (self.links.target[link] == labels.node)
        return mask

    def stay(self, link: Whole) -> tuple[Whole, Whole]:
        """From when to when these links hold, as the trace goes, if no row says otherwise always."""
        begin, end = _clipped(self.links.started_earliest[link]), _clipped(self.links.ended_latest[link])
        begin, end = np.maximum(begin, self.request.since), np.minimum(end, self.request.until)
        return (-end, -begin) if self.request.back else (begin, end)

    def who(self, nodes: Whole) -> Whole:
        """Who each of these entities turns out to be."""
        return self.same.meant_of(nodes) if self.same is not None else nodes

    def goods(self, link: Whole) -> Whole:
        """What these links carry: the thing or the batch where it is known, else the product, else ANY."""
        batch = self.batch[link].astype(np.int64)
        goods = np.where(batch >= 0, batch, self.links.product[link])
        if self.serials is None:
            return goods
        item = self.serials.item[link]
        return np.where(item >= 0, item, goods)

    def match(self, carried: Whole, goods: Whole) -> tuple[Mask, Whole, Numbers]:
        """Whether what is carried can be these goods; what is then known to be carried; how firmly they are tied."""
        product, other = self.product(carried), self.product(goods)
        lot, other_lot = self.is_lot(carried), self.is_lot(goods)
        same = carried == goods
        possible = (product == other) | (product < 0) | (other < 0)
        in_lot = same if self.serials is None else same | self.serials.same_lot(carried, goods)
        possible &= ~(lot & other_lot) | in_lot
        firmness = np.where(same, BY_BATCH, np.where((product == other) & (product >= 0), BY_PRODUCT, BY_DATE))
        firmness = np.where(same & ~lot, np.where(carried >= 0, BY_PRODUCT, BY_DATE), firmness)
        known = np.where(lot, carried, np.where(other_lot | (goods >= 0), goods, carried))
        return possible, known, firmness

    def is_lot(self, goods: Whole) -> Mask:
        """Whether these goods are a batch."""
        mask: Mask = (goods >= 0) & (self.product(goods) != goods)
        return mask

    def product(self, goods: Whole) -> Whole:
        """The product of these goods, -1 unknown."""
        if not len(self.product_of):
            return np.full(len(goods), ANY, np.int64)
        return np.where(goods >= 0, self.product_of[np.maximum(goods, 0)], ANY)

    def scores(self, link: Whole) -> Numbers:
        """What the links' own grades are worth."""
        return grades(self.links, link)

    def wanted(self, link: Whole) -> Mask:
        """Which deliveries and payments are of the product asked for, and not too small; the unknown are."""
        kept = self.of_product(self.goods(link))
        if self.request.min_quantity > 0:
            most = np.fmax(
                self.links.quantity_max[link], np.where(self._paid(link), self.links.amount_max[link], np.nan)
            )
            kept &= ~(most < self.request.min_quantity)
        return kept

    def of_product(self, goods: Whole) -> Mask:
        """Which of these goods are of the product asked for; those of unknown product may be."""
        if self.request.product < 0:
            return np.ones(len(goods), bool)
        product = self.product(goods)
        mask: Mask = (product == self.request.product) | (product < 0)
        return mask

    def _paid(self, link: Whole) -> Mask:
        return np.isin(self.links.kind[link], self.codes(("PAID",)))


def _clipped(times: Whole) -> Whole:
    clipped = np.clip(times, -FAR, FAR)
    clipped[times == NEVER] = -FAR
    clipped[times == EVER] = FAR
    return clipped
