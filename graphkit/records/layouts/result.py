"""What reading a file in another program's layout gives, and what all the layouts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import polars as pl

SHEET = "1"
ACTOR = "Actor"  # the kind of a node that is only named; it gives way to any other
LINKED = "LINKED"  # the kind of a link that does not say what it is
# States that a node exists where nothing else is said of it. Not "id": many a foreign node has a property of that name.
IDENTITY = "node_id"
_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Refusal:
    """A row or a cell that was refused ("row", "cell") or only remarked on ("note")."""

    row: int
    header: str
    value: str
    reason: str  # a code of `graphkit.records.normalise.reasons`
    refuses: str = "row"
    sheet: str = SHEET


@dataclass(frozen=True)
class LayoutResult:
    """What was found in one file: kinds of nodes and links, rows or records, how many were taken, what was not."""

    kinds: tuple[str, ...]
    rows: int
    accepted: int
    issues: list[Refusal]
    notes: tuple[str, ...] = ()

    def issues_frame(self) -> pl.DataFrame:
        """The refusals as the validators of records report theirs: row, field, header, value, reason, refuses."""
        import polars as pl

        rows = [(i.row, i.header, i.header, i.value, i.reason, i.refuses) for i in self.issues]
        names = ("row", "field", "header", "value", "reason", "refuses")
        schema = {name: pl.Int64 if name == "row" else pl.String for name in names}
        return pl.DataFrame(rows, schema=schema, orient="row")


class Stager(Protocol):
    """Takes assertions, as `graphkit.records.staging` does."""

    def add_statements(self, frame: pl.DataFrame) -> None:
        """Take rows of node, kind, property, value, sheet, row."""

    def add_links(self, frame: pl.DataFrame) -> None:
        """Take rows of link, kind, source, target, sheet, row and what else a link can carry."""


class Statements:
    """Collects statements, so that many small frames reach the stager as few large ones."""

    def __init__(self, stager: Stager) -> None:
        self._stager = stager
        self._frames: list[pl.DataFrame] = []
        self._rows = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Take rows of node, kind, property, value, row, sheet."""
        import polars as pl

        self._frames.append(frame.filter(pl.col("value").is_not_null()))
        self._rows += self._frames[-1].height
        if self._rows > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand on what was collected."""
        import polars as pl

        if self._frames:
            self._stager.add_statements(pl.concat(self._frames))
        self._frames, self._rows = [], 0


def refused(frame: pl.DataFrame, column: str, header: str, reason: str, refuses: str = "row") -> list[Refusal]:
    """One refusal for each row of the frame, with what its column holds."""
    values = frame[column].fill_null("").to_list()
    return [Refusal(row, header, value, reason, refuses) for row, value in zip(frame["row"], values, strict=True)]


def stated(nodes: pl.Expr, kind: pl.Expr, name: str, value: pl.Expr, row: pl.Expr) -> list[pl.Expr]:
    """The columns of statements that give these nodes one property."""
    import polars as pl

    return [
        nodes.alias("node"),
        kind.alias("kind"),
        pl.lit(name).alias("property"),
        value.alias("value"),
        row.alias("row"),
        pl.lit(SHEET).alias("sheet"),
    ]
