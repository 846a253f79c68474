"""The rows of a trace: one an entity, with when, how much, how sure, where, and the rows that say so."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.base import Casefile, Findings
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.documents import declared_wrong_note
from graphkit.analyses.parties.meant import meant, taken_note
from graphkit.analyses.parties.meant_accounts import tied_accounts
from graphkit.analyses.parties.namesakes import namesakes_note
from graphkit.analyses.parties.one_party import stands_for as one_stands_for
from graphkit.analyses.parties.same_hands import behind_links
from graphkit.analyses.regions.nearby import regions_near
from graphkit.analyses.times import iso
from graphkit.analyses.told_apart import tellers_of
from graphkit.analyses.tracing.not_followed import not_followed_note
from graphkit.analyses.tracing.notes import late_note, quantity_notes, unlinked_note
from graphkit.analyses.tracing.opening_balances import opening_balances
from graphkit.analyses.tracing.told_whole import told_whole
from graphkit.analyses.tracing.what_if import supposed_note
from graphkit.model.answer import Row
from graphkit.model.language import say
from graphkit.model.nodes import PARTY
from graphkit.network.network import EVER, NEVER
from graphkit.network.payments import DEFAULT_CURRENCY, currency_of
from graphkit.tracing.amounts.each_exactly import NONE
from graphkit.tracing.amounts.figures import Figure, Figures
from graphkit.tracing.amounts.measured import goods_figures, money_figures
from graphkit.tracing.request import FAR
from graphkit.tracing.walk.doubt import cutting
from graphkit.tracing.walk.serials import INSIDE
from graphkit.tracing.walk.start import stands_for
from graphkit.tracing.walk.strength import ungraded
from graphkit.tracing.walk.things import SEEN
from graphkit.tracing.walk.unlinked import unlinked

if TYPE_CHECKING:
    from graphkit.analyses.tracing.request import Asked
    from graphkit.network.network import Links, Network
    from graphkit.tracing.request import Request
    from graphkit.tracing.walk.firmest import Chain, Tracer
    from graphkit.tracing.walk.sweep import Trace

_NAMED = 5


@dataclass(frozen=True)
class _Known:
    """What a trace tells of the entities shown, and of those shown under them: the best chain to each, the rows of its
    links, regions, figures, and the doubtful links without which nothing leads there.
    """

    whole: Trace
    best: dict[int, Chain]
    under: dict[int, list[int]]
    evidence: dict[int, tuple[str, ...]]
    regions: dict[int, str]
    figures: dict[int, Figure]
    cuts: dict[int, list[int]]
    table: Links

    def sureness(self, chain: Chain) -> tuple[float, int]:
        """How firm a chain is, and below zero how many of its links are ungraded."""
        return chain.score, -int(ungraded(self.table, np.array(chain.links, np.int64)).sum())

    def cutting(self, entries: list[int]) -> list[int]:
        """The links without which nothing leads to any of these entries of one party."""
        first, *others = entries
        return [link for link in self.cuts.get(first, ()) if all(link in self.cuts.get(each, ()) for each in others)]


def listed(casefile: Casefile, tracer: Tracer, asked: Asked) -> Findings:
    """One row for each entity that chains lead to, the nearest first."""
    network, whole = tracer.network, tracer.trace()
    nodes, under = _one_a_party(tracer, whole)
    regions: dict[int, str] = {}
    if asked.region:
        regions = _regions(casefile, tracer, nodes)
        nodes = [node for node in nodes if regions.get(int(node), "").startswith(asked.region)]
    shown = [int(node) for node in nodes[: asked.limit]]
    with ThreadPoolExecutor(1) as beside:  # the store is asked while it is worked out how sure, and how much
        near = beside.submit(lambda: regions or _regions(casefile, tracer, shown))
        best = tracer.best(whole, [each for node in shown for each in (node, *under.get(node, ()))])
        links = [link for chain in best.values() for link in chain.links]
        stated = beside.submit(evidence_of, casefile.store, network, links)
        cuts, checked = cutting(tracer, whole, best)
        seen = set(shown) - _by_amounts(tracer, whole, shown)
        media = media_of(casefile, tracer, whole, shown if asked.exact == NONE else ())
        told = _figures(media, shown, asked, alone=len(tracer.follow) == 1)
    told = [{node: each[node] for node in each if node not in seen} for each in told]
    figures = {node: figure for each in told for node, figure in each.items()}
    known = _Known(whole, best, under, stated.result(), near.result(), figures, cuts, network.links)
    rows = _rows(tracer, shown, known, asked)
    notes = [
        *not_followed_note(network, tracer.node, tracer.follow),
        *_told(tracer, whole, len(nodes), asked.limit),
        *_merged_ones(sum(map(len, under.values()))),
        *_unchecked(checked),
    ]
    if "goods" in tracer.follow:
        notes += namesakes_note(network, np.append(whole.node, tracer.node), [tracer.node, *shown])
    notes += late_note(casefile, whole.walked)
    notes += unlinked_note(casefile, unlinked(tracer.ways, whole))
    notes += supposed_note(network, casefile.store, tracer.ways.request)
    notes += declared_wrong_note(network, casefile.store)
    notes += _taken(casefile, tracer, whole)
    notes += _taken_accounts(casefile, tracer, whole)
    for medium, own in zip(media, told, strict=True):
        notes += quantity_notes(casefile, medium, own, shown, asked.exact)
    notes += _changed(network, whole, {each.currency for each in media if each.currency is not None})
    every = told_whole(casefile, media)
    return Findings(rows, tuple(notes), revision=network.revision, columns=asked.columns, whole=every)


def _regions(casefile: Casefile, tracer: Tracer, nodes: Sequence[int]) -> dict[int, str]:
    """The division of each of these that is known to lie in one: its own, else that of who it turns out to be."""
    own = np.asarray(nodes, np.int64)
    if tracer.same is None:
        return regions_near(tracer.network, casefile.store, own.tolist())
    place, other, _ = tracer.same.entries(own)
    found = regions_near(tracer.network, casefile.store, [*own.tolist(), *other.tolist()])
    meant = zip(own[place].tolist(), other.tolist(), strict=True)
    more = sorted(((node, found[one]) for node, one in meant if node not in found and one in found), reverse=True)
    return found | dict(more)


def _one_a_party(tracer: Tracer, whole: Trace) -> tuple[list[int], dict[int, list[int]]]:
    """The entities reached, the nearest first, without names that mean another of them, or the start, of the very name;
    and which are shown under which.
    """
    network, own = tracer.network, whole.node
    there, meant = np.append(own, tracer.node), tracer.same.meant_of(own) if tracer.same is not None else own
    if "money" in tracer.follow:
        meant = np.where(meant == own, one_stands_for(network)[own], meant)
    unnamed = network.kinds.index(PARTY.name) if PARTY.name in network.kinds else -1
    others = (meant != own) & (network.kind[own] == unnamed)
    others[others] = np.isin(meant[others], there)
    others[others] = [
        a == b for a, b in zip(network.names.take(own[others]), network.names.take(meant[others]), strict=True)
    ]
    under: dict[int, list[int]] = {}
    for one, other in zip(meant[others].tolist(), own[others].tolist(), strict=True):
        under.setdefault(one, []).append(other)
    first = whole.first.copy()
    place = np.searchsorted(own, meant[others])
    listed = place < len(own)  # the start is not
    listed[listed] = own[place[listed]] == meant[others][listed]
    np.minimum.at(first, place[listed], first[others][listed])
    order = np.lexsort((own, first))
    return own[order[~others[order]]].tolist(), under


def _taken(casefile: Casefile, tracer: Tracer, whole: Trace) -> tuple[str, ...]:
    """Who of those reached was followed as another by more than rows show."""
    if tracer.same is None or not tracer.same.guessed.any():
        return ()
    reached = np.append(whole.node, tracer.node)
    return taken_note(meant(casefile.store, tracer.network), among=reached)


def _taken_accounts(casefile: Casefile, tracer: Tracer, whole: Trace) -> tuple[str, ...]:
    """Which accounts were followed as another's, or as somebody's, by more than rows show."""
    if "money" not in tracer.follow or tracer.same is None:
        return ()
    network, start = tracer.network, tracer.node
    begun = stands_for(tracer.ways, start)
    tied = tied_accounts(network, meant(casefile.store, network).of)
    return tied.note(network, np.concatenate((whole.node, begun, [start])))


def _merged_ones(count: int) -> list[str]:
    if not count:
        return []
    return [
        say(
            f"{count} entries are shown under the party of the same name, as an account, a phone, an address, a "
            "payment or goods in common show.",
            f"有 {count} 个条目与同名主体合列：账户、电话、地址相同，或有货款、同一品名表明为同一人。",
        )
    ]


def media_of(casefile: Casefile, tracer: Tracer, whole: Trace, shown: Sequence[int]) -> list[Figures]:
    """What is measured of what was followed: goods, money; those first that were named first."""
    ways, store = tracer.ways, casefile.store
    files, packings = behind_links(store, tracer.network)
    made: dict[str, Callable[[], Sequence[Figures | None]]] = {
        "goods": lambda: [goods_figures(ways, whole, tracer.node, files, packings, shown)],
        "money": lambda: money_figures(
            ways, whole, tracer.node, opening_balances(store, tracer.network), tellers_of(store, tracer.network)
        ),
    }
    found = [each for medium in tracer.follow if medium in made for each in made[medium]()]
    return [each for each in found if each is not None]


def _changed(network: Network, whole: Trace, counted: set[str]) -> list[str]:
    """Payments that chains go by in currencies of which nothing surely left the start: money was changed, or began to
    count with what was paid for goods.
    """
    table = network.links
    paid = whole.walked[table.kind[whole.walked] == table.kind_code("PAID")]
    names = (*table.currencies, DEFAULT_CURRENCY)
    others = Counter(names[code] for code in currency_of(table, paid).tolist())
    told = sorted((name, count) for name, count in others.items() if name not in counted)
    if not told:
        return []
    if not counted:
        return [
            say(
                "No amounts of accounts are told, as no payment by itself left what was asked about, or came to it "
                "going back: chains go by what was paid for goods. --explain tells how much each payment was of.",
                "所查对象本身没有付出（回溯时为收到）的款项，链条只经货款相连，故不列各账户金额；每笔付款的金额见 "
                "--explain。",
            )
        ]
    return [
        say(
            "Currencies are counted apart, and no row tells what was changed into these, so that their amounts are "
            f"not told: {', '.join(f'{name} ({count} payments)' for name, count in told)}.",
            "各币种分别计算，没有记录说明有多少兑换成了下列币种，故不列其金额："
            f"{'、'.join(f'{name}（{count} 笔）' for name, count in told)}。",
        )
    ]


def _by_amounts(tracer: Tracer, whole: Trace, shown: Sequence[int]) -> set[int]:
    """Those of these that are led to without sightings and containers, of which no row tells how much was there."""
    kinds = [code for code in map(tracer.network.links.kind_code, (SEEN, INSIDE)) if code >= 0]
    if not kinds:
        return set(shown)
    sightings = whole.walked[np.isin(tracer.network.links.kind[whole.walked], kinds)]
    told = tracer.trace(without=tuple(sightings.tolist()))
    return {node for node in shown if told.place(node) >= 0}


def _figures(media: list[Figures], shown: Sequence[int], asked: Asked, alone: bool) -> list[dict[int, Figure]]:
    """The figures of each medium, an entity's in the first that led to it; where it is followed alone it led to all."""
    left, told = list(shown), []
    for medium in media:
        led = left if alone and len(media) == 1 else medium.led_to(left)
        told.append(medium.of(led, asked.exact, asked.convention))
        left = [node for node in left if node not in told[-1] or told[-1][node].most == 0]
    for first, later in itertools.combinations(told, 2):  # nothing in one medium tells nothing beside the other
        for node in first.keys() & later.keys():
            del first[node]
    paid = [(medium, own) for medium, own in zip(media, told, strict=True) if medium.currency is not None]
    for (_, first), (medium, _) in itertools.combinations(paid, 2):
        for node, more in medium.of(medium.led_to(list(first)), asked.exact, asked.convention).items():
            if more.most != 0:
                first[node] = replace(first[node], others=(*first[node].others, more))
    return told


