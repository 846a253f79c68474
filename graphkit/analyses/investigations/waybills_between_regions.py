"""Between which regions do waybills go, and what do they carry?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.investigations.onward_deliveries import products_of
from graphkit.analyses.parties.stated import region_codes
from graphkit.model.answer import Column, Row
from graphkit.model.regions import LEVELS, roll_up

if TYPE_CHECKING:
    from graphkit.network.network import Network

UNKNOWN = "unknown"
_CODE = re.compile(r"[0-9]{6}")
_Key = tuple[str, str, str | None, str | None]  # from, to, product, unit
_Evidence = dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class _Waybill:
    """One line of a waybill, whatever number of entries it has."""

    links: tuple[int, ...]
    key: _Key
    low: float | None
    high: float | None
    day: str | None


def waybills_between_regions(casefile: Casefile, *, level: str) -> Findings:
    """One row for each pair of regions, product and unit; each line of a waybill counts once."""
    network = casefile.network()
    entries: dict[str, list[int]] = {}
    for link in network.links.of_kinds("SHIPPED").tolist():
        entries.setdefault(network.links.ids[link], []).append(link)
    evidence = evidence_of(casefile.store, network, (link for some in entries.values() for link in some))
    regions = _Regions(casefile, network, level)
    found: dict[_Key, list[_Waybill]] = {}
    for some in entries.values():
        one = _waybill(network, regions, some, evidence)
        found.setdefault(one.key, []).append(one)
    # Those without product or unit come last, as in Cypher.
    ordered = sorted(found, key=lambda key: (*key[:2], key[2] is None, key[2] or "", key[3] is None, key[3] or ""))
    rows = [_row(key, found[key], merged(evidence[i] for one in found[key] for i in one.links)) for key in ordered]
    return Findings(rows, revision=network.revision)


class _Regions:
    """In which region a row puts a party: that of the place at which the same row says it is."""

    def __init__(self, casefile: Casefile, network: Network, level: str) -> None:
        links = network.links
        located = links.of_kinds("LOCATED_AT").tolist()
        places = {int(links.target[link]) for link in located}
        codes = region_codes(network, casefile.store, (place for place in places if network.kind_of(place) == "Place"))
        evidence = evidence_of(casefile.store, network, located)
        self.at: dict[tuple[int, str], set[str]] = {}
        for link in located:
            for code, _ in codes.get(int(links.target[link]), ()):
                region = roll_up(code, level) if _CODE.fullmatch(code) else code
                for row in evidence[link]:
                    self.at.setdefault((int(links.source[link]), row), set()).add(region)

    def of(self, parties: list[int], rows: list[tuple[str, ...]]) -> str:
        """The least of the regions in which these rows put their parties."""
        told = [self.at.get((party, row), ()) for party, some in zip(parties, rows, strict=True) for row in some]
        return min((region for regions in told for region in regions), default=UNKNOWN)


def _waybill(network: Network, regions: _Regions, some: list[int], evidence: _Evidence) -> _Waybill:
    from graphkit.analyses.times import iso

    table, rows = network.links, [evidence[link] for link in some]
    low = [float(table.quantity_min[link]) for link in some if not math.isnan(table.quantity_min[link])]
    high = [float(table.quantity_max[link]) for link in some if not math.isnan(table.quantity_max[link])]
    units = [table.units[code] for link in some if (code := int(table.unit[link])) >= 0]
    days = [day[:10] for link in some if (day := iso(int(table.started_earliest[link])))]
    key = (
        regions.of([int(table.source[link]) for link in some], rows),
        regions.of([int(table.target[link]) for link in some], rows),
        min(products_of(network, some), default=None),
        min(units, default=None),
    )
    return _Waybill(tuple(some), key, min(low, default=None), max(high, default=None), min(days, default=None))


def _row(key: _Key, waybills: list[_Waybill], evidence: list[str]) -> Row:
    return {
        "from": key[0],
        "to": key[1],
        "product": key[2],
        "unit": key[3],
        "waybills": len(waybills),
        "quantity_min": _total([one.low for one in waybills]),
        "quantity_max": _total([one.high for one in waybills]),
        "first": min((one.day for one in waybills if one.day), default=None),
        "last": max((one.day for one in waybills if one.day), default=None),
        "evidence": evidence,
    }


def _total(values: list[float | None]) -> float | None:
    """The sum to millionths, as the Cypher does it; None where nothing is known."""
    known = [value for value in values if value is not None]
    return math.floor(sum(known) * 1_000_000 + 0.5) / 1_000_000 if known else None


WAYBILLS_BETWEEN_REGIONS = Analysis(
    id="waybills_between_regions",
    question_en="Between which regions do waybills go, and what do they carry?",
    question_zh="运单往来于哪些区划之间？运送什么？",
    parameters=(Parameter("level", "Regions of this level.", "区划的级别。", default="province", choices=LEVELS),),
    columns=(
        Column("from", en="From", zh="起"),
        Column("to", en="To", zh="止"),
        Column("product", en="Product", zh="品名"),
        Column("unit", en="Unit", zh="单位"),
        Column("waybills", "integer", "waybills", "Waybills", "运单数"),
        Column("quantity_min", "number", "unit", "Quantity, least", "最少数量"),
        Column("quantity_max", "number", "unit", "Quantity, most", "最多数量"),
        Column("first", en="First", zh="最早"),
        Column("last", en="Last", zh="最晚"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=waybills_between_regions,
    help_en=(
        "A region is that which some record states for the address that the waybill's row gives; addresses themselves "
        "are read by `graphkit flows`, which also counts supplies and money. Each line of a waybill counts once; where "
        "rows disagree the quantity is a range. What has no stated region stands under `unknown`."
    ),
    help_zh=(
        "区划取各记录为运单该行地址写明的区划；从地址文字识别区划以及购销、资金往来见 graphkit flows。"
        "运单每行货物只计一次，记载不一时数量为一个范围。没有写明区划的列为 unknown。"
    ),
    method="",
    example="graphkit query waybills_between_regions --param level=city",
)
