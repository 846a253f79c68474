"""Who must have had goods that no record tells of, whatever the explanation, and how much of them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import merged
from graphkit.analyses.documents import declared_wrong_note
from graphkit.analyses.parties.stated import identified
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import BATCH, PRODUCT
from graphkit.model.units import called

if TYPE_CHECKING:
    from graphkit.analyses.goods.ledgers import Book
    from graphkit.analyses.goods.owners import Owners
    from graphkit.analyses.goods.reconciling import Found
    from graphkit.network.network import Network
    from graphkit.quantities.deliveries import Ints
    from graphkit.quantities.lacks import JointLack, Lack
    from graphkit.quantities.ledger import Ledger

_NAMED = 10


def reconcile(
    casefile: Casefile, *, product: str | None, party: str | None, limit: int, each: bool, slack: float,
    deviation: float,
) -> Findings:  # fmt: skip
    """The stocks that lack most, each with what every explanation, or nearly every cheap one, says it had unseen."""
    from graphkit.analyses.goods.ledgers import book_of
    from graphkit.analyses.goods.lines import lines
    from graphkit.analyses.goods.movements import counted_once
    from graphkit.analyses.goods.owners import Owners
    from graphkit.analyses.goods.packings import packings
    from graphkit.analyses.goods.reconciling import ranges, shortlisted, together
    from graphkit.analyses.parties.labels import Labels, parties_with_goods

    network, store = casefile.network(), casefile.store
    asked = identified(casefile, product, PRODUCT.name) if product else None
    owner = identified(casefile, party, "entity") if party else None
    every = lines(casefile)
    owners = Owners(every, Labels(casefile, parties_with_goods(network)))
    book = book_of(counted_once(casefile, every), owners, packings(store, every))
    ledger = book.ledger(deviation)
    chosen = _chosen(book, asked, owners.of([owner]) if owner and owners.knows(owner) else owner)
    joint, makers = together(ledger, chosen), set(book.first_hands().tolist())
    short = shortlisted(ledger, chosen, {stock for one in joint for stock in one.stocks}, makers, limit)
    found: dict[int, list[Found]] = {}
    for one in ranges(ledger, short, slack):
        found.setdefault(one.stock, []).append(one)
    rows = [row for lack in short for row in _rows(network, book, lack, found[lack.stock], each)]
    unless = _Unless(book, owners)
    notes = [*_certificates(network, book, short, unless), *_joint(book, ledger, joint, unless)]
    return Findings(
        rows, (*notes, *_told(book, owners, short), *declared_wrong_note(network, store)), revision=network.revision
    )


def _chosen(book: Book, product: str | None, owner: str | None) -> Ints:
    import numpy as np

    return np.array(
        [
            i
            for i, (holder, name, _) in enumerate(book.stocks)
            if product in (None, f"{PRODUCT.prefix}:{name}") and owner in (None, holder)
        ],
        np.int64,
    )


def _rows(network: Network, book: Book, lack: Lack, found: list[Found], each: bool) -> Iterator[Row]:
    """One row over all weightings; with `each` also one for each of them."""
    owner, product, goods = book.stocks[lack.stock]
    head = {
        "id": owner, "name": _name(network, owner), "product": product,
        "batch": goods if goods.startswith(f"{BATCH.prefix}:") and len(lack.stocks) == 1 else None,
    }  # fmt: skip
    sums = {
        "received": round(lack.received, 6), "sent": round(lack.sent, 6), "lack": round(lack.amount, 6),
        "by": _day(lack.by), "unit": book.units[product],
        "evidence": merged(book.lines[entry].evidence for entry in lack.entries),
    }  # fmt: skip
    yield {**head, "weighting": "all", **_least_and_most(found), **sums}
    for one in found if each else ():
        yield {**head, "weighting": one.weighting, **_least_and_most([one]), **sums}


def _least_and_most(found: list[Found]) -> dict[str, float]:
    return {
        "entered_min": min(one.entered[0] for one in found), "entered_max": max(one.entered[1] for one in found),
        "supply_min": min(one.supply[0] for one in found), "supply_max": max(one.supply[1] for one in found),
    }  # fmt: skip


def _name(network: Network, owner: str) -> str:
    position = network.position(owner)
    return network.name_of(position) if position >= 0 else owner


def _day(moment: int) -> str | None:
    from graphkit.analyses.goods.balance import day_of

    return day_of(moment)


class _Unless:
    """Rows that tell no amount: what is said to be lacking may have come by them."""

    def __init__(self, book: Book, owners: Owners) -> None:
        self._book = book
        self._came = [(line, owners.of(line.taker)) for line in book.aside if line.taker]

    def of(self, stocks: Iterable[int]) -> str:
        """What to add to a certificate about these stocks; nothing where all amounts that came to them are told."""
        of = [self._book.stocks[stock] for stock in stocks]
        takers, products = {owner for owner, _, _ in of}, {product for _, product, _ in of}
        lots = {goods for _, _, goods in of if goods.startswith(f"{BATCH.prefix}:")}
        came = [line for line, taker in self._came if taker in takers and line.product in products]
        found = [line for line in came if not lots or line.goods in lots or not line.goods.startswith(BATCH.prefix)]
        if not found:
            return ""
        told = _some([f"{line.link} ({', '.join(line.evidence)})" for line in found])
        return say(
            f" Unless it came by rows whose amount is not known: {told}.", f"数量不明的下列各行带来的除外：{told}。"
        )


def _certificates(network: Network, book: Book, short: list[Lack], unless: _Unless) -> Iterator[str]:
    for lack in short[:_NAMED]:
        owner, product, goods = book.stocks[lack.stock]
        what = (
            goods if goods.startswith(f"{BATCH.prefix}:") and len(lack.stocks) == 1 else f"{PRODUCT.prefix}:{product}"
        )
        who, unit, day = _name(network, owner), called(book.units[product]), _day(lack.by)
        went, came, amount = (_plain(value) for value in (lack.sent, lack.received, lack.amount))
        but = unless.of(lack.stocks)
        yield say(
            f"{what}: by {day or 'a day unknown'} {who} had given, used or still had {went} {unit} and had received at "
            f"most {came}. If these records are right, at least {amount} had reached {who} unseen by then.{but}",
            f"{what}：截至 {day or '日期不明'}，{who} 已供出、耗用或仍存 {went} {unit}，而收入至多 {came}。"
            f"若这些记录属实，此前至少有 {amount} 未经记录到达该处。{but}",
        )


def _joint(book: Book, ledger: Ledger, found: list[JointLack], unless: _Unless) -> Iterator[str]:
    """What nobody in the records can have given."""
    order = sorted(found, key=lambda one: (-one.amount / float(ledger.usual[one.stocks[0]]), one.group))
    for one in order[:_NAMED]:
        _, product, goods = book.stocks[one.stocks[0]]
        what = goods if goods.startswith(f"{BATCH.prefix}:") else f"{PRODUCT.prefix}:{product}"
        owners, unit, day = (
            len({book.stocks[stock][0] for stock in one.stocks}),
            called(book.units[product]),
            _day(max(one.by)),
        )
        went, came, amount = (_plain(value) for value in (one.sent, one.received, one.amount))
        but = unless.of(one.stocks)
        yield say(
            f"{what}: even if goods had moved unseen between all who appear, at least {amount} {unit} came from "
            f"outside the records by {day or 'a day unknown'}: by then {owners} of them together had received {came} "
            f"and given {went}.{but}",
            f"{what}：即使所有出现者之间有未记录的转移，截至 {day or '日期不明'} 至少有 {amount} {unit} 来自记录之外："
            f"此前其中 {owners} 个主体合计收入 {came}，供出 {went}。{but}",
        )


def _told(book: Book, owners: Owners, short: list[Lack]) -> Iterator[str]:
    from graphkit.analyses.goods.balance_notes import owners_note

    yield (
        say(
            "No row here is what happened: of all explanations that cost little more than the cheapest, under each "
            "weighting, the least and the most are given. Who lacked goods can be told; who gave them mostly cannot.",
            "各行并非事实经过：所列为各种权重之下、代价接近最小的所有解释中的最少与最多。谁缺货可以断定，谁供的货多半不能。",
        )
        if short
        else say("No stock gave more than it had received.", "没有供出多于收入的库存。")
    )
    yield from owners_note(owners.told_as())
    if aside := [
        f"{line.link} ({f'{_plain(line.low)} {called(line.unit)}'.strip()}: {', '.join(line.evidence)})"
        for line in book.aside
    ]:
        yield say(
            f"Not in the figures, their quantity being missing, not above zero or in a unit that does not convert: "
            f"{_some(aside)}.",
            f"因数量缺失、不大于零或单位无法换算而未计入：{_some(aside)}。",
        )


def _some(listed: list[str]) -> str:
    more = f" (+{len(listed) - _NAMED})" if len(listed) > _NAMED else ""
    return "; ".join(listed[:_NAMED]) + more


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{round(value, 6):,.10g}"


_WORDS = {
    "all": ("all weightings", "各种权重"),
    "supply": ("supply from outside only", "仅外来"),
    "moves": ("moves too", "可有未记录转移"),
    "cheap_moves": ("moves likely", "转移较易"),
    "corrections": ("records may be off", "记录可有误差"),
    "moves_and_corrections": ("moves, records off", "转移、误差"),
    "cheap_moves_and_corrections": ("moves likely, records off", "转移较易、误差"),
}

RECONCILE = Analysis(
    id="reconcile",
    question_en="Who must have had goods that no record tells of, and how much of them?",
    question_zh="谁必定有过未经记录的货物，有多少？",
    parameters=(
        Parameter("product", "Only stocks of this product.", "只看此品名。", of=PRODUCT.name),
        Parameter("party", "Only stocks of this party or place.", "只看此主体或场所。", of="entity"),
        Parameter("limit", "Of so many stocks at most.", "最多列出几处库存。", "integer", 10, minimum=1, maximum=1000),
        Parameter("each", "Show each weighting by itself.", "逐一列出各种权重。", "flag", False),
        Parameter(
            "slack",
            "Explanations that cost at most so much more than the cheapest, as a share.",
            "解释的代价至多高出最小者的比例。",
            "number",
            0.05,
            minimum=0,
            maximum=10,
        ),
        Parameter(
            "deviation",
            "How far a record may well be off, as a share.",
            "一条记录可能的误差比例。",
            "number",
            0.1,
            minimum=0.0001,
            maximum=10,
        ),
    ),
    columns=(
        Column("id", en="Owner", zh="主体"),
        Column("name", en="Name", zh="名称"),
        Column("product", en="Product", zh="品名"),
        Column("batch", en="Batch", zh="批号"),
        Column("weighting", en="Weighting", zh="权重", words=_WORDS),
        Column("entered_min", "number", "unit", "Came unseen, least", "未记录到达，最少"),
        Column("entered_max", "number", "unit", "Came unseen, most", "未记录到达，最多"),
        Column("supply_min", "number", "unit", "From outside, least", "来自记录之外，最少"),
        Column("supply_max", "number", "unit", "From outside, most", "来自记录之外，最多"),
        Column("received", "number", "unit", "Received by then", "此前收入"),
        Column("sent", "number", "unit", "Given by then", "此前供出"),
        Column("lack", "number", "unit", "Lacked", "缺额"),
        Column("by", en="By the day", zh="不迟于"),
        Column("unit", en="Unit", zh="单位"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=reconcile,
    help_en=(
        "All records of goods are taken together: stocks may never fall below zero, so somewhere goods came in unseen "
        "from outside, moved unseen between those who appear (at least a day on the way), or records are off. Each "
        "costs something; the weights decide which story is cheapest, so several are tried: only supply from outside "
        "(10 for each usual movement), unseen moves too (5, or 1 where they are likely), and records that are off (1 "
        "for each --deviation, three at most). For each weighting the least and the most over all explanations hardly "
        "dearer than the cheapest (--slack) are worked out, and over all weightings together. Listed are the stocks "
        "that gave most beyond what they had received, in usual movements of that product: first those whose goods "
        "nobody in the records had to give, last those who never received any and only handed it on, such as a maker "
        "whose production no row tells. Parties that share a name or a phone are one owner, unless both have an "
        "official number. Goods without a batch may be of any. Ledger, counter-ledger and waybill of one movement "
        "count once; what may be told twice is taken as received and not as given."
    ),
    help_zh=(
        "全部货物记录合并考虑：库存不得为负，故必有未经记录的外来货物、出现者之间未经记录的转移（至少一天），或记录有误。"
        "各有代价，权重决定哪种解释代价最小，故逐一试算：仅外来（每笔通常流转量计 10）；"
        "亦可转移（计 5，较易者计 1）；记录可有误差（每 --deviation 计 1，至多三倍）。"
        "对每种权重，给出代价与最小者相差无几（--slack）的所有解释中的最少与最多，并给出各种权重合计的范围。"
        "按缺额相当于该品名几笔通常流转排列，记录中无人可供的在前；从未收入而只供出的（如没有生产记录的生产者）列在最后。"
        "名称或电话相同者视为同一主体，双方均有证件号者除外。未写批号的货物可为任一批号。"
        "同一笔流转的台账、对方台账和运单只计一次；可能重复记载的只作收入，不作供出。"
    ),
    method=(
        "Data reconciliation as a linear program (Narasimhan and Jordache 2000), with ranges over near-optimal "
        "solutions; certificates by linear programming duality (docs/quantities.md)."
    ),
    example="graphkit reconcile --limit 5",
)
