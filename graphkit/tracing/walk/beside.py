"""Which states of a trace go along flows, and from which a tie can lead on: asked of many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import BATCH, PRODUCT
from graphkit.tracing.request import ANY, ENDED, FLOW_OF, MONEY, TIE_OF
from graphkit.tracing.walk.compiled import FLOWS, STARTS
from graphkit.tracing.walk.finds import WITH
from graphkit.tracing.walk.steps import NO_HOLDERS
from graphkit.tracing.walk.things import SEEN
from graphkit.tracing.walk.ways import Mask, Ways

_OF_GOODS = (TIE_OF[ANY], "DONE_AT", "INPUT_OF", "OUTPUT_AS", "TRANSFORMED_INTO", SEEN, *WITH)


class Beside:
    """What there is beside flows in the network of some ways."""

    def __init__(self, ways: Ways) -> None:
        self.ways, network = ways, ways.network
        self._own = np.array([kind in NO_HOLDERS for kind in network.kinds])
        self._of_goods = ways.codes(_OF_GOODS)
        self._same = ways.same is not None and len(ways.same.node) > 0
        self._coded = bool(len(network.goods.others)) or bool({BATCH.name, PRODUCT.name} & set(network.kinds))

    def one_state(self, carried: NDArray[Any]) -> bool:
        """Whether each entity can have but one state in a trace that begins with these."""
        if len(np.unique(carried)) != 1 or carried[0] <= ENDED:
            return False
        return bool(carried[0] != ANY) or not (self._coded or self._of_goods or self._same or self._own.any())

    def marks(self, node: NDArray[Any], carried: NDArray[Any], begun: bool, sure: Mask) -> NDArray[np.uint8]:
        """Which of these states flows lead on from, as `compiled` marks them; `begun` says that they are the start,
        `sure` which of them stand for whatever there ever was: of these no step is weak.
        """
        if begun:
            flows = carried != ENDED
        elif self.ways.request.lots_only:
            flows = (carried < ANY) & (carried != ENDED)
        else:
            flows = carried != ENDED
        if self._own.any():
            flows &= (carried < ANY) | ~self._own[self.ways.network.kind[node]]
        marks: NDArray[np.uint8] = np.where(flows, FLOWS | np.where(sure | begun, STARTS, 0), 0).astype(np.uint8)
        return marks

    def tied(self, node: NDArray[Any], carried: NDArray[Any]) -> NDArray[np.int64]:
        """From which of these states a tie may lead on: places among them."""
        found = np.zeros(len(node), bool)
        for medium in FLOW_OF:
            mine = np.flatnonzero(carried == medium)
            if len(mine) and (codes := self.ways.codes((TIE_OF[medium],))):
                found[mine] = self._has(node[mine], codes)
            if medium == MONEY:
                found[mine] |= self._is_tied(node[mine])
        mine = np.flatnonzero((carried >= ANY) | (carried == ENDED))
        if len(mine) and (self._of_goods or self._same or self._own.any()):
            found[mine] = self._goods(node[mine], carried[mine])
        return np.flatnonzero(found)

    def _goods(self, node: NDArray[Any], carried: NDArray[Any]) -> Mask:
        """Where goods are that a tie may lead on: by the entity, or by the lot that is carried."""
        network, found = self.ways.network, np.zeros(len(node), bool)
        if self._own.any():
            found |= self._own[network.kind[node]]
        if self._of_goods:
            found |= self._has(node, self._of_goods)
            lots = np.flatnonzero((carried >= 0) & (carried < len(network)))
            found[lots] |= self._has(carried[lots], self._of_goods)
        return found | self._is_tied(node)

    def _is_tied(self, node: NDArray[Any]) -> Mask:
        """Which of these entities rows show to be others too."""
        if self.ways.same is None:
            return np.zeros(len(node), bool)
        return np.isin(node, self.ways.same.node)

    def _has(self, node: NDArray[Any], codes: list[int]) -> Mask:
        return self.ways.network.ahead.has(node, codes) | self.ways.network.behind.has(node, codes)
