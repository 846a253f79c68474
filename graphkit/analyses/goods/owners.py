"""Whose stock it is: parties that rows name differently, and the places that they control, as one owner each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.model.nodes import PLACE

if TYPE_CHECKING:
    from graphkit.analyses.goods.lines import Line
    from graphkit.analyses.parties.labels import Labels

_NUMBERED = ("person:", "company:")


class Owners:
    """Which parties and places hold one stock.

    A place's stock is its controllers'. Parties that share a name or a phone are one, unless both have an official
    number: then the rows say that they are two. Names decide before phones, these before aliases. Nothing is merged in
    the casebook. `labels` are of all parties that have goods, so that what is one owner does not depend on the goods.
    """

    def __init__(self, lines: Iterable[Line], labels: Labels) -> None:
        ends = sorted({end for line in lines for end in (*line.giver, *line.taker)} | labels.known.keys())
        self._parent = {end: end for end in ends}
        self._numbers = {end: {end} if _numbered(end) else set[str]() for end in ends}
        for line in lines:
            for side in (line.giver, line.taker):
                if any(map(_is_place, side)) and line.transformation:
                    self._join_all(sorted(side), always=True)
        told: dict[tuple[int, str], list[str]] = {}
        for end in ends:
            for label in labels.known.get(end, ()) if not _is_place(end) else ():  # of one name there are many places
                told.setdefault(label, []).append(end)
        for label in sorted(told):
            self._join_all(told[label], always=False)
        self._names = self._named(ends)

    def of(self, ends: Iterable[str]) -> str | None:
        """Who owns what these ends hold, by the id that tells most; None where there are none.

        Of several owners the party comes before the place.
        """
        owners = sorted({self._names[self._root(end)] for end in ends}, key=_telling)
        return owners[0] if owners else None

    def knows(self, end: str) -> bool:
        """Whether any line is about this party or place."""
        return end in self._parent

    def told_as(self) -> list[list[str]]:
        """The parties that were taken as one, each group sorted."""
        groups: dict[str, list[str]] = {}
        for end in sorted(self._parent):
            groups.setdefault(self._root(end), []).append(end)
        return [group for group in groups.values() if len(group) > 1]

    def _named(self, ends: list[str]) -> dict[str, str]:
        names: dict[str, str] = {}
        for end in ends:
            root = self._root(end)
            names[root] = min(names.get(root, end), end, key=_telling)
        return names

    def _join_all(self, ends: list[str], always: bool) -> None:
        numbers = set().union(*(self._numbers[self._root(end)] for end in ends))
        if always or len(numbers) <= 1:
            for end in ends[1:]:
                self._join(ends[0], end)

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        if first != second:
            self._parent[second] = first
            self._numbers[first] |= self._numbers[second]

    def _root(self, end: str) -> str:
        while self._parent[end] != end:
            self._parent[end] = self._parent[self._parent[end]]
            end = self._parent[end]
        return end


def _numbered(end: str) -> bool:
    return end.startswith(_NUMBERED) and "#" not in end


def _telling(end: str) -> tuple[int, str]:
    """Official numbers before other parties, these before places."""
    return 0 if _numbered(end) else 2 if _is_place(end) else 1, end


def _is_place(end: str) -> bool:
    return end.startswith(f"{PLACE.prefix}:")
