"""How much got where, and what no record tells: arrays of deliveries in, bounds, conventions and ranges out."""

from __future__ import annotations

from graphkit.quantities.conventions import CONVENTIONS, convention
from graphkit.quantities.deliveries import MARKED, OPEN, UNMARKED, Deliveries
from graphkit.quantities.every import EveryBounds, exact_deliveries, exact_sums, leading_back
from graphkit.quantities.exact import exact_delivery, exact_stop, exact_sum
from graphkit.quantities.ground import Bounds
from graphkit.quantities.lacks import JointLack, Lack, lacks, lacks_together
from graphkit.quantities.ledger import Counts, Ledger
from graphkit.quantities.reconciliation import Explanation, Reconciliation, Weights
from graphkit.quantities.runs import Runs
from graphkit.quantities.supply import Shortage, least_unseen_supply
from graphkit.quantities.sweep import OuterBounds, outer_bounds

__all__ = [
    "CONVENTIONS",
    "MARKED",
    "OPEN",
    "UNMARKED",
    "Bounds",
    "Counts",
    "Deliveries",
    "EveryBounds",
    "Explanation",
    "JointLack",
    "Lack",
    "Ledger",
    "OuterBounds",
    "Reconciliation",
    "Runs",
    "Shortage",
    "Weights",
    "convention",
    "exact_deliveries",
    "exact_delivery",
    "exact_stop",
    "exact_sum",
    "exact_sums",
    "lacks",
    "lacks_together",
    "leading_back",
    "least_unseen_supply",
    "outer_bounds",
]
