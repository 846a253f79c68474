"""Who there is and where: people, companies, dens."""

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
_PLACE_TYPE = values(
    "production=生产=生产加工=加工=制造=分装=manufacturing",
    "storage=仓储=仓库=储存=存储=存放=warehouse",
    "sale=销售=经营=门店=retail",
    "transit=中转=转运=中转站",
)
_COMPANY_TYPE = values(
    "manufacturer=生产", "wholesaler=批发", "retailer=零售", "medical_institution=医疗机构", "online_shop=网店"
)

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
                "full_name 被询问人 被讯问人 被询问人姓名 被讯问人姓名 当事人 嫌疑人 嫌疑人姓名 犯罪嫌疑人 "
                "犯罪嫌疑人姓名 涉案人员 涉案人员姓名 涉案人 "
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
                "常住地址 家庭地址 住所 实际居住地 实际居住地址 实际住址 现居住地 现居住地址 现居地 经常居住地 "
                "暂住地 "
                "暂住地址 暂住址 户籍所在地址 户口所在地 home_address residence registered_address addr lives_at "
                "current_address"
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
            "phone",
            "电话",
            T.PHONE,
            many=True,
            aliases=words(
                "联系电话 企业电话 公司电话 更多电话 手机号 联系方式 固定电话 tel telephone mobile phone_number"
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
        phone_template(),
        place_template(),
    ),
    (
        LinkTemplate("DIRECTS", "representative", "company"),
        LinkTemplate("USES", "company", "phone"),
        LinkTemplate("LOCATED_AT", "company", "place"),
    ),
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
