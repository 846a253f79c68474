"""The questions that graphkit answers, one module each."""

from __future__ import annotations

from graphkit.analyses.actors.grouping import GROUPS
from graphkit.analyses.actors.ranking import RANK
from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.breaking.strike import STRIKE
from graphkit.analyses.breaking.taking_out import WHAT_IF
from graphkit.analyses.dens.dens import DENS
from graphkit.analyses.goods.balance import BALANCE
from graphkit.analyses.goods.reconcile import RECONCILE
from graphkit.analyses.investigations.buyers_over_regions import BUYERS_OVER_REGIONS
from graphkit.analyses.investigations.fan_accounts import FAN_ACCOUNTS
from graphkit.analyses.investigations.onward_deliveries import ONWARD_DELIVERIES
from graphkit.analyses.investigations.pass_through_accounts import PASS_THROUGH_ACCOUNTS
from graphkit.analyses.investigations.patterns import PATTERNS_OF_MONEY
from graphkit.analyses.investigations.people_in_several_cases import PEOPLE_IN_SEVERAL_CASES
from graphkit.analyses.investigations.shared_identifiers import SHARED_IDENTIFIERS
from graphkit.analyses.investigations.suspects_near_seizure import SUSPECTS_NEAR_SEIZURE
from graphkit.analyses.investigations.waybills_between_regions import WAYBILLS_BETWEEN_REGIONS
from graphkit.analyses.lookup.files import FILES
from graphkit.analyses.lookup.links import LINKS
from graphkit.analyses.lookup.path import PATH
from graphkit.analyses.lookup.search import SEARCH
from graphkit.analyses.lookup.show import SHOW
from graphkit.analyses.lookup.stats import STATS
from graphkit.analyses.plain import plain
from graphkit.analyses.regions.flows import FLOWS
from graphkit.analyses.tracing.sources import SOURCES
from graphkit.analyses.tracing.trace import TRACE

# Each of these is also Cypher of the same name under cypher/investigate.
INVESTIGATIONS: tuple[Analysis, ...] = (
    SHARED_IDENTIFIERS, SUSPECTS_NEAR_SEIZURE, BUYERS_OVER_REGIONS, PASS_THROUGH_ACCOUNTS, PEOPLE_IN_SEVERAL_CASES,
    FAN_ACCOUNTS, ONWARD_DELIVERIES, WAYBILLS_BETWEEN_REGIONS,
)  # fmt: skip
ANALYSES: tuple[Analysis, ...] = (
    FILES,
    SEARCH,
    SHOW,
    LINKS,
    PATH,
    STATS,
    TRACE,
    SOURCES,
    BALANCE,
    RECONCILE,
    DENS,
    FLOWS,
    PATTERNS_OF_MONEY,
    RANK,
    GROUPS,
    STRIKE,
    WHAT_IF,
    *INVESTIGATIONS,
)

# Questions of the shape of a network alone, as functions of a Network or a networkx graph: `strike(graph, budget=5)`.
groups = plain(GROUPS)
rank = plain(RANK)
strike = plain(STRIKE)
what_if = plain(WHAT_IF)

__all__ = [
    "ANALYSES",
    "INVESTIGATIONS",
    "Analysis",
    "Casefile",
    "Findings",
    "Parameter",
    "groups",
    "plain",
    "rank",
    "strike",
    "what_if",
]
