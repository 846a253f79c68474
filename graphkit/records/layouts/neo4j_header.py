"""The header of a neo4j-admin import file: `name:type{options}`, `:ID(Space)`, `:LABEL` and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SPECIAL = frozenset({"ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"})
_CELL = re.compile(
    r"(?P<name>.*?)(?::(?P<type>[A-Za-z_0-9]+)(?P<array>\[\])?)?(?:\((?P<space>[^()]*)\))?(?P<options>\{.*\})?",
    re.DOTALL,
)
_TELLING = re.compile(r".*:(?:ID|START_ID|END_ID)(?:\([^()]*\))?(?:\{.*\})?", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(r"\{.*?\blabel\s*:\s*[\"']?([^,}\"']+)", re.IGNORECASE)
_PART = re.compile(r"[-_.]?(?:part)?[-_.]?\d+$", re.IGNORECASE)
_NAMED = {
    "nodes": re.compile(r"(?:^|.*[._-])nodes?[._-](?P<name>.+)", re.IGNORECASE),
    "relationships": re.compile(r"(?:^|.*[._-])(?:relationships?|rels?|edges?)[._-](?P<name>.+)", re.IGNORECASE),
}
_LONGEST = 1_000  # characters of a header cell; patterns take long on what is no header at all
_GENERIC = re.compile(r"(?:nodes?|relationships?|rels?|edges?|data|import|part)?[-_.]?\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """One column: the name of the property, its type or special meaning, its id space."""

    position: int
    name: str
    type: str = "string"
    array: bool = False
    space: str = ""
    label: str = ""

    @property
    def special(self) -> str:
        """What the column means to the import where it is not simply a property."""
        return self.type if self.type in SPECIAL else ""


def parse_header(cells: Sequence[str]) -> list[Column]:
    """The columns that a header declares.

    >>> parse_header(["movieId:ID(Movie)", "year:int[]"])[1]
    Column(position=1, name='year', type='int', array=True, space='', label='')
    """
    return [_parse(position, cell) for position, cell in enumerate(cells)]


def _parse(position: int, cell: str) -> Column:
    match = _CELL.fullmatch(cell) if len(cell) <= _LONGEST else None
    if match is None or not match["type"]:
        return Column(position, cell)
    special = match["type"].upper()
    kind = special if special in SPECIAL else match["type"].lower()
    label = _LABEL.search(match["options"] or "")
    return Column(
        position,
        match["name"].strip(),
        kind,
        bool(match["array"]),
        match["space"] or "",
        label[1].strip() if label else "",
    )


def is_telling(cell: str) -> bool:
    """Whether a header cell is one that only neo4j-admin files have.

    >>> is_telling(":ID"), is_telling("personId:ID(Person)"), is_telling(":START_ID"), is_telling("id")
    (True, True, True, False)
    """
    return len(cell) <= _LONGEST and _TELLING.fullmatch(cell.strip()) is not None


def header_file(path: Path) -> Path | None:
    """The file beside this one that holds its header, named as Neo4j's manual does: `people-header.csv`."""
    if is_header_file(path):
        return None
    stems = dict.fromkeys((path.stem, _PART.sub("", path.stem)))
    places = (path.with_name(f"{stem}{mark}header{path.suffix}") for stem in stems if stem for mark in "-_.")
    return next((place for place in places if place.is_file()), None)


def is_header_file(path: Path) -> bool:
    """Whether the file's name says that it holds the header of others."""
    return re.search(r"[-_.]header$", path.stem, re.IGNORECASE) is not None


def named_by_file(path: Path, what: str) -> str:
    """The label of `nodes.Person.csv`, the type of `relationships.KNOWS.csv`; neo4j-admin is told them otherwise."""
    stem = _PART.sub("", path.stem)
    match = _NAMED[what].fullmatch(stem)
    name = match["name"] if match else stem
    return "" if _GENERIC.fullmatch(name) else name
