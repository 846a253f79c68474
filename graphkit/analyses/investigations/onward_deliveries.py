"""What a party got directly, and what it can have passed on of it, in order of time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.entities import position_of
from graphkit.model.answer import Column, Row
from graphkit.model.nodes import PRODUCT

if TYPE_CHECKING:
    from graphkit.network.adjacency import Adjacency
    from graphkit.network.network import Network

_KINDS = ("SUPPLIED", "SHIPPED")
_DAY = 86_400_000_000


@dataclass(frozen=True)
class _Delivery:
    """One delivery, whatever number of entries it has: those who gave (or got) it, what and when."""

    id: str
    links: tuple[int, ...]
    others: tuple[str, ...]
    product: str
    quantity: float | None
    unit: str | None
    earliest: int
    latest: int


def onward_deliveries(casefile: Casefile, *, party: str, days: float) -> Findings:
    """One row for each delivery to the party and each from it that can have passed its goods on."""
    network = casefile.network()
    node = position_of(network, casefile.store, party)
    came, went = _deliveries(network, network.into, node), _deliveries(network, network.out, node)
    wait = math.floor(days * 86_400 + 0.5) * 1_000_000
    pairs = [(one, other) for one in came for other in went if _follows(one, other, wait)]
    pairs.sort(key=lambda pair: (pair[0].earliest, pair[0].id, pair[1].earliest, pair[1].id))
    evidence = evidence_of(casefile.store, network, (link for pair in pairs for each in pair for link in each.links))
    rows = [_row(one, other, merged(evidence[i] for i in (*one.links, *other.links))) for one, other in pairs]
    return Findings(rows, revision=network.revision)


def _deliveries(network: Network, adjacency: Adjacency, node: int) -> list[_Delivery]:
    table = network.links
    wanted = {table.kind_code(kind) for kind in _KINDS}
    found: dict[str, list[tuple[int, int]]] = {}
    for other, link in zip(*(column.tolist() for column in adjacency.of_node(node)), strict=True):
        if other != node and int(table.kind[link]) in wanted:
            found.setdefault(table.ids[link], []).append((other, link))
    return [_delivery(network, name, entries) for name, entries in found.items()]


def _delivery(network: Network, name: str, entries: list[tuple[int, int]]) -> _Delivery:
    table, links = network.links, [link for _, link in entries]
    known = [float(table.quantity_min[link]) for link in links if not math.isnan(table.quantity_min[link])]
    units = [table.units[code] for link in links if (code := int(table.unit[link])) >= 0]
    return _Delivery(
        name,
        tuple(links),
        tuple(network.ids.take(sorted({other for other, _ in entries}))),
        min(products_of(network, links), default=""),
        min(known, default=None),
        min(units, default=None),
        min(int(table.started_earliest[link]) for link in links),
        max(int(table.started_latest[link]) for link in links),
    )


def products_of(network: Network, links: list[int]) -> Iterator[str]:
    """The products that rows give these links, by name."""
    for link in links:
        code = int(network.links.product[link])
        if code >= 0:
            text = network.ids[code] if code < len(network) else network.goods.others[code - len(network)]
            yield text.removeprefix(f"{PRODUCT.prefix}:")


def _follows(one: _Delivery, other: _Delivery, wait: int) -> bool:
    from graphkit.network.network import EVER

    until = one.latest if one.latest > EVER - wait else one.latest + wait
    alike = one.product == other.product or not one.product or not other.product
    return alike and other.latest >= one.earliest and other.earliest <= until


def _row(one: _Delivery, other: _Delivery, evidence: list[str]) -> Row:
    from graphkit.analyses.times import iso

    return {
        "suppliers": list(one.others),
        "received": (iso(one.earliest) or "")[:10] or None,
        "quantity_in": one.quantity,
        "unit_in": one.unit,
        "product": one.product or other.product or None,
        "buyers": list(other.others),
        "sent": (iso(other.earliest) or "")[:10] or None,
        "quantity_out": other.quantity,
        "unit_out": other.unit,
        "evidence": evidence,
    }


ONWARD_DELIVERIES = Analysis(
    id="onward_deliveries",
    question_en="From whom did a party get goods directly, and to whom can it have passed them on?",
    question_zh="某主体直接从谁处得到货物，又可能转给了谁？",
    parameters=(
        Parameter(
            "party", "The party's id, or a name or number that only it has.",
            "主体的标识，或只有它才有的名称、号码。", positional=True, of="entity",
        ),
        Parameter(
            "days", "Passed on at most so many days later.", "最多几天之后转出。", "number", 90, minimum=0,
            maximum=36_500,
        ),
    ),
    columns=(
        Column("suppliers", "list", "", "Suppliers", "上家"),
        Column("received", en="Came on", zh="到货"),
        Column("quantity_in", "number", "unit_in", "Quantity in", "进货数量"),
        Column("unit_in", en="Unit", zh="单位"),
        Column("product", en="Product", zh="品名"),
        Column("buyers", "list", "", "Buyers", "下家"),
        Column("sent", en="Sent on", zh="发货"),
        Column("quantity_out", "number", "unit_out", "Quantity out", "出货数量"),
        Column("unit_out", en="Unit", zh="单位"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=onward_deliveries,
    help_en=(
        "A delivery (supply or waybill) can pass on another of the same product, or of none that a row tells, where "
        "moments within their times allow it: at or after the other began, at most so many days later; an unknown "
        "time may be any. Ledger and waybill of one delivery stand apart, and batches do not count: `graphkit trace` "
        "follows lots, `graphkit flows` counts movements once."
    ),
    help_zh=(
        "品名相同或一方未写品名，且在两笔时间范围内能选定时刻，使发货不早于到货那笔的开始、至多晚这么多天，"
        "即可能为转出；时间不详的可为任何时刻。同一笔的台账与运单分别列出，不看批号："
        "按批号追踪用 graphkit trace，合并计数用 graphkit flows。"
    ),
    method="",
    example="graphkit query onward_deliveries --param party=person:33032619731119012X",
)  # fmt: skip
