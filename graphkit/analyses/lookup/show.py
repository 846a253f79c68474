"""What is known of one entity, and which rows say so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.parties.entities import identify, name_from, names_of, namesakes
from graphkit.analyses.times import moment
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.links import BY_NAME
from graphkit.model.nodes import PARTY_KINDS
from graphkit.model.units import HOME_CURRENCY
from graphkit.network.batches import spellings

if TYPE_CHECKING:
    from graphkit.store.base import Link, Statement, Store

_CONTENT = (
    "started_earliest",
    "started_latest",
    "ended_earliest",
    "ended_latest",
    "quantity",
    "unit",
    "amount",
    "currency",
)
_NAMED = 5
_MANY = ("alias",)  # properties that may well have several values
_COLUMNS = (
    Column("id", en="ID", zh="标识"),
    Column("kind", en="Kind", zh="种类"),
    Column("property", en="Property", zh="属性"),
    Column("link", en="Link", zh="联系"),
    Column("direction", en="Direction", zh="方向"),
    Column("value", en="Value", zh="值"),
    Column("name", en="Name", zh="名称"),
    Column("time", en="Time", zh="时间"),
    Column("until", en="Until", zh="至"),
    Column("quantity", "number", "unit", "Quantity", "数量"),
    Column("unit", en="Unit", zh="单位"),
    Column("amount", "number", "currency", "Amount", "金额"),
    Column("currency", en="Currency", zh="币种"),
    Column("details", en="Details", zh="其他"),
    Column("evidence", "list", "", "Rows", "依据"),
)


def show(casefile: Casefile, *, id: str, limit: int) -> Findings:
    """Every value of every property of the entity, and every link that it has, each with the rows that state it."""
    store = casefile.store
    node = identify(store, id)
    spelled = spellings(casefile.network(), store, node) if node.startswith("batch:") else [node]
    node = spelled[0]
    stated = [replace(each, node=node) for each in store.statements(spelled)]
    links = [_under(node, spelled, each) for each in store.links_of(spelled, limit + 1 if limit else None)]
    more = bool(limit) and len(links) > limit
    links = links[:limit] if limit else links
    names = names_of(store, sorted({_other(link, node) for link in links}))
    rows = [_property_row(each) for each in stated] + [_link_row(each, node, names) for each in links]
    notes = (*_disputed(stated), *_contradictions(links), *_cut(more, limit), *_of_the_name(store, stated))
    return Findings(rows, notes)


def _under(node: str, spelled: Sequence[str], link: Link) -> Link:
    """The link with its end under the id that the entity goes by."""
    source, target = (node if end in spelled else end for end in (link.source, link.target))
    return replace(link, source=source, target=target)


def _row(**known: Any) -> Row:
    """A row with every column, None where it does not apply."""
    return {column.name: known.get(column.name) for column in _COLUMNS}


def _property_row(each: Statement) -> Row:
    return _row(id=each.node, kind=each.kind, property=each.property, value=each.value, evidence=list(each.evidence))


def _link_row(link: Link, node: str, names: dict[str, tuple[str, str]]) -> Row:
    other = _other(link, node)
    return _row(
        id=node,
        kind=link.kind,
        link=link.link,
        direction="out" if link.source == node else "in",
        value=other,
        name=names.get(other, ("", other))[1],
        time=moment(link.started_earliest, link.started_latest),
        until=moment(link.ended_earliest, link.ended_latest),
        quantity=link.quantity,
        unit=link.unit,
        amount=link.amount,
        currency=_currency(link),
        details="; ".join(f"{name}: {value}" for name, value in sorted(link.properties.items())) or None,
        evidence=list(link.evidence),
    )


def _currency(link: Link) -> str | None:
    """Of records money is CNY unless they say otherwise; of other layouts nobody knows."""
    known = link.kind in BY_NAME and link.kind != "LINKED"
    return link.currency or (HOME_CURRENCY if known and link.amount is not None else None)


def _other(link: Link, node: str) -> str:
    return link.target if link.source == node else link.source


def _disputed(stated: Sequence[Statement]) -> list[str]:
    """A note for each property of which the rows say different things."""
    values: dict[str, list[str]] = {}
    for each in stated:
        values.setdefault(each.property, []).append(each.value)
    return [
        say(f"{name}: the rows disagree ({' | '.join(told)}).", f"{name}：各行记载不一（{' | '.join(told)}）。")
        for name, told in values.items()
        if len(told) > 1 and name not in _MANY
    ]


def _contradictions(links: Sequence[Link]) -> list[str]:
    """A note for each link of which the rows give different times, quantities or amounts."""
    contents: dict[str, list[Link]] = {}
    for each in links:
        contents.setdefault(each.link, []).append(each)
    notes = []
    for name, told in contents.items():
        on = [field for field in _CONTENT if len({getattr(each, field) for each in told}) > 1]
        if on:
            listed = ", ".join(on)
            notes.append(say(f"{name}: the rows disagree on {listed}.", f"{name}：各行的 {listed} 不一致。"))
    return notes


def _of_the_name(store: Store, stated: Sequence[Statement]) -> tuple[str, ...]:
    """The note that other parties go by the name of this one, each of which is shown by itself."""
    if not stated or stated[0].kind not in PARTY_KINDS:
        return ()
    others = namesakes(store, stated[0].node, name_from(stated))
    if not others:
        return ()
    listed = ", ".join(others[:_NAMED])
    more = len(others) - _NAMED
    rest, rest_zh = (f" and {more} more", f" 等共 {len(others)} 个") if more > 0 else ("", "")
    return (
        say(
            f"Of the same name, and not shown here: {listed}{rest}. Whom rank, flows and strike take for one with "
            "another, and why, they say in a note.",
            f"另有同名而未在此列出的：{listed}{rest_zh}。rank、flows、strike 将谁视为同一主体及其理由，见其说明。",
        ),
    )


def _cut(more: bool, limit: int) -> tuple[str, ...]:
    if not more:
        return ()
    return (
        say(
            f"It has more links than the {limit} shown; --limit 0 shows all.",
            f"联系不止所列的 {limit} 条；--limit 0 列出全部。",
        ),
    )


SHOW = Analysis(
    id="show",
    question_en="What is known of one entity, and which rows say so?",
    question_zh="关于这个对象知道些什么？依据是哪些行？",
    parameters=(
        Parameter(
            "id",
            "The entity's id, or a name or number that only it has.",
            "对象的标识，或只有它才有的名称、号码。",
            positional=True,
            of="entity",
        ),
        Parameter(
            "limit", "Show at most so many links; 0: all.", "最多列出多少条联系；0 为全部。", "integer", 1000, minimum=0
        ),
    ),
    columns=_COLUMNS,
    find=show,
    help_en=(
        "One row for each value of each property and one for each link. Where rows disagree every value is shown and "
        "a note says so. For a link, value and name are its other end, and direction says whether it begins (out) or "
        "ends (in) at the entity."
    ),
    help_zh=(
        "每个属性值一行，每条联系一行；各行记载不一时全部列出并加注。联系行的“值”和“名称”是另一端，"
        "“方向”为 out 表示由该对象发出，in 表示指向该对象。"
    ),
    method="",
    example="graphkit show person:33032619731119012X",
)
