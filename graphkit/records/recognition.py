"""Which kind of record a table holds, and which column is which field."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from graphkit.errors import UnknownTable
from graphkit.model.fields import Field
from graphkit.model.records import RECORD_KINDS, RecordKind
from graphkit.model.units import unit_code
from graphkit.records.wording import TRADERS, reworded

_MORE = (
    2  # columns by which a kind that lacks one must explain more, and twice as many, for a table to be meant as that
)
_COUNTER = re.compile(r"^[\u4e00-\u9fff]$")  # a single character in the brackets of a quantity counts things: 数量(条)
_TIMES = "十百千万萬亿億"  # before a unit: 数量(万盒)
_FEW = 3  # columns of a list without numbers that may be of another kind as well
# 负责人及身份证号 is a name with what stands behind it, 品名/规格 a product
_MORE_OF_IT = "身份证号码?|证件号码?|联系电话|联系方式|手机号码?|电话|规格(?:型号)?"
_AND_MORE = re.compile(rf"(?<=..)(?:及|和|与|、|/)其?(?:{_MORE_OF_IT})$")
_EITHER = re.compile(r"[/或|]")  # 身份证号/信用代码
_ANYTHING = frozenset(("name", "名称"))  # headers that say nothing of whose names they are
_TELLING = 3  # characters of the first of two names, to mean the same whatever the other is
_KEPT = 4096  # headers as they are compared: each is compared with every kind of record, and stands in many files
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")


@dataclass(frozen=True)
class Recognised:
    """A table's kind of record and, for each field found, the position of its column."""

    kind: RecordKind
    columns: dict[str, int]


@lru_cache(_KEPT)
def header_key(text: str) -> str:
    """A header cell as it is compared: half-width, lower case, without spaces, marks and underscores."""
    return re.sub(r"[\s_*:\-#]", "", unicodedata.normalize("NFKC", text).lower())


def bracketed(header: str) -> list[str]:
    """What stands in brackets in a header.

    >>> bracketed("交易金额（万元）"), bracketed("数量")
    (['万元'], [])
    """
    found = (text[1:-1].strip() for text in _BRACKETS.findall(unicodedata.normalize("NFKC", header)))
    return [text for text in found if text]


@cache
def _names(kind_name: str) -> dict[str, str]:
    kind = next(kind for kind in RECORD_KINDS if kind.name == kind_name)
    names: dict[str, str] = {}
    for field in kind.every_field:
        for name in field.names:
            names.setdefault(header_key(name), field.name)
    return names


@cache
def _names_reworded(kind_name: str) -> dict[str, str]:
    """The names in one wording; without those that then say who sold or bought: who sends (发货方) need not be he."""
    exact = _names(kind_name)
    worded = {name: reworded(name) for name in exact}
    names: dict[str, str] = {}
    for name, word in worded.items():
        if word not in TRADERS or word in exact:
            names.setdefault(word, exact[name])
    return names


@cache
def _every_name() -> frozenset[str]:
    return frozenset(name for kind in RECORD_KINDS for name in _names(kind.name))


@cache
def _every_name_reworded() -> frozenset[str]:
    return frozenset(name for kind in RECORD_KINDS for name in _names_reworded(kind.name))


@cache
def is_known_header(text: str) -> bool:
    """Whether any kind of record has a column of this name; tells a header row from a title."""
    bare = _without_brackets(text)
    return header_key(text) in _every_name() or bare in _every_name() or reworded(bare) in _every_name_reworded()


@lru_cache(_KEPT)
def _without_brackets(text: str) -> str:
    return _AND_MORE.sub("", header_key(_BRACKETS.sub("", unicodedata.normalize("NFKC", text))))


@lru_cache(_KEPT)
def _in_one_wording(text: str) -> str:
    return reworded(_without_brackets(text))


def recognise(header: Sequence[str], where: str) -> Recognised:
    """The kind whose columns the header has, the most columns first.

    A list of documents without a column for their numbers is taken for one where no other kind explains as much.
    Raises UnknownTable, naming the nearest kind and what is missing, where no kind has all it needs.
    """
    found = [(kind, assign(header, kind)) for kind in RECORD_KINDS]
    complete = [(kind, columns) for kind, columns in found if not _lacking(kind, columns, header)]
    nearest = max(found, key=lambda pair: (len(_own(*pair)), -len(_lacking(pair[0], pair[1], header))))
    if complete:
        kind, columns = max(complete, key=lambda pair: _merit(*pair))
        told, meant = len(_own(kind, columns)), len(_own(*nearest))
        doubtful = unnumbered(kind, columns) and any(
            len(_own(*other)) >= told for other in found if _lacking(other[0], other[1], header)
        )
        if not doubtful and (meant < told + _MORE or meant < 2 * told):
            return Recognised(kind, columns)
    kind, columns = nearest
    raise _unknown(header, kind, _lacking(kind, columns, header), where)


def _lacking(kind: RecordKind, columns: dict[str, int], header: Sequence[str]) -> list[str]:
    """What is missing; a list of names may be of districts or goods as well, unless it says that they are companies'
    or a mapping does.
    """
    nothing_more = kind.name == "company" and _own(kind, columns) == {"name"}
    if nothing_more and header_key(header[columns["name"]]) in _ANYTHING:
        return ["uscc"]
    return missing(kind, columns, header)


def _merit(kind: RecordKind, columns: dict[str, int]) -> tuple[int, bool, int, int]:
    """By how much the kind explains a header, of which it has all that it needs: the more the better."""
    numbered, own = unnumbered(kind, columns) is None, _own(kind, columns)
    needed = sum(1 for field in kind.fields if field.required and field.name in own)
    return len(own) - (0 if numbered else _MORE - 1), numbered, needed, -len(kind.fields)


