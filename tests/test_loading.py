"""Loading from the user's side, on a real embedded store: what lands, what is refused, what is taken back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.casebook import Casebook
from graphkit.errors import (
    GraphkitError,
    InputError,
    MappingError,
    NoDirection,
    RequestError,
    RowsRefused,
    UnknownTable,
    UnreadableFile,
)
from tests.records.files import write, write_book

HEADER = "流水号,付款账号,付款户名,收款账号,收款户名,金额,交易时间"
GOOD = "P1,6222000011112222,张三,6222000011113333,李四,100,2024-01-01 08:00"
ROUNDED = "P2,6.2E+18,张三,6222000011113333,李四,100,2024-01-01 08:00"
NO_AMOUNT = "P3,6222000011112222,张三,6222000011113333,李四,很多,2024-01-01 08:00"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def content(casebook: Casebook) -> tuple[object, ...]:
    """All that a reader can see."""
    store = casebook.store
    nodes = [str(node) for node in store.node_columns()["id"]]
    return tuple(store.statements(nodes)), tuple(store.links_of(nodes)), store.revision()


def test_refused_rows_are_corrected_and_loaded_again(casebook: Casebook, tmp_path: Path) -> None:
    report = casebook.load(write(tmp_path, "a.csv", HEADER, GOOD, ROUNDED, NO_AMOUNT)).rows[0]
    assert (report["rows"], report["accepted"], report["rejected"]) == (3, 1, 2)
    with Path(report["rejects_file"]).open(encoding="utf-8-sig", newline="") as stream:
        refused = list(csv.DictReader(stream))
    assert [
        (row["graphkit:sheet"], row["graphkit:row"], row["graphkit:column"], row["graphkit:value"]) for row in refused
    ] == [
        ("1", "3", "付款账号", "6.2E+18"),
        ("1", "4", "金额", "很多"),
    ]
    assert all(row["graphkit:reason"] and row["graphkit:fix"] for row in refused)
    mended = (
        Path(report["rejects_file"])
        .read_text(encoding="utf-8-sig")
        .replace(",6.2E+18,", ",6222000011114444,")
        .replace("很多", "9")
    )
    again = casebook.load(write(tmp_path, "mended.csv", mended.rstrip("\n"))).rows[0]
    assert (again["accepted"], again["rejected"]) == (2, 0)
    assert casebook.store.kinds()[1]["PAID"] == 3


def test_strict_loads_nothing_and_names_the_cells(casebook: Casebook, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", HEADER, GOOD, ROUNDED)
    with pytest.raises(RowsRefused, match=r"a\.csv \[1\] row 3, 付款账号: 6\.2E\+18 is") as refused:
        casebook.load(path, strict=True)
    assert "a.csv [1] 第 3 行，“付款账号”：6.2E+18" in refused.value.chinese
    assert casebook.store.loaded() == []
    assert list((tmp_path / "casebook" / "rejects").iterdir())
    casebook.load(path)  # the folder with the rejects is no obstacle


def test_a_dry_run_reports_and_touches_nothing(casebook: Casebook, tmp_path: Path) -> None:
    report = casebook.load(write(tmp_path, "a.csv", HEADER, GOOD, ROUNDED), dry_run=True).rows[0]
    assert (report["accepted"], report["rejected"], report["rejects_file"]) == (1, 1, None)
    assert not (tmp_path / "casebook").exists()


def test_one_bad_file_leaves_the_whole_folder_out(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path, "in/a.csv", HEADER, GOOD)
    write(tmp_path, "in/b.csv", "甲,乙,丙,丁", "1,2,3,4")
    with pytest.raises(UnknownTable, match=r"b\.csv"):
        casebook.load(tmp_path / "in")
    assert casebook.store.loaded() == []


UNDIRECTED = "账号,户名,交易时间,交易金额,对方账号,对方户名", "622200001111,甲,2026-01-02,300,622200002222,乙"


def test_payments_that_do_not_say_which_way_they_went_are_set_aside_from_a_folder(
    casebook: Casebook, tmp_path: Path
) -> None:
    write(tmp_path, "in/a.csv", HEADER, GOOD)
    undirected = write(tmp_path, "in/b.csv", *UNDIRECTED)
    answer = casebook.load(tmp_path / "in")
    assert [(row["name"], row["accepted"], row["rejected"]) for row in answer.rows] == [
        ("a.csv", 1, 0),
        ("b.csv", 0, 1),
    ]
    assert [one.name for one in casebook.store.files()] == ["a.csv"]
    assert any("which way the money went" in note for note in answer.notes)
    assert any("b.csv: set aside, nothing of this file was loaded" in note for note in answer.notes)
    mended = write(tmp_path, "b.csv", UNDIRECTED[0] + ",借贷标志", UNDIRECTED[1] + ",借")
    assert casebook.load(mended).rows[0]["accepted"] == 1
    with pytest.raises(NoDirection, match="which way the money went"):  # who names the file asks for it
        casebook.load(undirected)


@pytest.mark.parametrize("others", [(), ("in/c.csv", "甲,乙,丙,丁", "1,2,3,4")])
def test_such_payments_stop_a_folder_of_which_nothing_else_loads(
    casebook: Casebook, tmp_path: Path, others: tuple[str, ...]
) -> None:
    write(tmp_path, "in/b.csv", *UNDIRECTED)
    if others:
        write(tmp_path, *others)
    with pytest.raises(InputError, match="which way the money went"):
        casebook.load(tmp_path / "in")


def test_a_strict_load_does_not_set_such_payments_aside(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path, "in/a.csv", HEADER, GOOD)
    write(tmp_path, "in/b.csv", *UNDIRECTED)
    with pytest.raises(RowsRefused, match="1 rows were refused"):
        casebook.load(tmp_path / "in", strict=True)
    assert casebook.store.loaded() == []


def test_a_strange_sheet_beside_good_ones_is_refused_alone(casebook: Casebook, tmp_path: Path) -> None:
    good = [HEADER.split(","), GOOD.split(",")]
    strange: list[list[object]] = [["甲", "乙", "丙", "丁"], ["1", "2", "3", "4"]]
    answer = casebook.load(write_book(tmp_path, "a.xlsx", {"资金": [list(r) for r in good], "其他": strange}))
    assert [(row["sheet"], row["kind"], row["accepted"], row["rejected"]) for row in answer.rows] == [
        ("资金", "payment", 1, 0),
        ("其他", "", 0, 1),
    ]
    assert any("其他" in note for note in answer.notes)


def test_loading_twice_changes_nothing(casebook: Casebook, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", HEADER, GOOD)
    casebook.load(path)
    before = content(casebook)
    shutil.copy(path, tmp_path / "same.csv")
    answer = casebook.load(path, tmp_path / "same.csv")
    assert content(casebook) == before
    assert answer.notes


def test_a_corrected_file_replaces_its_former_self(casebook: Casebook, tmp_path: Path) -> None:
    former = casebook.load(write(tmp_path, "a.csv", HEADER, GOOD)).rows[0]["file"]
    casebook.load(write(tmp_path, "b.csv", HEADER, GOOD.replace(",100,", ",900,")), replaces=former)
    (link,) = casebook.store.links(["PAID:payment:P1"])
    assert link.amount == 900
    with pytest.raises(GraphkitError, match="No loaded file"):
        casebook.load(tmp_path / "a.csv", replaces="ffffffffffff")
    with pytest.raises(GraphkitError, match=r"Did you mean \w{12} \(b\.csv\)\?"):
        casebook.load(tmp_path / "a.csv", replaces="bb.csv")
    with pytest.raises(RequestError, match="one"):
        casebook.load(tmp_path / "a.csv", tmp_path / "b.csv", replaces=former)


def test_two_files_that_disagree_keep_both_values(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(
        write(tmp_path, "a.csv", HEADER, GOOD), write(tmp_path, "b.csv", HEADER, GOOD.replace(",100,", ",900,"))
    )
    assert sorted(link.amount or 0 for link in casebook.store.links(["PAID:payment:P1"])) == [100, 900]
    assert casebook.store.kinds()[1]["PAID"] == 1


def test_evidence_shows_the_very_cells(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(write(tmp_path, "a.csv", "某局资金流水,,,,,,", HEADER, GOOD.replace("100", "￥１００")))
    (link,) = casebook.store.links(["PAID:payment:P1"])
    (row,) = casebook.evidence(*link.evidence).rows
    assert (row["row"], row["cells"]["金额"], row["cells"]["付款户名"]) == (3, "￥１００", "张三")
    with pytest.raises(RequestError, match="not a reference"):
        casebook.evidence("nonsense")
    with pytest.raises(GraphkitError, match="no such row"):
        casebook.evidence(link.evidence[0].replace(":3", ":99"))


def test_who_handed_a_file_over_is_the_folder_unless_said(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path, "in/某省公安厅/a.csv", HEADER, GOOD)
    casebook.load(tmp_path / "in")
    assert [record.provided_by for record in casebook.store.files()] == ["某省公安厅"]


def test_a_mapping_reads_a_foreign_table(casebook: Casebook, tmp_path: Path) -> None:
    table = write(tmp_path, "a.csv", "no,out,in,money,when", "P1,6222000011112222,6222000011113333,5,2024-01-01")
    columns = "{payment_id: no, payer_account: out, payee_account: in, amount: money, paid_at: when}"
    mapping = write(
        tmp_path, "m.yaml", f"tables: [{{kind: payment, columns: {columns}, constants: {{currency: USD}}}}]"
    )
    casebook.load(table, mapping=mapping)
    (link,) = casebook.store.links(["PAID:payment:P1"])
    assert (link.amount, link.currency) == (5, "USD")
    assert casebook.evidence(*link.evidence).rows[0]["cells"]["money"] == "5"
    wrong = write(tmp_path, "w.yaml", f"tables: [{{kind: payment, columns: {columns.replace('money', 'mony')}}}]")
    with pytest.raises(MappingError, match=r"'mony'.*Did you mean money"):
        graphkit.open(tmp_path / "other").load(table, mapping=wrong)


def test_a_mapping_joins_a_name_written_in_two_columns(casebook: Casebook, tmp_path: Path) -> None:
    header, rows = "no,first,last,mobile", ("1,Ann,Lee,13800138000", "2,小明,欧阳,13800138001", "3,,Smith,13800138002")
    table = write(tmp_path, "a.csv", header, *rows)
    text = "tables: [{kind: person, columns: {name: %s, phone: mobile}}]"
    casebook.load(table, mapping=write(tmp_path, "m.yaml", text % "[last, first]"))
    stated = casebook.store.statements([str(node) for node in casebook.store.node_columns()["id"]])
    assert [one.value for one in stated if one.property == "name"] == ["Lee Ann", "欧阳小明", "Smith"]
    assert {one.value for one in stated if one.property == "last"} == {"Lee", "欧阳", "Smith"}
    for wrong, told in (
        ("[last, frist]", "'frist'.*Did you mean first"),
        ("[]", "list of headers"),
        ("{a: b}", "list"),
    ):
        with pytest.raises(MappingError, match=told):
            casebook.load(table, mapping=write(tmp_path, "w.yaml", text % wrong))


def test_copied_to_another_folder_and_back_it_is_equal(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(
        write(tmp_path, "a.csv", HEADER, GOOD), write(tmp_path, "b.csv", HEADER, GOOD.replace(",100,", ",900,"))
    )
    casebook.copy(str(tmp_path / "other"))
    other = graphkit.open(tmp_path / "other")
    assert content(other) == content(casebook)
    other.copy(str(tmp_path / "back"))
    assert content(graphkit.open(tmp_path / "back")) == content(casebook)


ROWS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.integers(1, 3),
        st.sampled_from("甲乙丙"),
        st.integers(1, 3),
        st.sampled_from(["1", "2", "二"]),
    ),
    min_size=1,
    max_size=6,
)


def table(folder: Path, name: str, rows: list[tuple[int, int, str, int, str]]) -> Path:
    lines = [f"P{i},62220000111{a:05},{n},62220000111{b:05},,{amount},2024-01-01" for i, a, n, b, amount in rows]
    return write(folder, name, HEADER, *lines)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_what_is_unloaded_leaves_no_trace(tmp_path_factory: pytest.TempPathFactory, first: list, second: list) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("property")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(table(folder, "a.csv", first))
    before = content(casebook)
    loaded = casebook.load(table(folder, "b.csv", [*second, *first])).rows[0]["file"]
    casebook.unload(loaded)
    assert content(casebook) == before
    casebook.load(folder / "b.csv")
    casebook.unload(casebook.find_file("a.csv"))
    alone = graphkit.open(folder / "alone")
    alone.load(folder / "b.csv")
    assert content(casebook) == content(alone)


def test_total_lines_are_left_out_and_named(casebook: Casebook, tmp_path: Path) -> None:
    lines = ["扣押编号,扣押日期,品名,数量,单位", "K1,2024-01-01,药A,1,盒", "合计,,,1,盒", "总计,2024-01-01,药A,5,盒"]
    answer = casebook.load(write(tmp_path, "a.csv", *lines))
    assert (answer.rows[0]["rows"], answer.rows[0]["accepted"]) == (1, 1)
    assert any("row 3, 4" in note for note in answer.notes)
    assert casebook.store.kinds()[0]["Seizure"] == 1


def test_a_folder_that_holds_the_casebook_is_loaded_without_it(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", HEADER, GOOD, ROUNDED)
    casebook = graphkit.open(tmp_path / "casebook")
    with pytest.raises(RowsRefused):
        casebook.load(tmp_path, strict=True)
    casebook.load(tmp_path)
    casebook.load(tmp_path)
    assert [record.name for record in casebook.store.files()] == ["a.csv"]


def test_an_interruption_after_all_was_published_is_none(casebook: Casebook, tmp_path: Path) -> None:
    publish = casebook.store.add

    def late(*given: object) -> None:
        publish(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    casebook.store.add = late  # type: ignore[method-assign]
    assert casebook.load(write(tmp_path, "a.csv", HEADER, GOOD)).rows[0]["accepted"] == 1
    with pytest.raises(KeyboardInterrupt):
        casebook.load(tmp_path / "a.csv")


def test_an_empty_file_in_a_folder_is_passed_over_with_a_note(casebook: Casebook, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    write(folder, "people.csv", "姓名,手机号", "张三,13800138001")
    (folder / "empty.csv").touch()
    report = casebook.load(folder)
    assert [row["file"] for row in report.rows] and len(report.rows) == 1
    assert any("empty.csv" in note and "empty file" in note for note in report.notes)
    with pytest.raises(UnreadableFile, match="is empty"):
        casebook.load(folder / "empty.csv")


def test_names_of_edge_lists_that_stand_in_another_file_are_told(casebook: Casebook, tmp_path: Path) -> None:
    write(tmp_path / "lists", "a.csv", "from,to", "N1,N2", "N2,N3")
    write(tmp_path / "lists", "b.csv", "from,to", "N1,N9", "N3,N9")
    report = casebook.load(tmp_path / "lists", layout="edges")
    assert any("b.csv: 2 of 3 names" in note and "N1, N3" in note for note in report.notes)
    assert not any("a.csv" in note and "names stand" in note for note in report.notes)
    more = casebook.load(write(tmp_path, "c.csv", "from,to", "N9,X"), layout="edges")
    assert any("c.csv: 1 of 2 names" in note for note in more.notes)
    assert not any("names stand" in note for note in casebook.load(tmp_path / "c.csv", layout="edges").notes)
