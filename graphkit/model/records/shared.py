"""Columns, entities and links that several kinds of records have in common."""

from __future__ import annotations

from graphkit.model.fields import Field
from graphkit.model.fields import FieldType as T
from graphkit.model.templates import LinkTemplate, NodeTemplate

PRODUCT = Field("product", "品名", T.NAME, required=True, aliases=("药品名称", "产品名称", "品种"))
BATCH = Field("batch", "批号", T.CODE, aliases=("lot", "产品批号", "生产批号"))
TRACE = Field("trace_code", "追溯码", T.CODE)
QUANTITY = Field("quantity", "数量", T.QUANTITY, required=True)
UNIT = Field("unit", "单位", T.UNIT, required=True)
CASE_NUMBER = Field("case", "案件编号", T.CODE, aliases=("案号", "case_id"))
REGION = Field("region", "区划代码", T.REGION, aliases=("行政区划代码", "adcode"))
ADDRESS = Field("address", "地址")
PLACE_ID = Field("place_id", "窝点编号", T.CODE)


def goods_template(role: str, product: str = "product", batch: str = "batch") -> NodeTemplate:
    """The batch where its number is known, else the product."""
    named = NodeTemplate(role, "Product", key=(product,), properties=(("name", product),))
    told = (("number", batch), ("product", product))
    return NodeTemplate(role, "Batch", key=(batch,), optional_key=(product,), otherwise=named, properties=told)


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
LINE = (("product", "product"), ("batch", "batch"), ("trace_code", "trace_code"))
