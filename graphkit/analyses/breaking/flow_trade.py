"""Which of the goods that moved a plan is about: not licensed trade, but what is diverted from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.breaking.flow_lawful import licensed_trade
from graphkit.model.language import say
from graphkit.model.units import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.analyses.base import Casefile
    from graphkit.analyses.breaking.movements import Mask, Movements
    from graphkit.network.network import Network

_NAMED = 5


def unlicensed(casefile: Casefile, moved: Movements) -> Movements:
    """These movements without licensed trade; all of them, with a note, where nothing else moved."""
    lawful = licensed_trade(casefile, moved)
    if not lawful.licensed.any():
        return replace(moved, notes=(*moved.notes, *_diverted(casefile.network(), moved, lawful.diverted)))
    if lawful.licensed.all():
        told = say(
            "All that moved is licensed trade, and is counted for want of anything else.",
            "全部往来均为持证经营，因无其他往来而照计。",
        )
        return replace(moved, notes=(*moved.notes, told))
    much, count = _much(moved, lawful.licensed), int(lawful.licensed.sum())
    told = say(
        f"Licensed trade is left out: {count} movements, {much}, of goods that a licence holder gave first and that "
        "failed no test, between firms or to who gives nothing on (--licensed counts them too).",
        f"不计持证经营：{count} 笔，共 {much}，货物最初由持证者供出，抽检无不合格，"
        "在单位之间往来或售予不再转手者（--licensed 可计入）。",
    )
    left = moved.chosen(~lawful.licensed)
    return replace(left, notes=(*left.notes, told, *_diverted(casefile.network(), moved, lawful.diverted)))


def _diverted(network: Network, moved: Movements, diverted: Mask) -> Iterator[str]:
    """That lawful goods count where somebody without a licence deals in them, and which licence holders sold them."""
    if not diverted.any():
        return
    gave, took = moved.hands(network)
    sellers = gave[diverted & ~np.isin(gave, took[diverted])]
    most = np.bincount(sellers, moved.quantity[diverted & ~np.isin(gave, took[diverted])], len(network))
    ranked = sorted(np.unique(sellers).tolist(), key=lambda each: (-most[each], each))
    more = len(ranked) - _NAMED
    names = [network.name_of(each) for each in ranked[:_NAMED]]
    rest, rest_zh = (f" and {more} more", f" 等 {len(ranked)} 个") if more > 0 else ("", "")
    much, count = _much(moved, diverted), int(diverted.sum())
    yield say(
        f"Counted, for lawful goods are dealt in without a licence: {count} movements, {much}, that came from "
        f"{', '.join(names)}{rest}.",
        f"已计入无证经营的合法来源货物：{count} 笔，共 {much}，来自 {'、'.join(names)}{rest_zh}。",
    )


def _much(moved: Movements, chosen: Mask) -> str:
    """How much these movements carried, in the language in use."""
    return f"{float(moved.quantity[chosen].sum()):.12g} {called(moved.unit)}".strip()
