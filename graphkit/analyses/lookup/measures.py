"""The figures of a campaign: what each counts or adds up, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.documents import booked_apart_note, doubtful_note
from graphkit.analyses.goods.one_movement import told_once
from graphkit.analyses.goods.two_units import told_again
from graphkit.analyses.parties.suspects import named_suspects
from graphkit.analyses.told_apart import told_apart
from graphkit.model.language import say
from graphkit.model.units import BY_CODE, HOME_CURRENCY, MASS, convert
from graphkit.tracing.identity.movements import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.network.network import Network
    from graphkit.store.base import Store

    Positions = NDArray[np.integer[Any]]
    Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Tally:
    """What one figure stands on: nodes or links of the network, each once.

    `low` and `high` are what each adds, the least and the most that its rows state; without them each counts as one.
    `at` gives for each the node whose region it lies in; without it the figure has no region. `notes` say what of it is
    not sure.
    """

    measure: str
    unit: str
    things: Positions
    are_links: bool = False
    low: Numbers | None = None
    high: Numbers | None = None
    at: Positions | None = None
    notes: tuple[str, ...] = ()


def tallies(network: Network, store: Store) -> list[Tally]:
    """Every figure, the campaign's own first, then entities and links by kind."""
    return [*_campaign(network, store), *_by_kind(network)]


def _campaign(network: Network, store: Store) -> Iterator[Tally]:
    dens = store.property_columns(["place_id"])["node"]
    at = np.unique(np.fromiter(map(network.position, dens.tolist()), np.int64, len(dens)))
    yield _nodes("cases", network.of_kinds("Case"))
    yield from _involved(network, store)
    yield _nodes("dens", at[np.isin(at, network.of_kinds("Place"))])
    yield _nodes("suspects", np.flatnonzero(named_suspects(network, store)))
    yield _nodes("seizures", network.of_kinds("Seizure"))
    yield from _seized(network)
    yield _nodes("leads", network.of_kinds("Lead"))
    yield _nodes("companies", network.of_kinds("Company"))
    yield Tally("persons", "entities", network.of_kinds("Person"))
    for kind, count, amount in _FLOWS:
        links, unsure, notes = _moved(network, store, kind)
        sure = (~np.isin(links, unsure)).astype(np.float64)
        notes = (*notes, *_without_amount(network, count, links)) if amount else notes
        yield Tally(count, "links", links, True, sure, np.ones(len(links)), notes=notes)
        if amount:
            yield from _money(network, amount, links, sure=sure)


_FLOWS = (
    ("SUPPLIED", "supplies", "supplied_amount"),
    ("SHIPPED", "shipments", ""),
    ("PAID", "payments", "paid_amount"),
)


def _moved(network: Network, store: Store, kind: str) -> tuple[Positions, list[int], tuple[str, ...]]:
    """What moved by links of a kind, each movement once; those that may be another one told again; and notes."""
    links = _first(network, network.links.of_kinds(kind))
    if kind in KINDS:
        once = told_once(store, network, links)
        stands = {link: _best_told(network, group) for group in once.same for link in group}
        links = links[[stands.get(link, link) == link for link in links.tolist()]]
        unsure = [stands.get(link, link) for link in once.doubtful]
        return links, unsure, tuple(doubtful_note(network.links.ids.take(unsure)))
    apart, names = told_apart(store, network, links.astype(np.int64)), network.links.ids
    return links, [other for _, other in apart], tuple(booked_apart_note((names[a], names[b]) for a, b in apart))


def _without_amount(network: Network, measure: str, links: Positions) -> Iterator[str]:
    """Of how many of these no row tells an amount, so that the sum of the others leaves them out."""
    silent = int(np.isnan(_range(network, links, network.links.amount_min, network.links.amount_max)[0]).sum())
    if 0 < silent < len(links):
        zh = "购销" if measure == "supplies" else "付款"
        yield say(
            f"No row tells an amount of {silent} of {len(links)} {measure}: the sum leaves them out.",
            f"{len(links)} 笔{zh}中有 {silent} 笔未写金额，合计不含这些。",
        )


def _best_told(network: Network, group: tuple[int, ...]) -> int:
    """Of links that tell of one movement the first that gives an amount, else the first."""
    return next((link for link in group if not np.isnan(network.links.amount_max[link])), group[0])


def _nodes(measure: str, nodes: Positions) -> Tally:
    return Tally(measure, "entities", nodes, at=nodes)


