"""Lines that are no records: a sum (合计, total), or who made the table and signed it (制表人：…)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from graphkit.model.fields import Field, FieldType

TOTAL = r"(?i)^(?:本页|本表|全部)?(?:合计|总计|小计|累计|共计|总数)[:：]?$|^(?:grand|sub)?-?total[s]?:?$"
SIGNED = (
    r"^(?:制表|填表|填报|审核|复核|经办|负责|主管|制单|打印|统计|校对|移交|接收|见证|承办|侦查|办案|扣押|被扣押|物品持有|持有|当事|嫌疑|犯罪嫌疑|保管|签字|盖章|备注|附注|说明|注)"
    r"(?:单位|部门|日期|时间|人员|人|员|民警|柜员)*(?:签字|签名|签章|盖章|[(（](?:签字|签名|签章|盖章)[)）])?[:：]"
    r"|^以下空白$|^[(（]?盖章[)）]?$|^第[0-9]+页|^[一二三四五六七八九十]+、(?:合计|总计)"
)

# What stands alone in its row, as below a table: the day on which it was signed, how many lines there are.
ALONE = (
    r"^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$|^[(（]?(?:公章|签章|印章)[)）]?$|^[-=_*—－]{3,}$"
    r"|^[*※]*以下(?:空白|无正文|无内容)[*※]*$|^[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?[、.．:：][^0-9].{3,}$"
    r"|^(?:共|计|共计)[0-9]+[条笔项行页人件](?:记录)?$"
    r"|^(?:合计|总计|小计)[:：]?[0-9][0-9.,]*[\p{Han}]{0,4}$|^[*※]+[^*※].{3,}$|^[-=_*—－]*以下为?空白[-=_*—－]*$"
)
_RULED = r"^[-=_*—－]{3,}$"


def total_lines(cells: pl.DataFrame, fields: Sequence[Field], columns: Mapping[str, int]) -> pl.Series:
    """The word at the head of each line that is a total or a signature, null for records.

    A company can be called Total: a row whose required fields are all filled in is a record, unless it is the number of
    a document that says so.
    """
    texts = [name for name in cells.columns if name != "row"]
    needed = [f"c{columns[f.name]}" for f in fields if (f.required or f.key) and f.name in columns]
    incomplete = pl.any_horizontal(pl.col(needed).is_null()) if len(needed) > 1 else pl.lit(value=True)
    numbers = [f"c{columns[f.name]}" for f in fields if f.key and f.type is FieldType.CODE and f.name in columns]
    numbered = pl.any_horizontal(pl.col(numbers).str.contains(TOTAL)) if numbers else pl.lit(value=False)
    first = pl.coalesce(texts) if texts else pl.lit(None, dtype=pl.String)
    bare = first.str.replace_all(r"\s", "")
    told = [pl.col(name).is_not_null() & ~pl.col(name).str.contains(_RULED) for name in texts]
    alone = pl.sum_horizontal(told) <= 1 if len(texts) > 1 else pl.lit(value=False)
    return (
        cells.lazy()
        .with_row_index("position")
        .filter(incomplete | numbered)
        .filter(
            bare.str.contains(TOTAL)
            | (incomplete & bare.str.contains(SIGNED))
            | (incomplete & alone & bare.str.contains(ALONE))
        )
        .select("position", first.alias("word"))
        .collect()
        .pipe(_spread, len(cells))
    )


def _spread(found: pl.DataFrame, length: int) -> pl.Series:
    words = pl.Series([None], dtype=pl.String).new_from_index(0, length)
    return words.scatter(found["position"], found["word"]) if len(found) else words
