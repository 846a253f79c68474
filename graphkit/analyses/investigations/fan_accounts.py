"""Which accounts do many pay, or pay many, within some hours?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.investigations.pass_through_accounts import unknown_payments, window_of
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.tracing.patterns.fans import Fan
    from graphkit.tracing.patterns.transfers import Transfers

WAYS: dict[str, tuple[str, str]] = {"fan-in": ("Gathered (fan-in)", "汇集"), "fan-out": ("Spread (fan-out)", "分散")}


def fan_accounts(casefile: Casefile, *, hours: float, count: int) -> Findings:
    """One row for each account, way and currency; the most accounts within one window first."""
    from graphkit.tracing.patterns.counterparties import with_known_ends
    from graphkit.tracing.patterns.fans import busiest
    from graphkit.tracing.patterns.transfers import Transfers

    network = casefile.network()
    rows: list[Row] = []
    unknown = nobodys = 0
    for way in WAYS:
        inward = way == "fan-in"
        transfers, party, left = with_known_ends(network, Transfers.of(network, inward), inward)
        unknown, nobodys = transfers.unknown, nobodys + left
        rows += _rows(casefile, network, transfers, way, busiest(transfers, window_of(hours), count, inward, party))
    rows.sort(key=lambda row: (-row["accounts"], row["id"], row["pattern"], row["currency"]))
    return Findings(rows, (*unknown_payments(unknown), *unknown_ends(nobodys)), revision=network.revision)


def unknown_ends(count: int) -> tuple[str, ...]:
    """A note on payments that count for no fan, for nobody is at their other end."""
    if not count:
        return ()
    return (
        say(
            f"Counted for no fan-in or fan-out, for no row names whom they came from or went to (cash, fees): {count} "
            "payments.",
            f"未计入汇集、分散，因没有记载对方（如现金、手续费）：{count} 笔付款。",
        ),
    )


def _rows(casefile: Casefile, network: Network, transfers: Transfers, way: str, found: Iterable[Fan]) -> list[Row]:
    from graphkit.network.payments import purse_of

    fans = list(found)
    links = {fan.purse: transfers.link[fan.arcs].tolist() for fan in fans}
    evidence = evidence_of(casefile.store, network, (link for some in links.values() for link in some))
    rows: list[Row] = []
    for fan in fans:
        account, currency = purse_of(network, fan.purse)
        once = transfers.once(fan.arcs)
        rows.append(
            {
                "id": network.ids[account],
                "pattern": way,
                "accounts": fan.peak,
                "payments": len(once),
                "amount": int(transfers.cents[once].sum()) / 100.0,
                "currency": currency,
                "evidence": merged(evidence[link] for link in links[fan.purse]),
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
        "The window of so many hours in which payments came from (or went to) the most accounts, if so many; of "
        "several the one with the most money, then the earliest; all figures are those of that window. Payments to one "
        "who is named without an account's number are to one account; cash and fees are nobody's and do not count. A "
        "day without an hour may be any of its moments. Where rows disagree on an amount "
        "the least counts. `graphkit patterns` tells each time apart."
    ),
    help_zh=(
        "列出付入（或收款）账户最多的一个时段，须达到这么多账户；并列时取金额最大者，再取最早者；各项数字均为该时段内的。"
        "只有户名没有账号的，同一户名按一个账户计；现金、手续费不属任何账户，不计。"
        "只有日期的可为当天任一时刻。各行记载的金额不一时取最少。graphkit patterns 逐个时段列出。"
    ),
    method="Suzumura and Kanezashi (2021), AMLSim.",
    example="graphkit query fan_accounts --param count=5",
)
