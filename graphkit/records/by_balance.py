"""Which way money went, told by the balance after each line: it grows by what came in and falls by what went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CENT = 0.005


def direction(
    accounts: Sequence[str | None], amounts: Sequence[float | None], balances: Sequence[float | None]
) -> list[bool | None]:
    """Whether each line's account gave, in the order of the sheet, oldest or newest first; None where it is not told.

    Nothing is told of an account with a line whose balance does not follow from that before it. Its oldest line is
    told where nothing was there before it, or less than its amount after it.

    >>> direction(["a", "a", "a"], [500.0, 200.0, 30.0], [500.0, 300.0, 330.0])
    [False, True, False]
    >>> direction(["a", "a"], [200.0, 500.0], [300.0, 900.0]), direction(["a"], [5.0], [90.0])
    ([None, None], [None])
    """
    gave: list[bool | None] = [None] * len(accounts)
    lines_of: dict[str | None, list[int]] = {}
    for i, (account, after) in enumerate(zip(accounts, balances, strict=True)):
        if after is not None:
            lines_of.setdefault(account, []).append(i)
    for lines in lines_of.values():
        for ordered in (lines, lines[::-1]):
            told = list(_told([(amounts[i] or 0.0, balances[i] or 0.0) for i in ordered]))
            if None not in told[1:]:
                for i, each in zip(ordered, told, strict=True):
                    gave[i] = each if amounts[i] else None
                break
    return gave


def _told(lines: Sequence[tuple[float, float]]) -> Iterator[bool | None]:
    """Of amounts and the balances after them, the oldest first."""
    for i, (amount, after) in enumerate(lines):
        if i == 0:
            yield False if abs(after - amount) < _CENT else True if after < amount else None
            continue
        change = after - lines[i - 1][1]
        yield False if abs(change - amount) < _CENT else True if abs(change + amount) < _CENT else None
