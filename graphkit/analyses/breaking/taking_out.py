"""What if these were taken out? The objectives of a strike for any set, side by side with plans by rank and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graphkit.analyses.base import HUB_SIZE, WALKED_KINDS, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.breaking.flow_parameters import FLOW_PARAMETERS
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.analyses.breaking.flow_without import FlowWithout
    from graphkit.analyses.breaking.ground import Ground
    from graphkit.breaking.problem import Fragmentation
    from graphkit.network.network import Network
    from graphkit.store.base import Store

_PLANNED = 3  # plans of strike's that share the time limit


def what_if(
    casefile: Casefile, *, out: tuple[str, ...], plans: tuple[str, ...], budget: int | None, targets: tuple[str, ...],
    kinds: tuple[str, ...], node_kinds: tuple[str, ...], without: tuple[str, ...], keep_detained: bool,
    time_limit: float, seed: int, hub_size: int, **of_flow: Any,
) -> Findings:  # fmt: skip
    """One row for the network as it is, for each set asked about, and with a budget for each way to choose as many."""
    from graphkit.analyses.breaking.conditions import called, finder, named
    from graphkit.analyses.breaking.custody import left_out, taken_in
    from graphkit.analyses.breaking.ground import strike_ground
    from graphkit.analyses.breaking.rows import check_ground
    from graphkit.analyses.breaking.ways_to_choose import ways
    from graphkit.analyses.limits import known_link_kinds, known_node_kinds, known_target_kinds
    from graphkit.analyses.parties.meant import meant

    if not out and not plans and budget is None:
        raise RequestError(
            "Say whom to take out (--out ID), or how many (--budget 5).", "请说明去除谁（--out）或多少（--budget）。"
        )
    network, store = casefile.network(), casefile.store
    gone, notes = left_out(casefile, network, without, keep_detained)
    hit_kinds = known_target_kinds(network, targets) or _kinds_of(network, store, out, plans)
    ground = strike_ground(
        network, known_node_kinds(store, node_kinds), hit_kinds, known_link_kinds(network, kinds), hub_size, gone,
        meant=meant(store, network).of,
    )  # fmt: skip
    check_ground(ground)
    asked = list(_asked(out, plans, finder(ground, store)))
    flow, told = _flow(casefile, ground, hit_kinds, gone, of_flow)
    problem = _problem(ground, budget, time_limit / _PLANNED, seed)
    compared, every = [("nothing", ()), *asked], True
    if budget is not None:
        count = min(budget, int(problem.conditions.allowed.sum()))
        chosen, every = ways(problem, count, flow)
        compared += chosen
    whole = _measured(problem, flow, ())
    rows = [
        {
            "plan": name,
            "hits": [named(ground, i) for i in hit],
            "names": [called(ground, i)["name"] for i in hit],
            **_measured(problem, flow, hit, whole),
        }
        for name, hit in compared
    ]
    told = told or taken_in(ground, store, gone)  # of those in a flow its own notes tell
    stopped = say("Stopped: ways still to come are left out.", "已停止：其余选择方式未计。")
    notes = (*notes, *told, *(() if every else (stopped,)), say("The casebook is unchanged.", "案卷未改动。"))
    return Findings(rows, notes, revision=network.revision)


def _kinds_of(network: Network, store: Store, out: tuple[str, ...], plans: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of targets, where others than actors are among what is asked about: places, accounts, routes."""
    from graphkit.analyses.parties.entities import positions_meant
    from graphkit.model.nodes import PARTY_KINDS

    names = [*out, *(each.strip() for written in plans for each in written.partition("=")[2].split("+"))]
    actors = tuple(kind for kind in network.kinds if kind in PARTY_KINDS) or network.kinds
    found = dict[str, None]()
    for name in filter(None, names):
        link = network.links.ids.find(name)
        if link >= 0:
            found[network.links.kinds[int(network.links.kind[link])]] = None
        elif meant := positions_meant(network, store, name):
            found |= dict.fromkeys(network.kind_of(each) for each in meant)
    others = tuple(kind for kind in found if kind not in actors)
    return (*actors, *others) if others else ()


def _asked(
    out: tuple[str, ...], plans: tuple[str, ...], node: Callable[[str], int]
) -> Iterator[tuple[str, tuple[int, ...]]]:  # fmt: skip
    """The sets asked about, by what they are called."""
    if out:
        yield "asked", tuple(dict.fromkeys(map(node, out)))
    for written in plans:
        name, equals, ids = written.partition("=")
        if not equals or not name.strip() or not ids.strip("+ "):
            raise RequestError(
                f"--plans: {written!r} is not written like ours=ID+ID.", f"--plans：{written!r} 应写作 ours=ID+ID。"
            )
        yield name.strip(), tuple(dict.fromkeys(node(each.strip()) for each in ids.split("+") if each.strip()))


