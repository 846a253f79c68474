"""Lines about goods, each movement once: what ledger, counter-ledger and waybill tell of one is one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.goods.lines import MOVES, Line, joined
from graphkit.analyses.goods.one_movement import holders_of
from graphkit.analyses.goods.packings import packings_of
from graphkit.model.nodes import BATCH
from graphkit.tracing.identity.movements import KINDS
from graphkit.tracing.identity.told_once import ToldOnce

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Network
    from graphkit.tracing.identity.movements import Files
    from graphkit.tracing.labels import Whole


def counted_once(casefile: Casefile, lines: list[Line]) -> list[Line]:
    """The lines, those of one movement as one (see `graphkit.tracing.identity.movements`), by link.

    What could be the same movement, but for one of its parties or for its time, stays a movement of its own and is
    `doubtful`; of two that differ in time the other was then at either.
    """
    network = casefile.network()
    moves = {line.link: line for line in lines if line.kind in MOVES}
    links = _positions(network, moves)
    told = _files(network, moves), packings_of(casefile.store, network)
    once = ToldOnce.of(network, links, holders_of(casefile.store, network, links), *told)
    for first, *others in (network.links.ids.take(group) for group in once.same):
        for other in others:
            moves[first] = _together(moves[first], moves.pop(other))
    for link in network.links.ids.take(once.doubtful):
        moves[link] = replace(moves[link], doubtful=True)
    for ledger, waybill in (network.links.ids.take(pair) for pair in once.misdated):
        moves[waybill] = replace(moves[waybill], doubtful=True, retold=moves[ledger])
        moves[ledger] = _at_either_time(moves[ledger], moves[waybill])
    rest = [line for line in lines if line.kind not in MOVES]
    return sorted((*rest, *moves.values()), key=lambda line: line.link)


def _positions(network: Network, moves: dict[str, Line]) -> Whole:
    """Where the network has these deliveries."""
    links = network.links.of_kinds(*KINDS)
    links = links[network.links.first[links]]
    wanted = np.array([link in moves for link in network.links.ids.take(links)], bool)
    found: Whole = links[wanted]
    return found


def _files(network: Network, moves: dict[str, Line]) -> Files:
    """Tells from which files these moves are."""

    def ask(links: Iterable[int]) -> dict[int, frozenset[str]]:
        named = ((link, moves[network.links.ids[link]]) for link in links)
        return {link: frozenset(row.partition("#")[0] for row in line.evidence) for link, line in named}

    return ask


def _together(one: Line, other: Line) -> Line:
    """One movement told twice: the first line's quantity where it tells one, since only equal ones are put together."""
    goods = min(
        (line.goods for line in (one, other)), key=lambda goods: (not goods.startswith(f"{BATCH.prefix}:"), goods)
    )
    known = other if one.low is None else one
    both = joined(one, replace(other, low=known.low, high=known.high))
    return replace(both, low=known.low, high=known.high, unit=known.unit, goods=goods, with_=(*one.with_, other.link))


def _at_either_time(one: Line, other: Line) -> Line:
    """The line, but from the earlier to the later of both times."""
    both = joined(one, other)
    return replace(
        one, earliest=both.earliest, latest=both.latest, arrives=both.arrives, arrives_latest=both.arrives_latest
    )
