"""What stands behind a link besides its own rows: links of the store that tell of the same payment or call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.network.texts import Texts

Key = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Repeats:
    """Columns of shape (repeats,), sorted by `link`, the position of the link that stands for them all.

    `ids`, `source` and `target` are what the store calls each of them and its ends.
    """

    link: NDArray[np.int32]
    ids: Texts
    source: Texts
    target: Texts

    @classmethod
    def none(cls) -> Repeats:
        """Of a network in which nothing is told twice."""
        return cls(np.empty(0, np.int32), Texts.of([]), Texts.of([]), Texts.of([]))

    @classmethod
    def of(cls, stands: Mapping[Key, Sequence[Key]], position: Callable[[Key], int]) -> Repeats:
        """From the keys of the links that stand for others; `position` gives where the network has a link."""
        found = sorted((position(key), other) for key, others in stands.items() for other in others)
        columns = [Texts.of([other[part] for _, other in found]) for part in range(3)]
        return cls(np.array([link for link, _ in found], np.int32), *columns)

    def __len__(self) -> int:
        return len(self.link)

    def of_link(self, link: int) -> list[Key]:
        """The keys of what this link stands for besides itself."""
        if not len(self.link):
            return []
        begin, end = np.searchsorted(self.link, [link, link + 1]).tolist()
        return [(self.ids[i], self.source[i], self.target[i]) for i in range(begin, end)]