def _rows(tracer: Tracer, shown: list[int], known: _Known, asked: Asked) -> list[Row]:
    network, whole, best, evidence = tracer.network, known.whole, known.best, known.evidence
    latest = whole.latest_of(list(best))
    found = []
    for node in shown:
        entries = [node, *known.under.get(node, ())]
        places = [whole.place(each) for each in entries]
        figure, (score, graded) = known.figures.get(node, Figure()), max(known.sureness(best[each]) for each in entries)
        first, last = int(whole.earliest[places].min()), max(latest[each] for each in entries)
        first, last = (-last, -first) if tracer.request.back else (first, last)
        found.append(
            {
                "id": network.ids[node],
                "kind": network.kind_of(node),
                "name": network.name_of(node),
                "hops": int(whole.first[places].min()),
                "earliest": iso(first),
                "latest": iso(last),
                "quantity_min": figure.least,
                "quantity_max": figure.most,
                "unit": figure.unit,
                "bound": "exact" if figure.exact else "outer",
                **({"by_convention": figure.by_convention} if asked.convention else {}),
                "score": round(score, 4),
                "ungraded": -graded,
                "doubtful_row": _only_row(evidence[link] for link in known.cutting(entries)),
                "region": known.regions.get(node),
                "evidence": merged(evidence[link] for each in entries for link in best[each].links),
            }
        )
    return found


