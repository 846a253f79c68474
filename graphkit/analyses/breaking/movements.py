"""How much went from whom to whom in a period, each movement counted once, in one unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.documents import repeats_note
from graphkit.analyses.goods.balance import day_of
from graphkit.analyses.goods.one_movement import told_together
from graphkit.analyses.goods.packings import packings_of
from graphkit.analyses.parties.meant import meant
from graphkit.errors import RequestError
from graphkit.model.language import say
from graphkit.model.measuring import common_unit, in_unit
from graphkit.model.units import chinese, convert
from graphkit.network.network import EVER, NEVER
from graphkit.tracing.identity.movements import counted

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.network.network import Links, Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FOLLOWED = {"goods": "货物", "money": "资金"}
KINDS = {"goods": ("SUPPLIED", "SHIPPED", "LINKED"), "money": ("PAID",)}
EACH_ONE = "links"  # the unit where nothing is known of quantities
WEIGHED = "weight"  # the unit where only the weights of links are known


@dataclass(frozen=True, eq=False)
class Movements:
    """`links` (movements,) are positions in the network, `quantity` (movements,) how much each moved, in `unit`.

    `meant` (entities,) is for a party of whom a row gives only the name whoever other rows show it to be, else itself.
    Of links that tell of one movement the first stands for all; `alike` has the others by it. `turned` (movements,)
    marks those that go against their link, which holds both ways.
    """

    follow: str
    links: Ints
    meant: Ints
    quantity: Floats
    unit: str
    alike: dict[int, tuple[int, ...]]
    turned: Mask
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are, each once."""
        return int(np.sum(~self.turned))

    def chosen(self, kept: Mask) -> Movements:
        """Of these movements only some, by a mask of shape (movements,)."""
        return replace(self, links=self.links[kept], quantity=self.quantity[kept], turned=self.turned[kept])

    def hands(self, network: Network) -> tuple[Ints, Ints]:
        """Who gave and who took; shapes (movements,)."""
        gave, took = self.ends(network, self.links)
        return np.where(self.turned, took, gave), np.where(self.turned, gave, took)

    def ends(self, network: Network, links: Ints) -> tuple[Ints, Ints]:
        """Who gave and who took by each of these links; shapes (links,)."""
        return self.meant[network.links.source[links]], self.meant[network.links.target[links]]

    def told_by(self, fits: Callable[[int], bool]) -> Mask:
        """Which movements a link tells of for which this holds, be it the first or another of those alike."""
        told = (any(map(fits, (link, *self.alike.get(link, ())))) for link in self.links.tolist())
        return np.fromiter(told, bool, len(self.links))


def movements(casefile: Casefile, follow: str, unit: str, since: int, until: int) -> Movements:
    """What moved between the two moments, in microseconds, of goods or of money.

    Without `follow` goods, or money where no goods moved; without `unit` that of most movements. A movement may lie in
    the period as far as its time is known. Raises RequestError for a unit that nothing is told in, and for a period in
    which nothing moved.
    """
    network = casefile.network()
    follow = follow or ("goods" if len(network.links.of_kinds(*KINDS["goods"])) else "money")
    chosen = _in_period(network.links, follow, since, until)
    if not len(chosen):
        _check_period(network.links, follow)
    whom = meant(casefile.store, network)
    groups = told_together(casefile.store, network, chosen)
    alike = {group[0]: group[1:] for group in groups}
    links = counted(network, chosen, groups)
    much, taken, notes = _measured(casefile, links, follow, unit)
    told = much > 0
    links, much = links[told], much[told]
    both = np.flatnonzero(~network.links.directed[links])
    turned = np.repeat([False, True], [len(links), len(both)])
    links, much = np.concatenate((links, links[both])), np.concatenate((much, much[both]))
    return Movements(follow, links, whom.of, much, taken, alike, turned, notes)


def _measured(casefile: Casefile, links: Ints, follow: str, unit: str) -> tuple[Floats, str, tuple[str, ...]]:
    """How much each of these moved, nan where it is not known, the unit, and notes on what is left out."""
    quantity, units = _stated(casefile.network(), links, follow)
    taken = unit or _commonest(units[~np.isnan(quantity)])
    if taken is None:
        return _without_quantity(casefile.network(), links)
    once = repeats_note(casefile.network(), links.tolist())
    factors = _factors(units, taken)
    if follow == "goods":
        factors = _packed(casefile, links, units, factors, taken)
    much = quantity * factors
    if not (much > 0).any():
        raise RequestError(f"Nothing moved is told in {taken}.", f"没有以 {taken} 计的往来。")
    return much, taken, (*once, *_left_out(units, quantity, much > 0, taken))


