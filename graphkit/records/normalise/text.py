"""Cells as text: trimmed, half-width where the type wants it, and what counts as an empty cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.brackets import CLOSING, OPENING
from graphkit.records.normalise.column import Finding, Reading, apply_where, blank_where, where

if TYPE_CHECKING:
    from graphkit.model.fields import Field

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
EDGES = (
    " \t\r\n\v\f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
) + INVISIBLE
# Only compatibility characters change under NFKC; ASCII and the unified ideographs, nearly all cells, do not.
MAY_CHANGE = r"[^\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff]"
# A spreadsheet would run a cell that begins so; the rejects file puts an apostrophe before it, taken off again here.
GUARDED = r"^'('*[=+\-@\t\r])"
ONLY_MARKS = r"^[-‐‑‒–—―－_/\\\\.·*~、，,\s]+$"
ERROR = r"(?i)^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FORMULA! .*)$"  # of a spreadsheet
NOTHING = r"(?i)^(?:无|没有|暂无|空|不详|未知|未填|n/a|na|null|\(null\)|none|nil|unknown)$"
# Other words for nothing might be somebody's name; these are no name of anybody.
NOT_THERE = r"(?i)^n/a$"
NO_NAME = r"(?i)^(?:n/a|不详|不明|未知|未填|未登记|无名氏|待查|待核实|身份不明|unknown|not known)$"
_TEXT_MARK = r"""^(?:['‘’`]|=")"""
_OPENING, _CLOSING = re.escape(OPENING), re.escape(CLOSING)
# What a spreadsheet makes of a number that it takes for a date, as it keeps it or as it shows it.
_DATE = (
    r"^[0-9]{4}-(?:0[1-9]|1[0-2])-[0-3][0-9](?:T[0-9:]+)?$|^[0-9]{1,2}月[0-9]{1,2}日$"
    r"|^[0-9]{1,2}-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$"
    r"|^(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-[0-9]{2}$"
)
ROUNDED = r"(?i)^[+-]?(?:[0-9]+(?:\.[0-9]+)?E\+[0-9]{1,3}|[0-9]+\.[0-9]+E[0-9]{1,3}|[0-9]{16,}\.0+)$"


def trimmed(cells: pl.Series) -> pl.Series:
    """The cells without what cannot be seen at their edges; empty ones are null."""
    unguarded = apply_where(cells, cells.str.starts_with("'"), lambda some: some.str.replace(GUARDED, "$1"))
    bare = unguarded.str.strip_chars(EDGES)
    return blank_where(bare, bare == "")


def half_width(cells: pl.Series) -> pl.Series:
    """The cells with full-width digits, letters and marks as half-width ones, and nothing invisible in them."""
    return apply_where(
        cells,
        cells.str.contains(MAY_CHANGE),
        lambda some: some.str.replace_all(f"[{INVISIBLE}]", "").str.normalize("NFKC").str.strip_chars(EDGES),
    )


def without_marks(cells: pl.Series) -> pl.Series:
    """The cells, null where they hold nothing but dashes and the like."""
    short = cells.str.len_bytes() <= 24
    return blank_where(cells, where(short) & where(cells.str.contains(ONLY_MARKS)))


def filled(cells: pl.Series) -> pl.Series:
    """The cells, null where they say in a word or a mark that there is nothing."""
    wordy = where(~cells.str.contains("[0-9]")) & where(cells.str.len_bytes() <= 24)
    return apply_where(cells, wordy, lambda some: without_marks(blank_where(some, some.str.contains(NOTHING))))


def rounded(cells: pl.Series) -> pl.Series:
    """Which cells a spreadsheet has rounded: what stood there before cannot be told from them."""
    return where(cells.str.contains(ROUNDED))


def compact(cells: pl.Series) -> pl.Series:
    """Half-width, upper case, without spaces, and without the `.0` of a whole number that was held as a float."""
    return apply_where(cells, cells.str.contains("[^0-9A-Z]"), _compacted)


def _compacted(cells: pl.Series) -> pl.Series:
    spaceless = unmarked(half_width(cells)).str.to_uppercase().str.replace_all(r"\s+", "")
    # Once more half-width: a mark that stood alone joins the letter that has come beside it.
    return half_width(spaceless).str.replace(r"^([0-9]{4,15})\.0$", "$1")


def unmarked(cells: pl.Series) -> pl.Series:
    """Without what tells a spreadsheet that digits are text: '0012, ="0012"."""
    return apply_where(
        cells,
        cells.str.contains(_TEXT_MARK),
        lambda some: some.str.replace(r'^="(.*)"$', "$1").str.replace(r"^['‘’`]+", ""),
    )


def refuse_rounded(cells: pl.Series) -> tuple[pl.Series, Finding]:
    """The cells without rounded numbers, and where those were."""
    mask = rounded(cells)
    return blank_where(cells, mask), Finding(mask, "rounded_number")


def read_text(cells: pl.Series, field: Field) -> Reading:
    """Free text stays as it was written."""
    present = filled(cells)
    if not field.key:
        return Reading({"": present})
    kept, finding = refuse_rounded(present)
    return Reading({"": kept}, (finding,))


def read_name(cells: pl.Series, field: Field) -> Reading:
    """Names half-width, with no space beside a Chinese character: 张 三 is 张三."""
    tidy = half_width(without_marks(cells))
    tidy = blank_where(tidy, tidy.str.contains(NOT_THERE if field.required else NO_NAME))
    tidy = apply_where(tidy, tidy.str.contains(r"\s"), _close_up)
    tidy = apply_where(tidy, tidy.str.contains(r"[•・‧∙⋅]"), lambda some: some.str.replace_all(r"[•・‧∙⋅]", "·"))
    if not field.key:
        return Reading({"": tidy})
    kept, finding = refuse_rounded(tidy)
    return Reading({"": kept}, (finding,))


def _close_up(names: pl.Series) -> pl.Series:
    beside_chinese = names.str.replace_all(r"(\p{Han})\s+", "$1").str.replace_all(r"\s+(\p{Han})", "$1")
    return beside_chinese.str.replace_all(r"\s+", " ")


def read_code(cells: pl.Series, field: Field) -> Reading:
    """Numbers of documents, batches and cases: half-width, no spaces, upper case, 〔2026〕 and [2026] as (2026)."""
    code = compact(filled(cells))
    code = apply_where(code, code.str.contains(f"[{_OPENING}{_CLOSING}]"), _round_brackets)
    kept, finding = refuse_rounded(code)
    dated = Finding(where(kept.str.contains(_DATE)), "date_number", refused=False)
    return Reading({"": kept}, (finding, dated))


def _round_brackets(codes: pl.Series) -> pl.Series:
    return codes.str.replace_all(f"[{_OPENING}]", "(").str.replace_all(f"[{_CLOSING}]", ")")
