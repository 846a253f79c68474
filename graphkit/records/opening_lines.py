"""Lines of a statement that tell a balance and no payment: 期初余额, 承前页, "opening balance", "closing balance".

What an account had before its first line is kept beside each of its lines, in a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.records.reading.tables import RawTable

HEADER = "期初余额"
_OPENING = (
    r"(?i)^(?:期初|上期|上年|上月|月初|年初|承前|承上|前期)(?:账户|存款)?(?:余额|结余|结转|页)+[:：]?$|"
    r"^(?:opening|previous|starting)balance:?$|^balance(?:brought)?forward:?$|^b/f$"
)
_CLOSING = r"(?i)^(?:期末|本期|月末|年末|过次|结转下)(?:账户|存款)?(?:余额|结余|页|年|期|月)+[:：]?$|^closingbalance:?$"
_LISTED = 10


def without_balances(raw: RawTable, own: Sequence[int], counterparty: Sequence[int], told: Sequence[int]) -> RawTable:
    """The table without such lines, which name no other side, and with a column for what each account had at first.

    `own` are the columns for the own account, `counterparty` those for the other side, `told` those of the balance and
    of amounts, of which the first that is filled in such a line is the balance.
    """
    import polars as pl

    texts = [name for name in raw.cells.columns if name != "row"]
    nobody = raw.cells.filter(
        pl.all_horizontal(pl.lit(value=True), *(pl.col(f"c{at}").is_null() for at in counterparty))
    )
    bare = [pl.col(name).str.normalize("NFKC").str.replace_all(r"\s", "") for name in texts]
    opening, closing = (
        pl.any_horizontal(each.str.contains(pattern).fill_null(value=False) for each in bare)
        for pattern in (_OPENING, _CLOSING)
    )
    lines = nobody.filter(opening | closing)
    if lines.is_empty():
        return raw
    account = pl.coalesce([f"c{place}" for place in own]) if own else pl.lit("")
    balance = pl.coalesce([f"c{place}" for place in told]) if told else pl.lit(None, pl.String)
    first = lines.filter(opening).select(account=account.fill_null(""), balance=balance).drop_nulls("balance")
    cells = raw.cells.filter(~pl.col("row").is_in(lines["row"].implode()))
    names = raw.header
    if len(first):
        had = dict(zip(*(first[name].reverse().to_list() for name in ("account", "balance")), strict=True))
        anyones = had.get("") if cells.select(account.n_unique()).item() == 1 else None
        column = account.replace_strict(had, default=anyones, return_dtype=pl.String)
        cells, names = cells.with_columns(column.alias(f"c{len(names)}")), (*names, HEADER)
    listed = ", ".join(map(str, lines["row"].head(_LISTED))) + (" …" if len(lines) > _LISTED else "")
    note = say(
        f"[{raw.sheet}] balances at the beginning or the end, no payments, left out: row {listed}",
        f"[{raw.sheet}] 期初、期末余额行不是交易，已略过：第 {listed} 行",
    )
    return replace(raw, header=names, cells=cells, notes=(*raw.notes, note))
