"""The several ways in which one name comes to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.names import GIVEN, NICKNAMES, SURNAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

MOST_SPELT = 4000  # actors with more than one spelling; beyond that a larger sample has no more of them


@dataclass(frozen=True)
class Spellings:
    """All spellings one after the other; actor i owns `count[i]` of them from `start[i]`, the right one first."""

    text: pl.Series
    start: Ints
    count: Ints

    def of(self, actor: int) -> list[str]:
        """Every spelling of one actor."""
        return self.text.slice(int(self.start[actor]), int(self.count[actor])).to_list()

    def variant(self, actor: Ints, where: int) -> Ints:
        """Which spelling a department uses: one for an actor in a table, the right one half of the time."""
        draw = (actor * 31 + where * 17 + actor // 7) % (2 * self.count[actor])
        return np.where(draw < self.count[actor], draw, 0)

    def written(self, actor: Ints, where: int) -> pl.Series:
        """The names as a department's table has them."""
        return self.text.gather(self.start[actor] + self.variant(actor, where))


@dataclass(frozen=True)
class NameParts:
    """What persons' names are made of: places in SURNAMES and GIVEN; -1 where there is no second character."""

    surname: Ints
    first: Ints
    second: Ints

    def names(self) -> pl.Series:
        """The names in full."""
        given = pl.Series([*(g[0] for g in GIVEN), ""])
        second = given.gather(np.where(self.second < 0, len(GIVEN), self.second))
        return pl.Series([s[0] for s in SURNAMES]).gather(self.surname) + given.gather(self.first) + second

    def spellings(self, person: int, nickname: int) -> list[str]:
        """A homophone, the name in Latin letters, a nickname."""
        family, latin = SURNAMES[self.surname[person]]
        places = [int(self.first[person]), int(self.second[person])]
        parts = [GIVEN[place] for place in places if place >= 0]
        swapped = family + "".join(other or written for written, _, other in parts)
        roman = f"{latin} {''.join(p[1] for p in parts).capitalize()}"
        return [swapped, roman, NICKNAMES[nickname].format(parts[-1][0], family)]


def spellings_of(name: pl.Series, parts: NameParts, cities: dict[int, str], spelt: Ints, nicknames: Ints) -> Spellings:
    """Give the chosen actors further spellings; none is also another's. `cities`: of those that are companies."""
    taken = set(name.to_list())
    texts: list[str] = []
    count = np.ones(len(name), dtype=np.int64)
    extra: dict[int, list[str]] = {}
    for actor, nickname in zip(spelt[:MOST_SPELT].tolist(), nicknames.tolist(), strict=False):
        city = cities.get(actor)
        wished = _company_spellings(name[actor], city) if city else parts.spellings(actor, nickname)
        extra[actor] = [text for text in dict.fromkeys(wished) if text not in taken]
        taken.update(extra[actor])
        count[actor] += len(extra[actor])
    for actor, right in enumerate(name.to_list()):
        texts.append(right)
        texts.extend(extra.get(actor, ()))
    return Spellings(pl.Series(texts), np.concatenate([[0], np.cumsum(count)[:-1]]), count)


def _company_spellings(name: str, city: str) -> list[str]:
    """Without the legal form and the city; with the city in full."""
    short = name.removeprefix(city[:-1])
    return [short.removesuffix("有限公司"), city + short]
