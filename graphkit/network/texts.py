"""A column of texts that costs nothing to open: one UTF-8 blob and the place where each text begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MANY = 1000  # texts to look for; beyond, reading the whole column once is quicker


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts by position: `blob` holds them one after another, with a NUL byte between; text `i` begins at `offsets[i]`.

    Shapes: `blob` (bytes,) uint8; `offsets` (texts + 1,) int64.

    >>> names = Texts.of(["an", "zhou", "李伟"])
    >>> names[2], len(names), names.find("zhou"), names.find("bo")
    ('李伟', 3, 1, -1)
    """

    blob: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """The column of these texts, in this order."""
        joined = "\0".join(texts).encode()
        blob = np.frombuffer(joined, np.uint8)
        ends = np.flatnonzero(blob == 0)
        if len(ends) == len(texts) - 1:
            ends = np.append(ends, len(blob))
        else:  # none at all, or a text that itself holds a NUL
            ends = np.cumsum([len(text.encode()) + 1 for text in texts], dtype=np.int64) - 1
        return cls(blob, np.concatenate(([0], ends + 1)).astype(np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, position: int) -> str:
        return self._bytes(position).decode()

    def __iter__(self) -> Iterator[str]:
        return (self[i] for i in range(len(self)))

    def take(self, positions: Iterable[int]) -> list[str]:
        """The texts at these positions."""
        return [self[int(i)] for i in positions]

    def find(self, text: str) -> int:
        """The position of the text in a sorted column, by binary search; -1 where it is not there."""
        low = self._not_below(text.encode())
        return low if low < len(self) and self[low] == text else -1

    def find_all(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The positions of these texts in a sorted column, -1 where one is not there.

        >>> Texts.of(["an", "bo"]).find_all(["bo", "cy"]).tolist()
        [1, -1]
        """
        if len(texts) < _MANY:
            return np.array([self.find(text) for text in texts], np.int64)
        whole = self.blob.tobytes().decode().split("\0")
        place = {text: at for at, text in enumerate(whole if len(whole) == len(self) else self)}
        return np.array([place.get(text, -1) for text in texts], np.int64)

    def equal_to(self, text: str) -> NDArray[np.int64]:
        """The positions of all texts equal to this one, in any column.

        >>> Texts.of(["b", "a", "ba", "b"]).equal_to("b").tolist()
        [0, 3]
        """
        wanted = np.frombuffer(text.encode(), np.uint8)
        found = np.flatnonzero(np.diff(self.offsets) == len(wanted) + 1)
        for place, letter in enumerate(wanted.tolist()):
            found = found[self.blob[self.offsets[found] + place] == letter]
        return found

    def beginning(self, prefix: str) -> slice:
        """Where the texts of a sorted column stand that begin so.

        >>> Texts.of(["a", "b:1", "b:2", "c"]).beginning("b:")
        slice(1, 3, None)
        """
        return slice(self._not_below(prefix.encode()), self._not_below(prefix.encode() + b"\xff"))

    def _not_below(self, wanted: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _bytes(self, position: int) -> bytes:
        return self.blob[self.offsets[position] : self.offsets[position + 1] - 1].tobytes()
