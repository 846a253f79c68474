"""Which payments make a pattern by which money is hidden: passed on, gathered, spread, or sent round?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.documents import booked_apart_note, repeats_note
from graphkit.analyses.investigations.fan_accounts import unknown_ends
from graphkit.analyses.investigations.pass_through_accounts import holders_of, passed_on, unknown_payments, window_of
from graphkit.analyses.told_apart import told_apart
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.tracing.patterns.transfers import Transfers

PATTERNS: dict[str, tuple[str, str]] = {
    "pass-through": ("Passed on", "过账"),
    "fan-in": ("Gathered (fan-in)", "汇集"),
    "fan-out": ("Spread (fan-out)", "分散"),
    "cycle": ("Sent round (cycle)", "回流"),
}

FANS = ("fan-in", "fan-out")
_DECIDES = {"pass-through": "--share", "fan-in": "--count", "fan-out": "--count", "cycle": "--share"}
_LOOK = 100_000_000  # arcs looked at, in about a second, to tell what other options would find


@dataclass(frozen=True, eq=False)
class _Found:
    """One pattern: the purse at its centre, the other accounts, the payments' links, and its figures."""

    pattern: str
    purse: int
    accounts: tuple[int, ...]
    links: tuple[int, ...]
    cents: int
    payments: int
    share: float | None = None
    round: tuple[int, ...] = ()  # the payments of one round of a cycle, in order


def patterns(
    casefile: Casefile, *, pattern: tuple[str, ...], hours: float, share: float, count: int, hops: int, any_order: bool,
    limit: int,
) -> Findings:  # fmt: skip
    """One row a pattern: the patterns in the order of PATTERNS, of each the greatest amount first."""
    import numpy as np

    from graphkit.tracing.patterns.transfers import Transfers

    network = casefile.network()
    wanted = _known(pattern)
    transfers = Transfers.of(network)
    notes = [*unknown_payments(transfers.unknown), *repeats_note(network, transfers.link.tolist())]
    names, apart = network.links.ids, told_apart(casefile.store, network, np.unique(transfers.link))
    again = {other for _, other in apart}
    notes += booked_apart_note((names[one], names[other]) for one, other in apart)
    found: list[_Found] = []
    if "pass-through" in wanted:
        found += _passing(network, hours, share)
    nobodys = 0
    for name in (name for name in FANS if name in wanted):
        fans, left = _fans(network, name, window_of(hours), count)
        found += fans
        nobodys += left
    notes += unknown_ends(nobodys)
    if "cycle" in wanted:
        rounds, cut = _cycles(transfers, window_of(hours), hops, share, any_order)
        found += rounds
        notes += _given_up() if cut else ()
        if not (rounds or cut):
            notes += _uneven(transfers, window_of(hours), hops, share, any_order)
    shown, more = _shown(found, limit)
    return Findings(
        _rows(casefile, network, shown, again),
        (*notes, *_missing(transfers, wanted, found), *more),
        revision=network.revision,
    )


