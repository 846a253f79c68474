"""What went in, what came out, what was seized, and how much of it nobody has explained?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import describe, merged
from graphkit.analyses.documents import declared_wrong_note
from graphkit.analyses.parties.stated import identified
from graphkit.model.answer import Column, Row
from graphkit.model.nodes import BATCH, PARTY, PLACE, PRODUCT

if TYPE_CHECKING:
    from graphkit.analyses.goods.balancing import Balance
    from graphkit.analyses.goods.lines import Line
    from graphkit.analyses.goods.owners import Owners
    from graphkit.analyses.goods.scopes import Scope
    from graphkit.analyses.parties.labels import Labels
    from graphkit.network.network import Network


def balance(
    casefile: Casefile, *, batch: str | None, place: str | None, product: str | None, party: str | None
) -> Findings:
    """One row for each batch, or product where no batch is told, that the rows asked about speak of; by id."""
    from graphkit.analyses.goods.balance_notes import notes, owners_note, told_whole
    from graphkit.analyses.goods.balance_sums import sum_up
    from graphkit.analyses.goods.balancing import balances
    from graphkit.analyses.goods.lacking import tell_lacking
    from graphkit.analyses.goods.lines import lines, product_of
    from graphkit.analyses.goods.movements import counted_once
    from graphkit.analyses.goods.packings import packings

    network, store = casefile.network(), casefile.store
    asked = {"batch": batch, "place": place, "product": product, "party": party}
    named = {name: _identified(casefile, name, text) if text else None for name, text in asked.items()}
    of_batch = f"{PRODUCT.prefix}:{product_of(named['batch'])}" if named["batch"] else None
    every = lines(casefile, named["product"] or of_batch)
    wanted = [line for line in every if _wanted(line, named["batch"], named["product"])]
    once = counted_once(casefile, wanted)
    scope = _scope(casefile, every, named["place"], named["party"])
    found = balances(once, scope, packings(store, wanted))
    tell_lacking(found, scope)
    sum_up(found, _recipes(every))
    shown = [each for each in found if named["batch"] in (None, each.goods)]
    rows = [_row(network, each, named) for each in shown]
    told = [*notes(shown), *owners_note(scope.together()), *declared_wrong_note(network, store)]
    return Findings(rows, tuple(told), revision=network.revision, whole=told_whole(shown))


def _identified(casefile: Casefile, name: str, text: str) -> str:
    kinds = {"batch": BATCH.name, "place": PLACE.name, "product": PRODUCT.name}
    return identified(casefile, text, kinds.get(name, "entity"))


def _scope(casefile: Casefile, lines: list[Line], place: str | None, party: str | None) -> Scope:
    from graphkit.analyses.goods.lines import controllers
    from graphkit.analyses.goods.owners import Owners
    from graphkit.analyses.goods.scopes import Scope
    from graphkit.analyses.parties.labels import Labels, parties_with_goods

    network, nodes = casefile.network(), {node for node in (place, party) if node}
    nodes.update(controllers(network, place) if place and not party else ())
    labels = Labels(casefile, parties_with_goods(network))
    owners = Owners(lines, labels)
    nodes |= _told_as(casefile, nodes)
    return Scope(frozenset(nodes | _called_alike(owners, labels, nodes)), owners)


def _told_as(casefile: Casefile, nodes: set[str]) -> set[str]:
    """Names that stand for these in other rows of the same movements, or that use their phones."""
    import numpy as np

    from graphkit.analyses.parties.same_hands import same_hands

    if not nodes:
        return set()
    network = casefile.network()
    meant = same_hands(casefile.store, network).meant(network)
    known = np.array([network.position(node) for node in sorted(nodes)], np.int64)
    return set(network.ids.take(np.flatnonzero(np.isin(meant, meant[known[known >= 0]]))))


def _called_alike(owners: Owners, labels: Labels, nodes: set[str]) -> set[str]:
    """Parties known by name only that are one owner with these where everybody is looked at, by a name or phone."""
    told = {label for node in nodes for label in labels.known.get(node, ())}
    return {each for group in owners.told_as() if not nodes.isdisjoint(group) for each in group
            if each.startswith(f"{PARTY.prefix}:") and not told.isdisjoint(labels.known.get(each, ()))}  # fmt: skip


def _wanted(line: Line, batch: str | None, product: str | None) -> bool:
    """Lines of the product. Those of its other batches and of none tell of whom else the goods may be."""
    from graphkit.analyses.goods.lines import product_of

    if batch and line.product != product_of(batch):
        return False
    return product is None or f"{PRODUCT.prefix}:{line.product}" == product


def _recipes(lines: list[Line]) -> dict[str, list[Line]]:
    """What each transformation used and produced."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.transformation:
            found.setdefault(line.transformation, []).append(line)
    return found


