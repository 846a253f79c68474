"""What is stated of a node, as the server keeps it: a list of texts on the node, one for each statement.

Each holds, separated by tabs: the file, the property, the value, the node's kind, the sheet and the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from graphkit.model.nodes import ACTOR
from graphkit.store.neo4j.names import NODE_RESERVED, native
from graphkit.store.neo4j.values import native as native_value

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_TO_ESCAPE = str.maketrans(_ESCAPES)
_ESCAPED = re.compile(r"\\(.)")
_UNESCAPED = {"t": "\t", "n": "\n", "r": "\r"}


class Fact(NamedTuple):
    """One statement of one file. `file` is the file's tag on the server, `rows` the row numbers with commas."""

    file: str
    property: str
    value: str
    kind: str
    sheet: str
    rows: str

    def row_count(self) -> int:
        """How many rows state it."""
        return self.rows.count(",") + 1

    def numbers(self) -> list[int]:
        """The numbers of the rows that state it."""
        return [int(row) for row in self.rows.split(",")] if self.rows else []


def escape(text: str) -> str:
    """A text without tabs and line breaks."""
    return text.translate(_TO_ESCAPE)


def unescape(text: str) -> str:
    """The text that `escape` was given.

    >>> unescape(escape("a\\tb\\\\t")) == "a\\tb\\\\t"
    True
    """
    return _ESCAPED.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text) if "\\" in text else text


def unpack(text: str) -> Fact:
    """The statement that one of the texts holds.

    >>> unpack("ab12\\tname\\ta\\\\tb\\tPerson\\t1\\t2,3")
    Fact(file='ab12', property='name', value='a\\tb', kind='Person', sheet='1', rows='2,3')
    """
    parts = text.split("\t")
    if "\\" in text:
        parts = [unescape(part) for part in parts]
    return Fact(*parts)


def unpacked(stated: Iterable[str], files: Collection[str]) -> list[Fact]:
    """The statements of these files."""
    return [unpack(text) for text in stated if text.partition("\t")[0] in files]


def kind_of(facts: Iterable[Fact]) -> str:
    """The kind of a node that files may dispute: "Actor" says least and loses, then the least name wins."""
    kinds = {fact.kind for fact in facts}
    return min(kinds - {ACTOR.name}, default=ACTOR.name)


def files_of(stated: list[str]) -> list[str]:
    """The tags of the files that state these things."""
    return sorted({text.partition("\t")[0] for text in stated})


def properties(node: str, stated: list[str]) -> dict[str, Any]:
    """All the properties of a node of which these things are stated, with native types.

    Where files give several values, the one on most rows is preferred, then the least text.
    """
    facts = [unpack(text) for text in stated]
    kind = kind_of(facts)
    values: dict[str, Any] = {
        native(name, NODE_RESERVED): native_value(kind, name, value) for name, value in _preferred(facts).items()
    }
    return values | {"id": node, "kind": kind, "files": files_of(stated), "stated": stated}


def _preferred(facts: list[Fact]) -> dict[str, str]:
    if len({fact.property for fact in facts}) == len(facts):
        return {fact.property: fact.value for fact in facts}
    counted: Counter[tuple[str, str]] = Counter()
    for fact in facts:
        counted[fact.property, fact.value] += fact.row_count()
    best: dict[str, tuple[int, str]] = {}
    for (name, value), rows in counted.items():
        best[name] = min(best.get(name, (0, "")), (-rows, value))
    return {name: value for name, (_, value) in best.items()}
