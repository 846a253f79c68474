"""What is taken out of a trace neither passes goods on nor works any up; each chain is explained once."""

from __future__ import annotations

from typing import Any

import pytest

import graphkit
from graphkit import Casebook
from graphkit.analyses.tracing.trace import TRACE
from graphkit.errors import RequestError
from tests.tracing.test_rules import case, supply

MAKER, BOTTLER, SHOP, OTHER = (
    f"person:{number}"
    for number in ("430111198506200466", "350203199007070353", "440305198001150112", "41010519800101013X")
)
TABLES = {
    "sales": """单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
R-1,李明,430111198506200466,王强,350203199007070353,止痛粉,R1,10,千克,2022-05-01
R-2,李明,430111198506200466,赵六,41010519800101013X,止痛粉,R1,10,千克,2022-05-01
C-2,王强,350203199007070353,张伟,440305198001150112,止痛胶囊,Z1,300,盒,2022-05-20
""",
    "places": """窝点编号,类型,地址,控制人,控制人身份证号
WD1,生产,河南省郑州市金水区花园路1号,王强,350203199007070353
WD2,生产,河南省郑州市金水区黄河路2号,赵六,41010519800101013X
""",
    "made": """加工编号,窝点编号,日期,投入品名,投入批号,投入数量,投入单位,产出品名,产出批号,产出数量,产出单位
T1,WD1,2022-05-10,止痛粉,R1,10,千克,止痛胶囊,Z1,1000,盒
T2,WD2,2022-05-11,止痛粉,R1,10,千克,止痛片,P1,500,盒
""",
    "seized": """扣押编号,扣押日期,持有人,持有人证件号,品名,批号,数量,单位
KY1,2022-06-01,张伟,440305198001150112,止痛胶囊,Z1,200,盒
""",
}


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    folder = tmp_path_factory.mktemp("case")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in TABLES), strict=True)
    return casebook


OUT = ["place:WD1", BOTTLER, "transformation:T1"]  # only he controls the place
MADE_THERE = {"transformation:T1", "batch:止痛粉|R1", MAKER}


@pytest.mark.parametrize("out", OUT)
def test_back_the_chain_ends_where_the_work_is_taken_out(casebook: Casebook, out: str) -> None:
    whole = {row["id"]: row for row in casebook.trace("seizure:KY1").rows}
    assert set(whole) >= MADE_THERE
    left = {row["id"]: row for row in casebook.trace("seizure:KY1", exact="all", without=[out]).rows}
    assert set(left).isdisjoint(MADE_THERE)
    assert (left[BOTTLER]["quantity_min"], left[BOTTLER]["quantity_max"]) == (200, 200)
    assert all(row["quantity_max"] for row in left.values())


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("start", [MAKER, "batch:止痛粉|R1"])
def test_forward_nothing_is_made_where_the_work_is_taken_out(casebook: Casebook, out: str, start: str) -> None:
    left = {row["id"] for row in casebook.trace(start, "forward", without=[out]).rows}
    assert left.isdisjoint({"transformation:T1", "batch:止痛胶囊|Z1", SHOP, "seizure:KY1"})
    assert left >= {"transformation:T2", "batch:止痛片|P1", OTHER}  # of the same lot, made elsewhere


def test_a_source_behind_the_work_that_is_taken_out_explains_nothing(casebook: Casebook) -> None:
    assert MAKER in {row["id"] for row in casebook.sources().rows}
    assert MAKER not in {row["id"] for row in casebook.sources(without=["place:WD1"]).rows}


@pytest.mark.parametrize("target", ["transformation:T1", "batch:止痛粉|R1", BOTTLER, MAKER])
def test_one_chain_is_told_once_by_whichever_links_its_facts_are_stated(casebook: Casebook, target: str) -> None:
    """A lot found is also a product found; that a transformation made one lot of another is also told by its sides."""
    told: dict[int, list[str]] = {}
    for row in casebook.trace("seizure:KY1", explain=target).rows:
        told.setdefault(row["rank"], []).append(row["from"])
    ways = [tuple(node for node in each if node != "transformation:T1") for each in told.values()]
    assert len(ways) == len(set(ways)) > 1


def test_deliveries_between_the_same_two_are_chains_of_their_own() -> None:
    links = [supply("a", "c", "2024-01-01"), supply("a", "c", "2024-01-02"), supply("c", "d", "2024-01-03")]
    answer = TRACE.ask(case(*links), id="d", explain="a")
    assert sorted(row["link"] for row in answer.rows if row["step"] == 2) == [links[0].link, links[1].link]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"explain": MAKER, "exact": "all"}, "--explain"),
        ({"explain": MAKER, "convention": "proportional"}, "--explain"),
        ({"without": ["seizure:KY1"]}, "--without"),
    ],
)
def test_what_would_have_no_effect_is_refused(casebook: Casebook, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        casebook.trace("seizure:KY1", **asked)


def test_nothing_is_a_case_and_counter_evidence_at_once(casebook: Casebook) -> None:
    with pytest.raises(RequestError, match="--passed"):
        casebook.sources(case=["KY1"], passed=["seizure:KY1"])
