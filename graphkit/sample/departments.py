"""Who hands over what, and how each department writes: language, file, encoding, forms of dates, money, phones."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.fields import Field, FieldType
from graphkit.model.records import BY_NAME, RecordKind
from graphkit.sample.places import PROVINCES
from graphkit.sample.plan import Plan


@dataclass(frozen=True)
class Channel:
    """One kind of table that one kind of agency hands over; those of one book are sheets of one workbook."""

    name: str
    kind: str
    agency: str
    zh: str
    en: str
    book: str = ""
    parties: tuple[tuple[str, str], ...] = ()  # field that names an actor, field of his number ("" where there is none)
    bulk: bool = False

    @property
    def record(self) -> RecordKind:
        """The declaration of the kind."""
        return BY_NAME[self.kind]


AGENCIES = {  # agency → Chinese, English
    "police": ("公安厅", "public security"),
    "drug": ("药品监督管理局", "drug administration"),
    "postal": ("邮政管理局", "postal administration"),
    "market": ("市场监督管理局", "market supervision"),
}
BOOKS = {
    "people": ("涉案人员", "people"),
    "files": ("案件台账", "case files"),
    "finds": ("扣押抽检盘点", "findings"),
    "dens": ("窝点加工", "dens"),
}
CHANNELS: tuple[Channel, ...] = (
    Channel("person", "person", "police", "人员", "persons", "people", (("name", "id_number"),)),
    Channel("relation", "relation", "police", "关系", "relations", "people", (("from", "from_id"), ("to", "to_id"))),
    Channel("vehicle", "vehicle", "police", "车辆", "vehicles", "people", (("owner", "owner_id"),)),
    Channel("case", "case", "police", "案件", "cases", "files"),
    Channel("request", "request", "police", "协查", "requests", "files", (("about", ""),)),
    Channel("account", "account", "police", "账户", "accounts", "", (("holder", "holder_id"),)),
    Channel(
        "company",
        "company",
        "drug",
        "企业",
        "companies",
        "",
        (("name", "uscc"), ("legal_representative", "representative_id")),
    ),
    Channel("place", "place", "drug", "窝点", "places", "dens", (("controller", "controller_id"),)),
    Channel("transformation", "transformation", "drug", "加工", "transformations", "dens"),
    Channel("handover", "handover", "drug", "移送", "handovers"),
    Channel("lead", "lead", "market", "线索", "leads", "", (("about", ""),)),
    Channel("online", "online", "market", "网络账号", "online_accounts", "", (("holder", "holder_id"),)),
    Channel("seizure", "seizure", "drug", "扣押", "seizures", "finds", (("holder", "holder_id"),)),
    Channel("sampling", "sampling", "drug", "抽检", "samplings", "finds", (("company", "uscc"),)),
    Channel("stocktake", "stocktake", "drug", "盘点", "stocktakes", "finds", (("holder", "holder_id"),)),
    Channel("purchase", "purchase", "market", "购买", "purchases", "", (("seller", ""),)),
    Channel(
        "supply",
        "supply",
        "drug",
        "销售台账",
        "sales_ledger",
        "",
        (("seller", "seller_id"), ("buyer", "buyer_id")),
        bulk=True,
    ),
    Channel(
        "supply_in",
        "supply",
        "drug",
        "进货台账",
        "purchase_ledger",
        "",
        (("seller", "seller_id"), ("buyer", "buyer_id")),
        bulk=True,
    ),
    Channel("waybill", "waybill", "postal", "运单", "waybills", "", (("sender", ""), ("recipient", "")), bulk=True),
    Channel("payment", "payment", "police", "资金流水", "payments", "", (("payer", ""), ("payee", "")), bulk=True),
    Channel("call", "call", "police", "话单", "calls", "", bulk=True),
)
POSITION = {channel.name: number for number, channel in enumerate(CHANNELS)}
BY_CHANNEL = {channel.name: channel for channel in CHANNELS}

ENGLISH = (2, 7)  # provinces whose departments head their tables in English
ENCODINGS = (
    "gbk",
    "utf-8-sig",
    "utf-8",
    "gb18030",
    "utf-8",
    "gbk",
    "gb18030",
    "utf-8-sig",
    "gbk",
    "utf-8",
    "utf-8-sig",
    "gbk",
)
DELIMITERS = {3: "\t", 5: ";", 7: "\t"}
DAY_FORMS = ("iso", "slash", "han", "compact", "serial")
TIME_FORMS = ("iso", "slash", "serial")  # the others cannot tell the hour
MONEY_FORMS = ("plain", "yen", "wan")
PHONE_FORMS = ("plain", "plus", "dashes", "zeros")
LARGE_SHEET = 50_000
SMALL_SHEET = 5_000


@dataclass(frozen=True)
class Style:
    """How one department writes one table."""

    province: int
    channel: Channel
    english: bool
    xlsx: bool
    encoding: str
    delimiter: str
    day: str
    time: str
    money: str
    phone: str
    titled: bool
    numbered: bool  # a first column 序号
    clerk: bool  # a last column 经办人
    graded: bool  # columns for the reliability of the source and the credibility of the statement
    broken_headers: bool  # line breaks within header cells
    sheet_rows: int  # more rows than these no longer fit the workbook and go to csv

    @property
    def folder(self) -> str:
        """The department's name, as the folder is called."""
        zh, en = AGENCIES[self.channel.agency]
        province = PROVINCES[self.province]
        return f"{province.en} {en}" if self.english else f"{province.zh}{zh}"

    def header(self, field: Field) -> str:
        """How the department heads a column: one of the field's names, most often the standard one."""
        if self.english:
            return field.name
        choices = [field.zh, *(alias for alias in field.aliases if not alias.isascii())]
        return choices[(self.province * 5 + len(field.name)) % len(choices)]


def style_of(channel: Channel, province: int) -> Style:
    """The style of a table; always the same for one department and table."""
    spin = province * 3 + POSITION[channel.name]
    workbook = province % 4 == 2 if channel.bulk else province % 2 == 0
    return Style(
        province=province,
        channel=channel,
        english=province in ENGLISH,
        xlsx=workbook,
        encoding=ENCODINGS[province],
        delimiter=DELIMITERS.get(province, ","),
        day=DAY_FORMS[spin % 5],
        time=TIME_FORMS[spin % 3],
        money=MONEY_FORMS[spin % 3],
        phone=PHONE_FORMS[spin % 4],
        titled=spin % 2 == 0,
        numbered=spin % 3 == 0,
        clerk=spin % 4 == 1 and not channel.bulk,
        graded=spin % 5 == 2,
        broken_headers=workbook and province % 4 == 0,
        sheet_rows=LARGE_SHEET if channel.name == "payment" and province == 2 else SMALL_SHEET,
    )


def desks(channel: Channel, plan: Plan, rows: int) -> list[int]:
    """The provinces whose departments hand over a channel, the others' rows with theirs; not the same for each."""
    count = (
        min(plan.provinces, 2 if channel.bulk else 1 + rows // 25)
        if plan.size < 500
        else min(plan.provinces, 2 + rows // 25)
    )
    return [(POSITION[channel.name] + i) % plan.provinces for i in range(count)]


def is_day(channel: Channel, field: Field) -> bool:
    """Whether a time is told by the day only."""
    return field.type is FieldType.TIME and (channel.kind, field.name) not in {
        ("waybill", "sent_at"),
        ("waybill", "received_at"),
        ("payment", "paid_at"),
        ("call", "started_at"),
        ("lead", "reported_at"),
    }
