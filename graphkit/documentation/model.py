"""docs/model.md: the kinds of entities and links, and their properties."""

from __future__ import annotations

from graphkit.documentation.markdown import code, paragraphs, table
from graphkit.model.links import GRADE_PROPERTIES, LINK_KINDS, LinkKind
from graphkit.model.nodes import NODE_KINDS, NodeKind, Property

NAME = "model.md"

ENTITIES = """\
An entity's id begins with the prefix of its kind. A party (Person, Company, Party, Actor) can own, sell and be
suspected. On a Neo4j server the kind is the node's label, on the embedded store the column `kind`. Kinds from
other people's layouts keep their own names."""

LINKS = """\
*Distance* is what a weighted path pays to walk the link: the firmer the tie, the less. Every link may carry when
it started and ended (earliest and latest, for a day is not an instant), a quantity with its unit, an amount with
its currency, and the Admiralty grade of its row."""


def page() -> str:
    """The whole page."""
    kinds = table(["kind", "中文", "prefix", "shown by", "party"], [_kind(one) for one in NODE_KINDS])
    properties = [paragraphs(f"### {one.name} {one.zh}", _properties(one.properties)) for one in NODE_KINDS]
    links = table(["kind", "中文", "reads", "from", "to", "distance", "properties"], [_link(one) for one in LINK_KINDS])
    grade = paragraphs("## Grade", _properties(GRADE_PROPERTIES))
    return paragraphs("# Model", "## Entities", ENTITIES, kinds, *properties, "## Links", LINKS, links, grade)


def _kind(kind: NodeKind) -> list[str]:
    return [code(kind.name), kind.zh, code(f"{kind.prefix}:"), kind.label, "yes" if kind.party else ""]


def _properties(properties: tuple[Property, ...]) -> str:
    return table(["property", "中文", "type"], [[code(one.name), one.zh, one.type.value] for one in properties])


def _link(kind: LinkKind) -> list[str]:
    names = ", ".join(f"{one.name} ({one.zh})" for one in kind.properties)
    both = "" if kind.directed else " (either way)"
    return [code(kind.name), kind.zh, kind.en + both, kind.source, kind.target, f"{kind.distance:g}", names]
