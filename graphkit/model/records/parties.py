"""Who there is and what ties them: people, companies, dens, vehicles, online accounts, relations."""

from __future__ import annotations

from graphkit.model.fields import Field
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind, values
from graphkit.model.records.shared import (
    CASE_NUMBER,
    REGION,
    REGION_NODE,
    case_template,
    phone_template,
    place_template,
)
from graphkit.model.templates import LinkTemplate, NodeTemplate

_STATUS = values(
    "at_large=在逃=网上追逃=追逃",
    "arrested=抓获=已抓获=到案=已到案",
    "bailed=取保=取保候审=已取保",
    "detained=刑拘=刑事拘留=已刑拘",
    "charged=逮捕=批捕=批准逮捕=执行逮捕=已逮捕",
)
_STATUS_CALLED = ("到案情况", "强制措施", "强制措施情况", "采取强制措施情况", "采取强制措施")
_ADDRESS = (
    "住址", "户籍地/住址", "户籍地址", "家庭住址", "现住址", "现住地", "户籍所在地", "居住地",
)  # fmt: skip
_PLACE_TYPE = values("production=生产", "storage=仓储", "sale=销售", "transit=中转")
_COMPANY_TYPE = values(
    "manufacturer=生产", "wholesaler=批发", "retailer=零售", "medical_institution=医疗机构", "online_shop=网店"
)
_RELATION = values("family=亲属=夫妻=父子=母子=兄弟=姐妹=配偶", "townsman=同乡", "employs=雇佣", "partner=合伙")

PERSON = RecordKind(
    "person",
    "人员",
    (
        Field("id_number", "身份证号", T.PARTY_ID, key=True, aliases=("身份证号码", "证件号", "公民身份号码")),
        Field("name", "姓名", T.NAME, required=True, aliases=("full_name",)),
        Field("alias", "别名", T.NAME, many=True, aliases=("绰号", "别名/绰号", "曾用名")),
        Field("sex", "性别", T.ENUM, values=values("male=男=M", "female=女=F")),
        Field("birth_date", "出生日期", T.TIME, aliases=("date_of_birth",)),
        Field("phone", "手机号", T.PHONE, many=True, aliases=("联系电话", "手机", "电话")),
        Field(
            "address",
            "户籍地",
            aliases=("住址", "户籍地/住址", "户籍地址", "家庭住址", "现住址", "现住地", "户籍所在地", "居住地"),
        ),
        Field("role", "角色", aliases=("涉案角色", "案件角色", "身份角色")),
        CASE_NUMBER,
        Field(
            "status",
            "到案状态",
            T.ENUM,
            values=_STATUS,
            aliases=_STATUS_CALLED,
        ),
    ),
    (
        NodeTemplate(
            "person",
            "Person",
            name="name",
            id="id_number",
            phone="phone",
            address="address",
            case="case",
            by_row=True,
            properties=(
                ("name", "name"),
                ("alias", "alias"),
                ("sex", "sex"),
                ("birth_date", "birth_date"),
                ("address", "address"),
                ("role", "role"),
                ("status", "status"),
            ),
        ),
        phone_template(),
        place_template(),
        case_template(),
    ),
    (
        LinkTemplate("USES", "person", "phone"),
        LinkTemplate("LOCATED_AT", "person", "place"),
        LinkTemplate("SUSPECT_IN", "person", "case", properties=(("role", "role"), ("status", "status"))),
    ),
    main="person",
)

