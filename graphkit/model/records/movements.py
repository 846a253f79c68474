"""What moves from one to another: supplies, purchases, waybills, payments with their accounts, calls."""

from __future__ import annotations

from graphkit.model.fields import Field
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind
from graphkit.model.records.shared import (
    BATCH,
    BATCH_NODE,
    BATCH_OF,
    LINE,
    PRODUCT,
    PRODUCT_NODE,
    QUANTITY,
    TRACE,
    UNIT,
    account_template,
    phone_template,
    place_template,
)
from graphkit.model.templates import LinkTemplate, NodeTemplate

_SUPPLIED_AT = (
    "销售日期", "购销日期", "供货日期", "出库日期", "发货日期", "开票日期", "购进日期", "采购日期",
    "supply_date", "sale_date", "invoice_date",
)  # fmt: skip

_CALLER = ("主叫号码", "calling_number", "caller_number", "a_number")
_CALLEE = ("被叫号码", "called_number", "callee_number", "b_number")

SUPPLY = RecordKind(
    "supply",
    "购销",
    (
        Field(
            "supply_id",
            "单号",
            T.CODE,
            key=True,
            required=True,
            aliases=("销售单号", "购销单号", "单据号", "invoice_id", "invoice_number", "order_number"),
        ),
        Field("seller", "卖方", T.NAME, required=True, aliases=("销售方", "供货方", "供货单位", "supplier", "vendor")),
        Field("seller_id", "卖方证件号", T.PARTY_ID),
        Field("buyer", "买方", T.NAME, required=True, aliases=("购买方", "购货方", "购货单位", "customer")),
        Field("buyer_id", "买方证件号", T.PARTY_ID),
        PRODUCT,
        BATCH,
        TRACE,
        QUANTITY,
        UNIT,
        Field("unit_price", "单价", T.MONEY, unit="CNY"),
        Field("amount", "金额", T.MONEY, unit="CNY"),
        Field("currency", "币种", T.CODE),
        Field("supplied_at", "日期", T.TIME, required=True, aliases=_SUPPLIED_AT),
    ),
    (
        NodeTemplate("seller", "Party", name="seller", id="seller_id", properties=(("name", "seller"),)),
        NodeTemplate("buyer", "Party", name="buyer", id="buyer_id", properties=(("name", "buyer"),)),
        PRODUCT_NODE,
        BATCH_NODE,
    ),
    (
        LinkTemplate(
            "SUPPLIED",
            "seller",
            "buyer",
            key=("supply_id",),
            optional_key=("product", "batch", "unit"),
            event=True,
            started="supplied_at",
            quantity="quantity",
            unit="unit",
            amount="amount",
            currency="currency",
            properties=(*LINE, ("unit_price", "unit_price")),
        ),
        BATCH_OF,
    ),
    main="SUPPLIED",
)

PURCHASE = RecordKind(
    "purchase",
    "购买",
    (
        Field("purchase_id", "购买编号", T.CODE, key=True, required=True),
        Field("buyer", "购买人", T.NAME, required=True),
        Field("phone", "电话", T.PHONE, aliases=("购买人电话",)),
        Field("seller", "卖方", T.NAME, aliases=("卖家",)),
        Field("platform", "平台", T.NAME),
        PRODUCT,
        BATCH,
        TRACE,
        Field("quantity", "数量", T.QUANTITY),
        Field("unit", "单位", T.UNIT),
        Field("bought_at", "日期", T.TIME, required=True, aliases=("购买日期",)),
        Field("harm", "后果", aliases=("危害后果",)),
    ),
    (
        NodeTemplate("seller", "Party", name="seller", by_row=True, properties=(("name", "seller"),)),
        NodeTemplate("buyer", "Party", name="buyer", phone="phone", properties=(("name", "buyer"),)),
        phone_template(),
        PRODUCT_NODE,
        BATCH_NODE,
    ),
    (
        LinkTemplate(
            "SUPPLIED",
            "seller",
            "buyer",
            key=("purchase_id",),
            optional_key=("product", "batch", "unit"),
            event=True,
            started="bought_at",
            quantity="quantity",
            unit="unit",
            properties=(*LINE, ("platform", "platform"), ("harm", "harm")),
        ),
        LinkTemplate("USES", "buyer", "phone"),
        BATCH_OF,
    ),
    main="SUPPLIED",
)

