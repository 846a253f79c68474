"""How the work itself goes: cases, leads, handovers, requests."""

from __future__ import annotations

from graphkit.model.fields import Field
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind, values
from graphkit.model.records.shared import REGION, REGION_NODE, agency_template, case_template, phone_template
from graphkit.model.templates import LinkTemplate, NodeTemplate

_SOURCE = values(
    "hotline=热线",
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
        Field("case_id", "案件编号", T.CODE, key=True, required=True, aliases=("案号", "case")),
        Field("offence", "案由", required=True, aliases=("offense", "涉嫌罪名")),
        Field("agency", "立案单位", T.NAME, required=True, aliases=("办案单位",)),
        Field("opened_on", "立案日期", T.TIME, required=True),
        REGION,
        Field("status", "状态", aliases=("案件状态",)),
        Field("amount", "涉案金额", T.MONEY, unit="CNY"),
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
        Field("lead_id", "线索编号", T.CODE, key=True, required=True),
        Field("source", "来源", T.ENUM, required=True, values=_SOURCE, aliases=("线索来源",)),
        Field("reported_at", "时间", T.TIME, required=True, aliases=("举报时间", "线索时间", "受理时间", "受理日期")),
        Field("text", "内容", required=True, aliases=("线索内容", "举报内容")),
        Field("about", "被举报对象", T.NAME, aliases=("被举报人", "被举报单位")),
        Field("phone", "电话", T.PHONE, aliases=("被举报电话", "被举报人电话")),
        Field("url", "网址", T.URL),
        REGION,
        Field("status", "状态", T.ENUM, values=_LEAD_STATUS),
    ),
    (
        NodeTemplate(
            "lead",
            "Lead",
            key=("lead_id",),
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
        Field("handover_id", "移送编号", T.CODE, key=True, required=True),
        Field("case", "案件编号", T.CODE, required=True, aliases=("案号", "case_id")),
        Field("from_agency", "移送单位", T.NAME, required=True),
        Field("to_agency", "接收单位", T.NAME, required=True),
        Field("handed_over_on", "移送日期", T.TIME, required=True),
        Field("type", "类型", T.ENUM, required=True, values=_HANDOVER_TYPE),
        Field("due_on", "期限", T.TIME),
        Field("answered_on", "反馈日期", T.TIME),
        Field("outcome", "结果", T.ENUM, values=_OUTCOME),
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
        Field("request_id", "协查编号", T.CODE, key=True, required=True),
        Field("case", "案件编号", T.CODE, required=True, aliases=("案号", "case_id")),
        Field("from_agency", "请求单位", T.NAME, required=True),
        Field("to_agency", "协查单位", T.NAME, required=True),
        Field("requested_on", "请求日期", T.TIME, required=True),
        Field("due_on", "期限", T.TIME),
        Field("answered_on", "反馈日期", T.TIME),
        Field("outcome", "结果"),
        Field("about", "对象"),
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
