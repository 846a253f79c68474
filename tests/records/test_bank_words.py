"""What banks write that names nobody, that never happened, and an account that has two numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from graphkit.casebook import Casebook
from tests.records.files import links, write

A, B, C, D = (f"62220202001122334{n:02}" for n in range(4))
HEADER = "流水号,本方账号,本方户名,交易时间,借贷标志,交易金额,对方账号,对方户名"


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return graphkit.open(tmp_path / "casebook")


def accounts(casebook: Casebook, start: str) -> set[str]:
    return {row["id"] for row in casebook.trace(start, "forward", follow="money").rows if row["kind"] == "Account"}


@pytest.mark.parametrize("name", ["现金", "ATM取现", "手续费", "ATM", "cash withdrawal"])
def test_cash_that_one_draws_is_not_what_another_pays_in(casebook: Casebook, tmp_path: Path, name: str) -> None:
    lines = [f"1,{A},甲,2023-05-01 09:00,借,100,,{name}", f"2,{B},乙,2023-05-01 10:00,贷,100,,{name}"]
    casebook.load(write(tmp_path, "bank.csv", HEADER, *lines))
    assert f"account:{B}" not in accounts(casebook, f"account:{A}")
    assert not casebook.search(name).rows


def test_a_nought_for_want_of_an_account_is_none(casebook: Casebook, tmp_path: Path) -> None:
    lines = [f"1,{A},甲,2023-05-01 09:00,借,100,0,", f"2,{B},乙,2023-05-01 10:00,贷,100,0,"]
    casebook.load(write(tmp_path, "bank.csv", HEADER, *lines))
    assert f"account:{B}" not in accounts(casebook, f"account:{A}")


def test_a_nought_among_short_numbers_is_one_of_them(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(
        write(
            tmp_path, "pay.csv", "流水号,付款账号,收款账号,金额,交易时间", "1,0,17,5,2023-05-01", "2,4,0,6,2023-05-02"
        )
    )
    assert len(casebook.search("0", kinds=["Account"]).rows) == 1


@pytest.mark.parametrize(("header", "word"), [("交易是否成功", "失败"), ("交易状态", "交易关闭"), ("status", "Failed")])
def test_a_payment_that_was_not_carried_out_is_refused(
    casebook: Casebook, tmp_path: Path, header: str, word: str
) -> None:
    lines = [f"1,{A},{B},100,2023-05-01,{word}", f"2,{A},{B},70,2023-05-01,成功"]
    (row,) = casebook.load(write(tmp_path, "pay.csv", f"流水号,付款账号,收款账号,金额,交易时间,{header}", *lines)).rows
    assert (row["accepted"], row["rejected"]) == (1, 1)
    assert word in Path(row["rejects_file"]).read_text(encoding="utf-8-sig")
    (paid,) = casebook.store.links(["PAID:payment:1", "PAID:payment:2"])
    assert paid.amount == 70


def test_an_account_and_its_card_are_one_holders(casebook: Casebook, tmp_path: Path) -> None:
    """One bank names the account, another the card: what came to the one goes on from the other."""
    write(tmp_path / "in", "accounts.csv", "账号,卡号,户名,证件号", f"{A},{B},张三,110101199003070134")
    write(
        tmp_path / "in", "pay.csv", "流水号,付款账号,收款账号,金额,交易时间",
        f"1,{C},{A},100,2023-05-01 09:00", f"2,{B},{D},90,2023-05-01 10:00",
    )  # fmt: skip
    casebook.load(tmp_path / "in")
    rows = {row["id"]: row for row in casebook.trace(f"account:{D}", "back").rows}
    assert (rows[f"account:{C}"]["quantity_min"], rows[f"account:{C}"]["quantity_max"]) == (90, 90)


def test_a_card_alone_is_an_account(casebook: Casebook, tmp_path: Path) -> None:
    casebook.load(write(tmp_path, "cards.csv", "卡号,户名,开户行", f"{A},张三,工行"))
    (shown,) = (row for row in casebook.show(f"account:{A}").rows if row["property"] == "institution")
    assert shown["value"] == "工行"


def test_a_wallet_under_a_phones_number_is_its_users(casebook: Casebook, tmp_path: Path) -> None:
    """What a payment service calls 小六 is 赵六, whose phone's number the wallet has."""
    write(tmp_path / "in", "people.csv", "姓名,身份证号,手机号", "赵六,110101199003070134,13812345678")
    write(
        tmp_path / "in", "pay.csv", "流水号,付款账号,付款户名,收款账号,收款户名,金额,交易时间",
        f"1,{A},买家,13812345678,小六,300,2023-05-01 08:00", f"2,13812345678,,{B},陈七,200,2023-05-01 09:00",
    )  # fmt: skip
    casebook.load(tmp_path / "in")
    for start in ("赵六", "13812345678", "小六"):
        rows = {row["id"]: row for row in casebook.trace(start, "forward", follow="money").rows}
        assert rows[f"account:{B}"]["quantity_max"] == 200
    back = {row["id"] for row in casebook.trace("赵六", "back", follow="money").rows}
    assert f"account:{A}" in back
    assert casebook.trace("phone:+8613812345678", "forward", follow="money").rows


def test_the_phone_of_an_account_s_opening_is_its_holder_s(tmp_path: Path) -> None:
    path = write(tmp_path, "opened.csv", "账号,户名,身份证号,预留手机号", f"{A},钱,440305198001150112,13800138001")
    uses = {(source, target) for kind, source, target, _ in links(path) if kind == "USES"}
    assert uses == {("person:440305198001150112", "phone:+8613800138001")}