WAYBILL = RecordKind(
    "waybill",
    "运单",
    (
        Field(
            "waybill_id",
            "运单号",
            T.CODE,
            key=True,
            required=True,
            aliases=("快递单号", "waybill_number", "tracking_number"),
        ),
        Field("sender", "寄件人", T.NAME, required=True, aliases=("发件人",)),
        Field("sender_phone", "寄件电话", T.PHONE, aliases=("寄件人电话", "发件电话")),
        Field("sender_address", "寄件地址", aliases=("寄件人地址", "发件地址")),
        Field("recipient", "收件人", T.NAME, required=True, aliases=("receiver",)),
        Field("recipient_phone", "收件电话", T.PHONE, aliases=("收件人电话",)),
        Field("recipient_address", "收件地址", aliases=("收件人地址",)),
        Field("product", "品名", T.NAME, aliases=("物品", "托寄物")),
        BATCH,
        TRACE,
        Field("quantity", "数量", T.QUANTITY),
        Field("unit", "单位", T.UNIT),
        Field(
            "weight_kg",
            "重量",
            T.NUMBER,
            unit="kg",
            aliases=("重量(kg)", "重量kg", "重量（千克）", "计费重量"),
        ),
        Field(
            "sent_at",
            "揽收时间",
            T.TIME,
            required=True,
            aliases=("寄件时间", "揽件时间", "shipped_at", "shipped_date", "ship_date", "sent_date"),
        ),
        Field(
            "received_at", "签收时间", T.TIME, aliases=("收货时间", "delivered_at", "received_date", "delivery_date")
        ),
        Field("carrier", "承运商", T.NAME, aliases=("快递公司", "物流公司", "courier")),
    ),
    (
        NodeTemplate(
            "sender",
            "Party",
            name="sender",
            phone="sender_phone",
            address="sender_address",
            properties=(("name", "sender"),),
        ),
        NodeTemplate(
            "recipient",
            "Party",
            name="recipient",
            phone="recipient_phone",
            address="recipient_address",
            properties=(("name", "recipient"),),
        ),
        phone_template("sender_phone", "sender_phone"),
        phone_template("recipient_phone", "recipient_phone"),
        place_template("sender_place", address="sender_address"),
        place_template("recipient_place", address="recipient_address"),
        PRODUCT_NODE,
        BATCH_NODE,
    ),
    (
        LinkTemplate(
            "SHIPPED",
            "sender",
            "recipient",
            key=("waybill_id",),
            optional_key=("carrier", "product", "batch", "unit"),
            event=True,
            started="sent_at",
            ended="received_at",
            quantity="quantity",
            unit="unit",
            properties=(*LINE, ("carrier", "carrier"), ("weight_kg", "weight_kg")),
        ),
        LinkTemplate("USES", "sender", "sender_phone"),
        LinkTemplate("USES", "recipient", "recipient_phone"),
        LinkTemplate("LOCATED_AT", "sender", "sender_place"),
        LinkTemplate("LOCATED_AT", "recipient", "recipient_place"),
        BATCH_OF,
    ),
    main="SHIPPED",
)

