"""What is said beside a trace's quantities: what counted once, what could not be counted, where ranges are wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import describe, evidence_of, goods_id
from graphkit.analyses.documents import booked_apart_note, doubtful_note, repeats_note, two_times_note
from graphkit.analyses.goods.balance import day_of
from graphkit.model.language import say
from graphkit.model.nodes import ACCOUNT
from graphkit.model.units import called
from graphkit.quantities.deliveries import UNMARKED
from graphkit.tracing.amounts.each_exactly import ALL
from graphkit.tracing.amounts.figures import AMOUNTS, LOTS_OPEN, ORDER
from graphkit.tracing.amounts.shortages import shortages
from graphkit.tracing.walk.told import late

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network
    from graphkit.tracing.amounts.figures import Figure, Figures
    from graphkit.tracing.amounts.shortages import Short

_NAMED = 5
_WIDE = 0.5
_Words = tuple[str, str]
# Of goods and of money: what was there before any row, what nobody can tell apart, and why a bound stays outer.
_GOODS: tuple[_Words, ...] = (
    ("opening stock that may be of any origin", "属期初库存，可能来自任何人"),
    ("which goods left a mixed stock no row tells", "混合库存中出去的是哪些货，没有记录说明"),
    ("goods may come back to them or be made into others", "货物可能返回或加工成他物"),
)
_MONEY: tuple[_Words, ...] = (
    ("an opening balance that may be anybody's", "属期初余额，可能来自任何人"),
    ("which money left a mixed account no row tells", "账户混合资金中转出的是哪些，没有记录说明"),
    ("money may come back to them", "资金可能返回"),
)
_REASONS = {
    AMOUNTS: ("rows leave open how much came or went", "记录未说明流转数量"),
    LOTS_OPEN: (
        "a row names no lot, so that several lots in one hand are taken as one",
        "有记录未写批号，同一持有人的几个批号并作一批",
    ),
    ORDER: (
        "the times leave open what left before what came, or goods come back or are made into others",
        "时间先后未能确定，或货物返回、加工成他物",
    ),
}


def quantity_notes(
    casefile: Casefile, medium: Figures, figures: dict[int, Figure], shown: Sequence[int], exact: int = -1
) -> Iterator[str]:
    """The notes on one medium's quantities."""
    network, (opening, mixed, back) = casefile.network(), _GOODS if medium.currency is None else _MONEY
    if medium.found.known is not None:
        yield say(
            "Too many deliveries to weigh all at once: ranges look at each entity's own deliveries alone and are wider "
            "than they need be. --exact looks at all of them; --hops, --since, --until and --product leave fewer.",
            "供货过多，未能一并计算：各范围只看该对象自己的供货，因而偏宽。"
            "--exact 会全部计入；--hops、--since、--until、--product 可缩小范围。",
        )
    yield from _once(network, medium.found.once.same, medium.found.unmeasured)
    yield from _as_heavy(network, medium.found.as_heavy)
    yield from _misdated(casefile, medium)
    yield from _doubtful(casefile, medium)
    yield from repeats_note(network, medium.found.legs.link.tolist())
    yield from _purses(network, medium, [node for node in shown if node in figures])
    yield from _opened(network, medium)
    yield from _short(casefile, medium)
    yield from _unseen(network, figures, (medium.by_rows or medium).unseen(shown, figures, exact), opening)
    yield from _lots(casefile, medium)
    yield from _yields(casefile, medium)
    yield from _aside(casefile, medium)
    yield from _weighed(casefile, medium)
    yield from _units(network, figures, shown)
    yield from _mixtures(network, figures, shown)
    yield from _still_outer(network, [node for node in shown if node in figures], figures, exact, back)
    yield from _wide([figures[node] for node in shown if node in figures], mixed)


def late_note(casefile: Casefile, walked: NDArray[np.integer] | None = None) -> Iterator[str]:
    """Which of these links, by default of all, came after what rows say they went into had left."""
    network = casefile.network()
    links = late(network)[0]
    if walked is not None and len(links):
        links = links[np.isin(links, walked)]
    if len(links):
        rows = evidence_of(casefile.store, network, links[:_NAMED].tolist())
        told = _some((f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in rows), len(links))
        yield say(
            f"Came, by their times, after what rows say they went into had left: what rows say is believed, and their "
            f"times are taken as ranges: {told}.",
            f"按时间晚于其所投入货物的发出，但有记录写明去向：以记录为准，时间按区间计：{told}。",
        )


