"""What parties have and what ties them to one another: vehicles, online accounts, relations."""

from __future__ import annotations

from graphkit.model.fields import Field, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind, values
from graphkit.model.records.shared import phone_template
from graphkit.model.templates import LinkTemplate, NodeTemplate

_RELATION = values("family=亲属=夫妻=父子=母子=兄弟=姐妹=配偶", "townsman=同乡", "employs=雇佣", "partner=合伙")

VEHICLE = RecordKind(
    "vehicle",
    "车辆",
    (
        Field(
            "plate",
            "车牌号",
            T.PLATE,
            key=True,
            required=True,
            aliases=words(
                "号牌号码 车牌 车牌号码 号牌 车号 plate_number license_plate licence_plate number_plate registration"
            ),
        ),
        Field("model", "型号", aliases=words("车型 品牌型号 车辆型号 厂牌型号 vehicle_model make_model")),
        Field(
            "owner", "车主", T.NAME, aliases=words("所有人 机动车所有人 登记车主 车主姓名 registered_owner owner_name")
        ),
        Field("owner_id", "证件号", T.PARTY_ID, aliases=("车主证件号", "身份证号")),
    ),
    (
        NodeTemplate("vehicle", "Vehicle", key=("plate",), properties=(("plate", "plate"), ("model", "model"))),
        NodeTemplate("owner", "Party", name="owner", id="owner_id", properties=(("name", "owner"),)),
    ),
    (LinkTemplate("OWNS", "owner", "vehicle"),),
    main="vehicle",
)

ONLINE = RecordKind(
    "online",
    "网络账号",
    (
        Field("platform", "平台", T.NAME, key=True, required=True, aliases=words("平台名称 所属平台 app website")),
        Field(
            "handle",
            "账号",
            T.CODE,
            key=True,
            required=True,
            aliases=words(
                "店铺id 掌柜 掌柜名 掌柜旺旺 旺旺 网店id 卖家id 微信号 shop_id store_id "
                "网络账号 用户名 账号id 用户id 平台账号 username user_name user_id account"
            ),
        ),
        Field(
            "display_name",
            "昵称",
            T.NAME,
            aliases=words("店铺名 昵称/店铺名 店铺名称 网名 账号名称 nickname shop_name store_name"),
        ),
        Field("holder", "实名", T.NAME, aliases=words("实名姓名 注册人 实名信息 实名认证 real_name owner")),
        Field("holder_id", "证件号", T.PARTY_ID, aliases=("身份证号",)),
        Field(
            "phone",
            "手机号",
            T.PHONE,
            many=True,
            aliases=words("绑定手机 手机号码 注册手机号 注册手机 联系电话 电话 bound_phone tel mobile"),
        ),
        Field("url", "网址", T.URL, aliases=words("链接 店铺链接 店铺网址 主页链接 link website_url")),
    ),
    (
        NodeTemplate(
            "online",
            "OnlineAccount",
            key=("platform", "handle"),
            properties=(
                ("platform", "platform"),
                ("handle", "handle"),
                ("display_name", "display_name"),
                ("url", "url"),
            ),
        ),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", phone="phone", properties=(("name", "holder"),)),
        phone_template(),
    ),
    (
        LinkTemplate("USES", "holder", "online"),
        LinkTemplate("USES", "online", "phone"),
        LinkTemplate("USES", "holder", "phone"),
    ),
    main="online",
)

RELATION = RecordKind(
    "relation",
    "关系",
    (
        Field(
            "from",
            "甲方",
            T.NAME,
            required=True,
            aliases=words("姓名1 人员1 人员A 姓名A 甲 人员甲 person_a person_1 person1 name_1 name1"),
        ),
        Field("from_id", "甲方证件号", T.PARTY_ID),
        Field(
            "relation",
            "关系",
            T.ENUM,
            required=True,
            values=_RELATION,
            aliases=words("关系类型 人物关系 双方关系 relationship tie"),
        ),
        Field(
            "to",
            "乙方",
            T.NAME,
            required=True,
            aliases=words("姓名2 人员2 人员B 姓名B 乙 人员乙 person_b person_2 person2 name_2 name2"),
        ),
        Field("to_id", "乙方证件号", T.PARTY_ID),
    ),
    (
        NodeTemplate("from", "Party", name="from", id="from_id", properties=(("name", "from"),)),
        NodeTemplate("to", "Party", name="to", id="to_id", properties=(("name", "to"),)),
    ),
    (LinkTemplate("KNOWS", "from", "to", optional_key=("relation",), properties=(("relation", "relation"),)),),
    main="KNOWS",
)
