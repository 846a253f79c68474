"""What identifies things and not people: accounts, number plates, administrative divisions."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.nodes import HOME_PREFIX
from graphkit.records.normalise.column import Finding, Reading, apply_where, blank_where, where
from graphkit.records.normalise.text import compact, filled, half_width, refuse_rounded

if TYPE_CHECKING:
    from graphkit.model.fields import Field

ACCOUNT = r"^(?:[A-Z0-9]{5,34}|[^\s*＊?]{4,64})$"  # bank accounts and cards; handles; masked ones tell no account
WALLET = r"^1[3-9][0-9]{9}$"  # an account with a payment service that is opened under a mobile phone's number
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER, _SIGN = "A-HJ-NP-Z", "A-HJ-NP-Z0-9"
PLATES = (
    rf"[{_PROVINCES}][{_LETTER}][{_SIGN}]{{4}}[{_SIGN}挂学警港澳领试超]",
    rf"[{_PROVINCES}][{_LETTER}](?:[A-HJK][{_SIGN}][0-9]{{4}}|[0-9]{{5}}[A-HJK])",  # new energy
    r"使[0-9]{6}|[0-9]{6}使",
    rf"WJ[{_PROVINCES}]?[0-9]{{4}}[{_SIGN}]",
    r"[A-Z]{2}[0-9]{5}",  # armed forces
    r"[A-Z0-9]{4,10}",  # abroad
)
PLATE = "^(?:" + "|".join(PLATES) + ")$"
DIVISION = r"^[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?(?:\.0)?$"
SHORT_DIVISION = r"^[0-9]{2}(?:[0-9]{2})?$"


def read_account(cells: pl.Series, field: Field) -> Reading:
    """The account without spaces and dashes, in upper case; an e-mail address keeps its dashes."""
    present, too_round = refuse_rounded(filled(cells))
    account = compact(present)
    account = blank_where(account, _zeros(account))
    dashed = account.str.contains(r"[-–—]") & ~account.str.contains("@", literal=True)
    account = apply_where(account, dashed, lambda some: some.str.replace_all(r"[-–—]", ""))
    reading = _checked(account, account.str.contains(ACCOUNT), "invalid_account", too_round)
    wallet = pl.lit(HOME_PREFIX) + pl.col("account")
    phones = account.alias("account").to_frame().select(pl.when(pl.col("account").str.contains(WALLET)).then(wallet))
    return dataclasses.replace(reading, columns={**reading.columns, ".phone": phones.to_series()})


def _zeros(accounts: pl.Series) -> pl.Series:
    """Which cells hold noughts for want of an account: where others are short numbers as well, 0 is one of them."""
    noughts = where(accounts.str.contains("^0+$"))
    short = where(accounts.str.contains("^[0-9]{1,4}$")) & ~noughts
    return noughts & (not short.any())


def read_plate(cells: pl.Series, field: Field) -> Reading:
    """The plate in upper case without separators."""
    present, too_round = refuse_rounded(filled(cells))
    plate = compact(present)
    plate = apply_where(plate, plate.str.contains(r"[-–—·•・.]"), lambda some: some.str.replace_all(r"[-–—·•・.]", ""))
    return _checked(plate, plate.str.contains(PLATE), "invalid_plate", too_round)


def read_region(cells: pl.Series, field: Field) -> Reading:
    """The six-digit division code; a division's name stays as written, and is no fault."""
    present, too_round = refuse_rounded(filled(cells))
    tidy = half_width(present)
    code = apply_where(tidy, tidy.str.contains(DIVISION), lambda some: some.str.slice(0, 6))
    code = apply_where(code, code.str.contains(SHORT_DIVISION), lambda some: some.str.pad_end(6, "0"))
    valid = code.str.contains(r"^[1-9][0-9]{5}$")
    wrong = where(~valid) & ~where(code.str.contains(r"\p{Han}"))
    return Reading({"": code, ".valid": valid}, (too_round, Finding(wrong, "invalid_region", refused=False)))


def _checked(value: pl.Series, valid: pl.Series, reason: str, too_round: Finding) -> Reading:
    note = Finding(value.is_not_null() & ~where(valid), reason, refused=False)
    return Reading({"": value, ".valid": valid}, (too_round, note))
