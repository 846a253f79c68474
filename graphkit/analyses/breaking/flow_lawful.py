"""Which movements are licensed trade, so that a plan does not spend its hits on it; and which of them divert goods.

Goods are lawful where the first to give their batch holds a licence. They are not where the batch failed a test, or was
worked up at a place that nobody licensed runs: false goods pass through licensed hands too. That some was seized tells
nothing of the rest, for a raid takes all that there is. Lawful goods are diverted where somebody without a licence
deals in them: a licence holder who sells to him is his source. A patient, who gives nothing on, deals in nothing; a
firm of which no row tells a licence may hold one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.dens.goods import Goods
from graphkit.analyses.regions.sites import Sites

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.analyses.breaking.movements import Movements
    from graphkit.network.network import Network

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_BAD = ("fail", "counterfeit", "inferior")
_FIRM = re.compile(
    r"公司|集团|厂|店|药房|药行|医院|诊所|卫生院|门诊|中心|商行|经营部|合作社|站"
    r"|\b(?:co|ltd|inc|llc|plc|gmbh|company|pharmac\w*|chemists?|hospital|clinic|wholesale\w*|works|store)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Lawful:
    """Of movements of goods, shape (movements,) each: `licensed` those of licensed trade, `diverted` those of lawful
    goods in which somebody without a licence deals.
    """

    licensed: Mask
    diverted: Mask


def licensed_trade(casefile: Casefile, moved: Movements) -> Lawful:
    """Which of these movements of goods are licensed trade, and which are not because the goods are diverted."""
    network = casefile.network()
    goods = Goods(Sites.of(network, casefile.store))
    lawful = _of_lawful_goods(casefile, goods, moved)
    gave, took = moved.hands(network)
    holder = goods.licensed[goods.sites.group]
    person = np.zeros(len(network), bool)
    without = [each for each in np.unique((gave[lawful], took[lawful])).tolist() if not holder[each]]
    person[[each for each in without if _is_person(network, each)]] = True
    product = goods.product(goods.goods[moved.links]) + 1
    size = int(product.max(initial=0)) + 1
    deals = np.isin(took * size + product, gave * size + product)
    diverted = lawful & (person[gave] | (person[took] & deals))
    return Lawful(lawful & ~diverted, diverted)


def _is_person(network: Network, party: int) -> bool:
    """Whether this is no firm, as far as kind and name tell."""
    return network.kind_of(party) != "Company" and not _FIRM.search(network.name_of(party))


def _of_lawful_goods(casefile: Casefile, goods: Goods, moved: Movements) -> Mask:
    """Which of these movements are of lawful goods.

    One that is told without a batch is where its giver holds a licence and no batch of its product is in doubt.
    """
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
