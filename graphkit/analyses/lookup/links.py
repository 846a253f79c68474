"""Which suspects are linked to an entity within some hops, and by what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import HUB_SIZE, THROUGH_HUBS, WALKED_KINDS, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, hub_notes, kinds_of, merged
from graphkit.analyses.limits import known_link_kinds
from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.parties.suspects import suspects
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.network.reach import Reach


def links(
    casefile: Casefile, *, id: str, hops: int, kinds: tuple[str, ...], all: bool, through_hubs: bool, hub_size: int
) -> Findings:
    """Each suspect within `hops` links of the entity once, the nearest first, with the least of the shortest chains."""
    import numpy as np

    from graphkit.network.ground import Ground, hubs
    from graphkit.network.reach import reach

    network = casefile.network()
    start = position_of(network, casefile.store, id)
    closed = None if through_hubs else hubs(network, hub_size)
    found = reach(Ground(network, known_link_kinds(network, kinds), closed), start, hops)
    wanted, notes = (np.ones(len(network), bool), ()) if all else suspects(network, casefile.store)
    places = [int(i) for i in np.flatnonzero(wanted[found.node]) if i]
    rows = _rows(casefile, network, found, sorted(places, key=lambda i: (found.hops[i], found.node[i])))
    notes = (*notes, *_nothing(rows, all), *hub_notes(network, found.stopped.tolist()))
    return Findings(rows, notes, revision=network.revision)


def _rows(casefile: Casefile, network: Network, found: Reach, places: list[int]) -> list[Row]:
    chains = [found.chain(place) for place in places]
    evidence = evidence_of(casefile.store, network, (link for _, links in chains for link in links))
    return [
        {
            "id": network.ids[nodes[-1]],
            "kind": network.kind_of(nodes[-1]),
            "name": network.name_of(nodes[-1]),
            "hops": len(links),
            "through": _through(network, nodes, links),
            "evidence": merged(evidence[link] for link in links),
        }
        for nodes, links in chains
    ]


def _through(network: Network, nodes: list[int], links: list[int]) -> list[str]:
    """Kind of link, entity, kind of link … from the start to the end, neither of them named."""
    between = [*(network.ids[node] for node in nodes[1:-1]), ""]
    steps = zip(kinds_of(network, links), between, strict=True)
    return [part for kind, node in steps for part in (kind, node) if part]


def _nothing(rows: list[Row], every: bool) -> tuple[str, ...]:
    if rows:
        return ()
    if every:
        return (say("Nothing is linked to it within so many hops.", "在此步数内没有与之相连的对象。"),)
    return (
        say(
            "No suspect is linked to it within so many hops; --all shows every entity.",
            "在此步数内没有与之相连的嫌疑人；--all 列出所有对象。",
        ),
    )


LINKS = Analysis(
    id="links",
    question_en="Which suspects are linked to an entity within some hops, and by what?",
    question_zh="几步之内有哪些嫌疑人与这个对象相连？通过什么相连？",
    parameters=(
        Parameter(
            "id",
            "The entity's id, or a name or number that only it has.",
            "对象的标识，或只有它才有的名称、号码。",
            positional=True,
            of="entity",
        ),
        Parameter("hops", "At most so many links away.", "最多隔几条联系。", "integer", 2, minimum=1, maximum=20),
        WALKED_KINDS,
        Parameter("all", "Every entity, not only suspects.", "列出所有对象，不限于嫌疑人。", "flag", False),
        THROUGH_HUBS,
        HUB_SIZE,
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("hops", "integer", "links", "Hops", "步数"),
        Column("through", "list", "", "Through", "通过"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=links,
    help_en=(
        "A suspect is a party that a case names (not as a victim or witness), from whom goods were seized, or who "
        "controls a place, and a person whose status is at large, arrested, bailed, detained or charged. Regions, "
        "products, agencies and whatever more than --hub-size entities share are hubs: they are reached and named, but "
        "not walked through. Each suspect is shown once, with the shortest chain; of several the one of least ids."
    ),
    help_zh=(
        "嫌疑人：案件所列（不含受害人、证人）、被扣押货物或控制窝点的主体，"
        "以及到案状态为在逃、抓获、取保、刑拘、逮捕的人员。"
        "行政区划、品名、单位，以及相邻对象超过 --hub-size 的，为枢纽："
        "可到达并列名，但不穿过。每个嫌疑人只列一次，给出最短的链条；同样短时取标识最小者。"
    ),
    method="Breadth-first search: Moore (1959), The shortest path through a maze.",
    example="graphkit links person:33032619731119012X --hops 2",
)
