"""Flows between regions: every movement once, no route that is not there, and by period."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit.analyses.regions.flows import FLOWS
from graphkit.errors import NotFound, RequestError
from graphkit.sample import write_sample
from graphkit.store.base import Link
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement
from tests.records.files import write

YUNNAN, ZHEJIANG = "place:云南省昆明市盘龙区北京路1号", "place:浙江省温州市瓯海区新桥路2号"
KINDS = {
    "person": "Person", "party": "Party", "company": "Company", "phone": "Phone", "account": "Account",
    "place": "Place", "seizure": "Seizure", "product": "Product", "batch": "Batch",
}  # fmt: skip


def moved(kind: str, number: str, day: str, quantity: float, row: str, ends: tuple[str, str], **more: Any) -> Link:
    goods = {"product": "降压片", **more.pop("goods", {})}
    return link(
        kind, *ends, number, on=day, quantity=quantity, unit=more.pop("unit", "box"), properties=goods, evidence=(row,)
    )


A, B = "party:w:甲", "party:w:乙"
CASE = [
    link("LOCATED_AT", A, YUNNAN, evidence=("wwwwwwwwwwww#1:2",)),
    link("LOCATED_AT", B, ZHEJIANG, evidence=("wwwwwwwwwwww#1:2",)),
    moved("SHIPPED", "W1", "2024-03-02", 100.0, "wwwwwwwwwwww#1:2", (A, B)),
    # The same delivery in both ledgers, where people have other ids but the same phones.
    link("USES", A, "phone:1"),
    link("USES", "person:1", "phone:1"),
    link("USES", B, "phone:2"),
    link("USES", "person:2", "phone:2"),
    moved("SUPPLIED", "S1", "2024-03-01", 100.0, "aaaaaaaaaaaa#1:2", ("person:1", "person:2"), goods={"batch": "B1"}),
    moved("SUPPLIED", "J1", "2024-03-04", 100.0, "bbbbbbbbbbbb#1:2", ("person:1", "person:2"), goods={"batch": "B1"}),
    # Others: in the same ledger, in another unit, too late, of another batch.
    moved("SUPPLIED", "S2", "2024-03-01", 100.0, "aaaaaaaaaaaa#1:3", ("person:1", "person:2"), goods={"batch": "B1"}),
    moved("SUPPLIED", "S3", "2024-06-01", 2.0, "aaaaaaaaaaaa#1:4", ("person:1", "person:2"), unit="kg"),
    moved("SUPPLIED", "S4", "2024-06-02", 500.0, "aaaaaaaaaaaa#1:5", ("person:1", "person:2"), unit="g"),
    moved("SUPPLIED", "S5", "2024-07-01", 7.0, "aaaaaaaaaaaa#1:6", ("person:2", "person:1")),
    moved("SUPPLIED", "S6", "2024-07-02", 9.0, "aaaaaaaaaaaa#1:7", ("party:x:丙", "person:1")),
    link("HOLDS", "person:1", "account:1"),
    link("HOLDS", "person:2", "account:2"),
    link("PAID", "account:2", "account:1", "P1", on="2024-03-05", amount=10.0, currency="CNY", evidence=("c#1:2",)),
    link("PAID", "account:2", "account:1", "P2", on="2024-04-05", amount=5.5, evidence=("c#1:3",)),
]  # fmt: skip


def ask(**given: Any) -> list[dict[str, Any]]:
    names = sorted({end for each in CASE for end in (each.source, each.target)})
    stated = [statement(name, KINDS[name.partition(":")[0]], "mark", name) for name in names]
    places = [statement(n, "Place", "address", n.removeprefix("place:")) for n in (YUNNAN, ZHEJIANG)]
    return FLOWS.ask(RowsCasefile([*stated, *places], CASE), **given).rows


def told(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_what_has_an_end_unknown_may_belong_to_a_route_that_is_shown() -> None:
    names = sorted({end for each in CASE for end in (each.source, each.target)})
    stated = [statement(name, KINDS[name.partition(":")[0]], "mark", name) for name in names]
    notes = FLOWS.ask(RowsCasefile(stated, CASE), what="goods").notes
    assert any("whose product or an end is unknown may belong to it" in note for note in notes)


def test_a_movement_that_three_records_tell_counts_once_and_units_stay_apart() -> None:
    rows = ask(what="goods")
    assert told(rows, "from", "to", "quantity_min", "unit", "movements") == [
        ("330000", "530000", 7.0, "box", 1),
        ("530000", "330000", 200.0, "box", 2),
        ("530000", "330000", 2.5, "kg", 2),
        ("unknown", "530000", 9.0, "box", 1),
    ]
    assert rows[1]["from_name"] == "云南省" and rows[1]["evidence"] == [
        "aaaaaaaaaaaa#1:2", "aaaaaaaaaaaa#1:3", "bbbbbbbbbbbb#1:2", "wwwwwwwwwwww#1:2",
    ]  # fmt: skip


def test_money_by_currency_and_levels() -> None:
    assert told(ask(what="money", level="county"), "from", "to", "quantity_min", "unit", "movements") == [
        ("330304", "530103", 15.5, "CNY", 2)
    ]


def test_periods_and_new_routes() -> None:
    assert told(ask(what="goods", period="quarter"), "period", "quantity_min") == [
        ("2024-Q3", 7.0), ("2024-Q1", 200.0), ("2024-Q2", 2.5), ("2024-Q3", 9.0),
    ]  # fmt: skip
    new = ask(new_since="2024-06-15")
    assert told(new, "from", "to", "route_since") == [
        ("330000", "530000", "2024-07-01"), ("unknown", "530000", "2024-07-02"),
    ]  # fmt: skip


def test_what_has_no_day_is_not_left_out_of_new_routes_without_a_word() -> None:
    links = [*CASE[:2], moved("SHIPPED", "W1", "2024-03-02", 100.0, "wwwwwwwwwwww#1:2", (A, B))]
    links.append(link("SHIPPED", B, A, "W2", quantity=5.0, unit="box", properties={"product": "降压片"}))
    stated = [statement(each, "Party", "name", each) for each in (A, B)]
    stated += [statement(each, "Place", "address", each.partition(":")[2]) for each in (YUNNAN, ZHEJIANG)]
    casefile = RowsCasefile(stated, links)

    def said(**given: Any) -> list[str]:
        return [note for note in FLOWS.ask(casefile, **given).notes if note.startswith("No row tells whether")]

    assert ": 1 movements" in said(new_since="2024-01-01")[0]
    assert not said()
    month = {"started_earliest": "2024-03-01", "started_latest": "2024-03-31T23:59:59"}
    links.append(link("SHIPPED", B, A, "W3", quantity=5.0, unit="box", properties={"product": "降压片"}, **month))
    casefile = RowsCasefile(stated, links)
    assert ": 2 movements" in said(new_since="2024-03-10")[0]
    assert ": 1 movements" in said(new_since="2024-03-01")[0]


def test_the_regions_that_one_chain_crosses() -> None:
    """What came to 甲 only afterwards is no part of it."""
    assert told(ask(of="person:2"), "from", "to", "unit") == [("530000", "330000", "box"), ("530000", "330000", "kg")]
    assert told(ask(of="party:x:丙", direction="forward"), "from") == [("unknown",)]


def test_requests_that_make_no_sense() -> None:
    with pytest.raises(RequestError, match="goods, money"):
        ask(what="gold")
    with pytest.raises(RequestError, match="new_since"):
        ask(new_since="last year")
    with pytest.raises(RequestError, match="--of"):
        ask(direction="forward")
    with pytest.raises(NotFound):
        ask(of="nobody")


def test_on_a_sample_no_route_is_invented(tmp_path: Path) -> None:
    write_sample(tmp_path, 1000, 5)
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["routes"]
    routes = {(one["from"], one["to"], one["product"]) for one in truth}
    rows = casebook.flows(["goods"], within=True).rows
    found = {(r["from"], r["to"], r["product"]) for r in rows if "unknown" not in (r["from"], r["to"]) and r["product"]}
    assert found <= routes and len(found) > 0.75 * len(routes)
    periods = casebook.flows(["goods"], within=True, period="month").rows
    assert sum(row["movements"] for row in periods) == sum(row["movements"] for row in rows)


def test_a_movement_began_on_the_earliest_day_that_a_row_tells(tmp_path: Path) -> None:
    head = "单号,卖方,买方,买方证件号,品名,批号,数量,单位,日期"
    (tmp_path / "sold.csv").write_text(
        f"{head}\nX1,甲公司,乙公司,91350200612004581X,药A,B1,10,盒,2024-01-30\n", "utf-8"
    )
    (tmp_path / "took.csv").write_text(
        f"{head}\nJ1,甲公司,乙公司,91350200612004581X,药A,B1,10,盒,2024-02-02\n", "utf-8"
    )
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "sold.csv", tmp_path / "took.csv")
    (row,) = casebook.flows(what="goods", period="month", within=True).rows
    assert (row["movements"], row["period"], row["first"]) == (1, "2024-01", "2024-01-30")


def test_units_are_added_where_rows_tell_the_packing(tmp_path: Path) -> None:
    head = "supply_id,seller,seller_id,buyer,buyer_id,product,batch,quantity,unit,supplied_at,规格\n"
    ends = "甲,410105198506060407,乙,420106198506060413"
    rows = [f"1,{ends},药,K9,50,箱,2024-02-05,12盒/箱", f"2,{ends},药,K9,300,盒,2024-02-06,",
            f"3,{ends},药,K9,480,片,2024-02-07,", f"4,{ends},粉,R1,500,克,2024-02-08,",
            f"5,{ends},药,K9,5,支,2024-02-09,"]  # fmt: skip
    seized = "seizure_id,seized_at,holder,product,batch,quantity,unit,规格\nQ1,2024-03-01,丙,药,K9,24,片,24片/盒\n"
    (tmp_path / "sold.csv").write_text(head + "\n".join(rows), "utf-8")
    (tmp_path / "seized.csv").write_text(seized, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path, strict=True)
    found = casebook.flows(within=True).rows
    assert sorted(told(found, "product", "quantity_min", "quantity_max", "unit")) == [
        ("粉", 0.5, 0.5, "kg"), ("药", 5, 5, "vial"), ("药", 22_080, 22_080, "tablet"),
    ]  # fmt: skip


def test_an_account_is_where_its_branch_is_else_where_its_holder_lives(tmp_path: Path) -> None:
    """Nobody here was seen acting anywhere: the one account has a branch, the other only a man with a home."""
    people = (
        "姓名,身份证号,住址",
        "甲,33032619731119012X,浙江省温州市苍南县灵溪镇1号",
        "乙,430111198709010240,湖南省长沙市雨花区1号",
    )
    accounts = (
        "账号,户名,证件号,开户行",
        "6222020200112233445,甲,33032619731119012X,上海浦东发展银行昆明分行",
        "6217000010001112223,乙,430111198709010240,北京银行",
    )
    paid = "流水号,付款账号,收款账号,金额,交易时间", "1,6222020200112233445,6217000010001112223,500,2026-01-02"
    for name, lines in (("people", people), ("accounts", accounts), ("paid", paid)):
        write(tmp_path, f"in/{name}.csv", *lines)
    casebook = graphkit.open(tmp_path / "book")
    casebook.load(tmp_path / "in")
    answer = casebook.flows("money")
    assert told(answer.rows, "from", "to", "quantity_min") == [("530000", "430000", 500.0)]
    assert any("home of an account's holder" in note and "1 payments" in note for note in answer.notes)
