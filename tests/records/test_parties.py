"""Who a row names: the rules of exact identity, from the user's side, on files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graphkit.records.finding import sha256_of
from tests.records.files import links, statements, write, write_book

ZHANG = "11010519491231002X"
PAYMENT = "payment_id,payer_account,payer,payee_account,payee,amount,paid_at"
SUPPLY = "supply_id,seller,seller_id,buyer,buyer_id,product,quantity,unit,supplied_at"
PERSON = "name,id_number,phone,address,case"
WAYBILL = "waybill_id,carrier,sender,sender_phone,sender_address,recipient,recipient_phone,recipient_address,sent_at"


def named(path: Path, value: str) -> dict[str, list[int]]:
    """The nodes that have this name, with the rows that say so."""
    return {node: rows for node, name, text, rows in statements(path) if (name, text) == ("name", value)}


def test_a_valid_id_tells_a_person_and_a_credit_code_a_company(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", SUPPLY, f"S1,甲公司,91350100M000100Y43,张三,{ZHANG},药,1,盒,2024-01-01")
    assert named(path, "甲公司") == {"company:91350100M000100Y43": [2]}
    assert named(path, "张三") == {f"person:{ZHANG}": [2]}


def test_an_invalid_id_is_kept_as_written_and_never_identifies(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", SUPPLY, "S1,甲,110105194912310021,乙,,药,1,盒,2024-01-01")
    assert named(path, "甲") == {"party:FILE:甲": [2]}
    assert ("party:FILE:甲", "invalid_id", "110105194912310021", [2]) in statements(path)


def test_a_name_is_the_same_party_within_a_file_and_another_in_the_next(tmp_path: Path) -> None:
    row = "账,6222000011112222,李四,6222000011113333,王五,5,2024-01-01"
    first = write(tmp_path, "a.csv", PAYMENT, row, row.replace("账", "二"))
    second = write(tmp_path, "b.csv", PAYMENT, row)
    assert named(first, "李四") == {"party:FILE:李四": [2, 3]}
    assert sha256_of(first) != sha256_of(second)  # so that FILE is another one


def test_a_name_alone_is_the_one_identified_party_of_its_file(tmp_path: Path) -> None:
    lines = [f"S1,张三,{ZHANG},乙,,药,1,盒,2024-01-01", "S2,张三,,乙,,药,1,盒,2024-01-02"]
    path = write(tmp_path, "a.csv", SUPPLY, *lines)
    assert named(path, "张三") == {f"person:{ZHANG}": [2, 3]}


def test_a_name_that_two_identified_parties_share_is_neither(tmp_path: Path) -> None:
    other = "440106199001011235"
    lines = [
        f"S1,张三,{ZHANG},乙,,药,1,盒,2024-01-01",
        f"S2,张三,{other},乙,,药,1,盒,2024-01-02",
        "S3,张三,,乙,,药,1,盒,2024-01-03",
    ]
    path = write(tmp_path, "a.csv", SUPPLY, *lines)
    assert named(path, "张三") == {f"person:{ZHANG}": [2], f"person:{other}": [3], "party:FILE:张三": [4]}


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        (["李四,,13800138000,,C1", "李四,,13800138000,,C1"], [[2, 3]]),  # name, case and phone agree
        (["李四,,,广州市天河区2号,C1", "李四,,,广州市天河区2号,C1"], [[2, 3]]),  # name, case and address agree
        (["李四,,13800138000,,C1", "李四,,13800138000,,C2"], [[2], [3]]),  # another case
        (["李四,,13800138000,,C1", "李四,,13900139000,,C1"], [[2], [3]]),  # another phone
        (["李四,,,,C1", "李四,,,,C1"], [[2], [3]]),  # nothing but the name
        (
            ["李四,,13800138000,甲地1号,C1", "李四,,13800138000,乙地2号,C1", "李四,,,乙地2号,C1"],
            [[2, 3, 4]],
        ),  # one by one
    ],
)
def test_persons_without_an_id(tmp_path: Path, rows: list[str], groups: list[list[int]]) -> None:
    path = write(tmp_path, "a.csv", PERSON, *rows)
    assert sorted(named(path, "李四").values()) == groups


def test_namesakes_on_waybills_are_told_apart_by_phone(tmp_path: Path) -> None:
    rows = [
        "W1,顺丰,王伟,13800138000,,李四,,,2024-01-01",
        "W2,顺丰,王伟,13900139000,,李四,,,2024-01-01",
        "W3,顺丰,王伟,13800138000,,李四,,,2024-01-02",
    ]
    path = write(tmp_path, "a.csv", WAYBILL, *rows)
    assert sorted(named(path, "王伟").values()) == [[2, 4], [3]]
    assert named(path, "李四") == {"party:FILE:李四": [2, 3, 4]}


def test_sheets_of_one_book_name_the_same_people(tmp_path: Path) -> None:
    people: list[list[object]] = [["姓名", "身份证号", "手机号"], ["张三", ZHANG, "13800138000"]]
    calls: list[list[object]] = [
        ["单号", "卖方", "买方", "品名", "数量", "单位", "日期"],
        ["S1", "张三", "李四", "药", 3, "盒", "2024-01-01"],
    ]
    path = write_book(tmp_path, "a.xlsx", {"人员": people, "购销": calls})
    assert named(path, "张三").keys() == {f"person:{ZHANG}"}


def test_the_order_of_rows_changes_nothing_but_the_rows_themselves(tmp_path: Path) -> None:
    lines = [
        f"S{i},{random.Random(i).choice('甲乙丙')},{ZHANG if i == 3 else ''},丁,,药,{i},盒,2024-01-01"
        for i in range(1, 12)
    ]
    shuffled = random.Random(7).sample(lines, len(lines))
    first, second = write(tmp_path, "a.csv", SUPPLY, *lines), write(tmp_path, "b.csv", SUPPLY, *shuffled)
    assert [link[:3] for link in links(first)] == [link[:3] for link in links(second)]


def test_a_purchase_without_a_seller_is_from_somebody_unknown(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.csv",
        "purchase_id,buyer,phone,product,bought_at",
        "G1,赵六,13800138000,药,2024-01-01",
        "G2,赵六,13800138000,药,2024-01-02",
    )
    assert sorted(named(path, "?").values()) == [[2], [3]]
