"""One step on from each state: deliveries, who holds what at a place, transformations, lots, finds, money, calls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graphkit.model.nodes import PRODUCT
from graphkit.tracing.labels import Labels, Whole
from graphkit.tracing.request import ANY, ENDED, FAR, FLOW_OF, MONEY, TIE_OF
from graphkit.tracing.walk.finds import begun, ended, found
from graphkit.tracing.walk.moving import all_there, moved, placed, some, tied
from graphkit.tracing.walk.several_makers import way_told
from graphkit.tracing.walk.strength import BY_DATE, BY_NAME, UNTOLD
from graphkit.tracing.walk.things import from_things, of_lots, seen_at
from graphkit.tracing.walk.told import DELIVERY
from graphkit.tracing.walk.ways import Entries, Mask, Ways

LOTS = ("Batch", "Item")
NO_HOLDERS = (*LOTS, "Transformation", "Seizure", "Sample")


def steps(ways: Ways, labels: Labels, first: int, *, flows: bool = True) -> Labels:
    """Every step on from these labels, the first of which has the number `first`; without `flows` only along ties."""
    labels, own = ways.passing(labels)
    goods = np.flatnonzero(labels.carried >= ANY)
    parts = [part for medium in FLOW_OF for part in _flow(ways, labels, medium, flows)]
    parts += _goods(ways, labels, goods, flows)
    parts.append(_ended(ways, labels))
    made = Labels.joined(parts)
    kept = made.take(np.flatnonzero((made.lo <= made.hi) & (made.score >= ways.request.least - 5e-4)))
    return Labels(kept.node, kept.carried, kept.lo, kept.hi, kept.link, own[kept.parent] + first, kept.score)


def _flow(ways: Ways, labels: Labels, medium: int, flows: bool) -> list[Labels]:
    """Money from account to account, calls from phone to phone; their holders have what these have."""
    mine = np.flatnonzero(labels.carried == medium)
    if not len(mine):
        return []
    nodes = labels.node[mine]
    parts = []
    if flows:
        entries = placed(mine, ways.entries(ways.ahead, nodes, FLOW_OF[medium]))
        entries = some(entries, ways.wanted(entries[2]))
        parts = [moved(ways, labels, entries, np.full(len(entries[0]), medium), 1.0)]
    for adjacency in (ways.network.out, ways.network.into):
        parts.append(tied(ways, labels, placed(mine, ways.entries(adjacency, nodes, TIE_OF[medium])), medium))
    return [*parts, _same(ways, labels, mine)] if medium == MONEY else parts


def _goods(ways: Ways, labels: Labels, mine: Whole, flows: bool) -> list[Labels]:
    if not len(mine):
        return []

    def of(*names: str) -> Whole:
        return mine[ways.of_kind(labels.node[mine], *names)]

    made, lots, things, places = of("Transformation"), of("Batch"), of("Item"), of("Place")
    holders = mine[~ways.of_kind(labels.node[mine], *NO_HOLDERS)]
    whole = lots[labels.carried[lots] == ANY]
    told = _told_of(ways, labels, holders)
    holders = holders[~told]
    loose = holders
    if ways.request.lots_only:
        loose = holders[(labels.link[holders] < 0) | ways.mixes(labels.node[holders])]
    parts = [_delivered(ways, labels, loose)] if flows else []
    parts.append(_told(ways, labels, mine, of(DELIVERY)))
    parts += _controlled(ways, labels, holders)
    parts.append(_same(ways, labels, holders))
    parts += _entered(ways, labels, places)
    parts += _left(ways, labels, made)
    parts += _lots(ways, labels, mine, np.concatenate((lots, things[~ways.inside(labels)[things]])))
    parts += _carriers(ways, labels, whole)
    parts += from_things(ways, labels, things) + of_lots(ways, labels, whole)
    parts.append(seen_at(ways, labels, places))
    parts += begun(ways, labels, of("Seizure", "Sample"))
    return parts if ways.request.back else [*parts, _found(ways, labels, holders)]


def _delivered(ways: Ways, labels: Labels, mine: Whole) -> Labels:
    entries = placed(mine, ways.entries(ways.ahead, labels.node[mine], *ways.deliveries))
    entries = some(entries, ways.wanted(entries[2]))
    possible, known, firmness = ways.match(labels.carried[entries[0]], ways.goods(entries[2]))
    whole = np.zeros(len(labels), bool)  # of what there ever was: nothing to be weak about
    whole[mine] = (labels.link[mine] < 0) | all_there(ways, labels, mine)
    firmness = np.where(whole[entries[0]], 1.0, firmness)
    chosen = np.flatnonzero(possible)
    known = as_told(ways, entries[2], known)
    return moved(ways, labels, some(entries, chosen), known[chosen], firmness[chosen])


def _told(ways: Ways, labels: Labels, mine: Whole, deliveries: Whole) -> Labels:
    """By rows that say which delivery went into which; from a delivery itself to where it went."""
    if ways.told is None:
        return Labels.empty()
    chosen = mine[ways.told.is_delivery(labels.carried[mine])]
    origin, link = ways.told.entries(labels.carried[chosen])
    first = ways.told.link[labels.node[deliveries]]
    begun = deliveries[first >= 0]
    at, link = np.concatenate((chosen[origin], begun)), np.concatenate((link, first[first >= 0]))
    far = (ways.links.source if ways.request.back else ways.links.target)[link].astype(np.int64)
    entries = ways.allowed((at, far, link))
    entries = some(entries, ways.wanted(entries[2]))
    return moved(ways, labels, entries, as_told(ways, entries[2], ways.goods(entries[2])), 1.0)


def _told_of(ways: Ways, labels: Labels, mine: Whole) -> Mask:
    """Which labels carry a delivery of which rows say where it went on."""
    if ways.told is None:
        return np.zeros(len(mine), bool)
    return ways.told.is_delivery(labels.carried[mine])


def as_told(ways: Ways, link: Whole, known: Whole) -> Whole:
    """What is carried after these links: the delivery itself, where rows say how it went on."""
    if ways.told is None:
        return known
    return np.where(ways.told.leads_on(link), ways.told.delivery[link], known)


def _controlled(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """What is at a place is with those who control it, and the other way round."""
    parts = []
    for adjacency in (ways.network.out, ways.network.into):
        entries = placed(mine, ways.entries(adjacency, labels.node[mine], TIE_OF[ANY]))
        parts.append(tied(ways, labels, entries, labels.carried[entries[0]]))
    return parts


def _same(ways: Ways, labels: Labels, mine: Whole) -> Labels:
    """What a name has is with whom it turns out to be, and the other way round."""
    if ways.same is None:
        return Labels.empty()
    origin, at = ways.same.at(labels.node[mine])
    entries = mine[origin], ways.same.other[at], ways.same.link[at]
    money = ~(ways.of_kind(entries[1], "Account") | ways.of_kind(labels.node[entries[0]], "Account"))
    money |= labels.carried[entries[0]] == MONEY  # of goods no account is told
    kept = np.flatnonzero(money & ~np.isin(entries[2], ways.without))
    firmness = np.where(ways.same.guessed[at[kept]] > 0, BY_NAME, 1.0)
    entries = some(entries, kept)
    return tied(ways, labels, entries, labels.carried[entries[0]], firmness)


def _entered(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From a place into what was done there with these goods: the transformation carries all that goes into it.

    What may be anything is tied to it by having been there, whatever rows tell of its goods.
    """
    done = placed(mine, ways.entries(ways.network.into, labels.node[mine], "DONE_AT"))
    place, node, _ = done = some(done, ways.of_kind(done[1], "Transformation"))  # events have no inputs of their own
    side, adjacency = ("OUTPUT_AS", ways.network.out) if ways.request.back else ("INPUT_OF", ways.network.into)
    at, _, link = ways.entries(adjacency, node, side)
    possible, _, firmness = ways.match(labels.carried[place[at]], ways.goods(link))
    chosen = np.flatnonzero(possible)
    entries = place[at][chosen], node[at][chosen], link[chosen]
    inside = moved(ways, labels, entries, np.full(len(chosen), ANY), np.maximum(firmness[chosen], BY_DATE))
    any_goods = some(done, labels.carried[place] == ANY)
    firmness = np.where(all_there(ways, labels, any_goods[0]), 1.0, BY_DATE)
    return [inside, moved(ways, labels, any_goods, np.full(len(firmness), ANY), firmness)]