def _involved(network: Network, store: Store) -> Iterator[Tally]:
    """The amounts that cases are said to involve, the least and the most where rows disagree."""
    told = store.property_columns(["amount"])
    at = np.fromiter(map(network.position, told["node"].tolist()), np.int64, len(told["node"]))
    kept = np.isin(at, network.of_kinds("Case"))
    if not kept.any():
        return
    cases, which = np.unique(at[kept], return_inverse=True)
    values = np.array(told["value"][kept].tolist(), np.float64)
    low, high = np.full(len(cases), np.inf), np.full(len(cases), -np.inf)
    np.minimum.at(low, which, values)
    np.maximum.at(high, which, values)
    yield Tally("involved_amount", HOME_CURRENCY, cases, low=low, high=high, at=cases)


def _seized(network: Network) -> Iterator[Tally]:
    """Quantity by unit and value of what was seized; OF_BATCH says the same goods again, so OF_PRODUCT alone counts."""
    links = network.links
    lines = _first(network, links.of_kinds("OF_PRODUCT"))
    seizure = network.kinds.index("Seizure") if "Seizure" in network.kinds else -1
    every = lines[network.kind[links.source[lines]] == seizure]
    again = _told_again(network, every)
    lines = every[~np.isin(every, list(again))]
    units = np.array([_unit(name)[0] for name in links.units] + [""], object)[links.unit[lines]]
    factor = np.array([_unit(name)[1] for name in links.units] + [1.0])[links.unit[lines]]
    low, high = _range(network, lines, links.quantity_min, links.quantity_max)
    known = ~np.isnan(low)
    for unit in sorted(set(units[known].tolist())):
        kept = known & (units == unit)
        added, most = low[kept] * factor[kept], high[kept] * factor[kept]
        yield Tally("seized_quantity", unit, lines[kept], True, added, most, links.source[lines[kept]])
    valued = [line for line, first in again.items() if not np.isnan(links.amount_max[first])]
    yield from _money(network, "seized_value", every[~np.isin(every, valued)], at_source=True)


def _told_again(network: Network, lines: Positions) -> dict[int, int]:
    """The lines that say another one again in another unit of mass, each with that one."""
    links = network.links
    names = [*links.units, None]
    masses = [i for i, name in enumerate(names) if name and _unit(name)[0] == "kg"]
    if len(masses) < 2:
        return {}
    low, high = _range(network, lines, links.quantity_min, links.quantity_max)
    weighed = np.flatnonzero(np.isin(links.unit[lines], masses) & ~np.isnan(low))
    place = dict(zip(links.ids.take(lines[weighed]), lines[weighed].tolist(), strict=True))
    units = (names[code] for code in links.unit[lines[weighed]].tolist())
    again = told_again(zip(place, units, low[weighed].tolist(), high[weighed].tolist(), strict=True))
    return {place[link]: place[first] for link, first in again.items()}


def _money(
    network: Network, measure: str, lines: Positions, at_source: bool = False, sure: Numbers | None = None
) -> Iterator[Tally]:
    """The amounts by currency; at the least only of what is `sure`, as one or zero."""
    links = network.links
    low, high = _range(network, lines, links.amount_min, links.amount_max)
    low = low if sure is None else np.where(low > 0, low * sure, low)
    currencies = np.array([*links.currencies, HOME_CURRENCY], object)[links.currency[lines]]
    known = ~np.isnan(low)
    for currency in sorted(set(currencies[known].tolist())):
        kept = known & (currencies == currency)
        at = links.source[lines[kept]] if at_source else None
        yield Tally(measure, currency, lines[kept], True, low[kept], high[kept], at)


def _by_kind(network: Network) -> Iterator[Tally]:
    for kind in network.kinds:
        yield Tally(f"entities:{kind}", "entities", network.of_kinds(kind))
    for kind in network.links.kinds:
        yield Tally(f"links:{kind}", "links", _first(network, network.links.of_kinds(kind)), True)


def _first(network: Network, links: Positions) -> Positions:
    return links[network.links.first[links]]


def _range(network: Network, links: Positions, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """The least and most of each link over all its entries; `links` are first entries."""
    begins = np.flatnonzero(network.links.first)
    if not len(begins):
        return np.empty(0), np.empty(0)
    which = np.searchsorted(begins, links)
    return np.fmin.reduceat(low, begins)[which], np.fmax.reduceat(high, begins)[which]


def _unit(name: str) -> tuple[str, float]:
    """The unit that a figure is given in, and the factor to it: every mass in kg, all else as it is."""
    if name in BY_CODE and BY_CODE[name].dimension == MASS:
        return "kg", convert(1.0, name, "kg") or 1.0
    return name, 1.0
