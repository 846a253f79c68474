"""How an answer is shown: a table on the terminal, one JSON object, CSV, a table in a notebook."""

from __future__ import annotations

from graphkit.model.rendering.delimited import to_csv
from graphkit.model.rendering.html import to_html
from graphkit.model.rendering.plain import plain, to_json
from graphkit.model.rendering.table import to_table

__all__ = ["plain", "to_csv", "to_html", "to_json", "to_table"]
