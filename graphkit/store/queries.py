"""The Cypher that graphkit runs: one query a file, found by name and checked against what its header declares.

A query's file begins with a header:

    // What the query answers, in one line
    // parameters: published, ids          (or: none)
    // returns: link, kind                 (or: none)

Further comment lines explain. A query that returns rows ends in ORDER BY, so that their order is part of what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphkit.errors import NotFound

_NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_LAST_RETURN = re.compile(r".*\bRETURN\b(?:\s+DISTINCT\b)?(.*)", re.DOTALL | re.IGNORECASE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:ORDER\s+BY|SKIP|OFFSET|LIMIT)\b", re.IGNORECASE)
_ALIAS = re.compile(r"\bAS\s+(\w+)\s*$", re.IGNORECASE)


class QueryError(Exception):
    """A query's file does not hold what its header declares: a fault of graphkit, not of a user."""


@dataclass(frozen=True)
class Query:
    """One query: its name, what it answers, and what goes in and comes out."""

    name: str
    title: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    text: str


def folder() -> Path:
    """Where the queries are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    installed = package / "_cypher"
    return installed if installed.is_dir() else package.parent / "cypher"


def names(group: str) -> tuple[str, ...]:
    """The queries of a group, as `group.name`, in order.

    >>> "store.files" in names("store")
    True
    """
    return tuple(f"{group}.{path.stem}" for path in sorted((folder() / group).glob("*.cypher")))


@cache
def query(name: str) -> Query:
    """The query of that name, `group.name`.

    >>> query("store.files").title
    'The published files, as they were recorded'
    """
    group, _, stem = name.partition(".")
    if name not in names(group):
        raise _unknown(name, group)
    return parse(name, (folder() / group / f"{stem}.cypher").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Query:
    """A query from its file's text, held to its header."""
    lines = [line.removeprefix("//").strip() for line in text.splitlines() if line.startswith("//")]
    declared = Query(name, lines[0] if lines else "", _listed(lines, "parameters"), _listed(lines, "returns"), text)
    code = _NOT_CODE.sub(lambda found: "''" if found[0][0] in "'\"" else " ", text)
    _hold(name, "parameters", set(declared.parameters), set(_PARAMETER.findall(code)))
    columns = _returned(code)
    _hold(name, "returns", declared.columns, columns)
    if columns and not _ends_in_order(code):
        raise QueryError(f"{name}: a query that returns rows must end in ORDER BY")
    return declared


def _listed(lines: list[str], key: str) -> tuple[str, ...]:
    for line in lines:
        if line.startswith(f"{key}:"):
            listed = line.removeprefix(f"{key}:").strip()
            return () if listed == "none" else tuple(part.strip() for part in listed.split(","))
    return ("a line that declares them",)


def _hold(name: str, what: str, declared: object, found: object) -> None:
    if declared != found:
        raise QueryError(f"{name}: the header declares {what} {declared}, the text has {found}")


def _returned(code: str) -> tuple[str, ...]:
    """The names of the columns that the last RETURN gives."""
    found = _LAST_RETURN.match(code)
    if not found:
        return ()
    items = _split(_AFTER.split(found[1])[0])
    return tuple(alias[1] if (alias := _ALIAS.search(item)) else item.strip() for item in items)


def _ends_in_order(code: str) -> bool:
    found = _LAST_RETURN.match(code)
    return bool(found and _ORDER.search(found[1]))


def _split(text: str) -> list[str]:
    """Split at the commas that are not inside brackets."""
    depth, parts = 0, [""]
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _unknown(name: str, group: str) -> NotFound:
    import difflib

    near = difflib.get_close_matches(name, names(group) if group else (), n=1, cutoff=0)
    if not near:
        return NotFound(f"There is no query {name}.", f"没有名为 {name} 的查询。")
    return NotFound(f"There is no query {name}. Did you mean {near[0]}?", f"没有名为 {name} 的查询。是否指 {near[0]}？")