def _row(network: Network, found: Balance, named: dict[str, str | None]) -> Row:
    missing = found.missing
    figures = {**found.figures, "stock": found.counted, "held": found.held}
    least = {name: round(low, 6) for name, (low, _) in figures.items()}
    return {
        "batch": found.goods if found.told else None, "product": found.product, "place": named["place"],
        "party": named["party"], **least, "held_max": round(found.held[1], 6), "holders": holders_of(network, found),
        "yield": found.gain,
        "unexplained_min": round(found.unexplained[0], 6), "unexplained_max": round(found.unexplained[1], 6),
        "missing": round(missing.amount, 6) if missing else None, "missing_by": day_of(missing.by) if missing else None,
        "unit": found.unit, "evidence": merged(line.evidence for line in found.lines),
    }  # fmt: skip


def holders_of(network: Network, found: Balance) -> list[str]:
    """Who has, or may have, how much of it, by id, name and amount, who has the most first."""
    kept = [(owner, held) for owner, held in found.with_whom.items() if round(held[1], 6) > 0]
    kept.sort(key=lambda each: (-each[1][1], each[0]))
    return [f"{_called(network, owner)}: {_amount(held)}" for owner, held in kept]


def _called(network: Network, owner: str) -> str:
    position = network.position(owner)
    return describe(network, position) if position >= 0 else owner


def _amount(held: tuple[float, float]) -> str:
    low, high = (f"{round(each, 6):,.10g}" for each in held)
    return high if low == high else f"{low} – {high}"


def day_of(moment: int) -> str | None:
    """The day of a moment in microseconds since 1970; None where it is unknown.

    >>> day_of(1_643_011_200_000_000)
    '2022-01-24'
    """
    if abs(moment) >= 2**60:
        return None
    return (datetime(1970, 1, 1) + timedelta(microseconds=moment)).date().isoformat()


FIGURE_TITLES = {
    "in": ("In", "流入"), "produced": ("Produced", "产出"), "out": ("Out", "流出"), "seized": ("Seized", "扣押"),
    "sampled": ("Sampled", "抽检"), "stock": ("In stock", "库存"), "held": ("With known holders", "已知持有者手中"),
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
        *(Column(name, "number", "unit", *titles) for name, titles in FIGURE_TITLES.items()),
        Column("held_max", "number", "unit", "With known holders, most", "已知持有者手中，最多"),
        Column("holders", "list", "", "Holders", "持有者"),
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
        "One row a batch, or a product for rows that tell no batch. Unexplained is what came in or was made and was "
        "not found again: it neither went out, nor was seized, sampled or counted in stock; below zero more was found "
        "than came in. Held is how much of it known holders received or made and have not passed on, used or lost, as "
        "far as rows tell; holders says who: ask them first. Where rows disagree, or somebody gave more than had come "
        "to him, which may have come unseen from a known holder, figures are ranges. Of a place or a party, in and out "
        "are what crossed its bounds; its names in other "
        "rows of the same movements, and parties known by the same name only, are taken as itself. "
        "Of a whole batch, out is what transformations used and end users bought, "
        "and in, where no row tells who made it, is what those gave who gave before any came to them; they may be one "
        "party under several names: hence a range. Entered unseen is the least that must have come in beyond the "
        "records, and by when. Rows of no batch may be of any batch: they make up for what one lacks. Ledger, "
        "counter-ledger and waybill of one movement count once. Masses are in kg; other units convert only by a "
        "packing ratio (such as 12 boxes/carton); what does not convert is listed in the notes, and so are the rows by "
        "which goods left before they came or before they were made, whoever is looked at."
    ),
    help_zh=(
        "每个批号一行；未写批号的行按品名列一行。不明数量为流入或产出之后未再见到的部分：未流出、未被扣押或抽检、盘点也没有；"
        "小于零表示见到的多于流入。“已知持有者手中”为其中已知持有者收到或产出、按记录尚未供出、耗用或损失的数量，"
        "holders 列出是谁，可先向其查问。各行记载不一，或有人供出多于收入"
        "（可能由已知持有者未经记录供给）时，数字为范围。"
        "指定窝点或主体时，流入、流出指跨越其边界的数量，同一流转其他记载中的名称和仅有同一姓名的主体视为其本人。"
        "整个批号的流出指加工耗用和最终购买；没有产出记录时，流入为尚未收到即已供出者所供的数量"
        "（同一人可能有多种写法，故为范围）。“至少未记录流入”为记录之外至少流入的数量及最迟日期。"
        "未写批号的行可能属任一批号，可抵补其不足。同一笔流转的台账、对方台账和运单只计一次。"
        "重量折合千克；其他单位仅按规格（如 12盒/箱）换算，不能换算的列在说明中；"
        "先于到货或先于产出流出的行，无论查看何种范围，均列在说明中。"
    ),
    method="Material balance; the least unseen supply is the lowest point of the running balance (docs/quantities.md).",
    example="graphkit balance",
)
