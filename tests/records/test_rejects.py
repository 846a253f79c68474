"""The rejects file: what it holds, that it runs nothing, and that it can be corrected and loaded again."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.model.fields import Field, FieldType
from graphkit.model.language import set_language
from graphkit.records.normalise import normalise
from graphkit.records.normalise.reasons import REASONS, explain
from graphkit.records.reading import RawTable, read_tables
from graphkit.records.rejects import COLUMNS, write_rejects
from tests.records.normalising import table_of, value

FIELDS = (
    Field("number", "单号", FieldType.CODE, key=True, required=True), Field("amount", "金额", FieldType.MONEY),
    Field("paid_at", "时间", FieldType.TIME, required=True),
)  # fmt: skip
POSITIONS = {"number": 0, "amount": 1, "paid_at": 2}


def rejected(folder: Path, table: RawTable) -> list[dict[str, str]]:
    """The lines of the rejects file, as a csv reader finds them."""
    path = folder / "rejects.csv"
    written = write_rejects(path, "资金.csv", table, normalise(table, FIELDS, POSITIONS).issues)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [found.name for found in folder.iterdir()] == ["rejects.csv"]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) == written
    return lines


def test_refused_rows_are_told_one_line_a_row(tmp_path: Path) -> None:
    set_language("en")
    table = table_of(
        ["单号", "金额", "时间", "备注"],
        ("A1", "5", "2022-01-24", "fine"), ("A2", "-5", "2022-02-30", 'a,"b"\nc'), ("A3", "x", "03/04/2022", None),
        ("A4", "5", "03/04/2022", "only a note"), ("合计", "10", None, None),
    )  # fmt: skip
    first, second = rejected(tmp_path, table)
    assert list(first) == [*COLUMNS, "单号", "金额", "时间", "备注"]
    assert first == {
        "graphkit:file": "资金.csv", "graphkit:sheet": "1", "graphkit:row": "3", "graphkit:refused": "row",
        "graphkit:column": "金额; 时间", "graphkit:value": "'-5; 2022-02-30",
        "graphkit:reason": "; ".join(
            (explain("negative", "-5", "金额")[0], explain("impossible_date", "2022-02-30", "时间")[0])
        ),
        "graphkit:fix": "; ".join((explain("negative", "-5", "金额")[1], explain("impossible_date", "", "")[1])),
        "单号": "A2", "金额": "'-5", "时间": "2022-02-30", "备注": 'a,"b"\nc',
    }  # fmt: skip
    assert (second["graphkit:row"], second["graphkit:refused"], second["graphkit:column"]) == ("4", "cell", "金额")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reasons_come_in_the_language_in_use(tmp_path: Path, language: str) -> None:
    set_language(language)
    try:
        (line,) = rejected(tmp_path, table_of(["单号", "金额", "时间"], (None, "5", "2022-01-24")))
        assert line["graphkit:reason"] == {"en": "单号 is empty", "zh": "“单号”为空"}[language]
    finally:
        set_language("en")


def test_braces_and_dollars_in_cells_are_only_text(tmp_path: Path) -> None:
    set_language("en")
    (line,) = rejected(tmp_path, table_of(["单号", "金额", "时间"], ("A1", "{header}$1", "2022-01-24")))
    assert line["graphkit:reason"] == "金额: {header}$1 is not a number"


def test_equal_and_empty_headers_stand_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    table = table_of(
        ["单号", "金额", "时间", "=备注", "备注", "备注", ""], ("A1", "x", "2022-01-24", "a", "b", "c", "d")
    )
    write_rejects(path, "a.csv", table, normalise(table, FIELDS, POSITIONS).issues)
    header, line = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert header[len(COLUMNS) :] == ["单号", "金额", "时间", "'=备注", "备注", "备注", ""]
    assert line[len(COLUMNS) :] == ["A1", "x", "2022-01-24", "a", "b", "c", "d"]


def test_where_nothing_was_refused_only_the_header_stands(tmp_path: Path) -> None:
    assert rejected(tmp_path, table_of(["单号", "金额", "时间"], ("A1", "5", "2022-01-24"))) == []


def test_an_earlier_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text("earlier")
    table = table_of(["单号", "金额", "时间"], (None, None, None))
    issues = normalise(table, FIELDS, POSITIONS).issues
    with pytest.raises(Exception, match="row"):
        write_rejects(path, "a.csv", table, issues.drop("row"))
    assert path.read_text() == "earlier"
    assert write_rejects(path, "a.csv", table, issues) == 1
    assert path.read_text("utf-8").startswith("\ufeffgraphkit:file")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@settings(max_examples=50)
@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), CELL)
def test_no_cell_can_run_as_a_formula_and_what_was_written_comes_back(start: str, rest: str) -> None:
    written = start + rest
    with tempfile.TemporaryDirectory() as folder:
        (line,) = rejected(Path(folder), table_of(["单号", "金额", "时间"], (written, "x", None)))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line.values())
    assert value(FieldType.TEXT, line["单号"]) == value(FieldType.TEXT, written)


def test_every_reason_can_be_explained() -> None:
    for reason in REASONS:
        text, fix = explain(reason.code, "一", "二")
        assert "{" not in text + fix


def test_a_corrected_rejects_file_is_read_as_the_table_it_was_made_from(tmp_path: Path) -> None:
    table = table_of(["单号", "金额", "时间", "备注"], ("A1", "-5", "2022-02-30", "=1+1"), ("A2", "5", None, "-"))
    path = tmp_path / "rejects.csv"
    write_rejects(path, "a.csv", table, normalise(table, FIELDS, POSITIONS).issues)
    corrected = (
        path.read_text("utf-8-sig").replace("'-5,2022-02-30", "5,2022-02-28").replace("A2,5,,", "A2,5,2022-03-01,")
    )
    path.write_text(corrected, "utf-8-sig")
    (again,) = read_tables(path, {"单号", "金额", "时间"}.__contains__).tables
    result = normalise(again, FIELDS, POSITIONS)
    assert result.issues.is_empty()
    assert result.frame.select("number", "amount", "p.备注").rows() == [("A1", 5, "=1+1"), ("A2", 5, "-")]
