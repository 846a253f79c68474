"""Who a party is: resident ids make persons, credit codes make companies, anything else is only noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphkit.records.normalise.checksums import credit_check_holds, resident_check, resident_check_holds
from graphkit.records.normalise.column import Finding, Reading, apply_where, where
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
    person, company = residents(ids), companies(ids)
    person = person & ~(company & where(ids.str.contains(BUSINESS)))
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


def residents(ids: pl.Series) -> pl.Series:
    """Which of these are resident ids: form, a day of birth that there was, and the check character."""
    likely = where(ids.str.contains(RESIDENT))
    if not likely.any():
        return likely
    positions = likely.arg_true()
    formed = ids.gather(positions)
    return likely.scatter(positions, _born(formed, 6) & pl.Series(resident_check_holds(formed)))


def companies(ids: pl.Series) -> pl.Series:
    """Which of these are unified social credit codes."""
    likely = where(ids.str.contains(CREDIT))
    if not likely.any():
        return likely
    positions = likely.arg_true()
    return likely.scatter(positions, pl.Series(credit_check_holds(ids.gather(positions))))


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
