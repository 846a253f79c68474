"""One making told in several lines, one for each thing that went in, each repeating what came out.

Records of production without numbers are kept so. Taken line by line the goods were made as often as there are lines.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    import polars as pl

    from graphkit.model.records import RecordKind

RECORD = "record"  # the row whose record a row goes on with
_KIND = "transformation"
_SAME = ("place_id", "transformed_at", "output_product", "output_batch", "output_quantity", "output_unit")
_INPUT = ("input_product", "input_batch", "input_quantity")
_LISTED = 10


def one_making(
    frame: pl.DataFrame, kind: RecordKind, columns: Collection[str], sheet: str
) -> tuple[pl.DataFrame, list[str]]:
    """The rows, each that goes on with the making of the row above with that row's number as RECORD, and a note.

    They tell the same place, time, lot and quantity made, of inputs that differ. Equal quantities of two lots of one
    thing, and as much made of each, may be two makings: these stay two, and the note names them too.
    """
    import polars as pl

    numbered = kind.name != _KIND or "transformation_id" in columns
    if numbered or not {"output_quantity", "input_quantity"} <= set(columns) or not {"output_batch"} <= set(columns):
        return frame, []
    told = [name for name in frame.columns if name.partition(".")[0] in _SAME]  # a time is in several columns
    inputs = [name for name in _INPUT if name in frame.columns]
    again = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in told)
    again &= pl.col("output_quantity").is_not_null() & pl.col("output_batch").is_not_null()
    again &= ~pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in inputs)
    either = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(name).shift()) for name in inputs if name != "input_batch"
    )
    marked = frame.with_columns(
        (again & ~either).fill_null(value=False).alias("@again"),
        (again & either).fill_null(value=False).alias("@either"),
    )
    goes_on, unsure = (marked.filter(pl.col(name))["row"] for name in ("@again", "@either"))
    first = pl.when(~pl.col("@again")).then("row").forward_fill().alias(RECORD)
    frame = marked.with_columns(first).drop("@again", "@either") if len(goes_on) else frame
    notes = [_one(sheet, goes_on)] if len(goes_on) else []
    return frame, notes + ([_perhaps(sheet, unsure)] if len(unsure) else [])


def _one(sheet: str, rows: pl.Series) -> str:
    return say(
        f"[{sheet}] what else went into the making of the row above, which counts once: row {_listed(rows)}; "
        "give each its 加工编号, if they are makings of their own",
        f"[{sheet}] 与上一行为同一次加工的其他投料，产出只计一次：第 {_listed(rows)} 行；"
        "如各为一次加工，请补写加工编号",
    )


def _perhaps(sheet: str, rows: pl.Series) -> str:
    return say(
        f"[{sheet}] counted as makings of their own, though they tell the same lot and quantity made as the row above: "
        f"row {_listed(rows)}; give both one 加工编号, if they are one making",
        f"[{sheet}] 产出批号和数量与上一行相同，仍各计为一次加工：第 {_listed(rows)} 行；"
        "如为同一次加工，请写同一加工编号",
    )


def _listed(rows: pl.Series) -> str:
    return ", ".join(map(str, rows.head(_LISTED))) + (" …" if len(rows) > _LISTED else "")
