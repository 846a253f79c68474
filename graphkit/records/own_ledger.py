"""Ledgers that one party keeps: 某医药有限公司销售台账 names the buyers only, for the seller is whoever keeps it.

Who that is stands above the header (单位名称：某公司, 某公司销售台账), else in the name of the sheet or of the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.records import BY_NAME
from graphkit.records.above import said_above
from graphkit.records.recognition import assign, header_key, missing

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

# What a firm's name ends with; words that say what it does with the goods, or what the list is, are no part of it.
_FIRM = (
    r"公司|药店|药房|诊所|医院|卫生院|卫生室|卫生服务中心|厂|商店|商行|经营部|门市部|批发部|超市|大药房|企业|合作社|"
    r"\b(?:Ltd|Limited|Inc|LLC|Co|Company|Pharmacy|Clinic|Hospital)\.?"
)
_SIDES = {
    ("supply", "seller"): "销售|销货|出库|供货|发货|(?:销后)?退[货回]|sales",
    ("supply", "buyer"): "购进|采购|进货|入库|验收|购货|purchase",
    ("stocktake", "holder"): "盘点|库存|清点|stock",
    ("purchase", "seller"): "销售|销货|出库|发货|sales",
}
_LIST = rf"\s*(?:\W?\d{{4}}年?\S{{0,8}}?)?(?:处方药|药品|药械|饮片|产品|商品|货物)?\W?(?:{'|'.join(_SIDES.values())})"
_KEPT = re.compile(rf"(?i)(?P<firm>[^:,;/_]{{2,40}}?(?:{_FIRM})(?:\([^()]*\))?)(?={_LIST})")
# 04某公司, 3-1 某公司, 2、某公司: a file's place in a folder; 360大药房 is a name
# 王某（绰号“老王”，身份证号…）发货记录: only with what tells that a person is meant
_PERSON = re.compile(
    r"(?P<who>[一-鿿·]{2,6}\((?=[^()]*(?:身份证|证件|电话|手机|微信|绰号|外号|人称|1[3-9][0-9]{9}))[^()]*\))(?=的?"
    + _LIST
    + ")"
)
_NUMBERED = re.compile(r"^(?:\d{4}年度?|关于|\d{1,3}(?:-\d{1,3})*[-.、)_\s]+|0\d{1,2})")
_AUTHORITY = re.compile(r"公安|监督|稽查|海关|(?:局|厅|处|队|科|检察院|法院)$")  # fills in lists of what others traded
_OWNER = (
    "单位名称",
    "企业名称",
    "公司名称",
    "单位",
    "企业",
    "台账单位",
    "填报单位",
    "药店名称",
    "门店",
    "门店名称",
    "company",
)


def with_keeper(raw: RawTable, file: str) -> RawTable:
    """The table with a column for the party where that is who keeps the ledger; else as it is."""
    import polars as pl

    side = _lacking(raw.header)
    keeper = _keeper(raw, side, file) if side else ""
    if side is None or not keeper:
        return raw
    lacking, field = side[1], BY_NAME[side[0]].by_name[side[1]]
    note = say(
        f"[{raw.sheet}] {lacking} is {keeper} in every line, who keeps the ledger",
        f"[{raw.sheet}] 台账为 {keeper} 所记，各行的“{field.zh}”均为该单位",
    )
    filled = pl.sum_horizontal(pl.exclude("row").is_not_null()) > 1  # a lone remark is no line
    column = pl.when(filled).then(pl.lit(keeper)).alias(f"c{len(raw.header)}")
    cells = raw.cells.with_columns(column)
    return replace(raw, header=(*raw.header, field.zh), cells=cells, notes=(*raw.notes, note))


def _lacking(header: Sequence[str]) -> tuple[str, str] | None:
    """Kind and field of the party that a ledger lacks, and nothing else; None where it is no such ledger.

    What buyers say they bought needs no seller; without one it may be the seller's book.
    """
    bought = assign(header, BY_NAME["purchase"])
    if "seller" not in bought and not missing(BY_NAME["purchase"], bought, header):
        return "purchase", "seller"
    kinds = (BY_NAME[name] for name in ("supply", "stocktake"))
    lacking = {kind.name: missing(kind, assign(header, kind), header) for kind in kinds}
    if not all(lacking.values()):  # it lacks nothing of what it may be
        return None
    return next((side for side in _SIDES if lacking.get(side[0]) == [side[1]]), None)


def _keeper(raw: RawTable, side: tuple[str, str], file: str) -> str:
    """Who keeps the ledger, by the nearest that says so; empty where two are named alike."""
    told = dict(said_above(raw.above))
    names = [header_key(name) for name in (*BY_NAME[side[0]].by_name[side[1]].names, *_OWNER)]
    if said := next((told[name] for name in names if name in told), ""):
        return "" if _AUTHORITY.search(said) else said
    for texts in (_lines(raw), [raw.sheet], [Path(file).stem]):
        firms = dict.fromkeys(firm for text in texts if re.search(_SIDES[side], text) for firm in _firms(text))
        if firms:
            return next(iter(firms)) if len(firms) == 1 else ""
    return ""


def _lines(raw: RawTable) -> list[str]:
    return [text for line in raw.above for text in line]


def _firms(text: str) -> Iterator[str]:
    told = unicodedata.normalize("NFKC", text)
    yield from (found["who"] for found in _PERSON.finditer(told))
    yield from (_NUMBERED.sub("", found["firm"]) for found in _KEPT.finditer(told))