def unnumbered(kind: RecordKind, columns: Collection[str]) -> Field | None:
    """The field for the documents' own number where the table has no column for it; None where it has one.

    >>> from graphkit.model.records import BY_NAME
    >>> unnumbered(BY_NAME["seizure"], ["product", "quantity"]).name, unnumbered(BY_NAME["call"], ["caller"])
    ('seizure_id', None)
    """
    return next((field for field in kind.fields if field.number and field.name not in columns), None)


def assign(header: Sequence[str], kind: RecordKind) -> dict[str, int]:
    """Which column holds which field of the kind: exact names, names before a bracketed unit, names in other words."""
    columns: dict[str, int] = {}
    ways: list[Callable[[str], str | None]] = [_by(read, names) for read, names in _readings(kind)]
    ways.append(partial(_either, kind))
    for read in ways:
        for position, text in enumerate(header):
            field = read(text)
            if field and field not in columns and position not in columns.values():
                columns[field] = position
    return columns


def _by(read: Callable[[str], str], names: dict[str, str]) -> Callable[[str], str | None]:
    return lambda text: names.get(read(text))


def _either(kind: RecordKind, text: str) -> str | None:
    """The field of a column headed by two names for it: 身份证号/统一社会信用代码; not where each is a field."""
    first, *others = _EITHER.split(_without_brackets(text))
    if not first or not others or not all(others):
        return None
    meant = meaning(first, kind)
    told = {meaning(other, kind) for other in others}
    return meant if told == {meant} or (len(first) >= _TELLING and told <= {meant, None}) else None


def meaning(text: str, kind: RecordKind) -> str | None:
    """The field of the kind that a column of this name may hold; a number behind the name (电话2) is nothing more."""
    names = text, re.sub(r"(?<=\D)[0-9一二三]$", "", _without_brackets(text))
    return next((known[read(name)] for name in names for read, known in _readings(kind) if read(name) in known), None)


def _readings(kind: RecordKind) -> tuple[tuple[Callable[[str], str], dict[str, str]], ...]:
    """The ways to read a header and what names each finds, the surest first."""
    exact = _names(kind.name)
    return (header_key, exact), (_without_brackets, exact), (_in_one_wording, _names_reworded(kind.name))


def missing(kind: RecordKind, columns: dict[str, int], header: Sequence[str]) -> list[str]:
    """The fields without which no row of the kind can be accepted, and which the header lacks.

    The number of the document is none of them: where no column has it, the row tells the record.
    """
    told = {*columns, *_units_in_brackets(columns, header)}
    lacking = [field.name for field in kind.fields if field.required and not field.number and field.name not in told]
    if kind.at_least_one and not any(name in columns or name in lacking for name in kind.at_least_one):
        lacking.append("/".join(kind.at_least_one))
    if kind.name == "person" and len(_own(kind, columns)) < 2:
        lacking.append("id_number")
    number = unnumbered(kind, columns)
    if number and not lacking and not _telling(kind, columns):
        lacking.append(number.name)
    return lacking


def _telling(kind: RecordKind, columns: dict[str, int]) -> bool:
    """Whether the columns tell the kind without its number: a sender, a recipient and a day alone may be anything."""
    own = _own(kind, columns)
    return len(own) > min(_FEW, sum(1 for field in kind.fields if field.required and not field.number))


def _units_in_brackets(columns: dict[str, int], header: Sequence[str]) -> set[str]:
    """The units that headers tell: 数量(盒) needs no column for its unit."""
    units = {name: header[i] for name, i in columns.items() if name.endswith("quantity")}
    told = {
        name
        for name, text in units.items()
        if any(unit_code(word) or unit_code(word.lstrip(_TIMES)) or _COUNTER.match(word) for word in bracketed(text))
    }
    return {name.removesuffix("quantity") + "unit" for name in told}


def _own(kind: RecordKind, columns: dict[str, int]) -> set[str]:
    return {field.name for field in kind.fields} & columns.keys()


def _unknown(header: Sequence[str], kind: RecordKind, lacking: list[str], where: str) -> UnknownTable:
    fields = kind.by_name
    wanted_zh = "、".join(fields[name].zh if name in fields else name for name in lacking)
    taken = assign(header, kind).values()
    hints = _hints([text for position, text in enumerate(header) if position not in taken], kind, lacking)
    english = (
        f"{where}: the header fits no kind of record; nearest is {kind.name}, which also needs: {', '.join(lacking)}."
    )
    chinese = f"{where}：表头不符合任何一种记录；最接近“{kind.zh}”，还缺：{wanted_zh}。"
    if not lacking:  # all that it needs is there, but as much speaks for another kind
        english = f"{where}: the header may be that of several kinds of record; nearest is {kind.name}."
        chinese = f"{where}：表头可能属于几种记录，无法确定；最接近“{kind.zh}”。"
    fix = " Rename the columns or write a mapping: graphkit mapping FILE"
    return UnknownTable(
        english + hints[0] + fix, chinese + hints[1] + "请改列名，或用 graphkit mapping 文件 起草对照表"
    )


def _hints(header: Sequence[str], kind: RecordKind, lacking: list[str]) -> tuple[str, str]:
    """For each missing field the header cell, of those that are no field yet, that looks most like it."""
    cells = {header_key(text): text for text in header if text}
    for name in lacking:
        for known in kind.by_name[name].names if name in kind.by_name else ():
            near = difflib.get_close_matches(header_key(known), cells, n=1, cutoff=0.6)
            if near:
                return (
                    f' Is "{cells[near[0]]}" meant as {name}?',
                    f"“{cells[near[0]]}”是否即“{kind.by_name[name].zh}”？",
                )
    return "", ""
