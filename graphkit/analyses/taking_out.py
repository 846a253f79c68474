"""What if these were taken out? The objectives of a strike for any set, side by side with plans by rank and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graphkit.analyses.base import HUB_SIZE, WALKED_KINDS, Analysis, Casefile, Findings, Parameter
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.analyses.strike_ground import Ground
    from graphkit.breaking.problem import Fragmentation

Plans = Iterator[tuple[str, tuple[int, ...]]]
_RECOMPUTED = 20_000  # nodes, above which betweenness is not worked out anew after every hit


def what_if(
    casefile: Casefile, *, out: tuple[str, ...], budget: int | None, targets: tuple[str, ...], kinds: tuple[str, ...],
    node_kinds: tuple[str, ...], keep_detained: bool, time_limit: float, seed: int, hub_size: int,
) -> Findings:  # fmt: skip
    """One row for the network as it is, for the set asked about, and with a budget for each way to choose as many."""
    import numpy as np

    from graphkit.analyses.kinds import known_link_kinds, known_node_kinds, known_target_kinds
    from graphkit.analyses.strike_conditions import finder, named
    from graphkit.analyses.strike_ground import strike_ground
    from graphkit.analyses.strike_rows import check_ground, left_out
    from graphkit.breaking.problem import Conditions, Fragmentation

    if not out and budget is None:
        raise RequestError(
            "Say whom to take out (--out ID), or how many (--budget 5).", "请说明去除谁（--out）或多少（--budget）。"
        )
    network, store = casefile.network(), casefile.store
    without, notes = left_out(casefile, network, (), keep_detained)
    ground = strike_ground(
        network,
        known_node_kinds(store, node_kinds),
        known_target_kinds(network, targets),
        known_link_kinds(network, kinds),
        hub_size,
        without,
    )
    check_ground(ground)
    node = finder(ground, store)
    asked = tuple(dict.fromkeys(node(written) for written in out))
    given = Conditions.plain(len(ground.graph), float(budget or 0))
    given.allowed[:] = ground.target
    problem = Fragmentation(ground.graph, ground.weight, given, time_limit=time_limit / 2, seed=seed)
    plans: list[tuple[str, tuple[int, ...]]] = [("nothing", ()), *([("asked", asked)] if asked else [])]
    if budget is not None:
        plans += _ways(ground, problem, min(budget, int(np.count_nonzero(ground.target))))
    whole = _measured(problem, ())
    rows = [
        {"plan": name, "hits": [named(ground, i) for i in hit], **_measured(problem, hit, whole)} for name, hit in plans
    ]
    return Findings(rows, (*notes, say("The casebook is unchanged.", "案卷未改动。")), revision=network.revision)


def _measured(problem: Fragmentation, hit: tuple[int, ...], whole: Row | None = None) -> Row:
    """Each objective once these are out; shares are of what there was."""
    import numpy as np

    from graphkit.breaking.components import sizes

    mask = np.zeros(len(problem.graph), bool)
    mask[list(hit)] = True
    found = sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, mask)
    pairs, largest = int((found * (found - 1) // 2).sum()), int(found.max(initial=0))
    actors = int(problem.weight.sum())
    before = whole["pairs"] if whole else pairs
    return {
        "count": len(hit), "pairs": pairs, "pairs_share": round(pairs / before, 4) if before else None,
        "largest": largest, "largest_share": round(largest / actors, 4) if actors else None,
        "components": int((found > 0).sum()),
    }  # fmt: skip


def _ways(ground: Ground, problem: Fragmentation, count: int) -> Plans:
    """The hits of each way to choose so many."""
    from dataclasses import replace

    from graphkit.breaking.fragment import fragment
    from graphkit.breaking.sequential import one_after_another

    betweenness = _betweenness if len(problem.graph) <= _RECOMPUTED else None
    yield "degree", _ranked(problem, count, _degree, anew=False)
    yield "degree_recomputed", _ranked(problem, count, _degree, anew=True)
    if betweenness:
        yield "betweenness", _ranked(problem, count, betweenness, anew=False)
        yield "betweenness_recomputed", _ranked(problem, count, betweenness, anew=True)
    yield "one_after_another", one_after_another(problem, 0.0).order
    yield "strike_pairs", fragment(problem).order
    yield "strike_largest", fragment(replace(problem, objective="largest")).order


Measure = Callable[["Fragmentation", Sequence[int]], Sequence[float]]


def _ranked(problem: Fragmentation, count: int, measure: Measure, *, anew: bool) -> tuple[int, ...]:
    """The first so many by a measure, worked out once or anew after every hit; of equal ones the lesser id."""
    hit: list[int] = []
    able = [i for i, may in enumerate(problem.conditions.allowed) if may]
    values = measure(problem, ())
    while len(hit) < count:
        left = [i for i in able if i not in hit]
        hit.append(max(left, key=lambda i: (values[i], -i)))
        if anew:
            values = measure(problem, hit)
    return tuple(hit)


def _degree(problem: Fragmentation, hit: Sequence[int]) -> Sequence[float]:
    import numpy as np

    mask = np.zeros(len(problem.graph), bool)
    mask[list(hit)] = True
    low, high = problem.graph.ends()
    kept = ~mask[low] & ~mask[high]
    return np.bincount(np.concatenate((low[kept], high[kept])), minlength=len(mask)).tolist()  # type: ignore[no-any-return]


def _betweenness(problem: Fragmentation, hit: Sequence[int]) -> Sequence[float]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(problem.graph)))
    graph.add_edges_from(zip(*(ends.tolist() for ends in problem.graph.ends()), strict=True))
    graph.remove_nodes_from(hit)
    found = nx.betweenness_centrality(graph)
    return [found.get(i, -1.0) for i in range(len(problem.graph))]


WHAT_IF = Analysis(
    id="what_if",
    question_en="What if these were taken out?",
    question_zh="如果去除这些对象，会怎样？",
    parameters=(
        Parameter("out", "What to take out.", "去除哪些对象。", many=True, metavar="ID"),
        Parameter(
            "budget",
            "Compare ways to choose so many: by degree, by betweenness, once or recomputed, and strike's.",
            "比较选出这么多个的各种办法：按度、按介数（一次或逐次重算），以及 strike。",
            "integer",
            minimum=1,
            metavar="K",
        ),
        Parameter(
            "targets", "Kinds of entities and links that may be hit.", "可打击的对象和联系种类。", many=True,
            metavar="KIND",
        ),
        WALKED_KINDS,
        Parameter(
            "node_kinds", "Kinds of entities that count as actors.", "算作行动者的种类。", many=True, of="node_kind"
        ),
        Parameter("keep_detained", "Keep people in custody in the network.", "在押人员仍算在网络中。", "flag", False),
        Parameter(
            "time_limit", "Seconds for strike's plans.", "strike 方案的时限（秒）。", "number", 20.0, minimum=1,
            metavar="S",
        ),
        Parameter("seed", "Chance begins here.", "随机种子。", "integer", 1, minimum=0, maximum=2**31 - 1),
        HUB_SIZE,
    ),
    columns=(
        Column("plan", en="Plan", zh="方案", words={
            "nothing": ("as it is", "现状"), "asked": ("as asked", "所问"), "degree": ("by degree", "按度"),
            "degree_recomputed": ("by degree, recomputed", "按度，逐次重算"),
            "betweenness": ("by betweenness", "按介数"),
            "betweenness_recomputed": ("by betweenness, recomputed", "按介数，逐次重算"),
            "one_after_another": ("best one after another", "逐个取最佳"),
            "strike_pairs": ("strike: pairs", "打击方案：相连对数"),
            "strike_largest": ("strike: largest", "打击方案：最大部分"),
        }),
        Column("count", "integer", "hits", "Hits", "数量"),
        Column("pairs", "integer", "pairs", "Pairs", "相连对数"),
        Column("pairs_share", "number", "", "Share", "比例"),
        Column("largest", "integer", "actors", "Largest", "最大部分"),
        Column("largest_share", "number", "", "Share of actors", "占行动者比例"),
        Column("components", "integer", "", "Components", "部分数"),
        Column("hits", "list", "", "Taken out", "去除"),
    ),
    find=what_if,
    help_en=(
        "pairs: pairs of actors still connected by any chain; largest: actors in the largest component; shares are of "
        "what there was before. Who counts as an actor, what joins them and who is out already is as for strike. "
        "Ranking once and hitting the first is what a list of central people suggests; recomputed takes each out "
        "before the next is ranked. Nothing is changed in the casebook."
    ),
    help_zh=(
        "pairs：仍有链条相连的行动者对数；largest：最大连通部分的行动者数；比例相对于原有。"
        "行动者、联系及事先除去者与 strike 相同。"
        "按一次排名打击即中心人物名单所示；逐次重算则每去除一人后重新排名。案卷不变。"
    ),
    method="Holme et al. (2002), Attack vulnerability of complex networks; betweenness: Brandes (2001).",
    example="graphkit what-if --budget 3 --time-limit 10",
)  # fmt: skip
