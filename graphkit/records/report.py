"""What became of a load, as an answer: one row a table, and a rejects file for each table with refused rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from graphkit.errors import GraphkitError, InputError, MappingError, RowsRefused
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.records.loading import LoadedFile, TableReport

COLUMNS = (
    Column("file", en="File", zh="文件编号"),
    Column("name", en="Name", zh="文件名"),
    Column("sheet", en="Sheet", zh="工作表"),
    Column("kind", en="Kind", zh="种类"),
    Column("rows", "integer", "rows", en="Rows", zh="行数"),
    Column("accepted", "integer", "rows", en="Accepted", zh="接收"),
    Column("rejected", "integer", "rows", en="Refused", zh="拒收"),
    Column("rejects_file", en="Rejects file", zh="拒收文件"),
)
SHOWN = 10


def report_rows(files: Sequence[LoadedFile], rejects: Path | None) -> list[Row]:
    """One row a table. With a folder for rejects, what was refused is written there."""
    taken: set[Path] = set()
    return [_row(one, table, rejects, taken) for one in files for table in one.tables]


def _row(one: LoadedFile, table: TableReport, rejects: Path | None, taken: set[Path]) -> Row:
    written = _write_rejects(one, table, rejects, taken) if rejects else None
    return {
        "file": one.file,
        "name": one.name,
        "sheet": table.sheet,
        "kind": table.kind,
        "rows": table.rows,
        "accepted": table.accepted,
        "rejected": table.rejected,
        "rejects_file": str(written) if written else None,
    }


def _write_rejects(one: LoadedFile, table: TableReport, folder: Path, taken: set[Path]) -> Path | None:
    """The rejects file; where a sheet has several tables each has its own."""
    from graphkit.records.rejects import write_rejects

    if table.raw is None or table.issues is None or not _refusals(table):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in table.sheet)[:60]
    names = (f"{one.file}-{safe}{f'-{number}' if number > 1 else ''}.csv" for number in itertools.count(1))
    path = next(folder / name for name in names if folder / name not in taken)
    taken.add(path)
    return path if write_rejects(path, one.file, table.raw, table.issues) else None


def _refusals(table: TableReport) -> list[dict[str, object]]:
    import polars as pl

    if table.issues is None:
        return []
    return table.issues.filter(pl.col("refuses").is_in(["row", "cell"])).to_dicts()


def notes_of(files: Sequence[LoadedFile]) -> list[str]:
    """What was set right or passed over, and the columns no kind knows, file by file."""
    return [f"{one.name}: {note}" for one in files for note in one.notes]


def understood(files: Sequence[LoadedFile]) -> list[str]:
    """How the columns of each table were read, and what to do where that is wrong."""
    told = [f"{one.name}: {table.understood}" for one in files for table in one.tables if table.understood]
    fix = say(
        "A column read wrongly: draft a mapping with graphkit mapping FILE, correct it, load with --mapping",
        "如有列读错：用 graphkit mapping 文件 起草对照表，改正后以 --mapping 载入",
    )
    return [*told, fix] if told else []


_ONE_MAPPING = (
    "A mapping is for every table of a load: load the files that it is for by themselves, and the others without it.",
    "对照表适用于一次载入的所有表格：请单独载入它所针对的文件，其余文件不带对照表载入。",
)


def refuse_errors(files: Sequence[LoadedFile]) -> None:
    """Raise what stops the load: the error of each file that has one."""
    errors = [one.error for one in files if one.error is not None]
    told = [(e.english, e.chinese) for e in errors]
    if len(files) > 1 and any(isinstance(error, MappingError) for error in errors):
        told.append(_ONE_MAPPING)
    if len(told) == 1:
        raise errors[0]
    if told:
        raise InputError("\n".join(english for english, _ in told), "\n".join(chinese for _, chinese in told))


def refused_rows(files: Sequence[LoadedFile]) -> RowsRefused | None:
    """What stops a strict load: None where no row was refused."""
    lines: list[GraphkitError] = []
    total = 0
    for one in files:
        for table in one.tables:
            total += table.rejected
            for issue in [i for i in _refusals(table) if i["refuses"] == "row"][: SHOWN - len(lines)]:
                lines.append(_explained(f"{one.name} [{table.sheet}]", issue))
    if not total:
        return None
    head = (
        f"{total} rows were refused and the load is strict; nothing was loaded.",
        f"有 {total} 行被拒收，严格模式下未载入任何内容。",
    )
    return RowsRefused(
        "\n".join([head[0], *(e.english for e in lines)]), "\n".join([head[1], *(e.chinese for e in lines)])
    )


def _explained(where: str, issue: dict[str, object]) -> GraphkitError:
    """The refusal of one row; the reason's text begins with the column."""
    from graphkit.records.normalise.reasons import REASONS

    reason = next(one for one in REASONS if one.code == issue["reason"])
    told = {"value": issue["value"], "header": issue["header"]}
    texts = [text.format(**told) for text in (reason.en, reason.fix_en, reason.zh, reason.fix_zh)]
    row = issue["row"]
    return GraphkitError(f"{where} row {row}, {texts[0]}; {texts[1]}", f"{where} 第 {row} 行，{texts[2]}；{texts[3]}")
