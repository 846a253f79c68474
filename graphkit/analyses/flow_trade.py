"""Which of the goods that moved a plan is about: not licensed trade."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.analyses.flow_lawful import licensed_trade
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.analyses.strike_movements import Movements


def unlicensed(casefile: Casefile, moved: Movements) -> Movements:
    """These movements without licensed trade; all of them, with a note, where nothing else moved."""
    lawful = licensed_trade(casefile, moved)
    count = int(lawful.sum())
    if not count:
        return moved
    if lawful.all():
        told = say(
            "All that moved is licensed trade, and is counted for want of anything else.",
            "全部往来均为持证经营，因无其他往来而照计。",
        )
        return replace(moved, notes=(*moved.notes, told))
    told = say(
        f"Licensed trade is left out: {count} movements of goods that a licence holder gave first and that failed "
        "no test (--licensed counts them too).",
        f"不计持证经营：{count} 笔，货物最初由持证者供出，抽检无不合格（--licensed 可计入）。",
    )
    left = moved.chosen(~lawful)
    return replace(left, notes=(*left.notes, told))
