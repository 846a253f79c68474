"""How units of goods convert: by what rows say of their packing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.measuring import PACKING, Ratios, ratios
from graphkit.model.nodes import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.analyses.goods.lines import Line
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.labels import Whole
    from graphkit.tracing.measures import Packings

_BATCH = 20_000


def packings(store: Store, lines: list[Line]) -> dict[str, Ratios]:
    """The ratios that lines about each goods, and what is stated of the batch and the product, agree upon; by goods."""
    texts = _stated(store, {line.goods: f"{PRODUCT.prefix}:{line.product}" for line in lines})
    for line in lines:
        texts[line.goods].append(line.packing)
    return {goods: ratios(said) for goods, said in texts.items()}


def packings_of(store: Store, network: Network) -> Packings:
    """The same of links and the codes of the goods that they carry, asked only where units do not convert."""

    def ask(links: Whole, goods: Whole) -> dict[int, Ratios]:
        named, products = network.goods, network.goods.product_of
        codes = sorted(set(goods.tolist()) - {-1})

        def name(code: int) -> str:
            return network.ids[code] if code < len(network) else named.others[code - len(network)]

        texts = _stated(store, {name(code): name(int(products[code]) if products[code] >= 0 else code)
                                for code in codes})  # fmt: skip
        carried = dict(zip(network.links.ids.take(links), goods.tolist(), strict=True))
        for link, said in _said(store, sorted(carried)):
            if carried[link] >= 0:
                texts[name(carried[link])].append(said)
        return {code: ratios(texts[name(code)]) for code in codes}

    return ask


def _stated(store: Store, products: dict[str, str]) -> dict[str, list[str]]:
    """What is stated of the packing of these goods and of their products; by goods."""
    told: dict[str, list[str]] = {}
    for each in store.statements(sorted({*products, *products.values()})):
        if each.property in PACKING:
            told.setdefault(each.node, []).append(each.value)
    return {goods: [*told.get(goods, ()), *(told.get(product, ()) if product != goods else ())]
            for goods, product in products.items()}  # fmt: skip


def _said(store: Store, links: list[str]) -> Iterable[tuple[str, str]]:
    """What rows of these links say of packing."""
    for begin in range(0, len(links), _BATCH):
        for link in store.links(links[begin : begin + _BATCH]):
            yield from ((link.link, link.properties[name]) for name in PACKING if link.properties.get(name))