def _only_row(rows: Iterable[Sequence[str]]) -> str | None:
    """The first row that all depends on; a link that several rows state does not fall with one of them."""
    return next((each[0] for each in rows if len(each) == 1), None)


def _unchecked(checked: bool) -> list[str]:
    if checked:
        return []
    return [
        say(
            "More doubtful links than could be tried one by one: doubtful_row is not complete; --explain checks one "
            "entity.",
            "存疑联系过多，未能逐一检验：doubtful_row 不完整；--explain 可检验单个对象。",
        )
    ]


def _told(tracer: Tracer, whole: Trace, count: int, limit: int) -> list[str]:
    notes = []
    if not count and len(whole.node):
        notes.append(
            say(
                f"Chains lead to {len(whole.node)} entities, none of which is known to lie in the region asked for.",
                f"链条到达 {len(whole.node)} 个对象，均不知位于所选区划之内。",
            )
        )
    elif not count:
        notes.append(_nothing(tracer.request))
    if count > limit:
        notes.append(
            say(f"{limit} of {count} entities shown: --limit.", f"共 {count} 个对象，列出 {limit} 个：--limit。")
        )
    if tracer.request.max_lag == 0:
        notes.append(
            say(
                "No wait is allowed: what came goes on only at the same moment, of days without hours on the same day.",
                "不允许停留：到达后只能在同一时刻转出，只有日期的为同一天。",
            )
        )
    if whole.stopped:
        hops = tracer.request.hops
        notes.append(say(f"Chains of more than {hops} links were not followed.", f"超过 {hops} 步的链条未再追踪。"))
    return [*notes, *_times(tracer.network, whole)]


