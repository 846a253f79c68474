"""The official list of what was seized numbers its lines 1, 2, 3 … in a column 编号."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.files import links, staged, write

SEIZED = "编号,持有人,物品名称,批号,数量,单位,扣押时间"


def seizures(path: Path) -> set[str]:
    return {source for kind, source, _, _ in links(path) if kind == "SEIZED_FROM"}


@pytest.mark.parametrize("numbers", [("1", "2"), ("01", "02"), ("1、", "2、"), ("1", "1")])
def test_line_1_of_one_agency_is_not_line_1_of_another(tmp_path: Path, numbers: tuple[str, str]) -> None:
    lines = [f"{numbers[0]},张三,止痛丸,A1,10,盒,2023-05-01", f"{numbers[1]},张三,止痛丸,A2,5,盒,2023-05-01"]
    first = write(tmp_path, "a.csv", SEIZED, *lines, "合计,,,,15,,")
    second = write(tmp_path, "b.csv", SEIZED, lines[0].replace("张三", "李四"))
    found = [seizures(path) for path in (first, second)]
    assert [len(each) for each in found] == [2, 1]
    assert all("FILE" in one for each in found for one in each)  # told by file and row, not by the line's count
    (report,) = staged(first).tables
    assert (report.accepted, report.rejected) == (2, 0)


def test_the_number_of_the_document_beside_it_tells_the_seizure(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"{SEIZED},扣押文书号", "1,张三,止痛丸,A1,10,盒,2023-05-01,谯公扣字7号")
    assert seizures(path) == {"seizure:谯公扣字7号"}


def test_a_column_of_numbers_of_documents_is_one(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", SEIZED, "KY-1,张三,止痛丸,A1,10,盒,2023-05-01", "KY-2,张三,止痛丸,A2,5,盒,2023-05-01"
    )
    assert seizures(path) == {"seizure:KY-1", "seizure:KY-2"}
