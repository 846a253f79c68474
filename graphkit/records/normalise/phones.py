"""Phone numbers in their international form (E.164), numbers without a country being Chinese."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from graphkit.model.nodes import HOME_PREFIX
from graphkit.records.normalise.column import Finding, Reading, nulls, rest_frame, where
from graphkit.records.normalise.text import filled, half_width, refuse_rounded, unmarked

if TYPE_CHECKING:
    from graphkit.model.fields import Field

COUNTRY = "CN"
# What a number may look like; anything else (two numbers in a cell, words) is not for guessing.
WRITTEN = r"^\+?[0-9\s().\-/‐–—]*[0-9]$"
WHOSE = r"\s*\([^0-9()]{1,8}\)$|^本人[:：]?"
EXTENSION = r"(?i)(?:转|分机|ext\.?|x|#)\s*[0-9]{1,6}$"
DASHED_EXTENSION = r"^(0[0-9]{2,3}-[0-9]{7,8})-[0-9]{1,6}$"


def read_phone(cells: pl.Series, field: Field) -> Reading:
    """The number as +86…; one that cannot be dialled stays as written."""
    present, too_round = refuse_rounded(filled(cells))
    number = _mobile(present)
    rest = present.is_not_null() & number.is_null()
    if rest.any():
        number = number.zip_with(~rest, rest_frame(present, rest, _parsed)["number"])
    valid = number.is_not_null()
    value = number.zip_with(valid, present)
    note = Finding(present.is_not_null() & ~valid, "invalid_phone", refused=False)
    return Reading({"": value, ".valid": _only(valid, present)}, (too_round, note))


def _only(valid: pl.Series, present: pl.Series) -> pl.Series:
    """Valid or not where there is a value, else null."""
    return pl.select(pl.when(present.is_not_null()).then(valid)).to_series()


def _mobile(cells: pl.Series) -> pl.Series:
    """Plain Chinese mobile numbers, nearly all of a call record, by the library's own pattern for them."""
    return HOME_PREFIX + cells.str.extract(rf"^(?:\+?86|0086)?({_mobile_pattern()})$", 1)


@cache
def _mobile_pattern() -> str:
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(COUNTRY)
    mobile = metadata.mobile if metadata else None
    pattern = str(mobile.national_number_pattern) if mobile else "a^"  # matches nothing: the slow way answers all
    return pattern.replace(r"\d", "[0-9]")  # polars takes \d for any script's digit


def _parsed(cells: pl.Series) -> pl.DataFrame:
    """Every other form, cell by cell."""
    tidy = (
        unmarked(half_width(cells))
        .str.replace(WHOSE, "")
        .str.replace(EXTENSION, "")
        .str.replace(DASHED_EXTENSION, "$1")
    )
    tidy = tidy.str.replace(r"^([0-9]{4,15})\.0$", "$1").str.strip_chars()
    likely = tidy.zip_with(where(tidy.str.contains(WRITTEN)), nulls(len(tidy), pl.String))
    return pl.DataFrame({"number": pl.Series([_dialled(cell) for cell in likely], dtype=pl.String)})


def _dialled(written: str | None) -> str | None:
    import phonenumbers

    if written is None:
        return None
    try:
        number = phonenumbers.parse(written, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
