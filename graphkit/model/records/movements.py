"""What is sold from one to another: supplies by dealers, what buyers say they bought."""

from __future__ import annotations

from graphkit.model.fields import Field, Value, words
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
    STATE,
    TRACE,
    UNIT,
    phone_template,
    place_template,
    trader_template,
)
from graphkit.model.templates import LinkTemplate, NodeTemplate

BOOK = "book"  # the field and property that says in which book of a trader a delivery stands
BOOKS = {"sales": "seller", "dispatch": "seller", "purchase": "buyer", "receipt": "buyer"}  # and whose each is

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
            number=True,
            aliases=words(
                "invoice "
                "销售单号 购销单号 单据号 invoice_id invoice_number order_number 订单号 订单编号 送货单号 "
                "销售订单号 发票号 发票号码 出库单编号 order_id order_no invoice_no document_number "
                "delivery_note delivery_note_number"
            ),
        ),
        Field(
            "seller",
            "卖方",
            T.NAME,
            required=True,
            aliases=words(
                "ship_from 销售方 供货方 供货单位 supplier vendor 上家 出货方 出货单位 供货人 卖出方 from sold_by"
            ),
        ),
        Field("seller_id", "卖方证件号", T.PARTY_ID, aliases=words("supplier_id")),
        Field("seller_phone", "卖方电话", T.PHONE, aliases=words("供货人电话 上家电话 seller_tel supplier_phone")),
        Field(
            "buyer",
            "买方",
            T.NAME,
            required=True,
            aliases=words(
                "ship_to bill_to 购买方 购货方 购货单位 customer 下家 进货方 购货人 买入方 to purchaser client sold_to "
                "销往单位 销往 销售对象"
            ),
        ),
        Field("buyer_id", "买方证件号", T.PARTY_ID, aliases=words("customer_id")),
        Field("buyer_phone", "买方电话", T.PHONE, aliases=words("下家电话 购货人电话 buyer_tel customer_phone")),
        PRODUCT,
        BATCH,
        TRACE,
        QUANTITY,
        UNIT,
        Field(
            "unit_price", "单价", T.MONEY, unit="CNY", aliases=words("含税单价 销售单价 销售价 price price_per_unit")
        ),
        Field(
            "amount",
            "金额",
            T.MONEY,
            unit="CNY",
            aliases=words("货款 销售金额 合计金额 total total_amount total_price sum"),
        ),
        Field("currency", "币种", T.CODE, aliases=words("货币 币别 货币种类 交易币种 ccy currency_code")),
        Field(
            "supplied_at",
            "日期",
            T.TIME,
            required=True,
            aliases=words(
                "出货日期 出货时间 入库日期 购货日期 进货日期 验收日期 到货日期 业务日期 "
                "销售日期 购销日期 供货日期 出库日期 发货日期 开票日期 购进日期 采购日期 supply_date "
                "sale_date invoice_date 交易日期 交货日期 送货日期 成交日期 购销时间 制单日期 单据日期 "
                "时间 date order_date delivery_date sold_on sold_at transaction_date trade_date"
            ),
        ),
        STATE,
        Field(
            BOOK,
            "台账种类",
            T.ENUM,
            values=(
                Value("sales", "销售"),
                Value("dispatch", "出库"),
                Value("purchase", "进货"),
                Value("receipt", "入库"),
            ),
        ),
    ),
    (
        trader_template("seller"),
        trader_template("buyer"),
        phone_template("seller_phone", "seller_phone"),
        phone_template("buyer_phone", "buyer_phone"),
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
            properties=(*LINE, ("unit_price", "unit_price"), (BOOK, BOOK)),
        ),
        LinkTemplate("USES", "seller", "seller_phone"),
        LinkTemplate("USES", "buyer", "buyer_phone"),
        BATCH_OF,
    ),
    main="SUPPLIED",
)

PURCHASE = RecordKind(
    "purchase",
    "购买",
    (
        Field(
            "purchase_id",
            "购买编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("订单号 订单编号 order_id order_number"),
        ),
        Field(
            "buyer",
            "购买人",
            T.NAME,
            required=True,
            aliases=words(
                "购买者 消费者 受害人 购药人 顾客 患者 收货人 收件人 买家 买家姓名 下单人 患者姓名 顾客姓名 "
                "会员姓名 会员 "
                "purchaser victim recipient patient"
            ),
        ),
        Field(
            "phone",
            "电话",
            T.PHONE,
            many=True,
            aliases=words(
                "购买人电话 买家电话 患者电话 患者联系电话 会员电话 联系电话 手机号 收货电话 收货人电话 "
                "收货人手机 收件人电话 联系手机 "
                "buyer_phone tel mobile"
            ),
        ),
        Field(
            "seller", "卖方", T.NAME, aliases=words("药店 药店名称 卖家 卖家名称 店铺 店铺名称 商家 网店 shop store")
        ),
        Field("seller_id", "卖方证件号", T.PARTY_ID),
        Field("platform", "平台", T.NAME, aliases=words("购买平台 购买渠道 网络平台 website")),
        PRODUCT,
        BATCH,
        TRACE,
        Field("quantity", "数量", T.QUANTITY, aliases=words("购买数量 宝贝数量 宝贝总数量 商品数量 qty pieces")),
        Field("unit", "单位", T.UNIT, aliases=words("计量单位 uom")),
        Field(
            "bought_at",
            "日期",
            T.TIME,
            required=True,
            aliases=words(
                "购药日期 购药时间 付款时间 支付时间 订单付款时间 订单创建时间 订单时间 成交时间 "
                "购买日期 购买时间 下单时间 下单日期 时间 purchase_date purchased_on purchased_at order_date date"
            ),
        ),
        Field(
            "address",
            "收货地址",
            aliases=words("收货人地址 收件地址 收件人地址 购买人地址 送货地址 配送地址 buyer_address shipping_address"),
        ),
        Field(
            "harm",
            "后果",
            aliases=words("危害后果 不良反应 不良反应名称 后果描述 损害后果 consequence adverse_reaction"),
        ),
        STATE,
    ),
    (
        NodeTemplate("seller", "Party", name="seller", id="seller_id", by_row=True, properties=(("name", "seller"),)),
        NodeTemplate("buyer", "Party", name="buyer", phone="phone", address="address", properties=(("name", "buyer"),)),
        phone_template(),
        place_template(),
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
        LinkTemplate("LOCATED_AT", "buyer", "place"),
        BATCH_OF,
    ),
    main="SUPPLIED",
)
