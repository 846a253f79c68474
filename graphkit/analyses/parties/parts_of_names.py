"""Which names a part of a name is part of: an index of every four characters that stand together in one of them.

Zobel, Moffat and Ramamohanarao (1998), Inverted files versus signature files for text indexing; of the characters of a
part the rarest four are looked up, and what stands around them is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SHORTEST = 4  # characters by which a part can stand for a name
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def wholes(parts: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each of these parts with each name that it is in, itself too; those shorter than SHORTEST with none.

    No part and no name has a line's end in it.

    >>> list(wholes(["华信国医药", "华信"], ["潮州华信国医药贸易有限公司", "华信"]))
    [('华信国医药', '潮州华信国医药贸易有限公司')]
    """
    parts = [part for part in parts if len(part) >= SHORTEST]
    if not parts or not names:
        return
    text, asked = ("\n".join(("", *some, "")) for some in (names, parts))
    key, place = _fours(text)
    order = np.argsort(key, kind="stable")
    key, place = key[order], place[order]
    sought, stands = _fours(asked)
    begin, end = (np.searchsorted(key, sought, side) for side in ("left", "right"))
    which = np.cumsum(np.frombuffer(asked.encode("utf-32-le"), np.uint32) == ord("\n"))[stands] - 1
    first = np.searchsorted(which, np.arange(len(parts)))
    by_count = np.lexsort((end - begin, which))[first]  # of each part the four that are met least
    offset = stands[by_count] - stands[first]
    for part, low, high, back in zip(
        parts, begin[by_count].tolist(), end[by_count].tolist(), offset.tolist(), strict=True
    ):
        begins = (at - back for at in place[low:high].tolist() if at > back)
        found = {_around(text, begin) for begin in begins if text.startswith(part, begin)}
        yield from ((part, name) for name in sorted(found))


def _fours(text: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Every four characters within a line as one number, and where they begin; different ones may share a number."""
    padded = text.ljust(SHORTEST, "\n")
    codes = np.frombuffer(padded.encode("utf-32-le"), np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, SHORTEST)
    place = np.flatnonzero((windows != ord("\n")).all(axis=1))
    key = np.zeros(len(place), np.uint64)
    for column in range(SHORTEST):
        key = key * _SPREAD + windows[place, column]
    return key, place


def _around(text: str, place: int) -> str:
    """The line in which this place is."""
    return text[text.rfind("\n", 0, place) + 1 : text.find("\n", place)]
