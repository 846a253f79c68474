"""What went in, what came out, what was seized, and how much of it nobody has explained?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import merged
from graphkit.analyses.stated import identified
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import BATCH, PLACE, PRODUCT

if TYPE_CHECKING:
    from graphkit.analyses.balancing import Balance, Scope
    from graphkit.analyses.lines import Line
    from graphkit.network.network import Network
    from graphkit.store.base import Store

_NAMED = 10


def balance(
    casefile: Casefile, *, batch: str | None, place: str | None, product: str | None, party: str | None
) -> Findings:
    """One row for each batch, or product where no batch is told, that the rows asked about speak of; by id."""
    from graphkit.analyses.balancing import balance_of
    from graphkit.analyses.lines import lines, product_of
    from graphkit.analyses.movements import counted_once, without_batch
    from graphkit.analyses.packings import packings

    network, store = casefile.network(), casefile.store
    asked = {"batch": batch, "place": place, "product": product, "party": party}
    named = {name: _identified(store, name, text) if text else None for name, text in asked.items()}
    scope = _scope(network, named["place"], named["party"])
    of_batch = f"{PRODUCT.prefix}:{product_of(named['batch'])}" if named["batch"] else None
    every = lines(casefile, named["product"] or of_batch)
    wanted = [line for line in every if _wanted(line, named["batch"], named["product"])]
    packed = packings(store, wanted)
    balances, recipes = [], _recipes(every)
    once = counted_once(casefile, wanted)
    loose = without_batch(casefile, once, first_hands=not scope.nodes)
    for goods, about in _by_goods(once).items():
        if named["batch"] not in (None, goods):
            continue
        if found := balance_of(goods, about, scope, packed[goods], recipes, loose.get(product_of(goods), [])):
            balances.append((found, _row(found, named)))
    rows = [row for _, row in balances]
    return Findings(rows, tuple(_notes([each for each, _ in balances])), revision=network.revision)


def _identified(store: Store, name: str, text: str) -> str:
    kinds = {"batch": BATCH.name, "place": PLACE.name, "product": PRODUCT.name}
    return identified(store, text, kinds.get(name, "entity"))


def _scope(network: Network, place: str | None, party: str | None) -> Scope:
    from graphkit.analyses.balancing import Scope
    from graphkit.analyses.lines import controllers

    nodes = {node for node in (place, party) if node}
    return Scope(frozenset(nodes.union(controllers(network, place) if place and not party else ())))


def _wanted(line: Line, batch: str | None, product: str | None) -> bool:
    """Lines of the product. Those of its other batches and of none tell of whom else the goods may be."""
    from graphkit.analyses.lines import product_of

    if batch and line.product != product_of(batch):
        return False
    return product is None or f"{PRODUCT.prefix}:{line.product}" == product


def _by_goods(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.goods, []).append(line)
    return dict(sorted(found.items()))


def _recipes(lines: list[Line]) -> dict[str, list[Line]]:
    """What each transformation used and produced."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.transformation:
            found.setdefault(line.transformation, []).append(line)
    return found


def _row(found: Balance, named: dict[str, str | None]) -> Row:
    low, high = found.unexplained
    made = found.goods.startswith(f"{BATCH.prefix}:")
    missing = found.missing
    figures = {name: round(value, 6) for name, value in found.low.items()}
    return {
        "batch": found.goods if made else None, "product": found.product, "place": named["place"],
        "party": named["party"], **figures, "yield": found.gain,
        "unexplained_min": low, "unexplained_max": high,
        "missing": round(missing.amount, 6) if missing else None, "missing_by": day_of(missing.by) if missing else None,
        "unit": found.unit, "evidence": merged(line.evidence for _, line, _, _ in found.counted),
    }  # fmt: skip


def day_of(moment: int) -> str | None:
    """The day of a moment in microseconds since 1970; None where it is unknown.

    >>> day_of(1_643_011_200_000_000)
    '2022-01-24'
    """
    if abs(moment) >= 2**60:
        return None
    return (datetime(1970, 1, 1) + timedelta(microseconds=moment)).date().isoformat()


def _notes(balances: list[Balance]) -> Iterator[str]:
    yield from _certificates(balances)
    yield from _told_twice(balances)
    doubtful = [line.link for each in balances for _, line, _, _ in each.counted if line.doubtful]
    if doubtful:
        told = _some(doubtful)
        yield say(
            f"Counted in the most only, as another row may tell of the same movement or as no batch is told: {told}.",
            f"可能与另一行为同一笔流转，或未写批号，仅计入最多：{told}。",
        )
    if any(low != high for each in balances for _, _, low, high in each.counted):
        ranges = [f"{name} {each.goods}: {_plain(each.low[name])} – {_plain(each.high[name])} {each.unit}"
                  for each in balances for name in each.low if each.low[name] != each.high[name]]  # fmt: skip
        told = _some(ranges)
        yield say(f"The figures give the least where it is not certain: {told}.", f"不确定的数字所列为最少者：{told}。")
    aside = [f"{line.link} ({_plain(line.low)} {line.unit or '?'}: {', '.join(line.evidence)})"
             for each in balances for line in each.aside]  # fmt: skip
    if aside:
        told = "; ".join(aside)
        yield say(
            f"Not in the figures, for want of a quantity or of a unit that converts: {told}.",
            f"因缺少数量或单位无法换算而未计入：{told}。",
        )
    beyond = [f"{line.link} ({', '.join(line.evidence)})" for each in balances for line in each.beyond]
    if beyond:
        told = _some(beyond)
        yield say(
            f"Left when nothing that came in by then could cover it (stock below zero): {told}.",
            f"流出时此前流入已不足（库存为负）：{told}。",
        )
    early = [f"{line.link} ({line.latest}: {', '.join(line.evidence)})" for each in balances for line in each.early]
    if early:
        told = _some(early)
        yield say(f"Left before any was made: {told}.", f"早于首次产出即已售出：{told}。")


