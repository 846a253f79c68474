"""Any text as the name of a label, a relationship type or a property.

Neo4j takes any name but an empty one and one with a null character; a few names are ours. Every other name stands for
itself. What is changed can be turned back.
"""

from __future__ import annotations

from functools import lru_cache

NODE_RESERVED = frozenset({"id", "kind", "files", "stated", "stale"})
LINK_RESERVED = frozenset(
    {
        "id", "file", "evidence", "started", "started_earliest", "started_latest", "ended", "ended_earliest",
        "ended_latest", "quantity", "unit", "amount", "currency",
    }
)  # fmt: skip
LABEL_RESERVED = frozenset({"Entity", "File", "FilePart", "Casebook"})
NONE_RESERVED: frozenset[str] = frozenset()

_ESCAPE, _NULL = "\ue000", "\ue001"


@lru_cache(maxsize=10_000)
def native(name: str, reserved: frozenset[str]) -> str:
    """The name under which Neo4j keeps this one: reserved names, and the empty one, get an underscore in front.

    >>> native("memo", LINK_RESERVED), native("amount", LINK_RESERVED), native("_amount", LINK_RESERVED)
    ('memo', '_amount', '__amount')
    """
    if "\0" in name or _ESCAPE in name:
        name = name.replace(_ESCAPE, _ESCAPE * 2).replace("\0", _ESCAPE + _NULL)
    bare = name.lstrip("_")
    return f"_{name}" if not bare or bare in reserved else name


def original(name: str, reserved: frozenset[str]) -> str:
    """The name that `native` was given.

    >>> [original(native(name, LINK_RESERVED), LINK_RESERVED) for name in ("", "_", "amount", "_unit", "x", "_x")]
    ['', '_', 'amount', '_unit', 'x', '_x']
    """
    if name.startswith("_"):
        bare = name.lstrip("_")
        name = name[1:] if not bare or bare in reserved else name
    if _ESCAPE in name:
        parts = name.split(_ESCAPE * 2)
        name = _ESCAPE.join(part.replace(_ESCAPE + _NULL, "\0") for part in parts)
    return name


def label(kind: str) -> str:
    """The label of nodes of this kind."""
    return native(kind, LABEL_RESERVED)


def relationship_type(kind: str) -> str:
    """The type of relationships of this kind."""
    return native(kind, NONE_RESERVED)


def link_kind(type_name: str) -> str:
    """The kind of which this is the relationship type."""
    return original(type_name, NONE_RESERVED)
