"""The whole network for other programs: GraphML, GEXF, an edge list in csv; each link with the rows that state it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.exports.written import Written
from graphkit.store.base import Store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDS = {"source": "from", "target": "to"}


def write_graphml(store: Store, path: Path) -> Written:
    """GraphML, as yEd, Gephi, Neo4j and networkx read it. Raises RequestError where it cannot be written."""
    import networkx as nx

    graph = _graph(store)
    return _write(path, "\n".join(nx.generate_graphml(graph, named_key_ids=True)), graph)


def write_gexf(store: Store, path: Path) -> Written:
    """GEXF, as Gephi reads it. Raises RequestError where it cannot be written."""
    import networkx as nx

    graph = _graph(store)
    return _write(path, "\n".join(nx.generate_gexf(graph)), graph)


def write_edges(store: Store, path: Path) -> Written:
    """A csv of the links, headed from, to and so on; text that a spreadsheet would run gets an apostrophe before it."""
    from graphkit.model.rendering.delimited import guarded
    from graphkit.views.files import write_page

    nodes, links = _frames(store)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    ordered = [*_ENDS, *(name for name in links.columns if name not in _ENDS)]
    writer.writerow([_ENDS.get(name, name) for name in ordered])
    columns = [[guarded("" if value is None else str(value)) for value in links[name]] for name in ordered]
    writer.writerows(zip(*columns, strict=True))
    write_page(path, stream.getvalue())
    return Written(len(nodes), len(links))


def _write(path: Path, text: str, graph: nx.MultiDiGraph[str]) -> Written:
    from graphkit.views.files import write_page

    write_page(path, text + "\n")
    return Written(graph.number_of_nodes(), graph.number_of_edges())


def _graph(store: Store) -> nx.MultiDiGraph[str]:
    """Attributes as those layouts hold them: numbers and text; what is unknown is left out."""
    import networkx as nx

    nodes, links = _frames(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((_plain(row.pop("id")), _known(row)) for row in nodes.to_dict("records"))
    for row in links.to_dict("records"):
        source, target = _plain(row.pop("source")), _plain(row.pop("target"))
        graph.add_edge(source, target, _plain(row["link"]), **_known(row))
    return graph


def _frames(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and links, times as ISO text, unknown values None, and a column `rows` of what states each link."""
    from graphkit.analyses.chains import evidence_of
    from graphkit.network.network import Network

    network = Network.of(store)
    nodes, links = network.to_pandas()
    evidence = evidence_of(store, network, range(len(links)))
    links["rows"] = ["; ".join(evidence[i]) for i in range(len(links))]
    for name in links.select_dtypes("datetime").columns:
        links[name] = links[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
    return nodes.astype(object).where(nodes.notna(), None), links.astype(object).where(links.notna(), None)


def _known(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): _plain(value) for name, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
