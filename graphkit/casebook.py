"""A casebook: what an investigator holds. It loads records, answers questions and shows them; it computes nothing itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Answer, Column, Row
from graphkit.store.base import Store

if TYPE_CHECKING:
    from graphkit.network.network import Network

DEFAULT = "./casebook"
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


class Casebook:
    """Records, the graph they assert, and the questions that can be asked of it.

    Every method that answers gives an `Answer`, which shows as a table in a notebook.

    >>> import graphkit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "calls.csv").write_text("caller,callee,started_at,duration_s\\n13800138000,13900139000,2024-01-24 08:05,60\\n")
    >>> casebook = graphkit.open(folder / "casebook")
    >>> casebook.load(folder / "calls.csv").rows[0]["accepted"]
    1
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._network: tuple[str, Network] | None = None

    def __repr__(self) -> str:
        return f"Casebook({self.store.where!r})"

    def network(self) -> Network:
        """The graph as read-only arrays, taken from the store once for each revision."""
        from graphkit.network.network import Network

        revision = self.store.revision()
        if self._network is None or self._network[0] != revision:
            self._network = (revision, Network.of(self.store))
        return self._network[1]

    def load(
        self, *paths: str | Path, mapping: str | Path | None = None, layout: str = "auto", replaces: str = "", strict: bool = False,
        dry_run: bool = False, provided_by: str = "", rejects: str | Path | None = None, progress: Progress | None = None,
    ) -> Answer:  # fmt: skip
        """Load files and folders, all at once or not at all.

        Rows that cannot be read are refused and written to a rejects file (folder `rejects`, by default inside the casebook);
        with `strict` they stop the load, with `dry_run` nothing is written at all. `replaces` names the loaded file that
        the one given file corrects. Raises InputError, StoreError, RequestError.
        """
        from graphkit.loading import load

        request = {"mapping": mapping, "layout": layout, "replaces": replaces, "strict": strict, "dry_run": dry_run, "provided_by": provided_by}
        folder = Path(rejects) if rejects else self.rejects_folder()
        return self._stamped(load(self.store, [Path(path) for path in paths], folder, progress, **request))

    def rejects_folder(self) -> Path:
        """Where rejects files go: inside an embedded casebook, else in the working folder."""
        return Path("rejects") if "://" in self.store.where else Path(self.store.where) / "rejects"

    def unload(self, file: str) -> Answer:
        """Take back what only this file asserted. `file` is a FILE-ID or its beginning. Raises NotFound."""
        found = self.find_file(file)
        removed = self.store.remove(found)
        columns = (Column("file", en="File", zh="文件编号"), Column("links_removed", "integer", "links", "Links removed", "移除关联"), Column("nodes_removed", "integer", "entities", "Entities removed", "移除实体"))
        row = {"file": found, "links_removed": removed.links, "nodes_removed": removed.nodes}
        return self._stamped(Answer("unload", {"file": found}, columns, [row]))

    def find_file(self, file: str) -> str:
        """The FILE-ID that begins like this, or whose file has this name. Raises NotFound or RequestError."""
        known = self.store.files()
        found = [r.file for r in known if r.file == file] or [r.file for r in known if r.name == file or (len(file) >= 4 and r.sha256.startswith(file.lower()))]
        if len(found) == 1:
            return found[0]
        if found:
            raise RequestError(f"{file} could be {', '.join(found)}", f"{file} 可能是 {'、'.join(found)}")
        listed = ", ".join(f"{r.file} ({r.name})" for r in known[:5])
        raise NotFound(f"No loaded file {file}. Loaded: {listed or 'none'}", f"没有已载入的文件 {file}。已载入：{listed or '无'}")

    def evidence(self, *references: str) -> Answer:
        """The very rows behind a fact: each reference FILE-ID#SHEET:ROW with its cells as they were. Raises NotFound."""
        from graphkit.records.evidence import COLUMNS, rows_behind

        rows = rows_behind(references, self.store.files(), self.store.content)
        return self._stamped(Answer("evidence", {"references": list(references)}, COLUMNS, rows))

    def copy(self, to: str, user: str | None = None, password: str | None = None) -> Answer:
        """Copy the whole casebook, files and all, into another store. What is there already stays."""
        from graphkit.store import open_store

        other = open_store(to, user, password)
        with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
            staged = [self.store.export(record.file, Path(folder) / record.file) for record in self.store.files()]
            other.add(staged)
        nodes, links = other.kinds()
        rows: list[Row] = [{"kind": kind, "nodes": count, "links": 0} for kind, count in sorted(nodes.items())]
        rows += [{"kind": kind, "nodes": 0, "links": count} for kind, count in sorted(links.items())]
        columns = (Column("kind", en="Kind", zh="种类"), Column("nodes", "integer", "entities", "Entities", "实体"), Column("links", "integer", "links", "Links", "关联"))
        return self._stamped(Answer("copy", {"to": other.where}, columns, rows))

    def native(self, command: str, text: str, parameters: dict[str, Any] | None = None) -> Answer:
        """Run a read-only query in the store's own language: `cypher` on Neo4j, `sql` on the embedded store."""
        names, rows = self.store.native(text, parameters or {})
        columns = tuple(Column(name) for name in names)
        listed = [dict(zip(names, row, strict=True)) for row in rows]
        return self._stamped(Answer(command, {"text": text, **(parameters or {})}, columns, listed))

    def _stamped(self, answer: Answer) -> Answer:
        """The answer with the store and the revision that it stands on."""
        from dataclasses import replace

        return replace(answer, store=self.store.where, revision=self.store.revision())


def open_casebook(where: str | Path = DEFAULT, user: str | None = None, password: str | None = None) -> Casebook:
    """Open the casebook in a folder, or on a Neo4j server (`neo4j://host:7687`). Nothing is created before something is loaded."""
    from graphkit.store import open_store

    return Casebook(open_store(str(where), user, password))
