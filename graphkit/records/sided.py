"""Statements told from one side: 本方账号, 对方账号, 借贷标志. Who paid or called whom stands in a third column, or in
which of two amounts is filled in, or in the sign of the one there is (below zero is money out); here each line gets the
columns that a payment or a call has.

For the holder of an account 借 (debit) is money out and 贷 (credit) money in, as on a bank's statement. Whatever the
third column is called, it is known by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.errors import UnknownTable
from graphkit.model.language import say
from graphkit.model.records import BY_NAME
from graphkit.records.above import with_own
from graphkit.records.merged import filled
from graphkit.records.recognition import assign, header_key

if TYPE_CHECKING:
    import polars as pl

    from graphkit.records.reading.tables import RawTable

_MOSTLY = 0.5  # of the cells that are filled; others may tell of a reversal
_NEGATIVE = r"^[^0-9+\-(]*(?:-|\()[^0-9+\-()]*[0-9.]"  # -500, ￥-500, (500.00)


@dataclass(frozen=True)
class Side:
    """A column told of either side: what it is called on the own and on the other side, and what it becomes."""

    own: str
    other: str
    giver: str
    taker: str
    needed: bool = True


@dataclass(frozen=True)
class Statement:
    """How one kind of statement is headed, and the words for the two directions."""

    sides: tuple[Side, ...]
    direction: str
    given: str
    taken: str
    amounts: tuple[str, str, str] = ("", "", "")  # given, taken, and what the one filled in becomes


STATEMENTS = (
    Statement(
        (
            Side(
                "本方账号|本方账户|本方卡号|我方账号|交易卡号|交易账号|交易账卡号|查询账号|查询卡号|主体账号|账号|卡号|卡号/账号|"
                "用户id|用户账号|用户侧账号|account|account number|account no|own account|"
                "微信号|微信昵称|支付宝账户|支付宝账号|支付宝登录号",
                "对方账号|对方账户|对方卡号|对手账号|对手卡号|交易对手账号|交易对手账卡号|交易对手卡号|交易对方账号|"
                "对手方id|对手侧账号|对方id|对方账户id|counterparty account|counterparty account number|"
                "counterparty account no|contra account|other account|opposite account",
                "付款账号",
                "收款账号",
            ),
            Side(
                "本方户名|本方名称|本方姓名|我方户名|交易户名|交易方户名|户名|账户名称|主体名称|客户名称|客户姓名|用户姓名|"
                "account name|own name|account holder",
                "对方户名|对方名称|对方姓名|对手户名|对手名称|交易对手名称|交易对手户名|交易对方名称|对方账户名称|对手侧账户名称|对手方姓名|交易对方|对方|"
                "counterparty|counterparty name|opposite name|other party name",
                "付款户名",
                "收款户名",
                needed=False,
            ),
        ),
        "借贷标志|借贷|借贷方向|收付标志|收付|收支|收支类型|收/支|进出|进出标志|资金流向|交易方向|收付方向|借贷类型|direction|dr/cr|debit/credit|in/out|"
        "flow direction",
        "借|借方|借记|出|出账|付|付款|支|支出|转出|支取|往账|汇出|d|debit|dr|out|outgoing|paid",
        "贷|贷方|贷记|进|入|进账|入账|收|收款|收入|转入|存入|来账|汇入|c|credit|cr|in|incoming|received",
        (
            "借方发生额|发生额借方|借方金额|借方|支出金额|支出|支取金额|转出金额|debit|debit amount|"
            "withdrawal|withdrawals|paid out|money out",
            "贷方发生额|发生额贷方|贷方金额|贷方|收入金额|收入|存入金额|转入金额|credit|credit amount|"
            "deposit|deposits|paid in|money in",
            "金额",
        ),
    ),
    Statement(
        (
            Side(
                "本机号码|用户号码|计费号码|本方号码|主体号码|机主号码|查询号码|手机号码|"
                "subscriber|subscriber number|msisdn|"
                "own number|target number",
                "对方号码|对端号码|对方电话|通话对方|对方手机号|other number|other party|counterpart number|"
                "contact number",
                "主叫",
                "被叫",
            ),
        ),
        "呼叫类型|通话类型|主被叫|主被叫类型|呼叫方向|通话方向|通信方式|通信类型|通讯方式|"
        "call type|call direction|direction",
        "主叫|呼出|拨出|去电|mo|out|outgoing|outbound",
        "被叫|呼入|拨入|接听|来电|mt|in|incoming|inbound",
    ),
)  # fmt: skip


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


def two_sided(raw: RawTable) -> RawTable:
    """The table with columns for giver and taker where it is a statement told from one side; else as it is.

    What is merged over several lines holds for each of them: 本方账号 mostly is.
    """
    raw = _parted(raw)
    for statement in STATEMENTS:
        raw = with_own(raw, statement)
        keys = [header_key(text) for text in raw.header]
        places = _sides(statement, keys)
        if not places:
            continue
        direction = _direction(raw, statement, keys)
        signed = _signed(raw, statement, keys) if direction is None else None
        given = _given(statement, keys, direction) if signed is None else _below_zero(signed)
        if given is not None:
            held = [place for pair in places for place in pair if place is not None]
            return _with_both(filled(raw, held), statement, places, given, _amount(statement, keys), signed)
    return raw


def check_direction(raw: RawTable, where: str) -> None:
    """Raises UnknownTable where payments are told from one side and nothing says who paid: they are no accounts."""
    keys = [header_key(text) for text in raw.header]
    if "amount" in assign(raw.header, BY_NAME["payment"]) and _sides(STATEMENTS[0], keys):
        raise UnknownTable(
            f"{where}: payments told from one side, and no column says of each whether it came in or went out; "
            "add one such as 收付标志 (收, 付)",
            f"{where}：单方视角的资金明细，但没有一列说明每笔是收入还是支出；请补上一列，如 收付标志（收、付）",
        )


def _sides(statement: Statement, keys: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """The columns of the own and of the other side; empty where the table is not told from one side."""
    places = [(_place(keys, side.own), _place(keys, side.other)) for side in statement.sides]
    told = any(_place(keys, f"{side.giver}|{side.taker}") is not None for side in statement.sides)
    named = any(other is not None for _, other in places)  # who it was, though not by which number
    lacking = any(own is None for side, (own, _) in zip(statement.sides, places, strict=True) if side.needed)
    return [] if told or lacking or not named else places


NAMES = frozenset(
    header_key(name)
    for statement in STATEMENTS
    for names in (
        statement.direction,
        *statement.amounts[:2],
        *(name for side in statement.sides for name in (side.own, side.other)),
    )
    for name in names.split("|")
    if name
)
"""Every name of a column of statements told from one side: they tell a header as the columns of records do."""


def _place(keys: Sequence[str], names: str) -> int | None:
    """The position of the first of these names that a column has."""
    return next((keys.index(name) for name in map(header_key, names.split("|")) if name in keys), None)


def _direction(raw: RawTable, statement: Statement, keys: Sequence[str]) -> int | None:
    """The column that says who gave: by its name, else the one that mostly holds words for the two directions."""
    named = _place(keys, statement.direction)
    if named is not None:
        return named
    words = [*statement.given.split("|"), *statement.taken.split("|")]
    shares = raw.cells.select(_word(place).is_in(words).mean() for place in range(len(keys))).row(0)
    return next((place for place, share in enumerate(shares) if share and share > _MOSTLY), None)


def _word(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.replace_all(r"\s", "").str.to_lowercase().alias(f"c{place}")


def _given(statement: Statement, keys: Sequence[str], direction: int | None) -> pl.Expr | None:
    """Whether the own side gave, null where a line does not say; None where the table has no columns for it."""
    import polars as pl

    amounts = _amounts(statement, keys)
    if direction is not None:
        given, taken = (_word(direction).is_in(words.split("|")) for words in (statement.given, statement.taken))
    elif amounts is not None:
        out, into = map(_something, amounts)
        given, taken = out & ~into, into & ~out  # a line with both would lose one of them
    else:
        return None
    return pl.when(given).then(pl.lit(value=True)).when(taken).then(pl.lit(value=False))


def _signed(raw: RawTable, statement: Statement, keys: Sequence[str]) -> int | None:
    """The column of amounts whose sign alone tells the direction; None where two amounts do, or none has a sign."""
    if not statement.amounts[2] or _amounts(statement, keys):
        return None
    place = assign(raw.header, BY_NAME["payment"]).get("amount")
    some = place is not None and raw.cells.select(_written(place).str.contains(_NEGATIVE).any()).item()
    return place if some else None


def _below_zero(place: int) -> pl.Expr:
    import polars as pl

    below = _written(place).str.contains(_NEGATIVE).fill_null(value=False)
    return pl.when(below).then(pl.lit(value=True)).when(_something(place)).then(pl.lit(value=False))


def _written(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.replace("−", "-").str.replace_all(r"\s", "")


def _unsigned(place: int) -> pl.Expr:
    return _written(place).str.replace(r"^[^0-9+\-(]*[+\-(]", "").str.replace(r"\)$", "").alias(f"c{place}")


def _amounts(statement: Statement, keys: Sequence[str]) -> tuple[int, int] | None:
    out, into = (_place(keys, names) for names in statement.amounts[:2])
    return None if out is None or into is None else (out, into)


def _something(place: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"c{place}").str.normalize("NFKC").str.contains("[1-9]").fill_null(value=False)


def _amount(statement: Statement, keys: Sequence[str]) -> pl.Expr | None:
    """The one of two amounts that is filled in; None where the table has no two, or a column for either."""
    import polars as pl

    amounts = _amounts(statement, keys)
    if amounts is None or _place(keys, statement.amounts[2]) is not None:
        return None
    return pl.when(_something(amounts[0])).then(f"c{amounts[0]}").otherwise(f"c{amounts[1]}")


def _with_both(
    raw: RawTable,
    statement: Statement,
    places: Sequence[tuple[int | None, int | None]],
    given: pl.Expr,
    amount: pl.Expr | None,
    signed: int | None,
) -> RawTable:
    import polars as pl

    added: dict[str, pl.Expr] = {}
    for side, pair in zip(statement.sides, places, strict=True):
        own, other = (pl.lit(None, pl.String) if place is None else pl.col(f"c{place}") for place in pair)
        added[side.giver] = pl.when(given).then(own).when(~given).then(other)
        added[side.taker] = pl.when(given).then(other).when(~given).then(own)
    if amount is not None:
        added[statement.amounts[2]] = amount
    width = len(raw.header)
    bare = [] if signed is None else [_unsigned(signed)]
    cells = raw.cells.with_columns(*(each.alias(f"c{width + i}") for i, each in enumerate(added.values())), *bare)
    listed = ", ".join(added)
    note = say(
        f"[{raw.sheet}] told from one side: {listed} follow from the direction of each line",
        f"[{raw.sheet}] 单方视角的明细：按每行的方向得出 {listed}",
    )
    return replace(raw, header=(*raw.header, *added), cells=cells, notes=(*raw.notes, note))
