"""What goods and money flow between regions, in which period?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.documents import booked_apart_note, declared_wrong_note, doubtful_note, repeats_note
from graphkit.analyses.limits import followed
from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.period import moment
from graphkit.analyses.told_apart import told_apart
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.regions import LEVELS, full_name, roll_up

if TYPE_CHECKING:
    from graphkit.analyses.regions.ends import Divisions
    from graphkit.analyses.regions.sites import Sites
    from graphkit.network.network import Network

UNKNOWN = "unknown"
PERIODS = ("all", "year", "quarter", "month")
_WORDS = {UNKNOWN: ("unknown", "不详"), "all": ("all", "全部")}
WHAT: dict[str, tuple[str, str]] = {"goods": ("Goods", "货物"), "money": ("Money", "资金")}
_Key = tuple[str, str, str, str, str, str]  # what, from, to, period, product, unit


@dataclass(frozen=True)
class _Moved:
    """One movement: its links, what moved, between which divisions, on which day, how much."""

    links: tuple[int, ...]
    what: str
    ends: tuple[str, str]
    product: str
    unit: str
    low: float
    high: float
    days: tuple[str, str]  # the first and the last on which it may have begun; empty where unknown
    doubtful: bool = False  # another movement's row may tell of it too
    again: int = -1  # the link of an earlier payment that it may be
    weak: bool = False  # where an end is told by somebody's home alone

    @property
    def day(self) -> str:
        """The first day on which it may have begun; empty where it is unknown."""
        return self.days[0]

    def key(self, period: str) -> _Key:
        return self.what, *self.ends, period_of(self.day, period), self.product, self.unit


def flows(
    casefile: Casefile, *, what: tuple[str, ...], level: str, period: str, new_since: str | None, within: bool,
    of: str | None, direction: str, limit: int,
) -> Findings:  # fmt: skip
    """One row for each route, period, product and unit; in order of what, route and period."""
    from graphkit.analyses.regions.sites import Sites

    if direction != "back" and not of:
        raise RequestError("--direction says which way chains go from --of ID; name one.",
                           "--direction 指自 --of 追踪的方向；请用 --of 写明从何处起。")  # fmt: skip
    network = casefile.network()
    since = _day(moment("new_since", new_since, 0)) if new_since else ""
    sites = Sites.of(network, casefile.store)
    kept = _walked(casefile, network, of, direction) if of else None
    moved = [each for each in _every(sites, _known(what), level) if kept is None or not kept.isdisjoint(each.links)]
    first = _first_days(moved)
    shown: dict[_Key, list[_Moved]] = {}
    for each in moved:
        fresh = first.get((each.what, *each.ends), "") >= since and each.day if since else True
        if (within or each.ends[0] != each.ends[1]) and fresh:
            shown.setdefault(each.key(period), []).append(each)
    rows = _rows(casefile, network, sorted(shown)[:limit], shown, first)
    once = repeats_note(network, (link for each in moved for link in each.links))
    taken = _taken(casefile, network, [link for each in moved for link in each.links])
    unsure = doubtful_note(network.links.ids[each.links[0]] for each in moved if each.doubtful)
    names = network.links.ids
    apart = booked_apart_note((names[each.again], names[each.links[0]]) for each in moved if each.again >= 0)
    wrong = declared_wrong_note(network, casefile.store)
    undated = _undated_note(moved, since) if since else ()
    notes = (*once, *taken, *unsure, *apart, *_notes(moved, len(shown), limit, within), *undated, *wrong)
    return Findings(rows, notes, revision=network.revision)


def period_of(day: str, period: str) -> str:
    """The period that a day lies in.

    >>> [period_of("2024-05-17", period) for period in PERIODS], period_of("", "month")
    (['all', '2024', '2024-Q2', '2024-05'], 'unknown')
    """
    if period == "all":
        return "all"
    if not day:
        return UNKNOWN
    quarter = f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return {"year": day[:4], "quarter": quarter, "month": day[:7]}[period]


def _known(what: tuple[str, ...]) -> tuple[str, ...]:
    for each in what:
        if each not in WHAT:
            raise RequestError(f"what: {each} is none of goods, money.", f"what：{each} 不在 goods、money 之内。")
    return what or tuple(WHAT)


def _walked(casefile: Casefile, network: Network, of: str, direction: str) -> set[int]:
    """The links of the chains that lead from an entity."""
    from graphkit.analyses.goods.one_movement import lots_told
    from graphkit.analyses.parties.meant import ties
    from graphkit.tracing.request import Request
    from graphkit.tracing.walk.firmest import Tracer

    node = position_of(network, casefile.store, of)
    media = followed((), network.kind_of(node))
    same, lots = ties(casefile.store, network), lots_told(casefile.store, network)
    tracer = Tracer(network, node, media, Request(back=direction == "back"), same, lots)
    return set(tracer.trace().walked.tolist())


def _every(sites: Sites, what: tuple[str, ...], level: str) -> Iterator[_Moved]:
    from graphkit.analyses.regions.ends import Divisions

    divisions = Divisions(sites)
    if "goods" in what:
        yield from _goods(sites, divisions, level)
    if "money" in what:
        yield from _money(sites, divisions, level)


def _goods(sites: Sites, divisions: Divisions, level: str) -> Iterator[_Moved]:
    import numpy as np

    from graphkit.analyses.regions.movements import measured, movements

    network, (told, doubtful) = sites.network, movements(sites)
    first = np.array([links[0] for links in told], np.int64)
    lows, highs, units = measured(sites.store, network, first)
    for links, low, high, unit in zip(told, lows.tolist(), highs.tolist(), units, strict=True):
        unsure = not doubtful.isdisjoint(links)
        ends = divisions.ends(links)
        product = next(filter(None, (_product(network, link) for link in links)), "")
        least = 0.0 if unsure and low > 0 else low
        began = _began(network, links)
        yield _Moved(links, "goods", _ends(ends, level), product, unit, least, high, began, doubtful=unsure)


def _money(sites: Sites, divisions: Divisions, level: str) -> Iterator[_Moved]:
    from graphkit.network.payments import DEFAULT_CURRENCY

    network = sites.network
    again = {other: one for one, other in told_apart(sites.store, network)}
    table, account = network.links, divisions.accounts
    names = (*table.currencies, DEFAULT_CURRENCY)
    paid = table.of_kinds("PAID")
    for link in paid[table.first[paid] & (table.source[paid] != table.target[paid])].tolist():
        codes = int(account[table.source[link]]), int(account[table.target[link]])
        ends = _ends((abs(codes[0]), abs(codes[1])), level)
        low, high = float(table.amount_min[link]), float(table.amount_max[link])
        currency = names[int(table.currency[link])]
        began, weak = _began(network, (link,)), min(codes) < 0
        least = 0.0 if link in again and low > 0 else low
        yield _Moved((link,), "money", ends, "", currency, least, high, began, weak=weak, again=again.get(link, -1))


def _ends(codes: tuple[int, int], level: str) -> tuple[str, str]:
    one, other = (roll_up(f"{code:06}", level) if code else UNKNOWN for code in codes)
    return one, other


def _product(network: Network, link: int) -> str:
    """The name of the product that a link carries; empty where no row tells."""
    goods = max(int(network.links.product[link]), int(network.links.batch[link]))
    code = int(network.goods.product_of[goods]) if goods >= 0 else -1
    if code < 0:
        return ""
    node = network.ids[code] if code < len(network) else network.goods.others[code - len(network)]
    return node.partition(":")[2]


def _began(network: Network, links: tuple[int, ...]) -> tuple[str, str]:
    """The first and the last day on which it may have begun; empty where no row tells."""
    from graphkit.network.network import EVER, NEVER

    first = [begin for link in links if (begin := int(network.links.started_earliest[link])) != NEVER]
    last = [end for link in links if (end := int(network.links.started_latest[link])) != EVER]
    return _day(min(first)) if first else "", _day(min(last)) if last else ""


def _day(microseconds: int) -> str:
    from graphkit.analyses.times import iso

    return (iso(microseconds) or "")[:10]


def _first_days(moved: list[_Moved]) -> dict[tuple[str, str, str], str]:
    """The first day of each route, whatever moved on it."""
    found: dict[tuple[str, str, str], str] = {}
    for each in moved:
        route = (each.what, *each.ends)
        if each.day:
            found[route] = min(found.get(route, each.day), each.day)
    return found


def _rows(
    casefile: Casefile, network: Network, keys: list[_Key], shown: dict[_Key, list[_Moved]],
    first: dict[tuple[str, str, str], str],
) -> list[Row]:  # fmt: skip
    evidence = evidence_of(casefile.store, network, (link for key in keys for one in shown[key] for link in one.links))
    rows = []
    for key in keys:
        what, begin, end, period, product, unit = key
        known = [one for one in shown[key] if not math.isnan(one.low)]
        days = sorted(one.day for one in shown[key] if one.day)
        rows.append(
            {
                "what": what,
                "from": begin,
                "from_name": full_name(begin) or None,
                "to": end,
                "to_name": full_name(end) or None,
                "period": period,
                "product": product or None,
                "quantity_min": round(math.fsum(one.low for one in known), 6) if known else None,
                "quantity_max": round(math.fsum(one.high for one in known), 6) if known else None,
                "unit": unit or None,
                "movements": len(shown[key]),
                "first": days[0] if days else None,
                "last": days[-1] if days else None,
                "route_since": first.get((what, begin, end)),
                "evidence": merged(evidence[link] for one in shown[key] for link in one.links),
            }
        )
    return rows


def _taken(casefile: Casefile, network: Network, links: list[int]) -> tuple[str, ...]:
    """Which of the givers and takers were taken for another entry's."""
    import numpy as np

    from graphkit.analyses.parties.meant import meant, taken_note
    from graphkit.tracing.identity.holders import ends_of

    whom = meant(casefile.store, network)
    return taken_note(whom, whom.of[ends_of(network, np.array(links, np.int64))].tolist())


