"""What a header says in brackets holds for the cells below it, and what is kept with a doubt is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit import Casebook

PAYMENT = """流水号,付款账号,付款户名,收款账号,收款户名,{amount},交易时间
P1,6222000011112222,甲,6222000033334444,乙,{cell},2024-01-24
"""
SUPPLY = """单号,卖方,买方,品名,{quantity},{unit}日期
S1,甲,乙,头孢,{cell},{stated}2024-01-24
"""


def link(tmp_path: Path, text: str, kind: str) -> dict[str, Any]:
    """The one link of this kind that a table asserts."""
    casebook = loaded(tmp_path, text)
    found = casebook.sql(f"SELECT * FROM links WHERE kind = '{kind}'").rows
    return dict(found[0]) if found else {}


def loaded(tmp_path: Path, text: str) -> Casebook:
    (tmp_path / "table.csv").write_text(text, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "table.csv", rejects=tmp_path)
    return casebook


@pytest.mark.parametrize(
    ("header", "cell", "amount", "currency"),
    [
        ("交易金额(万元)", "3.2", 32_000, None),
        ("金额（万元）", "３.２", 32_000, None),
        ("金额[美元]", "3.2", 3.2, "USD"),
        ("金额(元)", "1,234.50", 1_234.5, None),
        ("金额(万元)", "3.2万", 32_000, None),  # the cell says it itself
        ("金额(含税)", "3.2", 3.2, None),
    ],
)
def test_amounts(tmp_path: Path, header: str, cell: str, amount: float, currency: str | None) -> None:
    found = link(tmp_path, PAYMENT.format(amount=header, cell=f'"{cell}"'), "PAID")
    assert (found["amount"], found["currency"]) == (amount, currency)


def test_a_quantity_whose_header_names_the_unit_needs_no_unit_column(tmp_path: Path) -> None:
    found = link(tmp_path, SUPPLY.format(quantity="数量(盒)", unit="", cell="5", stated=""), "SUPPLIED")
    assert (found["quantity"], found["unit"]) == (5, "box")


def test_header_and_column_that_disagree_on_the_unit_are_refused(tmp_path: Path) -> None:
    assert not link(tmp_path, SUPPLY.format(quantity="数量(千克)", unit="单位,", cell="5", stated="克,"), "SUPPLIED")
    assert "单位" in next(tmp_path.glob("*-1.csv")).read_text("utf-8")


def test_weights_and_durations(tmp_path: Path) -> None:
    text = "话单号,主叫,被叫,开始时间,时长(分钟)\nC1,13800000001,13800000002,2024-01-24 08:05,3\n"
    assert link(tmp_path, text, "CALLED")["properties"]["duration_s"] == "180"


def test_what_is_kept_though_invalid_is_told_and_marked(tmp_path: Path) -> None:
    text = "姓名,身份证号,手机号,案件编号\n甲,110101199001011234,12345,A1\n"
    (tmp_path / "people.csv").write_text(text, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    answer = casebook.load(tmp_path / "people.csv")
    assert answer.rows[0]["accepted"] == 1
    told = "\n".join(answer.notes)
    assert "110101199001011234" in told and "12345" in told and "(row 2)" in told
    (phone,) = casebook.search("12345", kinds="Phone").rows
    assert {"valid": "false"}.items() <= {
        row["property"]: row["value"] for row in casebook.show(phone["id"]).rows if row["property"]
    }.items()
