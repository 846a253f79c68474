"""What a store can do. Two engines do it alike: a folder with a DuckDB database, and a Neo4j server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreMissing
from graphkit.records.staged import FileRecord, Staged

if TYPE_CHECKING:
    import numpy as np

Arrays = dict[str, "np.ndarray[Any, Any]"]

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Removed:
    """What taking back a file removed: links and nodes that no other file asserts."""

    links: int
    nodes: int


@dataclass(frozen=True)
class Statement:
    """One value of one property of a node, and the rows that state it."""

    node: str
    kind: str
    property: str
    value: str
    evidence: tuple[str, ...]  # FILE-ID#SHEET:ROW, sorted by file, sheet, row number


@dataclass(frozen=True)
class Link:
    """One content of one link, and the rows that state it. Rows that disagree give several with one `link` id."""

    link: str
    kind: str
    source: str
    target: str
    started_earliest: str | None  # ISO 8601, seconds
    started_latest: str | None
    ended_earliest: str | None
    ended_latest: str | None
    quantity: float | None
    unit: str | None
    amount: float | None
    currency: str | None
    properties: dict[str, str]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """One entity that a search found, with the property and value that matched best."""

    node: str
    kind: str
    property: str
    value: str


class Store(ABC):
    """A casebook's content. Every method opens what it needs and closes it again before it returns."""

    where: str  # as the user named it, without any password

    @abstractmethod
    def files(self) -> list[FileRecord]:
        """The loaded files, by name, then FILE-ID."""

    @abstractmethod
    def content(self, file: str) -> bytes:
        """The original bytes of a loaded file. Raises NotFound."""

    @abstractmethod
    def add(self, staged: Sequence[Staged], replaces: Sequence[str] = ()) -> None:
        """Publish these files and take back those, all at once or not at all. Files already loaded are passed over."""

    @abstractmethod
    def remove(self, file: str) -> Removed:
        """Take back what only this file asserted. Raises NotFound."""

    @abstractmethod
    def export(self, file: str, folder: Path) -> Staged:
        """One file's content and assertions, written into the folder, equal to what was added."""

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """{"nodes": …, "links": …}: distinct node ids and distinct link ids."""

    @abstractmethod
    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        """Distinct nodes of each node kind, and distinct links of each link kind."""

    @abstractmethod
    def statements(self, nodes: Sequence[str]) -> list[Statement]:
        """Everything stated of these nodes, sorted by node, property, value. Unknown nodes give nothing."""

    @abstractmethod
    def links_of(self, nodes: Sequence[str], limit: int | None = None) -> list[Link]:
        """The links that begin or end at these nodes, sorted by kind, link, source, target and content."""

    @abstractmethod
    def links(self, links: Sequence[str]) -> list[Link]:
        """These links, by id, sorted likewise."""

    @abstractmethod
    def search(self, text: str, limit: int) -> list[Hit]:
        """Entities with a statement or an id that holds the text, folded by the caller; one hit an entity, its best.

        Exact first, then beginning with it, then holding it; names before other properties; then by id.
        """

    @abstractmethod
    def node_columns(self) -> Arrays:
        """All nodes for a snapshot, sorted by id: `id` (object), `kind` (object)."""

    @abstractmethod
    def link_columns(self, properties: Sequence[str] = ()) -> Arrays:
        """All links for a snapshot, one entry for each link id, source and target, sorted by these.

        `link`, `kind`, `unit`, `currency` (object); `source`, `target` (int32 positions in node_columns);
        `started_earliest`, `started_latest`, `ended_earliest`, `ended_latest` (datetime64[us], NaT unknown; over all
        rows); `quantity_min`, `quantity_max`, `amount_min`, `amount_max` (float64, nan unknown). For each of
        `properties` a column `p.<name>` (object) of canonical text: of several values the least, None where no row
        states one.
        """

    @abstractmethod
    def property_columns(self, properties: Sequence[str]) -> Arrays:
        """The statements of these properties, sorted by node, property, value: `node`, `property`, `value`
        (object), and how many `rows` state the value (int64)."""

    def everything(
        self, link_properties: Sequence[str], node_properties: Sequence[str]
    ) -> tuple[Arrays, Arrays, Arrays]:
        """What a snapshot is made of: `node_columns`, `link_columns` and `property_columns` at once."""
        return self.node_columns(), self.link_columns(link_properties), self.property_columns(node_properties)

    def link_kinds(self) -> set[str]:
        """The kinds of links that there are; perhaps some more of which there were links once."""
        return set(self.kinds()[1])

    @abstractmethod
    def native(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a query in the engine's own language; column names and rows. What would write is refused."""

    def loaded(self) -> list[FileRecord]:
        """The loaded files; none where nothing has been loaded there yet."""
        try:
            return self.files()
        except StoreMissing:
            return []

    def revision(self) -> str:
        """A hash of what is published: which files, read how. Equal content gives an equal revision on both stores."""
        import hashlib

        parts = sorted(f"{f.sha256} {f.layout} {hashlib.sha256(f.mapping.encode()).hexdigest()}" for f in self.loaded())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