def _flow(
    casefile: Casefile, ground: Ground, kinds: Sequence[str], gone: Any, of_flow: dict[str, Any]
) -> tuple[FlowWithout | None, tuple[str, ...]]:  # fmt: skip
    """The flow, and what is assumed of it; none, saying why, where nothing flows. Raises where a flow was asked for."""
    from graphkit.analyses.breaking.flow_ground import Asked
    from graphkit.analyses.breaking.flow_parameters import asked_for
    from graphkit.analyses.breaking.flow_without import FlowWithout, flow_without

    found = flow_without(casefile, ground, kinds, Asked.of(of_flow), gone)
    if isinstance(found, FlowWithout):
        return found, found.flow.notes
    if asked_for(of_flow):
        raise found
    return None, (say("Nothing flows here from sources to buyers.", "此处没有从来源到买方的流动。"),)


def _problem(ground: Ground, budget: int | None, seconds: float, seed: int) -> Fragmentation:
    from graphkit.breaking.problem import Conditions, Fragmentation

    given = Conditions.plain(len(ground.graph), float(budget or 0))
    given.allowed[:] = ground.target
    return Fragmentation(ground.graph, ground.weight, given, time_limit=seconds, seed=seed)


def _measured(
    problem: Fragmentation, flow: FlowWithout | None, hit: tuple[int, ...], whole: Row | None = None
) -> Row:  # fmt: skip
    """Each objective once these are out; shares are of what there was."""
    import numpy as np

    from graphkit.breaking.components import sizes

    mask = np.zeros(len(problem.graph), bool)
    mask[list(hit)] = True
    found = sizes(problem.graph.indptr, problem.graph.neighbour, problem.weight, mask)
    pairs, largest = int((found * (found - 1) // 2).sum()), int(found.max(initial=0))
    actors = int(problem.weight.sum())
    before = whole["pairs"] if whole else pairs
    flowing, share = (flow.left(hit), round(flow.left(hit) / flow.before, 4)) if flow else (None, None)
    return {
        "count": len(hit), "flow": flowing, "unit": flow.unit if flow else None, "flow_share": share,
        "pairs": pairs, "pairs_share": round(pairs / before, 4) if before else None,
        "largest": largest, "largest_share": round(largest / actors, 4) if actors else None,
        "components": int((found > 0).sum()),
    }  # fmt: skip


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
        Parameter(
            "plans", "Compare these sets: ours=ID+ID,theirs=ID+ID.", "比较这些方案：ours=ID+ID,theirs=ID+ID。",
            many=True, metavar="NAME=ID+ID",
        ),
        Parameter("without", "Out before it starts.", "事先已不在网络中。", many=True, metavar="ID"),
        Parameter("keep_detained", "Keep people in custody in the network.", "在押人员仍算在网络中。", "flag", False),
        Parameter(
            "time_limit", "Seconds for strike's plans.", "strike 方案的时限（秒）。", "number", 20.0, minimum=1,
            metavar="S",
        ),
        Parameter("seed", "Chance begins here.", "随机种子。", "integer", 1, minimum=0, maximum=2**31 - 1),
        HUB_SIZE,
        *FLOW_PARAMETERS,
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
            "strike_flow": ("strike: flow", "打击方案：流量"),
        }),
        Column("count", "integer", "", "Hits", "打击数"),
        Column("flow", "number", "unit", "Flow", "流量"),
        Column("unit", en="Unit", zh="单位"),
        Column("flow_share", "number", "", "Share of flow", "流量比例"),
        Column("pairs", "integer", "pairs", "Pairs", "相连对数"),
        Column("pairs_share", "number", "", "Share of pairs", "对数比例"),
        Column("largest", "integer", "actors", "Largest", "最大部分"),
        Column("largest_share", "number", "", "Share of actors", "占行动者比例"),
        Column("components", "integer", "", "Components", "部分数"),
        Column("hits", "list", "", "Taken out", "去除"),
        Column("names", "list", "", "Their names", "名称"),
    ),
    find=what_if,
    help_en=(
        "flow: what still gets from sources to buyers (see docs/strike.md), empty where nothing does; "
        "pairs: pairs of actors still connected by any chain; largest: actors in the largest component; shares are of "
        "what there was before. Who counts as an actor, what joins them and who is out already is as for strike. "
        "Ranking once and hitting the first is what a list of central people suggests; recomputed takes each out "
        "before the next is ranked. Nothing is changed in the casebook."
    ),
    help_zh=(
        "flow：仍能从来源流向买方的数量（见 docs/strike.md），无流动时为空；"
        "pairs：仍有链条相连的行动者对数；largest：最大连通部分的行动者数；比例相对于原有。"
        "行动者、联系及事先除去者与 strike 相同。"
        "按一次排名打击即中心人物名单所示；逐次重算则每去除一人后重新排名。案卷不变。"
    ),
    method="Holme et al. (2002), Attack vulnerability of complex networks; betweenness: Brandes (2001).",
    example="graphkit what-if --budget 3 --time-limit 10",
)  # fmt: skip
