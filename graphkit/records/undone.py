"""Rows that say of themselves that nothing moved: an order that was closed, a payment that failed, a bill made void.

Read as the others they would count; what a refund or a return took back is told by a row of its own and stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkit.records.recognition import header_key

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable
    from graphkit.records.recognition import Recognised

_KINDS = ("supply", "purchase", "waybill", "payment")
_STATUS = re.compile(r"状态|交易结果|支付结果|status$|state$|^result$")
_UNDONE = (
    r"(?i)^(?:该)?(?:交易|订单|支付|付款|转账|单据|运单)?(?:已经?)?(?:被)?(?:关闭|取消|作废|撤销|撤单|失败|无效)(?:\s*[(（].*)?$"
    r"|^(?:cancell?ed|closed|void(?:ed)?|failed|declined|rejected)$"
)


def without_undone(
    raw: RawTable, recognised: Recognised, frame: pl.DataFrame, issues: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records without such rows, and the issues with a refusal of each."""
    import polars as pl

    if recognised.kind.name not in _KINDS:
        return frame, issues
    taken = recognised.columns.values()
    for place, text in enumerate(raw.header):
        if place in taken or not _STATUS.search(header_key(text)):
            continue
        value = pl.col(f"c{place}").str.strip_chars()
        said = raw.cells.filter(value.str.contains(_UNDONE)).select(pl.col("row").cast(pl.Int64), value=value)
        said = said.filter(pl.col("row").is_in(frame["row"].implode()))
        refused = said.select(
            "row",
            field=pl.lit(""),
            header=pl.lit(text),
            value=pl.col("value"),
            reason=pl.lit("undone"),
            refuses=pl.lit("row"),
        )
        frame = frame.filter(~pl.col("row").is_in(refused["row"].implode()))
        issues = pl.concat([issues, refused.select(issues.columns)])
    return frame, issues
