"""Who a party is: resident ids make persons, credit codes make companies, anything else is only noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from graphkit.records.normalise.checksums import credit_check_holds, resident_check, resident_check_holds
from graphkit.records.normalise.column import Finding, Reading, apply_where, blank_where, where
from graphkit.records.normalise.text import compact, filled, refuse_rounded

if TYPE_CHECKING:
    from graphkit.model.fields import Field

# The issuing province; 83 are residents of Taiwan, 9 begins the ids of foreign permanent residents.
PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9])"
RESIDENT = rf"^{PROVINCE}[0-9]{{4}}(?:19|20)[0-9]{{9}}[0-9X]$"
OLD_RESIDENT = rf"^{PROVINCE}[0-9]{{13}}$"
CREDIT = r"^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$"
BUSINESS = r"^9[1-3]"  # registered by the market authority: where both checks hold, far likelier than a foreigner's id


def read_party_id(cells: pl.Series, field: Field) -> Reading:
    """The id in its 18 characters and the node it makes; one that fails its check stays as written, with a note."""
    present, too_round = refuse_rounded(filled(cells))
    ids = _eighteen(apply_where(compact(present), present.str.contains("[-–—－]"), _undashed))
    person, company = persons_and_companies(ids)
    columns = pl.DataFrame({"id": ids, "written": present, "person": person, "company": company}).select(
        pl.when(pl.col("person") | pl.col("company")).then("id").otherwise("written").alias("value"),
        pl.when("person")
        .then(pl.lit("person:") + pl.col("id"))
        .when("company")
        .then(pl.lit("company:") + pl.col("id"))
        .alias("node"),
    )
    note = Finding(present.is_not_null() & ~(person | company), "invalid_id", refused=False)
    return Reading({"": columns["value"], ".node": columns["node"]}, (too_round, note))


def persons_and_companies(ids: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Which of these are valid resident ids, and which valid credit codes.

    A mistyped resident id passes the other check once in 31 times. What has a province and a day of birth in their
    places is therefore no credit code, unless it begins as those of the market authority do.
    """
    formed = _checked(ids, RESIDENT, lambda some: _born(some, 6))
    person = _checked(blank_where(ids, ~formed), RESIDENT, lambda some: pl.Series(resident_check_holds(some)))
    company = _checked(ids, CREDIT, lambda some: pl.Series(credit_check_holds(some)))
    company &= ~formed | where(ids.str.contains(BUSINESS))
    return person & ~company, company


def _checked(ids: pl.Series, form: str, holds: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Which ids have the form and hold."""
    likely = where(ids.str.contains(form))
    positions = likely.arg_true()
    return likely.scatter(positions, holds(ids.gather(positions))) if len(positions) else likely


def _undashed(ids: pl.Series) -> pl.Series:
    return ids.str.replace_all("[-–—－]", "")


def _eighteen(ids: pl.Series) -> pl.Series:
    """Ids of the old form, 15 digits and two for the year, in the form of today."""
    return apply_where(ids, ids.str.contains(OLD_RESIDENT), _modern)


def _modern(old: pl.Series) -> pl.Series:
    longer = old.str.slice(0, 6) + "19" + old.str.slice(6)
    checked = longer + pl.Series(resident_check(longer), dtype=pl.String)
    return checked.zip_with(_born(checked, 6), old)


def _born(ids: pl.Series, start: int) -> pl.Series:
    return ids.str.slice(start, 8).str.to_date("%Y%m%d", strict=False).is_not_null()
