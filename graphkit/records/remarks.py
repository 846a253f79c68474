"""What is told of a table that was read: how its columns were understood, what was left out, what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.records.recognition import Recognised
from graphkit.records.recognition import unnumbered as number_field

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable


def unnumbered(raw: RawTable, recognised: Recognised) -> list[str]:
    """That the table has no column for the documents' own numbers."""
    number = number_field(recognised.kind, recognised.columns)
    if number is None:
        return []
    return [
        say(
            f"[{raw.sheet}] no column has a {number.name}: each row is a record of its own, known by its row",
            f"[{raw.sheet}] 没有“{number.zh}”列：每一行为一条记录，以所在行标识",
        )
    ]


def understood(raw: RawTable, recognised: Recognised) -> str:
    """The columns as they were read, for a person to see a mistake before anything is loaded."""
    kind, fields = recognised.kind, recognised.kind.by_name
    known = {place: fields[name] for name, place in recognised.columns.items()}
    read = "; ".join(
        f"{text} → {known[place].name}{say('', f' {known[place].zh}')}"
        for place, text in enumerate(raw.header)
        if place in known
    )
    left = ", ".join(text for place, text in enumerate(raw.header) if place not in known) or say("none", "无")
    absent = ", ".join(say(one.name, one.zh) for one in kind.fields if one.name not in recognised.columns)
    return say(
        f"[{raw.sheet}] read as {kind.name}: {read}. Columns left as properties: {left}. Without a column: {absent}",
        f"[{raw.sheet}] 按“{kind.zh}”读取：{read}。作为属性保留的列：{left}。没有对应列的字段：{absent}",
    )


def total_lines(raw: RawTable, issues: pl.DataFrame) -> list[str]:
    """The lines that were left out, for they are no records."""
    import polars as pl

    rows = issues.filter(pl.col("reason") == "total_line")["row"].unique().sort().to_list()
    if not rows:
        return []
    listed = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
    return [
        say(
            f"[{raw.sheet}] left out as totals or signatures, no records: row {listed}",
            f"[{raw.sheet}] 合计行或签字行不是记录，已略过：第 {listed} 行",
        )
    ]


def remarks(raw: RawTable, issues: pl.DataFrame) -> list[str]:
    """What was kept although something is wrong with it, a line for each column and reason."""
    import polars as pl

    from graphkit.records.normalise.reasons import explain

    refused = issues.filter(pl.col("refuses") == "row")["row"].unique()
    kept = issues.filter((pl.col("refuses") == "note") & (pl.col("reason") != "total_line"))
    kept = kept.filter(~pl.col("row").is_in(refused.implode()))
    told = kept.group_by("reason", "header", maintain_order=True).agg(
        pl.col("value").first(), pl.col("row").head(10), pl.len().alias("count")
    )
    lines = []
    for reason, header, value, rows, count in told.iter_rows():
        what = explain(reason, value, header)[0]
        listed = ", ".join(map(str, rows)) + (" …" if count > len(rows) else "")
        lines.append(
            say(
                f"[{raw.sheet}] kept as written, {count} cells: {what} (row {listed})",
                f"[{raw.sheet}] 按原样保留 {count} 格：{what}（第 {listed} 行）",
            )
        )
    return lines


def unknown_columns(raw: RawTable, recognised: Recognised) -> list[str]:
    """The columns that the kind does not know."""
    known = set(recognised.columns.values())
    names = [text for position, text in enumerate(raw.header) if text and position not in known]
    if not names:
        return []
    kind = recognised.kind
    return [
        say(
            f"[{raw.sheet}] kept as properties of {kind.name}: {', '.join(names)}",
            f"[{raw.sheet}] 作为“{kind.zh}”的属性保留：{'、'.join(names)}",
        )
    ]
