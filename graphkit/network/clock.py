"""Moments as small whole numbers that keep their order, so that what is compared most takes the least memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAR = 2**61  # microseconds: an unknown time lies anywhere between -FAR and FAR
SECOND = 1_000_000
_WIDE = 2**62


@dataclass(frozen=True)
class Clock:
    """Numbers moments from 1 (unknown, at any time before) to `top` - 1 (unknown, at any time after).

    Moment `base` is 2 and each `unit` of microseconds one more: whole seconds as int32 where all moments are such and
    lie within 68 years, else microseconds as int64. Going back in time, number `n` is `top - n`.

    >>> clock = Clock.of(np.array([0, 5_000_000, -FAR]))
    >>> clock.numbers(np.array([-FAR, 0, 5_000_000, FAR])).tolist(), clock.moments(np.array([3, 1])).tolist() == [
    ...     1_000_000, -FAR]
    ([1, 2, 7, 2147483646], True)
    """

    base: int
    unit: int

    @classmethod
    def of(cls, *columns: NDArray[np.int64]) -> Clock:
        """The clock that numbers all moments of these columns exactly."""
        known = [column[(column > -FAR) & (column < FAR)] for column in columns]
        known = [column for column in known if len(column)]
        least = min((int(column.min()) for column in known), default=0)
        most = max((int(column.max()) for column in known), default=0)
        short = (most - least) // SECOND < np.iinfo(np.int32).max - 4
        return cls(least, SECOND if short and not any(((each - least) % SECOND).any() for each in known) else 1)

    @property
    def top(self) -> int:
        """One more than the number of what is unknown after."""
        return int(np.iinfo(np.int32).max) if self.unit == SECOND else _WIDE

    @property
    def kind(self) -> type[np.signedinteger[Any]]:
        """The type that its numbers have."""
        return np.int32 if self.unit == SECOND else np.int64

    def numbers(self, moments: NDArray[np.int64]) -> NDArray[Any]:
        """The numbers of these moments, microseconds since 1970; what lies between two takes the later one's."""
        number = np.clip(-((self.base - moments) // self.unit) + 2, 2, self.top - 2)
        number[moments <= -FAR] = 1
        number[moments >= FAR] = self.top - 1
        return number.astype(self.kind)

    def moments(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        """The moments of these numbers."""
        moment = (numbers.astype(np.int64) - 2) * self.unit + self.base
        moment[numbers <= 1] = -FAR
        moment[numbers >= self.top - 1] = FAR
        return moment

    def exact(self, moment: int) -> bool:
        """Whether this moment is a number of its own, or unknown."""
        if abs(moment) >= FAR:
            return True
        number = (moment - self.base) // self.unit
        return (moment - self.base) % self.unit == 0 and 0 <= number < self.top - 3
