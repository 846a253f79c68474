"""Where goods are made, counted, seized and tested: seizures, transformations, samplings, stocktakes."""

from __future__ import annotations

from graphkit.model.fields import Field
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind, values
from graphkit.model.records.shared import (
    BATCH,
    BATCH_NODE,
    BATCH_OF,
    CASE_NUMBER,
    PLACE_ID,
    PRODUCT,
    PRODUCT_NODE,
    QUANTITY,
    REGION,
    REGION_NODE,
    TRACE,
    UNIT,
    case_template,
    goods_template,
    place_template,
)
from graphkit.model.templates import LinkTemplate, NodeTemplate, Pairs

_FORM = values("finished=成品", "semi_finished=半成品", "raw_material=原料", "packaging=包材")
_RESULT = values("pass=合格=符合规定", "fail=不合格=不符合规定", "counterfeit=假药", "inferior=劣药")


def _seized_line(kind: str, target: str, properties: Pairs) -> LinkTemplate:
    """One line of a seizure: product, batch and unit tell it from the others."""
    return LinkTemplate(
        kind,
        "seizure",
        target,
        key=("seizure_id",),
        optional_key=("product", "batch", "unit"),
        event=True,
        started="seized_at",
        quantity="quantity",
        unit="unit",
        amount="value",
        properties=properties,
    )


SEIZURE = RecordKind(
    "seizure",
    "扣押",
    (
        Field("seizure_id", "扣押编号", T.CODE, key=True, required=True, aliases=("seizure_number",)),
        CASE_NUMBER,
        Field(
            "seized_at",
            "扣押日期",
            T.TIME,
            required=True,
            aliases=("查扣日期", "扣押时间", "查获日期", "查封日期", "seizure_date", "date_of_seizure"),
        ),
        Field("address", "扣押地点", aliases=("查扣地点", "查获地点")),
        REGION,
        Field("holder", "持有人", T.NAME, aliases=("held_by",)),
        Field("holder_id", "持有人证件号", T.PARTY_ID, aliases=("证件号", "身份证号")),
        PLACE_ID,
        PRODUCT,
        BATCH,
        TRACE,
        QUANTITY,
        UNIT,
        Field("value", "货值", T.MONEY, unit="CNY", aliases=("货值金额",)),
        Field("form", "状态", T.ENUM, values=_FORM),
        Field("agency", "扣押单位", T.NAME, aliases=("扣押机关", "查扣单位", "办案单位")),
    ),
    (
        NodeTemplate(
            "seizure",
            "Seizure",
            key=("seizure_id",),
            properties=(
                ("number", "seizure_id"),
                ("seized_at", "seized_at"),
                ("address", "address"),
                ("region", "region"),
                ("agency", "agency"),
                ("case", "case"),
            ),
        ),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", case="case", properties=(("name", "holder"),)),
        place_template(place_id="place_id", region="region"),
        REGION_NODE,
        PRODUCT_NODE,
        BATCH_NODE,
        case_template(),
    ),
    (
        _seized_line("OF_PRODUCT", "product", (("batch", "batch"), ("trace_code", "trace_code"), ("form", "form"))),
        _seized_line("OF_BATCH", "batch", (("form", "form"),)),
        LinkTemplate("SEIZED_FROM", "seizure", "holder", started="seized_at"),
        LinkTemplate("SEIZED_AT", "seizure", "place", started="seized_at"),
        LinkTemplate("IN_CASE", "seizure", "case"),
        LinkTemplate("IN_REGION", "place", "region"),
        BATCH_OF,
    ),
    main="seizure",
)

