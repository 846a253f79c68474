"""What still flows when actors are taken out of the network, for sets that were chosen by other objectives too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.breaking.flow_ends import no_route
from graphkit.analyses.breaking.flow_ground import Asked, FlowGround, flow_ground
from graphkit.analyses.breaking.flow_targets import Targets, targets_of
from graphkit.analyses.parties.meant import meant
from graphkit.errors import GraphkitError, RequestError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.analyses.base import Casefile
    from graphkit.analyses.breaking.ground import Ground


class FlowWithout:
    """The flow beside a `ground` of actors and what joins them; hits are nodes of the ground."""

    def __init__(self, ground: Ground, flow: FlowGround, targets: Targets) -> None:
        from graphkit.breaking.flow.network import MaximumFlow
        from graphkit.breaking.flow.task import network_of
        from graphkit.breaking.problem import Conditions

        self.ground, self.flow, self.targets = ground, flow, targets
        conditions = Conditions.plain(len(targets.parts), 0.0)
        conditions.allowed[:] = targets.ground.target
        self.problem = flow.problem(targets.parts, conditions, 1.0, 1)
        self._flows = MaximumFlow(network_of(self.problem, np.arange(len(targets.parts))))
        self.before = self.left(())

    @property
    def unit(self) -> str:
        """The unit in which it is counted."""
        return self.flow.moved.unit

    def left(self, hit: Sequence[int]) -> float:
        """What flows once these nodes of the ground are out, and those who fall with them."""
        mask = np.zeros(self._flows.network.targets, bool)
        mask[self._targets(hit)] = True
        return round(self._flows.value(mask)[0], 6)

    def plan(self, budget: float, seconds: float, seed: int) -> tuple[int, ...]:
        """The best hits on the flow, as nodes of the ground."""
        from dataclasses import replace

        from graphkit.breaking.flow.interdiction import interdict

        conditions = replace(self.problem.conditions, budget=budget)
        found = interdict(replace(self.problem, conditions=conditions, time_limit=seconds, seed=seed))
        entities = [int(self.targets.ground.entity[each]) for each in found.order]
        nodes = [int(self.ground.node_of[each]) for each in entities if each >= 0]
        return tuple(dict.fromkeys(node for node in nodes if node >= 0))

    def _targets(self, hit: Sequence[int]) -> list[int]:
        """The targets of the flow that nodes of the ground are, or that routes among them stand for."""
        entities = np.flatnonzero(np.isin(self.ground.node_of, list(hit)) & (self.ground.node_of >= 0))
        found = set(self.targets.ground.node_of[entities].tolist()) - {-1}
        links = {int(link) for node in hit for link in self.ground.routes.get(node, ())}
        found |= {node for node, own in self.targets.ground.routes.items() if links & set(own.tolist())}
        return sorted(found)


def flow_without(
    casefile: Casefile, ground: Ground, kinds: Sequence[str], asked: Asked, without: NDArray[np.bool_]
) -> FlowWithout | GraphkitError:
    """The flow of what moved, or why there is none. `kinds` are those of targets, `without` is out beforehand."""
    try:
        flow = flow_ground(casefile, asked, without)
        found = FlowWithout(ground, flow, _targets_of(flow, kinds))
    except GraphkitError as error:
        return error
    return (
        found
        if found.before > 0
        else no_route(asked.origins, asked.ends, meant(casefile.store, casefile.network()).parties(without))
    )


def _targets_of(flow: FlowGround, kinds: Sequence[str]) -> Targets:
    """The targets of these kinds; everybody in the flow where none of the kinds is in it."""
    try:
        return targets_of(flow, kinds)
    except RequestError:
        return targets_of(flow, ())
