"""What is said where a file is not what it seems: in both languages, with the nearest fix, and without guessing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.running import graphkit
from tests.records.files import write

CALLS = "主叫,被叫,开始时间,时长"
CALL = "13800138001,13800138002,2022-05-09,65"
BANK = "TX_ID,SENDER_ACCOUNT_ID,RECEIVER_ACCOUNT_ID,TX_TYPE,TX_AMOUNT,TIMESTAMP"


def test_the_encoding_is_told_in_chinese_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"{CALLS}\n{CALL}\n".encode("gb18030"))
    ran = graphkit("--lang", "zh", "load", "a.csv", folder=tmp_path)
    assert "按 gb18030 编码读取" in ran.out
    assert "read as" not in ran.out
    assert "read as gb18030" in graphkit("--lang", "en", "load", "a.csv", folder=tmp_path).out


DAMAGED = [
    ("a.xlsx", b"this is no workbook", "damaged", "已损坏"),
    ("a.xls", b"12\n34\n", "damaged", "已损坏"),
    ("a.json", b'{"a":', "damaged", "已损坏"),
    ("a.json", b'{\n "a": 1,\n "b": 2,,\n "c": [1, 2]\n}\n', "line 3", "第 3 行"),
    ("a.json", b'{"a":1}', "EPCIS", "EPCIS"),
    ("a.txt", "只是一段说明。\n没有表格。\n".encode(), "no table", "没有表格"),
]


@pytest.mark.parametrize(("name", "content", "english", "chinese"), DAMAGED)
def test_a_file_that_is_no_table_says_what_is_wrong(
    tmp_path: Path, name: str, content: bytes, english: str, chinese: str
) -> None:
    (tmp_path / name).write_bytes(content)
    for language, said in (("en", english), ("zh", chinese)):
        ran = graphkit("--lang", language, "load", name, folder=tmp_path)
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err and name in ran.err
    assert not (tmp_path / "casebook").exists()


def test_a_table_called_xls_is_a_table(tmp_path: Path) -> None:
    write(tmp_path, "a.xls", CALLS, CALL)
    assert graphkit("load", "a.xls", "--format", "json", folder=tmp_path).json["rows"][0]["accepted"] == 1


PROSE = ["本文件夹由某局移交。", "", "共三份表格, 详见清单, 如有疑问, 请联系。", "此致", "某局"]


def test_notes_that_lie_beside_tables_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "in/a.csv", CALLS, CALL)
    write(tmp_path, "in/说明.txt", *PROSE)
    write(tmp_path, "in/more/readme.txt", "Only a line.")
    ran = graphkit("load", "in", "--format", "json", folder=tmp_path)
    assert (ran.status, [row["name"] for row in ran.json["rows"]]) == (0, ["a.csv"])
    assert [any(name in note for note in ran.json["notes"]) for name in ("说明.txt", "readme.txt")] == [True, True]
    named = graphkit("load", "in/a.csv", "in/说明.txt", folder=tmp_path)
    assert named.status == 1 and "说明.txt" in named.err


@pytest.mark.parametrize("lines", [["a;b;c", "1;2;3", "4;5;6"], ["1\t2", "3\t4"], ["甲,乙", "丙,丁", "戊,己"]])
def test_a_txt_that_holds_an_unknown_table_still_stops_the_load(tmp_path: Path, lines: list[str]) -> None:
    write(tmp_path, "in/a.csv", CALLS, CALL)
    write(tmp_path, "in/b.txt", *lines)
    ran = graphkit("load", "in", folder=tmp_path)
    assert ran.status == 1 and "b.txt" in ran.err


def test_a_folder_with_nothing_but_prose_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "in/说明.txt", *PROSE)
    ran = graphkit("load", "in", folder=tmp_path)
    assert ran.status == 1 and "说明.txt" in ran.err


def test_an_empty_path_is_not_the_folder_we_are_in(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", CALLS, CALL)
    ran = graphkit("load", "", folder=tmp_path)
    assert ran.status == 1 and "empty" in ran.err
    assert not (tmp_path / "casebook").exists()


def test_a_column_that_is_known_is_not_proposed_for_another(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "supply_id,seller,buyer,product,quantity,unit", "1,a,b,c,1,box")
    said = graphkit("load", "a.csv", folder=tmp_path).err
    assert "supplied_at" in said and "meant as" not in said
    write(tmp_path, "b.csv", "supply_id,seller,buyer,product,quantity,unit,suplied_at", "1,a,b,c,1,box,2022-01-01")
    assert 'Is "suplied_at" meant as supplied_at?' in graphkit("load", "b.csv", folder=tmp_path).err


def test_a_bank_table_gets_guesses_that_hold_once_confirmed(tmp_path: Path) -> None:
    write(tmp_path, "bank.csv", BANK, "82,697600001111,973900001111,TRANSFER,4.85,2022-01-01")
    draft = graphkit("mapping", "bank.csv", folder=tmp_path).out
    guesses = [line for line in draft.splitlines() if line.endswith("a guess") and '"' in line]
    guessed = ["SENDER_ACCOUNT_ID", "RECEIVER_ACCOUNT_ID", "TX_AMOUNT"]
    assert [line.split()[2] for line in guesses] == [f'"{name}"' for name in guessed]
    known = {"payment_id": "TX_ID", "paid_at": "TIMESTAMP"}
    assert yaml.safe_load(draft)["tables"] == [{"kind": "payment", "sheet": "1", "columns": known}]
    confirmed = "".join((line.replace("# ", "", 1) if line in guesses else line) + "\n" for line in draft.splitlines())
    write(tmp_path, "map.yaml", confirmed)
    ran = graphkit("load", "bank.csv", "--mapping", "map.yaml", "--format", "json", folder=tmp_path)
    assert (ran.status, ran.json["rows"][0]["kind"], ran.json["rows"][0]["accepted"]) == (0, "payment", 1)


@pytest.mark.parametrize("header", ["foo,bar,baz", "id,colour,size", "甲,乙,丙"])
def test_what_nothing_is_like_gets_no_guess(tmp_path: Path, header: str) -> None:
    write(tmp_path, "a.csv", header, "a,b,c", "d,e,f")
    draft = graphkit("mapping", "a.csv", folder=tmp_path).out
    assert "a guess" not in draft.partition("tables:")[2]


def test_an_id_that_is_not_there_proposes_only_one_like_it(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "身份证号,姓名,手机号", "440305198001150112,张伟,13800138001", ",刘洋,13800138002")
    assert graphkit("load", "a.csv", folder=tmp_path).status == 0
    assert graphkit("show", "person:1", folder=tmp_path).err == (
        "error: No entity person:1; graphkit search finds names and numbers by a part of them.\n"
    )
    assert "Did you mean" not in graphkit("show", "person:999", folder=tmp_path).err
    near = graphkit("show", "person:440305198001150113", folder=tmp_path).err
    assert "Did you mean person:440305198001150112 (张伟)" in near and "刘洋" not in near


def test_a_strict_load_that_refuses_still_reports_to_scripts(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", CALLS, CALL, CALL.replace("13800138002", ""))
    strict = graphkit("load", "a.csv", "--strict", "--format", "json", folder=tmp_path)
    assert strict.status == 1 and "strict" in strict.err
    (row,) = strict.json["rows"]
    assert (row["rows"], row["accepted"], row["rejected"]) == (2, 0, 1)
    assert (tmp_path / row["rejects_file"]).is_file()
    assert graphkit("files", folder=tmp_path).status == 1  # nothing was loaded
    table = graphkit("load", "a.csv", "--strict", folder=tmp_path)
    assert (table.status, table.out) == (1, "")
    loaded = graphkit("load", "a.csv", "--format", "json", folder=tmp_path).json
    assert loaded["columns"] == strict.json["columns"]
    assert {**loaded["rows"][0], "accepted": 0} == row