PAYMENT = RecordKind(
    "payment",
    "资金",
    (
        Field(
            "payment_id",
            "流水号",
            T.CODE,
            key=True,
            aliases=("交易流水号", "交易单号", "交易号", "transaction_id", "payment_number"),
        ),
        Field(
            "payer_account",
            "付款账号",
            T.ACCOUNT,
            required=True,
            open=True,
            aliases=("付款方账号", "转出账号", "sender_account"),
        ),
        Field("payer", "付款户名", T.NAME, aliases=("付款方", "付款人", "付款方户名", "sender_name")),
        Field(
            "payee_account",
            "收款账号",
            T.ACCOUNT,
            required=True,
            open=True,
            aliases=("收款方账号", "转入账号", "receiver_account", "recipient_account", "beneficiary_account"),
        ),
        Field(
            "payee",
            "收款户名",
            T.NAME,
            aliases=("收款方", "收款人", "收款方户名", "receiver_name", "recipient_name", "beneficiary"),
        ),
        Field("amount", "金额", T.MONEY, required=True, unit="CNY", aliases=("交易金额",)),
        Field("currency", "币种", T.CODE),
        Field(
            "paid_at",
            "交易时间",
            T.TIME,
            required=True,
            aliases=(
                "交易日期",
                "交易创建时间",
                "transaction_date",
                "transaction_time",
                "payment_date",
                "日期",
                "时间",
                "date",
            ),
        ),
        Field("channel", "渠道", aliases=("交易渠道",)),
        Field("memo", "摘要", aliases=("交易摘要", "附言")),
    ),
    (
        account_template("payer_account", "payer_account", by_row=True),
        account_template("payee_account", "payee_account", by_row=True),
        NodeTemplate("payer", "Party", name="payer", properties=(("name", "payer"),)),
        NodeTemplate("payee", "Party", name="payee", properties=(("name", "payee"),)),
    ),
    (
        LinkTemplate(
            "PAID",
            "payer_account",
            "payee_account",
            key=("payment_id",),
            event=True,
            started="paid_at",
            amount="amount",
            currency="currency",
            properties=(("channel", "channel"), ("memo", "memo")),
        ),
        LinkTemplate("HOLDS", "payer", "payer_account"),
        LinkTemplate("HOLDS", "payee", "payee_account"),
    ),
    main="PAID",
    at_least_one=("payer_account", "payee_account"),
)

ACCOUNT = RecordKind(
    "account",
    "账户",
    (
        Field("account", "账号", T.ACCOUNT, key=True, required=True, aliases=("银行账号", "卡号")),
        Field("holder", "户名", T.NAME, required=True, aliases=("开户人",)),
        Field("holder_id", "证件号", T.PARTY_ID, aliases=("证件号码", "身份证号")),
        Field("institution", "开户行", aliases=("平台", "开户行/平台", "开户银行")),
        Field("type", "类型", aliases=("账户类型",)),
    ),
    (
        account_template("account", "account", ("institution", "institution"), ("type", "type")),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", properties=(("name", "holder"),)),
    ),
    (LinkTemplate("HOLDS", "holder", "account"),),
    main="account",
)

CALL = RecordKind(
    "call",
    "话单",
    (
        Field("call_id", "话单号", T.CODE, key=True),
        Field(
            "caller",
            "主叫",
            T.PHONE,
            required=True,
            aliases=("主叫号码", "calling_number", "caller_number", "a_number"),
        ),
        Field(
            "callee", "被叫", T.PHONE, required=True, aliases=("被叫号码", "called_number", "callee_number", "b_number")
        ),
        Field(
            "started_at",
            "开始时间",
            T.TIME,
            required=True,
            aliases=("通话时间", "起始时间", "通话开始时间", "start_time", "时间", "date", "call_date", "call_time"),
        ),
        Field(
            "duration_s",
            "时长",
            T.NUMBER,
            required=True,
            unit="s",
            aliases=("通话时长", "通信时长", "时长(秒)", "时长（秒）", "duration", "duration_seconds"),
        ),
        Field("cell", "基站", aliases=("基站号",)),
    ),
    (phone_template("caller", "caller"), phone_template("callee", "callee")),
    (
        LinkTemplate(
            "CALLED",
            "caller",
            "callee",
            key=("call_id",),
            event=True,
            started="started_at",
            properties=(("duration_s", "duration_s"), ("cell", "cell")),
        ),
    ),
    main="CALLED",
)
