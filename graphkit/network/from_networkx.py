"""From networkx to the network, so that a researcher who has no casebook can ask the same questions.

A node is known by its text. Attributes named as `Network.to_networkx` writes them are read back: of nodes `kind` and
`name`, of edges `kind`, `weight`, times, quantities and amounts; `capacity`, as networkx calls it, is a quantity too.
All others are left alone, but what nodes tell of themselves (`told_of`) can be asked for.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import RequestError
from graphkit.model.nodes import ACTOR
from graphkit.network.build import from_columns
from graphkit.network.goods import LINK_PROPERTIES
from graphkit.network.network import Network

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str, str, dict[str, Any]]  # link, source, target, attributes

_LINKED = "LINKED"
_WORDS = ("unit", "currency")
_TIMES = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
_MEASURES = ("quantity", "amount")


def from_networkx(graph: nx.Graph[Any]) -> Network:
    """The network of a networkx graph: directed or not, with or without repeated links and links to oneself.

    Nodes have the kind Actor and edges the kind LINKED unless their attribute `kind` says otherwise; the links of an
    undirected graph hold both ways. Raises RequestError where a weight, quantity or amount is not a finite number, or
    where two nodes have the same text.

    >>> import networkx as nx
    >>> network = from_networkx(nx.path_graph(3))
    >>> list(network.ids), network.neighbours.tolist(), network.kinds, network.links.directed.tolist()
    (['0', '1', '2'], [1, 2, 1], ('Actor',), [False, False])
    """
    names = _names(graph)
    kinds = [str(told.get("kind") or ACTOR.name) for _, told in graph.nodes(data=True)]
    nodes = {"id": _objects(names.values()), "kind": _objects(kinds)}
    return from_columns(nodes, _links(graph, names), _labels(graph, names))


def as_network(network: Network | nx.Graph[Any]) -> Network:
    """A network as it is, or that of a networkx graph. Raises RequestError for anything else."""
    if isinstance(network, Network):
        return network
    if hasattr(network, "nodes") and hasattr(network, "edges"):
        return from_networkx(network)
    kind = type(network).__name__
    raise RequestError(
        f"A Network or a networkx graph is needed, not {kind}.", f"需要 Network 或 networkx 图，而不是 {kind}。"
    )


def told_of(graph: nx.Graph[Any]) -> dict[str, dict[str, str]]:
    """What nodes tell of themselves beside their kind, by their text: region, status, role and the like.

    A region is its six-digit code, or the name of one division in China.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node(1, kind="Person", region="福建省", status="arrested")
    >>> told_of(graph)
    {'1': {'region': '350000', 'status': 'arrested'}}
    """
    from graphkit.model.regions import resolve

    found = dict[str, dict[str, str]]()
    for node, told in graph.nodes(data=True):
        own = {name: text for name, value in told.items() if name != "kind" and (text := _text(value))}
        if "region" in own:
            own["region"] = resolve(own["region"]) or own["region"]
        if own:
            found[str(node)] = own
    return found


def _names(graph: nx.Graph[Any]) -> dict[Hashable, str]:
    """Each node's text, which must be its own."""
    names = {node: str(node) for node in graph}
    seen: dict[str, Hashable] = {}
    for node, name in names.items():
        if seen.setdefault(name, node) != node:
            raise RequestError(f"Two nodes are called {name}: {node!r} and {seen[name]!r}.", f"有两个节点都叫 {name}。")
    return names


def _links(graph: nx.Graph[Any], names: dict[Hashable, str]) -> dict[str, NDArray[Any]]:
    place = {name: i for i, name in enumerate(names.values())}
    edges = list(_edges(graph, names))
    links, sources, targets, told = zip(*edges, strict=True) if edges else ((), (), (), ())
    columns: dict[str, NDArray[Any]] = {
        "link": _objects(links),
        "kind": _objects(str(each.get("kind") or _LINKED) for each in told),
        "source": np.array([place[name] for name in sources], np.int32),
        "target": np.array([place[name] for name in targets], np.int32),
    }
    columns |= {name: _objects(each.get(name) for each in told) for name in _WORDS}
    columns |= {name: _times(edges, name) for name in _TIMES}
    for name in _MEASURES:
        for suffix in ("min", "max"):
            column = f"{name}_{suffix}"
            columns[column] = np.array([_number(edge, _measured(edge[3], column, name), name) for edge in edges])
    columns |= {f"p.{name}": _objects(_text(each.get(name)) for each in told) for name in LINK_PROPERTIES}
    columns["p.weight"] = _objects(_text(_number(edge, edge[3].get("weight"), "weight")) for edge in edges)
    two_way = not graph.is_directed()
    columns["p.directed"] = _objects("false" if not each.get("directed", not two_way) else None for each in told)
    return columns


def _edges(graph: nx.Graph[Any], names: dict[Hashable, str]) -> Iterator[Edge]:
    """Every edge with an id of its own; those of an undirected graph begin at the lesser name.

    Keys that are texts, each used once, are the ids of links, as `to_networkx` writes them.
    """
    if graph.is_multigraph():
        edges = list(graph.edges(keys=True, data=True))  # type: ignore[call-overload]
    else:
        edges = [(source, target, 0, told) for source, target, told in graph.edges(data=True)]
    keys = [key for _, _, key, _ in edges]
    identified = all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys)
    for one, other, key, told in edges:
        ends = names[one], names[other]
        source, target = ends if graph.is_directed() else sorted(ends)
        made = f"{_LINKED}:{source}→{target}" + (f"#{key}" if key else "")
        yield key if identified else made, source, target, told


def _measured(told: dict[str, Any], column: str, name: str) -> Any:
    return told.get(column, told.get(name, told.get("capacity") if name == "quantity" else None))


def _number(edge: Edge, value: Any, what: str) -> float:
    """A measure of an edge as a number, nan where it has none."""
    if value is None:
        return math.nan
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        _, source, target, _ = edge
        raise RequestError(
            f"The {what} of the link from {source} to {target} is {value!r}: a finite number is needed.",
            f"{source} 到 {target} 的关联的 {what} 为 {value!r}：须为有限的数。",
        )
    return number


def _times(edges: list[Edge], name: str) -> NDArray[np.datetime64]:
    """This time of each edge, NaT where it has none."""
    try:
        return np.array([told.get(name) for *_, told in edges], "datetime64[us]")
    except (TypeError, ValueError) as error:
        raise RequestError(f"{name}: {error}", f"{name} 中有不能识别的时间：{error}") from error


def _text(value: Any) -> str | None:
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return None if missing else str(value)


def _labels(graph: nx.Graph[Any], names: dict[Hashable, str]) -> dict[str, NDArray[Any]]:
    """The attribute `name` of the nodes that have one."""
    named = [(names[node], str(told["name"])) for node, told in graph.nodes(data=True) if told.get("name")]
    return {
        "node": _objects(node for node, _ in named),
        "property": _objects("name" for _ in named),
        "value": _objects(name for _, name in named),
        "rows": np.ones(len(named), np.int64),
    }


def _objects(values: Any) -> NDArray[np.object_]:
    return np.array([*values, None], object)[:-1]
