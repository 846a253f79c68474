"""A small case for pages: suspects, a den, a seizure, hostile names, rows that disagree, and parallel links."""

from __future__ import annotations

import csv
from pathlib import Path

from graphkit import Casebook
from graphkit import open as open_casebook

IMAGE = "<img src=x onerror=\"document.title='owned'\">"
SCRIPT = "</script><script>document.title='owned'</script>"
LINK = '<a href="https://example.org/owned">李</a>'
SUSPECT = "person:11010519491231002X"

_ID = SUSPECT.partition(":")[2]
_SUPPLY = ("supply_id", "seller", "seller_id", "buyer", "product", "quantity", "unit", "supplied_at")
_TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "people.csv": (
        ("id_number", "name", "phone", "case", "role"),
        (_ID, "李伟", "13800138000", "A1", "boss"),
        ("", LINK, "13800138000", "A1", "courier"),
    ),
    "people2.csv": (("id_number", "name", "case"), (_ID, "李玮", "A1")),
    "places.csv": (
        ("place_id", "name", "type", "address", "controller", "controller_id"),
        ("P1", "旧仓库", "storage", "幸福路1号", "李伟", _ID),
    ),
    "seizures.csv": (
        ("seizure_id", "case", "seized_at", "place_id", "holder", "holder_id", "product", "quantity", "unit"),
        ("S1", "A1", "2024-01-24", "P1", "李伟", _ID, "Pills", "20", "box"),
    ),
    "supply.csv": (
        _SUPPLY,
        ("D1", "李伟", _ID, IMAGE, "Pills", "1", "box", "2024-02-01"),
        ("D2", "李伟", _ID, IMAGE, "Pills", "2000", "box", "2024-02-02"),
        ("D9", SCRIPT, "", "李伟", "Pills", "3", "box", "2024-02-09"),
        ("D9", SCRIPT, "", "李伟", "Pills", "4", "box", "2024-02-09"),
    ),
}


def casebook(folder: Path) -> Casebook:
    """The case, loaded into a casebook in this folder."""
    (folder / "records").mkdir(parents=True)
    for name, rows in _TABLES.items():
        with (folder / "records" / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    opened = open_casebook(folder / "casebook")
    opened.load(folder / "records")
    return opened
