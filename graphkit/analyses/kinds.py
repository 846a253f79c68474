"""Checking the kinds that a question is limited to."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from graphkit.errors import RequestError
from graphkit.model import links, nodes

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store


def known_node_kinds(store: Store, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of entities as the model or the store spells them. Raises RequestError for a kind that neither has."""
    return _known(given, nodes.BY_NAME, lambda: store.kinds()[0])


def known_link_kinds(network: Network, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of links as the model or the network spells them. Raises RequestError for a kind that neither has."""
    return _known(given, links.BY_NAME, lambda: network.links.kinds)


def _known(given: tuple[str, ...], model: Iterable[str], others: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    if not given:
        return ()
    spelled = {name.upper(): name for name in (*model, *others())}
    return tuple(spelled[name.upper()] if name.upper() in spelled else _refuse(name, spelled) for name in given)


def _refuse(name: str, spelled: dict[str, str]) -> str:
    near = [spelled[each] for each in difflib.get_close_matches(name.upper(), sorted(spelled), n=3)]
    listed = ", ".join(near or sorted(spelled.values()))
    raise RequestError(f"There is no kind {name}. Did you mean {listed}?", f"没有种类 {name}。是否指 {listed}？")
