"""Whose an account is: what is said of the holder holds for the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.model.nodes import ACCOUNT, PARTY

if TYPE_CHECKING:
    from graphkit.network.network import Network

Mask = NDArray[np.bool_]


def with_accounts(network: Network, without: Mask) -> Mask:
    """Those who are out (entities,), and the accounts that nobody else holds: nobody in custody pays.

    `without` has all entries of each party.
    """
    holds = network.links.of_kinds("HOLDS")
    account, holder = network.links.target[holds], network.links.source[holds]
    free = ~without[holder]
    held, others = (np.bincount(some, minlength=len(network)) for some in (account, account[free]))
    found: Mask = without | ((held > 0) & (others == 0))
    return found


def holder_of(network: Network, entity: int) -> int:
    """The party that holds this account, the first of those with an official number where there is one.

    -1 where there is none, or the entity is no account.
    """
    if network.kind_of(entity) != ACCOUNT.name:
        return -1
    ends, links = network.into.of_node(entity)
    holders = sorted(set(ends[network.links.kind[links] == network.links.kind_code("HOLDS")].tolist()))
    return min(holders, key=lambda each: (network.kind_of(each) == PARTY.name, each), default=-1)


def seat_of(network: Network, entity: int) -> int:
    """The entity whose region this one's is: of an account its holder."""
    holder = holder_of(network, entity)
    return entity if holder < 0 else holder


def called(network: Network, entity: int) -> str:
    """What people call it, an account after its holder."""
    holder = holder_of(network, entity)
    return network.name_of(entity) if holder < 0 else f"{network.name_of(holder)} {network.name_of(entity)}"
