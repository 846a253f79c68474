"""Other people's layouts, one file each: how each is recognised and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.records.layouts import edges, epcis, foodchain, graphml, matrix, neo4j_admin
from graphkit.records.layouts.edge_columns import is_edge_name
from graphkit.records.layouts.result import LayoutResult, Refusal, Stager
from graphkit.records.layouts.table import SAMPLE_BYTES, sample_of

__all__ = ["LAYOUTS", "Layout", "LayoutResult", "Refusal", "Stager", "detect"]

_WIDEST_RECORD = 200  # columns; no record has so many, and to compare thousands of names takes long


@dataclass(frozen=True)
class Layout:
    """One layout: its name and titles, how a file in it is recognised and read, and how its rows are shown."""

    name: str
    en: str
    zh: str
    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, str, Stager], LayoutResult]
    cells: Callable[[bytes, str, set[int]], dict[int, dict[str, str]]]  # content, name, rows → the very rows
    about: str = ""  # what its records assert, for the documentation


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "neo4j-admin", "Neo4j import csv", "Neo4j 导入 csv", neo4j_admin.recognises, neo4j_admin.read, neo4j_admin.cells
    ),
    Layout("graphml", "GraphML", "GraphML", graphml.recognises, graphml.read, graphml.cells),
    Layout(
        "epcis", "GS1 EPCIS 2.0 (JSON)", "GS1 EPCIS 2.0（JSON）", epcis.recognises, epcis.read, epcis.cells, epcis.ABOUT
    ),
    Layout(
        "foodchain",
        "FoodChain-Lab JSON",
        "FoodChain-Lab JSON",
        foodchain.recognises,
        foodchain.read,
        foodchain.cells,
        foodchain.ABOUT,
    ),
    Layout("matrix", "adjacency matrix", "邻接矩阵", matrix.recognises, matrix.read, matrix.cells),
    Layout("edges", "edge list", "边列表", edges.recognises, edges.read, edges.cells),
)


def detect(path: Path, fits_a_record: Callable[[Sequence[str]], bool]) -> Layout | None:
    """The layout that a file is in beyond doubt; None where it is a table of records or could be anything.

    `fits_a_record` says whether a row of cells is the header of some kind of record: such a file is never an edge
    list or a matrix, however much it looks like one.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    for layout in LAYOUTS:
        if layout.name == "matrix" and _holds_records(head, fits_a_record):
            return None
        if layout.recognises(path, head):
            return layout
    return None


def _holds_records(head: bytes, fits_a_record: Callable[[Sequence[str]], bool]) -> bool:
    rows = sample_of(head, is_edge_name)
    return any(fits_a_record(row) for row in rows if 1 < len(row) <= _WIDEST_RECORD)
