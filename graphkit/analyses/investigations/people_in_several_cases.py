"""Who appears in several cases?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.stated import named, region_codes
from graphkit.analyses.parties.suspects import suspected
from graphkit.model.answer import Column, Row
from graphkit.model.nodes import PARTY_KINDS
from graphkit.model.regions import CALLED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.network.network import Network
    from graphkit.store.base import Store

_Cases = dict[int, dict[int, set[int]]]  # party → case → the links that say so


def people_in_several_cases(casefile: Casefile, *, cases: int) -> Findings:
    """Each party of at least so many cases; whoever is in most first."""
    network = casefile.network()
    found = {party: told for party, told in _cases(network, casefile.store).items() if len(told) >= cases}
    return Findings(_rows(casefile, network, found), revision=network.revision)


def _cases(network: Network, store: Store) -> _Cases:
    """The cases of each party: named as a suspect, or by what was seized from it."""
    links = network.links
    found: _Cases = {}
    for link in _between(network, suspected(network, store), PARTY_KINDS, "Case").tolist():
        _add(found, int(links.source[link]), int(links.target[link]), link)
    within: dict[int, list[int]] = {}
    for link in _between(network, links.of_kinds("IN_CASE"), ("Seizure",), "Case").tolist():
        within.setdefault(int(links.source[link]), []).append(link)
    for link in _between(network, links.of_kinds("SEIZED_FROM"), ("Seizure",), *PARTY_KINDS).tolist():
        for other in within.get(int(links.source[link]), ()):
            _add(found, int(links.target[link]), int(links.target[other]), link, other)
    return found


def _add(found: _Cases, party: int, case: int, *links: int) -> None:
    found.setdefault(party, {}).setdefault(case, set()).update(links)


def _between(network: Network, found: NDArray[np.int64], sources: tuple[str, ...], *targets: str) -> NDArray[np.int64]:
    import numpy as np

    links = network.links
    fits = np.isin(links.source[found], network.of_kinds(*sources))
    return found[fits & np.isin(links.target[found], network.of_kinds(*targets))]


def _rows(casefile: Casefile, network: Network, found: _Cases) -> list[Row]:
    store = casefile.store
    codes = region_codes(network, store, (case for told in found.values() for case in told))
    links = {party: {link for some in told.values() for link in some} for party, told in found.items()}
    evidence = evidence_of(store, network, (link for some in links.values() for link in some))
    names = named(store, network.ids.take(found))
    return [
        {
            "id": network.ids[party],
            "kind": network.kind_of(party),
            "name": names[network.ids[party]],
            "cases": network.ids.take(sorted(found[party])),
            "count": len(found[party]),
            "regions": sorted({code for case in found[party] for code, _ in codes.get(case, ())}),
            "evidence": merged(evidence[link] for link in links[party]),
        }
        for party in sorted(found, key=lambda party: (-len(found[party]), party))
    ]


PEOPLE_IN_SEVERAL_CASES = Analysis(
    id="people_in_several_cases",
    question_en="Who appears in several cases?",
    question_zh="谁涉及多起案件？",
    parameters=(Parameter("cases", "In at least so many cases.", "至少涉及多少起案件。", "integer", 2, minimum=1),),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("cases", "list", "", "Cases", "案件"),
        Column("count", "integer", "cases", "Number of cases", "案件数"),
        Column("regions", "list", "", "Regions", "区划", words=CALLED),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=people_in_several_cases,
    help_en=(
        "A party is in a case that names it as a suspect, not as a victim or witness, and in one to which "
        "a seizure from it belongs. Regions are "
        "those of the cases."
    ),
    help_zh="案件列其为嫌疑人（不含受害人、证人），或从其处扣押的货物属于该案，即算涉及该案。区划为各案件的区划。",
    method="",
    example="graphkit query people_in_several_cases",
)
