"""What was matched, may be one or could not be counted stands in JSON whole; a table's notes tell the first of it."""

from __future__ import annotations

from pathlib import Path

import graphkit
from graphkit.model.rendering import to_table
from tests.records.files import write

COUNT = 14
PEOPLE = "身份证号,姓名"
SALE = "单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期"
GIVER, TAKER = "王,440305198001150112", "李,110101199003071938"


def test_all_that_was_matched_and_all_that_was_not_counted_is_in_json(tmp_path: Path) -> None:
    sold = [f"{GIVER},{TAKER},片,B1,{10 + n},盒,2024-{n % 12 + 1:02}-{1 + n // 12:02}" for n in range(COUNT)]
    write(tmp_path / "in", "seller.csv", SALE, *(f"S{n},{row}" for n, row in enumerate(sold)),
          f"S90,{GIVER},{TAKER},片,B1,0,盒,2024-01-20")  # fmt: skip
    write(tmp_path / "in", "buyer.csv", SALE, *(f"T{n},{row}" for n, row in enumerate(sold)))
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "in")
    for answer in (casebook.balance(), casebook.trace("B1", "forward")):
        told = answer.to_dict()
        matched = sorted(sorted(each["links"]) for each in told["counted_once"])
        assert matched == sorted(
            sorted(link for link in casebook_links(casebook, f"S{n}", f"T{n}")) for n in range(COUNT)
        ), answer.command
        assert all(len(each["evidence"]) == 2 for each in told["counted_once"])
        (uncounted,) = told["uncounted"]
        assert uncounted["links"] == casebook_links(casebook, "S90") and len(uncounted["evidence"]) == 1
        assert told["may_be_one"] == []
        assert any("(+" in note for note in answer.notes)  # the notes stay short
        assert "counted_once" not in to_table(answer)


def casebook_links(casebook: graphkit.Casebook, *numbers: str) -> list[str]:
    """The deliveries of these documents."""
    names = casebook.network().links.ids.take(casebook.network().links.of_kinds("SUPPLIED"))
    return [name for number in numbers for name in names if name.startswith(f"SUPPLIED:supply:{number}|")]


def test_payments_that_may_be_one_and_those_that_are_stand_in_json(tmp_path: Path) -> None:
    header, a, b, c = (
        "流水号,付款账号,收款账号,金额,交易时间",
        "6222020200012345678",
        "6217000010001111111",
        "6217000010003333333",
    )
    write(tmp_path / "in", "one.csv", header, f"1,{a},{b},1000,2024-03-01 10:00", f"3,{b},{c},990,2024-03-01 13:00")
    write(tmp_path / "in", "two.csv", header, f"X1,{a},{b},1000,2024-03-01", f"X3,{b},{c},990,2024-03-02 00:10")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "in")
    told = casebook.trace(a, "forward").to_dict()
    assert [each["links"] for each in told["counted_once"]] == [["PAID:payment:1", "PAID:payment:X1"]]
    assert [each["links"] for each in told["may_be_one"]] == [["PAID:payment:3", "PAID:payment:X3"]]
    assert [len(told[name][0]["evidence"]) for name in ("counted_once", "may_be_one")] == [2, 2]