def _without_quantity(network: Network, links: Ints) -> tuple[Floats, str, tuple[str, ...]]:
    """What edge lists and matrices weigh their links; where they do not either, each counts one."""
    weight = network.links.weight[links]
    if np.isnan(weight).all():
        note = say("No quantity is known: each link counts one.", "没有数量记录：每条联系计为一。")
        return np.ones(len(links)), EACH_ONE, (note,)
    if (weight < 0).any():
        raise RequestError("A link has a weight below zero: no flow has.", "有联系的权重小于零，流量不能为负。")
    note = say("No quantity is known: links carry what they weigh.", "没有数量记录：以联系的权重为流量。")
    return np.where(np.isnan(weight), 1.0, weight), WEIGHED, (note,)


def _in_period(links: Links, follow: str, since: int, until: int) -> Ints:
    """Links of the kinds that may lie in the period, each id once; what one gives itself moves nothing."""
    found = links.of_kinds(*KINDS[follow])
    kept = links.first[found] & (links.source[found] != links.target[found])
    kept &= (links.started_latest[found] >= since) & (links.started_earliest[found] <= until)
    chosen: Ints = found[kept]
    return chosen


def _check_period(links: Links, follow: str) -> None:
    """Raises RequestError where something moved at other times, saying when."""
    every = _in_period(links, follow, NEVER, EVER)
    if not len(every):
        return
    first = day_of(int(links.started_earliest[every].min())) or "…"
    last = day_of(int(links.started_latest[every].max())) or "…"
    raise RequestError(
        f"No {follow} moved in this period: what is told lies between {first} and {last}. Change --period-from or "
        "--period-until.",
        f"该时段没有{FOLLOWED[follow]}往来：记录在 {first} 至 {last} 之间。请改 --period-from 或 --period-until。",
    )


def _stated(network: Network, links: Ints, follow: str) -> tuple[Floats, NDArray[np.object_]]:
    """The most that the rows state of each, and its unit; the empty text where none is told."""
    table = network.links
    if follow == "money":
        names = np.array([*table.currencies, "CNY"], object)
        return table.amount_max[links], names[table.currency[links]]
    names = np.array([*table.units, ""], object)
    return table.quantity_max[links], names[table.unit[links]]


def _commonest(units: NDArray[np.object_]) -> str | None:
    found = common_unit(units.tolist())
    return found if found is not None or not len(units) else ""


def _factors(units: NDArray[np.object_], wanted: str) -> Floats:
    """By what a quantity is multiplied to be in the unit; nan where nothing converts it."""
    factor = {unit: convert(1.0, unit, wanted) for unit in sorted(set(units.tolist()))}
    known = {unit: np.nan if each is None else each for unit, each in factor.items()}
    return np.array([known[unit] for unit in units.tolist()], np.float64)


def _packed(casefile: Casefile, links: Ints, units: NDArray[np.object_], factors: Floats, wanted: str) -> Floats:
    """These factors, and where none is known what rows say of the packing of these goods."""
    table = casefile.network().links
    other = np.flatnonzero(np.isnan(factors) & (units != ""))
    if not len(other):
        return factors
    goods = np.where(table.batch >= 0, table.batch, table.product).astype(np.int64)
    about = np.flatnonzero(np.isin(goods, goods[links[other]]) & (goods >= 0))
    ratios, found = packings_of(casefile.store, casefile.network())(about, goods[about]), factors.copy()
    for i in other.tolist():
        factor = in_unit(1.0, str(units[i]), wanted, ratios.get(int(goods[links[i]]), {}))
        found[i] = np.nan if factor is None else factor
    return found


def _left_out(units: NDArray[np.object_], quantity: Floats, known: Mask, taken: str) -> tuple[str, ...]:
    unknown, other = int(np.sum(~(quantity > 0))), int(np.sum((quantity > 0) & ~known))
    notes = []
    if unknown:
        notes.append(
            say(f"{unknown} movements of unknown quantity are not counted.", f"{unknown} 笔往来数量不明，未计。")
        )
    if other:
        others = sorted({str(unit) or "?" for unit in units[(quantity > 0) & ~known].tolist()})
        told, told_zh = ", ".join(others), "、".join(map(chinese, others))
        notes.append(
            say(
                f"{other} movements are in {told}, which does not convert to {taken}: not counted (see --unit).",
                f"{other} 笔往来以{told_zh}计，不能换算成{chinese(taken)}，未计（可用 --unit 另选）。",
            )
        )
    return tuple(notes)