def _undated_note(moved: list[_Moved], since: str) -> tuple[str, ...]:
    """How many movements nobody can tell to be new, or to have been before."""
    count = sum(not one.day or (one.day < since and (not one.days[1] or one.days[1] >= since)) for one in moved)
    if not count:
        return ()
    return (
        say(
            f"No row tells whether before {since}: {count} movements. Of unknown day they are left out, of a longer "
            "time taken to have begun on its first day; they may be new, or routes shown as new may be older.",
            f"记录未能说明是否早于 {since}：{count} 笔往来。日期不详的已略去，只记载时段的按其首日计；"
            "可能是新往来，也可能早于所列新路线。",
        ),
    )


def _notes(moved: list[_Moved], count: int, limit: int, within: bool) -> Iterator[str]:
    unknown = sum(one.ends == (UNKNOWN, UNKNOWN) for one in moved)
    inside = sum(one.ends[0] == one.ends[1] != UNKNOWN for one in moved)
    unmeasured = sum(math.isnan(one.low) for one in moved)
    if unknown and not within:
        yield say(
            f"Neither end's region is known, and not shown without --within: {unknown} movements.",
            f"两端区划均不明而未列（--within 可列出）：{unknown} 笔。",
        )
    if inside and not within:
        yield say(
            f"Inside one region, and not shown without --within: {inside} movements.",
            f"在同一区划之内而未列（--within 可列出）：{inside} 笔。",
        )
    weak = sum(one.weak for one in moved)
    if weak:
        yield say(
            f"Placed by the home of an account's holder, as no row tells where he acts or which branch it is of, which "
            f"says less: {weak} payments.",
            f"没有记录说明户主经营地和开户网点，按户主住址（户籍地）归入区划，可靠性较低：{weak} 笔付款。",
        )
    loose = sum(UNKNOWN in one.ends or (one.what == "goods" and not one.product) for one in moved)
    if loose:
        yield say(
            f"What a route carried at most is of the rows that name its product and both its ends: {loose} movements "
            "whose product or an end is unknown may belong to it as well.",
            f"各路线的“至多”只计品名和两端都已知的往来：另有 {loose} 笔往来品名或一端不详，也可能属于该路线。",
        )
    if unmeasured:
        yield say(
            f"Counted without quantity or amount, which no row gives: {unmeasured} movements.",
            f"没有记载数量或金额、只计笔数：{unmeasured} 笔。",
        )
    if count > limit:
        yield say(f"{limit} of {count} rows shown: --limit.", f"共 {count} 行，列出 {limit} 行：--limit。")


