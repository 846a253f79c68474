"""Tables side by side on one sheet, and forms: names with their values beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write, write_book

CALL = ["主叫", "被叫", "开始时间", "时长"]


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def calls(casebook: Casebook) -> set[tuple[str, str]]:
    rows = casebook.sql("select source, target from links where kind = 'CALLED'").rows
    return {(row["source"][-4:], row["target"][-4:]) for row in rows}


@pytest.mark.parametrize("gap", [[None], []])
def test_the_right_hand_table_is_read_as_records_of_its_own(
    casebook: Casebook, tmp_path: Path, gap: list[object]
) -> None:
    left = ["13800138001", "13800138002", "2024-01-24 08:05", 60]
    right = ["13800138003", "13800138004", "2024-01-25 08:05", 61]
    more = ["13800138005", "13800138006", "2024-01-26 08:05", 62]
    rows = [[*CALL, *gap, *CALL], [*left, *gap, *right], [*more, *gap]]
    report = casebook.load(write_book(tmp_path, "a.xlsx", {"S": rows}))
    assert sum(row["accepted"] for row in report.rows) == 3
    assert any("side by side" in note for note in report.notes)
    assert calls(casebook) == {("8001", "8002"), ("8003", "8004"), ("8005", "8006")}
    (shown,) = casebook.evidence("a.xlsx#S:2").rows
    assert {"13800138001", "13800138003"} <= set(shown["cells"].values())


def test_tables_of_different_kinds_side_by_side(casebook: Casebook, tmp_path: Path) -> None:
    seized = ["扣押日期", "扣押地点", "品名", "数量", "单位"]
    rows: list[list[object]] = [
        [*seized, None, "姓名", "手机号", "住址"],
        ["2023-05-01", "某市某路1号", "某药", 5, "盒", None, "张三", "13800138001", "某市"],
        ["2023-05-02", "某市某路2号", "某药", 6, "盒"],
    ]
    report = casebook.load(write_book(tmp_path, "a.xlsx", {"S": rows}))
    assert [(row["kind"], row["accepted"], row["rejected"]) for row in report.rows] == [
        ("seizure", 2, 0),
        ("person", 1, 0),
    ]
    (shown,) = casebook.evidence("a.xlsx#S:2").rows
    assert {"某药", "张三"} <= set(shown["cells"].values())


def test_a_blank_column_inside_a_table_parts_nothing(casebook: Casebook, tmp_path: Path) -> None:
    rows = [["主叫", "被叫", None, "开始时间", "时长"], ["13800138001", "13800138002", None, "2024-01-24 08:05", 60]]
    report = casebook.load(write_book(tmp_path, "a.xlsx", {"S": rows}))
    assert [row["accepted"] for row in report.rows] == [1]


def test_a_form_is_one_record(casebook: Casebook, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["人员信息登记表"], ["姓名", "赵一鸣", "性别", "男"],
        ["身份证号", "11010519491231002X", "联系电话", "13800138000"],
        ["住址：", "广东省深圳市南山区科技路1号"],
    ]  # fmt: skip
    report = casebook.load(write_book(tmp_path, "form.xlsx", {"表": rows}))
    assert [(row["kind"], row["accepted"]) for row in report.rows] == [("person", 1)]
    assert {link.kind for link in casebook.store.links_of(["person:11010519491231002X"])} == {"USES", "LOCATED_AT"}
    (shown,) = casebook.evidence("form.xlsx#表:2").rows
    assert shown["cells"]["身份证号"] == "11010519491231002X"


def test_several_forms_below_one_another_are_several_records(casebook: Casebook, tmp_path: Path) -> None:
    lines = ("姓名,赵一鸣", "身份证号,", "联系电话,13800138000", ",", "姓名,钱二", "身份证号,", "联系电话,13800138001")
    (row,) = casebook.load(write(tmp_path, "forms.csv", *lines)).rows
    assert (row["kind"], row["accepted"]) == ("person", 2)
