"""Where goods are made, counted, seized and tested: seizures, transformations, samplings, stocktakes."""

from __future__ import annotations

from graphkit.model.fields import Field, words
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
_RESULT = values(
    "pass=合格=符合规定",
    "fail=不合格=不符合规定",
    "counterfeit=假药=不合格,假药=不符合规定,假药",
    "inferior=劣药=不合格,劣药=不符合规定,劣药",
)


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
        Field(
            "seizure_id",
            "扣押编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("seizure_number 扣押单号 清单编号 seizure_no seizure_ref"),
        ),
        CASE_NUMBER,
        Field(
            "seized_at",
            "扣押日期",
            T.TIME,
            required=True,
            aliases=words(
                "缴获日期 "
                "查扣日期 扣押时间 查获日期 查封日期 seizure_date date_of_seizure 查获时间 查扣时间 "
                "查处日期 查处时间 收缴日期 扣缴日期 日期 时间 date seized_on seizure_time date_seized"
            ),
        ),
        Field(
            "address",
            "扣押地点",
            aliases=words(
                "查扣地点 查获地点 地点 地址 查处地点 扣押地址 查获地址 现场地址 location place site "
                "seizure_location seizure_address where_seized"
            ),
        ),
        REGION,
        Field(
            "holder",
            "持有人",
            T.NAME,
            aliases=words(
                "犯罪嫌疑人 犯罪嫌疑人姓名 "
                "held_by 持有者 持有人姓名 物主 物品所有人 所有人 被查扣人 嫌疑人 嫌疑人姓名 涉案人员 "
                "owner possessor suspect seized_from"
            ),
        ),
        Field(
            "holder_id",
            "持有人证件号",
            T.PARTY_ID,
            aliases=words("犯罪嫌疑人身份证号 证件号 身份证号 嫌疑人身份证号 suspect_id owner_id"),
        ),
        PLACE_ID,
        PRODUCT,
        BATCH,
        TRACE,
        QUANTITY,
        UNIT,
        Field(
            "value",
            "货值",
            T.MONEY,
            unit="CNY",
            aliases=words(
                "货值金额 价值 估价 评估价值 涉案价值 金额 worth estimated_value est_value est._value amount value_cny"
            ),
        ),
        Field("form", "状态", T.ENUM, values=_FORM, aliases=words("物品状态 形态 类别 state condition")),
        Field(
            "agency",
            "扣押单位",
            T.NAME,
            aliases=words(
                "扣押机关 查扣单位 办案单位 查获单位 查处单位 执法单位 承办单位 扣押机关名称 authority "
                "seized_by seizing_agency police_unit"
            ),
        ),
    ),
    (
        NodeTemplate(
            "seizure",
            "Seizure",
            key=("seizure_id",),
            by_row=True,
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
        Field(
            "transformation_id",
            "加工编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("加工单号 生产单号 transformation_no"),
        ),
        Field("place_id", "窝点编号", T.CODE, required=True),
        Field(
            "transformed_at",
            "日期",
            T.TIME,
            required=True,
            aliases=words("加工日期 加工时间 生产日期 分装日期 生产时间 date processed_on"),
        ),
        Field("input_product", "投入品名", T.NAME, aliases=words("原料名称 投料名称 原料 input raw_material")),
        Field("input_batch", "投入批号", T.CODE, aliases=words("原料批号 投料批号 input_lot")),
        Field("input_quantity", "投入数量", T.QUANTITY, aliases=words("原料数量 投料数量 投料量 input_qty")),
        Field("input_unit", "投入单位", T.UNIT, aliases=words("原料单位 投料单位")),
        Field("output_product", "产出品名", T.NAME, aliases=words("成品名称 产品名称 产出品 成品 output")),
        Field("output_batch", "产出批号", T.CODE, aliases=words("成品批号 产品批号 output_lot")),
        Field("output_quantity", "产出数量", T.QUANTITY, aliases=words("成品数量 产量 output_qty")),
        Field("output_unit", "产出单位", T.UNIT, aliases=words("成品单位 产出计量单位")),
    ),
    (
        NodeTemplate(
            "transformation",
            "Transformation",
            key=("transformation_id",),
            by_row=True,
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
            packing_of="output",
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
        Field(
            "sample_id",
            "抽样编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("抽样单编号 抽样单号 检验报告编号 报告编号 样品编号 样品号 抽检编号 sample_no sample"),
        ),
        Field(
            "company",
            "被抽样单位",
            T.NAME,
            required=True,
            aliases=words(
                "受检单位 被抽检单位 被抽样单位名称 被抽样企业 被抽检企业 被检单位 被采样单位 抽样场所 "
                "sampled_company company_name sampled_at_company sampled_from firm"
            ),
        ),
        Field("uscc", "信用代码", T.PARTY_ID, aliases=words("统一社会信用代码 社会信用代码 credit_code")),
        PRODUCT,
        Field(
            "batch",
            "批号",
            T.CODE,
            required=True,
            aliases=words("lot 产品批号 生产批号 批次 lot_number lot_no batch_number batch_no"),
        ),
        TRACE,
        Field("quantity", "数量", T.QUANTITY, aliases=words("抽样数量 抽样量 检品数量 样品数量 qty")),
        Field("unit", "单位", T.UNIT, aliases=words("计量单位 uom")),
        Field(
            "sampled_on",
            "抽样日期",
            T.TIME,
            required=True,
            aliases=words("抽检日期 采样日期 抽样时间 date sampling_date sample_date"),
        ),
        Field(
            "result",
            "结论",
            T.ENUM,
            required=True,
            values=_RESULT,
            aliases=words("检验结论 检验结果 检测结果 判定结果 判定 检验判定 conclusion verdict test_result"),
        ),
    ),
    (
        NodeTemplate(
            "sample",
            "Sample",
            key=("sample_id",),
            by_row=True,
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
        Field(
            "stocktake_id",
            "盘点编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("盘点单号 盘点表号 stocktake_no count_no"),
        ),
        Field(
            "holder",
            "单位或人员",
            T.NAME,
            required=True,
            aliases=words(
                "盘点单位 库房 仓库 仓库名称 库存单位 单位名称 被盘点单位 company company_name warehouse stock_holder"
            ),
        ),
        Field("holder_id", "证件号", T.PARTY_ID, aliases=words("统一社会信用代码")),
        PLACE_ID,
        PRODUCT,
        BATCH,
        QUANTITY,
        UNIT,
        Field(
            "counted_at",
            "日期",
            T.TIME,
            required=True,
            aliases=words("盘点日期 盘点时间 库存日期 清点日期 清点时间 date counted_on count_date stocktake_date"),
        ),
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
