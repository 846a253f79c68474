"""How kinds of entities and links are drawn. What the model does not say is chosen here, the same way every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.model import links, nodes
from graphkit.model.language import say

_FOREIGN_COLOURS = ("#457b9d", "#d1495b", "#3d9970", "#edae49", "#6d597a", "#bc6c25", "#00798c", "#8d99ae")
_FOREIGN_SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "star", "triangleDown")
_GOODS, _MONEY, _CONTACT, _CASE, _TIE = "#c77d1e", "#2f8f5b", "#3a6ea5", "#a33a3f", "#9aa3ad"
_LINK_COLOURS = {
    "SUPPLIED": _GOODS, "SHIPPED": _GOODS, "TRANSFORMED_INTO": _GOODS, "INPUT_OF": _GOODS, "OUTPUT_AS": _GOODS,
    "COUNTED_AT": _GOODS, "PAID": _MONEY, "CALLED": _CONTACT, "KNOWS": _CONTACT,
    "SUSPECT_IN": _CASE, "SEIZED_FROM": _CASE, "SEIZED_AT": _CASE, "CONTROLS": _CASE,
}  # fmt: skip
_DASHED = frozenset({"SHIPPED", "CALLED", "USES", "LOCATED_AT", "IN_REGION"})


@dataclass(frozen=True)
class NodeStyle:
    """One kind of entity on a page."""

    name: str
    title: str
    colour: str
    shape: str


@dataclass(frozen=True)
class LinkStyle:
    """One kind of link on a page."""

    name: str
    title: str
    colour: str
    dashed: bool
    directed: bool


def node_styles(kinds: Iterable[str]) -> dict[str, NodeStyle]:
    """The kinds in the model's order, then others by name; those take the colours and shapes in turn.

    >>> list(node_styles(["Zebra", "Case", "Person"])), node_styles(["Zebra"])["Zebra"].shape
    (['Person', 'Case', 'Zebra'], 'dot')
    """
    wanted = set(kinds)
    own = [kind for kind in nodes.NODE_KINDS if kind.name in wanted]
    styles = {kind.name: NodeStyle(kind.name, say(spaced(kind.name), kind.zh), kind.colour, kind.shape) for kind in own}
    for i, name in enumerate(sorted(wanted - set(styles))):
        turn = i + i // len(_FOREIGN_COLOURS)  # so that colour and shape do not go in step for ever
        colour, shape = _FOREIGN_COLOURS[i % len(_FOREIGN_COLOURS)], _FOREIGN_SHAPES[turn % len(_FOREIGN_SHAPES)]
        styles[name] = NodeStyle(name, name, colour, shape)
    return styles


def link_styles(kinds: Iterable[str]) -> dict[str, LinkStyle]:
    """The kinds in the model's order, then others by name."""
    wanted = set(kinds)
    own = [kind for kind in links.LINK_KINDS if kind.name in wanted]
    styles = {
        kind.name: LinkStyle(
            kind.name, say(kind.en, kind.zh), _LINK_COLOURS.get(kind.name, _TIE), kind.name in _DASHED, kind.directed
        )
        for kind in own
    }
    return styles | {name: LinkStyle(name, name, _TIE, False, True) for name in sorted(wanted - set(styles))}


def spaced(name: str) -> str:
    """A kind's or property's English name as words.

    >>> spaced("OnlineAccount"), spaced("birth_date"), spaced("序号")
    ('Online account', 'Birth date', '序号')
    """
    words = "".join(f" {letter.lower()}" if letter.isupper() and i else letter for i, letter in enumerate(name))
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]
