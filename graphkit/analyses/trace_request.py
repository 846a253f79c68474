"""What a trace is asked for, from parameters as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.entities import position_of
from graphkit.errors import NotFound, RequestError
from graphkit.model.answer import Column

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

CONVENTIONS = ("proportional", "first_in_first_out", "last_in_first_out")
FOLLOW = ("goods", "money", "calls")


@dataclass(frozen=True)
class Asked:
    """What is to be shown of a trace: the digits its division begins with, how many rows, the entity whose quantities
    are to be exact (-1 none, -2 each one shown), the convention to give beside the bounds, and the columns, none for
    the usual.
    """

    region: str
    limit: int
    exact: int = -1
    convention: str | None = None
    columns: tuple[Column, ...] = ()


def followed(written: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """What to follow, where nothing is said what goes with the start. Raises RequestError."""
    from graphkit.tracing.start import STARTS, follows

    if kind not in STARTS:
        raise RequestError(
            f"A trace cannot begin at a {kind}: begin at a seizure, sample, batch, item, place, party, account or "
            "phone.",
            f"不能从 {kind} 开始追踪：请从扣押、抽样、批号、单件、场所、主体、账户或电话开始。",
        )
    for each in written:
        if each not in FOLLOW:
            raise RequestError(
                f"follow: {each} is none of {', '.join(FOLLOW)}.", f"follow：{each} 不在 {'、'.join(FOLLOW)} 之内。"
            )
    return written or (follows(kind),)


def exact_stop(network: Network, store: Store, written: str | None) -> int:
    """The entity whose figures are to be exact; NONE, or ALL where `all` is written. Raises RequestError, NotFound."""
    from graphkit.tracing.each_exactly import ALL, NONE

    if written is None or written == "all":
        return NONE if written is None else ALL
    return position_of(network, store, written)


def product_code(network: Network, store: Store, written: str | None) -> int:
    """The code of a product, -1 where none is asked for. Raises NotFound."""
    if written is None:
        return -1
    known = f"product:{written}"
    other = network.goods.others.find(known)
    if other >= 0:
        return len(network) + other
    position = network.position(known)
    position = position if position >= 0 else position_of(network, store, written)
    if network.kind_of(position) != "Product":
        raise NotFound(f"No product {written}.", f"没有品名 {written}。")
    return position


def region_prefix(written: str | None) -> str:
    """The digits that the codes of all divisions within this one begin with. Raises NotFound."""
    if written is None:
        return ""
    from graphkit.model.regions import of_english_name, resolve

    code = resolve(written) or of_english_name(written)
    if code is None:
        raise NotFound(f"No division {written}.", f"没有行政区划 {written}。")
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
