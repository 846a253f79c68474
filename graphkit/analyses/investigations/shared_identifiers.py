"""Which phones, accounts, online accounts, vehicles and places do several parties share?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.stated import listing, named
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.network.network import Network

SHARING = ("USES", "HOLDS", "OWNS", "LOCATED_AT", "CONTROLS")
SHARED = ("Phone", "Account", "OnlineAccount", "Vehicle", "Place")


def shared_identifiers(casefile: Casefile, *, hub_size: int) -> Findings:
    """Each identifier that two or more parties, but not more than `hub_size`, have; the most shared first."""
    network = casefile.network()
    links = _sharing(network)
    parties = _parties(network, links)
    shared = {thing: found for thing, found in parties.items() if 2 <= len(found) <= hub_size}
    hubs = sorted((-len(found), thing) for thing, found in parties.items() if len(found) > hub_size)
    rows = _rows(casefile, network, links, shared)
    return Findings(rows, _left_out(network, hubs), revision=network.revision)


def _sharing(network: Network) -> NDArray[np.int64]:
    """The links by which a party has an identifier."""
    import numpy as np

    links = network.links
    found = links.of_kinds(*SHARING)
    fits = np.isin(links.source[found], network.of_kinds(*PARTY_KINDS))
    return found[fits & np.isin(links.target[found], network.of_kinds(*SHARED))]


def _parties(network: Network, links: NDArray[np.int64]) -> dict[int, list[int]]:
    """The parties of each identifier, in the order of their ids."""
    import numpy as np

    ends = np.unique(np.column_stack((network.links.target[links], network.links.source[links])), axis=0)
    things, begin = np.unique(ends[:, 0], return_index=True)
    parts = np.split(ends[:, 1], begin[1:])
    return {int(thing): part.tolist() for thing, part in zip(things, parts, strict=False)}


def _rows(casefile: Casefile, network: Network, links: NDArray[np.int64], shared: dict[int, list[int]]) -> list[Row]:
    behind: dict[int, list[int]] = {thing: [] for thing in shared}
    for link in links.tolist():
        behind.get(int(network.links.target[link]), []).append(link)
    evidence = evidence_of(casefile.store, network, (link for some in behind.values() for link in some))
    names = named(casefile.store, (network.ids[party] for found in shared.values() for party in found))
    ordered = sorted(shared, key=lambda thing: (-len(shared[thing]), thing))
    return [_row(network, thing, shared[thing], names, merged(evidence[i] for i in behind[thing])) for thing in ordered]


def _row(network: Network, thing: int, parties: list[int], names: dict[str, str], evidence: list[str]) -> Row:
    ids = network.ids.take(parties)
    return {
        "id": network.ids[thing], "kind": network.kind_of(thing), "count": len(ids), "parties": ids,
        "names": sorted({names[party] for party in ids}), "evidence": evidence,
    }  # fmt: skip


def _left_out(network: Network, hubs: list[tuple[int, int]]) -> tuple[str, ...]:
    if not hubs:
        return ()
    en, zh = listing(network, hubs)
    return (
        say(
            f"Left out, for more than hub_size parties share them: {en}.",
            f"共用主体超过 hub_size 而未列：{zh}。",
        ),
    )


SHARED_IDENTIFIERS = Analysis(
    id="shared_identifiers",
    question_en="Which phones, accounts, online accounts, vehicles and places do several parties share?",
    question_zh="哪些电话、账户、网络账号、车辆和场所由两个以上主体共用？",
    parameters=(
        Parameter(
            "hub_size", "Leave out what more parties than this share.", "共用主体超过此数者不列。", "integer", 100,
            minimum=2,
        ),
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("count", "integer", "parties", "Shared by", "共用主体数"),
        Column("parties", "list", "", "Parties", "主体"),
        Column("names", "list", "", "Names", "名称"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=shared_identifiers,
    help_en=(
        "A party shares what it uses, holds, owns, controls or is located at. The same person is a party of each file "
        "that names him without a number, so that one name alone says little: several names are the find."
    ),
    help_zh=(
        "主体使用、持有、拥有、控制或位于其处的，均算共用。未写证件号的同一人在每个文件中各为一个主体，"
        "故只有一个名称时意义不大，出现多个名称才值得关注。"
    ),
    method="",
    example="graphkit query shared_identifiers",
)  # fmt: skip
