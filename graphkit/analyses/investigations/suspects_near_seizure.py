"""Which suspects are within some hops of a seizure?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import HUB_SIZE, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, kinds_of, merged
from graphkit.analyses.lookup.links import LINKS
from graphkit.analyses.parties.stated import identified, listing, named
from graphkit.analyses.parties.suspects import suspects
from graphkit.model.answer import Row
from graphkit.model.language import say
from graphkit.model.nodes import SEIZURE

if TYPE_CHECKING:
    from graphkit.network.network import Network


def suspects_near_seizure(casefile: Casefile, *, seizure: str, hops: int, hub_size: int) -> Findings:
    """Each suspect within `hops` links of the seizure once, the nearest first, with the least shortest chain."""
    import numpy as np

    from graphkit.network.ground import Ground, hubs
    from graphkit.network.reach import reach

    network = casefile.network()
    start = network.position(identified(casefile, seizure, SEIZURE.name))
    found = reach(Ground(network, closed=hubs(network, hub_size)), start, hops)
    wanted, notes = suspects(network, casefile.store)
    places = [int(i) for i in np.flatnonzero(wanted[found.node]) if i]
    rows = _rows(casefile, network, [found.chain(place) for place in places])
    return Findings(rows, (*notes, *_hubs(network, found.stopped.tolist())), revision=network.revision)


def _rows(casefile: Casefile, network: Network, chains: list[tuple[list[int], list[int]]]) -> list[Row]:
    evidence = evidence_of(casefile.store, network, (link for _, links in chains for link in links))
    names = named(casefile.store, (network.ids[nodes[-1]] for nodes, _ in chains))
    rows: list[Row] = [
        {
            "id": network.ids[nodes[-1]],
            "kind": network.kind_of(nodes[-1]),
            "name": names[network.ids[nodes[-1]]],
            "hops": len(links),
            "through": _through(network, nodes, links),
            "evidence": merged(evidence[link] for link in links),
        }
        for nodes, links in chains
    ]
    return sorted(rows, key=lambda row: (row["hops"], row["id"]))


def _through(network: Network, nodes: list[int], links: list[int]) -> list[str]:
    """Kind of link, entity, kind of link … from the seizure to the suspect, neither of them named."""
    kinds = kinds_of(network, links)
    between = zip(network.ids.take(nodes[1:-1]), kinds[1:], strict=True)
    return [kinds[0], *(part for step in between for part in step)]


def _hubs(network: Network, stopped: list[int]) -> tuple[str, ...]:
    if not stopped:
        return ()
    en, zh = listing(network, sorted((-int(network.neighbours[hub]), hub) for hub in stopped))
    return (say(f"Hubs not walked through (neighbours): {en}.", f"未穿过的枢纽（相邻对象数）：{zh}。"),)


SUSPECTS_NEAR_SEIZURE = Analysis(
    id="suspects_near_seizure",
    question_en="Which suspects are within some hops of a seizure, and by what are they linked to it?",
    question_zh="几步之内有哪些嫌疑人与这次扣押相连？通过什么相连？",
    parameters=(
        Parameter(
            "seizure", "The seizure's id or number.", "扣押记录的标识或编号。", positional=True, of=SEIZURE.name
        ),
        Parameter("hops", "At most so many links away.", "最多隔几条联系。", "integer", 3, minimum=1, maximum=6),
        HUB_SIZE,
    ),
    columns=LINKS.columns,
    find=suspects_near_seizure,
    help_en=(
        "A suspect is a party that a case names (not as a victim or witness), from whom goods were seized, or who "
        "controls a place. Regions, "
        "products, agencies and whatever has more than hub_size neighbours are not walked through. Each suspect is "
        "shown once, with the shortest chain; of several the one of least ids."
    ),
    help_zh=(
        "嫌疑人：案件所列（不含受害人、证人）、被扣押货物或控制窝点的主体。"
        "行政区划、品名、单位，以及相邻对象超过 hub_size 的不穿过。"
        "每个嫌疑人只列一次，给出最短的链条；同样短时取标识最小者。"
    ),
    method=LINKS.method,
    example="graphkit query suspects_near_seizure --param seizure=KY20230512000034",
)  # fmt: skip
