"""The figures of a campaign: what each counts or adds up, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.goods.one_movement import told_together
from graphkit.analyses.goods.two_units import told_again
from graphkit.analyses.parties.suspects import named_suspects
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
    `at` gives for each the node whose region it lies in; without it the figure has no region.
    """

    measure: str
    unit: str
    things: Positions
    are_links: bool = False
    low: Numbers | None = None
    high: Numbers | None = None
    at: Positions | None = None


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
        links = _first(network, network.links.of_kinds(kind))
        links = _movements(network, store, links) if kind in KINDS else links
        yield Tally(count, "links", links, are_links=True)
        if amount:
            yield from _money(network, amount, links)


_FLOWS = (
    ("SUPPLIED", "supplies", "supplied_amount"),
    ("SHIPPED", "shipments", ""),
    ("PAID", "payments", "paid_amount"),
)


def _movements(network: Network, store: Store, links: Positions) -> Positions:
    """Of deliveries that several ledgers tell of one, with the amount where any of them gives it."""
    kept = np.ones(len(links), bool)
    for group in told_together(store, network, links):
        stands = next((link for link in group if not np.isnan(network.links.amount_max[link])), group[0])
        kept[np.searchsorted(links, [link for link in group if link != stands])] = False
    return links[kept]


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


def _money(network: Network, measure: str, lines: Positions, at_source: bool = False) -> Iterator[Tally]:
    links = network.links
    low, high = _range(network, lines, links.amount_min, links.amount_max)
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
