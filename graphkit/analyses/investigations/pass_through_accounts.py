"""Which accounts pass on what they receive within some hours?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.network.network import Network
    from graphkit.network.payments import Payments

_MICROSECONDS = 1_000_000


def pass_through_accounts(casefile: Casefile, *, hours: float, share: float) -> Findings:
    """Each account that passed on at least this share of what it received; the greatest amount first."""
    network = casefile.network()
    found = passed_on(network, hours, share)
    return Findings(_rows(casefile, network, found), unknown_payments(found.unknown), revision=network.revision)


@dataclass(frozen=True, eq=False)
class PassedOn:
    """Purses (see `graphkit.network.payments.purse_of`) that pass on, each with its figures and the links behind them.

    The figures are, in hundredths: received, sent in time, of what was received at most passed on; then how many
    payments came in, and how many went out in time.
    """

    figures: dict[int, list[int]]
    links: dict[int, set[int]]
    unknown: int


def passed_on(network: Network, hours: float, share: float) -> PassedOn:
    """The purses that passed on, within so many hours each, at least this share of all that they received."""
    import numpy as np

    from graphkit.network.payments import followed, incoming, outgoing

    into, out = incoming(network), outgoing(network)
    sums, following = followed(into, out, window_of(hours))
    purses = np.unique(into.purse)
    table = np.stack(
        (
            _total(purses, into.purse, into.cents),
            _total(purses, out.purse, np.where(following, out.cents, 0)),
            _total(purses, into.purse, np.minimum(into.cents, sums)),
            _total(purses, into.purse, np.ones_like(into.cents)),
            _total(purses, out.purse, following.astype(np.int64)),
        ),
        axis=1,
    )
    passed = np.minimum(table[:, 1], table[:, 2])
    chosen = np.flatnonzero((passed > 0) & (passed / np.maximum(table[:, 0], 1) >= share))
    figures = dict(zip(purses[chosen].tolist(), table[chosen].tolist(), strict=True))
    return PassedOn(figures, _links(purses[chosen], (into, sums > 0), (out, following)), into.unknown)


def window_of(hours: float) -> int:
    """So many hours in microseconds, to the second."""
    return math.floor(hours * 3600 + 0.5) * _MICROSECONDS


def _total(purses: NDArray[np.int64], purse: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of the values of each of these purses."""
    import numpy as np

    kept = np.isin(purse, purses)
    sums = np.zeros(len(purses), np.int64)
    np.add.at(sums, np.searchsorted(purses, purse[kept]), values[kept])
    return sums


def _links(purses: NDArray[np.int64], *sides: tuple[Payments, NDArray[np.bool_]]) -> dict[int, set[int]]:
    """The links behind what came in and was passed on, and what passed it on, of each purse."""
    import numpy as np

    found: dict[int, set[int]] = {}
    for payments, marked in sides:
        for purse, link in zip(*payments.behind(marked & np.isin(payments.purse, purses)), strict=True):
            found.setdefault(int(purse), set()).add(int(link))
    return found


def _rows(casefile: Casefile, network: Network, found: PassedOn) -> list[Row]:
    from graphkit.network.payments import purse_of

    figures, links = found.figures, found.links
    accounts = {purse: purse_of(network, purse) for purse in figures}
    evidence = evidence_of(casefile.store, network, (link for some in links.values() for link in some))
    holders = holders_of(network, {account for account, _ in accounts.values()})
    rows = []
    for purse, (received, sent, covered, payments_in, payments_out) in figures.items():
        account, currency = accounts[purse]
        passed = min(sent, covered)
        rows.append(
            {
                "id": network.ids[account], "holders": network.ids.take(holders.get(account, ())),
                "currency": currency, "received": received / 100.0, "sent": sent / 100.0, "passed": passed / 100.0,
                "share": math.floor(passed / received * 10_000 + 0.5) / 10_000,
                "payments_in": payments_in, "payments_out": payments_out,
                "evidence": merged(evidence[link] for link in links[purse]),
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-row["passed"], row["id"], row["currency"]))


def holders_of(network: Network, accounts: Iterable[int]) -> dict[int, list[int]]:
    """Who holds each of these accounts, in the order of their ids."""
    kind, found = network.links.kind_code("HOLDS"), dict[int, list[int]]()
    for account in accounts:
        holders, links = network.into.of_node(account)
        found[account] = sorted(set(holders[network.links.kind[links] == kind].tolist()))
    return found


def unknown_payments(count: int) -> tuple[str, ...]:
    """A note on payments that no pattern can hold."""
    if not count:
        return ()
    return (
        say(
            f"Left out, for no row gives their time and amount: {count} payments.",
            f"因没有记载时间和金额而未计：{count} 笔付款。",
        ),
    )


PASS_THROUGH_ACCOUNTS = Analysis(
    id="pass_through_accounts",
    question_en="Which accounts pass on what they receive within some hours?",
    question_zh="哪些账户在若干小时内将所收款项转出？",
    parameters=(
        Parameter(
            "hours", "Passed on within so many hours.", "在多少小时之内转出。", "number", 48, minimum=0, maximum=87_600
        ),
        Parameter(
            "share", "At least this share of what was received.", "至少转出所收款项的这一比例。", "number", 0.8,
            minimum=0, maximum=1,
        ),
    ),
    columns=(
        Column("id", en="Account", zh="账户"),
        Column("holders", "list", "", "Holders", "户主"),
        Column("currency", en="Currency", zh="币种"),
        Column("received", "number", "currency", "Received", "收入"),
        Column("sent", "number", "currency", "Sent in time", "限时内转出"),
        Column("passed", "number", "currency", "Passed on", "过账金额"),
        Column("share", "number", "", "Share", "比例"),
        Column("payments_in", "integer", "payments", "Payments in", "收款笔数"),
        Column("payments_out", "integer", "payments", "Payments out", "限时内付款笔数"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=pass_through_accounts,
    help_en=(
        "An outgoing payment may pass on an incoming one where moments within their times allow it: at or after the "
        "receipt, at most so many hours later; a day without an hour may be any of its moments. Of one incoming "
        "payment at most its own amount is passed on, of all together at most what followed: the most that may have "
        "been. Where rows disagree, the least received and the most sent count. Money without a currency is CNY."
    ),
    help_zh=(
        "在两笔付款的时间范围内能选定时刻，使转出不早于收款且在限定小时之内，即可能为过账；"
        "只有日期的可为当天任一时刻。"
        "每笔收款至多过账其自身金额，合计不超过其后转出的总额：所列为可能过账的上限。"
        "各行记载不一时，收款取最少、付款取最多。未写币种的为人民币。"
    ),
    method="",
    example="graphkit query pass_through_accounts",
)  # fmt: skip