def _certificates(balances: list[Balance]) -> Iterator[str]:
    """In words: by this day so much had gone that never came."""
    for each in [each for each in balances if each.missing][:_NAMED]:
        assert each.missing is not None
        short, day = each.missing, day_of(each.missing.by)
        came, went, lack = (_plain(value) for value in (short.received, short.sent, short.amount))
        yield say(
            f"{each.goods}: by {day or 'a day unknown'} {went} {each.unit} had gone out, at most {came} had come in; "
            f"at least {lack} must have entered by then unseen. When it entered, and from whom, the rows do not tell.",
            f"{each.goods}：截至 {day or '日期不明'} 已流出 {went} {each.unit}，流入至多 {came}；至少 {lack} "
            "在此之前未经记录流入。何时流入、来自何人，记录未能说明。",
        )


def _told_twice(balances: list[Balance]) -> Iterator[str]:
    matched = {line.link: line for each in balances for _, line, _, _ in each.counted if line.with_}
    if matched:
        told = _some([" = ".join((name, *line.with_)) for name, line in sorted(matched.items())])
        yield say(f"One movement told several times, counted once: {told}.", f"同一笔流转的多处记载只计一次：{told}。")


def _some(listed: list[str]) -> str:
    more = f" (+{len(listed) - _NAMED})" if len(listed) > _NAMED else ""
    return "; ".join(listed[:_NAMED]) + more


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{round(value, 6):,.10g}"


_FIGURE = {
    "in": ("In", "流入"), "produced": ("Produced", "产出"), "out": ("Out", "流出"), "seized": ("Seized", "扣押"),
    "sampled": ("Sampled", "抽检"), "stock": ("In stock", "库存"),
}  # fmt: skip

BALANCE = Analysis(
    id="balance",
    question_en="What went in, came out, was seized, and what remains unexplained?",
    question_zh="流入、产出、流出、扣押各多少？还有多少去向或来源不明？",
    parameters=(
        Parameter("batch", "Of this batch.", "只看此批号。", of=BATCH.name),
        Parameter("place", "At this place, with those who control it.", "只看此窝点及其控制人。", of=PLACE.name),
        Parameter("product", "Of this product.", "只看此品名。", of=PRODUCT.name),
        Parameter("party", "Of this person or company.", "只看此人或此企业。", of="entity"),
    ),
    columns=(
        Column("batch", en="Batch", zh="批号"),
        Column("product", en="Product", zh="品名"),
        Column("place", en="Place", zh="窝点"),
        Column("party", en="Party", zh="主体"),
        *(Column(name, "number", "unit", *titles) for name, titles in _FIGURE.items()),
        Column("yield", "number", "", "Yield", "收率"),
        Column("unexplained_min", "number", "unit", "Unexplained, least", "不明，最少"),
        Column("unexplained_max", "number", "unit", "Unexplained, most", "不明，最多"),
        Column("missing", "number", "unit", "Entered unseen, at least", "至少未记录流入"),
        Column("missing_by", en="By the day", zh="不迟于"),
        Column("unit", en="Unit", zh="单位"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=balance,
    help_en=(
        "One row a batch, or a product where rows tell no batch. Unexplained is what came in and was produced, less "
        "what went out, was seized, sampled or last counted in stock: above zero nobody knows where it is, below zero "
        "nobody knows whence it came. Rows that disagree make it a range. Of a place or a party, in and out are what "
        "crossed its bounds. Of a whole batch, out is what transformations used and end users bought, and in, where no "
        "row tells who made it, is what the first hands gave, which may be one party under several names: hence a "
        "range. Entered unseen is the least that must have come in beyond the records, and by when. Ledger, "
        "counter-ledger and waybill of one movement count once. Masses are in kg; other units convert only by a "
        "packing ratio (such as 12 boxes/carton); what does not "
        "convert is listed in the notes."
    ),
    help_zh=(
        "每个批号一行；没有批号的按品名。不明数量 = 流入 + 产出 − 流出 − 扣押 − 抽检 − 最近一次盘点库存："
        "大于零为去向不明，小于零为来源不明。各行记载不一时给出范围。指定窝点或主体时，流入、流出指跨越其边界的数量；"
        "整个批号的流出指加工耗用和最终购买，没有产出记录时流入为首手供出的数量（同一人可能有多种写法，故为范围）。"
        "“至少未记录流入”为记录之外至少流入的数量及最迟日期。同一笔流转的台账、对方台账和运单只计一次。"
        "重量折合千克；其他单位仅按规格（如 12盒/箱）换算，不能换算的列在说明中。"
    ),
    method="Material balance; the least unseen supply is the lowest point of the running balance (docs/quantities.md).",
    example="graphkit balance",
)
