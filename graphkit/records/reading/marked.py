"""What the reader of workbooks leaves out of a cell: the error it shows, and the zeros that its format adds.

A cell of an error comes as an empty one, and so does a formula of which no result is kept, as programs write it that do
not calculate; 7 in the format 000, which everybody sees as 007, comes as 7.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

Place = tuple[int, int]
"""The row from 1 and the column from 0."""

_BLOCK = 1 << 18
_ZEROS = re.compile(r"^0{2,}$")
_CELL = re.compile(r"^([A-Za-z]{1,3})(\d+)$")


def marked_cells(content: bytes, errors: bool) -> dict[str, dict[Place, str]]:
    """By the sheet's name, the texts of such cells: `#N/A`, `#FORMULA! =A1`, or a number with the format's zeros.

    `errors`: some cell of the workbook is an error. Where none is and no format is of zeros, nothing is looked through.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            widths = _zero_formats(_read(archive, "xl/styles.xml"))
            if not (errors or widths):
                return {}
            return {name: _cells(archive, path, widths) for name, path in _sheets(archive)}
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, OSError, NotImplementedError):
        return {}  # whatever is wrong with it, the reader of workbooks says


def _read(archive: zipfile.ZipFile, path: str) -> bytes:
    return archive.read(path) if path in archive.namelist() else b""


def _elements(blocks: Iterator[bytes]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Each element as it ends: its name without prefix, its attributes, its own text."""
    found: list[tuple[str, dict[str, str], str]] = []
    open_: list[tuple[str, dict[str, str], list[str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, told: open_.append((tag.rpartition(":")[2], told, []))
    parser.CharacterDataHandler = lambda text: open_[-1][2].append(text) if open_ else None
    parser.EndElementHandler = lambda _: found.append((open_[-1][0], open_[-1][1], "".join(open_.pop()[2])))
    for block in blocks:
        parser.Parse(block, False)
        yield from found
        found.clear()


def _zero_formats(styles: bytes) -> dict[str, int]:
    """For each cell style whose format is of zeros alone: how many."""
    formats: dict[str, str] = {}
    used: list[str] = []
    styled: list[str] = []
    for tag, told, _ in _elements(iter([styles])):
        if tag == "numFmt":
            formats[told.get("numFmtId", "")] = told.get("formatCode", "")
        elif tag == "xf":
            used.append(told.get("numFmtId", ""))
        elif tag == "cellXfs":
            styled, used = used, []
        elif tag == "cellStyleXfs":
            used = []
    return {str(i): len(formats[one]) for i, one in enumerate(styled) if _ZEROS.match(formats.get(one, ""))}


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets' names, and where in the archive each is."""
    book = next(path for path in archive.namelist() if path.lower().endswith("workbook.xml"))
    folder, _, file = book.rpartition("/")
    relations = _elements(iter([_read(archive, f"{folder}/_rels/{file}.rels")]))
    target = {told.get("Id"): told.get("Target", "") for tag, told, _ in relations if tag == "Relationship"}
    found = []
    for tag, told, _ in _elements(iter([archive.read(book)])):
        if tag == "sheet":
            at = target.get(next((value for name, value in told.items() if name.endswith(":id")), ""), "")
            path = at.lstrip("/") if at.startswith("/") else posixpath.normpath(f"{folder}/{at}")
            if path in archive.namelist():
                found.append((told.get("name", ""), path))
    return found


def _cells(archive: zipfile.ZipFile, path: str, widths: dict[str, int]) -> dict[Place, str]:
    found: dict[Place, str] = {}
    value, formula = "", None
    for tag, told, text in _elements(_blocks(archive, path)):
        if tag == "v":
            value = text
        elif tag == "f":
            formula = text
        elif tag == "c":
            name = _CELL.match(told.get("r", ""))
            if name and told.get("t") == "e" and value:
                found[int(name[2]), _column(name[1])] = value
            elif name and told.get("s") in widths and told.get("t", "n") == "n" and value.isdecimal():
                found[int(name[2]), _column(name[1])] = value.zfill(widths[told["s"]])
            elif name and formula is not None and not value and told.get("t") not in ("str", "s", "inlineStr"):
                found[int(name[2]), _column(name[1])] = f"#FORMULA! ={formula}"
            value, formula = "", None
    return found


def _blocks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    with archive.open(path) as file:
        while block := file.read(_BLOCK):
            yield block


def _column(letters: str) -> int:
    from graphkit.records.reading.extent import column_position

    return column_position(letters) - 1
