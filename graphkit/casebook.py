"""A casebook: what an investigator holds. It loads records, asks questions and shows answers; it computes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import RequestError, RowsRefused
from graphkit.loading import Progress, find_file
from graphkit.model.answer import Answer, Column, Row
from graphkit.model.language import say
from graphkit.questions import Questions
from graphkit.records.staged import Staged
from graphkit.store.base import Store

if TYPE_CHECKING:
    from graphkit.network.network import Network

DEFAULT = "./casebook"


class Casebook(Questions):
    """Records, the graph they assert, and the questions that can be asked of it.

    Every method that answers gives an `Answer`, which shows as a table in a notebook.

    >>> import graphkit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> calls = "caller,callee,started_at,duration_s\\n13800138000,13900139000,2024-01-24 08:05,60\\n"
    >>> _ = (folder / "calls.csv").write_text(calls)
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
            self._network = (revision, Network.of(self.store, revision))
        return self._network[1]

    def load(
        self,
        *paths: str | Path,
        mapping: str | Path | None = None,
        layout: str = "auto",
        replaces: str = "",
        strict: bool = False,
        dry_run: bool = False,
        provided_by: str = "",
        rejects: str | Path | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Load files and folders, all at once or not at all.

        Rows that cannot be read are refused and written to a rejects file (folder `rejects`, by default inside the
        casebook); with `strict` they stop the load, with `dry_run` nothing is written at all. `replaces` names the
        loaded file that the one given file corrects. Raises InputError, StoreError, RequestError.
        """
        from graphkit.loading import load

        if "" in paths:  # which a path would take for the folder we are in
            raise RequestError("One of the paths is empty.", "有一个路径为空。")
        request: dict[str, Any] = {"mapping": mapping, "layout": layout, "replaces": replaces}
        request |= {"strict": strict, "dry_run": dry_run, "provided_by": provided_by}
        folder = Path(rejects) if rejects else self.rejects_folder()
        try:
            return self._stamped(load(self.store, [Path(path) for path in paths], folder, progress, **request))
        except RowsRefused as refused:
            refused.answer = self._stamped(refused.answer)
            raise

    def rejects_folder(self) -> Path:
        """Where rejects files go: inside an embedded casebook, else in the working folder."""
        return Path("rejects") if "://" in self.store.where else Path(self.store.where) / "rejects"

    def unload(self, file: str) -> Answer:
        """Take back what only this file asserted. `file` is a FILE-ID or its beginning. Raises NotFound."""
        found = self.find_file(file)
        removed = self.store.remove(found)
        columns = (
            Column("file", en="File", zh="文件编号"),
            Column("links_removed", "integer", "links", "Links removed", "移除关联"),
            Column("nodes_removed", "integer", "entities", "Entities removed", "移除实体"),
        )
        row = {"file": found, "links_removed": removed.links, "nodes_removed": removed.nodes}
        return self._stamped(Answer("unload", {"file": found}, columns, [row]))

    def find_file(self, file: str) -> str:
        """The FILE-ID that begins like this, or whose file has this name. Raises NotFound or RequestError."""
        return find_file(self.store, file)

    def evidence(self, *references: str) -> Answer:
        """The very rows behind a fact: each reference FILE-ID#SHEET:ROW, cells as they were. Raises NotFound."""
        from graphkit.records.evidence import COLUMNS, rows_behind

        files = self.store.files()
        known = {record.file for record in files}
        asked = [one if one.partition("#")[0] in known else self._named(one) for one in references]
        rows = rows_behind(asked, files, self.store.content)
        return self._stamped(Answer("evidence", {"references": asked}, COLUMNS, rows))

    def _named(self, reference: str) -> str:
        """A reference whose file is given by its name or the beginning of its id."""
        from graphkit.records.evidence import parse

        file = parse(reference).file
        return self.find_file(file) + reference.removeprefix(file)

    def copy(
        self, to: str, user: str | None = None, password: str | None = None, progress: Progress | None = None
    ) -> Answer:
        """Copy the whole casebook, files and all, into another store. What is there already stays."""
        import tempfile

        from graphkit.store import open_store

        other = open_store(to, user, password)
        with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
            other.add([*self._exported(Path(folder), progress)])
        nodes, links = other.kinds()
        rows: list[Row] = [{"kind": kind, "nodes": count, "links": 0} for kind, count in sorted(nodes.items())]
        rows += [{"kind": kind, "nodes": 0, "links": count} for kind, count in sorted(links.items())]
        columns = (
            Column("kind", en="Kind", zh="种类"),
            Column("nodes", "integer", "entities", "Entities", "实体"),
            Column("links", "integer", "links", "Links", "关联"),
        )
        return self._stamped(Answer("copy", {"to": other.where}, columns, rows))

    def _exported(self, folder: Path, progress: Progress | None) -> Iterator[Staged]:
        records = self.store.files()
        for i, record in enumerate(records):
            if progress:
                progress(record.name, i, len(records))
            yield self.store.export(record.file, folder / record.file)
        if progress:
            progress(say("publishing", "写入"), len(records), len(records))

    def export(self, file: str | Path, layout: str = "auto") -> Answer:
        """Write the casebook to a file in another program's layout, by default as its ending says. RequestError."""
        from graphkit.exports import export

        return self._stamped(export(self.store, Path(file), layout))

    def view(
        self,
        file: str | Path,
        id: str | None = None,
        hops: int = 1,
        kinds: Sequence[str] = (),
        limit: int = 300,
        *,
        through_hubs: bool = False,
        kind: str = "network",
    ) -> Answer:
        """Write one HTML page that works offline: an entity and what is within some hops of it.

        Without an entity: the suspects, dens, seizures and cases, and what ties them. Of more than `limit` entities the
        notes say which were kept. Raises RequestError, NotFound.
        """
        from graphkit.views.network_page import view

        asked = {"hops": hops, "kinds": kinds, "limit": limit, "through_hubs": through_hubs, "kind": kind}
        return view(self, file, id, **asked)

    def query(self, name: str = "", **parameters: Any) -> Answer:
        """A named query: Cypher on a Neo4j server, an analysis on the embedded store. Without a name, their list."""
        from graphkit import queries

        if not name:
            return Answer("query", {}, queries.LISTED, queries.listed(), store=self.store.where)
        columns, answer, rows = queries.ask(self, name, parameters)
        notes, facts, whole = (answer.notes, answer.facts, answer.whole) if answer else ((), {}, {})
        asked = {"name": name, "parameters": parameters}
        return self._stamped(Answer("query", asked, tuple(columns), rows, notes, facts=facts, whole=whole))

    def sql(self, text: str, **parameters: Any) -> Answer:
        """A read-only SQL query on the embedded store; `$name` takes the parameter so named. Raises RequestError."""
        return self._native("sql", text, parameters)

    def cypher(self, text: str, **parameters: Any) -> Answer:
        """A read-only Cypher query on a Neo4j server; `$name` takes the parameter of that name. Raises RequestError."""
        return self._native("cypher", text, parameters)

    def verify(self, answer: str | Path) -> Answer:
        """Check an answer saved as JSON: its sources' sha256, and the same question asked again.

        `facts["verified"]` says whether it stands. Raises InputError, RequestError.
        """
        from graphkit import verification

        saved = verification.read_answer(Path(answer))
        rows = verification.checks(saved, self.store, lambda: self._again(saved["command"], saved["parameters"]))
        facts = {"verified": verification.holds(rows)}
        return self._stamped(Answer("verify", {"answer": str(answer)}, verification.COLUMNS, rows, facts=facts))

    def _again(self, command: str, parameters: dict[str, Any]) -> Answer:
        if command == "evidence":
            return self.evidence(*parameters.get("references", ()))
        if command == "query":
            return self.query(parameters.get("name", ""), **parameters.get("parameters", {}))
        if command in ("sql", "cypher"):
            return self._native(command, parameters.get("text", ""), parameters.get("parameters", {}))
        return self._ask(command, **parameters)

    def _native(self, command: str, text: str, parameters: dict[str, Any]) -> Answer:
        from graphkit.queries import check_language

        check_language(command, self.store.where)
        names, rows = self.store.native(text, parameters)
        listed = [dict(zip(names, row, strict=True)) for row in rows]
        columns = tuple(Column(name) for name in names)
        return self._stamped(Answer(command, {"text": text, "parameters": parameters}, columns, listed))

    def _stamped(self, answer: Answer) -> Answer:
        """The answer with the store and the revision that it stands on."""
        from dataclasses import replace

        return replace(answer, store=self.store.where, revision=self.store.revision())


def open_casebook(where: str | Path = DEFAULT, user: str | None = None, password: str | None = None) -> Casebook:
    """Open the casebook in a folder, or on a Neo4j server (`neo4j://host:7687`). Only loading creates anything."""
    from graphkit.store import open_store

    return Casebook(open_store(str(where), user, password))
