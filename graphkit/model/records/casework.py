"""How the work itself goes: cases, leads, handovers, requests."""

from __future__ import annotations

from graphkit.model.fields import Field, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind, values
from graphkit.model.records.shared import REGION, REGION_NODE, agency_template, case_template, phone_template
from graphkit.model.templates import LinkTemplate, NodeTemplate

_SOURCE = values(
    "hotline=热线=电话=电话举报=举报热线=市民热线=12315=12315热线=12331=12331热线=12345=12345热线",
    "email=邮箱",
    "new_media=新媒体",
    "cyber=网安",
    "patrol=巡查",
    "sampling=抽检",
    "transfer=行政移送",
)
_LEAD_STATUS = values("to_check=待核查", "checking=核查中", "case_opened=立案", "closed=办结", "unfounded=不属实")
_HANDOVER_TYPE = values("to_criminal=行政移送", "returned=案件回移")
_OUTCOME = values("opened=立案", "not_opened=不予立案", "more_material=补充材料")

CASE = RecordKind(
    "case",
    "案件",
    (
        Field(
            "case_id",
            "案件编号",
            T.CODE,
            key=True,
            required=True,
            aliases=words("案号 case 案件编码 case_number case_no case_ref"),
        ),
        Field(
            "offence",
            "案由",
            required=True,
            aliases=words("offense 涉嫌罪名 罪名 案件类别 案别 涉嫌案由 charge charges crime offence_type"),
        ),
        Field(
            "agency",
            "立案单位",
            T.NAME,
            required=True,
            aliases=words("办案单位 主办单位 承办单位 办理单位 investigating_agency handling_agency police_unit"),
        ),
        Field(
            "opened_on",
            "立案日期",
            T.TIME,
            required=True,
            aliases=words("立案时间 受案日期 date_opened opening_date opened filed_on filing_date"),
        ),
        REGION,
        Field("status", "状态", aliases=words("案件状态 办理状态 case_status")),
        Field("amount", "涉案金额", T.MONEY, unit="CNY", aliases=words("案值 涉案价值 value amount_involved")),
    ),
    (
        NodeTemplate(
            "case",
            "Case",
            key=("case_id",),
            properties=(
                ("number", "case_id"),
                ("offence", "offence"),
                ("agency", "agency"),
                ("opened_on", "opened_on"),
                ("region", "region"),
                ("status", "status"),
                ("amount", "amount"),
            ),
        ),
        REGION_NODE,
        agency_template("agency", "agency"),
    ),
    (LinkTemplate("IN_REGION", "case", "region"), LinkTemplate("HANDLES", "agency", "case")),
    main="case",
)

LEAD = RecordKind(
    "lead",
    "线索",
    (
        Field(
            "lead_id",
            "线索编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("线索号 举报编号 受理编号 lead_no tip_id report_id"),
        ),
        Field(
            "source",
            "来源",
            T.ENUM,
            required=True,
            values=_SOURCE,
            aliases=words("线索来源 线索渠道 举报渠道 来源渠道 举报方式 来源方式 channel"),
        ),
        Field(
            "reported_at",
            "时间",
            T.TIME,
            required=True,
            aliases=words(
                "举报时间 线索时间 受理时间 受理日期 举报日期 线索日期 接报时间 接报日期 登记时间 登记日期 "
                "收到时间 接收日期 日期 date time reported_on report_date received_at received_on"
            ),
        ),
        Field(
            "text",
            "内容",
            required=True,
            aliases=words(
                "线索内容 举报内容 线索描述 线索摘要 内容摘要 主要内容 举报事项 反映问题 反映内容 content "
                "description details summary"
            ),
        ),
        Field(
            "about",
            "被举报对象",
            T.NAME,
            aliases=words("被举报人 被举报单位 涉及对象 线索对象 反映对象 涉事主体 涉嫌对象 subject target suspect"),
        ),
        Field(
            "phone",
            "电话",
            T.PHONE,
            many=True,
            aliases=words("被举报电话 被举报人电话 涉案电话 涉及电话 联系电话 tel mobile"),
        ),
        Field("url", "网址", T.URL, aliases=words("链接 涉案网址 网站 link")),
        REGION,
        Field(
            "status",
            "状态",
            T.ENUM,
            values=_LEAD_STATUS,
            aliases=words("办理状态 核查状态 处理状态 办理情况 lead_status"),
        ),
    ),
    (
        NodeTemplate(
            "lead",
            "Lead",
            key=("lead_id",),
            by_row=True,
            properties=(
                ("number", "lead_id"),
                ("source", "source"),
                ("reported_at", "reported_at"),
                ("text", "text"),
                ("url", "url"),
                ("region", "region"),
                ("status", "status"),
            ),
        ),
        NodeTemplate("about", "Party", name="about", properties=(("name", "about"),)),
        phone_template(),
        REGION_NODE,
    ),
    (
        LinkTemplate("REPORTS", "lead", "about"),
        LinkTemplate("REPORTS", "lead", "phone"),
        LinkTemplate("IN_REGION", "lead", "region"),
    ),
    main="lead",
)

