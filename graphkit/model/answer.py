"""An answer: a table with the rows it stands on, the question's parameters and the store's revision.

Everything that a person sees (terminal table, JSON, page, notebook cell) is drawn from an Answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its JSON key, type (text, integer, number, list, boolean), unit and title in both languages.

    `words` says what values of it that are words of the program are called in both languages.
    """

    name: str
    type: str = "text"
    unit: str = ""
    en: str = ""
    zh: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Answer:
    """A question's answer. A row that states a fact has `evidence`: the references of the rows behind it.

    >>> Answer("search", {"text": "Li"}, (Column("id"),), [{"id": "person:1"}]).rows[0]["id"]
    'person:1'
    """

    command: str
    parameters: Mapping[str, Any]
    columns: tuple[Column, ...]
    rows: list[Row]
    notes: tuple[str, ...] = ()
    store: str = ""
    revision: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)  # what stands beside `rows` in JSON, such as a plan's bound
    whole: Mapping[str, list[Row]] = field(default_factory=dict)  # lists that stand in JSON alone: notes tell the first

    def to_dict(self) -> dict[str, Any]:
        """The answer as the one JSON object of the command line."""
        columns = [{"name": c.name, "type": c.type, "unit": c.unit} for c in self.columns]
        if all(c.name != "evidence" for c in self.columns) and any("evidence" in row for row in self.rows):
            columns.append({"name": "evidence", "type": "list", "unit": ""})
        head = {
            "command": self.command,
            "parameters": dict(self.parameters),
            "store": self.store,
            "revision": self.revision,
        }
        return {**head, **self.facts, **self.whole, "columns": columns, "rows": self.rows, "notes": list(self.notes)}

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, evidence included."""
        import pandas as pd

        names = [c.name for c in self.columns]
        extra = ["evidence"] if any("evidence" in row for row in self.rows) and "evidence" not in names else []
        return pd.DataFrame([[row.get(n) for n in names + extra] for row in self.rows], columns=names + extra)

    def _repr_html_(self) -> str:
        from graphkit.model.rendering import to_html

        return to_html(self)
