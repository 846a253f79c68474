"""The errors a user can meet, in one tree.

GraphkitError                 everything below; the command line prints it in one line and exits with 1
├── InputError                a file, sheet, row or cell is at fault
│   ├── UnreadableFile        missing, encrypted, damaged, too large, not what its name says
│   ├── UnknownTable          the header fits no record kind; names the nearest and what is missing
│   │   ├── NoDirection       payments told from one side, and nothing says which way they went
│   │   └── NoTable           there is no table in the file at all
│   ├── MappingError          the mapping file is wrong
│   └── RowsRefused           rows were refused and the load was strict
├── NotFound                  no such entity, file, query, region …; names the nearest
├── RequestError              the question itself makes no sense (a bound below zero, an unknown link kind)
└── StoreError                the store is at fault
    ├── StoreMissing          nothing has been loaded there yet
    ├── StoreDamaged          an original kept there is gone or was altered
    ├── StoreInUse            another process holds it; says which
    ├── StoreVersion          written by a newer graphkit
    ├── StoreUnreachable      the server does not answer
    └── StoreRefused          user or password are wrong, or the right is missing
"""

from __future__ import annotations

from typing import Any

from graphkit.model.language import say


class GraphkitError(Exception):
    """What is wrong, where, and the nearest fix, in both languages; `str()` gives the language in use."""

    def __init__(self, english: str, chinese: str = "") -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese or english

    def __str__(self) -> str:
        return say(self.english, self.chinese)


class InputError(GraphkitError):
    """A file, sheet, row or cell is at fault."""


class UnreadableFile(InputError):
    """The file is missing, encrypted, damaged, too large or not what its name says."""


class UnknownTable(InputError):
    """The header fits no record kind."""


class NoDirection(UnknownTable):
    """A list of payments told from one side in which nothing says which way the money went."""


class NoTable(UnknownTable):
    """There is no table in the file at all."""


class MappingError(InputError):
    """The mapping file is wrong."""


class RowsRefused(InputError):
    """Rows were refused and the load was strict; `answer` is the report of what each table holds."""

    answer: Any = None


class NotFound(GraphkitError):
    """No such entity, file, query or region."""


class RequestError(GraphkitError):
    """The question itself makes no sense."""


class StoreError(GraphkitError):
    """The store is at fault."""


class StoreMissing(StoreError):
    """Nothing has been loaded there yet."""


class StoreDamaged(StoreError):
    """An original that the store keeps is gone or was altered."""


class StoreInUse(StoreError):
    """Another process holds the store."""


class StoreVersion(StoreError):
    """The store was written by a newer graphkit."""


class StoreUnreachable(StoreError):
    """The server does not answer."""


class StoreRefused(StoreError):
    """User or password are wrong, or the right is missing."""