_AGENCIES = (agency_template("from_agency", "from_agency"), agency_template("to_agency", "to_agency"), case_template())
HANDOVER = RecordKind(
    "handover",
    "移送",
    (
        Field(
            "handover_id",
            "移送编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("移送单号 移送书文号 移送书编号 移送函号 handover_no"),
        ),
        Field(
            "case",
            "案件编号",
            T.CODE,
            required=True,
            aliases=words("案号 case_id 案件编码 case_number case_no case_ref"),
        ),
        Field(
            "from_agency",
            "移送单位",
            T.NAME,
            required=True,
            aliases=words("移出单位 移交单位 移送机关 移送部门 移送方 from transferring_agency sending_agency"),
        ),
        Field(
            "to_agency",
            "接收单位",
            T.NAME,
            required=True,
            aliases=words("受移送单位 受移送机关 受理单位 接收机关 接收部门 接收方 to receiving_agency"),
        ),
        Field(
            "handed_over_on",
            "移送日期",
            T.TIME,
            required=True,
            aliases=words("移送时间 移交日期 移交时间 date handover_date transfer_date"),
        ),
        Field(
            "type",
            "类型",
            T.ENUM,
            required=True,
            values=_HANDOVER_TYPE,
            aliases=words("移送类型 移送方向 handover_type direction"),
        ),
        Field("due_on", "期限", T.TIME, aliases=words("办理期限 办结期限 反馈期限 答复期限 due deadline due_date")),
        Field(
            "answered_on",
            "反馈日期",
            T.TIME,
            aliases=words("反馈时间 回复日期 答复日期 回复时间 reply_date answered replied_on"),
        ),
        Field("outcome", "结果", T.ENUM, values=_OUTCOME, aliases=words("办理结果 处理结果 反馈结果 处理情况 result")),
    ),
    _AGENCIES,
    (
        LinkTemplate(
            "HANDED_OVER",
            "from_agency",
            "to_agency",
            key=("handover_id",),
            event=True,
            started="handed_over_on",
            properties=(
                ("case", "case"),
                ("type", "type"),
                ("due_on", "due_on"),
                ("answered_on", "answered_on"),
                ("outcome", "outcome"),
            ),
        ),
    ),
    main="HANDED_OVER",
)

REQUEST = RecordKind(
    "request",
    "协查",
    (
        Field(
            "request_id",
            "协查编号",
            T.CODE,
            key=True,
            required=True,
            number=True,
            aliases=words("协查函号 协查单号 协查函编号 request_no"),
        ),
        Field(
            "case",
            "案件编号",
            T.CODE,
            required=True,
            aliases=words("案号 case_id 案件编码 case_number case_no case_ref"),
        ),
        Field(
            "from_agency",
            "请求单位",
            T.NAME,
            required=True,
            aliases=words("发起单位 委托单位 请求方 发函单位 from requesting_agency"),
        ),
        Field(
            "to_agency",
            "协查单位",
            T.NAME,
            required=True,
            aliases=words("受托单位 受请求单位 收函单位 配合单位 to assisting_agency requested_agency"),
        ),
        Field(
            "requested_on",
            "请求日期",
            T.TIME,
            required=True,
            aliases=words("发函日期 协查日期 请求时间 发起日期 date request_date"),
        ),
        Field("due_on", "期限", T.TIME, aliases=words("反馈期限 答复期限 办理期限 due deadline due_date")),
        Field(
            "answered_on",
            "反馈日期",
            T.TIME,
            aliases=words("反馈时间 回复日期 答复日期 复函日期 reply_date answered replied_on"),
        ),
        Field("outcome", "结果", aliases=words("反馈结果 协查结果 办理结果 result")),
        Field("about", "对象", aliases=words("协查对象 协查内容 协查事项 subject target")),
    ),
    _AGENCIES,
    (
        LinkTemplate(
            "ASKED",
            "from_agency",
            "to_agency",
            key=("request_id",),
            event=True,
            started="requested_on",
            properties=(
                ("case", "case"),
                ("due_on", "due_on"),
                ("answered_on", "answered_on"),
                ("outcome", "outcome"),
                ("about", "about"),
            ),
        ),
    ),
    main="ASKED",
)