def _known(given: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns asked for, all where none is named. Raises RequestError for one that there is not."""
    asked = tuple(name.lower().replace("_", "-") for name in given)
    for name in asked:
        if name not in PATTERNS:
            near = difflib.get_close_matches(name, PATTERNS, n=1)
            listed = ", ".join(PATTERNS)
            hint, zh = (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")
            raise RequestError(
                f"There is no pattern {name}; there are {listed}.{hint}", f"没有模式 {name}；可选 {listed}。{zh}"
            )
    return asked or tuple(PATTERNS)


def _passing(network: Network, hours: float, share: float) -> Iterator[_Found]:
    """The accounts that pass on, as the query pass_through_accounts finds them."""
    found = passed_on(network, hours, share)
    for purse, (received, sent, covered, payments_in, payments_out) in found.figures.items():
        passed, links = min(sent, covered), tuple(sorted(found.links[purse]))
        yield _Found("pass-through", purse, (), links, passed, payments_in + payments_out, passed / received)


def _fans(network: Network, name: str, window: int, count: int) -> tuple[list[_Found], int]:
    """The fans, and how many payments count for none: nobody is at their other end."""
    from graphkit.tracing.patterns.counterparties import with_known_ends
    from graphkit.tracing.patterns.fans import fans
    from graphkit.tracing.patterns.transfers import Transfers

    inward, found = name == "fan-in", list[_Found]()
    transfers, party, left = with_known_ends(network, Transfers.of(network, inward), inward)
    other = transfers.tail if inward else transfers.head
    for fan in fans(transfers, window, count, inward, party):
        parties = tuple(transfers.purses[sorted(set(other[fan.arcs].tolist()))].tolist())
        once, links = transfers.once(fan.arcs), tuple(transfers.link[fan.arcs].tolist())
        found.append(_Found(name, fan.purse, parties, links, int(transfers.cents[once].sum()), len(once)))
    return found, left


def _cycles(transfers: Transfers, window: int, hops: int, share: float, any_order: bool) -> tuple[list[_Found], bool]:
    """The cycles by the accounts they go through: rounds of the same accounts in the same order are one row."""
    from graphkit.tracing.patterns.cycles import Wanted, cycles

    searched = cycles(transfers, Wanted(window, hops, share, any_order))
    rounds: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for arcs in searched.arcs:
        purses = transfers.purses[transfers.tail[list(arcs)]].tolist()
        least = purses.index(min(purses))
        rounds.setdefault((*purses[least:], *purses[:least]), []).append(arcs)
    return [_round(transfers, cycle) for cycle in rounds.values()], searched.cut


def _uneven(transfers: Transfers, window: int, hops: int, share: float, any_order: bool) -> tuple[str, ...]:
    """Where money went round in amounts less alike than was asked for: with which share it would be found."""
    from graphkit.tracing.patterns.cycles import Wanted, cycles

    rounds = cycles(transfers, Wanted(window, hops, 0.0, any_order, work=_LOOK)).arcs if share > 0 else ()
    if not rounds:
        return ()
    amounts = [transfers.cents[list(arcs)] for arcs in rounds]
    nearest = int(max(float(some.min() / some.max()) for some in amounts) * 100) / 100
    return (
        say(
            f"Money does go round, but in payments less alike than --share {share:g}: with --share {nearest:g} a cycle "
            "is found.",
            f"资金确有回流，但各笔金额之比低于 --share {share:g}：改为 --share {nearest:g} 可列出。",
        ),
    )


def _round(transfers: Transfers, cycle: list[tuple[int, ...]]) -> _Found:
    """All payments of the rounds; amount and share are those of the one that sent the most all the way round."""
    amounts = [transfers.cents[list(arcs)] for arcs in cycle]
    best = max(range(len(cycle)), key=lambda i: (int(amounts[i].min()), -i))
    purses = transfers.purses[transfers.tail[list(cycle[best])]].tolist()
    links = tuple(dict.fromkeys(transfers.link[[arc for arcs in (cycle[best], *cycle) for arc in arcs]].tolist()))
    least, most = int(amounts[best].min()), int(amounts[best].max())
    way = tuple(transfers.link[list(cycle[best])].tolist())
    return _Found("cycle", purses[0], tuple(purses), links, least, len(links), least / most, way)


def _shown(found: list[_Found], limit: int) -> tuple[list[_Found], list[str]]:
    """The first of each pattern, and notes on how many there were."""
    shown, notes = [], []
    for name in PATTERNS:
        mine = sorted(
            (one for one in found if one.pattern == name), key=lambda one: (-one.cents, one.purse, one.accounts)
        )
        shown += mine[:limit]
        if len(mine) > limit:
            notes.append(
                say(
                    f"{name}: the {limit} of greatest amount of {len(mine)}; --limit shows more.",
                    f"{PATTERNS[name][1]}：共 {len(mine)} 个，列出金额最大的 {limit} 个；--limit 可多列。",
                )
            )
    return shown, notes


def _missing(transfers: Transfers, wanted: tuple[str, ...], found: list[_Found]) -> Iterator[str]:
    """Which patterns were looked for and not found, and in how many payments."""
    if not len(transfers.link):
        yield say(
            "There are no payments with a time and an amount to look at.", "没有带时间和金额的付款可供查找。"
        )  # fmt: skip
        return
    none = [name for name in wanted if not any(one.pattern == name for one in found)]
    if none:
        count = len(set(transfers.link.tolist()))
        named, zh = ", ".join(none), "、".join(PATTERNS[name][1] for name in none)
        decide = list(dict.fromkeys(_DECIDES[name] for name in none))
        yield say(
            f"None found in {count} payments: {named}. More --hours, or a lesser {' or '.join(decide)}, look further.",
            f"在 {count} 笔付款中未发现：{zh}。可加大 --hours 或减小 {'、'.join(decide)} 再查。",
        )


def _given_up() -> tuple[str, ...]:
    return (
        say(
            "Too many ways to go on from some payments: not every cycle was found. Fewer --hours or --hops, or a "
            "greater --share, make the search whole.",
            "部分付款的后续过多，未能找全回流：减小 --hours 或 --hops，或提高 --share，可完整搜索。",
        ),
    )


def _rows(casefile: Casefile, network: Network, found: list[_Found], again: set[int]) -> list[Row]:
    """The rows of these patterns; links of `again` may tell of another link's payment a second time."""
    from graphkit.network.payments import purse_of

    evidence = evidence_of(casefile.store, network, (link for one in found for link in one.links))
    accounts = [purse_of(network, one.purse) for one in found]
    holders = holders_of(network, {account for account, _ in accounts})
    return [
        {
            "pattern": one.pattern,
            "id": network.ids[account],
            "holders": network.ids.take(holders[account]),
            "accounts": network.ids.take(purse_of(network, purse)[0] for purse in one.accounts),
            **_counted(network, one, again),
            "currency": currency,
            "share": None if one.share is None else int(one.share * 10_000 + 0.5) / 10_000,
            **_when(network, one.links),
            "links": network.links.ids.take(one.round),
            "evidence": merged(evidence[link] for link in one.links),
        }
        for one, (account, currency) in zip(found, accounts, strict=True)
    ]


def _counted(network: Network, found: _Found, again: set[int]) -> Row:
    """How many payments of how much: without those that may be told a second time, and with them where there are such.

    What went all the way round in a cycle is that of one round, whichever of two payments went by.
    """
    unsure = sorted(again.intersection(found.links))
    amounts = () if found.pattern == "cycle" else network.links.amount_min[unsure].tolist()
    least = max(0, found.cents - sum(round(amount * 100) for amount in amounts))
    return {
        "payments": found.payments - len(unsure),
        "payments_max": found.payments if unsure else None,
        "amount": least / 100.0,
        "amount_max": found.cents / 100.0 if least < found.cents else None,
    }


def _when(network: Network, links: tuple[int, ...]) -> Row:
    from graphkit.analyses.times import iso

    table = network.links
    return {
        "earliest": iso(min(int(table.started_earliest[link]) for link in links)),
        "latest": iso(max(int(table.started_latest[link]) for link in links)),
    }


PATTERNS_OF_MONEY = Analysis(
    id="patterns",
    question_en="Which payments make a pattern by which money is hidden?",
    question_zh="哪些付款构成过账、汇集、分散、回流等资金模式？",
    parameters=(
        Parameter(
            "pattern", "Which: pass-through, fan-in, fan-out, cycle; all where left out.",
            "哪些模式：pass-through 过账、fan-in 汇集、fan-out 分散、cycle 回流；不写为全部。", many=True,
        ),
        Parameter(
            "hours", "Within so many hours: passed on, gathered, spread, or round.", "在多少小时之内。", "number", 48,
            minimum=0, maximum=87_600,
        ),
        Parameter(
            "share", "At least this share is passed on; in a cycle, the least payment of the greatest.",
            "至少转出的比例；回流中为最小一笔与最大一笔之比。", "number", 0.8, minimum=0, maximum=1,
        ),
        Parameter(
            "count", "Fan-in and fan-out: at least so many accounts.", "汇集、分散至少涉及多少个对方账户。", "integer",
            4, minimum=2,
        ),
        Parameter("hops", "Cycles of at most so many payments.", "回流最多几笔。", "integer", 6, minimum=2, maximum=12),
        Parameter(
            "any_order", "Cycles whose payments are in any order, within the hours.",
            "回流各笔不论先后，只须在限时之内。", "flag", False,
        ),
        Parameter(
            "limit", "Show at most so many of each pattern.", "每种模式最多列出多少个。", "integer", 1000, minimum=1
        ),
    ),
    columns=(
        Column("pattern", en="Pattern", zh="模式", words=PATTERNS),
        Column("id", en="Account", zh="账户"),
        Column("holders", "list", "", "Holders", "户主"),
        Column("accounts", "list", "", "Other accounts", "相关账户"),
        Column("payments", "integer", "payments", "Payments", "笔数"),
        Column("payments_max", "integer", "payments", "Payments, most", "笔数，最多"),
        Column("amount", "number", "currency", "Amount", "金额"),
        Column("amount_max", "number", "currency", "Amount, most", "金额，最多"),
        Column("currency", en="Currency", zh="币种"),
        Column("share", "number", "", "Share", "比例"),
        Column("earliest", en="Earliest", zh="最早"),
        Column("latest", en="Latest", zh="最晚"),
        Column("links", "list", "", "Payments of one round", "一轮各笔付款"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=patterns,
    help_en=(
        "pass-through: accounts that may have passed on, within --hours of receiving it, at least --share of all that "
        "ever came in; amount is how much, share what part of all. fan-in, fan-out: a time in which within --hours "
        "payments came from (went to) at least --count accounts; windows without a gap between them are one row; "
        "amount is the sum. cycle: payments in order "
        "of time, each by the account that the one before paid, back to the first, which is id, all within --hours; "
        "accounts gives the way round; no payment is below --share of the greatest, amount is the least. Rounds "
        "through the same accounts are one row, with all their payments; amount and share are those of the round that "
        "sent the most, whose payments links names in order. Moments can be chosen within the payments' times; a day "
        "is all its hours. Where rows disagree the least amount counts; a payment that two files may tell of at two "
        "times counts in payments_max and amount_max only. Money without a currency is CNY; currencies "
        "are kept apart."
    ),
    help_zh=(
        "过账：收入后 --hours 小时内可能转出的，达到全部收入 --share 的账户；"
        "amount 为其金额，share 为占全部收入的比例。"
        "汇集、分散：在 --hours 之内有至少 --count 个账户付入（或收款）的时段，前后相接的时段合为一行，amount 为合计。"
        "回流：按时间先后，每笔由前一笔的收款账户付出，最后回到最初的账户（id），全程在 --hours 之内；"
        "accounts 为所经账户；各笔不低于最大一笔的 --share，amount 为最小一笔。"
        "经过相同账户的各轮合为一行，列出全部付款，金额和比例取回流最多的一轮，links 依次列出该轮各笔付款。"
        "时间可在各笔付款的时间范围内选定，只有日期的按全天计。"
        "各行记载不一时取最少金额；两个文件可能以不同时间记载的同一笔，只计入 payments_max 和 amount_max。"
        "未写币种的为人民币，不同币种分开计算。"
    ),
    method=(
        "Cycles: Kumar and Calders (2018), 2SCENT: an efficient algorithm to enumerate all simple temporal cycles; "
        "Blanuša, Atasu, Ienne (2023), Fast parallel algorithms for enumeration of simple, temporal, and "
        "hop-constrained cycles. Patterns: Suzumura and Kanezashi (2021), AMLSim."
    ),
    example="graphkit patterns --pattern cycle,fan-in --hours 72",
)  # fmt: skip
