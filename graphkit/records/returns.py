"""Lines of a list of sales that tell of a return: 销售退货 beside them means that the goods went back to the seller.

Such a line names seller and buyer as the sale did, and its quantity often stands below zero. Here it is read as what
happened: a delivery from the buyer to the seller.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_KIND, _GIVER, _TAKER = "supply", "seller", "buyer"
_BELOW_ZERO = ("quantity", "amount")
_FREE = ("note", "state")  # fields whose cells may say anything
_SIGN = r"^\s*[-−－]\s*"
_RETURN = (
    r"(?i)^(?:客户|顾客|门店|整单|部分|销售|销货|采购|购进|购货|进货|入库|出库)*(?:退货|退回|退出|退库|退药|红冲|冲红)"
    r"(?:单|出库|入库|出库单|入库单)?$|"
    r"^(?:sales?|purchase|customer|goods|order)?\s*return(?:s|ed)?$|^credit (?:note|memo)$"
)
_RETURNED = re.compile(r"(?<![及和与含、])退[货回出](?:药品|商品|产品|货物)?(?:记录|登记|台账|明细|清单|汇总|单|表)")
_TELLING = ("quantity", "supplied_at")  # whose headers say it: 退货数量, 退回日期
_LISTED = 10


def returned(raw: RawTable, recognised: Recognised, file: str) -> tuple[RawTable, pl.Series, list[str]]:
    """The table with the quantities of its returns without a sign, the numbers of their rows, and a note on them.

    Where some rows say so those are; else all of a register of returns, as its name, its title or its header says.
    """
    import polars as pl

    taken = {place for name, place in recognised.columns.items() if name not in _FREE}
    free = [f"c{place}" for place in range(len(raw.header)) if place not in taken and f"c{place}" in raw.cells.columns]
    if recognised.kind.name != _KIND:
        return raw, pl.Series("row", [], raw.cells["row"].dtype), []
    told = [pl.col(name).str.strip_chars().str.contains(_RETURN).fill_null(value=False) for name in free]
    said = pl.any_horizontal(pl.lit(value=False), *told)
    if not raw.cells.select(said.any()).item() and _register(raw, recognised, file):
        said = pl.lit(value=True)
    rows = raw.cells.filter(said)["row"]
    if rows.is_empty():
        return raw, rows, []
    places = [f"c{recognised.columns[name]}" for name in _BELOW_ZERO if name in recognised.columns]
    cells = raw.cells.with_columns(
        pl.when(said).then(pl.col(place).str.replace(_SIGN, "")).otherwise(pl.col(place)).alias(place)
        for place in places
    )
    listed = ", ".join(map(str, rows.head(_LISTED))) + (" …" if len(rows) > _LISTED else "")
    note = say(
        f"[{raw.sheet}] returns, read as deliveries from the buyer back to the seller: row {listed}",
        f"[{raw.sheet}] 退货，按买方退回卖方的流转读取：第 {listed} 行",
    )
    return replace(raw, cells=cells), rows, [note]


def _register(raw: RawTable, recognised: Recognised, file: str) -> bool:
    """Whether all of the table are returns."""
    header = [raw.header[place] for name, place in recognised.columns.items() if name in _TELLING]
    above = (cell for line in raw.above for cell in line)
    return any(_RETURNED.search(text) for text in (*above, raw.sheet, Path(file).stem)) or any(
        text.startswith("退") for text in header
    )


def turned_round(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """The normalised rows, giver and taker of these exchanged."""
    import polars as pl

    if rows.is_empty():
        return frame
    back = pl.col("row").is_in(rows.implode())
    pairs = [(name, _TAKER + name.removeprefix(_GIVER)) for name in frame.columns if name.startswith(_GIVER)]
    return frame.with_columns(
        pl.when(back).then(pl.col(other)).otherwise(pl.col(own)).alias(own)
        for one, two in pairs
        if two in frame.columns
        for own, other in ((one, two), (two, one))
    )
