"""What an entity is called: the label of its kind, with a surname that stands apart, else another property."""

from __future__ import annotations

from collections.abc import Iterable

from graphkit.model.nodes import BY_NAME, NAME_PROPERTIES, REGION

# Where an entity lacks the label of its kind it is called by the first of these that it has.
GIVEN, FAMILY = ("first_name", "firstname", "given_name"), ("surname", "last_name", "lastname", "family_name")
LABELS: tuple[str, ...] = tuple(dict.fromkeys((*NAME_PROPERTIES, "address", "title", "label", *GIVEN, *FAMILY)))


def label_rank(kind: str, property: str) -> int:
    """How well a property of LABELS names an entity of the kind; the less the better.

    >>> label_rank("Phone", "number"), label_rank("Phone", "name")
    (0, 1)
    """
    own = BY_NAME[kind].label if kind in BY_NAME else "name"
    return 0 if property == own else LABELS.index(property) + 1


def label(node: str, kind: str, stated: Iterable[tuple[str, str, int]]) -> str:
    """What people call the entity, from its properties, their values and how many rows state each.

    Of several names the one that most rows state, then the least; the id where none serves.

    >>> label("person:1", "Person", [("alias", "小李", 9), ("name", "李伟", 2), ("name", "李玮", 1)])
    '李伟'
    >>> label("0", "Person", [("name", "Todd", 1), ("surname", "Hamilton", 1)])
    'Todd Hamilton'
    """
    named = sorted((label_rank(kind, name), -rows, value, name) for name, value, rows in stated if name in LABELS)
    best = named[0][2] if named else ""
    if named and named[0][3] in ("name", *GIVEN):
        best = with_family(best, next((value for _, _, value, name in named if name in FAMILY), ""))
    return (region_name(node, best) if kind == REGION.name else best) or node


def with_family(given: str, family: str) -> str:
    """Name and surname in one, in the order of the language; the name alone where it has the surname already.

    >>> with_family("Todd", "Hamilton"), with_family("伟", "李"), with_family("Todd Hamilton", "Hamilton")
    ('Todd Hamilton', '李伟', 'Todd Hamilton')
    """
    if not family or family in given:
        return given
    return f"{given} {family}" if family.isascii() or given.isascii() else family + given


def region_name(node: str, name: str) -> str:
    """Records name a region by its code alone; its name comes from the table of divisions."""
    from graphkit.model.regions import full_name

    code = node.partition(":")[2]
    return name if name not in ("", code) else full_name(code) or name
