"""What a document says twice: one line given once in grams and once in kilograms is one line, and counts once."""

from __future__ import annotations

from collections.abc import Iterable

from graphkit.model.units import convert

Line = tuple[str, str | None, float | None, float | None]
"""A line's link, its unit, and the least and the most that its rows state, in that unit."""


def told_again(lines: Iterable[Line]) -> dict[str, str]:
    """Of lines that differ by their unit of mass alone and state the same mass all but the first, each with the first.

    A line's link ends in its unit. Lines of different masses are lines of their own, for the unit tells them apart.

    >>> told_again([("OF_PRODUCT:seizure:S1|药|g", "g", 500.0, 500.0), ("OF_PRODUCT:seizure:S1|药|kg", "kg", 0.5, 0.5)])
    {'OF_PRODUCT:seizure:S1|药|kg': 'OF_PRODUCT:seizure:S1|药|g'}
    """
    first: dict[tuple[str, float, float], str] = {}
    again: dict[str, str] = {}
    for link, unit, low, high in sorted(lines, key=lambda line: line[0]):
        grams = [None if unit is None or mass is None else convert(mass, unit, "g") for mass in (low, high)]
        if grams[0] is None or grams[1] is None or not link.endswith(f"|{unit}"):
            continue
        said = (link.removesuffix(f"|{unit}"), round(grams[0], 6), round(grams[1], 6))
        if first.setdefault(said, link) != link:
            again[link] = first[said]
    return again
