"""Which accounts do many pay, or pay many, within some hours?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.investigations.pass_through_accounts import unknown_payments, window_of
from graphkit.model.answer import Column, Row

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.tracing.patterns.transfers import Transfers

WAYS: dict[str, tuple[str, str]] = {"fan-in": ("Gathered (fan-in)", "汇集"), "fan-out": ("Spread (fan-out)", "分散")}


def fan_accounts(casefile: Casefile, *, hours: float, count: int) -> Findings:
    """One row for each account, way and currency; the most accounts within one window first."""
    from graphkit.tracing.patterns.transfers import Transfers

    network = casefile.network()
    rows: list[Row] = []
    unknown = 0
    for way in WAYS:
        transfers = Transfers.of(network, inward=way == "fan-in")
        unknown = transfers.unknown
        rows += _rows(casefile, network, transfers, way, _fans(transfers, way, window_of(hours), count))
    rows.sort(key=lambda row: (-row["accounts"], row["id"], row["pattern"], row["currency"]))
    return Findings(rows, unknown_payments(unknown), revision=network.revision)


def _fans(transfers: Transfers, way: str, window: int, count: int) -> dict[int, tuple[int, set[int]]]:
    """All busy times of each purse as one: the most accounts in any window, and the arcs."""
    from graphkit.tracing.patterns.fans import fans

    found: dict[int, tuple[int, set[int]]] = {}
    for fan in fans(transfers, window, count, inward=way == "fan-in"):
        peak, arcs = found.get(fan.purse, (0, set[int]()))
        found[fan.purse] = max(peak, fan.peak), arcs | set(fan.arcs.tolist())
    return found


def _rows(
    casefile: Casefile, network: Network, transfers: Transfers, way: str, found: dict[int, tuple[int, set[int]]]
) -> list[Row]:
    import numpy as np

    from graphkit.network.payments import purse_of

    arcs = {purse: np.array(sorted(some), np.int64) for purse, (_, some) in found.items()}
    evidence = evidence_of(
        casefile.store, network, (link for some in arcs.values() for link in transfers.link[some].tolist())
    )
    rows: list[Row] = []
    for purse, (peak, _) in found.items():
        account, currency = purse_of(network, purse)
        once = transfers.once(arcs[purse])
        rows.append(
            {
                "id": network.ids[account],
                "pattern": way,
                "accounts": peak,
                "payments": len(once),
                "amount": int(transfers.cents[once].sum()) / 100.0,
                "currency": currency,
                "evidence": merged(evidence[link] for link in transfers.link[arcs[purse]].tolist()),
            }
        )
    return rows


FAN_ACCOUNTS = Analysis(
    id="fan_accounts",
    question_en="Which accounts do many pay, or pay many, within some hours?",
    question_zh="哪些账户在若干小时内由众多账户付入，或付给众多账户？",
    parameters=(
        Parameter("hours", "Within so many hours.", "在多少小时之内。", "number", 48, minimum=0, maximum=87_600),
        Parameter("count", "At least so many accounts.", "至少涉及多少个对方账户。", "integer", 4, minimum=2),
    ),
    columns=(
        Column("id", en="Account", zh="账户"),
        Column("pattern", en="Pattern", zh="模式", words=WAYS),
        Column("accounts", "integer", "accounts", "Accounts at once", "同期对方账户数"),
        Column("payments", "integer", "payments", "Payments", "笔数"),
        Column("amount", "number", "currency", "Amount", "金额"),
        Column("currency", en="Currency", zh="币种"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=fan_accounts,
    help_en=(
        "The payments of every window of so many hours that came from (or went to) at least so many accounts; accounts "
        "is the most in one window. A day without an hour may be any of its moments. Where rows disagree on an amount "
        "the least counts. `graphkit patterns` tells each time apart."
    ),
    help_zh=(
        "列出每个限时之内由至少这么多账户付入（或付给这么多账户）的付款；accounts 为同一时段内最多的账户数。"
        "只有日期的可为当天任一时刻。各行记载的金额不一时取最少。graphkit patterns 逐个时段列出。"
    ),
    method="Suzumura and Kanezashi (2021), AMLSim.",
    example="graphkit query fan_accounts --param count=5",
)
