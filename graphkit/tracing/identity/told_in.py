"""Where rows stand: in which files, and in whose statement or which book of a trader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Told(NamedTuple):
    """Which files tell of a link, and whose statements or which books these are, as far as rows say."""

    files: frozenset[str]
    books: frozenset[str] = frozenset()

    def apart(self, other: Told, at_once: bool = False) -> bool:
        """Whether the two stand in two books: neither one file, unless it holds two books, nor one book that goes on in
        another file tells of one thing twice. Between the same two parties books of one kind are one; what two files
        tell `at_once` one copied.
        """
        known = bool(self.books) and bool(other.books)
        if self.files & other.files:
            return known and not self.books & other.books
        return at_once or not known or self.books != other.books


Tellers = Callable[[Iterable[int]], dict[int, Told]]
