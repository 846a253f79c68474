"""What a list says once for all its rows, units inside cells and headers, and which of two numbers is the month."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graphkit.records.loading import LoadedFile
from tests.records.files import links, staged, statements, write, write_book


def quantities(loaded: LoadedFile) -> list[tuple[float, str]]:
    assert loaded.staged
    told = pl.read_parquet(loaded.staged.links).filter(pl.col("quantity").is_not_null())
    return sorted(told.select("quantity", "unit").rows())


LIST = [
    ["扣押清单"],
    ["案件编号：鲁2023-001", "", "扣押时间：2023年4月3日", "", "持有人：周某"],
    ["序号", "名称", "规格", "数量", "单位"],
    [1, "某胶囊", "12粒", 50, "盒"],
    [2, "某片", "24片", 30, "瓶"],
    ["以下空白"],
    ["持有人（签字）：周某", "", "见证人：吴某"],
]


def test_what_stands_above_a_list_holds_for_each_row(tmp_path: Path) -> None:
    path = write_book(tmp_path, "a.xlsx", {"S": [list(row) for row in LIST]})
    (table,) = staged(path).tables
    assert (table.kind, table.rows, table.accepted) == ("seizure", 2, 2)
    told = links(path)
    assert [one[2] for one in told if one[0] == "SEIZED_FROM"] == ["party:FILE:周某"] * 2
    assert {one[2] for one in told if one[0] == "IN_CASE"} == {"case:鲁2023-001"}
    assert ("seizure:FILE#S:4", "seized_at", "2023-04-03", [4]) in statements(path)


def test_what_may_be_about_the_list_itself_is_left(tmp_path: Path) -> None:
    above = [["单位：某局", "日期：2023年6月1日", "备注：无"]]
    table = [["姓名", "手机号"], ["张三", "13800138001"]]
    assert "某局" not in str(statements(write_book(tmp_path, "a.xlsx", {"S": [*above, *table]})))


def test_units_stand_in_the_cells_or_in_the_header(tmp_path: Path) -> None:
    header = "卖方,买方,品名,{},日期"
    cells = write(tmp_path, "a.csv", header.format("数量"), "甲,乙,药,50盒,2023-05-01", "甲,乙,药,1.5千克,2023-05-01")
    assert quantities(staged(cells)) == [(1.5, "kg"), (50.0, "box")]
    counted = write(tmp_path, "b.csv", header.format("数量（条）"), "甲,乙,药,50,2023-05-01")
    assert quantities(staged(counted)) == [(50.0, "条")]


def test_one_date_tells_the_order_of_the_column(tmp_path: Path) -> None:
    header = "seller,buyer,product,qty,unit,date"
    path = write(tmp_path, "a.csv", header, "A,B,c,1,box,05/01/2023", "A,B,c,1,box,05/21/2023")
    loaded = staged(path)
    assert loaded.staged
    days = pl.read_parquet(loaded.staged.links).filter(pl.col("kind") == "SUPPLIED")["started_earliest"]
    assert sorted(day.strftime("%m-%d") for day in days) == ["05-01", "05-21"]
    assert not any("day first" in note for note in loaded.notes)
