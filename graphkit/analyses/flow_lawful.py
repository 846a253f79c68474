"""Which movements are licensed trade, so that a plan does not spend its hits on it.

Goods are licensed trade where the first to give their batch holds a licence. They are not where the batch failed a
test, or was worked up at a place that nobody licensed runs: false goods pass through licensed hands too. That some was
seized tells nothing of the rest, for a raid takes all that there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.den_goods import Goods
from graphkit.analyses.den_sites import Sites

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.analyses.strike_movements import Movements

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_BAD = ("fail", "counterfeit", "inferior")


def licensed_trade(casefile: Casefile, moved: Movements) -> Mask:
    """Which of these movements of goods are, shape (movements,).

    One that is told without a batch is where its giver holds a licence and no batch of its product is in doubt.
    """
    goods = Goods(Sites.of(casefile.network(), casefile.store))
    none = np.zeros(len(moved.links), bool)
    if not goods.licensed.any():
        return none
    failed = _failed(casefile)
    lawful, doubted = _batches(goods, failed)
    product_of, batch_of = casefile.network().goods.product_of, goods.links.batch
    doubtful = set(product_of[sorted(doubted)].tolist()) | _carried(goods, "OF_PRODUCT", failed)
    for place, link in enumerate(moved.links.tolist()):
        told = [each for each in (link, *moved.alike.get(link, ())) if batch_of[each] >= 0]
        if told:
            none[place] = int(batch_of[told[0]]) in lawful
        else:
            none[place] = bool(goods.licensed[goods.giver[link]]) and int(goods.links.product[link]) not in doubtful
    return none


def _batches(goods: Goods, failed: Ints) -> tuple[set[int], set[int]]:
    """The batches that a licence holder gave first, less those in doubt; and all that are not known to be lawful."""
    table = goods.links
    moves = goods.moves[table.batch[goods.moves] >= 0]
    order = moves[np.lexsort((moves, table.started_earliest[moves]))]
    batch, first = np.unique(table.batch[order], return_index=True)
    given = set(batch[goods.licensed[goods.giver[order[first]]]].tolist())
    lawful = given - _carried(goods, "OF_BATCH", failed) - set(goods.goods[goods.made[:, 1]].tolist())
    return lawful, set(batch.tolist()) - lawful


def _failed(casefile: Casefile) -> Ints:
    """The samples that failed."""
    network = casefile.network()
    columns = casefile.store.property_columns(["result"])
    pairs = zip(columns["node"].tolist(), columns["value"].tolist(), strict=True)
    return np.array([network.position(node) for node, value in pairs if value in _BAD], np.int64)


def _carried(goods: Goods, kind: str, samples: Ints) -> set[int]:
    """The batches, or the products, that links of this kind say these samples are of."""
    table = goods.links
    lines = table.of_kinds(kind)
    lines = lines[np.isin(table.source[lines], samples)]
    codes = table.batch[lines] if kind == "OF_BATCH" else table.target[lines]
    return set(codes.tolist()) - {-1}