TRANSFORMATION = RecordKind(
    "transformation",
    "加工",
    (
        Field("transformation_id", "加工编号", T.CODE, key=True, required=True),
        Field("place_id", "窝点编号", T.CODE, required=True),
        Field("transformed_at", "日期", T.TIME, required=True, aliases=("加工日期",)),
        Field("input_product", "投入品名", T.NAME),
        Field("input_batch", "投入批号", T.CODE),
        Field("input_quantity", "投入数量", T.QUANTITY),
        Field("input_unit", "投入单位", T.UNIT),
        Field("output_product", "产出品名", T.NAME),
        Field("output_batch", "产出批号", T.CODE),
        Field("output_quantity", "产出数量", T.QUANTITY),
        Field("output_unit", "产出单位", T.UNIT),
    ),
    (
        NodeTemplate(
            "transformation",
            "Transformation",
            key=("transformation_id",),
            properties=(("number", "transformation_id"), ("transformed_at", "transformed_at")),
        ),
        NodeTemplate("place", "Place", key=("place_id",), properties=(("place_id", "place_id"),)),
        goods_template("input", "input_product", "input_batch"),
        goods_template("output", "output_product", "output_batch"),
    ),
    (
        LinkTemplate(
            "INPUT_OF",
            "input",
            "transformation",
            started="transformed_at",
            quantity="input_quantity",
            unit="input_unit",
        ),
        LinkTemplate(
            "OUTPUT_AS",
            "transformation",
            "output",
            started="transformed_at",
            quantity="output_quantity",
            unit="output_unit",
        ),
        LinkTemplate("DONE_AT", "transformation", "place", started="transformed_at"),
        LinkTemplate(
            "TRANSFORMED_INTO",
            "input",
            "output",
            pair="transformation_id",
            optional_key=("transformation_id",),
            started="transformed_at",
            properties=(("transformation", "transformation_id"),),
        ),
    ),
    main="transformation",
    at_least_one=("input_product", "input_batch", "output_product", "output_batch"),
)

SAMPLING = RecordKind(
    "sampling",
    "抽检",
    (
        Field("sample_id", "抽样编号", T.CODE, key=True, required=True, aliases=("抽样单编号", "抽样单号")),
        Field("company", "被抽样单位", T.NAME, required=True, aliases=("受检单位", "被抽检单位", "被抽样单位名称")),
        Field("uscc", "信用代码", T.PARTY_ID, aliases=("统一社会信用代码",)),
        PRODUCT,
        Field("batch", "批号", T.CODE, required=True, aliases=("lot", "产品批号", "生产批号")),
        TRACE,
        Field("quantity", "数量", T.QUANTITY),
        Field("unit", "单位", T.UNIT),
        Field("sampled_on", "抽样日期", T.TIME, required=True),
        Field("result", "结论", T.ENUM, required=True, values=_RESULT, aliases=("检验结论", "检验结果")),
    ),
    (
        NodeTemplate(
            "sample",
            "Sample",
            key=("sample_id",),
            properties=(("number", "sample_id"), ("sampled_on", "sampled_on"), ("result", "result")),
        ),
        NodeTemplate("company", "Party", name="company", id="uscc", properties=(("name", "company"),)),
        PRODUCT_NODE,
        BATCH_NODE,
    ),
    (
        LinkTemplate(
            "OF_BATCH",
            "sample",
            "batch",
            started="sampled_on",
            quantity="quantity",
            unit="unit",
            properties=(("trace_code", "trace_code"),),
        ),
        LinkTemplate("SAMPLED_FROM", "sample", "company", started="sampled_on"),
        BATCH_OF,
    ),
    main="sample",
)

STOCKTAKE = RecordKind(
    "stocktake",
    "盘点",
    (
        Field("stocktake_id", "盘点编号", T.CODE, key=True, required=True),
        Field("holder", "单位或人员", T.NAME, required=True),
        Field("holder_id", "证件号", T.PARTY_ID),
        PLACE_ID,
        PRODUCT,
        BATCH,
        QUANTITY,
        UNIT,
        Field("counted_at", "日期", T.TIME, required=True, aliases=("盘点日期",)),
    ),
    (
        goods_template("goods"),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", properties=(("name", "holder"),)),
        NodeTemplate("place", "Place", key=("place_id",), properties=(("place_id", "place_id"),)),
        PRODUCT_NODE,
        BATCH_NODE,
    ),
    (
        LinkTemplate(
            "COUNTED_AT",
            "goods",
            "holder",
            key=("stocktake_id",),
            optional_key=("product", "batch", "unit"),
            event=True,
            started="counted_at",
            quantity="quantity",
            unit="unit",
            properties=(("product", "product"), ("batch", "batch"), ("place", "place_id")),
        ),
        LinkTemplate("LOCATED_AT", "holder", "place"),
        BATCH_OF,
    ),
    main="COUNTED_AT",
)
