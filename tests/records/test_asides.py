"""What stands in brackets behind a name, phones in groups of digits, headers of three lines."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.records.files import links, staged, statements, write


def test_an_alias_behind_a_name_is_an_alias(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", "姓名,绰号,手机号", "王某（绰号“老王”）,阿王,13800138001", "李某“六子”,,13800138002"
    )
    told = statements(path)
    assert {(one[1], one[2]) for one in told if one[1] in ("name", "alias")} == {
        ("name", "王某"),
        ("alias", "阿王"),
        ("alias", "老王"),
        ("name", "李某"),
        ("alias", "六子"),
    }


def test_a_number_behind_a_name_tells_who_it_is(tmp_path: Path) -> None:
    header = "扣押日期,持有人,品名,数量,单位"
    path = write(tmp_path, "a.csv", header, "2023-05-01,张三（身份证号：440305198001150112）,药,1,盒")
    assert ("SEIZED_FROM", "seizure:FILE#1:2", "person:440305198001150112", [2]) in links(path)
    kept = write(tmp_path, "b.csv", header, "2023-05-01,某药房（总店）,药,1,盒")
    assert ("party:FILE:某药房(总店)", "name", "某药房(总店)", [2]) in statements(kept)


@pytest.mark.parametrize(
    ("written", "name", "phone"),
    [
        ("张三（男，身份证号码：440305198001150112，电话13800138000）", "张三", "+8613800138000"),
        ("张三/13800138000", "张三", "+8613800138000"),
        ("某药房（一分店）13800138000", "某药房(一分店)", "+8613800138000"),
        ("某药房（总店，电话13800138000）", "某药房(总店)", "+8613800138000"),
        ("甲、乙 13800138000", "甲、乙13800138000", ""),  # whose it is nobody knows
        ("张三（13800138000、13900139000）", "张三(13800138000、13900139000)", ""),
    ],
)
def test_all_that_a_cell_tells_of_a_sender(tmp_path: Path, written: str, name: str, phone: str) -> None:
    path = write(tmp_path, "a.csv", "运单号,寄件人,收件人,揽收时间,品名", f"Y1,{written},李四,2023-05-01,药")
    ((_, sender, *_),) = [each for each in links(path) if each[0] == "SHIPPED"]
    told = statements(path)
    assert (sender, "name", name, [2]) in told
    assert [one[2] for one in told if one[1] == "number"] == ([phone] if phone else [])


@pytest.mark.parametrize("behind", ["（男，身份证号码：{}，电话13800138000）", " {}", "身份证号{}", "（在逃）{}"])
def test_an_id_behind_a_seller_however_it_is_written(tmp_path: Path, behind: str) -> None:
    header = "单号,卖方,买方,品名,数量,单位,日期"
    path = write(tmp_path, "a.csv", header, f"S1,张三{behind.format('440305198001150112')},李四,药,1,盒,2023-05-01")
    assert [each[1] for each in links(path) if each[0] == "SUPPLIED"] == ["person:440305198001150112"]


def test_phones_in_groups_of_digits(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名,手机号", "张三,138 0013 8001、1390013 8002", "李四,13800138003 13800138004")
    assert sorted(one[0] for one in statements(path) if one[0].startswith("phone:") and one[1] == "number") == [
        f"phone:+86{number}" for number in ("13800138001", "13800138003", "13800138004", "13900138002")
    ]


def test_a_header_of_three_lines(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["序号", "扣押信息", "", "物品信息", "", "", "持有人信息", ""],
        ["", "日期", "地点", "品名", "数量与单位", "", "姓名", "身份证号"],
        ["", "", "", "", "数量", "单位", "", ""],
        [1, "2023-05-01", "某路1号", "某胶囊", 10, "盒", "张三", "440305198001150112"],
    ):
        sheet.append(row)
    for area in ("A1:A3", "B1:C1", "D1:F1", "G1:H1", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3", "H2:H3"):
        sheet.merge_cells(area)
    path = tmp_path / "a.xlsx"
    book.save(path)
    (table,) = staged(path).tables
    assert (table.kind, table.accepted) == ("seizure", 1)
    assert ("SEIZED_FROM", "seizure:FILE#Sheet:4", "person:440305198001150112", [4]) in links(path)
