"""What couriers carry from one to another."""

from __future__ import annotations

from graphkit.model.fields import Field, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind
from graphkit.model.records.shared import (
    ANYTHING,
    BATCH,
    BATCH_NODE,
    BATCH_OF,
    LINE,
    PARCEL_STATE,
    PRODUCT_NODE,
    TRACE,
    phone_template,
    place_template,
)
from graphkit.model.templates import LinkTemplate, NodeTemplate

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
