"""Cells of workbooks whose reader says less than a spreadsheet shows: errors, zeros of a format, dates."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

import graphkit
from graphkit.casebook import Casebook
from graphkit.errors import UnreadableFile
from graphkit.records.reading import opened

HEADER = ["扣押编号", "扣押日期", "持有人", "品名", "批号", "数量", "单位", "货值"]


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def saved(path: Path, *rows: list[object], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    book.save(path)
    return path


def line(number: object, batch: object = "B1", quantity: object = 5, value: object = 10) -> list[object]:
    return [number, "2023-01-01", "张三", "胶囊", batch, quantity, "盒", value]


def test_errors_are_named_refused_where_needed_and_shown(casebook: Casebook, tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx", line("A1", value="#N/A"), line("A2", batch="#REF!"), line("A3", quantity="#VALUE!")
    )
    report = casebook.load(path)
    (row,) = report.rows
    assert (row["accepted"], row["rejected"]) == (2, 1)
    rejects = Path(row["rejects_file"]).read_text("utf-8-sig")
    assert all(word in rejects for word in ("#N/A", "#REF!", "#VALUE!"))
    (shown,) = casebook.evidence("a.xlsx#Sheet:3").rows
    assert shown["cells"]["批号"] == "#REF!"
    assert not [each for each in casebook.search("#REF!").rows if each["kind"] == "Batch"]


def test_numbers_are_read_as_a_format_of_zeros_shows_them(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(saved(tmp_path / "a.xlsx", line(12, batch=7), formats={"A2": "0000", "E2": "000", "F2": "0"}))
    assert {each["id"] for each in casebook.search("胶囊").rows} >= {"batch:胶囊|007"}
    assert casebook.show("seizure:0012").rows


def test_a_date_in_a_column_of_batches_is_noted_with_its_row(casebook: Casebook, tmp_path: Path) -> None:
    report = casebook.load(saved(tmp_path / "a.xlsx", line("A1", batch=datetime.date(2023, 5, 1))))
    assert any("2023-05-01" in note and "row 2" in note and "date" in note for note in report.notes)


def test_an_open_document_is_to_be_saved_as_xlsx(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(UnreadableFile, match=r"OpenDocument .*save it as xlsx"):
        opened(tmp_path / "a.ods")


def test_a_formula_without_a_result_is_named(casebook: Casebook, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", line("A1", value="=F2*3"), line("A2", quantity="=F2+1"))
    (row,) = casebook.load(path).rows
    assert (row["accepted"], row["rejected"]) == (1, 1)
    rejects = Path(row["rejects_file"]).read_text("utf-8-sig")
    assert "#FORMULA! =F2*3" in rejects and "#FORMULA! =F2+1" in rejects
    (shown,) = casebook.evidence("a.xlsx#Sheet:2").rows
    assert shown["cells"]["货值"] == "#FORMULA! =F2*3"
