"""Tables in Word documents, in formats of other programs, and what else lies in a folder that was handed over."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import graphkit
from graphkit.errors import UnreadableFile
from tests.records.files import staged, write

CALLS = ("主叫,被叫,开始时间,时长", "13800138001,13800138002,2022-05-09,65")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def cell(text: str) -> str:
    """A cell; `2|text` spans two columns, `^` goes on with the cell above, `v|text` begins one over several rows."""
    mark, _, rest = text.rpartition("|")
    about = f'<w:gridSpan w:val="{mark}"/>' if mark.isdigit() else '<w:vMerge w:val="restart"/>' if mark else ""
    about = "<w:vMerge/>" if text == "^" else about
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph('' if text == '^' else rest)}</w:tc>"


def table(*rows: list[str]) -> str:
    lines = ("".join(map(cell, row)) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def document(path: Path, *parts: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{''.join(parts)}</w:body></w:document>")
    return path


SEIZED = table(
    ["扣押日期", "2|持有人", "品名", "数量", "单位"],
    ["", "姓名", "身份证号", "", "", ""],
    ["v|5月1日", "张三", "440305198001150112", "某胶囊", "10", "盒"],
    ["^", "李四", "", "某片", "5", "瓶"],
    ["合计", "", "", "", "15", ""],
)


def test_the_tables_of_a_document_are_read(tmp_path: Path) -> None:
    people = table(["姓名", "手机号"], ["王五", "13800138001"])
    parts = (paragraph("某局2023年扣押物品清单"), SEIZED, paragraph("附：涉案人员"), people, paragraph("完"))
    path = document(tmp_path / "清单.docx", *parts)
    assert [(one.sheet, one.kind, one.rows, one.accepted) for one in staged(path).tables] == [
        ("1", "seizure", 2, 2),
        ("2", "person", 1, 1),
    ]
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(path)
    (row,) = casebook.evidence("清单.docx#1:5").rows
    assert row["cells"]["品名"] == "某片"
    told = casebook.sql("select started_earliest from links where kind = 'OF_PRODUCT'").rows
    assert {str(one["started_earliest"])[:10] for one in told} == {"2023-05-01"}


def test_a_report_in_words_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "in/a.csv", *CALLS)
    document(tmp_path / "in" / "报告.docx", paragraph("情况报告"))
    document(tmp_path / "in" / "审批.docx", table(["拟办", "意见"], ["同意", "某某"]))
    for name in ("旧.doc", "表.et", "包.zip"):
        (tmp_path / "in" / name).write_bytes(b"PK\x03\x04")
    answer = graphkit.open(tmp_path / "casebook").load(tmp_path / "in")
    assert [row["name"] for row in answer.rows] == ["a.csv"]
    passed = " ".join(answer.notes)
    assert all(name in passed for name in ("报告.docx", "审批.docx", "旧.doc", "表.et", "包.zip"))
    assert "save them as xlsx" in passed


def test_a_letter_with_commas_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "in/a.csv", *CALLS)
    write(tmp_path, "in/README.txt", "移交说明：", "本文件夹由某局移交, 共三份。")
    answer = graphkit.open(tmp_path / "casebook").load(tmp_path / "in")
    assert [row["name"] for row in answer.rows] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "said"), [("a.et", "WPS"), ("a.wps", "WPS"), ("a.doc", "old Word"), ("a.xls", "not a whole")]
)
def test_another_programs_format_says_what_to_do(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UnreadableFile, match=said):
        staged(tmp_path / name)


def test_a_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(UnreadableFile):
        staged(document(tmp_path / "a.docx", SEIZED, head=bomb))
