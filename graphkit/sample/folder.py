"""The handover folders: gives each row to its department, and remembers where every row came to stand."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.model.fields import Field
from graphkit.sample import forms
from graphkit.sample.departments import BY_CHANNEL, POSITION, Channel, Style, desks, style_of
from graphkit.sample.mess import ROUNDED_CELLS, Refusal, Refusals, cell_to_round, refused_row, rounded, spoil
from graphkit.sample.people import Actors
from graphkit.sample.plan import Plan
from graphkit.sample.tables import CsvTable, book_name, layout_of
from graphkit.sample.workbook import Sheet, Workbook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

TOTALLED = ("seizure", "stocktake", "supply_in")
TIME_COLUMNS = (
    "supplied_at",
    "sent_at",
    "paid_at",
    "started_at",
    "seized_at",
    "counted_at",
    "sampled_on",
    "bought_at",
    "opened_on",
    "reported_at",
    "transformed_at",
    "handed_over_on",
    "requested_on",
)


@dataclass
class Table:
    """One table of one department: where it goes and what it is called there."""

    target: CsvTable | Sheet
    path: str  # relative to the sample's folder
    style: Style


class Folder:
    """Everything that is written under `records`."""

    def __init__(self, root: Path, plan: Plan, actors: Actors, rng: np.random.Generator) -> None:
        self.root, self.plan, self.actors, self.rng = root, plan, actors, rng
        self.tables: dict[tuple[str, int], Table] = {}
        self.books: dict[str, Workbook] = {}
        self.desks: dict[str, list[int]] = {}
        self.refusals = Refusals(plan.refused)
        self.refused: list[dict[str, object]] = []
        self.refused_cells: list[dict[str, object]] = []
        self.cells_to_round = max(1, plan.refused // 4)
        self.repeated: list[dict[str, object]] = []
        self.totals: list[dict[str, object]] = []
        self.rows: Counter[str] = Counter()  # file → records
        self.kinds: Counter[str] = Counter()
        self.files: dict[str, set[str]] = defaultdict(set)
        self.seen: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))  # actor → spelling → rows
        self.told: dict[int, dict[str, list[str]]] = defaultdict(dict)  # delivery → channel → rows
        self.written = 0

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Give the rows of a channel to the departments of their provinces."""
        if not len(frame):
            return
        channel = BY_CHANNEL[name]
        if name not in self.desks:
            expected = self.plan.size // 5 if channel.bulk else len(frame)
            self.desks[name] = desks(channel, self.plan, expected)
        those = self.desks[name]
        at = frame.with_columns(pl.Series("_desk", np.array(those)[frame["_province"].to_numpy() % len(those)]))
        order = [c for c in TIME_COLUMNS if c in frame.columns]
        for province in sorted(set(those)):
            part = at.filter(pl.col("_desk") == province)
            if len(part):
                self._hand_over(channel, province, part.sort(order[:1], maintain_order=True) if order else part)

    def _hand_over(self, channel: Channel, province: int, frame: pl.DataFrame) -> None:
        style = style_of(channel, province)
        frame = self._graded(frame) if style.graded else frame
        table = self._table(channel, province, style, frame)
        if isinstance(table.target, Sheet) and table.target.layout.written + len(frame) > style.sheet_rows:
            room = style.sheet_rows - table.target.layout.written
            self._put(table, channel, frame[:room])
            rest = self._table(channel, province, style, frame, more=True)
            self._put(rest, channel, frame[room:])
        else:
            self._put(table, channel, frame)

    def _graded(self, frame: pl.DataFrame) -> pl.DataFrame:
        """With the two halves of the Admiralty grade; most sources are good."""
        letters = self.rng.choice(list("ABCDEF"), size=len(frame), p=[0.3, 0.32, 0.2, 0.08, 0.04, 0.06])
        figures = self.rng.choice(list("123456"), size=len(frame), p=[0.3, 0.32, 0.2, 0.08, 0.04, 0.06])
        return frame.with_columns(reliability=pl.Series(letters), credibility=pl.Series(figures))

    def _table(self, channel: Channel, province: int, style: Style, frame: pl.DataFrame, more: bool = False) -> Table:
        key = (channel.name + ("+" if more else ""), province)
        if not more and (channel.name + "+", province) in self.tables:
            key = (channel.name + "+", province)
        if key not in self.tables:
            self.tables[key] = self._open(channel, style, frame, more)
        return self.tables[key]

    def _open(self, channel: Channel, style: Style, frame: pl.DataFrame, more: bool) -> Table:
        present = {*frame.columns, *(number for _, number in channel.parties if number)}
        fields = [field for field in channel.record.every_field if field.name in present]
        layout = layout_of(style, fields)
        stem = book_name(style) + (("_more" if style.english else "_续") if more else "")
        if style.xlsx and not more:
            path = f"records/{style.folder}/{stem}.xlsx"
            book = self.books.setdefault(path, Workbook(self.root / path))
            _, modes, _ = self._text(channel, style, frame[:1])
            return Table(book.table(layout, modes, _groups(style, fields) if style.titled else []), path, style)
        path = f"records/{style.folder}/{stem}.csv"
        return Table(CsvTable(self.root / path, layout), path, style)

    def _text(self, channel: Channel, style: Style, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str], list[Field]]:
        resolved = forms.resolve(frame, style, self.where(channel, style), self.actors)
        return forms.to_text(resolved, style)

    @staticmethod
    def where(channel: Channel, style: Style) -> int:
        """The number of a department's table, on which its spelling of each actor depends."""
        return style.province * 41 + POSITION[channel.name]

    def _put(self, table: Table, channel: Channel, frame: pl.DataFrame) -> None:
        frame, repeats = self._repeat(table, channel, frame)
        text, modes, fields = self._text(channel, table.style, frame)
        text, place = self._round(table, channel, spoil(text, modes, fields, self.rng))
        rows = self._append(table, channel, text)
        if place >= 0:
            refusal = Refusal(ROUNDED_CELLS[channel.name], "rounded_number")
            self.refused_cells.append(self._noted(table, refusal, text, place, int(rows[place])))
        if repeats:
            twice = [int(rows[0]), int(rows[-1])]
            self.repeated.append({"file": table.path, "sheet": table.target.sheet, "rows": twice})
        self._count(table, channel, len(rows))
        if self.plan.tracked:
            self._track(table, channel, frame, rows)

    def _round(self, table: Table, channel: Channel, text: pl.DataFrame) -> tuple[pl.DataFrame, int]:
        """With one number, no key, as a spreadsheet rounds it, and in which row; -1 where the table keeps all."""
        if not self.cells_to_round or table.target.layout.written:
            return text, -1
        place = cell_to_round(text, channel)
        if place >= 0:
            self.cells_to_round -= 1
            column = text[ROUNDED_CELLS[channel.name]]
            text = text.with_columns(column.scatter(place, rounded(column[place])))
        return text, place

    def _repeat(self, table: Table, channel: Channel, frame: pl.DataFrame) -> tuple[pl.DataFrame, bool]:
        """In some books the first record stands twice, word for word; without a number it would be two calls."""
        careless = channel.bulk and channel.name != "call" and table.style.province % 3 == 1
        if not careless or table.target.layout.written or len(frame) < 4:
            return frame, False
        return pl.concat([frame, frame[:1]]), True

    def _append(self, table: Table, channel: Channel, text: pl.DataFrame) -> Ints:
        """Write records, and at times among them one that must be refused; returns the rows of the others."""
        refusal = self.refusals.next_for(channel, table.style.province, len(text))
        if not refusal:
            return table.target.append(text)
        bad = int(self.rng.integers(1, len(text)))
        row = refused_row(text.row(bad - 1, named=True), refusal, table.style, self.refusals.left)
        whole = pl.concat([text[:bad], pl.DataFrame([row], schema=text.schema), text[bad:]])
        rows = table.target.append(whole)
        self.refused.append(self._noted(table, refusal, whole, bad, int(rows[bad])))
        self._count(table, channel, 1)
        return np.delete(rows, bad)

    def _noted(self, table: Table, refusal: Refusal, text: pl.DataFrame, place: int, row: int) -> dict[str, object]:
        """A cell that cannot be read, as the truth tells of it; in a workbook a rounded number is a number."""
        field = refusal.field
        column = text.columns.index(field) + (1 if table.style.numbered else 0)
        if refusal.reason == "rounded_number" and isinstance(table.target, Sheet):
            table.target.numbers.add((row, column))
        return {
            "file": table.path,
            "sheet": table.target.sheet,
            "row": row,
            "kind": table.style.channel.kind,
            "field": field,
            "header": table.target.layout.headers[column],
            "value": text[field][place] or "",
            "reason": refusal.reason,
        }

    def _count(self, table: Table, channel: Channel, rows: int) -> None:
        self.rows[table.path] += rows
        self.kinds[channel.kind] += rows
        self.files[table.path].add(channel.kind)
        self.written += rows

    def _track(self, table: Table, channel: Channel, frame: pl.DataFrame, rows: Ints) -> None:
        """Remember where each actor and each delivery is told of."""
        refs = [f"{table.path}#{table.target.sheet}:{row}" for row in rows.tolist()]
        where = self.where(channel, table.style)
        for field, _ in channel.parties:
            who = frame[field].to_numpy()
            names = self.actors.spellings.written(who, where).to_list()
            for actor, name, ref in zip(who.tolist(), names, refs, strict=True):
                self.seen[actor][name].append(ref)
        if "_move" in frame.columns:
            for move, ref in zip(frame["_move"].to_list(), refs, strict=True):
                self.told[move].setdefault(channel.name, []).append(ref)

    def close(self) -> None:
        """Finish every file, some with a line of totals, which is no record."""
        for (name, _), table in self.tables.items():
            if name in TOTALLED and table.style.province % 2 == 0:
                cells = ["total" if table.style.english else "合计", *[""] * (len(table.target.layout.headers) - 1)]
                self.totals.append(
                    {"file": table.path, "sheet": table.target.sheet, "row": table.target.append_line(cells)}
                )
        for table in self.tables.values():
            if isinstance(table.target, CsvTable):
                table.target.close()
        for book in self.books.values():
            book.close()

    def described(self) -> dict[str, dict[str, object]]:
        """Every file: its FILE-ID, its kinds, its records."""
        return {
            path: {
                "file": hashlib.sha256((self.root / path).read_bytes()).hexdigest()[:12],
                "kinds": sorted(self.files[path]),
                "rows": self.rows[path],
            }
            for path in sorted(self.rows)
        }


def _groups(style: Style, fields: list[Field]) -> list[tuple[int, int, str]]:
    """Columns of one party side by side, under a heading of their own."""
    names = [field.name for field in fields]
    groups = []
    for name, number in style.channel.parties:
        if number and names.index(number) == names.index(name) + 1:
            title = f"{name} details" if style.english else f"{style.channel.record.by_name[name].zh}信息"
            groups.append((names.index(name), names.index(number), title))
    return groups
