"""Money withdrawn from a balance with a payment service, which the service and the bank both tell of."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit

WALLET, CARD, CLEARING = "wxid_cl880101", "6222020200012345678", "243300133"
SERVICE = "流水号,付款账号,付款户名,收款账号,收款户名,金额,交易时间\n"
OWN = "交易流水号,本方账号,本方户名,交易时间,借贷标志,交易金额,对方账号,对方户名\n"


@pytest.mark.parametrize("out", [True, False])
@pytest.mark.parametrize(
    ("at", "least", "most"), [("2023-03-01 10:00:07", 800, 1100), ("2023-03-01 11:30:00", 1100, 1100)]
)
def test_what_the_bank_names_the_service_for_counts_once_at_least(
    tmp_path: Path, out: bool, at: str, least: float, most: float
) -> None:
    ends = f"{WALLET},陈丽,{CARD},陈丽" if out else f"{CARD},陈丽,{WALLET},陈丽"
    other = f"{WALLET},陈丽,{CARD[:-1]}1,陈丽"
    (tmp_path / "财付通.csv").write_text(
        SERVICE + f"1,{ends},300,2023-03-01 10:00:00\n2,{other},500,2023-03-02 10:00:00\n", "utf-8"
    )
    word = "贷" if out else "借"
    (tmp_path / "银行.csv").write_text(
        OWN + f"9,{CARD},陈丽,{at},{word},300,{CLEARING},财付通支付科技有限公司\n", "utf-8"
    )
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "财付通.csv", tmp_path / "银行.csv", strict=True)
    answer = casebook.flows(what="money", within=True)
    assert sum(row["quantity_min"] for row in answer.rows) == least
    assert sum(row["quantity_max"] for row in answer.rows) == most
    assert any("names the service's own account" in note for note in answer.notes) == (least < most)
    if out:
        rows = {row["id"]: row for row in casebook.trace(f"account:{CARD}", "back", follow="money").rows}
        (wallet,) = (row for name, row in rows.items() if WALLET.upper() in name.upper())
        assert wallet["quantity_max"] is None or wallet["quantity_max"] >= 300


def test_an_account_of_the_one_who_is_asked_about_has_no_figure_of_nothing(tmp_path: Path) -> None:
    """What he moved between accounts of his own is no movement; that nothing came to the other would be false."""
    (tmp_path / "pay.csv").write_text(
        "流水号,付款账号,付款户名,付款人证件号,收款账号,收款户名,收款人证件号,金额,交易时间\n"
        f"1,{CARD},钱,440305198001150112,6217000010001111111,钱,440305198001150112,2000,2024-03-01 09:00:00\n"
        f"2,6217000010003333333,赵,,6217000010001111111,钱,440305198001150112,70,2024-03-01 10:00:00\n"
        f"3,6217000010001111111,钱,440305198001150112,6217000010003333333,赵,,1500,2024-03-02 09:00:00\n",
        "utf-8",
    )
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "pay.csv", strict=True)
    trace = casebook.trace(f"account:{CARD}", "forward", follow="money", exact="all")
    rows = {row["id"]: row for row in trace.rows}
    other = rows["account:6217000010001111111"]
    assert (other["quantity_min"], other["quantity_max"]) == (None, None)
    assert rows["account:6217000010003333333"]["quantity_max"] > 0
