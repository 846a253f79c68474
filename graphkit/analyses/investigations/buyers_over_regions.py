"""In which regions are a supplier's buyers, and what did each region get?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.parties.stated import region_codes
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.regions import CALLED, LEVELS, roll_up

if TYPE_CHECKING:
    from graphkit.network.network import Network, Numbers

UNKNOWN = "unknown"
_LOCATING = ("LOCATED_AT", "CONTROLS")
_Places = dict[int, dict[str, set[int]]]  # buyer → region → the links that say so
_CODE = re.compile(r"[0-9]{6}")


@dataclass
class _Supply:
    """What one supply brought to one region: its links, and those that tell the region."""

    links: set[int] = field(default_factory=set)
    buyers: set[int] = field(default_factory=set)
    located: set[int] = field(default_factory=set)


def buyers_over_regions(casefile: Casefile, *, supplier: str, regions: int, level: str) -> Findings:
    """One row for each region and unit, where the buyers are in at least so many known regions."""
    network = casefile.network()
    supplies = _supplies(network, position_of(network, casefile.store, supplier))
    places = _places(casefile, network, {int(network.links.target[link]) for link in supplies}, level)
    known = {region for found in places.values() for region in found}
    if len(known) < regions:
        return Findings([], _too_few(len(known), regions), revision=network.revision)
    rows = _rows(casefile, network, _by_region(network, supplies, places))
    return Findings(rows, _several(places), revision=network.revision)


def _supplies(network: Network, supplier: int) -> list[int]:
    targets, links = network.out.of_node(supplier)
    kept = (targets != supplier) & (network.links.kind[links] == network.links.kind_code("SUPPLIED"))
    found: list[int] = links[kept].tolist()
    return found


def _places(casefile: Casefile, network: Network, buyers: Iterable[int], level: str) -> _Places:
    """The regions of each buyer's places; a buyer of no known region is left out."""
    links, at = network.links, dict[int, list[int]]()
    locating = [links.kind_code(kind) for kind in _LOCATING]
    for buyer in buyers:
        for place, link in zip(*network.out.of_node(buyer), strict=True):
            if links.kind[link] in locating and network.kind_of(int(place)) == "Place":
                at.setdefault(buyer, []).append(int(link))
    codes = region_codes(network, casefile.store, (int(links.target[i]) for some in at.values() for i in some))
    found: _Places = {}
    for buyer, some in at.items():
        for link in some:
            for code, within in codes.get(int(links.target[link]), ()):
                region = roll_up(code, level) if _CODE.fullmatch(code) else code
                told = {link} if within is None else {link, within}
                found.setdefault(buyer, {}).setdefault(region, set()).update(told)
    return found


def _by_region(network: Network, supplies: list[int], places: _Places) -> dict[str, dict[str, _Supply]]:
    """The supplies of each region by their ids: rows may disagree on who bought, the supply counts once."""
    found: dict[str, dict[str, _Supply]] = {}
    for link in supplies:
        buyer = int(network.links.target[link])
        for region, located in places.get(buyer, {UNKNOWN: set[int]()}).items():
            supply = found.setdefault(region, {}).setdefault(network.links.ids[link], _Supply())
            supply.links.add(link)
            supply.buyers.add(buyer)
            supply.located |= located
    return found


def _rows(casefile: Casefile, network: Network, found: dict[str, dict[str, _Supply]]) -> list[Row]:
    behind = {i for supplies in found.values() for each in supplies.values() for i in each.links | each.located}
    evidence = evidence_of(casefile.store, network, behind)
    rows = []
    for region in sorted(found):
        units: dict[str, list[_Supply]] = {}
        for supply in found[region].values():  # in the order of their ids, so that sums do not differ
            units.setdefault(_unit(network, supply) or "", []).append(supply)
        # Those without unit come last, as in Cypher.
        ordered = sorted(units, key=lambda unit: (not unit, unit))
        rows += [_row(network, region, unit or None, units[unit], evidence) for unit in ordered]
    return rows


def _row(
    network: Network, region: str, unit: str | None, supplies: list[_Supply], evidence: dict[int, tuple[str, ...]]
) -> Row:
    least = [min(found) for each in supplies if (found := _measures(network.links.quantity_min, each))]
    most = [max(found) for each in supplies if (found := _measures(network.links.quantity_max, each))]
    links = {link for each in supplies for link in each.links | each.located}
    return {
        "region": region,
        "buyers": network.ids.take(sorted({buyer for each in supplies for buyer in each.buyers})),
        "supplies": len(supplies),
        "quantity_min": _rounded(sum(least)) if least else None,
        "quantity_max": _rounded(sum(most)) if most else None,
        "unit": unit,
        "evidence": merged(evidence[link] for link in links),
    }


def _unit(network: Network, supply: _Supply) -> str | None:
    links = network.links
    return min((links.units[code] for i in supply.links if (code := int(links.unit[i])) >= 0), default=None)


def _measures(column: Numbers, supply: _Supply) -> list[float]:
    values = (float(column[link]) for link in supply.links)
    return [value for value in values if not math.isnan(value)]


def _rounded(value: float) -> float:
    """To millionths, as the Cypher does it."""
    return math.floor(value * 1_000_000 + 0.5) / 1_000_000


def _too_few(known: int, wanted: int) -> tuple[str, ...]:
    return (
        say(
            f"The buyers are in {known} known regions, fewer than the {wanted} asked for.",
            f"已知下家分布在 {known} 个区划，少于所求的 {wanted} 个。",
        ),
    )


def _several(places: _Places) -> tuple[str, ...]:
    several = sum(len(found) > 1 for found in places.values())
    if not several:
        return ()
    return (
        say(
            f"Buyers that are in several regions and counted in each: {several}.",
            f"分属多个区划、在每个区划均计入的下家：{several} 个。",
        ),
    )


BUYERS_OVER_REGIONS = Analysis(
    id="buyers_over_regions",
    question_en="In which regions are a supplier's buyers, and what did each region get?",
    question_zh="供货方的下家分布在哪些区划？各区划得到多少？",
    parameters=(
        Parameter(
            "supplier", "The supplier's id, or a name or number that only it has.",
            "供货方的标识，或只有它才有的名称、号码。", positional=True, of="entity",
        ),
        Parameter(
            "regions", "Only where the buyers are in at least so many regions.",
            "仅当下家分布在至少这么多个区划时列出。", "integer", 2, minimum=1,
        ),
        Parameter("level", "Regions of this level.", "区划的级别。", default="county", choices=LEVELS),
    ),
    columns=(
        Column("region", en="Region", zh="区划", words=CALLED),
        Column("buyers", "list", "", "Buyers", "下家"),
        Column("supplies", "integer", "supplies", "Supplies", "供货笔数"),
        Column("quantity_min", "number", "unit", "Quantity, least", "最少数量"),
        Column("quantity_max", "number", "unit", "Quantity, most", "最多数量"),
        Column("unit", en="Unit", zh="单位"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=buyers_over_regions,
    help_en=(
        "A buyer is in the regions of the places where it is located or that it controls. Each supply counts once, "
        "whatever number of rows state it; where they disagree the quantity is a range. Buyers of no known region "
        "stand under `unknown`, which does not count as a region."
    ),
    help_zh=(
        "下家的区划取其所在或所控制场所的区划。每笔供货无论多少行记载只计一次，记载不一时数量为一个范围。"
        "区划不明的下家列在 unknown 之下，不算作一个区划。"
    ),
    method="",
    example="graphkit query buyers_over_regions --param supplier=李伟",
)  # fmt: skip
