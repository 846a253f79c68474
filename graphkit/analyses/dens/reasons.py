"""Why a site behaves like a den: what finds each reason, and the links on which it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np

from graphkit.analyses.dens.goods import Goods, among
from graphkit.analyses.parties.suspects import suspected
from graphkit.analyses.regions.sites import Mask, Whole, join
from graphkit.network.network import EVER, NEVER

_DAY = 86_400_000_000
PAY_WINDOW = 7 * _DAY  # a payment so near to a delivery between the same two can be for it
MANY = 5  # waybills from one address
AGAIN = 2  # waybills that give one name at one address
MATERIAL_FORMS = ("raw_material", "packaging", "semi_finished")
_WORKS = re.compile(
    r"厂房|厂区|仓库|库房|冷库|车间|作坊|仓储|货栈|warehouse|depot|workshop|works\b|factory|storage unit", re.IGNORECASE
)

Found = Iterable[tuple[int, int]]  # site, link that says so; -1 less its position where a place itself does


def recorded(goods: Goods) -> Found:
    """A record gives the place a den's number."""
    columns = goods.sites.store.property_columns(["place_id"])
    for node in dict.fromkeys(columns["node"].tolist()):
        position = goods.network.position(node)
        if goods.sites.site[position] >= 0:
            yield int(goods.sites.site[position]), -1 - position


def worked_up(goods: Goods) -> Found:
    """Goods are pressed, filled or relabelled there."""
    for site, link, done in np.concatenate((goods.made, goods.used)).tolist():
        yield site, link
        yield site, done


def material_in(goods: Goods) -> Found:
    """Raw or packing material goes in."""
    links, sites = (np.concatenate(column) for column in zip(goods.sites.received, goods.moved_to(), strict=True))
    kept = goods.is_material(links) & ~goods.licensed_sites[sites]
    yield from _pairs(links[kept], sites[kept])


def material_named(goods: Goods) -> Found:
    """What goes in is called raw or packing material; not where only such things leave, as from a trader in them."""
    links, sites = (np.concatenate(column) for column in zip(goods.sites.received, goods.moved_to(), strict=True))
    kept = goods.called_material(links) & ~goods.licensed_sites[sites]
    sent, origin = goods.sites.sent
    passed_on = goods.called_material(sent)
    traders = np.setdiff1d(origin[passed_on], origin[~passed_on])
    kept &= ~np.isin(sites, traders)
    yield from _pairs(links[kept], sites[kept])


def from_makers(goods: Goods) -> Found:
    """What was worked up elsewhere without a licence comes straight from who did it."""
    group, site = goods.sites.workers
    batch = goods.links.target[goods.made[:, 1]].astype(np.int64)
    made, maker = join(goods.made[:, 0], site, group)
    links, sites = goods.moved_to()
    kept = among((goods.giver[links], goods.goods[links]), (maker, batch[made])) & ~goods.licensed_sites[sites]
    kept &= ~among((sites, goods.goods[links]), (goods.made[:, 0], batch))
    yield from _pairs(links[kept], sites[kept])


def unlicensed_out(goods: Goods) -> Found:
    """Goods leave that nobody licensed made there or sent there."""
    lawful = goods.moves[goods.licensed[goods.giver[goods.moves]]]
    links, sites = goods.sites.sent
    kept = (goods.goods[links] >= 0) & ~goods.licensed[goods.giver[links]] & ~goods.licensed_sites[sites]
    kept &= ~among((goods.giver[links], goods.goods[links]), (goods.taker[lawful], goods.goods[lawful]))
    yield from _pairs(links[kept], sites[kept])


def many_waybills(goods: Goods) -> Found:
    """Many waybills leave an address where no company is."""
    sent, site = goods.sites.sent
    located, at = goods.sites.located
    company = np.isin(goods.links.source[located], goods.network.of_kinds("Company"))
    count = np.bincount(site, minlength=len(goods.sites))
    count[at[company]] = 0
    count[goods.licensed_sites] = 0
    for where, link in _pairs(sent, site):
        if count[where] >= MANY:
            yield where, link


def nobody_named(goods: Goods) -> Found:
    """Waybills leave an address at which neither a record nor one name on waybills puts anybody."""
    alone = {site for site, _ in same_name(goods)}
    for where, link in _unrecorded(goods):
        if where not in alone:
            yield where, link


def same_name(goods: Goods) -> Found:
    """Waybills leave an address at which only they put anybody: the same name, there again and again."""
    sent, received = goods.sites.sent, goods.sites.received
    links, sites = (np.concatenate(column) for column in zip(sent, received, strict=True))
    who = np.concatenate((goods.giver[sent[0]], goods.taker[received[0]]))
    ends = np.concatenate((goods.links.source[sent[0]], goods.links.target[received[0]]))
    told = np.isin(ends, [end for end in np.unique(ends).tolist() if goods.network.names[end]])
    told &= np.isin(sites, [site for site, _ in _unrecorded(goods)])
    pair = (sites * np.int64(len(goods.network)) + who)[told]
    _, which, count = np.unique(pair, return_inverse=True, return_counts=True)
    again = count[which] >= AGAIN
    yield from _pairs(links[told][again], sites[told][again])


