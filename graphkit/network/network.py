"""The network: what an analysis needs of a store, as arrays that are only read.

Nodes and links are spoken of by position. Node ids are sorted, so that a lower position is a lesser id; links are
sorted by id, source and target. Both stores give the same network, hence the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.network.adjacency import Adjacency
from graphkit.network.goods import Goods
from graphkit.network.repeats import Repeats
from graphkit.network.texts import Texts
from graphkit.network.timetable import Timetable

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from graphkit.store.base import Store

# An unknown time is at or after NEVER and at or before EVER.
NEVER, EVER = int(np.iinfo(np.int64).min), int(np.iinfo(np.int64).max)

Codes = NDArray[np.int16]
Times = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Links:
    """The links' columns, each of shape (links,).

    A link on whose ends the rows disagree has one entry for each pair of ends; `first` marks the first entry of each
    link, so that what counts links counts each once.

    `kind`, `unit` and `currency` are codes into `kinds`, `units` and `currencies` (-1 unknown). `source` and `target`
    are positions of nodes. Times are microseconds since 1970 without time zone; an unknown earliest time is NEVER, an
    unknown latest time EVER. Quantities and amounts (in their unit and currency) are the least and the most over the
    rows that state them; nan is unknown. `product` and `batch` are codes of goods (see `Goods`, -1 unknown);
    `reliability` and `credibility` the halves of the Admiralty grade, 1 to 6 for A to F and 1 to 6, 0 ungraded.
    `weight` is what an edge list or a matrix gives a link (nan unknown); `directed` is False where the link holds both
    ways, by its kind or by its row; `kilograms` is what a waybill's parcel weighs (nan unknown); `book` in which of
    BOOKS of a trader a delivery stands (-1 unknown).
    """

    ids: Texts
    kinds: tuple[str, ...]
    units: tuple[str, ...]
    currencies: tuple[str, ...]
    kind: Codes
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    started_earliest: Times
    started_latest: Times
    ended_earliest: Times
    ended_latest: Times
    quantity_min: Numbers
    quantity_max: Numbers
    unit: Codes
    amount_min: Numbers
    amount_max: Numbers
    currency: Codes
    first: NDArray[np.bool_]
    product: NDArray[np.int32]
    batch: NDArray[np.int32]
    reliability: NDArray[np.int8]
    credibility: NDArray[np.int8]
    weight: Numbers
    directed: NDArray[np.bool_]
    kilograms: Numbers
    book: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.source)

    def kind_code(self, kind: str) -> int:
        """The code of a kind of link; -1 where the network has none such."""
        return self.kinds.index(kind) if kind in self.kinds else -1

    def of_kinds(self, *kinds: str) -> NDArray[np.int64]:
        """The positions of the links of these kinds, in order."""
        codes = [code for code in map(self.kind_code, kinds) if code >= 0]
        return np.flatnonzero(np.isin(self.kind, codes))


@dataclass(frozen=True, eq=False)
class Network:
    """A read-only network of `len(network)` nodes and `len(network.links)` links.

    `ids` and `names` are texts by position (the ids sorted); `kind` (nodes,) holds codes into `kinds`; `out`, `into`
    and `both` are the adjacencies along the links, against them and both ways; `neighbours` (nodes,) int32 counts the
    distinct neighbours of each node; `goods` says what the links carry; `ahead` and `behind` give the links from and to
    each node in the order of time; `repeats` names what the store has of links that are another one told again.

    >>> from graphkit.network.build import from_columns
    >>> nodes = {"id": np.array(["a", "b"], object), "kind": np.array(["Person", "Phone"], object)}
    >>> links = {"link": ["USES:1"], "kind": ["USES"], "source": [0], "target": [1]}
    >>> network = from_columns(nodes, {name: np.array(values) for name, values in links.items()})
    >>> network.position("b"), network.kind_of(1), network.to_networkx().number_of_edges()
    (1, 'Phone', 1)
    """

    revision: str
    kinds: tuple[str, ...]
    ids: Texts
    names: Texts
    kind: Codes
    links: Links
    out: Adjacency
    into: Adjacency
    both: Adjacency
    neighbours: NDArray[np.int32]
    goods: Goods
    ahead: Timetable
    behind: Timetable
    repeats: Repeats = field(default_factory=Repeats.none)

    @classmethod
    def of(cls, store: Store, revision: str = "") -> Network:
        """The network of what the store now holds; kept on disk, so that the next call opens it in milliseconds.

        `revision` is the store's, where the caller has just asked for it. Raises StoreError where the store cannot be
        read; where nothing can be written it works in memory.
        """
        from graphkit.network.snapshot import network_of

        return network_of(store, revision)

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any]) -> Network:
        """The network of a networkx graph of any type, its nodes by their text. Raises RequestError for bad weights."""
        from graphkit.network.from_networkx import from_networkx

        return from_networkx(graph)

    def __len__(self) -> int:
        return len(self.kind)

    def position(self, node: str) -> int:
        """The position of the node with this id; -1 where there is none."""
        return self.ids.find(node)

    def kind_of(self, position: int) -> str:
        """The kind of the node at this position."""
        return self.kinds[int(self.kind[position])]

    def name_of(self, position: int) -> str:
        """What people call the node: its name or number, its id where it has none."""
        return self.names[position] or self.ids[position]

    def of_kinds(self, *kinds: str) -> NDArray[np.int64]:
        """The positions of the nodes of these kinds, in order."""
        return np.flatnonzero(np.isin(self.kind, [self.kinds.index(kind) for kind in kinds if kind in self.kinds]))

    def keys_of(self, link: int) -> list[tuple[str, str, str]]:
        """Id, source and target under which the store has this link, and what tells of the same payment or call."""
        links = self.links
        own = links.ids[link], self.ids[int(links.source[link])], self.ids[int(links.target[link])]
        return [own, *self.repeats.of_link(link)]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """A MultiDiGraph: nodes with `kind` and `name`; edges keyed by link id, with the links' columns."""
        from graphkit.network.convert import to_networkx

        return to_networkx(self)

    def to_pandas(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Nodes (id, kind, name) and links (link, kind, source, target, times, quantities) as two DataFrames."""
        from graphkit.network.convert import to_pandas

        return to_pandas(self)
