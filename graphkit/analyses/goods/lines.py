"""Lines about goods: who gave, took, made, used, lost to a seizure or had in stock how much of what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.analyses.goods.two_units import told_again
from graphkit.model.measuring import PACKING
from graphkit.model.nodes import BATCH, ITEM, PLACE, PRODUCT

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.adjacency import Ends, Positions
    from graphkit.network.network import Network
    from graphkit.store.base import Link, Store

MOVES = ("supplied", "shipped", "bought")
_MOVING = ("SUPPLIED", "SHIPPED")
_GOODS = ("OF_BATCH", "OF_PRODUCT", "INPUT_OF", "OUTPUT_AS", "COUNTED_AT")
_BATCH = 20_000
_PURCHASE = "SUPPLIED:purchase:"


@dataclass(frozen=True)
class Line:
    """What one or more rows say of some goods. `goods` is the batch's id, or the product's where no batch is told.

    `giver` and `taker` are the parties and places at either end. Rows of one link that disagree give `low` below
    `high`; None is unknown. Times are ISO 8601, None unknown.
    """

    link: str
    kind: str  # of MOVES, or produced, used, seized, sampled, counted
    goods: str
    product: str
    giver: frozenset[str]
    taker: frozenset[str]
    low: float | None
    high: float | None
    unit: str | None
    earliest: str | None
    latest: str | None
    arrives: str | None
    arrives_latest: str | None
    packing: str
    evidence: tuple[str, ...]
    with_: tuple[str, ...] = ()  # links that tell of the same movement and were counted with this one
    transformation: str = ""  # in which goods were produced or used
    doubtful: bool = False  # may be a movement that another line tells of, or one of another batch
    retold: Line | None = None  # the line that may tell of the same movement at another time


def lines(casefile: Casefile, product: str | None = None) -> list[Line]:
    """Every line about goods, by link; rows that disagree on a link make one line, and so do a document's rows that
    say the same mass in different units.

    With `product`, an id, only lines that may be of it, and all of what transformations used and produced.
    """
    network, store = casefile.network(), casefile.store
    reader = _Reader(network, store)
    found: dict[str, Line] = {}
    for link in contents(network, store, product):
        for line in reader.read(link):
            known = found.get(line.link)
            found[line.link] = joined(known, line) if known else line
    again = told_again((line.link, line.unit, line.low, line.high) for line in found.values())
    for repeated, name in again.items():
        evidence = (*found[name].evidence, *found.pop(repeated).evidence)
        found[name] = replace(found[name], evidence=tuple(dict.fromkeys(evidence)))
    return [found[name] for name in sorted(found)]


def contents(network: Network, store: Store, product: str | None = None) -> Iterator[Link]:
    """All contents of the links that goods go by, or of those that may be of one product."""
    positions = network.links.of_kinds(*_MOVING, *_GOODS)
    if product is not None:
        positions = _of_product(network, positions, product)
    ids = sorted({network.links.ids[int(i)] for i in positions})
    for begin in range(0, len(ids), _BATCH):
        yield from store.links(ids[begin : begin + _BATCH])


def _of_product(network: Network, positions: Positions, product: str) -> Positions:
    """Of these links those of the product, those of an unknown one, and those of transformations."""
    import numpy as np

    links, goods = network.links, network.goods
    carried = np.where(links.batch[positions] >= 0, links.batch[positions], links.product[positions])
    of = np.where(carried >= 0, goods.product_of[np.maximum(carried, 0)], -1)
    code = network.position(product)
    code = len(network) + goods.others.find(product) if code < 0 else code
    made = np.isin(links.kind[positions], [links.kind_code(kind) for kind in ("INPUT_OF", "OUTPUT_AS")])
    found: Positions = positions[(of == code) | (of < 0) | made]
    return found


def joined(one: Line, other: Line) -> Line:
    """Both as one line: the range of what they say."""
    lows = [x for x in (one.low, other.low) if x is not None]
    highs = [x for x in (one.high, other.high) if x is not None]
    begins = [x for x in (one.earliest, other.earliest) if x is not None]
    ends = [x for x in (one.latest, other.latest) if x is not None]
    came = [x for x in (one.arrives, other.arrives) if x is not None]
    come = [x for x in (one.arrives_latest, other.arrives_latest) if x is not None]
    return replace(
        one,
        giver=one.giver | other.giver,
        taker=one.taker | other.taker,
        low=min(lows, default=None),
        high=max(highs, default=None),
        unit=one.unit or other.unit,
        earliest=min(begins, default=None),
        latest=max(ends, default=None),
        arrives=min(came, default=None),
        arrives_latest=max(come, default=None),
        packing=one.packing or other.packing,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


class _Reader:
    """Reads single links, with what the network says around them."""

    def __init__(self, network: Network, store: Store) -> None:
        self.network = network
        self.batches: dict[str, list[str]] = {}
        for i in network.of_kinds("Batch").tolist():
            self.batches.setdefault(network.ids[i].rpartition("|")[2], []).append(network.ids[i])
        self.known = {batch for some in self.batches.values() for batch in some}

    def read(self, link: Link) -> Iterator[Line]:
        """The line that a link makes; none where it tells of no goods."""
        kind = link.kind
        if kind in _MOVING:
            told = "bought" if link.link.startswith(_PURCHASE) else kind.lower()
            yield from self._line(link, told, self._goods(link), {link.source}, {link.target})
        elif kind == "INPUT_OF":
            yield from self._line(link, "used", self._counted(link.source), self._at(link.target), set())
        elif kind == "OUTPUT_AS":
            yield from self._line(link, "produced", self._counted(link.target), set(), self._at(link.source))
        elif kind == "COUNTED_AT":
            place = {f"{PLACE.prefix}:{link.properties['place']}"} if link.properties.get("place") else set()
            yield from self._line(link, "counted", link.source, {link.target} | place, set())
        elif link.source.startswith("seizure:") and (kind == "OF_BATCH" or not link.properties.get("batch")):
            yield from self._line(link, "seized", link.target, self._of(link.source, "SEIZED_FROM", "SEIZED_AT"), set())
        elif link.source.startswith("sample:") and kind == "OF_BATCH":
            yield from self._line(link, "sampled", link.target, self._of(link.source, "SAMPLED_FROM"), set())

    def _line(self, link: Link, kind: str, goods: str, giver: set[str], taker: set[str]) -> Iterator[Line]:
        if goods:
            yield Line(
                link.link, kind, goods, product_of(goods), frozenset(giver), frozenset(taker), link.quantity,
                link.quantity, link.unit, link.started_earliest, link.started_latest, link.ended_earliest,
                link.ended_latest,
                next((link.properties[name] for name in PACKING if link.properties.get(name)), ""), link.evidence,
                transformation={"used": link.target, "produced": link.source}.get(kind, ""),
            )  # fmt: skip

    def _goods(self, link: Link) -> str:
        """A batch named without its product is the one of that number where there is just one."""
        product, batch = link.properties.get("product", ""), link.properties.get("batch", "")
        if not batch:
            return f"{PRODUCT.prefix}:{product}" if product else ""
        named = f"{BATCH.prefix}:{product}|{batch}"
        alike = self.batches.get(batch, [])
        return named if named in self.known or product or len(alike) != 1 else alike[0]

    def _counted(self, goods: str) -> str:
        """What these goods count as: a thing with a number of its own as of its lot, else of its product."""
        if goods.startswith(f"{BATCH.prefix}:") or self._kind(goods) != ITEM.name:
            return goods
        return min(self._of(goods, "OF_BATCH") or self._of(goods, "OF_PRODUCT"), default=goods)

    def _kind(self, node: str) -> str:
        position = self.network.position(node)
        return self.network.kind_of(position) if position >= 0 else ""

    def _at(self, transformation: str) -> set[str]:
        """The place of a transformation and who controls it."""
        places = self._of(transformation, "DONE_AT")
        return places | {party for place in places for party in controllers(self.network, place)}

    def _of(self, node: str, *kinds: str) -> set[str]:
        position = self.network.position(node)
        if position < 0:
            return set()
        return set(self.network.ids.take(_ends(self.network, kinds, self.network.out.of_node(position))))


def arrival(line: Line) -> tuple[str | None, str | None]:
    """When it arrived, at the earliest and at the latest; a parcel's arrival that no row tells is unknown."""
    shipped = any(link.startswith("SHIPPED:") for link in (line.link, *line.with_))
    return line.arrives or line.earliest, line.arrives_latest or (None if shipped else line.latest)


def product_of(goods: str) -> str:
    """The product's name.

    >>> product_of("batch:降压宁片|B1"), product_of("product:降压宁片")
    ('降压宁片', '降压宁片')
    """
    name = goods.partition(":")[2]
    return name.rpartition("|")[0] if goods.startswith(f"{BATCH.prefix}:") else name


def controllers(network: Network, place: str) -> list[str]:
    """Who controls this place."""
    position = network.position(place)
    if position < 0:
        return []
    return network.ids.take(_ends(network, ("CONTROLS",), network.into.of_node(position)))


def _ends(network: Network, kinds: Iterable[str], around: tuple[Ends, Ends]) -> list[int]:
    """The ends of those of these links that are of the kinds."""
    wanted = {network.links.kind_code(kind) for kind in kinds} - {-1}
    pairs = zip(around[0].tolist(), around[1].tolist(), strict=True)
    return sorted({end for end, link in pairs if int(network.links.kind[link]) in wanted})