FLOWS = Analysis(
    id="flows",
    question_en="What goods and money flow between regions, and since when?",
    question_zh="各地区之间有哪些货物、资金往来？从何时开始？",
    parameters=(
        Parameter("what", "Goods, money; both where left out.", "goods 货物、money 资金；不写为两者。", many=True),
        Parameter("level", "Regions of this level.", "区划的级别。", default="province", choices=LEVELS),
        Parameter("period", "Sum over periods of this length.", "按多长的时段合计。", default="all", choices=PERIODS),
        Parameter(
            "new_since", "Only routes on which nothing moved before this day.", "只列此日之前没有往来的新路线。",
            metavar="DAY",
        ),
        Parameter("within", "Show what moves inside one region too.", "也列同一区划之内的往来。", "flag", False),
        Parameter(
            "of", "Only what the chains from this entity go by: the regions that they cross.",
            "只列从此对象追踪的链条所经的往来，即链条跨越的地区。", of="entity", metavar="ID",
        ),
        Parameter(
            "direction", "With --of: back to the sources or forward.", "配合 --of：回溯来源或顺查去向。",
            default="back", choices=("back", "forward"),
        ),
        Parameter("limit", "Show at most so many rows.", "最多列出多少行。", "integer", 10_000, minimum=1),
    ),
    columns=(
        Column("what", en="What", zh="类别", words=WHAT),
        Column("from", en="From", zh="起", words=_WORDS),
        Column("from_name", en="From", zh="起点", words=_WORDS),
        Column("to", en="To", zh="止", words=_WORDS),
        Column("to_name", en="To", zh="终点", words=_WORDS),
        Column("period", en="Period", zh="时段", words=_WORDS),
        Column("product", en="Product", zh="品名"),
        Column("quantity_min", "number", "unit", "At least", "至少"),
        Column("quantity_max", "number", "unit", "At most", "至多"),
        Column("unit", en="Unit", zh="单位"),
        Column("movements", "integer", "movements", "Movements", "笔数"),
        Column("first", en="First", zh="最早"),
        Column("last", en="Last", zh="最晚"),
        Column("route_since", en="Route since", zh="路线始于"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=flows,
    help_en=(
        "Each movement of goods counts once: ledger, counter-ledger and waybill of one are put together where giver "
        "and taker are the same or share a name or a phone, product and quantity are equal, no batch differs, the "
        "rows are of different books (another file, or the buyer's sheet beside the seller's; not next month's file of "
        "one ledger, nor waybills of two numbers) and within 7 days; whom a name without a number means is told as for "
        "strike, and noted. Only quantities of one product in one unit are added, masses in kg; for money the unit is "
        "the currency. The region is that of the waybill's address; without one, where waybills most often put the "
        "party or who uses its phone; else its den, the place of what was seized from it, a company's address; for an "
        "account that of its holder, else of its branch, else, weaker and noted, of his home. A case that names "
        "somebody does not tell where he trades. What has none stands under unknown. A movement lies in the period of "
        "the day on which it began. route_since: the first day on "
        "which anything of the kind moved between the two; --new-since keeps routes that begin then or later. With "
        "--of, chains are those of the command trace."
    ),
    help_zh=(
        "每笔货物往来只计一次：销货台账、进货台账与运单，交接双方相同或同名、同电话，品名和数量相等，批号不矛盾，"
        "出自不同账册（不同文件，或同一文件的销售、进货两表；同一台账的次月文件、"
        "单号不同的运单不算）且相距不超过 7 天的，合为一笔；没有证件号的名称指谁，与 strike 同样判断并加注。"
        "只合计同一品名、同一单位的数量，重量以 kg 计；资金的单位为币种。"
        "区划取运单地址；没有运单的取该主体或同用电话者在运单中最常见之处，再取其窝点、被扣押之处、企业地址；"
        "账户取户主所在，否则取开户网点，再否则取户主住址（较弱，另加注）。"
        "仅在案件中列名不说明其经营地。无从得知的列为 unknown。往来归入其开始之日所在时段。"
        "route_since 为两地之间同类往来最早之日，--new-since 只列此日及以后才有的路线。--of 的链条同 trace 命令。"
    ),
    method="",
    example="graphkit flows --what goods --period quarter",
)  # fmt: skip
