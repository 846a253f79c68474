"""A casebook: what an investigator holds. It loads records, asks questions and shows answers; it computes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import RequestError, RowsRefused
from graphkit.loading import Progress, find_file
from graphkit.model.answer import Answer, Column, Row
from graphkit.model.language import say
from graphkit.records.staged import Staged
from graphkit.store.base import Store

if TYPE_CHECKING:
    from graphkit.network.network import Network

DEFAULT = "./casebook"


class Casebook:
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
            self._network = (revision, Network.of(self.store))
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

    def files(self) -> Answer:
        """Which files are loaded, by whom provided, when."""
        return self._ask("files")

    def search(self, text: str, limit: int = 20, kinds: Sequence[str] = ()) -> Answer:
        """Entities by any part of a name, alias or number, the best match first."""
        return self._ask("search", text=text, limit=limit, kinds=kinds)

    def show(self, id: str, limit: int = 1000) -> Answer:
        """One entity: its properties and links, and the rows behind each. Raises NotFound."""
        return self._ask("show", id=id, limit=limit)

    def links(
        self,
        id: str,
        hops: int = 2,
        *,
        kinds: Sequence[str] = (),
        all: bool = False,
        through_hubs: bool = False,
        hub_size: int = 100,
    ) -> Answer:
        """Suspects linked to an entity within some hops, and by what; with `all` every entity. Raises NotFound."""
        return self._ask("links", id=id, hops=hops, kinds=kinds, all=all, through_hubs=through_hubs, hub_size=hub_size)

    def path(
        self,
        start: str,
        end: str,
        *,
        max_hops: int = 6,
        count: int = 1,
        kinds: Sequence[str] = (),
        in_time: bool = False,
        weighted: bool = False,
        through_hubs: bool = False,
        hub_size: int = 100,
    ) -> Answer:
        """How two entities are connected: the `count` shortest chains, with `weighted` the firmest. Raises NotFound."""
        walked = {"kinds": kinds, "in_time": in_time, "through_hubs": through_hubs, "hub_size": hub_size}
        return self._ask("path", start=start, end=end, max_hops=max_hops, count=count, weighted=weighted, **walked)

    def trace(
        self,
        id: str,
        direction: str = "back",
        *,
        follow: Sequence[str] = (),
        lots_only: bool = False,
        since: str | None = None,
        until: str | None = None,
        max_lag: float | None = None,
        min_quantity: float | None = None,
        product: str | None = None,
        region: str | None = None,
        hops: int | None = None,
        limit: int = 1000,
        exact: str | None = None,
        convention: str | None = None,
        explain: str | None = None,
        without: Sequence[str] = (),
        cross_contamination: Sequence[str] = (),
    ) -> Answer:
        """Where it came from, or with direction="forward" where it went; `explain` gives chains. Raises NotFound.

        Quantities are outer bounds, but for the entity `exact`; `convention` adds what one of the usual ones says.
        What if: nothing passes `without`; at `cross_contamination` ("all": anywhere) goods of any lot mix.
        """
        bounds = {"since": since, "until": until, "max_lag": max_lag, "min_quantity": min_quantity, "hops": hops}
        asked = {"lots_only": lots_only, "product": product, "region": region, "limit": limit, "explain": explain}
        amounts = {"exact": exact, "convention": convention}
        supposed = {"without": without, "cross_contamination": cross_contamination}
        return self._ask("trace", id=id, direction=direction, follow=follow, **bounds, **asked, **amounts, **supposed)

    def stats(self, by: str | None = None, level: str = "province", *, evidence: bool = False) -> Answer:
        """The campaign's figures: cases, dens, suspects, seizures, quantities, amounts; by="region" for each region."""
        return self._ask("stats", by=by, level=level, evidence=evidence)

    def balance(
        self, batch: str | None = None, place: str | None = None, product: str | None = None, party: str | None = None
    ) -> Answer:
        """What went in, came out, was seized and remains unexplained, batch by batch. Raises NotFound, RequestError."""
        return self._ask("balance", batch=batch, place=place, product=product, party=party)

    def reconcile(
        self,
        product: str | None = None,
        party: str | None = None,
        limit: int = 10,
        *,
        each: bool = False,
        slack: float = 0.05,
        deviation: float = 0.1,
    ) -> Answer:
        """Who must have had goods that no record tells of: ranges over all nearly cheapest explanations.

        `each` shows every weighting by itself. Raises NotFound, RequestError.
        """
        weighed = {"each": each, "slack": slack, "deviation": deviation}
        return self._ask("reconcile", product=product, party=party, limit=limit, **weighed)

    def sources(
        self, case: Sequence[str] = (), passed: Sequence[str] = (), product: str | None = None, *,
        lots_only: bool = False, since: str | None = None, until: str | None = None, max_lag: float | None = None,
        hops: int | None = None, without: Sequence[str] = (), cross_contamination: Sequence[str] = (), limit: int = 20,
    ) -> Answer:  # fmt: skip
        """Who upstream explains most of the cases, less what passed; by default all seizures and failed samples.

        Raises NotFound, RequestError.
        """
        bounds = {"lots_only": lots_only, "since": since, "until": until, "max_lag": max_lag, "hops": hops}
        supposed = {"without": without, "cross_contamination": cross_contamination, "limit": limit}
        return self._ask("sources", case=case, passed=passed, product=product, **bounds, **supposed)

    def dens(self, min_score: float = 0.6, limit: int = 1000, explain: str | None = None) -> Answer:
        """Places and addresses that behave like a den, the most so first; or the reasons of one. Raises NotFound."""
        return self._ask("dens", min_score=min_score, limit=limit, explain=explain)

    def rank(
        self,
        by: str = "betweenness",
        *,
        directed: bool = False,
        weighted: bool = False,
        kinds: Sequence[str] = (),
        node_kinds: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        period: str | None = None,
        after_seizures: bool = False,
        without: Sequence[str] = (),
        hub_size: int = 100,
        error: float = 0.01,
        seed: int = 1,
        limit: int | None = None,
    ) -> Answer:
        """Key players by a measure, and their roles in the supply; with `period` how ranks change. RequestError."""
        counted = {"directed": directed, "weighted": weighted, "kinds": kinds, "node_kinds": node_kinds}
        bounds = {"since": since, "until": until, "period": period, "after_seizures": after_seizures}
        how = {"without": without, "hub_size": hub_size, "error": error, "seed": seed, "limit": limit}
        return self._ask("rank", by=by, **counted, **bounds, **how)

    def groups(
        self,
        *,
        resolution: float = 1.0,
        kinds: Sequence[str] = (),
        node_kinds: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        group: int | None = None,
        bridging: bool = False,
        hub_size: int = 100,
        limit: int = 1000,
    ) -> Answer:
        """Groups of actors and who bridges them; `facts` has the modularity. Raises RequestError."""
        counted = {"kinds": kinds, "node_kinds": node_kinds, "since": since, "until": until, "hub_size": hub_size}
        return self._ask("groups", resolution=resolution, group=group, bridging=bridging, limit=limit, **counted)

    def flows(
        self, what: Sequence[str] = (), level: str = "province", period: str = "all", new_since: str | None = None,
        *, within: bool = False, of: str | None = None, direction: str = "back", limit: int = 10_000,
    ) -> Answer:  # fmt: skip
        """Goods and money between regions, by period; `of` keeps what one entity's chains go by. Raises NotFound."""
        asked = {"within": within, "of": of, "direction": direction, "limit": limit}
        return self._ask("flows", what=what, level=level, period=period, new_since=new_since, **asked)

    def patterns(
        self, pattern: Sequence[str] = (), hours: float = 48, share: float = 0.8, count: int = 4, hops: int = 6,
        *, any_order: bool = False, limit: int = 1000,
    ) -> Answer:  # fmt: skip
        """Money passed on, gathered, spread, sent round: pass-through, fan-in, fan-out, cycle. Raises RequestError."""
        bounds = {"hops": hops, "any_order": any_order, "limit": limit}
        return self._ask("patterns", pattern=pattern, hours=hours, share=share, count=count, **bounds)

    def strike(
        self,
        budget: float | None = None,
        objective: str | None = None,
        *,
        until: float | None = None,
        limit: Sequence[str] = (),
        cost: Sequence[str] = (),
        must: Sequence[str] = (),
        must_not: Sequence[str] = (),
        time_limit: float = 60.0,
        seed: int = 1,
        **others: Any,
    ) -> Answer:
        """Whom to hit so that the network breaks: the plan, what it achieves, and how far from the best it can be.

        `facts` holds objective, value, before, bound, gap, optimal, truncated, seed. `others` are the further options
        of the command. Raises RequestError, NotFound.
        """
        asked = {"limit": limit, "cost": cost, "must": must, "must_not": must_not, "time_limit": time_limit}
        return self._ask("strike", budget=budget, objective=objective, until=until, seed=seed, **asked, **others)

    def what_if(self, out: Sequence[str] = (), budget: int | None = None, **others: Any) -> Answer:
        """Each objective of a strike if these were taken out, beside other ways to choose as many. RequestError."""
        return self._ask("what_if", out=out, budget=budget, **others)

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
        notes, facts = (answer.notes, answer.facts) if answer else ((), {})
        asked = {"name": name, "parameters": parameters}
        return self._stamped(Answer("query", asked, tuple(columns), rows, notes, facts=facts))

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

    def _ask(self, question: str, **parameters: Any) -> Answer:
        """The answer of the analysis of this name."""
        from graphkit.analyses import ANALYSES

        found = next((analysis for analysis in ANALYSES if analysis.id == question), None)
        if found is None:
            raise RequestError(
                f"{question} is not a question that can be asked again", f"{question} 不是可以再次提出的查询"
            )
        return found.ask(self, **parameters)

    def _stamped(self, answer: Answer) -> Answer:
        """The answer with the store and the revision that it stands on."""
        from dataclasses import replace

        return replace(answer, store=self.store.where, revision=self.store.revision())


def open_casebook(where: str | Path = DEFAULT, user: str | None = None, password: str | None = None) -> Casebook:
    """Open the casebook in a folder, or on a Neo4j server (`neo4j://host:7687`). Only loading creates anything."""
    from graphkit.store import open_store

    return Casebook(open_store(str(where), user, password))
