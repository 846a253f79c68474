"""The kinds of entities: what each is called in both languages, what is known of it, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.fields import FieldType


@dataclass(frozen=True)
class Property:
    """One property of an entity or a link: its names in both languages and its type."""

    name: str
    zh: str
    type: FieldType = FieldType.TEXT


@dataclass(frozen=True)
class NodeKind:
    """One kind of entity. `prefix` begins its ids; `label` is the property by which people call it."""

    name: str
    zh: str
    prefix: str
    label: str
    properties: tuple[Property, ...]
    colour: str
    shape: str
    party: bool = False  # can own, sell, be suspected


HOME_PREFIX = "+86"  # of phone numbers that are written without a country

_NAME = Property("name", "名称", FieldType.NAME)
_ADDRESS = Property("address", "地址")
_REGION = Property("region", "区划代码", FieldType.REGION)

_PARTY = (Property("name", "姓名或名称", FieldType.NAME), Property("id_number", "证件号", FieldType.PARTY_ID))

PERSON = NodeKind(
    "Person",
    "人员",
    "person",
    "name",
    (
        Property("name", "姓名", FieldType.NAME),
        Property("alias", "别名", FieldType.NAME),
        Property("id_number", "身份证号", FieldType.PARTY_ID),
        Property("sex", "性别", FieldType.ENUM),
        Property("birth_date", "出生日期", FieldType.TIME),
        Property("address", "住址"),
        Property("role", "角色"),
        Property("status", "到案状态", FieldType.ENUM),
    ),
    "#d1495b",
    "dot",
    party=True,
)
COMPANY = NodeKind(
    "Company",
    "企业",
    "company",
    "name",
    (
        _NAME,
        Property("uscc", "统一社会信用代码", FieldType.PARTY_ID),
        _ADDRESS,
        Property("licence", "许可证号", FieldType.CODE),
        Property("type", "类型", FieldType.ENUM),
    ),
    "#30638e",
    "square",
    party=True,
)
PARTY = NodeKind("Party", "主体（未辨明）", "party", "name", _PARTY, "#8d99ae", "dot", party=True)
PLACE = NodeKind(
    "Place",
    "场所",
    "place",
    "name",
    (
        _NAME,
        Property("place_id", "窝点编号", FieldType.CODE),
        Property("type", "类型", FieldType.ENUM),
        _ADDRESS,
        _REGION,
        Property("found_on", "发现日期", FieldType.TIME),
    ),
    "#edae49",
    "triangle",
)
REGION = NodeKind(
    "Region",
    "行政区划",
    "region",
    "name",
    (_NAME, Property("code", "区划代码", FieldType.REGION)),
    "#a5a58d",
    "hexagon",
)
PHONE = NodeKind(
    "Phone", "电话", "phone", "number", (Property("number", "号码", FieldType.PHONE),), "#3d9970", "diamond"
)
ACCOUNT = NodeKind(
    "Account",
    "账户",
    "account",
    "number",
    (Property("number", "账号", FieldType.ACCOUNT), Property("institution", "开户行/平台"), Property("type", "类型")),
    "#6d597a",
    "diamond",
)
VEHICLE = NodeKind(
    "Vehicle",
    "车辆",
    "vehicle",
    "plate",
    (Property("plate", "车牌号", FieldType.PLATE), Property("model", "型号")),
    "#5f6b6d",
    "square",
)
ONLINE_ACCOUNT = NodeKind(
    "OnlineAccount",
    "网络账号",
    "online",
    "display_name",
    (
        Property("platform", "平台"),
        Property("handle", "账号", FieldType.CODE),
        Property("display_name", "昵称/店铺名"),
        Property("url", "网址", FieldType.URL),
    ),
    "#00798c",
    "diamond",
)
PRODUCT = NodeKind("Product", "品名", "product", "name", (_NAME,), "#b08968", "star")
BATCH = NodeKind(
    "Batch",
    "批号",
    "batch",
    "number",
    (Property("number", "批号", FieldType.CODE), Property("product", "品名", FieldType.NAME)),
    "#ddb892",
    "star",
)
SEIZURE = NodeKind(
    "Seizure",
    "扣押",
    "seizure",
    "number",
    (
        Property("number", "扣押编号", FieldType.CODE),
        Property("seized_at", "扣押日期", FieldType.TIME),
        _ADDRESS,
        _REGION,
        Property("agency", "扣押单位", FieldType.NAME),
        Property("case", "案件编号", FieldType.CODE),
    ),
    "#9b2226",
    "triangleDown",
)
CASE = NodeKind(
    "Case",
    "案件",
    "case",
    "number",
    (
        Property("number", "案件编号", FieldType.CODE),
        Property("offence", "案由"),
        Property("agency", "立案单位", FieldType.NAME),
        Property("opened_on", "立案日期", FieldType.TIME),
        _REGION,
        Property("status", "状态"),
        Property("amount", "涉案金额", FieldType.MONEY),
    ),
    "#22223b",
    "box",
)
LEAD = NodeKind(
    "Lead",
    "线索",
    "lead",
    "number",
    (
        Property("number", "线索编号", FieldType.CODE),
        Property("source", "来源", FieldType.ENUM),
        Property("reported_at", "时间", FieldType.TIME),
        Property("text", "内容"),
        Property("url", "网址", FieldType.URL),
        _REGION,
        Property("status", "状态", FieldType.ENUM),
    ),
    "#bc6c25",
    "box",
)
SAMPLE = NodeKind(
    "Sample",
    "抽检",
    "sample",
    "number",
    (
        Property("number", "抽样编号", FieldType.CODE),
        Property("sampled_on", "抽样日期", FieldType.TIME),
        Property("result", "结论", FieldType.ENUM),
    ),
    "#7f5539",
    "triangleDown",
)
TRANSFORMATION = NodeKind(
    "Transformation",
    "加工",
    "transformation",
    "number",
    (Property("number", "加工编号", FieldType.CODE), Property("transformed_at", "日期", FieldType.TIME)),
    "#606c38",
    "triangleDown",
)
AGENCY = NodeKind("Agency", "单位", "agency", "name", (_NAME,), "#457b9d", "hexagon")
ACTOR = NodeKind("Actor", "行动者", "actor", "name", (_NAME,), "#8d99ae", "dot", party=True)
# From other people's layouts: stations and deliveries of FoodChain-Lab, things and events of GS1 EPCIS.
_NUMBER = Property("number", "编号")
STATION = NodeKind(
    "Station",
    "站点",
    "station",
    "name",
    (_NAME, _ADDRESS, Property("station_id", "站点编号"), Property("type", "类型")),
    "#2a6f97",
    "square",
    party=True,
)
DELIVERY = NodeKind(
    "Delivery", "交货", "delivery", "number", (_NUMBER, Property("product", "品名", FieldType.NAME)), "#a47148", "box"
)
ITEM = NodeKind(
    "Item",
    "单件",
    "item",
    "number",
    (_NUMBER, Property("gtin", "商品编码"), Property("serial", "序列号"), Property("uri", "标识")),
    "#c08552",
    "star",
)
EVENT = NodeKind(
    "Event",
    "事件",
    "event",
    "number",
    (_NUMBER, Property("type", "类型"), Property("happened_at", "时间", FieldType.TIME)),
    "#577590",
    "triangleDown",
)
BUSINESS_TRANSACTION = NodeKind(
    "BusinessTransaction", "业务单据", "transaction", "number", (_NUMBER, Property("type", "类型")), "#33415c", "box"
)

NODE_KINDS: tuple[NodeKind, ...] = (
    PERSON,
    COMPANY,
    PARTY,
    PLACE,
    REGION,
    PHONE,
    ACCOUNT,
    VEHICLE,
    ONLINE_ACCOUNT,
    PRODUCT,
    BATCH,
    SEIZURE,
    CASE,
    LEAD,
    SAMPLE,
    TRANSFORMATION,
    AGENCY,
    ACTOR,
    STATION,
    DELIVERY,
    ITEM,
    EVENT,
    BUSINESS_TRANSACTION,
)
BY_NAME: dict[str, NodeKind] = {kind.name: kind for kind in NODE_KINDS}
PARTY_KINDS: tuple[str, ...] = tuple(kind.name for kind in NODE_KINDS if kind.party)
NAME_PROPERTIES: tuple[str, ...] = ("name", "display_name", "alias", "number", "plate", "handle", "id_number", "uscc")
