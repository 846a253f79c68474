"""Two books that may tell of one movement, one party under two names: one is sure, both are possible, everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphkit
from graphkit import Casebook
from graphkit.tracing.identity.doubtful import _HOUR, _near
from graphkit.tracing.identity.telling import NEAR

MAKER, DEALER, TAKER = "410105197001010995", "371322198109120520", "440106198407231268"
OTHER, NAMESAKE = "440106197407233031", "440106198407233028"
HEAD = "单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期\n"
RECORDS = {
    "a.csv": f"{HEAD}S1,毛造假,{MAKER},张霞忠,{DEALER},骨立安片,E1,100,盒,2023-04-02\n",
    "b.csv": f"{HEAD}S2,张霞忠,{DEALER},吕闵闵,{TAKER},骨立安片,E1,100,盒,2023-04-06\n"
    f"S3,秦老四,{OTHER},吕民民,{NAMESAKE},骨立安片,E9,70,盒,2023-05-06\n",
    "w.csv": f"{HEAD}J2,张霞忠,{DEALER},阿敏,,骨立安片,E1,100,盒,2023-04-08\n"
    f"J3,秦老四,{OTHER},阿敏,,骨立安片,E9,70,盒,2023-05-08\n",
    "people.csv": f"身份证号,姓名\n{DEALER},张霞忠\n{TAKER},吕闵闵\n{MAKER},毛造假\n"
    f"{NAMESAKE},吕民民\n{OTHER},秦老四\n",
    "made.csv": "加工编号,窝点编号,日期,产出品名,产出批号,产出数量,产出单位\nT1,WD1,2023-03-20,骨立安片,E1,150,盒\n",
    "dens.csv": "窝点编号,名称,类型,地址,控制人,控制人身份证号\n"
    f"WD1,坊,生产,河南省郑州市金水区一路2号,毛造假,{MAKER}\n",
}


def opened(folder: Path, records: dict[str, str]) -> Casebook:
    folder.mkdir()
    for name, text in records.items():
        (folder / name).write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder)
    return casebook


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return opened(tmp_path_factory.mktemp("case") / "two-books", RECORDS)


def test_a_trace_counts_the_second_row_in_the_most_only(casebook: Casebook) -> None:
    answer = casebook.trace("E1", "forward", exact="all")
    ranges = {row["name"]: (row["quantity_min"], row["quantity_max"], row["bound"]) for row in answer.rows}
    assert ranges["张霞忠"] == (100, 200, "outer")  # if there were two movements he had as much more, unseen
    assert ranges["阿敏"] == (0, 100, "outer") and ranges["吕闵闵"] == (100, 100, "exact")
    assert any("in the most only" in note and "J2" in note for note in answer.notes)
    assert not any("more must have come unseen" in note for note in answer.notes)


def test_flows_and_balance_say_the_same(casebook: Casebook) -> None:
    flows = casebook.flows(what="goods", within=True)
    assert sum(row["quantity_min"] for row in flows.rows) == 270
    assert sum(row["quantity_max"] for row in flows.rows) == 440
    assert any("in the most only" in note for note in flows.notes)
    assert any("in the most only" in note for note in casebook.balance(batch="E1").notes)


def test_what_a_row_of_no_quantity_is_taken_for_is_not_exact(tmp_path: Path) -> None:
    header = "运单号,寄件人,寄件电话,收件人,收件电话,品名,揽收时间\n"
    waybill = f"{header}SF1,张霞忠,13800000001,吕闵闵,13800000002,,2023-04-06 10:00\n"
    kept = {name: text for name, text in RECORDS.items() if name != "w.csv"}
    answer = opened(tmp_path / "waybill", kept | {"waybill.csv": waybill}).trace("E1", "forward", exact="all")
    (row,) = [row for row in answer.rows if row["id"] == f"person:{TAKER}"]
    assert (row["quantity_min"], row["quantity_max"], row["bound"]) == (100, 100, "outer")
    assert any("tells no quantity" in note and "SF1" in note for note in answer.notes)


def test_a_row_of_no_quantity_may_have_brought_what_its_sender_had_left(tmp_path: Path) -> None:
    """The dealer got 130 and sold 100 by his book, 5 of them to somebody else: the slip may be of the other 30."""
    book = f"{HEAD}S2,张霞忠,{DEALER},吕闵闵,{TAKER},骨立安片,E1,95,盒,2023-04-06\n"
    book += f"S4,张霞忠,{DEALER},秦老四,{OTHER},骨立安片,E1,5,盒,2023-05-06\n"
    slip = "运单号,寄件人,寄件电话,收件人,收件电话,品名,揽收时间\n"
    slip += "SF1,张霞忠,13800000001,吕闵闵,13800000002,,2023-04-06 10:00\n"
    records = {name: text for name, text in RECORDS.items() if name not in ("w.csv", "b.csv")}
    records |= {"a.csv": RECORDS["a.csv"].replace(",100,", ",130,"), "b.csv": book, "waybill.csv": slip}
    answer = opened(tmp_path / "slip", records).trace("E1", "forward", exact="all")
    rows = {row["id"]: (row["quantity_min"], row["quantity_max"], row["bound"]) for row in answer.rows}
    assert rows[f"person:{TAKER}"] == (95, 125, "outer")
    assert rows[f"person:{OTHER}"] == (5, 5, "exact")
    assert any("tells no quantity" in note and "SF1" in note for note in answer.notes)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-50, 1500)), max_size=30))
def test_near_rows_are_found_whatever_their_order(rows: list[tuple[int, int, int]]) -> None:
    one, other, begin = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    found = [
        tuple(sorted(pair)) for a, b in _near((one, other), begin) for pair in zip(a.tolist(), b.tolist(), strict=True)
    ]
    window = 2 * NEAR // _HOUR
    every = [
        (i, j) for j in range(len(rows)) for i in range(j)
        if rows[i][:2] == rows[j][:2] and abs(rows[i][2] - rows[j][2]) <= window
    ]  # fmt: skip
    assert sorted(found) == sorted(every)
