"""Which entities have this name, alias or number?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.limits import known_node_kinds
from graphkit.analyses.parties.entities import fold, forms, name_from, nearest
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import BY_NAME, NAME_PROPERTIES

if TYPE_CHECKING:
    from graphkit.store.base import Hit, Statement, Store

_FETCHED = 1000  # hits that are ranked; the store gives the best first
_EVIDENCE = 20  # rows named for one hit; `show` names all
_EVERY_WORD = 0.1
# A party of one file only: nothing sure tells it from others, or says that it is one of them.
_LOCAL = re.compile(r"party:|(?:person|company):[0-9a-f]{12}[:#]")
_Found = dict[str, tuple[float, "Hit"]]  # by node
_Stated = dict[str, list["Statement"]]


def search(casefile: Casefile, *, text: str, limit: int, kinds: tuple[str, ...]) -> Findings:
    """Entities with a name, alias, number, other property or id that holds the text; the best match first."""
    store = casefile.store
    found = _found(store, text, known_node_kinds(store, kinds))
    leading = _leading(found, limit)
    stated = _stated(store, leading)
    rows = [_row(*found[node], stated[node]) for node in sorted(leading, key=_order(found, stated))[:limit]]
    return Findings(rows, _cut(len(found), limit) if rows else _nothing(store, text))


def _found(store: Store, text: str, kinds: tuple[str, ...]) -> _Found:
    """The best hit of each entity, by any of the forms in which the text may be kept."""
    found: _Found = {}
    for form in forms(text):
        for hit in _hits(store, form, kinds):
            value = score(hit, form)
            if hit.node not in found or value > found[hit.node][0]:
                found[hit.node] = value, hit
    words = fold(text).split()
    if found or len(words) < 2:
        return found
    return {hit.node: (_EVERY_WORD, hit) for hit in _every_word(store, words, kinds)}


def _leading(found: _Found, limit: int) -> list[str]:
    """The entities that may be among the first: what stands behind each need not be looked up for the others."""

    def rank(node: str) -> tuple[float, bool]:
        return -found[node][0], _is_local(node)

    ordered = sorted(found, key=rank)
    return [node for node in ordered if rank(node) <= rank(ordered[min(limit, len(ordered)) - 1])]


def _order(found: _Found, stated: _Stated) -> Callable[[str], tuple[float, bool, int, int, str]]:
    def key(node: str) -> tuple[float, bool, int, int, str]:
        value, hit = found[node]
        return -value, _is_local(node), -len(_behind(hit, stated[node])), len(hit.value), node

    return key


def _is_local(node: str) -> bool:
    return _LOCAL.match(node) is not None


def _hits(store: Store, text: str, kinds: tuple[str, ...]) -> list[Hit]:
    """The hits of these kinds; where a kind is rare among the first hits, more are fetched."""
    limit = _FETCHED
    while True:
        hits = store.search(text, limit)
        wanted = [hit for hit in hits if not kinds or hit.kind in kinds]
        if len(hits) < limit or len(wanted) >= min(_FETCHED, limit):
            return wanted
        limit *= 20


def _every_word(store: Store, words: list[str], kinds: tuple[str, ...]) -> list[Hit]:
    found = [{hit.node: hit for hit in _hits(store, word, kinds)} for word in words]
    common = set(found[0]).intersection(*found[1:])
    return [found[0][node] for node in sorted(common)]


def score(hit: Hit, text: str) -> float:
    """How well the text matches: 1 for a whole name, .7 for its beginning, .4 for a part of it; .1 less for an alias or
    number, .2 less for any other property.
    """
    value = fold(hit.value)
    values = (value, value.partition(":")[2]) if hit.property == "id" else (value,)
    match = 1.0 if text in values else 0.7 if any(each.startswith(text) for each in values) else 0.4
    own = BY_NAME[hit.kind].label if hit.kind in BY_NAME else "name"
    less = 0.0 if hit.property in (own, "name") else 0.1 if hit.property in (*NAME_PROPERTIES, "id") else 0.2
    return round(match - less, 1)


def _stated(store: Store, nodes: list[str]) -> _Stated:
    stated: _Stated = {node: [] for node in nodes}
    for each in store.statements(nodes) if nodes else []:
        stated[each.node].append(each)
    return stated


def _behind(hit: Hit, stated: list[Statement]) -> tuple[str, ...]:
    """The rows that state the value that matched; where that is the id, those of the entity's first property."""
    matched = [each for each in stated if (each.property, each.value) == (hit.property, hit.value)]
    return (matched or stated)[0].evidence if stated else ()


def _row(value: float, hit: Hit, stated: list[Statement]) -> Row:
    name = name_from(stated) if stated else hit.node
    return {
        "id": hit.node, "kind": hit.kind, "name": name, "score": value, "matched": f"{hit.property}: {hit.value}",
        "evidence": list(_behind(hit, stated)[:_EVIDENCE]),
    }  # fmt: skip


def _cut(found: int, limit: int) -> tuple[str, ...]:
    if found <= limit:
        return ()
    count = f"{found}" if found < _FETCHED else say(f"at least {found}", f"至少 {found} 个")
    return (
        say(
            f"{count} entities match; the best {limit} are shown (--limit).",
            f"共 {count} 个相符，列出前 {limit} 个（--limit）。",
        ),
    )


def _nothing(store: Store, text: str) -> tuple[str, ...]:
    near = ", ".join(f"{name} ({node})" for node, name in nearest(store, text))
    said = say(f"Nothing matches {text}.", f"没有与 {text} 相符的。")
    return (said + (say(f" Did you mean {near}?", f"是否指 {near}？") if near else ""),)


SEARCH = Analysis(
    id="search",
    question_en="Which entities have this name, alias or number?",
    question_zh="哪些对象有这个名称、别名或号码？",
    parameters=(
        Parameter("text", "Any part of a name, alias or number.", "名称、别名或号码的任意一段。", positional=True),
        Parameter("limit", "Show at most so many.", "最多列出多少个。", "integer", 20, minimum=1),
        Parameter("kinds", "Only entities of these kinds.", "只查这些种类的对象。", many=True, of="node_kind"),
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("score", "number", "", "Score", "相符程度"),
        Column("matched", en="Matched", zh="相符之处"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=search,
    help_en=(
        "Width and case do not matter, nor what stands between the parts of a number: 0755-1234567, (0755)1234567 and "
        "+86 755 1234567 are one. The score says how well it matches: 1 a whole name, .7 the beginning of one, .4 a "
        "part of one; .1 less for an alias, number other than the entity's own, or id, .2 less for any other property; "
        ".1 where only each word by itself was found. Equal scores: parties that only one file knows come last, then "
        "what more rows state comes first, then the shorter. At most 20 rows are named as evidence of each."
    ),
    help_zh=(
        "不分全角半角和大小写，也不论号码各段之间的符号：0755-1234567、(0755)1234567 与 +86 755 1234567 相同，"
        "粤B·12345 与 粤B12345、张 三 与 张三 亦同。相符程度：整个名称为 1，名称开头为 .7，名称中一段为 .4；"
        "别名、并非其自身标志的号码或标识减 .1，其他属性减 .2；只有逐词相符时为 .1。"
        "同分者，仅见于单个文件的主体在后，依据行多者在前，再次短者在前。每个对象最多列出 20 行依据。"
    ),
    method="",
    example="graphkit search 李伟",
)  # fmt: skip
