"""Payments that were taken back: 冲正, 退汇 or "reversal" beside a line says that an earlier one came to nothing.

Such a line stands in a statement as one in the other direction, between the same two and of the same amount. Neither
it nor the payment that it reverses moved money: both are left out of the network and stand in the rejects file. A
refund (退款) is money that was paid and came back: it is no reversal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphkit.model.language import say
from graphkit.records.normalise.frame import EXTRA

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.recognition import Recognised

_KIND = "payment"
_Line = dict[str, Any]
_SOON = timedelta(days=31)  # a bank sends a transfer back within days; what comes later is told as a payment of its own
_SAID_IN = ("memo", "note", "channel", "state")
_WORD = r"(?:冲正|冲账|冲帐|抹账|抹帐|红冲|冲红|冲销|退汇|撤销)"
_SAYS = (  # of the line that takes back
    rf"(?i)^\W*(?:[^未非不无拒后已被]{{0,8}})(?:{_WORD}|(?:汇款|转账|来账|往账)退回)"
    r"(?:交易|业务|流水|入账|转入|退回|退款|处理|来账|往账|款|原\w{0,6})*(?:[\s\W].*)?$|"
    r"(?i)^\W*(?:(?:auto(?:matic)?|payment|transfer|wire|transaction|card|bank|system|correction|entry|credit)\W+){0,3}"
    r"(?:reversal|reversing|charge\W?back|recall(?:ed)?|returned (?:payment|transfer|wire|item)|"
    r"(?:payment|transfer|wire) returned)\b"
)
_HINT = r"[冲撤退抹]|(?i:revers|charge|recall|return)"  # few lines have any, and the whole patterns take long
_UNDONE = rf"(?i)^\W*(?:\d\W?)?(?:已经?被?|被){_WORD}\W*$|^reversed$"  # of the line that was taken back
_LISTED = 10
_ENDS = ("payer", "payee")


def taken_back(
    frame: pl.DataFrame, issues: pl.DataFrame, recognised: Recognised, sheet: str
) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """The normalised rows without payments that were taken back, the issues with both rows of each, and notes."""
    import polars as pl

    if recognised.kind.name != _KIND:
        return frame, issues, []
    back, undone = (_any_says(frame, pattern) for pattern in (_SAYS, _UNDONE))
    if not (back | undone).any():
        return frame, issues, []
    pairs = _pairs(frame.with_columns(back=back & ~undone))
    alone = [row for row in frame.filter(back & ~undone)["row"].to_list() if row not in pairs]
    gone = sorted({*pairs, *pairs.values(), *frame.filter(undone)["row"].to_list()})
    refused = pl.DataFrame({"row": gone}, {"row": pl.Int64}).select(
        "row",
        field=pl.lit("amount"),
        header=pl.lit(""),
        value=pl.lit(""),
        reason=pl.lit("taken_back"),
        refuses=pl.lit("row"),
    )
    issues = pl.concat([issues, refused.select(issues.columns)])
    return frame.filter(~pl.col("row").is_in(gone)), issues, _notes(sheet, gone, alone)


def _any_says(frame: pl.DataFrame, pattern: str) -> pl.Series:
    """Which rows say so in a cell where banks write such things, or in a column that the kind does not know."""
    import polars as pl

    said = pl.zeros(frame.height, dtype=pl.Int8, eager=True).cast(pl.Boolean)
    free = [name for name in frame.columns if name.startswith(EXTRA) and frame[name].dtype == pl.String]
    for name in (*_SAID_IN, *free):
        hinted = frame[name].str.contains(_HINT).fill_null(value=False)
        if hinted.any():
            places = hinted.arg_true()
            said = said.scatter(places, said.gather(places) | frame[name].gather(places).str.contains(pattern))
    return said


def _pairs(frame: pl.DataFrame) -> dict[int, int]:
    """For rows of reversals (`back`) the rows of what they reverse: the latest such payment before, each once."""
    import polars as pl

    ends = [pl.coalesce(f"{end}_account", end).alias(end) for end in _ENDS]
    lines = frame.select("row", "back", *ends, "amount", "currency", since="paid_at.earliest", until="paid_at.latest")
    amounts = lines.filter("back")["amount"].unique()
    by_end: dict[tuple[object, ...], list[_Line]] = {}
    for line in lines.filter(~pl.col("back") & pl.col("amount").is_in(amounts.implode())).iter_rows(named=True):
        for end in _ENDS:
            by_end.setdefault((end, line[end], line["amount"], line["currency"]), []).append(line)
    pairs, taken = dict[int, int](), set[int]()
    for back in lines.filter("back").sort("since", "row").iter_rows(named=True):
        end, own = ("payer", back["payee"]) if back["payee"] else ("payee", back["payer"])
        near = by_end.get((end, own, back["amount"], back["currency"]), [])
        fits = [line for line in near if line["row"] not in taken and _reverses(back, line)]
        if fits:
            last = max(fits, key=lambda line: (line["since"], -abs(line["row"] - back["row"])))
            pairs[back["row"]] = last["row"]
            taken.add(last["row"])
    return pairs


def _reverses(back: _Line, paid: _Line) -> bool:
    """Whether the one may take back the other: between the same two the other way, not long after.

    An end that the reversal leaves empty may be whoever the payment names.
    """
    if None in (paid["since"], paid["until"], back["until"]):
        return False
    same = back["payer"] in (None, paid["payee"]) and back["payee"] in (None, paid["payer"])
    return bool(same and paid["since"] <= back["until"] <= paid["until"] + _SOON)


def _notes(sheet: str, gone: Sequence[int], alone: Sequence[int]) -> list[str]:
    told = (
        (
            gone,
            "payments that were taken back and the lines that take them back, which moved no money, left out",
            "已被冲正、退汇或撤销的付款及其冲正行，资金未实际转移，不计入",
        ),
        (
            alone,
            "says that it takes a payment back, but no such payment stands here in the month before; read as a payment",
            "注明冲正、退汇或撤销，但此前一个月内没有对应的付款，按一般付款读取",
        ),
    )
    return [
        say(f"[{sheet}] {en}: row {_listed(rows)}", f"[{sheet}] {zh}：第 {_listed(rows)} 行")
        for rows, en, zh in told
        if rows
    ]


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_LISTED])) + (" …" if len(rows) > _LISTED else "")