def unlinked_note(casefile: Casefile, links: NDArray[np.integer]) -> Iterator[str]:
    """Which deliveries a trace by lots alone did not go by."""
    if len(links):
        network = casefile.network()
        rows = evidence_of(casefile.store, network, links[:_NAMED].tolist())
        told = _some((f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in rows), len(links))
        yield say(
            f"Not followed, as --lots-only asks for rows that say what went into what, though time and goods allow it; "
            f"who gave or took by these, be he the first seller, is missing here: {told}.",
            f"下列记录时间、货物相符，但无记录写明批次去向，按 --lots-only 未予追踪，其对方（可能正是最初卖方）"
            f"因而未列出：{told}。",
        )


def _once(network: Network, same: list[tuple[int, ...]], unmeasured: list[tuple[int, ...]]) -> Iterator[str]:
    if same:
        named = _some(" = ".join(network.links.ids.take(group)) for group in same)
        yield say(f"Told by several records and counted once: {named}.", f"多处记录的同一流转只计一次：{named}。")
    if unmeasured:
        named = _some(" = ".join(network.links.ids.take(group)) for group in unmeasured)
        yield say(
            "Of these one row tells no quantity: it is taken for the other's movement by parties and time, but may be "
            "one of its own. The most counts what its sender can have had left for it, and what stands on it is not "
            f"called exact: {named}.",
            f"其中一行未写数量，仅凭双方和时间认作同一流转，也可能另是一笔：上限已计入其发出方当时可能余下的数量，"
            f"所据数量不称为精确：{named}。",
        )


def _as_heavy(network: Network, groups: list[tuple[int, ...]]) -> Iterator[str]:
    """Rows of no quantity that weigh as much as the other row of their movement tells."""
    if groups:
        named = _some(" = ".join(network.links.ids.take(group)) for group in groups)
        yield say(
            "Of these one row tells no quantity, but weighs about as much as the other's goods by other waybills: it "
            f"is taken for the other's movement, which is likely and not called exact: {named}.",
            f"其中一行未写数量，但按其他运单所示单位重量，其重量与另一行所记货物相当：认作同一流转，"
            f"此为推定，故不称为精确：{named}。",
        )


