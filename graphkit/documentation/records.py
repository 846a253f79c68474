"""docs/records.md: the kinds of records, their columns by every name, and what their rows assert."""

from __future__ import annotations

from graphkit.documentation.markdown import code, codes, paragraphs, table
from graphkit.model.fields import Field
from graphkit.model.records import COMMON_FIELDS, RECORD_KINDS, RecordKind
from graphkit.model.units import UNITS
from graphkit.records.layouts import LAYOUTS
from graphkit.records.normalise.reasons import REASONS

NAME = "records.md"

INTRODUCTION = """\
A table holds one kind of record; its kind is told by its header. A column is recognised by any of its names, in
either language, or by other words for it (销货单位名称 for 卖方); one that no kind knows is kept as a property and
named in the load's report. For other headers write a mapping file: `graphkit mapping FILE` drafts one; a field that
is written in several columns names them all, as in `name: [surname, given]`. Columns marked *key* identify the
record, those marked *needed* refuse the row where they are empty.

Two lines of a header are read together (数值 below 数量), a date and its time of day in two columns as one moment;
同上 is written out; totals and signatures are no records. A bank statement or a call list told from one side
(本方账号, 对方账号 and 借贷标志, an amount in and an amount out, or an amount whose sign or the balance after it tells
the direction) becomes payments and calls from one to the other; whose it is may stand above the header. An amount below
zero beside a word for the direction takes a payment back (冲正), unless all that went out is written so. A line that
says 冲正, 退汇, 撤销, reversal or chargeback, between the same two and of the same amount within a month after a
payment, takes it back: no money moved, both rows are refused. Lines that tell a balance and name nobody (期初余额,
承前页, 期末余额) are no payments; what there was at first is kept beside each line of that account. Cash and fees
(现金, ATM, 手续费) go to an end that is not known: a cell marked *may be empty* is told by its row. What the bank says
failed is refused. An account with a phone's number is its user's; a row with 账号 and 卡号 ties its holder to both.
Records without a number of their own, where it
is not needed, are told by file, sheet and row. Tables may stand side by side on a sheet where the header comes
again, or right below one another under headers of their own, and a form has its names beside their values.

An address in several columns (省, 市, 区县, 详细地址; 寄件省 …) is read as one, and so is a name (surname, given
names). What stands behind a name in its cell, an alias, an id number or a phone, is read apart; several people in
one cell of a list of people are each himself, elsewhere they stay one party. A column headed by two names
(姓名/绰号, 品名/数量) holds both where its cells do. 万盒 in a column of units multiplies the number. Numbers and
dates may be written in Chinese (壹万贰仟元整, 3万2千, 二〇二四年三月五日). Who has a 现住址 and a 户籍所在地 is
where he lives; the other is kept too. A row whose status says that nothing came of it (交易关闭, 已取消, 已退款,
a parcel 已退回) is refused.

Both banks' statements of a transfer, both phones' lists of a call, and exports that overlap are kept as they are
and count once: different files or the two sides of one, the same ends (an end without a number being the account of
that name, or at that moment, which the other side tells), the same amount and currency (of calls the
same duration), times
within 30 seconds (of calls the same second), in one minute where no seconds are told, or on one day where no time
of day is. Of m rows in one file and n in another the greater number counts, so two equal payments of one day in one
file are two. What two banks number alike, between other accounts, is two payments. The questions say how many were
put together.

An address that names no more than a province, city or county is that region and no place: nobody shares it. A cell
that shows an error of the spreadsheet (#N/A, #REF!) has no value: the row is refused where it needs one, else the
cell; a number is read as a format of zeros shows it (007); a date where a number should be is noted. An empty file
in a folder is passed over with a note. A suspect is a party that a case names (no victim or witness), from whom
goods were seized, who controls a place, or whose status says that he is sought, held or on bail."""

HEADER = ["column", "中文", "also", "type", "", "values"]


def page() -> str:
    """The whole page."""
    kinds = table(["kind", "中文", "entities", "links"], [_overview(kind) for kind in RECORD_KINDS])
    common = paragraphs("## Columns of every kind", table(HEADER, [_field(one) for one in COMMON_FIELDS]))
    return paragraphs(
        "# Records", INTRODUCTION, kinds, *map(_section, RECORD_KINDS), common, _units(), _layouts(), _reasons()
    )


def _overview(kind: RecordKind) -> list[str]:
    return [f"[{kind.name}](#{kind.name}-{kind.zh})", kind.zh, ", ".join(_entities(kind)), ", ".join(_links(kind))]


def _entities(kind: RecordKind) -> list[str]:
    return list(dict.fromkeys(node.kind for node in kind.nodes))


def _links(kind: RecordKind) -> list[str]:
    return list(dict.fromkeys(link.kind for link in kind.links))


def _section(kind: RecordKind) -> str:
    needs = f"A row needs at least one of: {codes(kind.at_least_one)}." if kind.at_least_one else ""
    links = (
        table(["link", "from", "to"], [[one.kind, one.source, one.target] for one in kind.links]) if kind.links else ""
    )
    return paragraphs(f"## {kind.name} {kind.zh}", table(HEADER, [_field(one) for one in kind.fields]), needs, links)


_NEEDED_OR_NOT = {
    (True, False): "needed, may be empty",
    (False, True): "needed, or known by its row where no column has it",
}


def _field(field: Field) -> list[str]:
    told = (
        ("key", field.key),
        (_NEEDED_OR_NOT.get((field.open, field.number), "needed"), field.required),
        ("several", field.many),
    )
    marks = [text for text, holds in told if holds]
    values = ", ".join(f"{value.name} ({value.zh})" if value.zh != value.name else value.name for value in field.values)
    return [code(field.name), field.zh, ", ".join(field.aliases), field.type.value, ", ".join(marks), values]


def _units() -> str:
    rows = [[code(u.code), u.en, u.zh, ", ".join(u.aliases), f"{u.grams:g} g" if u.grams else "counted"] for u in UNITS]
    told = "Masses convert to one another; counted units only by a packing ratio."
    return paragraphs("## Units", told, table(["code", "English", "中文", "also", ""], rows))


def _layouts() -> str:
    rows = [
        ["`tables`", "tables of records, as above", "数据表格"],
        *([code(one.name), one.en, one.zh] for one in LAYOUTS),
    ]
    return paragraphs(
        "## Layouts",
        "`load --layout NAME`; by default `auto`.",
        table(["name", "English", "中文"], rows),
        *(paragraphs(f"### {one.en}", one.about) for one in LAYOUTS if one.about),
    )


def _reasons() -> str:
    rows = [[code(one.code), one.en, one.fix_en, one.zh] for one in REASONS]
    told = "What stands in a rejects file as the reason of a refused row or cell, and what mends it."
    return paragraphs("## Reasons", told, table(["reason", "what is wrong", "what mends it", "中文"], rows))
