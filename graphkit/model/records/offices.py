"""Who has a part in a company: shareholders and key personnel, as company registries export them."""

from __future__ import annotations

from graphkit.model.fields import Field, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind
from graphkit.model.records.shared import phone_template
from graphkit.model.templates import LinkTemplate, NodeTemplate

_COMPANY = Field(
    "company",
    "企业名称",
    T.NAME,
    required=True,
    aliases=words("公司名称 所属企业 所属公司 被投资企业 被投资企业名称 市场主体名称 company_name"),
)
_USCC = Field(
    "uscc",
    "统一社会信用代码",
    T.PARTY_ID,
    aliases=words("信用代码 社会信用代码 企业信用代码 credit_code social_credit_code company_number"),
)
_COMPANY_NODE = NodeTemplate("company", "Party", name="company", id="uscc", properties=(("name", "company"),))

SHAREHOLDER = RecordKind(
    "shareholder",
    "股东",
    (
        _COMPANY,
        _USCC,
        Field(
            "shareholder",
            "股东名称",
            T.NAME,
            required=True,
            aliases=words(
                "股东 股东姓名 发起人 发起人名称 股东/发起人 股东名称/姓名 投资人 投资人名称 shareholder_name"
            ),
        ),
        Field(
            "shareholder_id",
            "股东证件号",
            T.PARTY_ID,
            aliases=words("股东证件号码 股东身份证号 证件号码 证照号码 证照/证件号码 证件号 身份证号 投资人证件号码"),
        ),
        Field(
            "share",
            "持股比例",
            aliases=words("出资比例 认缴出资比例 投资比例 股权比例 持股 shareholding ownership percentage"),
        ),
    ),
    (
        _COMPANY_NODE,
        NodeTemplate(
            "shareholder",
            "Party",
            name="shareholder",
            id="shareholder_id",
            properties=(("name", "shareholder"),),
        ),
    ),
    (LinkTemplate("OWNS", "shareholder", "company", properties=(("share", "share"),)),),
    main="OWNS",
)

OFFICER = RecordKind(
    "officer",
    "主要人员",
    (
        _COMPANY,
        _USCC,
        Field("name", "姓名", T.NAME, required=True, aliases=words("人员姓名 主要人员 高管姓名 officer officer_name")),
        Field("id_number", "身份证号", T.PARTY_ID, aliases=words("身份证号码 证件号 证件号码 公民身份号码")),
        Field(
            "office",
            "职务",
            required=True,
            aliases=words("职位 任职 担任职务 职务名称 position officer_role job_title"),
        ),
        Field("phone", "手机号", T.PHONE, many=True, aliases=words("联系电话 手机 电话 联系方式 手机号码 tel mobile")),
    ),
    (
        _COMPANY_NODE,
        NodeTemplate("officer", "Party", name="name", id="id_number", phone="phone", properties=(("name", "name"),)),
        phone_template(),
    ),
    (
        LinkTemplate("KNOWS", "officer", "company", optional_key=("office",), properties=(("office", "office"),)),
        LinkTemplate("USES", "officer", "phone"),
    ),
    main="KNOWS",
)
