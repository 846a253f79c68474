"""Whose account an end without a number is: one bank's statement names the other side only, the other's numbers both.

张三's bank says: 5,000 to 李四. 李四's bank says: 5,000 from 张三's account to his, at that moment. It is one transfer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import PARTY_KINDS
from graphkit.network.alike import DAY, MINUTE, amounts, currencies

if TYPE_CHECKING:
    from graphkit.store.base import Arrays, Store

_BY_ROW = re.compile(r"^account:[0-9a-f]{12}#")


def is_unnamed(node: str) -> bool:
    """Whether this is an account that only its row tells.

    >>> is_unnamed("account:0123456789ab#1:3"), is_unnamed("account:6222020200012345678")
    (True, False)
    """
    return _BY_ROW.match(node) is not None


def ends_meant(store: Store, nodes: Arrays, links: Arrays) -> dict[int, str]:
    """For positions of accounts without a number the id of the one account that they can stand for.

    It is the one that another payment names there: the same account at the other end, the same amount, times that may
    be the same, and a holder of the same name; where one has no name, both times exact.
    """
    kinds = np.asarray(links["kind"], object)
    paid = np.flatnonzero(np.asarray(kinds == "PAID", bool))
    ids = np.asarray(nodes["id"], object)
    if not len(paid) or "started_earliest" not in links:
        return {}
    ends = {name: np.asarray(links[name])[paid].astype(np.int64) for name in ("source", "target")}
    bare = np.zeros(len(ids), bool)
    every = np.unique(np.concatenate(list(ends.values())))
    bare[every] = [is_unnamed(one) for one in ids[every].tolist()]
    found: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    for here, there in (("source", "target"), ("target", "source")):
        unnamed = bare[ends[here]] & ~bare[ends[there]]
        known = ~bare[ends[here]] & np.isin(ends[there], ends[there][unnamed])
        if unnamed.any() and known.any():
            _meet(links, paid, ends[here], ends[there], unnamed, known, found)
    if not found:
        return {}
    names = _names(store, ids, links, kinds, {*found, *(one for each in found.values() for one, _ in each)})
    meant = {place: {one for one, exact in each if _one_name(names[place], names[one], exact=exact)}
             for place, each in found.items()}  # fmt: skip
    return {place: str(ids[one]) for place, each in sorted(meant.items()) if len(each) == 1 for one in each}


def _meet(
    links: Arrays, paid: NDArray[np.int64], here: NDArray[np.int64], there: NDArray[np.int64],
    unnamed: NDArray[np.bool_], known: NDArray[np.bool_], found: dict[int, set[tuple[int, bool]]],
) -> None:  # fmt: skip
    """Add to each unnamed end the accounts that payments of the same amount at about that time name in its place,
    and whether both times are exact."""
    table: dict[tuple[int, float, str], list[tuple[int, int, int]]] = defaultdict(list)
    for which in (known, unnamed):
        entries = paid[which]
        money = amounts(links, entries)[0].tolist(), currencies(links, entries)
        times = [
            np.asarray(links[f"started_{bound}"])[entries].astype("datetime64[us]") for bound in ("earliest", "latest")
        ]
        dated = ~(np.isnat(times[0]) | np.isnat(times[1]))
        begin, end = (each.astype(np.int64).tolist() for each in times)
        rows = zip(there[which].tolist(), *money, here[which].tolist(), begin, end, dated.tolist(), strict=True)
        for other, amount, currency, one, since, until, told in rows:
            if not told or until - since >= DAY:
                continue
            if which is known:
                table[other, amount, currency].append((one, since, until))
                continue
            for account, first, last in table.get((other, amount, currency), ()):
                if first <= until + MINUTE and since <= last + MINUTE:
                    found[one].add((account, since == until and first == last))


def _names(
    store: Store, ids: NDArray[np.object_], links: Arrays, kinds: NDArray[np.object_], accounts: Iterable[int]
) -> dict[int, set[str]]:
    """What the holders of these accounts are called."""
    held = np.flatnonzero(np.asarray(kinds == "HOLDS", bool))
    target = np.asarray(links["target"])[held].astype(np.int64)
    asked = np.array(sorted(accounts), np.int64)
    held = held[np.isin(target, asked)]
    holders = np.asarray(links["source"])[held].astype(np.int64)
    called: dict[str, set[str]] = defaultdict(set)
    for stated in store.statements(sorted(set(ids[holders].tolist()))):
        if stated.kind in PARTY_KINDS and stated.property == "name":
            called[stated.node].add(stated.value)
    names: dict[int, set[str]] = {each: set() for each in asked.tolist()}
    for account, holder in zip(np.asarray(links["target"])[held].tolist(), holders.tolist(), strict=True):
        names[account] |= called[str(ids[holder])]
    return names


def _one_name(one: set[str], other: set[str], *, exact: bool) -> bool:
    return bool(one & other) if one and other else exact
