"""Cells as times: each becomes the earliest and the latest moment it can mean, in China's civil time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from graphkit.records.normalise.clock import FIRST_YEAR, ISSUE, LAST_YEAR, MOMENT, resolved
from graphkit.records.normalise.column import Finding, Reading, apply_where, nulls, rest_frame, where
from graphkit.records.normalise.numerals import dates_in_digits
from graphkit.records.normalise.short_dates import bare_date, short_date
from graphkit.records.normalise.text import filled, half_width

if TYPE_CHECKING:
    from graphkit.model.fields import Field

_HOUR, _SIXTY = r"(?:[01][0-9]|2[0-3])", r"[0-5][0-9]"
_LOOSE_HOUR = r"(?:[01]?[0-9]|2[0-3])"
# What programs write: read at once and not taken apart. (form, how it is spelt, what it spans less one second)
QUICK = (
    (rf"^[0-9]{{4}}-[0-9][0-9]-[0-9][0-9]T{_HOUR}:{_SIXTY}:{_SIXTY}$", "%Y-%m-%dT%H:%M:%S", None),
    (rf"^[0-9]{{4}}-[0-9][0-9]-[0-9][0-9] {_HOUR}:{_SIXTY}:{_SIXTY}$", "%Y-%m-%d %H:%M:%S", None),
    (r"^[0-9]{4}-[0-9][0-9]-[0-9][0-9]$", "%Y-%m-%d", timedelta(days=1)),
    (rf"^[0-9]{{4}}/[0-9]{{1,2}}/[0-9]{{1,2}} {_LOOSE_HOUR}:{_SIXTY}$", "%Y/%m/%d %H:%M", None),
    (rf"^[0-9]{{4}}/[0-9]{{1,2}}/[0-9]{{1,2}} {_LOOSE_HOUR}:{_SIXTY}:{_SIXTY}$", "%Y/%m/%d %H:%M:%S", None),
    (r"^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}$", "%Y/%m/%d", timedelta(days=1)),
)

_HALF = r"(?:上午|下午|晚上|中午|凌晨|早上|[AaPp]\.?[Mm]\.?)"
_TIME_OF_DAY = (
    rf"(?P<half>{_HALF})? *(?P<hour>[0-9]{{1,2}})(?:[:时点](?:(?P<minute>[0-9]{{1,2}})"
    r"(?:[:分](?:(?P<second>[0-9]{1,2})(?:[.,](?P<fraction>[0-9]{1,9}))?秒?)?)?)?)"
    rf" *(?P<later>{_HALF})?"
)
_CLOCK = rf"(?:[T ]+{_TIME_OF_DAY})?"
_CLOSE_CLOCK = rf"(?:[T ]*{_TIME_OF_DAY})?"  # behind 日 no space is needed
_PACKED_CLOCK = r"(?:[T ]?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?:\.(?P<fraction>[0-9]{1,9}))?)?"
_ZONE = r" *(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_PACKED_DAY = "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
FORMS = (
    rf"^{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_CLOCK}{_ZONE}$",
    rf"^{_YEAR}年{_MONTH}月{_DAY}(?:[日号]{_CLOSE_CLOCK})?$",
    rf"^{_PACKED_DAY}{_PACKED_CLOCK}{_ZONE}$",
    rf"^{_PACKED_DAY}[T ]{_TIME_OF_DAY}{_ZONE}$",
    rf"^{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}(?P<turned>){_CLOCK}{_ZONE}$",
    rf"^{_YEAR}(?:[-/.]|年){_MONTH}(?:月份?)?$",
    rf"^{_YEAR}年?$",
    r"^(?P<serial>[2-7][0-9]{4}|80000)(?:\.(?P<part>[0-9]+))?$",
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# 16时许 is within that hour, 3月5日下午 within that day
_ABOUT = r"^(.*[时点分])许$|^([^:时点]*[0-9日号])\s*(?:上午|下午|晚上|中午|凌晨|早上)$"
_MONTH_NAME = rf"(?i)(?:{_MONTHS})"
# Parts of a month or year as the spans they are: 3月中旬, 2024年第一季度, 2024年上半年. 月初 and 月底 are ten days.
_PARTS_OF_TIME = (
    (r"^([0-9]{4})年([0-9]{1,2})月份?(?:上旬|初)$", "$1年$2月1日至$1年$2月10日"),
    (r"^([0-9]{4})年([0-9]{1,2})月份?中(?:旬)?$", "$1年$2月11日至$1年$2月20日"),
    (r"^([0-9]{4})年([0-9]{1,2})月份?(?:下旬|底|末)$", "$1年$2月21日至$1年$2月"),
    (r"^([0-9]{4})年?第?[一1]季度$|^([0-9]{4})[- ]?[Qq]1$", "$1$2年1月至$1$2年3月"),
    (r"^([0-9]{4})年?第?[二2]季度$|^([0-9]{4})[- ]?[Qq]2$", "$1$2年4月至$1$2年6月"),
    (r"^([0-9]{4})年?第?[三3]季度$|^([0-9]{4})[- ]?[Qq]3$", "$1$2年7月至$1$2年9月"),
    (r"^([0-9]{4})年?第?[四4]季度$|^([0-9]{4})[- ]?[Qq]4$", "$1$2年10月至$1$2年12月"),
    (r"^([0-9]{4})年?上半年$", "$1年1月至$1年6月"),
    (r"^([0-9]{4})年?下半年$", "$1年7月至$1年12月"),
)
_PART = r"[旬初中底末]$|季度$|半年$|[Qq][1-4]$"
# Two times with a stroke or a Chinese "to" between them are the span from the one to the other.
SPAN = r"^(?P<since>[0-9]{4}\D[0-9]{1,2}\D.*?)(?: *(?:至|到|~|--) *| ?/ ?)(?P<until>[0-9]{4}\D[0-9]{1,2}\D.*)$"


def read_time(cells: pl.Series, field: Field) -> Reading:
    """The earliest and the latest moment each cell can mean; equal for an instant."""
    present = filled(cells)
    quick = _quick(present)
    rest = present.is_not_null() & quick["earliest"].is_null()
    read = rest_frame(present, rest, _slow) if rest.any() else None
    earliest, latest, issue = quick["earliest"], quick["latest"], nulls(len(cells), pl.String)
    if read is not None:
        earliest, latest = earliest.zip_with(~rest, read["earliest"]), latest.zip_with(~rest, read["latest"])
        issue = read[ISSUE]
    findings = [
        Finding(where(issue == reason), reason, refused=reason != "ambiguous_date")
        for reason in ("bad_time", "no_year", "short_year", "impossible_date", "year_out_of_range", "ambiguous_date")
    ]
    return Reading({".earliest": earliest, ".latest": latest}, tuple(findings))


def _quick(cells: pl.Series) -> pl.DataFrame:
    """Cells in the forms that programs write; what is not in one, or names no day there is, stays null."""
    earliest, latest = nulls(len(cells), MOMENT), nulls(len(cells), MOMENT)
    left = cells.is_not_null()
    for form, spelt, span in QUICK:
        if not left.any():
            break
        fits = where(cells.str.contains(form)) & left
        if not fits.any():
            continue
        parsed = cells.zip_with(fits, nulls(len(cells), pl.String)).str.to_datetime(spelt, time_unit="us", strict=False)
        in_range = where(parsed.dt.year().is_between(FIRST_YEAR, LAST_YEAR))
        earliest = parsed.zip_with(in_range, earliest)
        end = parsed if span is None else parsed + span - timedelta(seconds=1)
        latest = end.zip_with(in_range, latest)
        left &= ~fits
    return pl.DataFrame({"earliest": earliest, "latest": latest})


def _slow(cells: pl.Series) -> pl.DataFrame:
    """Any other form, and why not where a cell has none: columns earliest, latest, issue."""
    tidy = dates_in_digits(half_width(cells)).str.replace(_ABOUT, "$1$2")
    tidy = apply_where(
        tidy, tidy.str.contains("年"), lambda some: some.str.replace_all(r"\s*([年月日号时分])\s*", "$1")
    )
    tidy = apply_where(tidy, tidy.str.contains(_MONTH_NAME), _numbered_months)
    tidy = apply_where(tidy, tidy.str.contains(_PART), _spanned)
    spans = where(tidy.str.contains(SPAN)) & ~where(tidy.str.contains(FORMS[0]))
    if not spans.any():
        return _single(tidy)
    ends = tidy.str.extract_groups(SPAN).struct.unnest()
    since = _single(ends["since"].zip_with(spans, tidy))
    until = _single(ends["until"].zip_with(spans, tidy))
    issue = since[ISSUE].zip_with(since[ISSUE].is_not_null(), until[ISSUE])
    return (
        pl.DataFrame({"earliest": since["earliest"], "latest": until["latest"], ISSUE: issue})
        .with_columns(
            pl.when(pl.col("latest") < pl.col("earliest")).then(pl.lit("impossible_date")).otherwise(ISSUE).alias(ISSUE)
        )
        .with_columns(_kept("earliest"), _kept("latest"))
    )


def _spanned(cells: pl.Series) -> pl.Series:
    """Ten days of a month, quarters and halves of a year as the spans they are."""
    for part, span in _PARTS_OF_TIME:
        cells = cells.str.replace(part, span)
    return cells


def _numbered_months(cells: pl.Series) -> pl.Series:
    """5 January 2023, 05-Jan-2023 and Jan 5, 2023 as 2023-1-5."""
    for number, name in enumerate(_MONTHS.split("|"), start=1):
        month = rf"(?i:{name})[a-z]*\.?"
        cells = cells.str.replace(
            rf"^([0-9]{{1,2}})(?:st|nd|rd|th)?(?:[-\s/.]*| of ){month}[-\s/.,]*([0-9]{{4}})", f"$2-{number}-$1"
        )
        cells = cells.str.replace(rf"^{month}\s*([0-9]{{1,2}})(?:st|nd|rd|th)?[\s,]+([0-9]{{4}})", f"$2-{number}-$1")
    return cells


def _why_not(cell: str) -> str:
    """What a cell in no known form lacks: its year, half of its year, or more."""
    return "no_year" if bare_date(cell) else "short_year" if short_date(cell) else "bad_time"


def _kept(name: str) -> pl.Expr:
    sound = pl.col(ISSUE).is_null() | (pl.col(ISSUE) == "ambiguous_date")
    return pl.when(sound).then(name).alias(name)


def _single(cells: pl.Series) -> pl.DataFrame:
    """Cells that each name one time."""
    left = pl.DataFrame({"cell": cells}).with_row_index("position")
    found = []
    for form in FORMS:
        fits = left.filter(pl.col("cell").str.contains(form))
        left = left.filter(~pl.col("cell").str.contains(form))
        if len(fits):
            parts = fits["cell"].str.extract_groups(form).struct.unnest()
            found.append(resolved(parts).insert_column(0, fits["position"]))
    strange = left.select(
        "position", pl.lit(None, MOMENT).alias("earliest"), pl.lit(None, MOMENT).alias("latest"),
        pl.col("cell").map_elements(_why_not, return_dtype=pl.String).alias(ISSUE),
    )  # fmt: skip
    return pl.concat([*found, strange]).sort("position").drop("position")