def _left(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From a transformation to what it made, or going back to what went into it, as lots and at its place.

    Of what no row names the lot the product is told, and leads nowhere by itself: it is any of it, by whomever made.
    """
    side, adjacency = ("INPUT_OF", ways.network.into) if ways.request.back else ("OUTPUT_AS", ways.network.out)
    origin, goods, link = entries = placed(mine, ways.entries(adjacency, labels.node[mine], side))
    at, place, done = ways.stated(ways.network.out, labels.node[origin], "DONE_AT")
    sited = np.isin(np.arange(len(goods)), at)
    at, place, _ = ways.allowed((at, place, done))
    known = ways.is_lot(goods)
    whole = known & (~sited if ways.request.back else True)
    lots = tied(ways, labels, some(entries, known), np.where(whole, ANY, goods)[known])
    products = tied(ways, labels, some(entries, ways.of_kind(goods, PRODUCT.name)), ENDED)
    parts = [lots, products, tied(ways, labels, (origin[at], place, link[at]), goods[at])]
    return [*parts, _site(ways, labels, mine[~np.isin(mine, origin)])] if ways.request.back else parts


def _site(ways: Ways, labels: Labels, mine: Whole) -> Labels:
    """Where goods were made of what no row tells: going back the chain ends there, and with those who control it."""
    return tied(ways, labels, placed(mine, ways.entries(ways.network.out, labels.node[mine], "DONE_AT")), ENDED)


def _lots(ways: Ways, labels: Labels, mine: Whole, lots: Whole) -> list[Labels]:
    """From a lot to the transformations that made it or that took it in, and to the lots of which rows say so.

    Going back whoever has it has what these made, though less firmly than by rows that tell how it came to him; where
    several made it, and rows tell how it came to him, it is theirs from whom these rows lead.
    """
    network, back = ways.network, ways.request.back
    carried = np.where(np.isin(mine, lots), labels.node[mine], labels.carried[mine])
    own = (carried >= 0) & (carried < len(network)) & ways.is_lot(carried)
    at_lot = np.isin(mine, lots)
    own_lots = np.flatnonzero(own & (at_lot | back))
    if back:
        own_lots = own_lots[~way_told(ways, labels, mine[own_lots], carried[own_lots])]
    chosen, goods = mine[own_lots], carried[own_lots]
    adjacency, side = (network.into, "OUTPUT_AS") if back else (network.out, "INPUT_OF")
    firm = np.where(at_lot[own_lots], 1.0, UNTOLD)
    at, node, link = ways.entries(adjacency, goods, side)
    parts = [moved(ways, labels, (chosen[at], node, link), np.full(len(at), ANY), firm[at])]
    at, into, link = ways.entries(ways.ahead, goods, "TRANSFORMED_INTO")
    whole = _unsited(ways, into) if back else np.ones(len(into), bool)
    parts.append(moved(ways, labels, (chosen[at], into, link), np.where(whole, ANY, into), firm[at]))
    if back:
        return parts
    parts.append(_maker(ways, labels, lots))
    return [*parts, _worked_up(ways, labels, mine[own & ~at_lot], carried[own & ~at_lot])]


def _maker(ways: Ways, labels: Labels, lots: Whole) -> Labels:
    """Where the lot was made that a trace begins with, or of which the find is: there it has been ever since."""
    link = labels.link[lots]
    begun = (link < 0) | np.isin(ways.links.kind[np.maximum(link, 0)], ways.codes(("OF_BATCH",)))
    entries = placed(lots[begun], ways.entries(ways.network.into, labels.node[lots[begun]], "OUTPUT_AS"))
    origin, node, made = some(entries, ~np.isin(entries[1], ways.request.closed))
    at, place, _ = ways.entries(ways.network.out, node, "DONE_AT")
    return moved(ways, labels, (origin[at], place, made[at]), labels.node[origin[at]], 1.0)


def _worked_up(ways: Ways, labels: Labels, mine: Whole, goods: Whole) -> Labels:
    """Goods that somebody holds went into another lot, where no row says at which place that was."""
    open_ = _unsited(ways, goods)
    entries = placed(mine[open_], ways.entries(ways.ahead, goods[open_], "TRANSFORMED_INTO"))
    return moved(ways, labels, entries, np.full(len(entries[0]), ANY), 1.0)


def _unsited(ways: Ways, goods: Whole) -> Mask:
    """Whether no row says at which place this lot was worked up."""
    origin, made, _ = ways.stated(ways.network.out, goods, "INPUT_OF")
    at, _, _ = ways.stated(ways.network.out, made, "DONE_AT")
    mask: Mask = ~np.isin(np.arange(len(goods)), origin[at])
    return mask


def _carriers(ways: Ways, labels: Labels, mine: Whole) -> list[Labels]:
    """From a whole lot to all who handed it on, received it, counted it, or had it seized."""
    origin, _, carriers = ways.carriers.expand(labels.node[mine])
    link = carriers.astype(np.int64)
    entries = ways.allowed((mine[origin], link, link))
    kind, lot = ways.links.kind[entries[2]], labels.node[entries[0]]
    chosen = np.isin(kind, ways.codes(ways.deliveries)) & ways.wanted(entries[2])
    (origin, _, link), lot_moved = some(entries, chosen), lot[chosen]
    ends = ways.links.source[link].astype(np.int64), ways.links.target[link].astype(np.int64)
    near, far = ends[::-1] if ways.request.back else ends
    received = moved(ways, labels, (origin, far, link), lot_moved, 1.0)
    parts = [received]
    if not ways.request.back:  # going back, who received it last is no source of it
        own = _not_received(ways, received, (origin, near, link))
        parts.append(_seen(ways, labels, some((origin, near, link), own), lot_moved[own]))
    counted = np.isin(kind, ways.codes(("COUNTED_AT",)))
    (origin, _, link), lot_counted = some(entries, counted), lot[counted]
    parts.append(_seen(ways, labels, (origin, ways.links.target[link].astype(np.int64), link), lot_counted))
    if not ways.request.back:
        origin, _, link = some(entries, np.isin(kind, ways.codes(("OF_BATCH",))))
        find = ways.links.source[link].astype(np.int64)
        origin, find, link = some((origin, find, link), ways.of_kind(find, "Seizure", "Sample"))
        parts.append(moved(ways, labels, (origin, find, link), np.full(len(link), ENDED), 1.0))
    return parts


def _not_received(ways: Ways, received: Labels, handed_on: Entries) -> Whole:
    """Which of these handed a lot on and had not, as rows tell, received it by then: when they got it, no row says."""
    origin, holder, link = handed_on
    far, near = ways.who(received.node), ways.who(holder)
    width = len(ways.network)
    keys, place = np.unique(received.parent * width + far, return_inverse=True)
    first = np.full(len(keys) + 1, FAR)
    np.minimum.at(first, place, received.lo)
    mine = origin * width + near
    at = np.searchsorted(keys, mine)
    known = np.append(keys, -1)[at] == mine
    return np.flatnonzero(~known | (first[at] > ways.moments(link)[1]))


def _seen(ways: Ways, labels: Labels, entries: Entries, carried: Whole) -> Labels:
    """Somebody had the lot when the link says so; when he got it, no row says: by the first such moment at the latest.

    The moment lies within the times and the wait that are asked for, as if the lot itself went on by the link.
    """
    lo, by = ways.leaves(labels, entries)
    chosen = np.flatnonzero(lo <= by)
    origin, holder, _ = entries = some(entries, chosen)
    _, which = np.unique(origin * len(ways.network) + ways.who(holder), return_inverse=True)
    first = np.full(len(chosen), FAR)
    np.minimum.at(first, which, by[chosen])
    return replace(tied(ways, labels, entries, carried[chosen]), hi=first[which])


def _found(ways: Ways, labels: Labels, mine: Whole) -> Labels:
    """From who held goods to the seizures and samples that found such goods with him."""
    *entries, firmness = found(ways, labels, mine)
    firmness = np.where(all_there(ways, labels, entries[0]), 1.0, firmness)
    return moved(ways, labels, (entries[0], entries[1], entries[2]), np.full(len(firmness), ENDED), firmness)


def _ended(ways: Ways, labels: Labels) -> Labels:
    """From a find that goods ended in: with whom and where it was. Back, from where goods were made: whose that is."""
    mine = np.flatnonzero(labels.carried == ENDED)
    if ways.request.back:
        return tied(ways, labels, placed(mine, ways.entries(ways.network.into, labels.node[mine], TIE_OF[ANY])), ENDED)
    return tied(ways, labels, ended(ways, labels, mine), ENDED)
