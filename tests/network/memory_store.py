"""A store of Python rows, to test what stands on a store without an engine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from graphkit.errors import NotFound
from graphkit.model.nodes import NAME_PROPERTIES
from graphkit.records.staged import FileRecord, Staged
from graphkit.store.base import Arrays, Hit, Link, Removed, Statement, Store

EMPTY = Link("", "", "", "", None, None, None, None, None, None, None, None, {}, ())


def statement(node: str, kind: str, property: str, value: str, *evidence: str) -> Statement:
    return Statement(node, kind, property, value, evidence or (f"aaaaaaaaaaaa#1:{len(node) + len(value)}",))


def link(kind: str, source: str, target: str, number: str = "", **content: Any) -> Link:
    """One link; `on` gives its day, `at` its instant."""
    day, instant = content.pop("on", None), content.pop("at", None)
    times = {"started_earliest": instant, "started_latest": instant} if instant else {}
    if day:
        times = {"started_earliest": f"{day}T00:00:00", "started_latest": f"{day}T23:59:59"}
    name = f"{kind}:{number or f'{source}→{target}'}"
    made = {"link": name, "kind": kind, "source": source, "target": target, "evidence": (f"bbbbbbbbbbbb#1:{name}",)}
    return replace(EMPTY, **{**made, **times, **content})


class MemoryStore(Store):
    """Statements and links as given, in any order; nodes that only links name must be stated too."""

    def __init__(self, statements: Iterable[Statement], links: Iterable[Link], where: str = "") -> None:
        self.where = where
        self._statements = list(statements)
        self._links = list(links)

    def files(self) -> list[FileRecord]:
        text = "".join(sorted(map(repr, (*self._statements, *self._links))))
        sha = hashlib.sha256(text.encode()).hexdigest()
        return [FileRecord(sha[:12], sha, "rows.csv", "tables", ("person",), 3, 2, 1, "", "2024-01-01T00:00:00")]

    def content(self, file: str) -> bytes:
        raise NotFound(file)

    def add(self, staged: Sequence[Staged], replaces: Sequence[str] = ()) -> None:
        raise NotImplementedError

    def remove(self, file: str) -> Removed:
        raise NotImplementedError

    def export(self, file: str, folder: Path) -> Staged:
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        return {"nodes": len(self._kinds()), "links": len({each.link for each in self._links})}

    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        nodes, links = list(self._kinds().values()), list({each.link: each.kind for each in self._links}.values())
        return ({kind: nodes.count(kind) for kind in set(nodes)}, {kind: links.count(kind) for kind in set(links)})

    def statements(self, nodes: Sequence[str]) -> list[Statement]:
        return sorted(
            (each for each in self._statements if each.node in set(nodes)), key=lambda s: (s.node, s.property, s.value)
        )

    def links_of(self, nodes: Sequence[str], limit: int | None = None) -> list[Link]:
        return self._sorted(each for each in self._links if {each.source, each.target} & set(nodes))[:limit]

    def links(self, links: Sequence[str]) -> list[Link]:
        return self._sorted(each for each in self._links if each.link in set(links))

    def search(self, text: str, limit: int) -> list[Hit]:
        texts = [(s.node, s.kind, s.property, s.value) for s in self._statements]
        texts += [(node, kind, "id", node) for node, kind in self._kinds().items()]
        found: dict[str, tuple[tuple[int, int, str, str], Hit]] = {}
        for node, kind, name, value in texts:
            folded = value.lower()
            if text in folded:
                match = 0 if folded == text else 1 if folded.startswith(text) else 2
                place = NAME_PROPERTIES.index(name) if name in NAME_PROPERTIES else len(NAME_PROPERTIES)
                entry = ((match, place, name, value), Hit(node, kind, name, value))
                found[node] = min(found.get(node, entry), entry, key=lambda each: each[0])
        return [hit for _, hit in sorted(found.values(), key=lambda each: (*each[0][:2], each[1].node))][:limit]

    def node_columns(self) -> Arrays:
        nodes = sorted(self._kinds().items())
        return {"id": _objects(n for n, _ in nodes), "kind": _objects(k for _, k in nodes)}

    def link_columns(self, properties: Sequence[str] = ()) -> Arrays:
        place = {node: i for i, node in enumerate(sorted(self._kinds()))}
        groups: dict[tuple[str, int, int], list[Link]] = {}
        for each in self._links:
            groups.setdefault((each.link, place[each.source], place[each.target]), []).append(each)
        rows = sorted(groups.items())
        columns: Arrays = {
            "link": _objects(key[0] for key, _ in rows),
            "kind": _objects(min(each.kind for each in group) for _, group in rows),
            "source": np.array([key[1] for key, _ in rows], np.int32),
            "target": np.array([key[2] for key, _ in rows], np.int32),
        }
        for name, best in (("earliest", min), ("latest", max)):
            for part in ("started", "ended"):
                values = [_best(best, group, f"{part}_{name}") for _, group in rows]
                columns[f"{part}_{name}"] = np.array(values, "datetime64[us]")
        for name in ("quantity", "amount"):
            for suffix, best in (("min", min), ("max", max)):
                columns[f"{name}_{suffix}"] = np.array([_best(best, group, name) for _, group in rows], np.float64)
        for name in ("unit", "currency"):
            columns[name] = _objects(_best(min, group, name) for _, group in rows)
        for name in properties:
            values = [[one.properties[name] for one in group if name in one.properties] for _, group in rows]
            columns[f"p.{name}"] = _objects(min(each) if each else None for each in values)
        return columns

    def property_columns(self, properties: Sequence[str]) -> Arrays:
        found: Counter[tuple[str, str, str]] = Counter()
        for each in (s for s in self._statements if s.property in set(properties)):
            found[each.node, each.property, each.value] += len(each.evidence)
        rows = sorted(found)
        columns = {name: _objects(row[i] for row in rows) for i, name in enumerate(("node", "property", "value"))}
        return {**columns, "rows": np.array([found[row] for row in rows], np.int64)}

    def native(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        raise NotImplementedError

    def _kinds(self) -> dict[str, str]:
        return {each.node: each.kind for each in self._statements}

    def _sorted(self, links: Iterable[Link]) -> list[Link]:
        return sorted(links, key=lambda each: (each.kind, each.link, each.source, each.target, repr(each)))


def _best(best: Any, group: list[Link], name: str) -> Any:
    values = [getattr(each, name) for each in group if getattr(each, name) is not None]
    return best(values) if values else None


def _objects(values: Iterable[Any]) -> np.ndarray[Any, Any]:
    return np.array([*values, None], object)[:-1]
