"""An answer as a table for the terminal, aligned where Chinese characters are two columns wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphkit.model.answer import Answer, Column
from graphkit.model.language import say
from graphkit.model.rendering.cells import cell, columns_of, in_lines, title
from graphkit.model.rendering.width import pad, visible, width, wrap
from graphkit.model.rendering.words import beside

GAP = 2
NARROWEST = 8
NOTES = 20
Lines = list[list[str]]  # of one row: for each column the lines of its cell


def to_table(answer: Answer, columns: int | None = None) -> str:
    """The table, what it says beside its rows, and the notes. `columns` is the terminal's width; None does not wrap."""
    shown = _without_empty(answer, columns_of(answer))
    parts = [_table(answer, shown, columns)] if answer.rows else [say("Nothing found.", "没有结果。")]
    told = ((beside(name), line) for name, value in answer.facts.items() for line in in_lines(value, name) if line)
    parts += [f"{name}: {visible(line)}" for name, line in told]
    if answer.notes:
        parts += ["", *(_note(note, columns) for note in _few(answer.notes))]
    return "\n".join(parts) + "\n"


def _few(notes: Sequence[str]) -> list[str]:
    """The notes that a person reads; a load of a thousand files has more."""
    more = len(notes) - NOTES
    if more <= 0:
        return list(notes)
    rest = say(f"and {more} more notes: --format json has them all", f"另有 {more} 条提示：--format json 可查看全部")
    return [*notes[:NOTES], rest]


def _note(note: str, columns: int | None) -> str:
    return "\n  ".join(wrap("* " + visible(note), columns - 2 if columns else 10**9))


def _without_empty(answer: Answer, columns: list[Column]) -> list[Column]:
    """Only columns in which something stands, and evidence only where a row is not its own evidence: width is dear."""
    references = any(one.name == "ref" for one in columns)
    shown = [one for one in columns if one.name != "evidence" or not references]
    return [one for one in shown if any(row.get(one.name) not in (None, "", [], {}) for row in answer.rows)]


def _table(answer: Answer, shown: list[Column], columns: int | None) -> str:
    titles = [visible(title(one)) for one in shown]
    texts = [[visible(cell(row.get(one.name), one)) for one in shown] for row in answer.rows]
    if columns and _too_narrow(titles, columns):
        return _blocks(titles, texts, columns)
    widths = [max(width(line) for row in [titles, *texts] for line in row[i].split("\n")) for i in range(len(shown))]
    if columns:
        widths = fitted(widths, columns)
    right = [one.type in ("integer", "number") for one in shown]
    rule = [["─" * one] for one in widths]
    rows = [[wrap(text, w) for text, w in zip(row, widths, strict=True)] for row in [titles, *texts]]
    return "\n".join(_line(row, widths, right) for row in [rows[0], rule, *rows[1:]])


def _too_narrow(titles: list[str], columns: int) -> bool:
    return sum(max(NARROWEST, width(title)) + GAP for title in titles) - GAP > columns


def _blocks(titles: list[str], texts: list[list[str]], columns: int) -> str:
    """Each row by itself, one line a column: for a terminal that is too narrow for all columns side by side."""
    left = max(map(width, titles))
    return "\n\n".join("\n".join(_block(titles, row, left, columns)) for row in texts)


def _block(titles: list[str], row: list[str], left: int, columns: int) -> Iterator[str]:
    for title_, text in zip(titles, row, strict=True):
        for i, line in enumerate(wrap(text, columns - left - GAP) if text else ()):
            yield pad("" if i else title_, left + GAP) + line


def _line(row: Lines, widths: list[int], right: list[bool]) -> str:
    lines = []
    for i in range(max(map(len, row), default=0)):
        parts = [pad(c[i] if i < len(c) else "", w, r) for c, w, r in zip(row, widths, right, strict=True)]
        lines.append((" " * GAP).join(parts).rstrip())
    return "\n".join(lines)


def fitted(widths: list[int], columns: int) -> list[int]:
    """The widths cut down to fit, the widest first; nothing gets too narrow to read.

    >>> fitted([5, 40, 60], 80)
    [5, 36, 35]
    """
    widths = list(widths)
    excess = sum(widths) + GAP * (len(widths) - 1) - columns
    while excess > 0:
        widest = max(range(len(widths)), key=lambda i: (widths[i], i))
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
        excess -= 1
    return widths
