"""Who there is and what ties them: people, companies, dens, vehicles, online accounts, relations."""

from __future__ import annotations

from graphkit.model.fields import Field, words
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
_PLACE_TYPE = values("production=生产", "storage=仓储", "sale=销售", "transit=中转")
_COMPANY_TYPE = values(
    "manufacturer=生产", "wholesaler=批发", "retailer=零售", "medical_institution=医疗机构", "online_shop=网店"
)
_RELATION = values("family=亲属=夫妻=父子=母子=兄弟=姐妹=配偶", "townsman=同乡", "employs=雇佣", "partner=合伙")

PERSON = RecordKind(
    "person",
    "人员",
    (
        Field(
            "id_number",
            "身份证号",
            T.PARTY_ID,
            key=True,
            aliases=words(
                "身份证号码 证件号 公民身份号码 身份证 身份号码 身份证件号码 居民身份证 id_card idcard "
                "id_card_number national_id citizen_id resident_id identity_number"
            ),
        ),
        Field(
            "name",
            "姓名",
            T.NAME,
            required=True,
            aliases=words(
                "full_name 嫌疑人 嫌疑人姓名 犯罪嫌疑人 犯罪嫌疑人姓名 涉案人员 涉案人员姓名 涉案人 "
                "人员姓名 当事人姓名 person_name person suspect suspect_name"
            ),
        ),
        Field(
            "alias",
            "别名",
            T.NAME,
            many=True,
            aliases=words("绰号 别名/绰号 曾用名 外号 化名 代号 又名 aka nickname aliases also_known_as"),
        ),
        Field("sex", "性别", T.ENUM, values=values("male=男=M", "female=女=F"), aliases=words("gender")),
        Field(
            "birth_date",
            "出生日期",
            T.TIME,
            aliases=words("date_of_birth 出生年月日 出生年月 出生时间 生日 dob birthday birthdate birth born"),
        ),
        Field(
            "phone",
            "手机号",
            T.PHONE,
            many=True,
            aliases=words(
                "联系电话 手机 电话 联系方式 手机号码 tel telephone mobile phone_number contact_number contact"
            ),
        ),
        Field(
            "address",
            "户籍地",
            aliases=words(
                "住址 户籍地/住址 户籍地址 家庭住址 现住址 现住地 户籍所在地 居住地 户籍 现住地址 居住地址 "
                "常住地址 家庭地址 住所 home_address residence registered_address addr lives_at"
            ),
        ),
        Field(
            "role",
            "角色",
            aliases=words("涉案角色 案件角色 身份角色 涉案作用 地位作用 分工 层级 人员类型 role_in_case position"),
        ),
        CASE_NUMBER,
        Field(
            "status",
            "到案状态",
            T.ENUM,
            values=_STATUS,
            aliases=words(
                "到案情况 强制措施 强制措施情况 采取强制措施情况 采取强制措施 状态 人员状态 抓获情况 "
                "归案情况 arrest_status custody custody_status"
            ),
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
        Field(
            "uscc",
            "统一社会信用代码",
            T.PARTY_ID,
            key=True,
            aliases=words("信用代码 社会信用代码 credit_code social_credit_code unified_social_credit_code usci"),
        ),
        Field(
            "name",
            "名称",
            T.NAME,
            required=True,
            aliases=words(
                "企业名称 单位名称 公司名称 公司 企业 机构名称 商户名称 主体名称 市场主体名称 药店名称 "
                "经营者名称 company company_name firm enterprise business_name"
            ),
        ),
        Field(
            "legal_representative",
            "法定代表人",
            T.NAME,
            aliases=words("法人 法人代表 负责人 企业负责人 经营者 legal_rep legal_person representative"),
        ),
        Field(
            "representative_id",
            "法人身份证号",
            T.PARTY_ID,
            aliases=words("负责人身份证号 legal_rep_id legal_person_id"),
        ),
        Field(
            "address",
            "地址",
            aliases=words(
                "注册地址 经营地址 住所 注册地 经营场所 营业场所 企业地址 公司地址 生产地址 住所地 "
                "registered_address business_address addr"
            ),
        ),
        Field(
            "licence",
            "许可证号",
            T.CODE,
            aliases=words(
                "license 许可证编号 许可证 药品经营许可证号 药品经营许可证 药品生产许可证号 经营许可证号 "
                "生产许可证号 license_number licence_number license_no permit"
            ),
        ),
        Field(
            "type",
            "类型",
            T.ENUM,
            values=_COMPANY_TYPE,
            aliases=words("企业类型 企业类别 主体类型 经营类型 单位类型 company_type business_type category"),
        ),
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
        Field(
            "place_id",
            "窝点编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("窝点号 场所编号 den_id site_id den_number"),
        ),
        Field("name", "名称", T.NAME, aliases=words("窝点名称 场所名称 den_name site_name site den")),
        Field(
            "type",
            "类型",
            T.ENUM,
            required=True,
            values=_PLACE_TYPE,
            aliases=words("窝点类型 窝点性质 场所类型 性质 用途 功能 den_type site_type use"),
        ),
        Field(
            "address",
            "地址",
            required=True,
            aliases=words("窝点地址 位置 所在位置 所在地 窝点位置 场所地址 location addr"),
        ),
        REGION,
        Field("controller", "控制人", T.NAME, aliases=words("负责人 管理人 经营者 controlled_by operator run_by")),
        Field("controller_id", "控制人身份证号", T.PARTY_ID, aliases=("负责人身份证号", "负责人身份证号码")),
        Field(
            "found_on",
            "发现日期",
            T.TIME,
            aliases=words(
                "查获时间 查获日期 发现时间 查处时间 查处日期 捣毁时间 捣毁日期 查封时间 日期 "
                "discovered_on found_date date"
            ),
        ),
    ),
    (
        NodeTemplate(
            "place",
            "Place",
            key=("place_id",),
            otherwise=NodeTemplate("place", "Place", key=("address",)),
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
                "店铺id 掌柜旺旺 旺旺 网店id 卖家id 微信号 shop_id store_id "
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
