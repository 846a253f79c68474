"""A strike as asked for, checked as far as no data is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphkit.analyses.breaking.conditions import Wishes, check_budget
from graphkit.analyses.breaking.flow_parameters import asked_for
from graphkit.errors import RequestError
from graphkit.model.nodes import PARTY_KINDS


@dataclass(frozen=True)
class StrikeRequest:
    """The parameters, the conditions among them as `wishes`."""

    objective: str
    until: float | None
    wishes: Wishes
    targets: tuple[str, ...]
    kinds: tuple[str, ...]
    node_kinds: tuple[str, ...]
    without: tuple[str, ...]
    keep_detained: bool
    sequential: bool
    robust: int | None
    time_limit: float
    seed: int
    hub_size: int
    others: dict[str, Any]  # what only the objective flow asks for


_WISHES = ("budget", "limit", "cost", "must", "must_not", "together", "after")
_OWN = ("until", "targets", "kinds", "node_kinds", "without", "keep_detained", "sequential", "robust", "time_limit",
        "seed", "hub_size")  # fmt: skip
_HIT_IN_FLOW = {kind.lower() for kind in (*PARTY_KINDS, "Place", "Account", "SUPPLIED", "SHIPPED", "PAID")}


def request_of(objective: str | None, delivered: bool, **asked: Any) -> StrikeRequest:
    """The request. Raises RequestError.

    Without an objective the flow is meant where goods were `delivered`, or where something is asked of a flow only;
    not where what joins actors is chosen, or what nothing flows through is to be hit.
    """
    budget, until = asked["budget"], asked["until"]
    check_budget(budget, until)
    if until is not None and not 0 < until < 1:
        raise RequestError(
            f"--until is a share above 0 and below 1, not {until:g}.", f"--until 应大于 0 小于 1，而不是 {until:g}。"
        )
    others = {name: value for name, value in asked.items() if name not in (*_WISHES, *_OWN)}
    other = asked["node_kinds"] or asked["kinds"] or {kind.lower() for kind in asked["targets"]} - _HIT_IN_FLOW
    of_flow = asked_for(others) or (delivered and not other)
    chosen = objective or ("largest" if until is not None else "flow" if of_flow else "pairs")
    if until is not None and chosen == "pairs":
        raise RequestError(
            "--until asks for the fewest hits by the largest component: leave out --objective pairs, or give --budget.",
            "--until 按最大连通部分求最少打击：请去掉 --objective pairs，或改用 --budget。",
        )
    wishes = Wishes(**{name: asked[name] for name in _WISHES})
    return StrikeRequest(objective=chosen, wishes=wishes, others=others, **{name: asked[name] for name in _OWN})
