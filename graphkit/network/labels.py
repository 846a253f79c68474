"""What an entity is called: its full name, the label of its kind, else the first other property that serves."""

from __future__ import annotations

from collections.abc import Iterable

from graphkit.model.nodes import BY_NAME, NAME_PROPERTIES, REGION

# Where an entity lacks the label of its kind it is called by the first of these that it has.
FULL_NAME = "full_name"  # given name and surname in one, where a file has them in two properties
LABELS: tuple[str, ...] = tuple(dict.fromkeys((FULL_NAME, *NAME_PROPERTIES, "address", "title", "label")))


def label_rank(kind: str, property: str) -> int:
    """How well a property of LABELS names an entity of the kind; the less the better.

    >>> label_rank("Phone", "number"), label_rank("Phone", "name")
    (0, 1)
    """
    if property == FULL_NAME:
        return -1
    own = BY_NAME[kind].label if kind in BY_NAME else "name"
    return 0 if property == own else LABELS.index(property) + 1


def label(node: str, kind: str, stated: Iterable[tuple[str, str, int]]) -> str:
    """What people call the entity, from its properties, their values and how many rows state each.

    Of several names the one that most rows state, then the least; the id where none serves.

    >>> label("person:1", "Person", [("alias", "小李", 9), ("name", "李伟", 2), ("name", "李玮", 1)])
    '李伟'
    """
    named = [(label_rank(kind, name), -rows, value) for name, value, rows in stated if name in LABELS]
    best = min(named)[2] if named else ""
    return (region_name(node, best) if kind == REGION.name else best) or node


def region_name(node: str, name: str) -> str:
    """Records name a region by its code alone; its name comes from the table of divisions."""
    from graphkit.model.regions import full_name

    code = node.partition(":")[2]
    return name if name not in ("", code) else full_name(code) or name
