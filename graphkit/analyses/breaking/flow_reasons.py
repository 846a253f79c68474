"""Why each target is in a plan against a flow, what would take its place, and how much stands on what is doubtful."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.reasons import who
from graphkit.breaking.flow.network import MaximumFlow
from graphkit.breaking.flow.task import network_of
from graphkit.tracing.walk.strength import doubtful, ungraded

if TYPE_CHECKING:
    from graphkit.analyses.breaking.flow_ground import FlowGround
    from graphkit.analyses.breaking.flow_targets import Targets
    from graphkit.breaking.flow.interdiction import Interdiction
    from graphkit.breaking.plan import Plan

_TRIED, _FEWEST = 200, 20  # candidates looked at for a substitute: each is a maximum flow
_WORK = 2_000_000  # arcs of all those flows together, from which on fewer are looked at
_NOTHING = 1e-9


class FlowReasons:
    """What flows under other sets of hits than the plan's, in the unit of the flow."""

    def __init__(self, flow: FlowGround, targets: Targets, problem: Interdiction, plan: Plan) -> None:
        self.flow, self.targets, self.problem, self.plan = flow, targets, problem, plan
        self.flows = _flows(problem)

    def rows(self, until: float) -> tuple[list[dict[str, Any]], int]:
        """For each target in order: what it takes away alone, what flows without it, its substitute, its successor.

        The names are those of `reasons.reasons`. Substitutes take longest and come last; once
        the clock has reached `until`, what is not worked out stays unknown; the second result is for how many.
        """
        found = [self._of(target, until) for target in self.plan.order]
        for done, (target, row) in enumerate(zip(self.plan.order, found, strict=True)):
            try:
                substitute, then = self._substitute(target, until)
            except KeyboardInterrupt:
                until = -np.inf
            if time.monotonic() > until:
                return found, len(found) - done
            if substitute is not None:
                row |= {**who("replaced_by", self.targets.ground, substitute), "replaced": round(then, 6)}
        return found, 0

    def gains(self, until: float) -> tuple[float, ...]:
        """What each hit takes away given those before it; where the search was stopped it was only guessed so far."""
        if not self.plan.truncated or time.monotonic() > until:
            return self.plan.gains
        left = [self._value(self.plan.order[:count]) for count in range(len(self.plan.order) + 1)]
        return tuple(float(gain) for gain in -np.diff(left))

    def _of(self, target: int, until: float) -> dict[str, Any]:
        ground, nobody = self.targets.ground, None
        row: dict[str, Any] = {"alone": None, "left_out": None, **who("replaced_by", ground, nobody), "replaced": None}
        row |= who("successor", ground, nobody)
        if time.monotonic() > until:
            return row
        successor = self.successor_of(target)
        return row | {
            "alone": round(self.plan.before - self._value((target,)), 6),
            "left_out": round(self._value(self._without(target)), 6),
            **who("successor", ground, successor),
        }

    def _without(self, target: int) -> tuple[int, ...]:
        return tuple(each for each in self.plan.order if each != target)

    def successor_of(self, target: int) -> int | None:
        """Who is not hit and has most suppliers and customers in common; of equal ones who has fewest others.

        None without any, and for what nobody can take over: a route, a place. A buyer succeeds only a buyer.
        """
        source, sink = self.flow.source, self.flow.target
        if target >= len(self.flow.nodes):
            return None
        supplied = sink[np.isin(source, source[sink == target])]
        supplying = source[np.isin(sink, sink[source == target])]
        common = np.bincount(np.concatenate((supplied, supplying)), minlength=len(self.flow.nodes))
        common[[target, *(each for each in self.plan.order if each < len(common))]] = 0
        if target not in self.flow.ends:
            common[self.flow.ends] = 0
        most = int(common.max(initial=0))
        among = np.flatnonzero(common == most)
        ties = np.bincount(np.concatenate((source, sink)), minlength=len(common))
        return int(among[np.argmin(ties[among])]) if most else None

    def after_successors(self) -> float:
        """What flows once successors carry all that those hit did, save what went from one of these to another."""
        taken_over = [each for each in self.plan.order if self.successor_of(each) is not None]
        capacity = self.flows.network.left(self._hit([each for each in self.plan.order if each not in taken_over]))
        gone = np.isin(self.flow.source, taken_over) & np.isin(self.flow.target, taken_over)
        capacity[self.flow.size + np.flatnonzero(gone)] = 0.0
        return round(float(self.flows.cut(capacity)[0]), 6)

    def standing(self) -> dict[str, Any]:
        """What the plan achieves where movements that only links graded below C3 tell of are left out.

        `links` counts the links graded so, `ungraded` those without a grade or graded F or 6; `share` is what part of
        the flow the plan takes away then, beside `share_with_all`.
        """
        table = self.flow.network.links
        told = np.array(self.flow.links(np.arange(len(self.flow.source))), np.int64)
        weak = set(told[doubtful(table, told)].tolist())
        before, value = self.plan.before, self.plan.value
        if weak:
            firm = self.flow.by(self.flow.moved.told_by(lambda link: link not in weak))
            flows = _flows(firm.problem(self.targets.parts, self.problem.conditions, 1.0, self.problem.seed))
            before, value = (flows.value(self._hit(some))[0] for some in ((), self.plan.order))
        return {
            "links": len(weak),
            "ungraded": int(ungraded(table, told).sum()),
            "before": round(before, 6),
            "value": round(value, 6),
            "share": _share(before, value),
            "share_with_all": _share(self.plan.before, self.plan.value),
        }

    def _substitute(self, target: int, until: float) -> tuple[int | None, float]:
        """The best target to hit in the stead of this one, and what flows then; None where no other takes any away.

        No hit takes away more than passed through it, in the flow that the other hits leave; so those who carried most
        are looked at first, until no other can be better.
        """
        rest = self._without(target)
        left_out = self._value(rest)
        carried = self.flows.network.of_targets(self.flows.parts())
        able = self.problem.conditions.allowed & (carried > _NOTHING)
        able[[target, *rest]] = False
        candidates = np.flatnonzero(able)
        best, least = None, left_out - _NOTHING
        tried = max(_FEWEST, min(_TRIED, _WORK // len(self.flows.network)))
        for each in candidates[np.argsort(-carried[candidates], kind="stable")][:tried].tolist():
            if left_out - carried[each] >= least or time.monotonic() > until:
                break
            if self.problem.conditions.fits((*rest, each)):
                value = self._value((*rest, each))
                best, least = (each, value) if value < least else (best, least)
        return best, least

    def _value(self, hit: Sequence[int]) -> float:
        return self.flows.value(self._hit(hit))[0]

    def _hit(self, hit: Sequence[int]) -> NDArray[np.bool_]:
        mask = np.zeros(self.flows.network.targets, bool)
        mask[list(hit)] = True
        return mask


def _flows(problem: Interdiction) -> MaximumFlow:
    return MaximumFlow(network_of(problem, np.arange(len(problem.conditions))))


def _share(before: float, value: float) -> float | None:
    return round(1 - value / before, 6) if before else None
