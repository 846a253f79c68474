"""The kinds of records: which columns each has, by which names, and which entities and links its rows assert.

Adding a kind of record touches only this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.fields import Field, FieldType, Value
from graphkit.model.templates import LinkTemplate, NodeTemplate

T = FieldType


@dataclass(frozen=True)
class RecordKind:
    """One kind of record. `main` names the role or link kind that unknown columns are kept on."""

    name: str
    zh: str
    fields: tuple[Field, ...]
    nodes: tuple[NodeTemplate, ...]
    links: tuple[LinkTemplate, ...]
    main: str
    at_least_one: tuple[str, ...] = ()  # a row with none of these is refused

    @property
    def every_field(self) -> tuple[Field, ...]:
        """The kind's own fields and those that every kind may carry."""
        own = {field.name for field in self.fields}
        return (*self.fields, *(field for field in COMMON_FIELDS if field.name not in own))

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by their standard English name."""
        return {field.name: field for field in self.every_field}


def _values(*pairs: str) -> tuple[Value, ...]:
    return tuple(Value(*pair.split("=")[:2], aliases=tuple(pair.split("=")[2:])) for pair in pairs)


COMMON_FIELDS: tuple[Field, ...] = (
    Field("reliability", "来源可靠性", T.ENUM, values=tuple(Value(c, c) for c in "ABCDEF")),
    Field("credibility", "信息可信度", T.ENUM, values=tuple(Value(c, c) for c in "123456")),
    Field("provided_by", "提供单位", T.NAME),
    Field("note", "备注"),
)

_STATUS = _values("at_large=在逃", "arrested=抓获", "bailed=取保=取保候审", "detained=刑拘=刑事拘留", "charged=逮捕")
_PLACE_TYPE = _values("production=生产", "storage=仓储", "sale=销售", "transit=中转")
_COMPANY_TYPE = _values("manufacturer=生产", "wholesaler=批发", "retailer=零售", "medical_institution=医疗机构", "online_shop=网店")
_FORM = _values("finished=成品", "semi_finished=半成品", "raw_material=原料", "packaging=包材")
_RELATION = _values("family=亲属", "townsman=同乡", "employs=雇佣", "partner=合伙")
_SOURCE = _values(
    "hotline=热线", "email=邮箱", "new_media=新媒体", "cyber=网安", "patrol=巡查", "sampling=抽检", "transfer=行政移送",
)  # fmt: skip
_LEAD_STATUS = _values("to_check=待核查", "checking=核查中", "case_opened=立案", "closed=办结", "unfounded=不属实")
_RESULT = _values("pass=合格", "fail=不合格", "counterfeit=假药", "inferior=劣药")
_HANDOVER_TYPE = _values("to_criminal=行政移送", "returned=案件回移")
_OUTCOME = _values("opened=立案", "not_opened=不予立案", "more_material=补充材料")

_PRODUCT = Field("product", "品名", T.NAME, required=True, aliases=("药品名称", "产品名称", "品种"))
_BATCH = Field("batch", "批号", T.CODE, aliases=("lot", "产品批号", "生产批号"))
_TRACE = Field("trace_code", "追溯码", T.CODE)
_QUANTITY = Field("quantity", "数量", T.QUANTITY, required=True)
_UNIT = Field("unit", "单位", T.UNIT, required=True)
_CASE = Field("case", "案件编号", T.CODE, aliases=("案号", "case_id"))
_REGION = Field("region", "区划代码", T.REGION, aliases=("行政区划代码", "adcode"))
_ADDRESS = Field("address", "地址")
_PLACE_ID = Field("place_id", "窝点编号", T.CODE)


def _goods(role: str, product: str = "product", batch: str = "batch") -> NodeTemplate:
    """The batch where its number is known, else the product."""
    named = NodeTemplate(role, "Product", key=(product,), properties=(("name", product),))
    told = (("number", batch), ("product", product))
    return NodeTemplate(role, "Batch", key=(batch,), optional_key=(product,), otherwise=named, properties=told)


def _case(field: str = "case") -> NodeTemplate:
    return NodeTemplate("case", "Case", key=(field,), properties=(("number", field),))


def _place(role: str = "place", place_id: str = "", address: str = "address", region: str = "") -> NodeTemplate:
    told = (("address", address), *((("region", region),) if region else ()))
    at = NodeTemplate(role, "Place", key=(address,), properties=told)
    return NodeTemplate(role, "Place", key=(place_id,), otherwise=at, properties=(("place_id", place_id), *told)) if place_id else at


def _phone(role: str = "phone", field: str = "phone") -> NodeTemplate:
    return NodeTemplate(role, "Phone", key=(field,), properties=(("number", field),))


def _account(role: str, field: str, *told: tuple[str, str]) -> NodeTemplate:
    return NodeTemplate(role, "Account", key=(field,), properties=(("number", field), *told))


def _agency(role: str, field: str) -> NodeTemplate:
    return NodeTemplate(role, "Agency", key=(field,), properties=(("name", field),))


_REGION_NODE = NodeTemplate("region", "Region", key=("region",), properties=(("code", "region"),))
_PRODUCT_NODE = NodeTemplate("product", "Product", key=("product",), properties=(("name", "product"),))
_BATCH_NODE = NodeTemplate(
    "batch", "Batch", key=("batch",), optional_key=("product",), properties=(("number", "batch"), ("product", "product"))
)
_BATCH_OF = LinkTemplate("OF_PRODUCT", "batch", "product")
_LINE = (("product", "product"), ("batch", "batch"), ("trace_code", "trace_code"))

PERSON = RecordKind(
    "person", "人员",
    (
        Field("id_number", "身份证号", T.PARTY_ID, key=True, aliases=("身份证号码", "证件号", "公民身份号码")),
        Field("name", "姓名", T.NAME, required=True), Field("alias", "别名", T.NAME, many=True, aliases=("绰号", "别名/绰号", "曾用名")),
        Field("sex", "性别", T.ENUM, values=_values("male=男=M", "female=女=F")), Field("birth_date", "出生日期", T.TIME),
        Field("phone", "手机号", T.PHONE, many=True, aliases=("联系电话", "手机", "电话")),
        Field("address", "户籍地", aliases=("住址", "户籍地/住址", "户籍地址")), Field("role", "角色"), _CASE,
        Field("status", "到案状态", T.ENUM, values=_STATUS),
    ),
    (
        NodeTemplate("person", "Person", name="name", id="id_number", phone="phone", address="address", case="case", by_row=True,
                     properties=(("name", "name"), ("alias", "alias"), ("sex", "sex"), ("birth_date", "birth_date"), ("address", "address"),
                                 ("role", "role"), ("status", "status"))),
        _phone(), _place(), _case(),
    ),
    (
        LinkTemplate("USES", "person", "phone"), LinkTemplate("LOCATED_AT", "person", "place"),
        LinkTemplate("SUSPECT_IN", "person", "case", properties=(("role", "role"), ("status", "status"))),
    ),
    main="person",
)  # fmt: skip

COMPANY = RecordKind(
    "company", "企业",
    (
        Field("uscc", "统一社会信用代码", T.PARTY_ID, key=True, aliases=("信用代码", "社会信用代码")), Field("name", "名称", T.NAME, required=True, aliases=("企业名称", "单位名称")),
        Field("legal_representative", "法定代表人", T.NAME, aliases=("法人", "法人代表")), Field("representative_id", "法人身份证号", T.PARTY_ID),
        Field("address", "地址", aliases=("注册地址", "经营地址")), Field("licence", "许可证号", T.CODE, aliases=("license",)),
        Field("type", "类型", T.ENUM, values=_COMPANY_TYPE, aliases=("企业类型",)),
    ),
    (
        NodeTemplate("company", "Company", name="name", id="uscc",
                     properties=(("name", "name"), ("address", "address"), ("licence", "licence"), ("type", "type"))),
        NodeTemplate("representative", "Party", name="legal_representative", id="representative_id", properties=(("name", "legal_representative"),)),
        _place(),
    ),
    (LinkTemplate("DIRECTS", "representative", "company"), LinkTemplate("LOCATED_AT", "company", "place")),
    main="company",
)  # fmt: skip

PLACE = RecordKind(
    "place", "窝点",
    (
        Field("place_id", "窝点编号", T.CODE, key=True, required=True), Field("name", "名称", T.NAME, aliases=("窝点名称",)),
        Field("type", "类型", T.ENUM, required=True, values=_PLACE_TYPE, aliases=("窝点类型",)),
        Field("address", "地址", required=True, aliases=("窝点地址",)), _REGION,
        Field("controller", "控制人", T.NAME), Field("controller_id", "控制人身份证号", T.PARTY_ID), Field("found_on", "发现日期", T.TIME),
    ),
    (
        NodeTemplate("place", "Place", key=("place_id",),
                     properties=(("place_id", "place_id"), ("name", "name"), ("type", "type"), ("address", "address"), ("region", "region"), ("found_on", "found_on"))),
        NodeTemplate("controller", "Party", name="controller", id="controller_id", properties=(("name", "controller"),)), _REGION_NODE,
    ),
    (LinkTemplate("CONTROLS", "controller", "place"), LinkTemplate("IN_REGION", "place", "region")),
    main="place",
)  # fmt: skip

_SEIZURE_LINE = {"optional_key": ("product", "batch", "unit"), "quantity": "quantity", "unit": "unit", "amount": "value", "started": "seized_at"}
SEIZURE = RecordKind(
    "seizure", "扣押",
    (
        Field("seizure_id", "扣押编号", T.CODE, key=True, required=True), _CASE, Field("seized_at", "扣押日期", T.TIME, required=True, aliases=("查扣日期", "扣押时间")),
        Field("address", "扣押地点", aliases=("查扣地点",)), _REGION, Field("holder", "持有人", T.NAME), Field("holder_id", "持有人证件号", T.PARTY_ID),
        _PLACE_ID, _PRODUCT, _BATCH, _TRACE, _QUANTITY, _UNIT, Field("value", "货值", T.MONEY, unit="CNY", aliases=("货值金额",)),
        Field("form", "状态", T.ENUM, values=_FORM), Field("agency", "扣押单位", T.NAME),
    ),
    (
        NodeTemplate("seizure", "Seizure", key=("seizure_id",),
                     properties=(("number", "seizure_id"), ("seized_at", "seized_at"), ("address", "address"), ("region", "region"),
                                 ("agency", "agency"), ("case", "case"))),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", case="case", properties=(("name", "holder"),)),
        _place(place_id="place_id", region="region"), _REGION_NODE, _PRODUCT_NODE, _BATCH_NODE, _case(),
    ),
    (
        LinkTemplate("OF_PRODUCT", "seizure", "product", key=("seizure_id",), event=True,
                     properties=(("batch", "batch"), ("trace_code", "trace_code"), ("form", "form")), **_SEIZURE_LINE),  # type: ignore[arg-type]
        LinkTemplate("OF_BATCH", "seizure", "batch", key=("seizure_id",), event=True, properties=(("form", "form"),), **_SEIZURE_LINE),  # type: ignore[arg-type]
        LinkTemplate("SEIZED_FROM", "seizure", "holder", started="seized_at"), LinkTemplate("SEIZED_AT", "seizure", "place", started="seized_at"),
        LinkTemplate("IN_CASE", "seizure", "case"), LinkTemplate("IN_REGION", "place", "region"), _BATCH_OF,
    ),
    main="seizure",
)  # fmt: skip

SUPPLY = RecordKind(
    "supply", "购销",
    (
        Field("supply_id", "单号", T.CODE, key=True, required=True, aliases=("销售单号", "购销单号", "单据号")), Field("seller", "卖方", T.NAME, required=True, aliases=("销售方", "供货方", "供货单位")),
        Field("seller_id", "卖方证件号", T.PARTY_ID), Field("buyer", "买方", T.NAME, required=True, aliases=("购买方", "购货方", "购货单位")), Field("buyer_id", "买方证件号", T.PARTY_ID),
        _PRODUCT, _BATCH, _TRACE, _QUANTITY, _UNIT, Field("unit_price", "单价", T.MONEY, unit="CNY"), Field("amount", "金额", T.MONEY, unit="CNY"),
        Field("currency", "币种", T.CODE), Field("supplied_at", "日期", T.TIME, required=True, aliases=("销售日期", "购销日期", "供货日期")),
    ),
    (
        NodeTemplate("seller", "Party", name="seller", id="seller_id", properties=(("name", "seller"),)),
        NodeTemplate("buyer", "Party", name="buyer", id="buyer_id", properties=(("name", "buyer"),)), _PRODUCT_NODE, _BATCH_NODE,
    ),
    (
        LinkTemplate("SUPPLIED", "seller", "buyer", key=("supply_id",), optional_key=("product", "batch", "unit"), event=True, started="supplied_at",
                     quantity="quantity", unit="unit", amount="amount", currency="currency", properties=(*_LINE, ("unit_price", "unit_price"))),
        _BATCH_OF,
    ),
    main="SUPPLIED",
)  # fmt: skip

TRANSFORMATION = RecordKind(
    "transformation", "加工",
    (
        Field("transformation_id", "加工编号", T.CODE, key=True, required=True), Field("place_id", "窝点编号", T.CODE, required=True),
        Field("transformed_at", "日期", T.TIME, required=True, aliases=("加工日期",)), Field("input_product", "投入品名", T.NAME), Field("input_batch", "投入批号", T.CODE),
        Field("input_quantity", "投入数量", T.QUANTITY), Field("input_unit", "投入单位", T.UNIT), Field("output_product", "产出品名", T.NAME),
        Field("output_batch", "产出批号", T.CODE), Field("output_quantity", "产出数量", T.QUANTITY), Field("output_unit", "产出单位", T.UNIT),
    ),
    (
        NodeTemplate("transformation", "Transformation", key=("transformation_id",),
                     properties=(("number", "transformation_id"), ("transformed_at", "transformed_at"))),
        NodeTemplate("place", "Place", key=("place_id",), properties=(("place_id", "place_id"),)),
        _goods("input", "input_product", "input_batch"), _goods("output", "output_product", "output_batch"),
    ),
    (
        LinkTemplate("INPUT_OF", "input", "transformation", started="transformed_at", quantity="input_quantity", unit="input_unit"),
        LinkTemplate("OUTPUT_AS", "transformation", "output", started="transformed_at", quantity="output_quantity", unit="output_unit"),
        LinkTemplate("DONE_AT", "transformation", "place", started="transformed_at"),
        LinkTemplate("TRANSFORMED_INTO", "input", "output", pair="transformation_id", optional_key=("transformation_id",), started="transformed_at",
                     properties=(("transformation", "transformation_id"),)),
    ),
    main="transformation", at_least_one=("input_product", "input_batch", "output_product", "output_batch"),
)  # fmt: skip

WAYBILL = RecordKind(
    "waybill", "运单",
    (
        Field("waybill_id", "运单号", T.CODE, key=True, required=True, aliases=("快递单号", "waybill_number")), Field("sender", "寄件人", T.NAME, required=True, aliases=("发件人",)),
        Field("sender_phone", "寄件电话", T.PHONE, aliases=("寄件人电话", "发件电话")), Field("sender_address", "寄件地址", aliases=("寄件人地址", "发件地址")),
        Field("recipient", "收件人", T.NAME, required=True), Field("recipient_phone", "收件电话", T.PHONE, aliases=("收件人电话",)),
        Field("recipient_address", "收件地址", aliases=("收件人地址",)), Field("product", "品名", T.NAME, aliases=("物品", "托寄物")), _BATCH, _TRACE,
        Field("quantity", "数量", T.QUANTITY), Field("unit", "单位", T.UNIT), Field("weight_kg", "重量", T.NUMBER, unit="kg", aliases=("重量(kg)", "重量kg", "重量（千克）")),
        Field("sent_at", "揽收时间", T.TIME, required=True, aliases=("寄件时间", "揽件时间")), Field("received_at", "签收时间", T.TIME),
        Field("carrier", "承运商", T.NAME, aliases=("快递公司", "物流公司")),
    ),
    (
        NodeTemplate("sender", "Party", name="sender", phone="sender_phone", address="sender_address", properties=(("name", "sender"),)),
        NodeTemplate("recipient", "Party", name="recipient", phone="recipient_phone", address="recipient_address", properties=(("name", "recipient"),)),
        _phone("sender_phone", "sender_phone"), _phone("recipient_phone", "recipient_phone"),
        _place("sender_place", address="sender_address"), _place("recipient_place", address="recipient_address"), _PRODUCT_NODE, _BATCH_NODE,
    ),
    (
        LinkTemplate("SHIPPED", "sender", "recipient", key=("waybill_id",), optional_key=("carrier", "product", "batch", "unit"), event=True, started="sent_at", ended="received_at",
                     quantity="quantity", unit="unit", properties=(*_LINE, ("carrier", "carrier"), ("weight_kg", "weight_kg"))),
        LinkTemplate("USES", "sender", "sender_phone"), LinkTemplate("USES", "recipient", "recipient_phone"),
        LinkTemplate("LOCATED_AT", "sender", "sender_place"), LinkTemplate("LOCATED_AT", "recipient", "recipient_place"), _BATCH_OF,
    ),
    main="SHIPPED",
)  # fmt: skip

PAYMENT = RecordKind(
    "payment", "资金",
    (
        Field("payment_id", "流水号", T.CODE, key=True, required=True, aliases=("交易流水号",)), Field("payer_account", "付款账号", T.ACCOUNT, required=True, aliases=("付款方账号", "转出账号")),
        Field("payer", "付款户名", T.NAME, aliases=("付款方", "付款人", "付款方户名")), Field("payee_account", "收款账号", T.ACCOUNT, required=True, aliases=("收款方账号", "转入账号")),
        Field("payee", "收款户名", T.NAME, aliases=("收款方", "收款人", "收款方户名")), Field("amount", "金额", T.MONEY, required=True, unit="CNY", aliases=("交易金额",)),
        Field("currency", "币种", T.CODE), Field("paid_at", "交易时间", T.TIME, required=True, aliases=("交易日期",)), Field("channel", "渠道", aliases=("交易渠道",)), Field("memo", "摘要", aliases=("交易摘要", "附言")),
    ),
    (
        _account("payer_account", "payer_account"), _account("payee_account", "payee_account"),
        NodeTemplate("payer", "Party", name="payer", properties=(("name", "payer"),)), NodeTemplate("payee", "Party", name="payee", properties=(("name", "payee"),)),
    ),
    (
        LinkTemplate("PAID", "payer_account", "payee_account", key=("payment_id",), event=True, started="paid_at", amount="amount", currency="currency",
                     properties=(("channel", "channel"), ("memo", "memo"))),
        LinkTemplate("HOLDS", "payer", "payer_account"), LinkTemplate("HOLDS", "payee", "payee_account"),
    ),
    main="PAID",
)  # fmt: skip

ACCOUNT = RecordKind(
    "account", "账户",
    (
        Field("account", "账号", T.ACCOUNT, key=True, required=True, aliases=("银行账号", "卡号")), Field("holder", "户名", T.NAME, required=True, aliases=("开户人",)),
        Field("holder_id", "证件号", T.PARTY_ID, aliases=("证件号码", "身份证号")), Field("institution", "开户行", aliases=("平台", "开户行/平台", "开户银行")), Field("type", "类型", aliases=("账户类型",)),
    ),
    (_account("account", "account", ("institution", "institution"), ("type", "type")), NodeTemplate("holder", "Party", name="holder", id="holder_id", properties=(("name", "holder"),))),
    (LinkTemplate("HOLDS", "holder", "account"),),
    main="account",
)  # fmt: skip

CALL = RecordKind(
    "call", "话单",
    (
        Field("call_id", "话单号", T.CODE, key=True), Field("caller", "主叫", T.PHONE, required=True, aliases=("主叫号码",)), Field("callee", "被叫", T.PHONE, required=True, aliases=("被叫号码",)),
        Field("started_at", "开始时间", T.TIME, required=True, aliases=("通话时间", "起始时间")), Field("duration_s", "时长", T.NUMBER, required=True, unit="s", aliases=("通话时长", "时长(秒)", "时长（秒）")),
        Field("cell", "基站", aliases=("基站号",)),
    ),
    (_phone("caller", "caller"), _phone("callee", "callee")),
    (LinkTemplate("CALLED", "caller", "callee", key=("call_id",), event=True, started="started_at", properties=(("duration_s", "duration_s"), ("cell", "cell"))),),
    main="CALLED",
)  # fmt: skip

VEHICLE = RecordKind(
    "vehicle", "车辆",
    (
        Field("plate", "车牌号", T.PLATE, key=True, required=True, aliases=("号牌号码", "车牌")), Field("model", "型号", aliases=("车型",)), Field("owner", "车主", T.NAME, aliases=("所有人",)),
        Field("owner_id", "证件号", T.PARTY_ID, aliases=("车主证件号", "身份证号")),
    ),
    (NodeTemplate("vehicle", "Vehicle", key=("plate",), properties=(("plate", "plate"), ("model", "model"))), NodeTemplate("owner", "Party", name="owner", id="owner_id", properties=(("name", "owner"),))),
    (LinkTemplate("OWNS", "owner", "vehicle"),),
    main="vehicle",
)  # fmt: skip

ONLINE = RecordKind(
    "online", "网络账号",
    (
        Field("platform", "平台", T.NAME, key=True, required=True), Field("handle", "账号", T.CODE, key=True, required=True, aliases=("网络账号", "用户名")), Field("display_name", "昵称", T.NAME, aliases=("店铺名", "昵称/店铺名")),
        Field("holder", "实名", T.NAME, aliases=("实名姓名",)), Field("holder_id", "证件号", T.PARTY_ID, aliases=("身份证号",)), Field("phone", "手机号", T.PHONE, aliases=("绑定手机",)), Field("url", "网址", T.URL, aliases=("链接",)),
    ),
    (
        NodeTemplate("online", "OnlineAccount", key=("platform", "handle"), properties=(("platform", "platform"), ("handle", "handle"), ("display_name", "display_name"), ("url", "url"))),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", phone="phone", properties=(("name", "holder"),)), _phone(),
    ),
    (LinkTemplate("USES", "holder", "online"), LinkTemplate("USES", "online", "phone"), LinkTemplate("USES", "holder", "phone")),
    main="online",
)  # fmt: skip

RELATION = RecordKind(
    "relation", "关系",
    (
        Field("from", "甲方", T.NAME, required=True), Field("from_id", "甲方证件号", T.PARTY_ID), Field("relation", "关系", T.ENUM, required=True, values=_RELATION),
        Field("to", "乙方", T.NAME, required=True), Field("to_id", "乙方证件号", T.PARTY_ID),
    ),
    (NodeTemplate("from", "Party", name="from", id="from_id", properties=(("name", "from"),)), NodeTemplate("to", "Party", name="to", id="to_id", properties=(("name", "to"),))),
    (LinkTemplate("KNOWS", "from", "to", optional_key=("relation",), properties=(("relation", "relation"),)),),
    main="KNOWS",
)  # fmt: skip

CASE = RecordKind(
    "case", "案件",
    (
        Field("case_id", "案件编号", T.CODE, key=True, required=True, aliases=("案号", "case")), Field("offence", "案由", required=True, aliases=("offense", "涉嫌罪名")), Field("agency", "立案单位", T.NAME, required=True, aliases=("办案单位",)),
        Field("opened_on", "立案日期", T.TIME, required=True), _REGION, Field("status", "状态", aliases=("案件状态",)), Field("amount", "涉案金额", T.MONEY, unit="CNY"),
    ),
    (
        NodeTemplate("case", "Case", key=("case_id",),
                     properties=(("number", "case_id"), ("offence", "offence"), ("agency", "agency"), ("opened_on", "opened_on"), ("region", "region"), ("status", "status"), ("amount", "amount"))),
        _REGION_NODE, _agency("agency", "agency"),
    ),
    (LinkTemplate("IN_REGION", "case", "region"), LinkTemplate("HANDLES", "agency", "case")),
    main="case",
)  # fmt: skip

LEAD = RecordKind(
    "lead", "线索",
    (
        Field("lead_id", "线索编号", T.CODE, key=True, required=True), Field("source", "来源", T.ENUM, required=True, values=_SOURCE, aliases=("线索来源",)), Field("reported_at", "时间", T.TIME, required=True, aliases=("举报时间", "线索时间")),
        Field("text", "内容", required=True, aliases=("线索内容", "举报内容")), Field("about", "被举报对象", T.NAME), Field("phone", "电话", T.PHONE, aliases=("被举报电话",)), Field("url", "网址", T.URL), _REGION,
        Field("status", "状态", T.ENUM, values=_LEAD_STATUS),
    ),
    (
        NodeTemplate("lead", "Lead", key=("lead_id",),
                     properties=(("number", "lead_id"), ("source", "source"), ("reported_at", "reported_at"), ("text", "text"), ("url", "url"), ("region", "region"), ("status", "status"))),
        NodeTemplate("about", "Party", name="about", properties=(("name", "about"),)), _phone(), _REGION_NODE,
    ),
    (LinkTemplate("REPORTS", "lead", "about"), LinkTemplate("REPORTS", "lead", "phone"), LinkTemplate("IN_REGION", "lead", "region")),
    main="lead",
)  # fmt: skip

SAMPLING = RecordKind(
    "sampling", "抽检",
    (
        Field("sample_id", "抽样编号", T.CODE, key=True, required=True), Field("company", "被抽样单位", T.NAME, required=True), Field("uscc", "信用代码", T.PARTY_ID, aliases=("统一社会信用代码",)),
        _PRODUCT, Field("batch", "批号", T.CODE, required=True, aliases=("lot", "产品批号", "生产批号")), _TRACE, Field("quantity", "数量", T.QUANTITY), Field("unit", "单位", T.UNIT),
        Field("sampled_on", "抽样日期", T.TIME, required=True), Field("result", "结论", T.ENUM, required=True, values=_RESULT, aliases=("检验结论",)),
    ),
    (
        NodeTemplate("sample", "Sample", key=("sample_id",), properties=(("number", "sample_id"), ("sampled_on", "sampled_on"), ("result", "result"))),
        NodeTemplate("company", "Party", name="company", id="uscc", properties=(("name", "company"),)), _PRODUCT_NODE, _BATCH_NODE,
    ),
    (
        LinkTemplate("OF_BATCH", "sample", "batch", started="sampled_on", quantity="quantity", unit="unit", properties=(("trace_code", "trace_code"),)),
        LinkTemplate("SAMPLED_FROM", "sample", "company", started="sampled_on"), _BATCH_OF,
    ),
    main="sample",
)  # fmt: skip

STOCKTAKE = RecordKind(
    "stocktake", "盘点",
    (
        Field("stocktake_id", "盘点编号", T.CODE, key=True, required=True), Field("holder", "单位或人员", T.NAME, required=True), Field("holder_id", "证件号", T.PARTY_ID), _PLACE_ID,
        _PRODUCT, _BATCH, _QUANTITY, _UNIT, Field("counted_at", "日期", T.TIME, required=True, aliases=("盘点日期",)),
    ),
    (
        _goods("goods"), NodeTemplate("holder", "Party", name="holder", id="holder_id", properties=(("name", "holder"),)),
        NodeTemplate("place", "Place", key=("place_id",), properties=(("place_id", "place_id"),)), _PRODUCT_NODE, _BATCH_NODE,
    ),
    (
        LinkTemplate("COUNTED_AT", "goods", "holder", key=("stocktake_id",), optional_key=("product", "batch", "unit"), event=True, started="counted_at",
                     quantity="quantity", unit="unit", properties=(("product", "product"), ("batch", "batch"), ("place", "place_id"))),
        LinkTemplate("LOCATED_AT", "holder", "place"), _BATCH_OF,
    ),
    main="COUNTED_AT",
)  # fmt: skip

PURCHASE = RecordKind(
    "purchase", "购买",
    (
        Field("purchase_id", "购买编号", T.CODE, key=True, required=True), Field("buyer", "购买人", T.NAME, required=True), Field("phone", "电话", T.PHONE, aliases=("购买人电话",)), Field("seller", "卖方", T.NAME, aliases=("卖家",)),
        Field("platform", "平台", T.NAME), _PRODUCT, _BATCH, _TRACE, Field("quantity", "数量", T.QUANTITY), Field("unit", "单位", T.UNIT), Field("bought_at", "日期", T.TIME, required=True, aliases=("购买日期",)), Field("harm", "后果", aliases=("危害后果",)),
    ),
    (
        NodeTemplate("seller", "Party", name="seller", by_row=True, properties=(("name", "seller"),)),
        NodeTemplate("buyer", "Party", name="buyer", phone="phone", properties=(("name", "buyer"),)), _phone(), _PRODUCT_NODE, _BATCH_NODE,
    ),
    (
        LinkTemplate("SUPPLIED", "seller", "buyer", key=("purchase_id",), optional_key=("product", "batch", "unit"), event=True, started="bought_at", quantity="quantity", unit="unit",
                     properties=(*_LINE, ("platform", "platform"), ("harm", "harm"))),
        LinkTemplate("USES", "buyer", "phone"), _BATCH_OF,
    ),
    main="SUPPLIED",
)  # fmt: skip

_AGENCIES = (_agency("from_agency", "from_agency"), _agency("to_agency", "to_agency"), _case())
HANDOVER = RecordKind(
    "handover", "移送",
    (
        Field("handover_id", "移送编号", T.CODE, key=True, required=True), Field("case", "案件编号", T.CODE, required=True, aliases=("案号", "case_id")), Field("from_agency", "移送单位", T.NAME, required=True), Field("to_agency", "接收单位", T.NAME, required=True),
        Field("handed_over_on", "移送日期", T.TIME, required=True), Field("type", "类型", T.ENUM, required=True, values=_HANDOVER_TYPE), Field("due_on", "期限", T.TIME), Field("answered_on", "反馈日期", T.TIME), Field("outcome", "结果", T.ENUM, values=_OUTCOME),
    ),
    _AGENCIES,
    (LinkTemplate("HANDED_OVER", "from_agency", "to_agency", key=("handover_id",), event=True, started="handed_over_on",
                  properties=(("case", "case"), ("type", "type"), ("due_on", "due_on"), ("answered_on", "answered_on"), ("outcome", "outcome"))),),
    main="HANDED_OVER",
)  # fmt: skip

REQUEST = RecordKind(
    "request", "协查",
    (
        Field("request_id", "协查编号", T.CODE, key=True, required=True), Field("case", "案件编号", T.CODE, required=True, aliases=("案号", "case_id")), Field("from_agency", "请求单位", T.NAME, required=True), Field("to_agency", "协查单位", T.NAME, required=True),
        Field("requested_on", "请求日期", T.TIME, required=True), Field("due_on", "期限", T.TIME), Field("answered_on", "反馈日期", T.TIME), Field("outcome", "结果"), Field("about", "对象"),
    ),
    _AGENCIES,
    (LinkTemplate("ASKED", "from_agency", "to_agency", key=("request_id",), event=True, started="requested_on",
                  properties=(("case", "case"), ("due_on", "due_on"), ("answered_on", "answered_on"), ("outcome", "outcome"), ("about", "about"))),),
    main="ASKED",
)  # fmt: skip

RECORD_KINDS: tuple[RecordKind, ...] = (
    PERSON, COMPANY, PLACE, SEIZURE, SUPPLY, TRANSFORMATION, WAYBILL, PAYMENT, ACCOUNT, CALL, VEHICLE, ONLINE, RELATION, CASE, LEAD,
    SAMPLING, STOCKTAKE, PURCHASE, HANDOVER, REQUEST,
)  # fmt: skip
BY_NAME: dict[str, RecordKind] = {kind.name: kind for kind in RECORD_KINDS}
