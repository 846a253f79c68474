"""Sheets as people fill them in: several tables below one another, headers on every page, cells merged over lines."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import write, write_book

CALLS = ["主叫", "被叫", "开始时间", "时长"]
PAYMENTS = ["付款账号", "收款账号", "金额", "交易时间", "流水号"]
PAYMENT = ["622202020011", "622202020012", "5", "2022-01-01", "P1"]


def call(number: int) -> list[object]:
    return ["13800138001", f"138001380{number:02}", "2022-05-09", "65"]


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def loaded(casebook: Casebook, path: Path) -> list[tuple[str, int, int]]:
    rows = casebook.load(path).rows
    return [(row["kind"], row["accepted"], row["rejected"]) for row in rows]


@pytest.mark.parametrize("count", [1, 5, 40])
@pytest.mark.parametrize("between", [[], [[]], [[], ["二、资金流水"]], [["二、资金流水"]], [[], ["二、资金流水"], []]])
def test_two_tables_on_one_sheet_are_both_loaded(
    casebook: Casebook, tmp_path: Path, count: int, between: list[list[object]]
) -> None:
    calls = [call(number) for number in range(2, 2 + count)]
    sheet = [["一、话单"], CALLS, *calls, *between, PAYMENTS, PAYMENT]
    path = write_book(tmp_path, "two.xlsx", {"数据": sheet})
    assert loaded(casebook, path) == [("call", count, 0), ("payment", 1, 0)]
    (paid,) = casebook.store.links(["PAID:payment:P1"])
    assert [ref.rpartition(":")[2] for ref in paid.evidence] == [str(len(sheet))]
    assert casebook.evidence(*paid.evidence).rows[0]["cells"] == dict(zip(PAYMENTS, PAYMENT, strict=True))
    first = f"{casebook.files().rows[0]['file']}#数据:3"
    assert casebook.evidence(first).rows[0]["cells"]["被叫"] == "13800138002"
    if ["二、资金流水"] in between:
        assert any("二、资金流水" in note for note in casebook.load(path).notes)


def test_a_header_right_below_rows_of_other_columns_begins_a_table(casebook: Casebook, tmp_path: Path) -> None:
    """Read under the first header, what the buyers bought would have been sold by them."""
    sold = ["单号", "卖方", "买方", "品名", "批号", "数量", "单位", "日期"]
    bought = ["单号", "买方", "卖方", "品名", "批号", "数量", "单位", "日期"]
    rest = ["阿胶", "B1", 10, "盒", "2024-01-01"]
    sheet = [sold, ["S1", "甲公司", "乙公司", *rest], bought, ["S2", "丙诊所", "乙公司", *rest]]
    sheet += [["姓名", "身份证号", "手机号"], ["张三", "11010519491231002X", "13800138001"]]
    path = write_book(tmp_path, "three.xlsx", {"数据": sheet})
    assert loaded(casebook, path) == [("supply", 1, 0), ("supply", 1, 0), ("person", 1, 0)]
    sales = casebook.store.links(["SUPPLIED:supply:S1|阿胶|B1|box", "SUPPLIED:supply:S2|阿胶|B1|box"])
    ends = [(link.source.rpartition(":")[2], link.target.rpartition(":")[2]) for link in sales]
    assert sorted(ends) == [("乙公司", "丙诊所"), ("甲公司", "乙公司")]


def test_each_of_two_tables_has_its_own_rejects(casebook: Casebook, tmp_path: Path) -> None:
    sheet = [CALLS, ["13800138001", None, "2022-05-09", "65"], [], PAYMENTS, [*PAYMENT[:2], "很多", *PAYMENT[3:]]]
    answer = casebook.load(write_book(tmp_path, "two.xlsx", {"数据": sheet}))
    files = [Path(row["rejects_file"]) for row in answer.rows]
    assert [("被叫" in text, "很多" in text) for text in (one.read_text("utf-8") for one in files)] == [
        (True, False),
        (False, True),
    ]


def test_an_unknown_table_beside_a_known_one_is_refused_and_named(casebook: Casebook, tmp_path: Path) -> None:
    strange = [["甲", "乙", "丙"], ["a", "b", "c"], ["d", "e", "f"]]
    for place, sheet in enumerate(([*strange, [], CALLS, call(2)], [CALLS, call(2), [], PAYMENTS[:2], PAYMENT[:2]])):
        answer = graphkit.open(tmp_path / f"casebook{place}").load(write_book(tmp_path, "a.xlsx", {"表": sheet}))
        kinds = {row["kind"]: (row["accepted"], row["rejected"]) for row in answer.rows}
        assert kinds == {"call": (1, 0), "": (0, 2 if place == 0 else 1)}
        assert any("fits no kind" in note for note in answer.notes)


def test_a_form_above_a_table_is_no_table(casebook: Casebook, tmp_path: Path) -> None:
    form: list[list[object]] = [["案件编号", "A1", "案由", "假药"], ["立案单位", "某局", "立案日期", "2022-01-01"]]
    answer = casebook.load(write_book(tmp_path, "a.xlsx", {"表": [["某案"], *form, [], CALLS, call(2)]}))
    assert [(row["kind"], row["accepted"], row["rejected"]) for row in answer.rows] == [("call", 1, 0)]
    assert any("立案单位 某局" in note for note in answer.notes)


@pytest.mark.parametrize("head", [[], [["话单 第 1 页"]]])
@pytest.mark.parametrize("gap", [[], [[]]])
def test_a_header_on_every_page_is_no_row(
    casebook: Casebook, tmp_path: Path, head: list[list[object]], gap: list[list[object]]
) -> None:
    pages = [[*head, CALLS, *(call(number) for number in range(first, first + 5)), *gap] for first in (10, 20, 30)]
    answer = casebook.load(write_book(tmp_path, "a.xlsx", {"表": [row for page in pages for row in page]}))
    assert [(row["kind"], row["accepted"], row["rejected"]) for row in answer.rows] == [("call", 15, 0)]
    assert any("the header is repeated" in note for note in answer.notes)


def test_a_header_of_two_lines_on_every_page_is_no_row(casebook: Casebook, tmp_path: Path) -> None:
    head = [",卖方,,买方,,,,,", "单号,卖方,卖方证件号,买方,买方证件号,品名,数量,单位,日期"]
    lines = [f"S{i},甲,,乙,,药,5,盒,2022-01-0{i}" for i in (1, 2)]
    answer = casebook.load(write(tmp_path, "a.csv", *head, lines[0], *head, lines[1]))
    assert [(row["kind"], row["accepted"], row["rejected"]) for row in answer.rows] == [("supply", 2, 0)]


def test_two_tables_in_a_csv_with_different_widths(casebook: Casebook, tmp_path: Path) -> None:
    lines = [",".join(map(str, row)) for row in (CALLS, call(2), [], PAYMENTS, PAYMENT, [*PAYMENT[:4], "P2"])]
    assert loaded(casebook, write(tmp_path, "a.csv", *lines)) == [("call", 1, 0), ("payment", 2, 0)]


def test_a_mapping_for_one_of_two_tables(casebook: Casebook, tmp_path: Path) -> None:
    columns = "{payment_id: no, payer_account: out, payee_account: in, amount: money, paid_at: when}"
    mapping = write(tmp_path, "m.yaml", f"tables: [{{kind: payment, columns: {columns}}}]")
    lines = ["no,out,in,money,when", "P1,622202020011,622202020012,5,2024-01-01", "", ",".join(CALLS)]
    path = write(tmp_path, "a.csv", *lines, ",".join(map(str, call(2))))
    rows = casebook.load(path, mapping=mapping).rows
    assert [(row["kind"], row["accepted"]) for row in rows] == [("payment", 1), ("call", 1)]


def test_a_long_table_with_gaps_is_read_as_fast_as_one_without(tmp_path: Path) -> None:
    """Only rows after a gap are looked at: blank lines between pages do not make a long table slow."""
    from graphkit.records.reading import read_tables
    from graphkit.records.recognition import is_known_header

    line = "13800138001,13800138002,2022-05-09,65"
    whole = "\n".join([",".join(CALLS), *[line] * 100_000])
    paged = "\n".join([",".join(CALLS), *["\n".join([line] * 40 + ["", ",".join(CALLS)])] * 2_500])
    spent = []
    for text in (whole, paged):
        start = time.perf_counter()
        (table,) = read_tables(text.encode(), is_known_header).tables
        spent.append(time.perf_counter() - start)
        assert table.cells.height == 100_000
    assert spent[1] < 5 * spent[0] + 2


def test_cells_merged_over_lines_hold_for_each_but_numbers_count_once(casebook: Casebook, tmp_path: Path) -> None:
    head = ["扣押编号", "扣押日期", "品名", "数量", "单位", "货值", "经办人", "箱数"]
    first: list[object] = ["K1", "2022-05-09", "药甲", 5, "盒", 300, "周某", 2]
    second: list[object] = [None, None, "药乙", 7, "盒", None, None, None]
    path = write_book(tmp_path, "a.xlsx", {"扣押": [["某案"], head, first, second, ["K2", *first[1:]]]})
    book = openpyxl.load_workbook(path)
    for place in ("A3:A4", "B3:B4", "F3:F4", "G3:G4", "H3:H4"):
        book["扣押"].merge_cells(place)
    book.save(path)
    answer = casebook.load(path)
    assert [(row["accepted"], row["rejected"]) for row in answer.rows] == [(3, 0)]
    file = answer.rows[0]["file"]
    said = [
        (one.property, one.value)
        for one in casebook.store.statements(["seizure:K1"])
        if f"{file}#扣押:4" in one.evidence
    ]
    assert {("经办人", "周某")} <= set(said)
    assert not {"箱数", "value"} & {name for name, _ in said}
    notes = " ".join(answer.notes)
    assert "hold for each of them: 扣押编号, 扣押日期, 经办人" in notes
    assert "count once, in the first of them: 货值, 箱数" in notes
    assert casebook.evidence(f"{file}#扣押:4").rows[0]["cells"]["扣押编号"] == ""  # as it was written


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_evidence_shows_blanks_at_the_ends_of_a_cell(casebook: Casebook, tmp_path: Path, suffix: str) -> None:
    written = ["13800138001 ", "\u300013800138002", " 2022-05-09", "６５"]
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        write(tmp_path, "a.csv", "", ",".join(CALLS), ",".join(written))
    else:
        write_book(tmp_path, "a.xlsx", {"1": [[], list(CALLS), list(written)]})
    file = casebook.load(path).rows[0]["file"]
    assert list(casebook.evidence(f"{file}#1:3").rows[0]["cells"].values()) == written


def test_evidence_of_an_altered_original_is_refused(casebook: Casebook, tmp_path: Path) -> None:
    from tests.cli.running import graphkit as program

    file = casebook.load(write(tmp_path, "a.csv", ",".join(CALLS), ",".join(map(str, call(2))))).rows[0]["file"]
    saved = tmp_path / "answer.json"
    reference = f"{file}#1:2"
    assert program("evidence", reference, "--format", "json", "--output", str(saved), folder=tmp_path).status == 0
    (kept,) = [one for one in (tmp_path / "casebook").rglob("*") if one.is_file() and one.name.startswith(file)]
    kept.write_bytes(kept.read_bytes().replace(b",65", b",66"))
    for language, said in (("en", "was altered"), ("zh", "被改动")):
        ran = program("--lang", language, "evidence", reference, folder=tmp_path)
        assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert said in ran.err
    checked = program("verify", str(saved), "--format", "json", folder=tmp_path)
    assert checked.status == 1
    assert any(row["check"].startswith("file") and row["expected"] != row["found"] for row in checked.json["rows"])


@pytest.mark.parametrize(
    ("layout", "lines"),
    [("edges", ["from,to,how", " A , B,by \u3000", "C,D,"]), ("matrix", [",A,B", " A , 0,1 ", "B,1,0"])],
)
def test_evidence_of_other_layouts_shows_the_blanks_too(tmp_path: Path, layout: str, lines: list[str]) -> None:
    casebook = graphkit.open(tmp_path / "casebook")
    file = casebook.load(write(tmp_path, "a.csv", *lines), layout=layout).rows[0]["file"]
    assert list(casebook.evidence(f"{file}#1:2").rows[0]["cells"].values()) == lines[1].split(",")
