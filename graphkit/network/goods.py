"""What each link carries, as codes: its product and its batch; and how far the rows that state it are to be trusted.

A code below the number of nodes is the position of a batch or a product; a batch or product that only links name, and
no node stands for, has a code from there on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import BATCH, PRODUCT
from graphkit.network.adjacency import Adjacency
from graphkit.network.texts import Texts
from graphkit.store.base import Arrays

LINK_PROPERTIES = ("product", "batch", "reliability", "credibility")
_RELIABILITY, _CREDIBILITY = "ABCDEF", "123456"
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Goods:
    """Codes of goods. Shapes: `product_of` (codes,); `others` one text a code that no node stands for, sorted.

    `product_of` gives the product of a batch, and a product itself; -1 unknown. `carriers` are the links that name each
    batch, by its code, with the node at which they begin.
    """

    others: Texts
    product_of: Codes
    carriers: Adjacency


def goods_columns(columns: Arrays, ids: NDArray[np.object_]) -> tuple[dict[str, NDArray[Any]], Goods]:
    """The links' columns `product`, `batch`, `reliability`, `credibility`, and what the codes stand for.

    `columns` are the links', in order, with the properties of `Store.link_columns` where they are known.
    """
    count = len(columns["source"])
    nothing = np.full(count, None)
    products, batches = (columns.get(f"p.{name}", nothing) for name in ("product", "batch"))
    labelled = _labelled(columns, ids)
    product, batch, others = _coded(_named_by_end(columns, products, ids), batches, ids, labelled.values())
    _take_ends(columns, product, batch, len(ids))
    size = len(ids) + len(others)
    product_of = _products(columns, product, batch, ids, size)
    _take_labels(product_of, labelled, ids, others)
    lots = np.flatnonzero(batch >= 0).astype(np.int32)
    carriers = Adjacency.of(size, batch[lots], columns["source"][lots], lots)
    graded = {
        "reliability": _grade(columns.get("p.reliability", nothing), _RELIABILITY),
        "credibility": _grade(columns.get("p.credibility", nothing), _CREDIBILITY),
    }
    return {"product": product, "batch": batch, **graded}, Goods(Texts.of(others), product_of, carriers)


def _named_by_end(columns: Arrays, products: NDArray[Any], ids: NDArray[np.object_]) -> NDArray[Any]:
    """A seizure's line names its product by the entity that it ends at."""
    lines = np.flatnonzero(np.asarray(columns["kind"] == "OF_PRODUCT", bool))
    if len(lines):
        products = products.copy()
        products[lines] = [ids[i].partition(":")[2] for i in columns["target"][lines].tolist()]
    return products


def _labelled(columns: Arrays, ids: NDArray[np.object_]) -> dict[int, str]:
    """Batches whose product no link states, as of those that rows name only by what they were made into or of: their
    product as their own id says, by position.
    """
    batches = np.asarray(_beginning(ids, BATCH.prefix), np.int64)
    stated = columns["source"][np.asarray(columns["kind"] == "OF_PRODUCT", bool)]
    bare = batches[~np.isin(batches, stated)].tolist()
    named = ((lot, ids[lot].partition(":")[2].rpartition("|")[0]) for lot in bare)
    return {lot: f"{PRODUCT.prefix}:{name}" for lot, name in named if name}


def _take_ends(columns: Arrays, product: Codes, batch: Codes, nodes: int) -> None:
    """Links that begin or end at a batch carry it."""
    for kind, end in (
        ("OF_BATCH", "target"),
        ("INPUT_OF", "source"),
        ("OUTPUT_AS", "target"),
        ("COUNTED_AT", "source"),
    ):
        links = np.flatnonzero(np.asarray(columns["kind"] == kind, bool))
        batch[links] = columns[end][links]


