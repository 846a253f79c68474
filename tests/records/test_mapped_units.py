"""A mapping for a book whose quantities name their units themselves: 200盒."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphkit
from tests.records.files import write


@pytest.mark.parametrize("unit", ["", '      unit: "出货量"\n'])
def test_a_mapping_needs_no_column_for_units_that_stand_in_the_cells(tmp_path: Path, unit: str) -> None:
    path = write(
        tmp_path, "book.csv", "哪天,给谁,货,出货量", "2023-05-01,胖子,止痛丸,200盒", "2023-05-02,老三,止痛丸,3箱"
    )
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        'tables:\n  - kind: supply\n    columns:\n      buyer: "给谁"\n      product: "货"\n      supplied_at: "哪天"\n'
        f'      quantity: "出货量"\n{unit}    constants: {{seller: "王强"}}\n',
        encoding="utf-8",
    )
    answer = graphkit.open(tmp_path / "casebook").load(path, mapping=mapping)
    (row,) = answer.rows
    assert (row["accepted"], row["rejected"]) == (2, 0)
    sold = graphkit.open(tmp_path / "casebook").sql("select quantity, unit from links where kind = 'SUPPLIED'").rows
    assert {(each["quantity"], each["unit"]) for each in sold} == {(200, "box"), (3, "carton")}
