"""From the network to networkx and pandas, the forms in which people take it into their own code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import EVER, NEVER, Codes, Network, Times

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def to_pandas(network: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and links as two DataFrames; unknown times are NaT, unknown units None."""
    import pandas as pd

    ids = np.array(list(network.ids), object)
    names = [network.name_of(i) for i in range(len(network))]
    nodes = pd.DataFrame({"id": ids, "kind": _decode(network.kind, network.kinds), "name": names})
    links = pd.DataFrame({"link": list(network.links.ids), **_link_columns(network, ids)})
    return nodes, links


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """A MultiDiGraph with every column as an attribute; what is unknown is left out."""
    import networkx as nx
    import pandas as pd

    nodes, links = to_pandas(network)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(revision=network.revision)
    graph.add_nodes_from((row["id"], {"kind": row["kind"], "name": row["name"]}) for row in nodes.to_dict("records"))
    for row in links.to_dict("records"):
        known = {str(name): value for name, value in row.items() if not pd.isna(value)}
        graph.add_edge(known.pop("source"), known.pop("target"), known.pop("link"), **known)
    return graph


def _link_columns(network: Network, ids: NDArray[np.object_]) -> dict[str, NDArray[Any]]:
    links = network.links
    times = {
        name: _datetimes(getattr(links, name))
        for name in ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
    }
    return {
        "kind": _decode(links.kind, links.kinds), "source": ids[links.source], "target": ids[links.target], **times,
        "quantity_min": np.array(links.quantity_min), "quantity_max": np.array(links.quantity_max),
        "unit": _decode(links.unit, links.units),
        "amount_min": np.array(links.amount_min), "amount_max": np.array(links.amount_max),
        "currency": _decode(links.currency, links.currencies),
        "weight": np.array(links.weight), "directed": np.array(links.directed),
    }  # fmt: skip


def _decode(codes: Codes, names: tuple[str, ...]) -> NDArray[np.object_]:
    return np.array([*names, None], object)[codes]


def _datetimes(times: Times) -> NDArray[np.datetime64]:
    unknown = (times == NEVER) | (times == EVER)
    return np.where(unknown, np.datetime64("NaT"), times.astype("datetime64[us]"))
