"""What a laboratory concludes, in the words of its reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.files import statements, write


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("不符合规定（检出格列本脲），假药", "counterfeit"),
        ("不合格，劣药", "inferior"),
        ("不符合规定(含量测定)", "fail"),
        ("符合规定。", "pass"),
        ("合格（复检不合格）", "合格（复检不合格）"),
    ],
)
def test_a_conclusion_with_its_reason_is_read(tmp_path: Path, said: str, result: str) -> None:
    path = write(
        tmp_path, "a.csv", "报告编号,被抽样单位,品名,批号,抽样日期,检验结论", f"R1,某药房,止痛丸,A1,2023-05-01,{said}"
    )
    assert ("sample:R1", "result", result, [2]) in statements(path)
