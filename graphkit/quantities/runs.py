"""The flow network behind the quantities: each stop at each maximal run of receipts, then dispatches.

Within a run all receipts come before all dispatches, so that whatever came in it may leave in it: one node says as much
as many. Goods leave as late and arrive as early as their times allow. That is one history where times are instants, and
where they are not it lets through all that any history would: bounds stay valid. At one moment receipts come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graphkit.quantities.deliveries import Deliveries, Floats, Ints, Mask
from graphkit.quantities.levels import Levels

_FAR = 2**61  # unknown moments lie beyond all others


@dataclass(frozen=True, eq=False)
class Events:
    """Every receipt and dispatch, by stop, then moment, receipts first, then delivery.

    Shapes: (2 × deliveries,), `opens` and `stock` likewise: whether the event begins a run, and the running balance
    after it without any opening stock, in whole parts.
    """

    delivery: Ints
    stop: Ints
    moment: Ints
    dispatch: Mask
    opens: Mask
    stock: Ints

    @classmethod
    def of(cls, given: Deliveries, units: float) -> Events:
        """The events of these deliveries."""
        count = len(given)
        stop = np.concatenate((given.target, given.source))
        moment = np.concatenate((given.arrives_earliest, given.departs_latest))
        dispatch = np.repeat([False, True], count)
        order = _in_order(stop, moment, dispatch, given.stops)
        amounts = np.concatenate((parts_of(given.arriving, units), -parts_of(given.quantity, units)))
        sums = np.cumsum(amounts[order])
        stop, dispatch = stop[order], dispatch[order]
        first = np.ones(2 * count, bool)
        first[1:] = stop[1:] != stop[:-1]
        before = (sums - amounts[order])[first][np.cumsum(first) - 1] if count else sums
        opens = first.copy()
        opens[1:] |= dispatch[:-1] & ~dispatch[1:] & ~given.recipes[stop[1:]]  # a recipe is one node
        return cls(order % max(count, 1), stop, moment[order], dispatch, opens, sums - before)

    def unseen(self, given: Deliveries, units: float) -> Ints:
        """The least opening stock that no record tells of each stop, in whole parts; shape (stops,)."""
        least = np.zeros(given.stops, np.int64)
        np.minimum.at(least, self.stop, self.stock)
        return np.where(given.recipes, 0, np.maximum(-least - parts_of(given.opening, units), 0))


@dataclass(frozen=True, eq=False)
class Runs:
    """The network: first one arc a delivery, then the arcs of what is held over from a run to the next of its stop.

    Shapes: `tail`, `head`, `capacity` (arcs,) int64 and `gain` (arcs,) float64, what arrives for each part that leaves;
    `stop` (nodes,); `entry` (stops,) the node where opening stock enters, -1 for a stop without deliveries; `unseen`
    and `opening` (stops,) in whole parts, `units` of them to one unit.
    """

    given: Deliveries
    units: float
    events: Events
    tail: Ints
    head: Ints
    capacity: Ints
    gain: Floats
    stop: Ints
    entry: Ints
    unseen: Ints
    opening: Ints

    @classmethod
    def of(cls, given: Deliveries, unseen: Floats | None = None) -> Runs:
        """The network of these deliveries; `unseen` (stops,) in place of the least unseen opening stock."""
        units = given.units
        events = Events.of(given, units)
        lacking = events.unseen(given, units) if unseen is None else parts_of(unseen, units)
        opening = parts_of(given.opening, units)
        node = np.cumsum(events.opens) - 1
        tail, head = np.empty(len(given), np.int64), np.empty(len(given), np.int64)
        tail[events.delivery[events.dispatch]] = node[events.dispatch]
        head[events.delivery[~events.dispatch]] = node[~events.dispatch]
        first = np.flatnonzero(events.opens)
        last = np.append(first[1:], len(node))[: len(first)] - 1
        stop = events.stop[first]
        held = np.flatnonzero(stop[1:] == stop[:-1])
        stock = events.stock[last] + (lacking + opening)[stop]
        entry = np.full(given.stops, -1, np.int64)
        entry[stop[::-1]] = np.arange(len(stop))[::-1]
        return cls(
            given,
            units,
            events,
            np.concatenate((tail, held)),
            np.concatenate((head, held + 1)),
            np.concatenate((parts_of(given.quantity, units), np.maximum(stock[held], 0))),
            np.concatenate((given.arriving / given.quantity, np.ones(len(held)))),
            stop,
            entry,
            lacking,
            opening,
        )

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.stop)

    @cached_property
    def levels(self) -> Levels:
        """The arcs in an order along them."""
        return Levels.of(self.nodes, self.tail, self.head)

    def certain(self, nodes: Mask) -> bool:
        """Whether the network restricted to these nodes is just what happened, for some order within each day.

        So it is where moments can be chosen, each within its time, so that everything comes before whatever this
        network lets it go into, and no goods can go round in a circle: what stands here is then one history, and no
        other lets more through.
        """
        touching = nodes[self.tail] | nodes[self.head]
        return not bool((self.levels.cyclic & touching).any()) and not self._late(touching).any()

    @cached_property
    def doubtful(self) -> Mask:
        """The arcs that no history may have had as they stand here: on a circle, or late; shape (arcs,)."""
        mask: Mask = self.levels.cyclic | self._late(np.ones(len(self.tail), bool))
        return mask

    def _late(self, arcs: Mask) -> Mask:
        """Which of these deliveries cannot leave as soon as what they may hold has come, and still be in time."""
        given, count = self.given, len(self.given)
        departs, latest = _padded(given.departs_earliest, self.tail), _padded(given.departs_latest, self.tail, _FAR * 2)
        arrives, due = _padded(given.arrives_earliest, self.tail), _padded(given.arrives_latest, self.tail, _FAR * 2)
        ready, late = np.full(self.nodes, -_FAR * 2), np.zeros(len(self.tail), bool)
        for every in self.levels:
            level = every[arcs[every]]
            left = np.maximum(departs[level], ready[self.tail[level]])
            came = np.maximum(arrives[level], left)
            late[level] = (level < count) & ((left > latest[level]) | (came > due[level]))
            np.maximum.at(ready, self.head[level], came)
        return late


def _padded(moments: Ints, like: Ints, rest: int = -_FAR * 2) -> Ints:
    """The moments of deliveries, and `rest` for what is held over."""
    return np.concatenate((moments, np.full(len(like) - len(moments), rest)))


def prepared(given: Deliveries | Runs, unseen: Floats | None = None) -> Runs:
    """The network of these deliveries; one that is already made is used again."""
    return given if isinstance(given, Runs) else Runs.of(given, unseen)


def _in_order(stop: Ints, moment: Ints, dispatch: Mask, stops: int) -> Ints:
    """By stop, then moment, receipts first, then as given. Sixteen bits at a time, which sorts several times faster."""
    order = np.argsort(np.clip(moment, -_FAR, _FAR) * 2 + dispatch, kind="stable")
    order = order[np.argsort((stop[order] & 0xFFFF).astype(np.uint16), kind="stable")]
    return order if stops <= 0x10000 else order[np.argsort(stop[order] >> 16, kind="stable")]


def parts_of(quantity: Floats, units: float) -> Ints:
    """A quantity in whole parts."""
    return np.rint(quantity * units).astype(np.int64)
