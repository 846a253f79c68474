"""Identity numbers, phones and accounts: made up, with the check digits that make them valid, all different."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FIRST_BIRTHDAY = np.datetime64("1960-01-01")
BIRTHDAYS = 14_999  # days over which birthdays spread; shares no factor with STEP, so that no number comes twice
STEP = 37
_RESIDENT_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_RESIDENT_CHECK = np.array(list("10X98765432"))
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_PHONE_PREFIXES = np.array(
    [
        130,
        131,
        132,
        133,
        135,
        136,
        137,
        138,
        139,
        150,
        151,
        152,
        153,
        155,
        156,
        157,
        158,
        159,
        180,
        181,
        182,
        183,
        185,
        186,
        187,
        188,
        189,
    ]
)


def digits(numbers: Ints, width: int) -> Ints:
    """The decimal digits of each number, one row a number, the highest first."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers) % 10


def padded(numbers: Any, width: int) -> pl.Series:
    """Each number as text with leading zeros."""
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def birthdays(order: Ints) -> NDArray[np.datetime64]:
    """The birthday of the person in each place of the order."""
    days = ((order % 1000) * 7919 + (order // 1000) * STEP) % BIRTHDAYS
    return FIRST_BIRTHDAY + days.astype("timedelta64[D]")


def resident_ids(counties: Ints, order: Ints) -> pl.Series:
    """Resident ids: county of birth, birthday, a serial number odd for men, check figure."""
    born = pl.Series(birthdays(order)).dt.strftime("%Y%m%d").cast(pl.Int64).to_numpy()
    body = counties * 10**11 + born * 10**3 + order % 1000
    check = _RESIDENT_CHECK[(digits(body, 17) * _RESIDENT_WEIGHTS).sum(axis=1) % 11]
    return pl.Series(body).cast(pl.String) + pl.Series(check.astype(str))


def credit_codes(counties: Ints, order: Ints) -> pl.Series:
    """Unified social credit codes: 91, county, organisation code with a check figure of its own, check figure."""
    serial = digits((order * 7_368_787 + 104_729) % 1_000_000, 6)
    spread = order // 1_000_000  # a million companies a letter
    letters = np.stack([np.full(len(order), 22), 10 + spread], axis=1)  # M, then A, B …
    organisation = np.concatenate([letters, serial], axis=1)
    remainder = 11 - (organisation * _ORGANISATION_WEIGHTS).sum(axis=1) % 11
    own_check = np.array(list("0123456789X0"))[remainder]
    texts = (
        "91"
        + pl.Series(counties).cast(pl.String)
        + "M"
        + pl.Series(np.array(list("ABCDEFGH"))[spread])
        + pl.Series((order * 7_368_787 + 104_729) % 1_000_000).cast(pl.String).str.zfill(6)
        + pl.Series(own_check)
    )
    return texts + pl.Series([_credit_check(text) for text in texts.to_list()], dtype=pl.String)


def _credit_check(body: str) -> str:
    total = sum(_CREDIT_ALPHABET.index(c) * int(w) for c, w in zip(body, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def phones(order: Ints, shift: int = 0) -> pl.Series:
    """Mobile numbers of eleven figures; other shifts give other numbers."""
    prefix = _PHONE_PREFIXES[(order * 5 + shift) % len(_PHONE_PREFIXES)]
    return pl.Series(prefix * 10**8 + (order * 61_803_399 + 27_182_818 + shift * 10_007) % 10**8).cast(pl.String)


def accounts(issuers: Ints, order: Ints) -> pl.Series:
    """Bank accounts of nineteen figures with their Luhn figure."""
    serial = (order * 918_273_645 + 31_415_926_535) % 10**12
    body = issuers * 10**12 + serial
    figures = digits(body, 18)[:, ::-1]
    doubled = figures * np.where(np.arange(18) % 2 == 0, 2, 1)
    check = (10 - (doubled // 10 + doubled % 10).sum(axis=1) % 10) % 10
    return pl.Series(body).cast(pl.String) + pl.Series(check).cast(pl.String)
