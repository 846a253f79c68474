"""Whom a name in Latin letters means: who had the same goods and whose Chinese name is read so.

Clerks and parcel forms write Zhang Wei or ZHANGWEI for 张伟. Every reading that a character has counts, as surnames are
read in ways of their own (曾, 单, 解); different characters are read alike, so that only the one who also had the goods
is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.entities import fold
from graphkit.analyses.parties.meant_by_name import Had
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Arrays

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}")
_LATIN = re.compile(r"[a-z]{1,12}(?:[ ,'-]+[a-z]{1,12}){0,3}")
_LETTERS = 4  # at least, of a name in Latin letters
_MOST = 64  # readings of one name


def latin_readings(name: str) -> set[str]:
    """What a name in Latin letters may read, family name first or last; none of one that is not in Latin letters.

    >>> sorted(latin_readings("Wei, ZHANG")), latin_readings("张伟")
    (['weizhang', 'zhangwei'], set())
    """
    plain = unicodedata.normalize("NFD", fold(name)).replace("u\u0308", "v")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall("[a-z]+", plain)
    if not _LATIN.fullmatch(plain) or sum(map(len, words)) < _LETTERS:
        return set()
    return {"".join(order) for order in (words, words[-1:] + words[:-1], words[1:] + words[:1])}


def chinese_readings(name: str) -> set[str]:
    """What a Chinese name of two to four characters may read in Latin letters without tones; ü is v, u or yu.

    >>> sorted(chinese_readings("吕伟"))
    ['luwei', 'lvwei', 'lyuwei']
    """
    if not _CHINESE.fullmatch(folded := fold(name).replace(" ", "")):
        return set()
    return {"".join(read) for read in islice(product(*map(_of_character, folded)), _MOST)}


@cache
def _of_character(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    read = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=True)[0]
    return tuple(dict.fromkeys(one.replace("ü", letter) for one in read for letter in ("v", "u", "yu")))


def by_reading(network: Network, names: Arrays, numbered: Mask, links: Ints, meant: Ints) -> Ints:
    """`meant` (entities,), with each entry without a number and named in Latin letters standing for whom it reads.

    That is the only one with a number, else the only one at all, whose Chinese name is read so and who had the same
    product; unless both have phones, and so none in common. `links` are deliveries, `names` the statements of names.
    """
    products = Had(network, links, meant)
    latin, chinese = _names(network, names, meant, products)
    asked = {who: read for who, read in latin.items() if not numbered[who] and who not in chinese}
    found = np.arange(len(network))
    if not asked:
        return meant
    wanted, whose = set().union(*asked.values()), defaultdict[str, set[int]](set)
    for who, written in chinese.items():
        for read in wanted.intersection(read for name in written for read in chinese_readings(name)):
            whose[read].add(who)
    phoned = np.zeros(len(network), bool)
    phoned[meant[network.links.source[network.links.of_kinds("USES")]]] = True
    for who, readings in asked.items():
        mine = products.of(who)
        alike = {other for read in readings for other in whose.get(read, ())}
        alike = {other for other in alike if products.of(other) & mine and not (phoned[who] and phoned[other])}
        known = {other for other in alike if numbered[other]} or alike
        if len(known) == 1:
            found[who] = known.pop()
    return np.asarray(found[meant], np.int64)


def _names(
    network: Network, columns: Arrays, meant: Ints, products: Had
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:  # fmt: skip
    """Of those who had anything the readings of names in Latin letters, and the Chinese names."""
    latin, chinese = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    had = np.zeros(len(network), bool)
    had[products.parties] = True
    places = network.ids.find_all(columns["node"].tolist())
    kept = np.flatnonzero((places >= 0) & had[meant[places]])
    for position, value in zip(places[kept].tolist(), columns["value"][kept].tolist(), strict=True):
        if network.kind_of(position) not in PARTY_KINDS:
            continue
        if readings := latin_readings(str(value)):
            latin[int(meant[position])] |= readings
        elif _CHINESE.fullmatch(str(value)):
            chinese[int(meant[position])].add(str(value))
    return latin, chinese
