"""Questions asked of a network that no casebook holds: a `Network`, or any networkx graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from graphkit.analyses.base import Analysis
from graphkit.errors import NotFound
from graphkit.model.answer import Answer
from graphkit.records.staged import FileRecord, Staged
from graphkit.store.base import Arrays, Hit, Link, Removed, Statement, Store

if TYPE_CHECKING:
    import networkx as nx

    from graphkit.network.network import Network


def plain(analysis: Analysis) -> Callable[..., Answer]:
    """The analysis as a function `network, **parameters → Answer`, with the command's parameters and defaults.

    The function takes a `Network` or a networkx graph (see `network.received`), whose nodes can have attributes such as
    `region` (a division's code or name), `status` or `role`. Rows of such a network name no evidence, for no records
    are behind it. Raises what the analysis raises.
    """

    def ask(network: Network | nx.Graph[Any], /, **parameters: Any) -> Answer:
        from graphkit.network.from_networkx import as_network, told_of

        told = told_of(cast("nx.Graph[Any]", network)) if hasattr(network, "edges") else {}
        return analysis.ask(_Loose(as_network(network), told), **parameters)

    ask.__name__ = ask.__qualname__ = analysis.id
    ask.__doc__ = f"{analysis.question_en}\n\n{analysis.help_en}\n\n{analysis.method}"
    return ask


Told = dict[str, dict[str, str]]  # of each node, by property


class _Loose:
    """A casefile of a network alone."""

    def __init__(self, network: Network, told: Told) -> None:
        self._network = network
        self.store: Store = _NoRecords(network, told)

    def network(self) -> Network:
        return self._network


class _NoRecords(Store):
    """The store of what has no records: it has nothing to tell but what nodes tell of themselves."""

    where = ""

    def __init__(self, network: Network, told: Told) -> None:
        self._network, self._told = network, told

    def revision(self) -> str:
        return self._network.revision

    def files(self) -> list[FileRecord]:
        return []

    def content(self, file: str) -> bytes:
        raise NotFound(f"No file {file}.", f"没有文件 {file}。")

    def add(self, staged: Sequence[Staged], replaces: Sequence[str] = ()) -> None:
        raise NotImplementedError

    def remove(self, file: str) -> Removed:
        raise NotFound(f"No file {file}.", f"没有文件 {file}。")

    def export(self, file: str, folder: Path) -> Staged:
        raise NotFound(f"No file {file}.", f"没有文件 {file}。")

    def counts(self) -> dict[str, int]:
        return {"nodes": len(self._network), "links": int(self._network.links.first.sum())}

    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        network = self._network
        nodes = {kind: len(network.of_kinds(kind)) for kind in network.kinds}
        return nodes, {kind: len(network.links.of_kinds(kind)) for kind in network.links.kinds}

    def statements(self, nodes: Sequence[str]) -> list[Statement]:
        network = self._network
        return [
            Statement(node, network.kind_of(network.position(node)), name, value, ())
            for node in nodes
            for name, value in sorted(self._told.get(node, {}).items())
        ]

    def links_of(self, nodes: Sequence[str], limit: int | None = None) -> list[Link]:
        return []

    def links(self, links: Sequence[str]) -> list[Link]:
        return []

    def search(self, text: str, limit: int) -> list[Hit]:
        return []

    def node_columns(self) -> Arrays:
        return _empty("id", "kind")

    def link_columns(self, properties: Sequence[str] = ()) -> Arrays:
        return _empty("link", "kind", "source", "target", *(f"p.{name}" for name in properties))

    def property_columns(self, properties: Sequence[str]) -> Arrays:
        import numpy as np

        found = [(node, name, own[name]) for node, own in self._told.items() for name in properties if name in own]
        columns: Arrays = {name: np.empty(len(found), object) for name in ("node", "property", "value")}
        for place, row in enumerate(sorted(found)):
            columns["node"][place], columns["property"][place], columns["value"][place] = row
        return {**columns, "rows": np.zeros(len(found), np.int64)}

    def native(self, text: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        raise NotImplementedError


def _empty(*names: str) -> Arrays:
    import numpy as np

    return {name: np.empty(0, object) for name in names}
