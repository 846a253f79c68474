"""What came in unseen, for the stocks that lack most, under several weightings of what may have happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from graphkit.network.connected import connected
from graphkit.quantities.deliveries import Ints
from graphkit.quantities.lacks import JointLack, Lack, lacks, lacks_together
from graphkit.quantities.ledger import Ledger
from graphkit.quantities.reconciliation import Reconciliation, Weights

# What may have happened, and how dear it is against unseen supply (10 a usual movement; see Weights). The weights
# decide the story, so that none of them is left out.
WEIGHTINGS: dict[str, Weights] = {
    "supply": Weights(10.0, None, False),
    "moves": Weights(10.0, 5.0, False),
    "cheap_moves": Weights(10.0, 1.0, False),
    "corrections": Weights(10.0, None, True),
    "moves_and_corrections": Weights(10.0, 5.0, True),
    "cheap_moves_and_corrections": Weights(10.0, 1.0, True),
}


@dataclass(frozen=True)
class Found:
    """Of one stock under one weighting: what came in from outside the records, and all that came in unseen."""

    stock: int
    weighting: str
    supply: tuple[float, float]
    entered: tuple[float, float]


def families(ledger: Ledger) -> Ints:
    """Which stocks hang together, by goods that records, passages or unseen moves may turn into one another: (stocks,).

    >>> from graphkit.quantities import Deliveries
    >>> families(Ledger.of_deliveries(Deliveries.of(4, [0], [1], [5], [1]), group=[0, 0, 1, -1])).tolist()
    [0, 0, 1, 2]
    """
    records, groups = ledger.stocks + ledger.record, ledger.stocks + ledger.records + ledger.group
    grouped = np.flatnonzero(ledger.group >= 0)
    ends = (
        np.concatenate((ledger.stock, grouped, ledger.passages[:, 0])),
        np.concatenate((records, groups[grouped], ledger.passages[:, 1])),
    )
    size = ledger.stocks + ledger.records + int(ledger.group.max(initial=-1)) + 1
    found: Ints = np.unique(connected(size, *ends)[: ledger.stocks], return_inverse=True)[1].astype(np.int64)
    return found


def shortlisted(ledger: Ledger, chosen: Ints, first: set[int], last: set[int], limit: int) -> list[Lack]:
    """The greatest lack of each of these stocks, by how many usual movements it amounts to; at most so many.

    Those of `last` come after all others, those of `first` before.
    """
    wanted = set(chosen.tolist())
    greatest: dict[int, Lack] = {}
    for each in lacks(ledger):
        known = greatest.get(each.stock)
        if wanted.intersection(each.stocks) and (known is None or each.amount > known.amount):
            greatest[each.stock] = each
    size = {stock: each.amount / float(ledger.usual[stock]) for stock, each in greatest.items()}
    order = sorted(greatest.values(), key=lambda each: _order(each, first, last, size))
    return order[:limit]


def _order(lack: Lack, first: set[int], last: set[int], size: dict[int, float]) -> tuple[bool, bool, float, int]:
    return last.issuperset(lack.stocks), first.isdisjoint(lack.stocks), -size[lack.stock], lack.stock


def ranges(ledger: Ledger, short: list[Lack], slack: float) -> Iterator[Found]:
    """For each of these stocks and each weighting the ranges over all explanations that are nearly as cheap as the
    cheapest: that cost more by at most this share of what the stock's own lack would cost.
    """
    family = families(ledger)
    for one in sorted({int(family[lack.stock]) for lack in short}):
        part, members, _ = ledger.of_stocks(family == one)
        place = {stock: i for i, stock in enumerate(members.tolist())}
        for name, weights in WEIGHTINGS.items():
            program = Reconciliation(part, weights)
            for lack in [lack for lack in short if lack.stock in place]:
                stocks = [place[stock] for stock in lack.stocks]
                more = slack * weights.supply * lack.amount / float(ledger.usual[lack.stock])
                entered = program.lack_range(*stocks, more=more)
                supply = entered if weights.moves is None else program.supply_range(*stocks, more=more)
                yield Found(lack.stock, name, supply, entered)


def together(ledger: Ledger, chosen: Ints) -> list[JointLack]:
    """What goods lack as a whole however they moved unseen, where any of the chosen stocks is concerned."""
    family = families(ledger)
    part, members, entries = ledger.of_stocks(np.isin(family, np.unique(family[chosen])))
    known = np.isin(members, chosen)
    return [
        replace(
            each, stocks=tuple(members[list(each.stocks)].tolist()), entries=tuple(entries[list(each.entries)].tolist())
        )
        for each in lacks_together(part)
        if known[list(each.stocks)].any()
    ]
