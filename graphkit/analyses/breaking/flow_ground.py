"""The network that goods or money flow in, from sources to buyers, with what each can carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.flow_ends import Passed, chosen_ends
from graphkit.analyses.breaking.flow_trade import unlicensed
from graphkit.analyses.breaking.movements import EACH_ONE, FOLLOWED, WEIGHED, Movements, movements
from graphkit.analyses.goods.balance import day_of
from graphkit.analyses.parties.account_holders import with_accounts
from graphkit.analyses.parties.meant import meant, taken_note
from graphkit.analyses.period import moment
from graphkit.model.language import say
from graphkit.model.units import called
from graphkit.network.network import EVER, NEVER

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.breaking.flow.interdiction import Interdiction
    from graphkit.breaking.problem import Conditions
    from graphkit.network.network import Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Asked:
    """What is followed, in which unit, from whom to whom, when, and by how much more than in the past it can flow."""

    follow: str = ""
    unit: str = ""
    origins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    headroom: float = 1.2
    licensed: bool = False  # whether licensed trade counts too

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Asked:
        """From the parameters that only a flow has, by name (see `flow_parameters`)."""
        return cls(
            given["follow"] or "", given["unit"] or "", given["origins"], given["ends"], given["period_from"],
            given["period_until"], given["headroom"], given["licensed"],
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class FlowGround:
    """`nodes` (n,) are positions in the network; route `i` leads from node `source[i]` to `target[i]` of these.

    It carried `quantity[i]` in the period, by the movements `order[first[i]:first[i + 1]]`. `origins` and `ends` are
    nodes of these, too; `node_capacity` (n,) and `capacity` (routes,) are what can flow. `unseen` (n,) is what each
    gave beyond what it is known to have received, and `kept` (n,) what it received and is not known to have given: that
    comes from outside the records, and goes there.
    """

    network: Network
    moved: Movements
    nodes: Ints
    source: Ints
    target: Ints
    quantity: Floats
    order: Ints
    first: Ints
    capacity: Floats
    node_capacity: Floats
    origins: Ints
    ends: Ints
    unseen: Floats
    kept: Floats
    headroom: float
    notes: tuple[str, ...]

    @property
    def size(self) -> int:
        """The nodes of the task: these, and one beside each that gave, or received, what the other side lacks."""
        return len(self.nodes) + int(np.sum(self.unseen > 0) + np.sum(self.kept > 0))

    def by(self, movements: Mask) -> FlowGround:
        """The same network with what it can carry by these movements (movements,) alone."""
        quantity = _of_routes(np.where(movements, self.moved.quantity, 0.0), self.order, self.first)
        able = _able(self.source, self.target, quantity, self.origins, self.ends, len(self.nodes), self.headroom)
        into, out = (_sums(end, quantity, len(self.nodes)) for end in (self.target, self.source))
        unseen = np.clip(out - into, 0.0, self.unseen)
        kept = np.clip(into - out, 0.0, self.kept)
        return replace(
            self, quantity=quantity, capacity=quantity * self.headroom, node_capacity=able, unseen=unseen, kept=kept
        )  # fmt: skip

    def links(self, routes: Ints) -> list[int]:
        """The links behind these routes, those that tell of one movement all."""
        chosen = [self.order[self.first[i] : self.first[i + 1]] for i in routes.tolist()]
        lead = self.moved.links[np.concatenate(chosen)].tolist() if chosen else []
        return sorted({link for each in lead for link in (each, *self.moved.alike.get(each, ()))})

    def problem(
        self, parts: list[list[int]], conditions: Conditions, time_limit: float, seed: int
    ) -> Interdiction:  # fmt: skip
        """The task, with targets as lists of nodes (`i`) and routes (`len(nodes) + i`)."""
        from graphkit.breaking.flow.interdiction import Interdiction

        count, fed, keeping = len(self.nodes), np.flatnonzero(self.unseen > 0), np.flatnonzero(self.kept > 0)
        before, beyond = np.split(np.arange(count, self.size), [len(fed)])
        more = np.concatenate((self.unseen[fed], self.kept[keeping]))
        part = np.array([part for some in parts for part in some], np.int64)
        return Interdiction(
            np.concatenate((self.source, before, keeping)), np.concatenate((self.target, fed, beyond)),
            np.concatenate((self.capacity, more)), np.concatenate((self.node_capacity, more)),
            np.concatenate((self.origins, before)), np.concatenate((self.ends, beyond)),
            np.where(part < count, part, part - count + self.size),
            np.repeat(np.arange(len(parts)), [len(some) for some in parts]).astype(np.int64),
            conditions, time_limit, seed,
        )  # fmt: skip


def flow_ground(casefile: Casefile, asked: Asked, without: Mask | None = None) -> FlowGround:
    """Who passed how much to whom in the period, and how much can flow.

    A link can carry what it did, times the headroom; so can who passes on, by the greater of what came in and went
    out. What sources give and buyers take stays as it was. `without` (nodes of the network,) are out beforehand: what
    others had from them does not flow any more. Raises RequestError, NotFound.
    """
    network, every = casefile.network(), _moved(casefile, asked)
    gave, took = every.hands(network)
    into, out = (_sums(end, every.quantity, len(network)) for end in (took, gave))
    out_before = np.zeros(len(network), bool) if without is None else without
    held = len(np.unique(every.meant[out_before]))
    if every.follow == "money" and out_before.any():
        out_before = with_accounts(network, out_before)
    moved = every.chosen(~(out_before[gave] | out_before[took]))
    gave, took = moved.hands(network)
    nodes = np.unique(np.concatenate((gave, took)))
    source, target, order, first = _routes(np.searchsorted(nodes, gave), np.searchsorted(nodes, took), len(nodes))
    quantity = _of_routes(moved.quantity, order, first)
    origins, buyers, unseen, kept = chosen_ends(
        casefile, moved, nodes, Passed(into[nodes], out[nodes]), asked.origins, asked.ends, held
    )
    able = _able(source, target, quantity, origins, buyers, len(nodes), asked.headroom)
    return FlowGround(
        network, moved, nodes, source, target, quantity, order, first, quantity * asked.headroom, able, origins, buyers,
        unseen, kept, asked.headroom,
        (
            _stated(network, asked, moved), *_unrecorded(moved, unseen, kept), *moved.notes,
            *taken_note(meant(casefile.store, network), nodes.tolist()),
        ),
    )  # fmt: skip


def _unrecorded(moved: Movements, unseen: Floats, kept: Floats) -> Iterator[str]:
    """What is taken to come from outside the records, and to go there."""
    if unseen.any():
        much, count = _told(unseen, moved.unit), int(np.sum(unseen > 0))
        yield say(
            f"{count} gave {much} more than they are known to have received: it counts as come from outside the "
            "records.",
            f"有 {count} 个主体供出多于已知所收，共多 {much}，视为由记录之外流入。",
        )
    if kept.any():
        much, count = _told(kept, moved.unit), int(np.sum(kept > 0))
        yield say(
            f"{count} received {much} more than they are known to have given on: it counts as having got through.",
            f"有 {count} 个主体所收多于已知供出，共多 {much}，视为已流入市场。",
        )


def _told(much: Floats, unit: str) -> str:
    """How much that is in all, in the language in use."""
    return f"{float(much.sum()):.12g} {called(unit)}".strip()


def _moved(casefile: Casefile, asked: Asked) -> Movements:
    """The movements that count."""
    period = moment("period_from", asked.since, NEVER), moment("period_until", asked.until, EVER)
    moved = movements(casefile, asked.follow, asked.unit, *period)
    return unlicensed(casefile, moved) if moved.follow == "goods" and not asked.licensed else moved


def _of_routes(moved: Floats, order: Ints, first: Ints) -> Floats:
    return np.add.reduceat(moved[order], first[:-1]) if len(order) else np.empty(0)


def _able(
    source: Ints, target: Ints, quantity: Floats, origins: Ints, buyers: Ints, nodes: int, headroom: float
) -> Floats:  # fmt: skip
    """What each node can pass on: sources give and buyers take what they did, others the headroom more."""
    into, out = (_sums(end, quantity, nodes) for end in (target, source))
    able: Floats = np.maximum(into, out) * headroom
    able[origins], able[buyers] = out[origins], into[buyers]
    return able


def _sums(end: Ints, quantity: Floats, nodes: int) -> Floats:
    return np.bincount(end, quantity, nodes).astype(np.float64)


def _routes(source: Ints, target: Ints, nodes: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Each pair of ends once, and its movements: `order` sorts them by route, each of which begins at `first`."""
    key = source * max(nodes, 1) + target
    order = np.argsort(key, kind="stable").astype(np.int64)
    pairs, begins = np.unique(key[order], return_index=True)
    first = np.append(begins, len(order)).astype(np.int64)
    return (*np.divmod(pairs, max(nodes, 1)), order, first)


