"""What a trace is asked for, from parameters as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.parties.entities import position_of
from graphkit.errors import NotFound
from graphkit.model.answer import Column

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

CONVENTIONS = ("proportional", "first_in_first_out", "last_in_first_out")


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


def exact_stop(network: Network, store: Store, written: str | None) -> int:
    """The entity whose figures are to be exact; NONE, or ALL where `all` is written. Raises RequestError, NotFound."""
    from graphkit.tracing.amounts.each_exactly import ALL, NONE

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