def _nothing(request: Request) -> str:
    """That nothing was found, and which of what was asked leaves out chains that there may be."""
    bounds = {
        "since": request.since > -FAR, "until": request.until < FAR, "max-lag": request.max_lag < FAR,
        "min-quantity": request.min_quantity > 0, "product": request.product >= 0, "lots-only": request.lots_only,
        "without": bool(request.without or request.closed),
    }  # fmt: skip
    asked = ", ".join(f"--{name}" for name, given in bounds.items() if given)
    if not asked:
        return say("No chain in time order leads anywhere from it.", "没有时间先后相符的链条由此延伸。")
    note = say(
        f"No chain in time order leads anywhere from it within what is asked: {asked}.",
        f"在所设条件（{asked}）之内，没有时间先后相符的链条由此延伸。",
    )
    timed = request.since > -FAR or request.until < FAR
    return note + say(" A find must lie within the times too.", "查获、抽检本身也须在所设时间之内。") if timed else note


def _times(network: Network, whole: Trace) -> list[str]:
    """Which of the links walked have no time."""
    table, notes = network.links, []
    kinds = [table.kind_code(kind) for kind in ("SUPPLIED", "SHIPPED", "PAID", "CALLED", "LINKED")]
    links = whole.walked[np.isin(table.kind[whole.walked], kinds)]
    unknown = np.ones(len(links), bool)
    for earliest, latest in (
        (table.started_earliest, table.started_latest),
        (table.ended_earliest, table.ended_latest),
    ):
        unknown &= (earliest[links] == NEVER) & (latest[links] == EVER)
    unknown = links[unknown]
    if len(unknown):
        named = _listing(network, unknown.tolist())
        notes.append(
            say(
                f"{len(unknown)} links have no time and may lie anywhere: {named}",
                f"{len(unknown)} 条联系时间不详，可能在任何时间：{named}",
            )
        )
    return notes


def _listing(network: Network, links: list[int]) -> str:
    more = len(links) - _NAMED
    return ", ".join(network.links.ids.take(links[:_NAMED])) + (f" … (+{more})" if more > 0 else "")