def _misdated(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Rows that may tell of one movement, had not one a wrong time."""
    network, legs = casefile.network(), medium.found.legs
    pairs = [pair for pair in medium.found.once.misdated if np.isin(pair, legs.link).any()]
    if pairs:
        rows = evidence_of(casefile.store, network, (link for pair in pairs for link in pair))
        named = {link: f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in rows}
        note = two_times_note if medium.currency is None else booked_apart_note
        yield from note((named[one], named[other]) for one, other in pairs)


def _doubtful(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Rows of which another one may tell too, a party going by two names."""
    network, legs = casefile.network(), medium.found.legs
    links = np.intersect1d(medium.found.once.doubtful, legs.link[legs.mark != UNMARKED]).tolist()
    if links:
        rows = evidence_of(casefile.store, network, links)
        yield from doubtful_note(f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in links)


def _aside(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Rows whose quantity is missing, not above zero, or in a unit that does not convert."""
    network, links = casefile.network(), medium.found.aside.tolist()
    if not links:
        return
    table = network.links
    rows = evidence_of(casefile.store, network, links[:_NAMED])
    if medium.currency is not None:
        named = _some((f"{table.ids[link]} ({', '.join(rows[link])})" for link in rows), len(links))
        yield say(f"Payments of no amount, in no sum: {named}.", f"没有金额的付款，未计入：{named}。")
        return
    told = []
    for link in links[:_NAMED]:
        quantity = float(table.quantity_max[link])
        unit = table.units[int(table.unit[link])] if table.unit[link] >= 0 else ""
        amount = "?" if np.isnan(quantity) else f"{quantity:,.10g} {called(unit)}".strip()
        told.append(f"{table.ids[link]} ({amount}: {', '.join(rows[link])})")
    named = _some(told, len(links))
    yield say(
        f"Counted as any quantity, theirs being missing, not above zero or in units that do not convert: {named}.",
        f"数量缺失、不大于零或单位不能换算，按任意数量计：{named}。",
    )


def _weighed(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Waybills that tell no quantity, and count as at most what their weight allows."""
    network, links = casefile.network(), medium.found.weighed.tolist()
    if not links:
        return
    rows = evidence_of(casefile.store, network, links[:_NAMED])
    each = (f"{network.links.ids[link]} ({network.links.kilograms[link]:,.10g} kg: {', '.join(rows[link])})"
            for link in links[:_NAMED])  # fmt: skip
    named = _some(each, len(links))
    yield say(
        "No row tells what quantity these waybills carried. The most counts what their weight allows: one kilogram "
        "added, and that half as much again, by what one weighs in the lightest of other waybills' parcels of the "
        f"product. That is likely and not proved; the least counts nothing for it: {named}.",
        "下列运单未写数量：上限按其重量所容计（重量加一公斤，再放宽一半，单位重量取其他运单所示该品名的最轻者），"
        f"此为推定，下限不计：{named}。",
    )


def _short(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Who gave more than he had, and whether in all he had enough: then a time may be mistaken."""
    network, found = casefile.network(), shortages(medium.by_rows or medium)
    if not found:
        return
    named = _some((_shortage(network, each) for each in found), len(found))
    yield say(
        f"Gave, or had taken from them, more than rows tell they had, so that more must have come unseen, by the day "
        f"given: {named}.",
        f"记录的流出（含被扣押）多于流入，至所列日期前必另有未记录的流入：{named}。",
    )
    links = sorted({link for each in found for link in each.early})
    if links:
        rows = evidence_of(casefile.store, network, links[:_NAMED])
        told = _some((f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in rows), len(links))
        yield say(
            f"Sent before it came, though in all as much came as went; a time may be mistaken: {told}.",
            f"先出后进而总量相抵，时间可能有误：{told}。",
        )


def _purses(network: Network, medium: Figures, shown: Sequence[int]) -> Iterator[str]:
    """Accounts that count as one with others, for one holds them all."""
    if medium.currency is None:
        return
    purses: dict[int, list[int]] = {}
    for node, holder in zip(shown, medium.holders.of(np.array(shown, np.int64)).tolist(), strict=True):
        if network.kind_of(node) == ACCOUNT.name and holder >= 0 and holder not in purses:
            every = medium.holders.of_one(holder).tolist()
            purses[holder] = [each for each in every if network.kind_of(each) == ACCOUNT.name]
    several = [every for every in purses.values() if len(every) > 1]
    if several:
        named = _some("{" + ", ".join(network.ids.take(every)) + "}" for every in several)
        yield say(
            "The accounts of one holder count as one purse: what came to one may be paid from another, and what passes "
            f"between them does not count: {named}.",
            f"同一户主的各账户合为一处计算，一户所收可由另一户付出，互转不计：{named}。",
        )


def _opened(network: Network, medium: Figures) -> Iterator[str]:
    """Money that was there before any row, by the balances that statements tell; and that not all of them tell one."""
    if medium.currency is None:
        return
    told, unit = medium.found.opened, called(medium.currency)
    some = sorted((each for each in told if each.amount > 0), key=lambda each: (-each.amount, each.account))
    if some:
        named = _some(f"{describe(network, each.account)} ({each.amount:,.10g} {unit}: {each.row})" for each in some)
        yield say(
            "Had money of their own before any row, by the balance after their first, and may have paid with it: "
            f"{named}.",
            f"按首笔后的余额推算，此前已有自有资金，可能以之付款：{named}。",
        )
    legs, known = medium.flow.legs, medium.holders.of(np.array([each.account for each in told], np.int64))
    led = (medium.flow.mark != UNMARKED) & (legs.link >= 0)
    passed_on = np.intersect1d(legs.giver[led], legs.taker[led])
    if len(np.setdiff1d(passed_on, np.concatenate((known, medium.own)))):
        yield say(
            "Accounts of which no row tells a balance are taken to have had no money before their first row: if they "
            "had, the least may be less.",
            "没有记录余额的账户按首笔之前没有资金计：如有，则至少数可能更小。",
        )


def _shortage(network: Network, each: Short) -> str:
    much = f"{each.amount:,.10g} {called(each.unit)}".strip()
    goods = f" {goods_id(network, each.goods)}" if each.goods >= 0 else ""
    return f"{describe(network, each.node)} ({much}, {day_of(each.by) or '?'}){goods}"


def _unseen(network: Network, figures: dict[int, Figure], unseen: dict[int, float], opening: _Words) -> Iterator[str]:
    """How much of a forward maximum is stock that was there unseen: whose it was nobody knows."""
    if unseen:
        told = [f"{describe(network, node)} ({amount:,.10g} / {figures[node].most:,.10g} {called(figures[node].unit)})"
                for node, amount in unseen.items()]  # fmt: skip
        yield say(
            f"Of the most, so much no row brings: {opening[0]}: {_some(told)}.",
            f"最多数量中有以下部分没有记录说明来路，{opening[1]}：{_some(told)}。",
        )


def _lots(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Rows for whose want of a lot all lots of the product in one hand are taken as one."""
    network, links = casefile.network(), medium.flow.no_lot.tolist()
    if links:
        rows = evidence_of(casefile.store, network, links[:_NAMED])
        named = _some((f"{network.links.ids[link]} ({', '.join(rows[link])})" for link in rows), len(links))
        yield say(
            f"Naming no lot, and taken as of any that its giver or taker has, so that all of one product in a hand are "
            f"one stock, and ranges are wider where these are several: {named}.",
            f"未写批号，按供方或收方所有的任一批号计，同一持有人的同一品名并作一批，有几个批号时范围偏宽：{named}。",
        )


def _yields(casefile: Casefile, medium: Figures) -> Iterator[str]:
    """Transformations that put out more mass than went in, and lots made at several places."""
    network = casefile.network()
    if more := medium.gaining():
        named = _some((describe(network, node) for node in more), len(more))
        yield say(f"More came out than went in: {named}.", f"产出多于投入：{named}。")
    if several := medium.made_at_several():
        named = _some((network.ids[node] for node in several), len(several))
        yield say(
            f"A lot made by several hands, counted as one: {named}.", f"同一批号由多方产出，按同一批计：{named}。"
        )


def _still_outer(
    network: Network, shown: list[int], figures: dict[int, Figure], exact: int, back: _Words
) -> Iterator[str]:
    """What stays outer though it was asked exactly: the one asked about, with the reason, or those of all."""
    because = figures[exact].because if exact in figures else ()
    if because:
        name, reasons = describe(network, exact), [_REASONS[each] for each in because]
        yield say(
            f"{name} stays outer, though exact bounds were asked for: {'; '.join(en for en, _ in reasons)}.",
            f"{name} 虽要求精确界，仍为宽界：{'；'.join(zh for _, zh in reasons)}。",
        )
    left = [node for node in shown if not figures[node].exact and figures[node].most] if exact == ALL else []
    if left:
        named = _some((describe(network, node) for node in left), len(left))
        yield say(
            f"{len(left)} stay outer, as {back[0]}, times leave their order "
            "open, or rows leave amounts or lots open; --exact ID works one out by itself as far as these allow: "
            f"{named}.",
            f"{len(left)} 个对象仍为宽界：{back[1]}，或时间先后、数量、批号未能确定；"
            f"可用 --exact ID 单独计算：{named}。",
        )


def _units(network: Network, figures: dict[int, Figure], shown: Sequence[int]) -> Iterator[str]:
    mixed = [node for node in shown if node in figures and figures[node].others]
    if mixed:
        told = (f"{describe(network, node)}: " + ", ".join(map(_range, figures[node].others)) for node in mixed)
        named = _some(told)
        yield say(
            f"Beside what is shown, in units that do not convert to it ({len(mixed)} entities): {named}.",
            f"除所列数量外，另有不能换算的计量单位（{len(mixed)} 个对象）：{named}。",
        )


def _mixtures(network: Network, figures: dict[int, Figure], shown: Sequence[int]) -> Iterator[str]:
    """Entities for which the convention that was asked for says nothing."""
    mixed = [node for node in shown if node in figures and figures[node].mixture]
    if mixed:
        named = _some(describe(network, node) for node in mixed)
        yield say(
            f"Behind a recipe of several inputs, where no convention tells what part is meant ({len(mixed)} entities): "
            f"{named}.",
            f"经过多种投入的配方，惯例无法说明其中哪部分（{len(mixed)} 个对象）：{named}。",
        )


def _wide(figures: list[Figure], mixed: _Words) -> Iterator[str]:
    """Ranges of which more than half is open."""
    known = [each for each in figures if each.least is not None and each.most]
    wide = [each for each in known if (each.most or 0.0) - (each.least or 0.0) > _WIDE * (each.most or 0.0)]
    if wide:
        yield say(
            f"{len(wide)} of {len(known)} ranges are wide, with more than half of the most open: {mixed[0]}.",
            f"{len(known)} 个数量范围中有 {len(wide)} 个较宽（一半以上不确定）：{mixed[1]}。",
        )


def _range(figure: Figure) -> str:
    ends = ["?" if each is None else f"{each:,.10g}" for each in (figure.least, figure.most)]
    return f"{ends[0]}–{ends[1]} {called(figure.unit)}".strip()


def _some(listed: object, count: int = 0) -> str:
    every = list(listed)  # type: ignore[call-overload]
    more = max(count, len(every)) - _NAMED
    return "; ".join(every[:_NAMED]) + (f" … (+{more})" if more > 0 else "")
