"""Columns, entities and links that several kinds of records have in common."""

from __future__ import annotations

from dataclasses import replace

from graphkit.model.fields import Field, words
from graphkit.model.fields import FieldType as T
from graphkit.model.templates import LinkTemplate, NodeTemplate

# What is said of a payment, an order or a waybill that never was.
VOID = (
    r"(?i)^(?:(?:交易|支付|转账|付款|处理|订单|单据|运单|发票)?(?:失败|未成功|不成功|已?关闭|已?取消|已?撤销|已?撤单|已?作废|无效)|"
    r"等待付款|待付款|待支付|未付款|未支付|否|n|no|false|failed|failure|unsuccessful|declined|rejected|cancelled|canceled|"
    r"closed|void(?:ed)?|expired)$"
)
# What is said of an order whose money went back, and of a parcel that did: the goods are where they were.
REFUNDED = (
    r"(?i)^(?:交易关闭[(（].*退款.*[)）]|(?:售后)?(?:已?全额|已)退款(?:关闭|成功|完成)?|退款(?:成功|(?:已)?完成)|"
    r"(?:fully )?refunded)$"
)
SENT_BACK = (
    r"(?i)^(?:(?:快件|包裹|邮件)?已?(?:退件|退回件?|退签|拒收|拒签)(?:已?签收|完成|退回)?|(?:客户|收件人)?(?:拒收|拒签)|"
    r"returned(?: to sender)?|refused)$"
)
STATE = Field(
    "state",
    "订单状态",
    aliases=words(
        "交易状态 单据状态 运单状态 物流状态 快件状态 支付状态 付款状态 发票状态 状态 销售状态 退款状态 售后状态 "
        "order_status shipment_status payment_status refund_status"
    ),
    void=f"{VOID}|{REFUNDED}",
)
PARCEL_STATE = replace(
    STATE,
    aliases=(*STATE.aliases, *words("最后状态 最新状态 签收状态 快递状态 包裹状态 delivery_status tracking_status")),
    void=f"{STATE.void}|{SENT_BACK}",
)
# What couriers write of a parcel that nobody looked into: it tells of no product, and rules none out.
ANYTHING = (
    r"(?i)^(?:药品|药物|医药|物品|货物?|商品|产品|(?:生活|日常)?用品|日用品?|百货|日用百货|杂货|普货|包裹|快件|其[他它]|"
    r"goods|medicines?|drugs?|pharmaceuticals|parcel|package|general cargo|daily necessities|sundries|other)$"
)
PRODUCT = Field(
    "product",
    "品名",
    T.NAME,
    required=True,
    aliases=words(
        "品牌规格 物品种类 毒品种类 毒品名称 扣押物品 "
        "药品名称 产品名称 品种 扣押物品 查扣物品 涉案物品 查获物品 物品 货品 商品 药品 货物 物品名称 货品名称 名称 "
        "品名规格 品名及规格 货名 宝贝标题 宝贝名称 商品标题 "
        "goods commodity item article drug medicine description product_name item_name"
    ),
)
BATCH = Field(
    "batch",
    "批号",
    T.CODE,
    aliases=words("lot 产品批号 生产批号 批次 批号/批次 lot_number lot_no batch_number batch_no"),
)
TRACE = Field(
    "trace_code", "追溯码", T.CODE, aliases=words("药品追溯码 电子监管码 监管码 trace traceability_code tracing_code")
)
QUANTITY = Field(
    "quantity",
    "数量",
    T.QUANTITY,
    required=True,
    aliases=words("扣押数量 数量/单位 数量及单位 查获数量 查扣数 qty pieces number_of_units"),
)
UNIT = Field("unit", "单位", T.UNIT, required=True, aliases=words("计数单位 计量 uom unit_of_measure measure"))
CASE_NUMBER = Field(
    "case",
    "案件编号",
    T.CODE,
    aliases=words("案号 case_id 所属案件 涉案编号 关联案件 案件编码 case_number case_no case_ref"),
)
REGION = Field(
    "region",
    "区划代码",
    T.REGION,
    aliases=words(
        "行政区划代码 adcode 行政区划 所属地区 所在地区 地区 辖区 所属区域 所在区县 region_code "
        "area_code division_code division district"
    ),
)
ADDRESS = Field("address", "地址")
PLACE_ID = Field("place_id", "窝点编号", T.CODE, aliases=words("窝点号 场所编号 den_id site_id den_number"))


def goods_template(role: str, product: str = "product", batch: str = "batch") -> NodeTemplate:
    """The batch where its number is known, else the product."""
    named = NodeTemplate(role, "Product", key=(product,), properties=(("name", product),))
    told = (("number", batch), ("product", product))
    return NodeTemplate(role, "Batch", key=(batch,), optional_key=(product,), otherwise=named, properties=told)


def trader_template(role: str) -> NodeTemplate:
    """Who sold or bought: by number, or by name and phone, as dealers know one another."""
    return NodeTemplate(role, "Party", name=role, id=f"{role}_id", phone=f"{role}_phone", properties=(("name", role),))


def case_template(field: str = "case") -> NodeTemplate:
    return NodeTemplate("case", "Case", key=(field,), properties=(("number", field),))


def place_template(role: str = "place", place_id: str = "", address: str = "address", region: str = "") -> NodeTemplate:
    told = (("address", address), *((("region", region),) if region else ()))
    at = NodeTemplate(role, "Place", key=(address,), properties=told)
    return (
        NodeTemplate(role, "Place", key=(place_id,), otherwise=at, properties=(("place_id", place_id), *told))
        if place_id
        else at
    )


def phone_template(role: str = "phone", field: str = "phone") -> NodeTemplate:
    return NodeTemplate(role, "Phone", key=(field,), properties=(("number", field),))


def account_template(role: str, field: str, *told: tuple[str, str], by_row: bool = False) -> NodeTemplate:
    """An account by its number; with `by_row` one without number by its row: where cash goes is not known."""
    return NodeTemplate(role, "Account", key=(field,), by_row=by_row, properties=(("number", field), *told))


def wallet_template(role: str, field: str) -> NodeTemplate:
    """The phone under whose number an account is opened: whoever holds the one uses the other."""
    return NodeTemplate(role, "Phone", key=(f"{field}.phone",), properties=(("number", f"{field}.phone"),))


def agency_template(role: str, field: str) -> NodeTemplate:
    return NodeTemplate(role, "Agency", key=(field,), properties=(("name", field),))


REGION_NODE = NodeTemplate("region", "Region", key=("region",), properties=(("code", "region"),))
PRODUCT_NODE = NodeTemplate("product", "Product", key=("product",), properties=(("name", "product"),))
BATCH_NODE = NodeTemplate(
    "batch",
    "Batch",
    key=("batch",),
    optional_key=("product",),
    properties=(("number", "batch"), ("product", "product")),
)
BATCH_OF = LinkTemplate("OF_PRODUCT", "batch", "product")
LINE = (("product", "product"), ("batch", "batch"), ("trace_code", "trace_code"), ("state", "state"))
