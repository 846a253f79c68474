"""Statements told from one side: 本方账号, 对方账号, 借贷标志. Who paid or called whom stands in a third column, or in
which of two amounts is filled in, or in the sign of the one there is (below zero is money out), or the balance after
each line shows it; here each line gets the columns that a payment or a call has, and one that says whose side it tells.

An amount below zero beside a word for the direction, or in one of two columns, takes the payment back (冲正, 红字),
unless all that went out is written so and nothing that came in.

For the holder of an account 借 (debit) is money out and 贷 (credit) money in, as on a bank's statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.errors import NoDirection, UnknownTable
from graphkit.model.language import say
from graphkit.model.records import BY_NAME
from graphkit.records.above import with_own
from graphkit.records.by_balance import direction
from graphkit.records.merged import filled
from graphkit.records.opening_lines import without_balances
from graphkit.records.recognition import assign, header_key, recognise
from graphkit.records.statements import BALANCE, STATEMENTS, Statement

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable

_NEGATIVE = r"^[^0-9+\-(]*(?:-|\()[^0-9+\-()]*[0-9.]"  # -500, ￥-500, (500.00)
_WHOLE_NUMBER = r"^[0-9]{12,}$"  # of a card or an account: neither masked nor a nickname
_ENDS = frozenset(("caller", "callee"))
_MOSTLY = 0.5  # of the cells that are filled: others may tell of a reversal


_BOTH_IN_ONE = re.compile(
    r"^(?P<whose>.*?)(?:(?:账号|卡号)[与和及/、]?|账户[与和及/、])(?:户名|名称|姓名)$|^(?P<user>用户|交易对方|对方|对手|本方)信息$"
)
_WHOSE = {"用户": "本方", "交易对方": "对方", "对手": "对方"}
_ACCOUNT_AND_NAME = r"^\s*([0-9A-Za-z*\-@.]{6,})?\s*[/,，|\s]?\s*(.*?)\s*$"
_NAME_IN_BRACKETS = r"^\s*([0-9A-Za-z*\-@.]{6,})\s*[(（](.*)[)）]\s*$"


def _parted(raw: RawTable) -> RawTable:
    """The table with account and name in columns of their own where one column has both: 对方账号与户名."""
    import polars as pl

    header, cells = list(raw.header), raw.cells
    for place, text in enumerate(raw.header):
        both = _BOTH_IN_ONE.match(header_key(text))
        if both is None:
            continue
        written = pl.col(f"c{place}").str.replace(_NAME_IN_BRACKETS, "$1 $2")
        parts = written.str.extract_groups(_ACCOUNT_AND_NAME).struct
        for group, name in (("1", "账号"), ("2", "户名")):
            cells = cells.with_columns(parts.field(group).replace("", None).alias(f"c{len(header)}"))
            header.append((_WHOSE.get(both["user"], both["user"]) if both["user"] else both["whose"]) + name)
    return raw if len(header) == len(raw.header) else replace(raw, header=tuple(header), cells=cells)


def two_sided(raw: RawTable, where: str | None = None) -> RawTable:
    """The table with columns for giver and taker where it is a statement told from one side; else as it is.

    What is merged over several lines holds for each of them: 本方账号 mostly is. Where `where` names the table, raises
    NoDirection for a list of payments in which nothing says which way the money went.
    """
    raw = _parted(raw)
    for statement in STATEMENTS:
        raw = with_own(raw, statement)
        keys = [header_key(text) for text in raw.header]
        places = [(_places(keys, side.own), _places(keys, side.other)) for side in statement.sides]
        told = any(_places(keys, f"{side.giver}|{side.taker}") for side in statement.sides)
        named = any(other for _, other in places)  # who it was, though not by which number
        lacking = not named or any(
            not own for side, (own, _) in zip(statement.sides, places, strict=True) if side.needed
        )
        if told or lacking:
            if where and named and not told:
                _whose(raw, statement, where)
            continue
        held = [place for pair in places for some in pair for place in some]
        way = _way(raw, statement, keys, held)
        if way is not None:
            raw = _with_both(filled(raw, held), statement, places, way)
            return _payments_alone(raw, statement, keys, places) if statement.amounts[2] else raw
        if where and statement.amounts[2] and {"amount", "paid_at"} <= assign(raw.header, BY_NAME["payment"]).keys():
            raise NoDirection(
                f"{where}: tells payments from one side, but in no column which way the money went. Add a column such "
                "as direction (in, out), or debit and credit, or write a mapping: graphkit mapping FILE",
                f"{where}：单方视角的资金明细，但没有说明收付方向的列。请加上“借贷标志”或“收入金额”“支出金额”等列，"
                "或用 graphkit mapping 文件 起草对照表",
            )
    return raw


def _payments_alone(
    raw: RawTable, statement: Statement, keys: Sequence[str], places: Sequence[tuple[list[int], list[int]]]
) -> RawTable:
    """The statement without the lines that tell a balance at its beginning or end."""
    amounts = [place for names in statement.amounts for place in _places(keys, names)]
    amount = assign(raw.header, BY_NAME["payment"]).get("amount")
    told = [*_places(keys, BALANCE), *amounts, *([] if amount is None else [amount])]
    return without_balances(raw, places[0][0], [place for _, other in places for place in other], told)


def _whose(raw: RawTable, statement: Statement, where: str) -> None:
    """Raise UnknownTable where a list tells of the other side only, and can be nothing else."""
    kind, keys = BY_NAME[statement.kind], [header_key(text) for text in raw.header]
    told = {
        *assign(raw.header, kind),
        *(["amount"] if all(_places(keys, some) for some in statement.amounts[:2]) else []),
    }
    if {field.name for field in kind.fields if field.required and not field.open} - _ENDS - told:
        return
    try:
        recognise(raw.header, where)
    except UnknownTable:
        name = statement.sides[0].own.split("|")[0]
        raise UnknownTable(
            f"{where}: looks like a list of {kind.name}s told from one side, but says nowhere whose it is. Write it "
            f"above the header, such as “{name}: …”, or add a column {name}",
            f"{where}：像是单方视角的{kind.zh}明细，但没有写明是谁的。请在表头上方写明，如“{name}：…”，或加上“{name}”列",
        ) from None


def _places(keys: Sequence[str], names: str) -> list[int]:
    """The positions of the columns of these names, in their order."""
    return [keys.index(name) for name in dict.fromkeys(map(header_key, names.split("|"))) if name in keys]


@dataclass(frozen=True)
class _Way:
    """Which way each line goes: whether the own side gave, null where a line does not say; the amount, where no one
    column has it; columns of amounts whose sign has said what it had to; and the word that should have told.
    """

    given: pl.Expr
    amount: pl.Expr | None = None
    bare: tuple[int, ...] = ()
    word: pl.Expr | None = None  # the word for the direction as it is written


def _way(raw: RawTable, statement: Statement, keys: Sequence[str], held: Sequence[int]) -> _Way | None:
    """How the table tells the direction of its lines; None where it does not."""
    import polars as pl

    amount = assign(raw.header, BY_NAME["payment"]).get("amount") if statement.amounts[2] else None
    columns = [_places(keys, names) for names in statement.amounts[:2]]
    direction = _direction(raw, statement, keys, [*held, *(place for some in columns for place in some)])
    if direction is not None:
        given, taken = (_word(direction).is_in(words.split("|")) for words in (statement.given, statement.taken))
        way = pl.when(given).then(pl.lit(value=True)).when(taken).then(pl.lit(value=False))
        told = _Way(way) if amount is None else _taken_back(raw, way, amount, amount)
        return replace(told, word=pl.col(f"c{direction}"))
    if all(columns):
        (out, *_), (into, *_) = columns
        gave, took = _something(out), _something(into)
        way = pl.when(gave & ~took).then(pl.lit(value=True)).when(took & ~gave).then(pl.lit(value=False))
        # a line with both would lose one of them
        told = _taken_back(raw, way, out, into)
        one = [_unsigned(place) if told.bare else pl.col(f"c{place}") for place in (out, into)]
        return replace(
            told, amount=None if _places(keys, statement.amounts[2]) else pl.when(gave).then(one[0]).otherwise(one[1])
        )
    if amount is not None and raw.cells.select(_below_zero(amount).any()).item():
        return _Way(
            pl.when(_below_zero(amount)).then(pl.lit(value=True)).when(_something(amount)).then(pl.lit(value=False)),
            bare=(amount,),
        )
    balances = _places(keys, BALANCE)
    if amount is not None and balances and statement.sides:
        return _by_balance(raw, _places(keys, statement.sides[0].own), amount, balances[0])
    return None


def _by_balance(raw: RawTable, own: Sequence[int], amount: int, balance: int) -> _Way | None:
    """By the balance after each line; None where it tells nothing."""
    import polars as pl

    number = [
        _written(place).str.replace_all(r"[^0-9.\-]", "").cast(pl.Float64, strict=False) for place in (amount, balance)
    ]
    lines = raw.cells.select(own=_first_told(own), amount=number[0], balance=number[1])
    gave = direction(*(lines[name].to_list() for name in ("own", "amount", "balance")))
    if all(each is None for each in gave):
        return None
    return _Way(pl.lit(pl.Series(gave, dtype=pl.Boolean)))


def _direction(raw: RawTable, statement: Statement, keys: Sequence[str], others: Sequence[int]) -> int | None:
    """The column of words for the direction: by its name, else one besides these others that mostly holds such."""

    named = _places(keys, statement.direction)
    if named:
        return named[0]
    known = [*statement.given.split("|"), *statement.taken.split("|")]
    for place in range(len(keys)):
        if place in others:
            continue
        words = raw.cells.select(_word(place).alias("word"))["word"]
        share = words.filter(words.is_not_null() & (words != "")).is_in(known).mean()
        if isinstance(share, float) and share > _MOSTLY:
            return place
    return None


def _word(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.replace_all(r"\s", "").str.to_lowercase()


def _taken_back(raw: RawTable, given: pl.Expr, out: int, into: int) -> _Way:
    """The direction, turned round where an amount below zero takes a payment back.

    Where all that went out is below zero, and nothing that came in, the sign says no more than the direction does.
    """
    import polars as pl

    below = pl.when(given).then(_below_zero(out)).when(~given).then(_below_zero(into))
    told = raw.cells.select(given=given, below=below).drop_nulls()
    if not told["below"].any():
        return _Way(given)
    doubled = bool((told["below"] == told["given"]).all())
    return _Way(given if doubled else given ^ below, bare=tuple(dict.fromkeys((out, into))))


def _below_zero(place: int) -> pl.Expr:
    return _written(place).str.contains(_NEGATIVE).fill_null(value=False)


def _written(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.replace("−", "-").str.replace_all(r"\s", "")


def _unsigned(place: int) -> pl.Expr:
    return _written(place).str.replace(r"^[^0-9+\-(]*[+\-(]", "").str.replace(r"\)$", "").alias(f"c{place}")


def _something(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.contains("[1-9]").fill_null(value=False)


def _with_both(
    raw: RawTable, statement: Statement, places: Sequence[tuple[list[int], list[int]]], way: _Way
) -> RawTable:
    import polars as pl

    word = pl.lit(None, pl.String) if way.word is None else pl.when(way.word.str.strip_chars() != "").then(way.word)
    gave = way.given.fill_null(
        pl.when(word.is_not_null()).then(pl.lit(value=True))
    )  # such a row is refused by its word
    keys = [header_key(text) for text in raw.header]
    added: dict[str, pl.Expr] = {}
    for side, pair in zip(statement.sides, places, strict=True):
        if not side.needed and not any(pair):
            continue
        own, other = (_first_told(some) for some in pair)
        added[side.giver] = pl.when(gave).then(own).when(~gave).then(other)
        added[side.taker] = pl.when(gave).then(other).when(~gave).then(own)
        numbers = [place for place in pair[0] if place in _places(keys, side.numbers)]
        if len(numbers) > 1:
            beside = _told_beside(numbers)
            added |= {side.giver_too: pl.when(gave).then(beside), side.taker_too: pl.when(~gave).then(beside)}
    if way.amount is not None:
        added[statement.amounts[2]] = way.amount
    listed = ", ".join(added)
    header, giver, taker = statement.told_by
    added[header] = pl.when(way.given).then(pl.lit(giver)).when(~way.given).then(pl.lit(taker)).otherwise(word)
    width = len(raw.header)
    bare = [_unsigned(place) for place in way.bare]
    cells = raw.cells.with_columns(*(each.alias(f"c{width + i}") for i, each in enumerate(added.values())), *bare)
    note = say(
        f"[{raw.sheet}] told from one side: {listed} follow from the direction of each line",
        f"[{raw.sheet}] 单方视角的明细：按每行的方向得出 {listed}",
    )
    return replace(raw, header=(*raw.header, *added), cells=cells, notes=(*raw.notes, note))


def _told_beside(places: Sequence[int]) -> pl.Expr:
    """The whole number in these columns that `_first_told` passes over: of a card and its account, the account's."""
    import polars as pl

    written = [_written(place) for place in places]
    first = pl.coalesce(*(pl.when(each != "").then(each) for each in written))
    return pl.coalesce(*(pl.when((each != first) & each.str.contains(_WHOLE_NUMBER)).then(each) for each in written))


def _first_told(places: Sequence[int]) -> pl.Expr:
    """The first of these columns that says something in a line: a card's number, else the account's."""
    import polars as pl

    told = [pl.when(pl.col(f"c{place}").str.strip_chars() != "").then(pl.col(f"c{place}")) for place in places]
    return pl.coalesce(*told) if told else pl.lit(None, pl.String)
