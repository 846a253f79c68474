"""The campaign's figures, for the whole country or by region."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.documents import repeats_note, shared_numbers_note
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.links import LINK_KINDS
from graphkit.model.nodes import NODE_KINDS
from graphkit.model.regions import LEVELS, full_name, roll_up

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graphkit.analyses.lookup.measures import Tally
    from graphkit.network.network import Network

UNKNOWN = "unknown"  # the region of what has none
_THINGS = 20  # a figure that more stand behind names its rows only when asked
_ROWS = 100

# What a measure is called. entities:KIND and links:KIND are named by their kind.
MEASURES: dict[str, tuple[str, str]] = {
    "cases": ("Cases", "案件"),
    "involved_amount": ("Amount involved in cases", "涉案金额"),
    "dens": ("Dens", "窝点"),
    "suspects": ("Suspects", "嫌疑人"),
    "seizures": ("Seizures", "扣押"),
    "seized_quantity": ("Seized quantity", "扣押数量"),
    "seized_value": ("Value seized", "扣押货值"),
    "leads": ("Leads", "线索"),
    "companies": ("Companies", "企业"),
    "persons": ("Persons", "人员"),
    "supplies": ("Supplies", "购销"),
    "supplied_amount": ("Amount supplied", "购销金额"),
    "shipments": ("Shipments", "运单"),
    "payments": ("Payments", "付款"),
    "paid_amount": ("Amount paid", "付款金额"),
}


def _words() -> dict[str, tuple[str, str]]:
    """What people call each measure."""
    nodes = {f"entities:{kind.name}": (f"Entities: {kind.name}", f"实体：{kind.zh}") for kind in NODE_KINDS}
    links = {f"links:{kind.name}": (f"Links: {kind.name}", f"关联：{kind.zh}") for kind in LINK_KINDS}
    return MEASURES | nodes | links


@dataclass(frozen=True, eq=False)
class _Figure:
    """One figure of one region: the tally and which of its things lie there."""

    tally: Tally
    region: str | None
    chosen: NDArray[np.int64]

    @property
    def things(self) -> list[int]:
        return [int(i) for i in self.tally.things[self.chosen]]

    @property
    def bounds(self) -> tuple[float, float]:
        if self.tally.low is None or self.tally.high is None:
            return len(self.chosen), len(self.chosen)
        return _total(self.tally.low[self.chosen]), _total(self.tally.high[self.chosen])


def stats(casefile: Casefile, *, by: str | None, level: str, evidence: bool) -> Findings:
    """One row a figure and region: regions by code, the unknown last, figures in the order of MEASURES."""
    from graphkit.analyses.lookup.measures import tallies

    network = casefile.network()
    every = tallies(network, casefile.store)
    figures = list(_by_region(casefile, network, every, level)) if by else list(_national(every))
    rows = [_row(figure) for figure in figures]
    silent = _add_evidence(casefile, network, figures, rows, evidence)
    notes = (
        *_notes(rows, by, silent),
        *shared_numbers_note(network),
        *repeats_note(network),
        *_taken(casefile, network),
    )
    return Findings(rows, notes, revision=network.revision)


def _national(every: list[Tally]) -> Iterator[_Figure]:
    import numpy as np

    for tally in every:
        yield _Figure(tally, None, np.arange(len(tally.things)))


def _by_region(casefile: Casefile, network: Network, every: list[Tally], level: str) -> Iterator[_Figure]:
    """The figures that have a region; what nothing counts in a region is left out there."""
    import numpy as np

    from graphkit.analyses.regions.whereabouts import regions_of

    codes = regions_of(network, casefile.store)
    rolled = {int(code): roll_up(f"{code:06}", level) if code else UNKNOWN for code in np.unique(codes)}
    placed: list[tuple[bool, str, int, _Figure]] = []
    for order, tally in enumerate(every):
        if tally.at is None:
            continue
        regions = np.array([rolled[int(code)] for code in codes[tally.at]], np.object_)
        for region in sorted(set(regions.tolist())):
            figure = _Figure(tally, region, np.flatnonzero(regions == region))
            placed.append((region == UNKNOWN, region, order, figure))
    yield from (figure for *_, figure in sorted(placed, key=lambda each: each[:3]))


def _row(figure: _Figure) -> Row:
    low, high = figure.bounds
    region = figure.region
    return {
        "measure": figure.tally.measure,
        "value": low,
        "value_max": high if high != low else None,
        "unit": figure.tally.unit,
        "region": region,
        "region_name": full_name(region) if region and region != UNKNOWN else None,
        "evidence": [],
    }


def _total(values: NDArray[np.float64]) -> float:
    return round(math.fsum(values.tolist()), 6)


def _add_evidence(casefile: Casefile, network: Network, figures: list[_Figure], rows: list[Row], asked: bool) -> bool:
    """Names the rows behind each figure that few things stand behind, or behind all; whether some were left out."""
    chosen = [asked or len(figure.chosen) <= _THINGS for figure in figures]
    named = [figure for figure, wanted in zip(figures, chosen, strict=True) if wanted]
    links = evidence_of(casefile.store, network, _things(named, True))
    nodes = _node_evidence(casefile, network, _things(named, False))
    silent = False
    for figure, row, wanted in zip(figures, rows, chosen, strict=True):
        known = links if figure.tally.are_links else nodes
        found = merged(known[i] for i in figure.things) if wanted else []
        cut = not wanted or (len(found) > _ROWS and not asked)
        row["evidence"] = [] if cut else found
        silent |= cut
    return silent


def _things(figures: list[_Figure], links: bool) -> list[int]:
    return [i for figure in figures if figure.tally.are_links == links for i in figure.things]


def _node_evidence(casefile: Casefile, network: Network, nodes: list[int]) -> dict[int, tuple[str, ...]]:
    positions = sorted(set(nodes))
    rows: dict[str, set[str]] = {}
    for each in casefile.store.statements(network.ids.take(positions)) if positions else []:
        rows.setdefault(each.node, set()).update(each.evidence)
    return {i: tuple(rows.get(network.ids[i], ())) for i in positions}


def _taken(casefile: Casefile, network: Network) -> tuple[str, ...]:
    """Who was taken for whom where several rows tell of one movement."""
    from graphkit.analyses.parties.meant import meant, taken_note

    return taken_note(meant(casefile.store, network))


def _notes(rows: list[Row], by: str | None, silent: bool) -> Iterator[str]:
    if any(row["value_max"] is not None for row in rows):
        yield say("Rows disagree: value to value_max is the range.", "各行记载不一：value 至 value_max 为范围。")
    if by:
        yield say(
            "A suspect counts where last seen acting. What moves from place to place, such as supplies and payments, "
            "lies in no region and is left out.",
            "嫌疑人计入其最近活动的区划；购销、付款等跨地流动的指标不分区划，从略。",
        )
    if silent:
        yield say(
            f"Figures that over {_THINGS} entities or links stand behind name no rows; --evidence names all.",
            f"超过 {_THINGS} 个对象或联系的指标未列依据；--evidence 全部列出。",
        )


STATS = Analysis(
    id="stats",
    question_en="What are the campaign's figures?",
    question_zh="专项行动的各项数字是多少？",
    parameters=(
        Parameter("by", "Give each region by itself.", "分区划列出。", choices=("region",)),
        Parameter("level", "Which regions.", "区划级别。", default="province", choices=LEVELS),
        Parameter("evidence", "Name every row behind every figure.", "列出每个数字的全部依据。", "flag", False),
    ),
    columns=(
        Column("measure", en="Measure", zh="指标", words=_words()),
        Column("value", "number", "unit", "Value", "数值"),
        Column("value_max", "number", "unit", "At most", "至多"),
        Column("unit", en="Unit", zh="单位"),
        Column("region", en="Region", zh="区划代码", words={UNKNOWN: ("unknown", "不详")}),
        Column("region_name", en="Region name", zh="区划名称"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=stats,
    help_en=(
        "Each entity and each link counts once, however many rows state it; so do payments and calls that several "
        "files tell of: same ends, same amount or duration, times that agree to the second, or by the day where no "
        "more is known (of m rows in one file and n in the other the greater number). Dens are the places that "
        "records give a number; suspects the parties that a case names, from whom goods were seized, who control a "
        "place, or whose status is at large, arrested, bailed, detained or charged. Masses are added in kg, other "
        "units each by themselves. Regions are told by division codes, else by the beginning of the address; what "
        "has none is counted as unknown."
    ),
    help_zh=(
        "每个对象、每条联系只计一次，不论有多少行记载。多个文件记载的同一笔付款、同一次通话（双方、金额或"
        "时长相同，时间相符，只知日期的按日期）也只计一次；一个文件有 m 行、另一个有 n 行的，计较多"
        "者。窝点指有编号的场所；嫌疑人指案件所列、被扣押货物或控制窝点的主体，及在逃、抓获、取保、刑拘、"
        "逮捕的人员。重量折合为千克相加，其他单位各自相加。区划按区划代码，没有代码的按地址开头判断；判断"
        "不出的计入 unknown。"
    ),
    method="",
    example="graphkit stats --by region --level city",
)
