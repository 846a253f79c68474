"""The kinds of links: between what, what each is called in both languages, and how near it brings two entities."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.fields import FieldType
from graphkit.model.nodes import Property

_LINE = (
    Property("product", "品名", FieldType.NAME),
    Property("batch", "批号", FieldType.CODE),
    Property("trace_code", "追溯码", FieldType.CODE),
)

_EVENT = (Property("event", "事件"), Property("biz_step", "业务步骤"), Property("disposition", "状态"))


@dataclass(frozen=True)
class LinkKind:
    """One kind of link. `distance` is what a weighted path pays to walk it: the firmer the tie, the less."""

    name: str
    zh: str
    en: str
    source: str
    target: str
    properties: tuple[Property, ...] = ()
    distance: float = 1.0
    directed: bool = True


LINK_KINDS: tuple[LinkKind, ...] = (
    LinkKind(
        "SUPPLIED",
        "供货",
        "supplied",
        "Party",
        "Party",
        (
            *_LINE,
            Property("unit_price", "单价", FieldType.MONEY),
            Property("book", "台账种类"),
            Property("platform", "平台"),
            Property("harm", "后果"),
        ),
    ),
    LinkKind(
        "SHIPPED",
        "寄送",
        "shipped to",
        "Party",
        "Party",
        (*_LINE, Property("carrier", "承运商"), Property("weight_kg", "重量", FieldType.NUMBER)),
        1.0,
    ),
    LinkKind(
        "PAID", "付款", "paid", "Account", "Account", (Property("channel", "渠道"), Property("memo", "摘要")), 1.0
    ),
    LinkKind(
        "CALLED",
        "通话",
        "called",
        "Phone",
        "Phone",
        (Property("duration_s", "时长", FieldType.NUMBER), Property("cell", "基站")),
        1.5,
    ),
    LinkKind(
        "KNOWS", "关系", "knows", "Party", "Party", (Property("relation", "关系", FieldType.ENUM),), 0.8, directed=False
    ),
    LinkKind("DIRECTS", "任法定代表人", "directs", "Person", "Company", (), 0.5),
    LinkKind("CONTROLS", "控制", "controls", "Person", "Place", (), 0.5),
    LinkKind("HOLDS", "持有账户", "holds", "Party", "Account", (), 0.5),
    LinkKind("USES", "使用", "uses", "Party", "Phone", (), 0.5),
    LinkKind("OWNS", "拥有", "owns", "Party", "Vehicle", (), 0.5),
    LinkKind(
        "SUSPECT_IN",
        "涉案",
        "suspect in",
        "Party",
        "Case",
        (Property("role", "角色"), Property("status", "到案状态", FieldType.ENUM)),
        0.8,
    ),
    LinkKind("LOCATED_AT", "位于", "located at", "Party", "Place", (), 1.0),
    LinkKind("IN_REGION", "所属区划", "in region", "Place", "Region", (), 3.0),
    LinkKind("SEIZED_FROM", "扣押自", "seized from", "Seizure", "Party", (), 0.8),
    LinkKind("SEIZED_AT", "扣押于", "seized at", "Seizure", "Place", (), 0.8),
    LinkKind("OF_BATCH", "批号为", "of batch", "Seizure", "Batch", (Property("form", "状态", FieldType.ENUM),), 1.0),
    LinkKind(
        "OF_PRODUCT",
        "品名为",
        "of product",
        "Seizure",
        "Product",
        (
            Property("batch", "批号", FieldType.CODE),
            Property("trace_code", "追溯码", FieldType.CODE),
            Property("form", "状态", FieldType.ENUM),
        ),
        3.0,
    ),
    LinkKind("IN_CASE", "属于案件", "in case", "Seizure", "Case", (), 0.8),
    LinkKind(
        "TRANSFORMED_INTO",
        "加工成",
        "transformed into",
        "Batch",
        "Batch",
        (Property("transformation", "加工编号", FieldType.CODE),),
    ),
    LinkKind("INPUT_OF", "投入", "input of", "Batch", "Transformation"),
    LinkKind("OUTPUT_AS", "产出", "output as", "Transformation", "Batch"),
    LinkKind("DONE_AT", "加工于", "done at", "Transformation", "Place"),
    LinkKind("COUNTED_AT", "盘点于", "counted at", "Batch", "Place", (*_LINE,), 1.0),
    LinkKind("SAMPLED_FROM", "抽样自", "sampled from", "Sample", "Company", (), 0.8),
    LinkKind("REPORTS", "举报", "reports", "Lead", "Party", (), 1.0),
    LinkKind(
        "HANDED_OVER",
        "移送",
        "handed over",
        "Agency",
        "Agency",
        (
            Property("case", "案件编号", FieldType.CODE),
            Property("type", "类型", FieldType.ENUM),
            Property("due_on", "期限", FieldType.TIME),
            Property("answered_on", "反馈日期", FieldType.TIME),
            Property("outcome", "结果", FieldType.ENUM),
        ),
        3.0,
    ),
    LinkKind(
        "ASKED",
        "请求协查",
        "asked",
        "Agency",
        "Agency",
        (
            Property("case", "案件编号", FieldType.CODE),
            Property("due_on", "期限", FieldType.TIME),
            Property("answered_on", "反馈日期", FieldType.TIME),
            Property("outcome", "结果"),
            Property("about", "对象"),
        ),
        3.0,
    ),
    LinkKind("HANDLES", "办理", "handles", "Agency", "Case", (), 3.0),
    # Of FoodChain-Lab: which delivery went into which.
    LinkKind("WENT_INTO", "用于", "went into", "Delivery", "Delivery"),
    # Of GS1 EPCIS: events, and what they say of things.
    LinkKind("OBSERVED_AT", "见于", "observed at", "Item", "Place", _EVENT, 1.0),
    LinkKind("OBSERVED_IN", "见于事件", "observed in", "Item", "Event", (Property("role", "字段"),), 1.0),
    LinkKind("CONTAINED_IN", "装入", "contained in", "Item", "Item", (), 0.8),
    LinkKind("ASSOCIATED_WITH", "关联于", "associated with", "Item", "Item", (), 0.8),
    LinkKind("IN_TRANSACTION", "属于单据", "in transaction", "Item", "BusinessTransaction", (), 1.0),
    LinkKind("HAS_SOURCE", "来源", "has source", "Event", "Party", (Property("type", "类型"),), 1.0),
    LinkKind("HAS_DESTINATION", "去向", "has destination", "Event", "Party", (Property("type", "类型"),), 1.0),
    LinkKind("READ_AT", "读取于", "read at", "Event", "Place", (), 1.0),
    LinkKind("CORRECTED_BY", "更正为", "corrected by", "Event", "Event", (), 1.0),
    LinkKind("LINKED", "关联", "linked", "Actor", "Actor", (), 1.0),
)
BY_NAME: dict[str, LinkKind] = {kind.name: kind for kind in LINK_KINDS}

# The grade of the row that asserts a link travels with the link.
GRADE_PROPERTIES = (
    Property("reliability", "来源可靠性", FieldType.ENUM),
    Property("credibility", "信息可信度", FieldType.ENUM),
)