def _unrecorded(goods: Goods) -> Found:
    """What leaves addresses at which no record of a person, a company or a place puts anybody."""
    located, at = goods.sites.located
    known = np.isin(goods.links.source[located], goods.network.of_kinds("Person", "Company"))
    named = np.zeros(len(goods.sites), bool)
    named[at[known]] = True
    named[[site for site, _ in recorded(goods)]] = True
    for where, link in _pairs(*goods.sites.sent):
        if not named[where]:
            yield where, link


def works_address(goods: Goods) -> Found:
    """The address is that of works or a warehouse, goods move there, and no company is there."""
    located, at = goods.sites.located
    company = np.isin(goods.links.source[located], goods.network.of_kinds("Company"))
    taken = np.zeros(len(goods.sites), bool)
    taken[at[company]] = True
    reads = np.array([bool(_WORKS.search(text)) for text in goods.sites.address], bool)
    links, sites = (np.concatenate(column) for column in zip(goods.sites.sent, goods.sites.received, strict=True))
    for where, link in _pairs(links, sites):
        if reads[where] and not taken[where]:
            yield where, link


def suspects_there(goods: Goods) -> Found:
    """Who controls it, or sends and receives there, is a suspect already, or goods were seized from him."""
    named = suspected(goods.network, goods.sites.store)
    seized = goods.links.of_kinds("SEIZED_FROM")
    links = np.concatenate((named, seized))
    group = np.concatenate((goods.giver[named], goods.taker[seized]))
    at, site = goods.sites.of_groups(group)
    yield from _pairs(links[at], site)


def payments_match(goods: Goods) -> Found:
    """Who got goods from there paid who sent them, within days."""
    links = goods.links
    paid, holds = links.of_kinds("PAID"), links.of_kinds("HOLDS")
    holder, account = goods.giver[holds], links.target[holds].astype(np.int64)
    at, payer = join(links.source[paid].astype(np.int64), account, holder)
    paid, payee_of = paid[at], links.target[paid[at]].astype(np.int64)
    at, payee = join(payee_of, account, holder)
    paid, payer = paid[at], payer[at]
    moved, site = goods.moved_from()
    width = np.int64(goods.sites.group.max(initial=0) + 1)
    between = goods.taker[moved] * width + goods.giver[moved]
    place, delivery = join(payer * width + payee, between, np.arange(len(moved)))
    near = _near(goods, paid[place], moved[delivery])
    for payment, move, where in zip(paid[place][near], moved[delivery][near], site[delivery][near], strict=True):
        yield int(where), int(payment)
        yield int(where), int(move)


def _near(goods: Goods, one: Whole, other: Whole) -> Mask:
    table = goods.links
    begin, end = table.started_earliest, table.started_latest
    known = (begin[one] != NEVER) & (begin[other] != NEVER) & (end[one] != EVER) & (end[other] != EVER)
    near: Mask = known & (begin[one] - PAY_WINDOW <= end[other]) & (begin[other] - PAY_WINDOW <= end[one])
    return near


def material_seized(goods: Goods) -> Found:
    """Raw, packing or half-made material was seized there."""
    links = goods.links
    forms = _forms(goods)
    if not forms:
        return
    for link in links.of_kinds("SEIZED_AT").tolist():
        site = int(goods.sites.site[links.target[link]])
        if site >= 0 and int(links.source[link]) in forms and not goods.licensed_sites[site]:
            yield site, link


def _forms(goods: Goods) -> set[int]:
    """The seizures of raw, packing or half-made material."""
    lines = goods.links.of_kinds("OF_PRODUCT", "OF_BATCH")
    lines = lines[np.isin(goods.links.source[lines], goods.network.of_kinds("Seizure"))]
    ids = sorted({goods.links.ids[int(link)] for link in lines})
    told = goods.sites.store.links(ids) if ids else []
    return {goods.network.position(each.source) for each in told if each.properties.get("form") in MATERIAL_FORMS}


def _pairs(links: Whole, sites: Whole) -> Found:
    return zip(sites.tolist(), links.tolist(), strict=True)


# By the names of `graphkit.analyses.dens.dens.WEIGHTS`.
FINDERS: dict[str, Callable[[Goods], Found]] = {
    "recorded": recorded,
    "worked_up": worked_up,
    "material_seized": material_seized,
    "material_in": material_in,
    "material_named": material_named,
    "from_makers": from_makers,
    "works_address": works_address,
    "many_waybills": many_waybills,
    "unlicensed_out": unlicensed_out,
    "nobody_named": nobody_named,
    "same_name": same_name,
    "suspects_there": suspects_there,
    "payments_match": payments_match,
}
