"""Money that accounts had before the first row that tells of them: a statement's balances tell how much.

The balance after a line, less what the line brought, was there before it; less what other rows tell of the time before,
it was there before any row. Whose that money was no row tells, but it is none of what rows follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.chains import reference_order
from graphkit.network.payments import currency_of
from graphkit.records.opening_lines import HEADER
from graphkit.records.recognition import header_key
from graphkit.records.statements import BALANCES
from graphkit.tracing.amounts.considered import Opening
from graphkit.tracing.labels import Whole

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Link, Store

_LOOKED_AT = 8_000  # payments in all, the first ones of each account: about half a second
_OF_EACH = 50
_CENT = 0.005
_NUMBER = re.compile(r"^[^0-9.\-]*(-?)[^0-9.\-]*([0-9][0-9,]*(?:\.[0-9]+)?)[^0-9]*$")


@dataclass(frozen=True)
class _Line:
    """A line of an account's own statement: when, its row, what was there before it and after it."""

    at: str
    row: str
    before: float
    after: float
    link: int


def opening_balances(store: Store, network: Network) -> Callable[[Whole], list[Opening]]:
    """Tells of accounts, by position, how much each had at first, in the order of accounts and currencies."""

    def ask(accounts: Whole) -> list[Opening]:
        lines: dict[tuple[int, int], list[_Line]] = defaultdict(list)
        for account, currency, line in _lines(store, network, accounts):
            lines[account, currency].append(line)
        return [_opening(network, *key, _first(mine)) for key, mine in sorted(lines.items())]

    return ask


def _lines(store: Store, network: Network, accounts: Whole) -> Iterator[tuple[int, int, _Line]]:
    """The first lines of these accounts' own statements that tell a balance: account, currency, line."""
    owner, links = _earliest(network, accounts)
    keys = {link: network.keys_of(link) for link in set(links.tolist())}
    told: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for each in store.links(sorted({key[0] for every in keys.values() for key in every})):
        told[each.link, each.source, each.target].append(each)
    ends = network.links.source, network.links.target
    currency = currency_of(network.links, links)
    for account, link, code in zip(owner.tolist(), links.tolist(), currency.tolist(), strict=True):
        for each in (one for key in keys[link] for one in told[key]):
            paid, amount = each.properties.get("told_by") == "payer", each.amount
            if amount is None or each.started_earliest is None:
                continue
            if "told_by" in each.properties and ends[not paid][link] == account:
                row, came = min(each.evidence, key=reference_order), -amount if paid else amount
                after, before = _number(each, BALANCES), _number(each, (HEADER,))
                if after is not None:
                    yield account, code, _Line(each.started_earliest, row, after - came, after, link)
                elif before is not None:
                    yield account, code, _Line(each.started_earliest, row, before, before + came, link)


def _earliest(network: Network, accounts: Whole) -> tuple[Whole, Whole]:
    """The first payments to and from each of these accounts: account, link."""
    code, parts = network.links.kind_code("PAID"), []
    for adjacency in (network.into, network.out):
        origin, _, link = adjacency.expand(accounts)
        kept = network.links.kind[link] == code
        parts.append((accounts[origin[kept]], link[kept].astype(np.int64)))
    owner, links = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((links, network.links.started_earliest[links], owner))
    owner, links = owner[order], links[order]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    few = rank < min(max(1, _LOOKED_AT // max(len(accounts), 1)), _OF_EACH)
    return owner[few], links[few]


def _number(told: Link, names: Collection[str]) -> float | None:
    """What this line tells under one of these names, None where it tells nothing."""
    for name, value in sorted(told.properties.items()):
        found = _NUMBER.match(value) if header_key(name) in names else None
        if found:
            return float(found[1] + found[2].replace(",", ""))
    return None


def _first(lines: Sequence[_Line]) -> _Line:
    """The first line: of several at the first moment that which none of them leads up to, then that which stands first.

    Where each leads up to another, the one before which most was there.
    """
    moment = min(line.at for line in lines)
    first = [line for line in lines if line.at == moment]
    begins = [one for one in first if all(abs(other.after - one.before) > _CENT for other in first if other is not one)]
    if begins:
        return min(begins, key=lambda line: reference_order(line.row))
    return max(first, key=lambda line: line.before)


def _opening(network: Network, account: int, currency: int, line: _Line) -> Opening:
    """What was there before any row: less what came before the line, and what went out besides."""
    table, had = network.links, line.before
    for adjacency, sign, amount in ((network.into, -1, table.amount_min), (network.out, 1, table.amount_max)):
        _, links = adjacency.of_node(account)
        links = links[table.kind[links] == table.kind_code("PAID")].astype(np.int64)
        links = links[(table.started_latest[links] < table.started_earliest[line.link]) & (amount[links] > 0)]
        had += sign * float(amount[links[currency_of(table, links) == currency]].sum())
    return Opening(account, currency, max(round(had, 2), 0.0), line.row)
