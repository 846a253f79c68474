"""The best chains of a trace to one entity, link by link, and the doubtful row that all depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.base import Casefile, Findings
from graphkit.analyses.chains import describe, evidence_of
from graphkit.analyses.times import iso, moment
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import ACCOUNT
from graphkit.model.units import HOME_CURRENCY
from graphkit.tracing.request import GOODS_LINKS
from graphkit.tracing.walk.course import course
from graphkit.tracing.walk.strength import doubtful

if TYPE_CHECKING:
    from graphkit.network.network import Links, Network
    from graphkit.tracing.walk.firmest import Chain, Tracer

_MOST_CHAINS = 10
COLUMNS = (
    Column("rank", "integer", "", "Rank", "序号"),
    Column("hops", "integer", "links", "Hops", "步数"),
    Column("score", "number", "", "Score", "可信度"),
    Column("step", "integer", "", "Step", "第几步"),
    Column("kind", en="Kind", zh="种类"),
    Column("link", en="Link", zh="联系"),
    Column("from", en="From", zh="自"),
    Column("to", en="To", zh="至"),
    Column("departed", en="Departed", zh="离开"),
    Column("arrived", en="Arrived", zh="到达"),
    Column("quantity", "number", "", "Quantity", "数量"),
    Column("unit", en="Unit", zh="单位"),
    Column("grade", en="Grade", zh="评级"),
    Column("step_score", "number", "", "Step's score", "本步可信度"),
    Column("evidence", "list", "", "Rows", "依据"),
)


def explained(casefile: Casefile, tracer: Tracer, target: int, limit: int) -> Findings:
    """The best chains to the target, a row a step; each step reads from where the goods came to where they went."""
    network = tracer.network
    chains = list(tracer.chains(target, min(limit, _MOST_CHAINS)))
    evidence = evidence_of(casefile.store, network, (link for chain in chains for link in chain.links))
    rows = [
        {**row, "evidence": list(evidence[link])}
        for rank, chain in enumerate(chains, 1)
        for row, link in zip(_steps(tracer, chain, rank), chain.links, strict=True)
    ]
    notes = _cuts(tracer, target, chains[0]) if chains else [_none(tracer, target)]
    return Findings(rows, tuple(notes), revision=network.revision, columns=COLUMNS)


def _steps(tracer: Tracer, chain: Chain, rank: int) -> list[Row]:
    network, nodes = tracer.network, (tracer.node, *chain.nodes)
    table, rows = network.links, []
    for i, (link, step) in enumerate(zip(chain.links, course(tracer, chain), strict=True)):
        ends = _ends(tracer, link, nodes[i], nodes[i + 1])
        much, unit = _much(table, link)
        rows.append(
            {
                "rank": rank,
                "hops": len(chain.links),
                "score": round(chain.score, 4),
                "step": i + 1,
                "kind": table.kinds[int(table.kind[link])],
                "link": table.ids[link],
                "from": network.ids[ends[0]],
                "to": network.ids[ends[1]],
                "departed": moment(*map(iso, step.departed)),
                "arrived": moment(*map(iso, step.arrived)),
                "quantity": much,
                "unit": unit,
                "grade": _grade(network, link),
                "step_score": round(chain.scores[i], 4),
            }
        )
    return rows


def _ends(tracer: Tracer, link: int, near: int, far: int) -> tuple[int, int]:
    """From where to where a step went. A payment for goods, and goods for a payment, went between their own two, be the
    one before it in the chain one of them or not.
    """
    network, table = tracer.network, tracer.network.links
    kind = table.kinds[int(table.kind[link])]
    if kind == "PAID" or (kind in GOODS_LINKS and network.kind_of(near) == ACCOUNT.name):
        return int(table.source[link]), int(table.target[link])
    return (far, near) if tracer.request.back else (near, far)


def _much(table: Links, link: int) -> tuple[float | None, str | None]:
    """How much went by a link, and in what: of goods the quantity, of money the amount in its currency."""
    quantity, amount = float(table.quantity_max[link]), float(table.amount_max[link])
    if np.isnan(quantity) and table.kinds[int(table.kind[link])] == "PAID" and not np.isnan(amount):
        code = int(table.currency[link])
        return amount, table.currencies[code] if code >= 0 else HOME_CURRENCY
    return None if np.isnan(quantity) else quantity, table.units[int(table.unit[link])] if table.unit[
        link
    ] >= 0 else None


def _grade(network: Network, link: int) -> str | None:
    reliability, credibility = int(network.links.reliability[link]), int(network.links.credibility[link])
    return ("ABCDEF"[reliability - 1] if reliability else "") + (str(credibility) if credibility else "") or None


def _cuts(tracer: Tracer, target: int, chain: Chain) -> list[str]:
    """The doubtful links without any of which nothing leads there."""
    links = np.array(chain.links, np.int64)
    weak = links[doubtful(tracer.network.links, links)].tolist()
    cutting = [link for link in weak if tracer.trace(without=(link,)).place(target) < 0]
    if not cutting:
        return []
    named = ", ".join(tracer.network.links.ids.take(cutting))
    return [
        say(
            f"Graded below C3, and without it nothing leads there: {named}.",
            f"评级低于 C3，且去掉它就没有链条通到那里：{named}。",
        )
    ]


def _none(tracer: Tracer, target: int) -> str:
    ends = describe(tracer.network, tracer.node), describe(tracer.network, target)
    return say(
        f"No chain in time order joins {ends[0]} and {ends[1]}.", f"{ends[0]} 与 {ends[1]} 之间没有时间先后相符的链条。"
    )
