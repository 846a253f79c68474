"""What moves from one to another: supplies, purchases, waybills."""

from __future__ import annotations

from graphkit.model.fields import Field, Value, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind
from graphkit.model.records.shared import (
    ANYTHING,
    BATCH,
    BATCH_NODE,
    BATCH_OF,
    LINE,
    PARCEL_STATE,
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
        NodeTemplate("seller", "Party", name="seller", by_row=True, properties=(("name", "seller"),)),
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
            number=True,
            aliases=words(
                "hawb awb mawb airway_bill bill_of_lading "
                "快递单号 waybill_number tracking_number 邮件号 邮件号码 单号 快件编号 waybill_no waybill "
                "tracking_no tracking parcel_number consignment_number shipment_id shipment_number shipment_no "
                "提运单号 报关单号"
            ),
        ),
        Field(
            "sender",
            "寄件人",
            T.NAME,
            required=True,
            aliases=words(
                "exporter ship_from 发件人 寄件人名称 发货方 发货单位 境内发货人 境外发货人 寄件联系人 发货联系人 "
                "寄件公司 寄件单位 发件公司 shipper consignor sent_by"
            ),
        ),
        Field(
            "sender_phone",
            "寄件电话",
            T.PHONE,
            aliases=words(
                "寄件人电话 发件电话 发货电话 发货人电话 寄件人手机 shipper_phone consignor_phone sender_tel"
            ),
        ),
        Field(
            "sender_address",
            "寄件地址",
            aliases=words(
                "寄件人地址 发件地址 寄件人详细地址 发货地址 始发地址 shipper_address consignor_address "
                "from_address origin origin_address"
            ),
        ),
        Field(
            "recipient",
            "收件人",
            T.NAME,
            required=True,
            aliases=words(
                "importer ship_to receiver 收货方 收货单位 境内收货人 境外收货人 收件联系人 收货联系人 "
                "收件公司 收件单位 consignee addressee"
            ),
        ),
        Field(
            "recipient_phone",
            "收件电话",
            T.PHONE,
            aliases=words("收件人电话 收件人手机 收货电话 receiver_phone consignee_phone"),
        ),
        Field(
            "recipient_address",
            "收件地址",
            aliases=words(
                "收件人地址 收货地址 目的地址 receiver_address consignee_address to_address destination "
                "destination_address delivery_address"
            ),
        ),
        Field(
            "product",
            "品名",
            T.NAME,
            aliases=words(
                "goods_description commodity 商品名称 "
                "物品 托寄物 内件 内件名称 寄递物品 货物名称 货物 品类 contents content goods item description"
            ),
            nothing=ANYTHING,
        ),
        BATCH,
        TRACE,
        Field("quantity", "数量", T.QUANTITY, aliases=words("件数 qty pieces")),
        Field("unit", "单位", T.UNIT, aliases=words("uom")),
        Field(
            "weight_kg",
            "重量",
            T.NUMBER,
            unit="kg",
            aliases=words(
                "gross_weight 毛重 重量(kg) 重量kg 重量（千克） 计费重量 实际重量 结算重量 weight weight_(kg)"
            ),
        ),
        Field(
            "sent_at",
            "揽收时间",
            T.TIME,
            required=True,
            aliases=words(
                "departure_date departure etd "
                "寄件时间 揽件时间 shipped_at shipped_date ship_date sent_date 寄件日期 揽收日期 揽件日期 "
                "收寄时间 收寄日期 发车日期 发车时间 "
                "托运日期 托运时间 寄出时间 寄出日期 发货时间 发货日期 寄递时间 发件时间 发件日期 日期 "
                "date pickup_time pickup_date picked_up_at collected_at posted_at dispatch_date "
                "dispatched_at sent sent_on shipping_date 申报日期 进出口日期 出口日期 进口日期"
            ),
        ),
        Field(
            "received_at",
            "签收时间",
            T.TIME,
            aliases=words(
                "arrival_date eta "
                "收货时间 delivered_at received_date delivery_date 签收日期 收件时间 收件日期 妥投时间 "
                "妥投日期 投递时间 到货日期 到货时间 received_on delivered delivered_on delivery_time "
                "arrival arrived_at received 派签时间 派送签收时间"
            ),
        ),
        Field(
            "carrier",
            "承运商",
            T.NAME,
            aliases=words(
                "快递公司 物流公司 courier 快递企业 寄递企业 寄递公司 承运单位 承运人 承运公司 express "
                "express_company logistics_company shipping_company"
            ),
        ),
        PARCEL_STATE,
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
