"""Who takes no part in what comes: people in custody, and whoever is named, under all names that they go by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.parties.meant import Meant, meant, taken_note
from graphkit.model.language import say
from graphkit.model.nodes import ACTOR, PARTY

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.analyses.breaking.ground import Ground
    from graphkit.network.network import Network
    from graphkit.store.base import Store

_NAMED = 5
_LOOKED_AT = 100
_HELD = ("arrested", "detained", "charged")
_KINDS = ("Person", ACTOR.name)  # cases have a status too


def in_custody(whom: Meant, store: Store) -> NDArray[np.bool_]:
    """Which persons are, with all entries that mean them, shape (entities,): of whom some row says arrested, detained
    or charged, and none otherwise.
    """
    network = whom.network
    columns = store.property_columns(["status"])
    held, free = np.zeros(len(network), bool), np.zeros(len(network), bool)
    for node, value in zip(columns["node"], columns["value"], strict=True):
        position = network.position(node)
        if position >= 0 and network.kind_of(position) in _KINDS:
            (held if value in _HELD else free)[position] = True
    return whom.with_entries(held) & ~whom.with_entries(free)


def left_out(
    casefile: Casefile, network: Network, names: Sequence[str], keep_detained: bool
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Who is out before it starts, shape (entities,), and notes that say so."""
    whom, mask = meant(casefile.store, network), np.zeros(len(network), bool)
    for written in names:
        mask[position_of(network, casefile.store, written)] = True
    mask = whom.with_entries(mask)
    held = np.zeros_like(mask) if keep_detained else in_custody(whom, casefile.store)
    count = whom.parties(held)
    note = say(f"In custody, so out before it starts: {count}.", f"在押、事先除去：{count} 人。")
    out = mask | held
    return out, (*((note,) if count else ()), *_out_with_them(whom, out), *_left_in(network, out))


def _out_with_them(whom: Meant, out: NDArray[np.bool_]) -> Iterator[str]:
    """Which entries are out because they are taken for somebody who is."""
    entries = whom.guessed(np.flatnonzero(out).tolist())
    if entries:
        english, chinese = whom.named(entries)
        yield say(
            f"Out with them, being taken for the same: {english}. Nothing is merged; --keep-detained keeps all of them "
            "who are in custody, and a number in the records settles it.",
            f"视为同一主体而一并除去：{chinese}。并未合并；--keep-detained 保留全部在押者，记录补上证件号即可确定。",
        )


def _left_in(network: Network, out: NDArray[np.bool_]) -> Iterator[str]:
    """Names that are those of somebody who is out, and that nothing else shows to be his."""
    if PARTY.name not in network.kinds:
        return
    unknown = network.kinds.index(PARTY.name)
    names = sorted({network.names[int(node)] for node in np.flatnonzero(out)[:_LOOKED_AT]} - {"", "?"})
    found = [int(node) for name in names for node in network.names.equal_to(name)]
    found = [node for node in found if network.kind[node] == unknown and not out[node]]
    if found:
        more = len(found) - _NAMED
        listed = ", ".join(network.ids.take(found[:_NAMED])) + (f" … (+{more})" if more > 0 else "")
        yield say(
            "Of the name of somebody who is out, but nothing else shows them to be the same, and they stay in: "
            f"{listed}. --without ID takes them out too.",
            f"与已除去者同名而无其他依据表明为同一人，仍计入：{listed}。可用 --without ID 一并除去。",
        )


def taken_in(ground: Ground, store: Store, without: NDArray[np.bool_]) -> tuple[str, ...]:
    """Who of those in the graph stands for other entries too; those who are out are told of beside it."""
    whom, entities = meant(store, ground.network), ground.entity[ground.actor & (ground.entity >= 0)]
    return taken_note(whom, entities[~without[entities]].tolist())
