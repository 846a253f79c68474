"""The columns of FoodChain-Lab's tables: those of the files that were loaded, else the usual ones."""

from __future__ import annotations

from graphkit.records.layouts.canonical import number_text
from graphkit.records.layouts.foodchain_tables import TABLES, read_tables
from graphkit.store.base import Store

Columns = dict[str, str]  # name → type

USUAL: dict[str, Columns] = {
    "stations": dict.fromkeys(("ID", "Name", "Address", "type of business"), "string"),
    "deliveries": dict.fromkeys(
        ("ID", "from", "to", "Name", "Lot ID", "Lot Number", "Date Delivery", "Date Delivery Arrival", "Amount"),
        "string",
    ),
    "deliveryRelations": dict.fromkeys(("from", "to"), "string"),
}


def of_files(store: Store) -> dict[str, Columns]:
    """The columns of each table, in the order of the files that are in this layout."""
    found: dict[str, Columns] = {kind: {} for kind in TABLES}
    for record in store.files():
        if record.layout == "foodchain":
            for kind, columns in read_tables(store.content(record.file), record.name).columns.items():
                for name, type_ in columns:
                    found[kind].setdefault(name, type_)
    return {kind: columns or USUAL[kind] for kind, columns in found.items()}


def typed(text: str, kind: str) -> str | float | int | bool:
    """A value of this type; what is not of it stays text.

    >>> typed("2.50", "double"), typed("7", "int"), typed("true", "boolean"), typed("7", "string"), typed("x", "int")
    (2.5, 7, True, '7', 'x')
    """
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "string" or number_text(text) is None:
        return text
    value = float(text)
    return int(value) if kind != "double" and value.is_integer() else value
