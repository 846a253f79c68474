"""Accounts that are one under several numbers: a row gives an account's number and that of its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.model.nodes import ACCOUNT

if TYPE_CHECKING:
    from graphkit.store.base import Arrays

_PREFIX = f"{ACCOUNT.prefix}:"


def one_account(nodes: Arrays, properties: Arrays) -> dict[int, str]:
    """For positions of accounts of which a row tells another one's number too, the least id among them.

    `properties` are statements, as `Store.property_columns` gives them.

    >>> nodes = {"id": np.array(["account:6217", "account:6222", "account:6228"], object)}
    >>> told = [("account:6217", "6222"), ("account:6222", "6222"), ("account:6228", "6228")]
    >>> node, value = (np.array(column, object) for column in zip(*told))
    >>> one_account(nodes, {"node": node, "property": np.array(["number"] * 3, object), "value": value})
    {0: 'account:6217', 1: 'account:6217'}
    """
    numbers = np.asarray(properties["property"], object) == "number"
    told = zip(properties["node"][numbers].tolist(), properties["value"][numbers].tolist(), strict=True)
    pairs = [(node, other) for node, value in told if node.startswith(_PREFIX) and node != (other := _PREFIX + value)]
    if not pairs:
        return {}
    from graphkit.network.connected import connected

    places = {one: place for place, one in enumerate(np.asarray(nodes["id"], object).tolist())}
    ends = [(places[one], places[other]) for one, other in pairs if one in places and other in places]
    if not ends:
        return {}
    accounts, which = np.unique(np.array(ends, np.int64), return_inverse=True)
    one, other = which.reshape(-1, 2).T
    label = connected(len(accounts), one, other)
    least: dict[int, str] = {}
    ids = {place: str(nodes["id"][place]) for place in accounts.tolist()}
    for place, group in zip(accounts.tolist(), label.tolist(), strict=True):
        least[group] = min(ids[place], least.get(group, ids[place]))
    return {place: least[group] for place, group in zip(accounts.tolist(), label.tolist(), strict=True)}
