"""What rows assert: entities, links, their times and quantities, and the rows that each stands on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from graphkit.model.links import BY_NAME as LINK_KINDS
from graphkit.model.nodes import BY_NAME as NODE_KINDS
from graphkit.model.records import COMMON_FIELDS, RECORD_KINDS
from graphkit.model.templates import NodeTemplate
from tests.records.files import links, staged, statements, write

SEIZURE = "扣押编号,案件编号,扣押日期,扣押地点,区划代码,持有人,品名,批号,数量,单位,货值"


def link_rows(path: Path) -> list[dict[str, object]]:
    loaded = staged(path).staged
    assert loaded is not None
    return pl.read_parquet(loaded.links).sort("link").to_dicts()


def used(template: NodeTemplate) -> set[str]:
    own = {
        *template.key,
        *template.optional_key,
        template.name,
        template.id,
        template.phone,
        template.address,
        template.case,
    }
    own |= {field for _, field in template.properties}
    return own | (used(template.otherwise) if template.otherwise else set())


def test_every_column_of_every_kind_goes_somewhere() -> None:
    for kind in RECORD_KINDS:
        fields = {f for template in kind.nodes for f in used(template)}
        for link in kind.links:
            fields |= {
                *link.key,
                *link.optional_key,
                link.started,
                link.ended,
                link.quantity,
                link.unit,
                link.amount,
                link.currency,
            }
            fields |= {field for _, field in link.properties}
        lost = {field.name for field in kind.fields} - fields
        assert not lost, f"{kind.name} drops {lost}"


def test_templates_name_declared_kinds_and_roles() -> None:
    for kind in RECORD_KINDS:
        roles = {template.role for template in kind.nodes}
        assert {t.kind for t in kind.nodes} <= NODE_KINDS.keys()
        assert {link.kind for link in kind.links} <= LINK_KINDS.keys()
        assert {end for link in kind.links for end in (link.source, link.target)} <= roles
        assert kind.main in roles | {link.kind for link in kind.links}
        assert {field.name for field in COMMON_FIELDS} <= kind.by_name.keys()


def test_every_end_of_a_link_is_stated(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", SEIZURE, "K1,C1,2024年1月24日,广州市天河区1号,440106,王五,假药,B1,12,盒,3.2万")
    nodes = {node for node, *_ in statements(path)}
    assert {end for _, source, target, _ in links(path) for end in (source, target)} <= nodes


def test_a_seizure_with_all_its_ties(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", SEIZURE, "K1,C1,2024年1月24日,广州市天河区1号,440106,王五,假药,B1,12,盒,3.2万")
    assert [link[:3] for link in links(path)] == [
        ("IN_CASE", "seizure:K1", "case:C1"),
        ("IN_REGION", "place:广州市天河区1号", "region:440106"),
        ("OF_BATCH", "seizure:K1", "batch:假药|B1"),
        ("OF_PRODUCT", "batch:假药|B1", "product:假药"),
        ("OF_PRODUCT", "seizure:K1", "product:假药"),
        ("SEIZED_AT", "seizure:K1", "place:广州市天河区1号"),
        ("SEIZED_FROM", "seizure:K1", "party:FILE:王五"),
    ]
    line = next(row for row in link_rows(path) if row["kind"] == "OF_BATCH")
    assert (line["quantity"], line["unit"], line["amount"]) == (12.0, "box", 32000.0)
    assert (line["started_earliest"], line["started_latest"]) == (
        datetime(2024, 1, 24),
        datetime(2024, 1, 24, 23, 59, 59),
    )


def test_the_lines_of_one_document_are_told_by_product_batch_and_unit(tmp_path: Path) -> None:
    rows = [
        "K1,,2024-01-24,,,王五,假药,B1,12,盒,",
        "K1,,2024-01-24,,,王五,假药,B2,3,盒,",
        "K1,,2024-01-24,,,王五,假药,B1,12,盒,",
    ]
    lines = [row for row in link_rows(write(tmp_path, "a.csv", SEIZURE, *rows)) if row["kind"] == "OF_BATCH"]
    assert [(line["link"], line["rows"]) for line in lines] == [
        ("OF_BATCH:seizure:K1|假药|B1|box", [2, 4]),
        ("OF_BATCH:seizure:K1|假药|B2|box", [3]),
    ]


def test_rows_that_disagree_stay_beside_each_other(tmp_path: Path) -> None:
    rows = ["K1,,2024-01-24,,,王五,假药,B1,12,盒,", "K1,,2024-01-24,,,王五,假药,B1,15,盒,"]
    lines = [row for row in link_rows(write(tmp_path, "a.csv", SEIZURE, *rows)) if row["kind"] == "OF_BATCH"]
    assert sorted((line["quantity"], line["rows"]) for line in lines) == [(12.0, [2]), (15.0, [3])]  # type: ignore[type-var]
    assert len({line["link"] for line in lines}) == 1


def test_one_transformation_over_several_rows(tmp_path: Path) -> None:
    sides = [f"{side}_{part}" for side in ("input", "output") for part in ("product", "batch", "quantity", "unit")]
    header = ",".join(["transformation_id", "place_id", "transformed_at", *sides])
    path = write(
        tmp_path,
        "a.csv",
        header,
        "T1,D1,2024-01-01,粉,R1,10,千克,,,,",
        "T1,D1,2024-01-01,瓶,,500,个,,,,",
        "T1,D1,2024-01-01,,,,,药,B1,400,盒",
    )
    assert [link for link in links(path) if link[0] == "TRANSFORMED_INTO"] == [
        ("TRANSFORMED_INTO", "batch:粉|R1", "batch:药|B1", [2, 4]),
        ("TRANSFORMED_INTO", "product:瓶", "batch:药|B1", [3, 4]),
    ]
    assert [link for link in links(path) if link[0] == "OUTPUT_AS"] == [
        ("OUTPUT_AS", "transformation:T1", "batch:药|B1", [4])
    ]


def test_a_transformation_with_neither_side_is_refused(tmp_path: Path) -> None:
    header = "transformation_id,place_id,transformed_at,input_product,output_product"
    loaded = staged(write(tmp_path, "a.csv", header, "T1,D1,2024-01-01,,", "T2,D1,2024-01-01,粉,"))
    assert [(table.rows, table.accepted, table.rejected) for table in loaded.tables] == [(2, 1, 1)]


def test_a_batch_without_its_product_is_the_only_one_of_that_number(tmp_path: Path) -> None:
    header = "waybill_id,carrier,sender,recipient,product,batch,sent_at"
    path = write(
        tmp_path,
        "a.csv",
        header,
        "W1,顺丰,甲,乙,药,B1,2024-01-01",
        "W2,顺丰,甲,乙,,B1,2024-01-02",
        "W3,顺丰,甲,乙,,B9,2024-01-02",
    )
    assert {node for node, *_ in statements(path) if node.startswith("batch:")} == {"batch:药|B1", "batch:|B9"}


def test_an_invalid_phone_links_only_within_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "caller,callee,started_at,duration_s", "13800138000,12,2024-01-24 08:05,60")
    assert [link[:3] for link in links(path)] == [("CALLED", "phone:+8613800138000", "phone:FILE:12")]


def test_the_grade_and_unknown_columns_travel_with_the_record(tmp_path: Path) -> None:
    header = "流水号,付款账号,收款账号,金额,交易时间,来源可靠性,信息可信度,经办人"
    (row,) = link_rows(
        write(tmp_path, "a.csv", header, "P1,6222000011112222,6222000011113333,5,2024-01-01 08:00,B,2,小王")
    )
    assert {p["key"]: p["value"] for p in row["properties"]} == {
        "reliability": "B",
        "credibility": "2",
        "经办人": "小王",
    }  # type: ignore[attr-defined]
    assert row["started_earliest"] == row["started_latest"] == datetime(2024, 1, 1, 8)
