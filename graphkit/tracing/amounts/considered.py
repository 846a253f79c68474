"""Which rows tell how much got where: those around every stock that the trace led to, whether it went over them or not.

What came to a stock by other ways thins what was followed; what left it by other ways took some of it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from graphkit.network.sorting import distinct
from graphkit.quantities.deliveries import OPEN, UNMARKED
from graphkit.tracing.amounts.by_weight import ByWeight
from graphkit.tracing.amounts.legs import FOUND, MADE, MOVED, PASSED, USED, Legs, at_either_time, if_ever
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.told_once import ToldOnce
from graphkit.tracing.identity.weighed import weighed
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Measures, Packings
from graphkit.tracing.request import ANY
from graphkit.tracing.walk.finds import WITH
from graphkit.tracing.walk.sweep import Trace
from graphkit.tracing.walk.ways import Mask, Numbers, Ways


@dataclass(frozen=True)
class Opening:
    """What an account, by position, had in a currency, by code, before any row, and the row that tells it."""

    account: int
    currency: int
    amount: float
    row: str


@dataclass(frozen=True, eq=False)
class Considered:
    """The legs, and what cannot be counted.

    `once` says which links tell of one movement, and which may; `aside` links whose quantity is missing, not
    above zero, or in a unit that does not convert; `loose` goods that went into others in an amount that no row tells,
    and what they went into, (2, pairs); `sites` (2, pairs) finds, and at whose place each was found if that is not from
    whom it was taken.
    `parcels` are legs of unknown content; `weights` say how much those at most held that tell no quantity, `weighed`
    are the links of which they do; `blank` legs of rows that tell no quantity and are taken for another row's movement.
    """

    legs: Legs
    parcels: Legs
    measures: Measures
    once: ToldOnce
    aside: Whole
    loose: Whole
    sites: Whole
    weights: ByWeight | None = None
    weighed: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    blank: Legs = field(default_factory=Legs.none)
    known: Whole | None = None  # the holders all of whose deliveries are here, where that are not all
    unmeasured: list[tuple[int, ...]] = field(default_factory=list)  # of `once.same` those by time alone
    sent: dict[int, float] = field(default_factory=dict)  # what the start sent to others, by unit; -1: any
    opened: tuple[Opening, ...] = ()  # money that was there before any row

    @property
    def by_weight(self) -> bool:
        """Whether anything of it stands on what parcels weigh."""
        links = self.weights.ways.links if self.weights else None
        return links is not None and (len(self.weighed) > 0 or bool(weighed(links.kilograms[self.blank.link]).any()))

    def without_weights(self) -> Considered:
        """The same by what rows tell of quantities alone."""
        legs = self.legs.but(most=np.where(np.isin(self.legs.link, self.weighed), np.nan, self.legs.most))
        aside = np.union1d(self.aside, self.weighed)
        return replace(self, legs=legs, aside=aside, weights=None, weighed=np.empty(0, np.int64))

    @property
    def as_heavy(self) -> list[tuple[int, ...]]:
        """Movements of which one row tells no quantity, and weighs as much as another tells: likely, not proved."""
        return [group for group in self.once.same if not self.once.weighed.isdisjoint(group)]

    @property
    def unsure(self) -> Whole:
        """Links whose movement went at another time, or was more, if another row of it is right."""
        weak = [group[:1] for group in (*self.unmeasured, *self.as_heavy)]
        return np.array([link for group in (*self.once.misdated, *weak) for link in group], np.int64)


def considered(
    ways: Ways, trace: Trace, holders: Holders, links: Whole, once: ToldOnce, packings: Packings
) -> Considered:
    """Everything around these holders; `links` are all deliveries to or from them."""
    same = once.same
    again = np.array(sorted({link for group in same for link in group[1:]}), np.int64)
    walked = np.zeros(len(ways.links), bool)
    walked[trace.moved] = True
    for group in same:
        walked[group[0]] = walked[list(group)].any()
    links = links[~np.isin(links, again)]
    goods, amounts = _told(ways, links, same)
    finds = _finds(ways, holders)
    recipes = list(_recipes(ways, holders))
    used = np.concatenate([links, finds.link, *(np.concatenate(each.sides) for each in recipes)])
    carried = np.concatenate([goods, ways.goods(used[len(links) :])])
    measures = _measures(ways, used, carried, packings)
    weights = ByWeight.of(ways, measures)
    moves = _moves(ways, holders, links, goods, amounts, walked, measures)
    moves, heavy = _weighed(ways, moves, weights)
    moves = at_either_time(moves, once.misdated)
    moves = if_ever(moves, np.isin(moves.link, once.doubtful), ways.request.back)
    made = [made_legs(ways, holders, recipe, trace, measures) for recipe in recipes]
    legs = Legs.joined([moves, _measured(ways, finds, measures), *(each for each in made if each is not None)])
    vague = [recipe for recipe, each in zip(recipes, made, strict=True) if each is None]
    told = legs.role != PASSED
    aside = distinct(np.concatenate([legs.link[told & np.isnan(legs.most)], *(np.concatenate(r.sides) for r in vague)]))
    aside = np.setdiff1d(aside, heavy)
    unknown = (legs.given == ANY) & (legs.role == MOVED)
    unknown &= bool((legs.given[legs.role != PASSED] != ANY).any())  # where nothing is named, all is of one kind
    loose, sites = _loose(ways, trace, recipes, vague), _sites(ways, holders, finds)
    parts = legs.take(~unknown), legs.take(unknown)
    silent = np.isnan(ways.links.quantity_max)
    silent[sorted(once.weighed)] = False  # it carried what the other row of its movement tells
    unmeasured = [group for group in same if silent[list(group)].any()]
    blank = _blank(ways, holders, unmeasured, silent)
    return Considered(*parts, measures, once, aside, loose, sites, weights, heavy, blank, unmeasured=unmeasured)


def _weighed(ways: Ways, moves: Legs, weights: ByWeight) -> tuple[Legs, Whole]:
    """The moves, those that tell no quantity with the most that their weight allows; and the links of which it does."""
    silent = np.flatnonzero(np.isnan(moves.most))
    links, goods = moves.link[silent], moves.given[silent]
    product = np.where(goods == ANY, ANY, product_of(ways, np.maximum(goods, 0)))
    every = product_of(ways, distinct(moves.given[moves.given != ANY]))
    told = weights.tell(links, product, every)
    most = moves.most.copy()
    most[silent] = np.where(told & (product != ANY), weights.most(links, product), np.nan)
    return moves.but(most=most), distinct(links[told])


def _blank(ways: Ways, holders: Holders, groups: list[tuple[int, ...]], silent: Mask) -> Legs:
    """The rows of no quantity among those that tell of one movement, between the hands that its first row names."""
    table = ways.links
    pairs = [(link, group[0]) for group in groups for link in group if silent[link]]
    links, first = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    goods = ways.goods(links)
    departs, departs_latest, arrives, arrives_latest = ways.times(links)
    legs = Legs.made(
        giver=holders.of(table.source[first]), taker=holders.of(table.target[first]), given=goods, taken=goods,
        least=0.0, most=np.nan, departs=departs, departs_latest=departs_latest, arrives=arrives,
        arrives_latest=arrives_latest, role=MOVED, link=links,
    )  # fmt: skip
    return legs.take(legs.giver != legs.taker)


def _measures(ways: Ways, used: Whole, carried: Whole, packings: Packings) -> Measures:
    """The units; where those of one product do not convert, by what all rows about it say of its packing."""
    unit, product = ways.links.unit[used].astype(np.int64), product_of(ways, carried)
    measures = Measures(ways.network, product, unit)
    mixed = measures.mixed(product, unit)
    if len(mixed):
        goods = ways.goods(np.arange(len(ways.links)))
        about = np.flatnonzero(np.isin(product_of(ways, goods), mixed[mixed >= 0]))
        mine = np.isin(product, mixed)
        measures.pack(product[mine], carried[mine], unit[mine], packings(about, goods[about]))
    return measures


def product_of(ways: Ways, goods: Whole) -> Whole:
    """The product of these goods; where none is known, the goods themselves."""
    product = ways.product(goods)
    return np.where(product >= 0, product, goods)


def _told(ways: Ways, links: Whole, same: list[tuple[int, ...]]) -> tuple[Whole, tuple[Numbers, Numbers]]:
    """What each movement carried and how much of it: what its first row leaves out, another may tell."""
    table = ways.links
    goods, least, most = ways.goods(links), table.quantity_min[links].copy(), table.quantity_max[links].copy()
    for group in same:
        place = int(np.searchsorted(links, group[0]))
        others = np.array(group, np.int64)
        every = ways.goods(others)
        lots = every[ways.is_lot(every)]
        goods[place] = (lots if len(lots) else every[every >= 0] if (every >= 0).any() else every)[0]
    return goods if ways.serials is None else ways.serials.contents(goods), (least, most)


def _moves(
    ways: Ways, holders: Holders, links: Whole, goods: Whole, amounts: tuple[Numbers, Numbers],
    walked: Mask, measures: Measures,
) -> Legs:  # fmt: skip
    table, unit, product = ways.links, ways.links.unit[links].astype(np.int64), product_of(ways, goods)
    departs, departs_latest, arrives, arrives_latest = ways.times(links)
    least, most = (measures.given_in(_positive(amount), unit, product, goods) for amount in amounts)
    legs = Legs.made(
        giver=holders.of(table.source[links]), taker=holders.of(table.target[links]), given=goods, taken=goods,
        least=least, most=most, departs=departs, departs_latest=departs_latest, arrives=arrives,
        arrives_latest=arrives_latest, mark=np.where(walked[links], OPEN, UNMARKED), role=MOVED, link=links,
    )  # fmt: skip
    return legs.take(legs.giver != legs.taker)


def _positive(amount: Numbers) -> Numbers:
    return np.where(amount > 0, amount, np.nan)


def _finds(ways: Ways, holders: Holders) -> Legs:
    """What was seized from these holders, or sampled, each line by itself; marks are set by whose goods are asked."""
    holder, find, tie = ways.entries(ways.network.into, holders.nodes, *WITH)
    rank = np.array([WITH.index(ways.links.kinds[k]) for k in ways.links.kind[tie]], np.int64)
    order = np.lexsort((tie, rank, find))
    find, first = np.unique(find[order], return_index=True)  # from whom it was seized comes before where
    holder = holders.nodes[holder[order][first]]
    at, _, line = ways.entries(ways.network.out, find, "OF_BATCH", "OF_PRODUCT")
    batch, kind = ways.links.batch[line], ways.links.kind[line]
    kept = (batch < 0) | (kind == ways.links.kind_code("OF_BATCH"))  # a line of a batch is told by both links
    at, line = at[kept], line[kept]
    goods = ways.goods(line)
    departs, departs_latest, arrives, arrives_latest = ways.times(line)
    return Legs.made(
        giver=holders.of(holder[at]), taker=holders.count + find[at], given=goods, taken=goods,
        least=ways.links.quantity_min[line], most=ways.links.quantity_max[line], departs=departs,
        departs_latest=departs_latest, arrives=arrives, arrives_latest=arrives_latest, role=FOUND, link=line,
        about=find[at],
    )  # fmt: skip


def _sites(ways: Ways, holders: Holders, finds: Legs) -> Whole:
    find, first = np.unique(finds.about, return_index=True)
    at, place, _ = ways.entries(ways.network.out, find, "SEIZED_AT")
    pairs = np.stack((find[at], holders.of(place)))
    return pairs[:, (pairs[1] >= 0) & (pairs[1] != finds.giver[first[at]])]


def _measured(ways: Ways, legs: Legs, measures: Measures) -> Legs:
    unit, product = ways.links.unit[legs.link].astype(np.int64), product_of(ways, legs.given)
    least, most = (
        measures.given_in(_positive(amount), unit, product, legs.given) for amount in (legs.least, legs.most)
    )
    return legs.but(least=least, most=most)


@dataclass(frozen=True, eq=False)
class _Recipe:
    """One transformation: its position, who holds its place, the links of what went in and of what came out."""

    node: int
    holder: int
    sides: tuple[Whole, Whole]


def _recipes(ways: Ways, holders: Holders) -> Iterator[_Recipe]:
    """Transformations at the places of these holders, each once."""
    place, node, _ = ways.stated(ways.network.into, holders.nodes, "DONE_AT")
    node, first = np.unique(node, return_index=True)
    holder = holders.of(holders.nodes[place[first]])
    into, _, used = ways.stated(ways.network.into, node, "INPUT_OF")
    out, _, made = ways.stated(ways.network.out, node, "OUTPUT_AS")
    begins = [np.searchsorted(ends, np.arange(len(node) + 1)) for ends in (into, out)]
    for i in range(len(node)):
        sides = used[begins[0][i] : begins[0][i + 1]], made[begins[1][i] : begins[1][i + 1]]
        yield _Recipe(int(node[i]), int(holder[i]), sides)


def made_legs(ways: Ways, holders: Holders, recipe: _Recipe, trace: Trace, measures: Measures) -> Legs | None:
    """A transformation as legs; None where the rows do not tell how much went in and came out, in one unit.

    What goes in of one product is one stock, whichever lots it is of, and arrives as so much of the output as it can
    make. Several products make up the output together, each as all of it: a recipe. Where rows tell one side only, of
    what it was made or what came of it is unknown, and how much there was is told all the same.
    """
    used, made = recipe.sides
    goods = [ways.goods(side) for side in recipe.sides]
    units = [ways.links.unit[side].astype(np.int64) for side in recipe.sides]
    amount = [measures.given_in(_positive(ways.links.quantity_max[side]), unit, product_of(ways, which), which)
              for side, unit, which in zip(recipe.sides, units, goods, strict=True)]  # fmt: skip
    made_in = distinct(measures.unit_of(product_of(ways, goods[1])))
    known = not any(np.isnan(each).any() or (which == ANY).any() for each, which in zip(amount, goods, strict=True))
    both = len(used) > 0 and len(made) > 0
    if not known or (both and len(made_in) != 1):
        return None
    whole, node = float(amount[1].sum()), holders.count + recipe.node
    mark = OPEN if trace.place(recipe.node) >= 0 else UNMARKED
    marks = [np.where(np.isin(side, ways.without), UNMARKED, mark) for side in recipe.sides]
    products, which = np.unique(product_of(ways, goods[0]), return_inverse=True)
    sums = np.bincount(which, amount[0])
    several = both and len(products) > 1
    gain = whole / sums[which] if both else 1.0
    departs = _spans(ways, used), _spans(ways, made)

    def legs(role: int, place: int, **columns: object) -> Legs:
        begin, end = departs[place]
        spans = {"departs": begin, "departs_latest": end, "arrives": begin, "arrives_latest": end}
        return Legs.made(mark=marks[place], role=role, about=recipe.node, **spans, **columns)

    parts = [
        legs(USED, 0, giver=recipe.holder, taker=node, given=goods[0], taken=products[which] if several else ANY,
             least=amount[0], most=amount[0], gain=gain, link=used),
        legs(MADE, 1, giver=node, taker=recipe.holder, given=ANY, taken=goods[1], least=amount[1], most=amount[1],
             link=made),
    ]  # fmt: skip
    if several:
        first = used[np.unique(which, return_index=True)[1]]
        begin, end = _spans(ways, first)
        parts.append(Legs.made(
            giver=node, taker=node, given=products, taken=ANY, least=whole, most=whole, departs=begin,
            departs_latest=end, arrives=begin, arrives_latest=end, mark=mark, role=PASSED, link=first,
            about=recipe.node,
        ))  # fmt: skip
    return Legs.joined(parts)


def _spans(ways: Ways, links: Whole) -> tuple[Whole, Whole]:
    begin, end, _, _ = ways.times(links)
    return begin, end


def _loose(ways: Ways, trace: Trace, recipes: list[_Recipe], vague: list[_Recipe]) -> Whole:
    """Goods, and what they went into, where no row tells how much: rows that join lots only, and vague recipes."""
    table = ways.links
    told = trace.moved[table.kind[trace.moved] == table.kind_code("TRANSFORMED_INTO")]
    ends = np.stack((table.source[told], table.target[told])).astype(np.int64)
    exact = [each for each in recipes if each not in vague]
    known = {
        (a, b) for each in exact for a in ways.goods(each.sides[0]).tolist() for b in ways.goods(each.sides[1]).tolist()
    }
    pairs = {pair for pair in zip(*ends.tolist(), strict=True) if pair not in known}
    pairs |= {(a, b) for each in vague if trace.place(each.node) >= 0
              for a in ways.goods(each.sides[0]).tolist() for b in ways.goods(each.sides[1]).tolist()}  # fmt: skip
    pairs |= _went_into(ways, trace)
    return np.array(sorted(pairs), np.int64).reshape(-1, 2).T


def _went_into(ways: Ways, trace: Trace) -> set[tuple[int, int]]:
    """Goods of deliveries of which rows say that they went into other goods, but not how much."""
    if ways.told is None:
        return set()
    moved = trace.moved[ways.told.delivery[trace.moved] >= 0]
    at, other = ways.told.entries(ways.told.delivery[moved])
    ends = ways.goods(moved[at]), ways.goods(other)
    before, after = ends[::-1] if ways.request.back else ends
    return {(a, b) for a, b in zip(before.tolist(), after.tolist(), strict=True) if a != b and a >= 0 and b >= 0}
