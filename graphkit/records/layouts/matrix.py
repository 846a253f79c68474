"""Adjacency and incidence matrices: the first row and the first column name actors, each cell says how they are linked.

An empty cell or a zero is no link, any other number its weight. Where rows and columns name the same actors and the
matrix is symmetric, a pair is one link without direction, with both its rows as evidence; otherwise a link points from
the row to the column. Rows and columns that name different actors (two-mode data: people and meetings) are all
actors; a name that stands in both is one actor.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graphkit.model.language import say
from graphkit.records.layouts.canonical import number_text, typed
from graphkit.records.layouts.result import ACTOR, LINKED, SHEET, LayoutResult, Refusal, Stager, stated
from graphkit.records.layouts.table import cells_of, check_width, first_row, place_error, sample_of, shown
from graphkit.records.reading.grid import columns_of

_NOTHING = ("0", "NA", "N/A", "NaN", "nan", "-", ".")
_COLUMNS_AT_ONCE = 500


def recognises(path: Path, head: bytes) -> bool:
    """Whether the rows are called as the columns are, and the cells hold numbers."""
    rows = sample_of(head)
    if len(rows) < 3 or len(rows[0]) < 3:
        return False
    names = _shifted(rows[0], max(len(row) for row in rows[1:]))[1:]
    below = rows[1:]
    cells = (cell for row in below for cell in row[1:])
    return (
        len(set(names)) == len(names)
        and all(row[0] in names for row in below)
        and all(cell in _NOTHING or not cell or number_text(cell) is not None for cell in cells)
    )


def _shifted(header: list[str], width: int) -> list[str]:
    """The header with an empty corner before it where its writer left that out."""
    while header and not header[-1]:
        header = header[:-1]
    return ["", *header] if len(header) == width - 1 and header[0] else header


def read(path: Path, file: str, stager: Stager) -> LayoutResult:
    """Add the actors and links of one matrix to the stager."""
    cells, notes = cells_of(path, path.name)
    header = _shifted(list(first_row(cells)), _width(cells.slice(1)))
    below = cells.slice(1)
    check_width(below, header, path)
    if len(header) < 2 or not below.height:
        raise place_error(
            path,
            "a matrix needs names in the first row and in the first column",
            "矩阵的首行与首列应为名称",
            cells["row"][0],
        )
    _check_names(header[1:], cells["row"][0], below, path)
    issues = [Refusal(row, header[0], "", "missing") for row in below.filter(pl.col("c0").is_null())["row"]]
    named = below.filter(pl.col("c0").is_not_null())
    links, wrong = _links(named, header)
    symmetric = _symmetric(links, set(header[1:]) == set(named["c0"]))
    stager.add_links(_paired(links, file) if symmetric else _pointing(links, file))
    _state_actors(named, header, cells["row"][0], stager)
    shape = (
        say("symmetric: links without direction", "对称矩阵：无向关联")
        if symmetric
        else say("not symmetric: links from row to column", "非对称矩阵：关联由行指向列")
    )
    return LayoutResult((ACTOR, LINKED), below.height, named.height, [*issues, *wrong], (*notes, shape))


def cells(content: bytes, name: str, rows: set[int]) -> dict[int, dict[str, str]]:
    """These rows as they were written, by the names of the columns."""
    table, _ = cells_of(content, name, written=rows)
    return shown(table, _shifted(list(first_row(table)), _width(table.slice(1))), rows)


def _width(cells: pl.DataFrame) -> int:
    filled = [i for i, column in enumerate(columns_of(cells)) if cells[column].count()]
    return filled[-1] + 1 if filled else 0


def _check_names(names: list[str], row: int, below: pl.DataFrame, path: Path) -> None:
    """Refuse a matrix whose names do not tell its actors apart."""
    seen: set[str] = set()
    for position, name in enumerate(names, 1):
        if not name or name in seen:
            english, chinese = (
                ("the column has no name", "该列没有名称")
                if not name
                else ("this name stands at two columns", "两列名称相同")
            )
            raise place_error(path, english, chinese, row, position)
        seen.add(name)
    twice = below.filter(pl.col("c0").is_not_null() & pl.col("c0").is_duplicated())
    if twice.height:
        raise place_error(path, "this name stands at two rows", "两行名称相同", twice["row"][0], 0)


def _links(named: pl.DataFrame, header: list[str]) -> tuple[pl.DataFrame, list[Refusal]]:
    """Every cell that is not nothing, as source, target, weight, row; and the cells that are no numbers."""
    parts = []
    columns = [f"c{i}" for i in range(1, len(header)) if f"c{i}" in named.columns]
    for start in range(0, max(len(columns), 1), _COLUMNS_AT_ONCE):
        some = named.select("row", "c0", *columns[start : start + _COLUMNS_AT_ONCE])
        long = some.unpivot(index=["row", "c0"], variable_name="column", value_name="weight")
        parts.append(long.filter(pl.col("weight").is_not_null() & ~pl.col("weight").is_in(list(_NOTHING))))
    links = pl.concat(parts)
    target = links["column"].replace_strict(columns, [header[int(c[1:])] for c in columns], return_dtype=pl.String)
    weight, wrong = typed(links["weight"], "double")
    links = (
        links.select("row", source="c0", target=target, weight=weight)
        .with_columns(wrong.alias("wrong"))
        .sort("row", "target")
    )
    bad = links.filter("wrong").select("row", "target", "weight").rows()
    told = links.filter(~pl.col("wrong") & ~pl.col("weight").is_in(["0", "-0"])).drop("wrong")
    return told, [Refusal(row, name, value, "bad_number", "cell") for row, name, value in bad]


def _symmetric(links: pl.DataFrame, same: bool) -> bool:
    if not same:
        return False
    turned = links.select(source="target", target="source", weight="weight")
    return links.join(turned, on=["source", "target", "weight"], how="anti").is_empty()


def _paired(links: pl.DataFrame, file: str) -> pl.DataFrame:
    """One link a pair: both its cells under the id, and in the direction, of the upper row."""
    turned = links.select(source="target", target="source", upper="row")
    both = links.join(turned, on=["source", "target"], how="left", maintain_order="left")
    lower = pl.col("upper") < pl.col("row")
    source = pl.when(lower).then("target").otherwise("source")
    target = pl.when(lower).then("source").otherwise("target")
    both = both.select("row", "weight", upper=pl.min_horizontal("row", "upper"), source=source, target=target)
    return _named(both, file).with_columns(pl.lit("false").alias("p.directed"))


def _pointing(links: pl.DataFrame, file: str) -> pl.DataFrame:
    return _named(links.with_columns(upper="row"), file)


def _named(links: pl.DataFrame, file: str) -> pl.DataFrame:
    """The links with their ids: the cell that they stand in, by row and the column's name."""
    link = pl.concat_str(
        pl.lit(f"{LINKED}:{file}#{SHEET}:"), pl.col("upper").cast(pl.String), pl.lit(":"), pl.col("target")
    )
    named = links.with_columns(link.alias("link"), pl.lit(LINKED).alias("kind"), pl.lit(SHEET).alias("sheet"))
    return named.rename({"weight": "p.weight"}).drop("upper")


def _state_actors(named: pl.DataFrame, header: list[str], row: int, stager: Stager) -> None:
    """The names of the rows, and of the columns that are no rows: those stand in the header's row."""
    actor = pl.lit(ACTOR)
    stager.add_statements(named.select(stated(pl.col("c0"), actor, "name", pl.col("c0"), pl.col("row"))))
    others = pl.DataFrame({"name": header[1:]}, schema={"name": pl.String}).with_columns(row=pl.lit(row, pl.Int64))
    others = others.filter(~pl.col("name").is_in(named["c0"].implode()))
    stager.add_statements(others.select(stated(pl.col("name"), actor, "name", pl.col("name"), pl.col("row"))))