def _coded(
    products: NDArray[Any], batches: NDArray[Any], ids: NDArray[np.object_], more: Iterable[str]
) -> tuple[Codes, Codes, list[str]]:
    """Product and batch of each link, -1 unknown, and the goods, among them some more, that are no nodes."""
    made, made_names = coded(products.tolist())
    lot, lot_names = coded(batches.tolist())
    key = (made + 1).astype(np.int64) * (len(lot_names) + 1) + lot + 1
    pairs, which = np.unique(key, return_inverse=True)
    p, b = np.divmod(pairs, len(lot_names) + 1)
    named = [made_names[i - 1] if i else "" for i in p.tolist()]
    told = [f"{PRODUCT.prefix}:{name}" if name else None for name in named]
    numbers = [lot_names[i - 1] if i else "" for i in b.tolist()]
    only = _only_product(zip(named, numbers, strict=True), ids)
    lots = [
        f"{BATCH.prefix}:{name or only.get(number, '')}|{number}" if number else None
        for name, number in zip(named, numbers, strict=True)
    ]
    place = {ids[i]: i for prefix in (BATCH.prefix, PRODUCT.prefix) for i in _beginning(ids, prefix)}
    others = sorted({one for one in (*told, *lots, *more) if one is not None and one not in place})
    place |= {one: len(ids) + i for i, one in enumerate(others)}
    codes = [np.array([-1 if one is None else place[one] for one in part], np.int32) for part in (told, lots)]
    return codes[0][which], codes[1][which], others


def _only_product(pairs: Iterable[tuple[str, str]], ids: NDArray[np.object_]) -> dict[str, str]:
    """The product of each batch number that goes with one product alone: what is named by its number alone is that."""
    beginning = f"{BATCH.prefix}:"
    nodes = (ids[i].removeprefix(beginning).rpartition("|") for i in _beginning(ids, BATCH.prefix))
    found: dict[str, set[str]] = {}
    for name, number in (*pairs, *((name, number) for name, _, number in nodes)):
        if name:
            found.setdefault(number, set()).add(name)
    return {number: next(iter(names)) for number, names in found.items() if len(names) == 1}


def _beginning(ids: NDArray[np.object_], prefix: str) -> range:
    """The positions of the ids of this prefix; ids are in order."""
    return range(*(int(np.searchsorted(ids, f"{prefix}{mark}")) for mark in (":", ";")))  # ";" comes after ":"


def coded(values: Sequence[str | None]) -> tuple[Codes, list[str]]:
    """Codes of the values, and the distinct values in order; None has the code -1.

    >>> coded(["b", None, "a"])[0].tolist()
    [1, -1, 0]
    """
    distinct = set(values)
    names = sorted(value for value in distinct if value is not None)
    if len(distinct) == 1:  # as is usual: nothing is known, or all is alike
        return np.full(len(values), len(names) - 1, np.int32), names
    code: dict[str | None, int] = {name: i for i, name in enumerate(names)} | {None: -1}
    return np.fromiter(map(code.__getitem__, values), np.int32, len(values)), names


def _products(columns: Arrays, product: Codes, batch: Codes, ids: NDArray[np.object_], size: int) -> Codes:
    product_of = np.full(size, -1, np.int32)
    told = np.flatnonzero(np.asarray(columns["kind"] == "OF_PRODUCT", bool))[::-1]
    product_of[columns["source"][told]] = columns["target"][told]
    pairs = np.flatnonzero((product >= 0) & (batch >= 0))[::-1]
    product_of[batch[pairs]] = product[pairs]
    named = np.asarray(_beginning(ids, PRODUCT.prefix), np.int64)
    every = np.unique(np.concatenate((product[product >= 0], columns["target"][told], named))).astype(np.int32)
    product_of[every] = every
    return product_of


def _take_labels(product_of: Codes, labelled: dict[int, str], ids: NDArray[np.object_], others: Sequence[str]) -> None:
    """Batches whose product nothing else tells are of the one that they are labelled with."""
    if not labelled:
        return
    place = {ids[i]: i for i in _beginning(ids, PRODUCT.prefix)}
    place |= {each: len(ids) + i for i, each in enumerate(others)}
    for lot, name in labelled.items():
        if product_of[lot] < 0:
            product_of[[lot, place[name]]] = place[name]


def _grade(values: NDArray[Any], scale: str) -> NDArray[np.int8]:
    """1 to 6 as the scale goes, 0 where no grade is stated."""
    codes, stated = coded(values.tolist())
    grade = {letter: i for i, letter in enumerate(scale, 1)}
    return np.array([*(grade.get(one, 0) for one in stated), 0], np.int8)[codes]
