"""A network as one HTML file that works offline: made with pyvis, positions computed before, nothing fetched."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.analyses.base import Parameter
from graphkit.analyses.limits import known_link_kinds
from graphkit.analyses.parties.entities import position_of
from graphkit.model.answer import Answer, Column
from graphkit.model.language import language, say
from graphkit.views.content import Material, Told, material
from graphkit.views.files import checked_page, write_page
from graphkit.views.wording import words

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network
    from graphkit.views.selection import Selection

MOST = 2000  # entities on one page; with more it is slow to move and cannot be read
PARAMETERS = (
    Parameter("hops", "how many links away from the entity", "与该对象相隔的步数", "integer", 1, minimum=1, maximum=20),
    Parameter("kinds", "draw only links of these kinds", "只画这些种类的联系", many=True, of="link_kind"),
    Parameter("limit", "draw at most so many entities", "最多画多少个对象", "integer", 300, minimum=1, maximum=MOST),
    Parameter("through_hubs", "walk through hubs too", "也穿过枢纽", "flag", False),
    Parameter("kind", "what kind of page", "页面种类", default="network", choices=("network",)),
)
COLUMNS = (
    Column("file", en="File", zh="文件"),
    Column("nodes", "integer", "entities", "Entities", "对象"),
    Column("links", "integer", "links", "Links", "联系"),
)


def view(casefile: Casefile, file: str | Path, id: str | None = None, **options: Any) -> Answer:
    """Write a page about one entity, or without `id` about the suspects, dens, seizures, cases and what ties them.

    `options` are those of PARAMETERS. Raises RequestError where the request makes no sense or the file cannot be
    written, NotFound for an unknown entity.
    """
    path = checked_page(Path(file))
    asked = {each.name: each.check(options.pop(each.name, None)) for each in PARAMETERS}
    assert not options, f"no such parameters: {options}"
    network = casefile.network()
    selection = _select(casefile, network, id, asked)
    write_page(path, page(casefile, network, selection))
    stated = {name: list(value) if isinstance(value, tuple) else value for name, value in asked.items()}
    row = {"file": str(path), "nodes": len(selection.nodes), "links": len(selection.links)}
    parameters = {"file": str(file), "id": id, **stated}
    return Answer("view", parameters, COLUMNS, [row], selection.notes, casefile.store.where, network.revision)


def _select(casefile: Casefile, network: Network, id: str | None, asked: dict[str, Any]) -> Selection:
    from graphkit.network.ground import Ground, hubs
    from graphkit.views.selection import around, overview

    closed = None if asked["through_hubs"] else hubs(network)
    ground = Ground(network, known_link_kinds(network, asked["kinds"]), closed)
    if id is None:
        return overview(ground, casefile.store, asked["limit"])
    return around(ground, position_of(network, casefile.store, id), asked["hops"], asked["limit"])


def page(casefile: Casefile, network: Network, selection: Selection) -> str:
    """The page's whole text."""
    from graphkit.views.drawing import html

    drawn = material(casefile.store, network, selection)
    return html(drawn, _content(casefile, network, selection, drawn))


def _content(casefile: Casefile, network: Network, selection: Selection, drawn: Material) -> Told:
    """What the page's script reads: the same for whoever opens it, with the names of the files that the rows are of."""
    files = _files_named(drawn)
    return {
        "language": language(),
        "title": _title(network, selection),
        "about": {"store": casefile.store.where, "revision": network.revision, "notes": list(selection.notes)},
        "files": {each.file: each.name for each in casefile.store.files() if each.file in files},
        "words": words(),
        "kinds": {name: asdict(style) for name, style in drawn.node_kinds.items()},
        "linkKinds": {name: asdict(style) for name, style in drawn.link_kinds.items()},
        "entities": drawn.entities,
        "bundles": drawn.bundles,
    }


def _title(network: Network, selection: Selection) -> str:
    if selection.centre >= 0:
        name = network.name_of(selection.centre)
        return say(f"{name} and what is linked to it", f"{name}及其联系")
    if {"SUSPECT_IN", "CONTROLS", "SEIZED_FROM"} & set(network.links.kinds):
        return say("Suspects, dens, seizures and cases", "嫌疑人、窝点、扣押与案件")
    return say("Who is linked to whom", "谁与谁有联系")


def _files_named(drawn: Material) -> set[str]:
    values = [value for each in drawn.entities for listed in each["properties"] for value in listed["values"]]
    versions = [version for each in drawn.bundles for link in each["links"] for version in link["versions"]]
    return {row.partition("#")[0] for each in (*values, *versions) for row in each["rows"]}