def _stated(network: Network, asked: Asked, moved: Movements) -> str:
    when, when_zh = _when(network, asked, moved)
    plain = moved.unit in ("", EACH_ONE, WEIGHED)
    many, many_zh = ("", "") if plain else (f" in {moved.unit}", f"（单位：{called(moved.unit)}）")
    return say(
        f"What flows is {moved.follow}{many} as moved {when}, {moved.count} movements. Links and go-betweens "
        f"can carry {asked.headroom:g} times what they did; sources give and buyers take what they did.",
        f"流量按{when_zh}的{FOLLOWED[moved.follow]}往来计{many_zh}，共 {moved.count} 笔；"
        f"各联系和中间环节可承载当时的 {asked.headroom:g} 倍，来源的供给和买方的需求与当时相同。",
    )


def _when(network: Network, asked: Asked, moved: Movements) -> tuple[str, str]:
    """The period in words: as asked, else the first and the last day on which anything moved."""
    first, last = network.links.started_earliest[moved.links], network.links.started_latest[moved.links]
    first, last = first[first != NEVER], last[last != EVER]
    since = asked.since or (day_of(int(first.min())) if len(first) else None)
    until = asked.until or (day_of(int(last.max())) if len(last) else None)
    if not since and not until:
        return "at times that no row gives", "（时间无记录）"
    return f"from {since or '…'} to {until or '…'}", f" {since or '…'} 至 {until or '…'} "
