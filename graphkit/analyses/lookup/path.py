"""How are two entities connected?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkit.analyses.base import HUB_SIZE, THROUGH_HUBS, WALKED_KINDS, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import describe, evidence_of, kinds_of, merged
from graphkit.analyses.limits import known_link_kinds
from graphkit.analyses.parties.entities import position_of
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.best_chains import Chain
    from graphkit.network.ground import Ground
    from graphkit.network.network import Network


def path(
    casefile: Casefile, *, start: str, end: str, max_hops: int, count: int, kinds: tuple[str, ...], in_time: bool,
    weighted: bool, through_hubs: bool, hub_size: int,
) -> Findings:  # fmt: skip
    """The `count` best loopless chains between the two, by cost, number of links and ids."""
    from graphkit.network.best_chains import best_chains, finder
    from graphkit.network.ground import Ground, hubs

    network = casefile.network()
    a, b = (position_of(network, casefile.store, each) for each in (start, end))
    if a == b:
        raise RequestError(f"{start} and {end} are the same entity.", f"{start} 与 {end} 是同一对象。")
    walked = known_link_kinds(network, kinds)
    ground = Ground(network, walked, None if through_hubs else hubs(network, hub_size))
    found = best_chains(finder(ground, a, b, max_hops, weighted=weighted, in_time=in_time), a, count)
    rows = _rows(casefile, ground, found, weighted)
    notes = [] if found else [_no_chain(start, end, max_hops, in_time)]
    if not through_hubs:
        notes += _through_hubs(ground, a, b, min((chain.hops for chain in found), default=max_hops + 1) - 1, in_time)
    if in_time and not found:
        notes += _out_of_order(ground, a, b, max_hops)
    if in_time:
        notes += _untimed(network, found)
    return Findings(rows, tuple(notes), revision=network.revision)


def _rows(casefile: Casefile, ground: Ground, chains: list[Chain], weighted: bool) -> list[Row]:
    network = ground.network
    evidence = evidence_of(casefile.store, network, (link for chain in chains for link in chain.links))
    return [
        {
            "rank": rank,
            "hops": chain.hops,
            "nodes": network.ids.take(chain.nodes),
            "names": [network.name_of(node) for node in chain.nodes],
            "links": network.links.ids.take(chain.links),
            "kinds": kinds_of(network, chain.links),
            "cost": ground.distance(chain.cost) if weighted else float(chain.cost),
            "evidence": merged(evidence[link] for link in chain.links),
        }
        for rank, chain in enumerate(chains, 1)
    ]


def _untimed(network: Network, chains: list[Chain]) -> list[str]:
    """That chains of whose links no row tells a time fit any order."""
    untimed = [str(rank) for rank, chain in enumerate(chains, 1) if all(_no_time(network, i) for i in chain.links)]
    if not untimed:
        return []
    listed = ", ".join(untimed)
    return [
        say(
            f"No link has a time, so that no order in time is shown: chain {listed}.",
            f"各联系都没有时间，先后无从证实：第 {listed} 条链。",
        )
    ]


def _no_time(network: Network, link: int) -> bool:
    from graphkit.network.network import EVER, NEVER

    table = network.links
    times = (
        table.started_earliest[link],
        table.ended_earliest[link],
        table.started_latest[link],
        table.ended_latest[link],
    )
    return all(int(time) in (NEVER, EVER) for time in times)


def _no_chain(start: str, end: str, max_hops: int, in_time: bool) -> str:
    order, order_zh = (" in time order", "且时间先后相符") if in_time else ("", "")
    return say(
        f"No chain of at most {max_hops} links{order} joins {start} and {end}.",
        f"{start} 与 {end} 之间没有不超过 {max_hops} 步{order_zh}的链条。",
    )


def _through_hubs(ground: Ground, a: int, b: int, max_hops: int, in_time: bool) -> list[str]:
    """Names the hubs in the way of a chain of at most so many links that meets the other conditions."""
    nodes = _open_chain(ground, a, b, max_hops, in_time) if max_hops > 0 else []
    met = [node for node in nodes[1:-1] if ground.closed is not None and ground.closed[node]]
    if not met:  # with weights a shorter chain may pass no hub at all
        return []
    named = ", ".join(_hub(ground.network, node) for node in met)
    return [
        say(
            f"Hubs are not walked through: with --through-hubs {len(nodes) - 1} links join them, through {named}.",
            f"未穿过枢纽：加 --through-hubs 则 {len(nodes) - 1} 步相连，经过 {named}。",
        )
    ]


def _open_chain(ground: Ground, a: int, b: int, max_hops: int, in_time: bool) -> Sequence[int]:
    """The shortest chain where hubs may be passed; none where there is none."""
    from graphkit.network.best_chains import finder
    from graphkit.network.ground import Ground
    from graphkit.network.shortest import fewest_hops

    through = Ground(ground.network, ground.kinds)
    nodes = fewest_hops(through, a, b, max_hops) or []
    if not nodes or not in_time:
        return nodes
    found = finder(through, a, b, max_hops, in_time=True)((a,), ())
    return found.nodes if found else ()


def _hub(network: Network, node: int) -> str:
    return f"{describe(network, node)} ({int(network.neighbours[node])})"


def _out_of_order(ground: Ground, a: int, b: int, max_hops: int) -> list[str]:
    from graphkit.network.shortest import fewest_hops

    nodes = fewest_hops(ground, a, b, max_hops)
    if nodes is None:
        return []
    count = len(nodes) - 1
    return [
        say(f"Without regard to time and direction {count} links join them.", f"不论时间先后和方向，{count} 步相连。")
    ]


def _end(name: str, metavar: str) -> Parameter:
    return Parameter(
        name,
        "An entity's id, or a name or number that only it has.",
        "对象的标识，或只有它才有的名称、号码。",
        positional=True,
        of="entity",
        metavar=metavar,
    )


PATH = Analysis(
    id="path",
    question_en="How are two entities connected?",
    question_zh="这两个对象是怎样联系起来的？",
    parameters=(
        _end("start", "A"),
        _end("end", "B"),
        Parameter("max_hops", "At most so many links.", "最多几条联系。", "integer", 6, minimum=1, maximum=100),
        Parameter("count", "Find so many chains.", "找出几条链条。", "integer", 1, minimum=1, maximum=1000),
        WALKED_KINDS,
        Parameter(
            "in_time",
            "Flows from source to target only, none before the one it follows.",
            "往来只按方向走，且时间先后相符。",
            "flag",
            False,
        ),
        Parameter("weighted", "The firmest chain, not the shortest.", "找最牢固的而不是最短的链条。", "flag", False),
        THROUGH_HUBS,
        HUB_SIZE,
    ),
    columns=(
        Column("rank", "integer", "", "Rank", "序号"),
        Column("hops", "integer", "links", "Hops", "步数"),
        Column("nodes", "list", "", "Entities", "对象"),
        Column("names", "list", "", "Names", "名称"),
        Column("links", "list", "", "Links", "联系"),
        Column("kinds", "list", "", "Kinds", "种类"),
        Column("cost", "number", "distance", "Cost", "代价"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=path,
    help_en=(
        "Shortest by number of links, or with --weighted by distance: each kind of link has one, the firmer the tie "
        "the less. No entity comes twice in a chain; chains that differ only in which of several links joins two "
        "neighbours count once. With --in-time flows (supply, waybill, payment, call and the like) are walked from "
        "source to target, and moments can be chosen within the links' times so that none begins before the one before "
        "it has ended; a link without time fits anywhere, ties (holds, uses, knows …) hold both ways. Equal "
        "chains: the one with the least ids."
    ),
    help_zh=(
        "按联系条数取最短；加 --weighted 则按距离，每种联系各有距离，越牢固越小。链条中对象不重复；"
        "只在相邻两者之间选用不同联系的，算同一链条。加 --in-time 时，往来（供货、运单、付款、通话等）只按方向走，"
        "且能在各联系的时间内选定时刻，使每一步不早于前一步结束；没有时间的联系处处相容，"
        "持有、使用、关系等不分方向。同样的链条取标识最小者。"
    ),
    method=(
        "Bidirectional breadth-first search: Pohl (1971), Bi-directional search. K best: Yen (1971), Finding the k "
        "shortest loopless paths in a network; Lawler (1972). Weighted and in time order: Martins (1984), On a "
        "multicriteria shortest path problem."
    ),
    example="graphkit path person:33032619731119012X person:430111198709010240 --count 3",
)
