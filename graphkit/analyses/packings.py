"""How units of goods convert: by what rows say of their packing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.lines import PACKING, Line
from graphkit.analyses.measuring import Ratios, ratios
from graphkit.model.nodes import PRODUCT

if TYPE_CHECKING:
    from graphkit.store.base import Store


def packings(store: Store, lines: list[Line]) -> dict[str, Ratios]:
    """The ratios that lines about each goods, and what is stated of the batch and the product, agree upon; by goods."""
    products = {line.goods: f"{PRODUCT.prefix}:{line.product}" for line in lines}
    told: dict[str, list[str]] = {}
    for each in store.statements(sorted({*products, *products.values()})):
        if each.property in PACKING:
            told.setdefault(each.node, []).append(each.value)
    texts = {goods: [*told.get(goods, ()), *told.get(product, ())] for goods, product in products.items()}
    for line in lines:
        texts[line.goods].append(line.packing)
    return {goods: ratios(said) for goods, said in texts.items()}
