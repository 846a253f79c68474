"""Where an account is of whose holder no row tells where he acts: by its branch, else, weaker, by his home address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from graphkit.model.nodes import ACCOUNT, PARTY_KINDS
from graphkit.model.regions import resolve

if TYPE_CHECKING:
    from graphkit.analyses.regions.sites import Sites, Whole
    from graphkit.analyses.regions.whereabouts import Regions

# A bank may be called after a city in which its branch is not: 北京银行, 上海浦东发展银行.
_BANK = re.compile(r"^.*(?:银行|信用社|\bbank\b)(?:股份|有限|责任|公司|\(|\)|（|）)*", re.IGNORECASE)


def by_branch(sites: Sites) -> Regions:
    """The division of the branch at which each account was opened, 0 where its name tells none; shape (entities,)."""
    network, codes = sites.network, np.zeros(len(sites.network), np.int32)
    columns = sites.store.property_columns(["institution"])
    for node, value in zip(columns["node"].tolist(), columns["value"].tolist(), strict=True):
        position = network.position(node) if node.startswith(f"{ACCOUNT.prefix}:") else -1
        if position >= 0 and not codes[position]:
            codes[position] = int(resolve(branch_of(value)) or 0)
    return codes


def branch_of(institution: str) -> str:
    """What a branch is called, without the bank.

    >>> branch_of("中国银行股份有限公司杭州分行"), branch_of("北京银行"), branch_of("上海浦东发展银行")
    ('杭州分行', '', '')
    """
    return _BANK.sub("", institution)


def homes(sites: Sites, codes: Regions) -> Regions:
    """Where each party lives, by the addresses that rows give for it, of several the one of most; shape (entities,).

    `codes` are the divisions of all entities. Whom a waybill puts somewhere acts there, which tells more.
    """
    network, group = sites.network, sites.group
    located = network.links.of_kinds("LOCATED_AT")
    found = most_often(group[network.links.source[located]], codes[network.links.target[located]], len(network))
    party, told = network.of_kinds(*PARTY_KINDS), np.zeros(len(network), np.int32)
    told[party] = found[group[party]]
    return told


def most_often(key: Whole, code: Regions, size: int) -> Regions:
    """For each key the code that stands beside it most often, of equals the least; shape (size,), 0 where none does.

    >>> most_often(np.array([1, 1, 1, 2]), np.array([7, 5, 7, 0], np.int32), 3).tolist()
    [0, 7, 0]
    """
    found = np.zeros(size, np.int32)
    known = code > 0
    if known.any():
        pairs, count = np.unique(np.stack((key[known], code[known]), axis=1), axis=0, return_counts=True)
        order = np.lexsort((-pairs[:, 1], count, pairs[:, 0]))  # the last of each key stays
        found[pairs[order, 0]] = pairs[order, 1]
    return found