COMPANY = RecordKind(
    "company",
    "企业",
    (
        Field("uscc", "统一社会信用代码", T.PARTY_ID, key=True, aliases=("信用代码", "社会信用代码")),
        Field("name", "名称", T.NAME, required=True, aliases=("企业名称", "单位名称")),
        Field("legal_representative", "法定代表人", T.NAME, aliases=("法人", "法人代表")),
        Field("representative_id", "法人身份证号", T.PARTY_ID),
        Field("address", "地址", aliases=("注册地址", "经营地址", "住所")),
        Field("licence", "许可证号", T.CODE, aliases=("license",)),
        Field("type", "类型", T.ENUM, values=_COMPANY_TYPE, aliases=("企业类型",)),
    ),
    (
        NodeTemplate(
            "company",
            "Company",
            name="name",
            id="uscc",
            properties=(("name", "name"), ("address", "address"), ("licence", "licence"), ("type", "type")),
        ),
        NodeTemplate(
            "representative",
            "Party",
            name="legal_representative",
            id="representative_id",
            properties=(("name", "legal_representative"),),
        ),
        place_template(),
    ),
    (LinkTemplate("DIRECTS", "representative", "company"), LinkTemplate("LOCATED_AT", "company", "place")),
    main="company",
)

PLACE = RecordKind(
    "place",
    "窝点",
    (
        Field("place_id", "窝点编号", T.CODE, key=True, required=True),
        Field("name", "名称", T.NAME, aliases=("窝点名称",)),
        Field("type", "类型", T.ENUM, required=True, values=_PLACE_TYPE, aliases=("窝点类型",)),
        Field("address", "地址", required=True, aliases=("窝点地址",)),
        REGION,
        Field("controller", "控制人", T.NAME, aliases=("负责人",)),
        Field("controller_id", "控制人身份证号", T.PARTY_ID, aliases=("负责人身份证号", "负责人身份证号码")),
        Field("found_on", "发现日期", T.TIME, aliases=("查获时间", "查获日期")),
    ),
    (
        NodeTemplate(
            "place",
            "Place",
            key=("place_id",),
            properties=(
                ("place_id", "place_id"),
                ("name", "name"),
                ("type", "type"),
                ("address", "address"),
                ("region", "region"),
                ("found_on", "found_on"),
            ),
        ),
        NodeTemplate(
            "controller", "Party", name="controller", id="controller_id", properties=(("name", "controller"),)
        ),
        REGION_NODE,
    ),
    (LinkTemplate("CONTROLS", "controller", "place"), LinkTemplate("IN_REGION", "place", "region")),
    main="place",
)

VEHICLE = RecordKind(
    "vehicle",
    "车辆",
    (
        Field("plate", "车牌号", T.PLATE, key=True, required=True, aliases=("号牌号码", "车牌")),
        Field("model", "型号", aliases=("车型",)),
        Field("owner", "车主", T.NAME, aliases=("所有人",)),
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
        Field("platform", "平台", T.NAME, key=True, required=True),
        Field("handle", "账号", T.CODE, key=True, required=True, aliases=("网络账号", "用户名")),
        Field("display_name", "昵称", T.NAME, aliases=("店铺名", "昵称/店铺名")),
        Field("holder", "实名", T.NAME, aliases=("实名姓名",)),
        Field("holder_id", "证件号", T.PARTY_ID, aliases=("身份证号",)),
        Field("phone", "手机号", T.PHONE, aliases=("绑定手机",)),
        Field("url", "网址", T.URL, aliases=("链接",)),
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
        Field("from", "甲方", T.NAME, required=True, aliases=("姓名1", "人员1", "人员A", "姓名A")),
        Field("from_id", "甲方证件号", T.PARTY_ID),
        Field("relation", "关系", T.ENUM, required=True, values=_RELATION),
        Field("to", "乙方", T.NAME, required=True, aliases=("姓名2", "人员2", "人员B", "姓名B")),
        Field("to_id", "乙方证件号", T.PARTY_ID),
    ),
    (
        NodeTemplate("from", "Party", name="from", id="from_id", properties=(("name", "from"),)),
        NodeTemplate("to", "Party", name="to", id="to_id", properties=(("name", "to"),)),
    ),
    (LinkTemplate("KNOWS", "from", "to", optional_key=("relation",), properties=(("relation", "relation"),)),),
    main="KNOWS",
)
