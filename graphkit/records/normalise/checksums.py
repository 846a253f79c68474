"""Check characters of resident ids (GB 11643) and unified social credit codes (GB 32100), a whole column at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

LENGTH = 18
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"  # by the weighted sum modulo 11
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CHECKS = CREDIT_ALPHABET[0] + CREDIT_ALPHABET[:0:-1]  # by the weighted sum modulo 31


def resident_check_holds(ids: pl.Series) -> NDArray[np.bool_]:
    """Whether the last character of each id is the one that its first 17 digits ask for. All are 18 characters."""
    letters = _letters(ids, LENGTH)
    return np.equal(letters[:, -1], _check(letters, "0123456789", RESIDENT_WEIGHTS, RESIDENT_CHECKS))


def resident_check(ids: pl.Series) -> list[str]:
    """The check character that belongs to each id of 17 digits."""
    return [chr(code) for code in _check(_letters(ids, LENGTH - 1), "0123456789", RESIDENT_WEIGHTS, RESIDENT_CHECKS)]


def credit_check_holds(codes: pl.Series) -> NDArray[np.bool_]:
    """The same for credit codes, of 18 characters of their alphabet."""
    letters = _letters(codes, LENGTH)
    return np.equal(letters[:, -1], _check(letters, CREDIT_ALPHABET, CREDIT_WEIGHTS, CREDIT_CHECKS))


def _letters(cells: pl.Series, length: int) -> NDArray[np.uint8]:
    joined = cells.str.join("").item() if len(cells) else ""
    return np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, length)


def _check(letters: NDArray[np.uint8], alphabet: str, weights: tuple[int, ...], checks: str) -> NDArray[np.uint8]:
    value_of = np.zeros(256, dtype=np.int64)
    value_of[np.frombuffer(alphabet.encode("ascii"), dtype=np.uint8)] = np.arange(len(alphabet))
    total = np.zeros(len(letters), dtype=np.int64)
    for position, weight in enumerate(weights):
        total += value_of[letters[:, position]] * weight
    return np.frombuffer(checks.encode("ascii"), dtype=np.uint8)[total % len(checks)]
