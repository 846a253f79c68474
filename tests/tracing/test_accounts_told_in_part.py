"""Accounts with stars in their numbers, and wallets that nobody is named for, are followed as whose they must be."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from graphkit.model.answer import Answer
from tests.records.files import write

WHOLE, PAYER, LAST = "6222020200112233445", "6217000010001112223", "6228480402564890018"
PHONE = "13800138001"
HEADER = "流水号,付款账号,付款户名,收款账号,收款户名,金额,交易时间"
CAME = f"1,{PAYER},李四,{WHOLE},钱二,800,2026-01-01 10:00"
PEOPLE = "姓名,手机号,案件编号"


def casebook_of(tmp_path: Path, *files: tuple[str, ...]) -> Casebook:
    for number, lines in enumerate(files):
        write(tmp_path, f"in/{number}.csv", *lines)
    casebook = graphkit.open(tmp_path / "book")
    casebook.load(tmp_path / "in")
    return casebook


def told(answer: Answer) -> dict[str, tuple[float | None, float | None, float]]:
    """Least, most and score of each account."""
    rows = [row for row in answer.rows if row["kind"] == "Account"]
    return {row["id"].rpartition(":")[2]: (row["quantity_min"], row["quantity_max"], row["score"]) for row in rows}


@pytest.mark.parametrize("masked", ["6222****3445", "6222***********3445", "尾号3445", "6222XXXX3445"])
def test_a_number_with_stars_is_the_one_that_fits_and_is_of_the_same_holder(tmp_path: Path, masked: str) -> None:
    went = f"2,{masked},钱二,{LAST},孙三,500,2026-01-02 10:00"
    casebook = casebook_of(tmp_path, (HEADER, CAME), (HEADER, went))
    answer = casebook.trace(f"account:{PAYER}", direction="forward", follow="money")
    assert told(answer)[LAST] == (500, 500, 0.35)  # ungraded, and the account was guessed
    (note,) = (note for note in answer.notes if note.startswith("Accounts taken for another"))
    assert masked in note and WHOLE in note and "the number fits" in note
    back = casebook.trace(f"account:{LAST}", direction="back", follow="money")
    assert told(back)[PAYER] == (500, 500, 0.35)
    assert casebook.store.counts()["nodes"] == 8  # four accounts of four names: nothing is merged


@pytest.mark.parametrize(
    ("went", "other"),
    [
        (f"2,6222****3445,周五,{LAST},孙三,500,2026-01-02 10:00", ""),  # of somebody else
        (f"2,6222****3446,钱二,{LAST},孙三,500,2026-01-02 10:00", ""),  # that does not fit
        (f"2,6222****3445,,{LAST},孙三,500,2026-01-02 10:00", ""),  # of nobody
        (
            f"2,6222****3445,钱二,{LAST},孙三,500,2026-01-02 10:00",
            f"3,{PAYER},李四,6222999900002223445,钱二,1,2026-01-05",
        ),
        (f"2,6222****3445,钱二,{LAST},孙三,500,2026-01-02 10:00", f"3,{PAYER},李四,6222999900002223445,,1,2026-01-05"),
    ],
)
def test_one_that_may_be_another_is_not_followed(tmp_path: Path, went: str, other: str) -> None:
    casebook = casebook_of(tmp_path, (HEADER, CAME, *([other] if other else [])), (HEADER, went))
    answer = casebook.trace(f"account:{PAYER}", direction="forward", follow="money")
    assert LAST not in told(answer) and not any("Accounts taken" in note for note in answer.notes)


WALLET = (
    HEADER,
    f"1,{PAYER},李四,{PHONE},,500,2026-01-01 10:00",
    f"2,{PHONE},,{LAST},孙三,300,2026-01-02 10:00",
)


@pytest.mark.parametrize("start", [f"phone:+86{PHONE}", "赵一"])
def test_a_wallet_without_a_name_is_of_the_one_who_uses_the_phone(tmp_path: Path, start: str) -> None:
    casebook = casebook_of(tmp_path, WALLET, (PEOPLE, f"赵一,{PHONE},K1"))
    answer = casebook.trace(start, direction="forward", follow="money")
    assert told(answer)[LAST] == (300, 300, 0.35)
    assert any("the one who uses the phone" in note for note in answer.notes)
    reached = casebook.trace(f"account:{PAYER}", direction="forward", follow="money").rows
    assert [(row["quantity_min"], row["score"]) for row in reached if row["name"] == "赵一"] == [(500, 0.35)]


def test_a_wallet_whose_phone_several_use_is_nobodys(tmp_path: Path) -> None:
    casebook = casebook_of(tmp_path, WALLET, (PEOPLE, f"赵一,{PHONE},K1", f"周五,{PHONE},K1"))
    assert casebook.trace("赵一", direction="forward", follow="money").rows == []


def test_a_trace_from_a_phone_has_the_amounts_of_those_who_use_it(tmp_path: Path) -> None:
    named = (HEADER, f"1,{PAYER},李四,{PHONE},赵一,500,2026-01-01 10:00", f"2,{PHONE},赵一,{LAST},孙三,300,2026-01-02")
    casebook = casebook_of(tmp_path, named)
    for direction, other, much in (("forward", LAST, 300), ("back", PAYER, 500)):
        answer = casebook.trace(f"phone:+86{PHONE}", direction=direction, follow="money")
        assert told(answer)[other][:2] == (much, much)
        assert not any(f"account:{PHONE} (" in note for note in answer.notes)  # the start lacks nothing


def test_goods_do_not_pass_through_accounts(tmp_path: Path) -> None:
    number = "33032619731119012X"
    sold = ("单号,卖方,卖方证件号,买方,品名,批号,数量,单位,日期", f"X1,赵一,{number},李四,药A,B1,10,盒,2026-01-01")
    casebook = casebook_of(tmp_path, WALLET, ("姓名,身份证号,手机号", f"赵一,{number},{PHONE}"), sold)
    kinds = {
        follow: {row["kind"] for row in casebook.trace(f"person:{number}", direction="forward", follow=follow).rows}
        for follow in ("goods", "money")
    }
    assert "Account" not in kinds["goods"] and "Account" in kinds["money"]
