"""The several ways in which one name comes to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.names import GIVEN, NICKNAMES, SURNAMES
from graphkit.sample.places import COUNTIES

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
        """Which spelling a department uses: always the same for one actor in one table, the right one half of the time."""
        draw = (actor * 31 + where * 17 + actor // 7) % (2 * self.count[actor])
        return np.where(draw < self.count[actor], draw, 0)

    def written(self, actor: Ints, where: int) -> pl.Series:
        """The names as a department's table has them."""
        return self.text.gather(self.start[actor] + self.variant(actor, where))


def spellings_of(
    name: pl.Series,
    company: NDArray[np.bool_],
    surname: Ints,
    first: Ints,
    second: Ints,
    spelt: Ints,
    county: Ints,
    rng: np.random.Generator,
) -> Spellings:
    """Give the chosen actors further spellings; no spelling is also another actor's."""
    taken = set(name.to_list())
    texts: list[str] = []
    count = np.ones(len(name), dtype=np.int64)
    extra: dict[int, list[str]] = {}
    for actor in spelt[:MOST_SPELT].tolist():
        if company[actor]:
            wished = _company_spellings(name[actor], COUNTIES[county[actor]].city)
        else:
            wished = _person_spellings(
                int(surname[actor]), int(first[actor]), int(second[actor]), int(rng.integers(0, len(NICKNAMES)))
            )
        extra[actor] = [text for text in dict.fromkeys(wished) if text not in taken]
        taken.update(extra[actor])
        count[actor] += len(extra[actor])
    for actor, right in enumerate(name.to_list()):
        texts.append(right)
        texts.extend(extra.get(actor, ()))
    return Spellings(pl.Series(texts), np.concatenate([[0], np.cumsum(count)[:-1]]), count)


def _person_spellings(surname: int, first: int, second: int, nickname: int) -> list[str]:
    """A homophone, the name in Latin letters, a nickname."""
    family, latin = SURNAMES[surname]
    parts = [GIVEN[first]] + ([GIVEN[second]] if second >= 0 else [])
    swapped = family + "".join(other or written for written, _, other in parts)
    roman = f"{latin} {''.join(p[1] for p in parts).capitalize()}"
    nick = NICKNAMES[nickname].format(parts[-1][0], family)
    return [swapped, roman, nick]


def _company_spellings(name: str, city: str) -> list[str]:
    """Without the legal form and the city; with the city in full."""
    short = name.removeprefix(city[:-1])
    return [short.removesuffix("有限公司"), city + short]
