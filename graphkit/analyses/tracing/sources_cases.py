"""What is to be explained: the cases that are named, or all seizures and failed samples of a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.tracing.what_if import links_named
from graphkit.errors import RequestError
from graphkit.tracing.sources import Case
from graphkit.tracing.walk.start import STARTS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

FAILED, PASSED = ("fail", "counterfeit", "inferior"), ("pass",)
_WEIGHT = "tracing.weight"  # what an investigator gave a station or a delivery in FoodChain-Lab


def named(network: Network, store: Store, written: tuple[str, ...], passed: bool) -> list[Case]:
    """Each of these as a case; `ID=2` has the weight 2. Raises NotFound, RequestError."""
    return [_named(network, store, each, passed) for each in written]


def every_find(network: Network, store: Store, product: int, passed: bool) -> list[Case]:
    """All seizures and failed samples (`passed`: all passed ones) with goods of this product, -1 any; what
    FoodChain-Lab's investigators gave a weight counts too, below zero as passed.
    """
    results = store.property_columns(("result",))
    wanted = PASSED if passed else FAILED
    judged = {node for node, value in zip(results["node"], results["value"], strict=True) if value in wanted}
    samples = [network.position(node) for node in judged]
    finds = [*samples, *([] if passed else network.of_kinds("Seizure").tolist())]
    cases = [Case(node, passed=passed) for node in sorted(finds) if node >= 0 and _holds(network, node, product)]
    weights = store.property_columns((_WEIGHT,))
    for node, value in zip(weights["node"].tolist(), weights["value"].tolist(), strict=True):
        weight = _number(value) * (-1.0 if passed else 1.0)
        position = network.position(node)
        if weight > 0 and position >= 0:
            cases.append(Case(position, weight=weight, passed=passed))
    return cases


def _named(network: Network, store: Store, written: str, passed: bool) -> Case:
    name, _, number = written.rpartition("=")
    weight = _number(number) if name else 0.0
    if name and weight <= 0 and _is_number(number) and network.position(written) < 0:
        raise RequestError(
            f"{written}: a case's weight must be above zero, such as {name}=2.",
            f"{written}：案例的权重须大于零，如 {name}=2。",
        )
    name = name if weight > 0 else written
    weight = weight or 1.0
    links = links_named(network, name) or links_named(network, f"purchase:{name}")
    if links:
        return Case(int(network.links.target[links[0]]), links[0], weight, passed)
    node = position_of(network, store, name)
    kind = network.kind_of(node)
    if kind not in STARTS or kind in ("Account", "Phone"):
        raise RequestError(
            f"{name} is a {kind}: a case is a seizure, sample, purchase, delivery, batch, item, party or place.",
            f"{name} 属于 {kind}：案例须为扣押、抽样、购买、供货、批号、单件、主体或场所。",
        )
    return Case(node, weight=weight, passed=passed)


def _holds(network: Network, node: int, product: int) -> bool:
    """Whether the find has goods of the product; of what is unknown it may be."""
    if product < 0:
        return True
    _, link = network.out.of_node(node)
    lines = link[np.isin(network.links.kind[link], [network.links.kind_code(k) for k in ("OF_BATCH", "OF_PRODUCT")])]
    goods = np.where(network.links.batch[lines] >= 0, network.links.batch[lines], network.links.product[lines])
    of = network.goods.product_of[goods[goods >= 0]]
    return not len(of) or bool(np.isin([product, -1], of).any())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if np.isfinite(value) else 0.0
