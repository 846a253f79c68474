"""What a trace has found out: states, when they can be, and by which link from which other state."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Labels:
    """States, one an entry, all of shape (labels,): at `node` is what `carried` says, arrived between `lo` and `hi`.

    It came by `link` (-1 at the start) from the label `parent`; `score` is that step's. Going back all times are
    negated, so that both directions are one.
    """

    node: Whole
    carried: Whole
    lo: Whole
    hi: Whole
    link: Whole
    parent: Whole
    score: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.node)

    def take(self, chosen: NDArray[Any]) -> Labels:
        """Some of them."""
        return Labels(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def joined(cls, parts: list[Labels]) -> Labels:
        """All of them in one."""
        if not parts:
            return cls.empty()
        columns: list[Any] = [np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls)]
        return cls(*columns)

    @classmethod
    def empty(cls) -> Labels:
        """None at all."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing, nothing, nothing, nothing, nothing, np.empty(0))

    @classmethod
    def made(cls, node: Any, carried: Any, lo: Any, hi: Any, link: Any, parent: Any, score: Any) -> Labels:
        """From columns, or single values that stand for all entries."""
        columns = np.broadcast_arrays(node, carried, lo, hi, link, parent)
        every: list[Any] = [np.array(column, np.int64) for column in columns]
        every.append(np.array(np.broadcast_to(score, columns[0].shape), np.float64))
        return cls(*every)
