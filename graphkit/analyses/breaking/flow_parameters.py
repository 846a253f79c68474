"""What only a strike against a flow is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkit.analyses.base import Parameter

_OF_FLOW = ("origins", "ends", "follow", "unit", "licensed", "period_from", "period_until")


def asked_for(given: Mapping[str, Any]) -> bool:
    """Whether anything is asked that only a flow has."""
    return any(given[name] for name in _OF_FLOW)


FLOW_PARAMETERS = (
    Parameter(
        "origins",
        "flow: where it comes from: names, kinds or roles; without it who gave and never received.",
        "flow：从何而来：名称、种类或角色；不给则为只给出而从未收到的。",
        many=True,
        metavar="NAME,…",
        spelled="from",
    ),
    Parameter(
        "ends",
        "flow: where it goes: names, kinds or roles; without it who received and never gave.",
        "flow：到何处去：名称、种类或角色；不给则为只收到而从未给出的。",
        many=True,
        metavar="NAME,…",
        spelled="to",
    ),
    Parameter("follow", "flow: of goods or of money.", "flow：货物或资金。", choices=("goods", "money")),
    Parameter(
        "licensed",
        "flow: count all licensed trade: without it lawful goods count only where somebody without a licence deals in "
        "them.",
        "flow：计入全部持证经营；不给时，合法来源的货物只在无证者经手倒卖时计入。",
        "flag",
        False,
    ),
    Parameter("unit", "flow: the unit or currency counted in.", "flow：计量单位或币种。", metavar="UNIT"),
    Parameter("period_from", "flow: what moved from this day on.", "flow：自此日起的往来。", metavar="TIME"),
    Parameter("period_until", "flow: what moved up to this day.", "flow：至此日止的往来。", metavar="TIME"),
    Parameter(
        "headroom",
        "flow: how many times what it did in the period a link or a go-between can carry.",
        "flow：联系和中间环节可承载该时段流量的多少倍。",
        "number",
        1.2,
        minimum=1,
        maximum=1000,
    ),
)
