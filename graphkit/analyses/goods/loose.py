"""What a holder may have of a batch by rows that tell none: goods that came to him so may be of it."""

from __future__ import annotations

import math

from graphkit.analyses.goods.balancing import Balance
from graphkit.analyses.goods.stocks import Records, add_stock
from graphkit.quantities.settling import settled


def may_have_more(found: Balance, alike: list[Balance]) -> dict[str, float]:
    """How much more of a batch each holder may have than by the rows that name it, by holder, in the batch's unit.

    `alike` are the balances of its product, with that of its goods of no batch. What does not convert is left out.
    """
    if not found.told:
        return {}
    loose = [(one, owner, stock) for one in alike if not one.told for owner, stock in one.stocks.items() if stock.came]
    own = [each for each in loose if each[1] in found.stocks]
    records = Records()
    for one, owner, stock in own:
        came = [(line, found.of_other(one, high)) for line, _, high in stock.came]
        add_stock(records, found.stocks[owner], True, [each for each in came if math.isfinite(each[1])])
    if not loose:
        return {}
    left = settled(records.ledger()).left
    more = {owner: float(much) - found.holdings[owner].left[1] for (_, owner, _), much in zip(own, left, strict=True)}
    more |= {owner: _left_loose(found, one, owner, alike) for one, owner, _ in loose if owner not in more}
    return {owner: much for owner, much in more.items() if 0.0 < much < math.inf}


def _left_loose(found: Balance, one: Balance, owner: str, alike: list[Balance]) -> float:
    """The most left of goods of no batch: as much of what he gave on so may have been of what his batches had left."""
    stock = one.stocks[owner]
    if not stock.went:
        return found.of_other(one, one.holdings[owner].held[1])
    others = (found.of_other(each, each.holdings[owner].left[1])
              for each in alike if each.told and owner in each.holdings)  # fmt: skip
    came = sum(high for _, _, high in stock.came)
    return min(found.of_other(one, came), found.of_other(one, one.holdings[owner].held[1]) + sum(others))
