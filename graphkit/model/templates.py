"""How a record names entities and links: templates that a record kind carries as data."""

from __future__ import annotations

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NodeTemplate:
    """How a record names one entity.

    A party is told by `id` (a resident id or credit code), else by `name` within its file, with `phone`, `address` and
    `case` to tell namesakes apart. Any other entity is told by its `key` fields, else by `otherwise`, else by its row.
    """

    role: str
    kind: str
    key: tuple[str, ...] = ()
    optional_key: tuple[str, ...] = ()  # parts of the id that may be empty
    otherwise: NodeTemplate | None = None
    name: str = ""
    id: str = ""
    phone: str = ""
    address: str = ""
    case: str = ""
    by_row: bool = False
    properties: Pairs = ()  # (property, field)

    @property
    def is_party(self) -> bool:
        """Whether the entity is told by name and id number rather than by a key."""
        return bool(self.name)


@dataclass(frozen=True)
class LinkTemplate:
    """How a record asserts one link between two of its roles.

    An event is told by its `key` fields, or by its row where they are empty; a standing tie (no key) by its two ends.
    With `pair`, every source and every target of the rows that share that field are joined.
    """

    kind: str
    source: str
    target: str
    key: tuple[str, ...] = ()
    optional_key: tuple[str, ...] = ()
    event: bool = False
    pair: str = ""
    started: str = ""
    ended: str = ""
    quantity: str = ""
    unit: str = ""
    amount: str = ""
    currency: str = ""
    properties: Pairs = ()
    packing_of: str = ""  # a row's packing is of this role's goods rather than of these, where it names any
