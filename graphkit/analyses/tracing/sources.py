"""Which source explains most of what was found?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.documents import declared_wrong_note
from graphkit.analyses.period import MOST_DAYS, moment
from graphkit.analyses.tracing.request import product_code
from graphkit.analyses.tracing.what_if import CROSS_CONTAMINATION, WITHOUT, supposed_note, what_if
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    from graphkit.analyses.parties.meant import Meant
    from graphkit.network.network import Network
    from graphkit.tracing.sources import Case, Upstream

_RIVALS = 3
_COMPARED = 300
_NAMED = 10


def sources(
    casefile: Casefile, *, case: tuple[str, ...], passed: tuple[str, ...], product: str | None, lots_only: bool,
    since: str | None, until: str | None, max_lag: float | None, hops: int | None, without: tuple[str, ...],
    cross_contamination: tuple[str, ...], limit: int,
) -> Findings:  # fmt: skip
    """Parties and places by the share of the cases that chains in time order lead to from them."""
    from graphkit.analyses.goods.one_movement import lots_told
    from graphkit.analyses.parties.meant import meant, taken_note, ties
    from graphkit.analyses.tracing.notes import late_note, unlinked_note
    from graphkit.analyses.tracing.sources_cases import every_find, named
    from graphkit.tracing.request import DAY, FAR, Request
    from graphkit.tracing.sources import Upstream

    network, store = casefile.network(), casefile.store
    goods = product_code(network, store, product)
    given, against = (named(network, store, case, False), named(network, store, passed, True))
    _not_both(network, given, against)
    cases = given or every_find(network, store, goods, False)
    cases += against or ([] if case else every_find(network, store, goods, True))
    if all(each.passed for each in cases):
        raise RequestError(
            "There is nothing to explain: name seizures, samples, purchases or parties by --case.",
            "没有可解释的案例：请用 --case 指明扣押、抽样、购买或主体。",
        )
    request = Request(
        back=True, lots_only=lots_only, since=moment("since", since, -FAR), until=moment("until", until, FAR),
        max_lag=FAR if max_lag is None else round(max_lag * DAY), hops=hops or Request.hops, product=goods,
        **what_if(network, store, without, cross_contamination),
    )  # fmt: skip
    whom = meant(store, network)
    upstream = Upstream(network, cases, request, ties(store, network), lots_told(store, network))
    rows, count = _rows(casefile, whom, upstream, limit)
    taken = taken_note(whom, [network.position(row["id"]) for row in rows])
    notes = (
        *_notes(network, cases, rows, count),
        *late_note(casefile),
        *unlinked_note(casefile, upstream.unlinked),
        *supposed_note(network, store, request),
        *declared_wrong_note(network, store),
        *taken,
    )
    return Findings(rows, notes, revision=network.revision)


def _not_both(network: Network, cases: list[Case], passed: list[Case]) -> None:
    """Raises RequestError where one and the same is a case and speaks against."""
    both = {(each.node, each.link) for each in cases} & {(each.node, each.link) for each in passed}
    if both:
        node, link = min(both)
        name = network.ids[node] if link < 0 else network.links.ids[link]
        raise RequestError(
            f"{name} is given as --case and as --passed: it is to be explained or speaks against; leave one out.",
            f"{name} 同时写在 --case 和 --passed：只能二者取一，或为待解释的案例，或为反证。",
        )


def _rows(casefile: Casefile, whom: Meant, upstream: Upstream, limit: int) -> tuple[list[Row], int]:
    import numpy as np

    network = upstream.network
    score, against, hops = upstream.scores()
    candidates = network.of_kinds(*PARTY_KINDS, "Place")
    candidates = candidates[(score[candidates] > 0) & (whom.of[candidates] == candidates)]
    order = np.lexsort((candidates, hops[candidates], -score[candidates], -(score - against)[candidates]))
    ranked = candidates[order]
    compared = ranked[: max(_COMPARED, limit)]
    table = upstream.explained(compared)
    judged = np.array([case.passed for case in upstream.cases])
    shown = compared[:limit].tolist()
    chains = {
        node: [link for number in np.flatnonzero(table[i] & ~judged) for link in upstream.chain(node, int(number))]
        for i, node in enumerate(shown)
    }
    evidence = evidence_of(casefile.store, network, (link for links in chains.values() for link in links))
    rows = []
    for i, node in enumerate(shown):
        explains = table[i] & ~judged
        rows.append(
            {
                "id": network.ids[node], "kind": network.kind_of(node), "name": network.name_of(node),
                "score": round(float(score[node]), 6), "explained": int(explains.sum()),
                "cases": int((~judged).sum()), "against": round(float(against[node]), 6),
                "net": round(float(score[node] - against[node]), 6), "hops": round(float(hops[node]), 2),
                "missed": [_case_name(network, upstream.cases[int(j)]) for j in np.flatnonzero(~table[i] & ~judged)],
                "rivals": [network.ids[int(compared[j])] for j in _rivals(table[:, ~judged], i)],
                "evidence": merged(evidence[link] for link in chains[node]),
            }
        )  # fmt: skip
    return rows, len(ranked)


def _rivals(table: object, row: int) -> list[int]:
    """Those whose explained cases are most like this one's: by shared over all (Jaccard 1901), of equals by rank."""
    import numpy as np

    every = np.asarray(table, bool)
    shared = (every & every[row]).sum(axis=1) / np.maximum((every | every[row]).sum(axis=1), 1)
    order = np.lexsort((np.arange(len(every)), -shared))
    return [int(i) for i in order if i != row and shared[i] > 0][:_RIVALS]


def _case_name(network: Network, case: Case) -> str:
    return network.links.ids[case.link] if case.link >= 0 else network.ids[case.node]


def _notes(network: Network, cases: list[Case], rows: list[Row], count: int) -> Iterator[str]:
    if count > len(rows):
        yield say(f"{len(rows)} of {count} shown: --limit.", f"共 {count} 个，列出 {len(rows)} 个：--limit。")
    if not rows:
        yield say("Nobody upstream explains any of it.", "上游没有主体能解释其中任何一例。")
        return
    best = [row for row in rows if (row["net"], row["score"]) == (rows[0]["net"], rows[0]["score"])]
    if len(best) > 1:
        told = ", ".join(row["id"] for row in best[:_NAMED]) + (f" (+{len(best) - _NAMED})" if best[_NAMED:] else "")
        yield say(
            f"{len(best)} of those shown explain equally much, the nearest first; the records cannot tell them apart "
            f"by this: {told}.",
            f"所列中有 {len(best)} 个解释力相同，近者在前，仅凭此不能区分：{told}。",
        )
    alone = [case for case in cases if not case.passed]
    unled = [_case_name(network, case) for case in alone if all(_case_name(network, case) in r["missed"] for r in rows)]
    if unled:
        told = ", ".join(unled[:_NAMED]) + (f" (+{len(unled) - _NAMED})" if unled[_NAMED:] else "")
        yield say(f"Explained by none of those shown: {told}.", f"所列均不能解释：{told}。")


SOURCES = Analysis(
    id="sources",
    question_en="Which source explains most of what was found?",
    question_zh="哪个源头最能解释所查获的货物？",
    parameters=(
        Parameter(
            "case",
            "Seizures, samples, purchases, deliveries, batches, parties to explain, ID=2 counting twice; by default "
            "all seizures and failed samples.",
            "待解释的扣押、抽样、购买、供货、批号或主体，ID=2 计两倍；默认为全部扣押和不合格抽样。",
            many=True, metavar="ID,…",
        ),
        Parameter(
            "passed", "What was examined and is in order; by default, unless cases are named, all passed samples.",
            "经检验合格者；未指明案例时默认为全部合格抽样。", many=True, metavar="ID,…",
        ),
        Parameter("product", "Only finds and deliveries of this product.", "只看此品名。", of="Product"),
        Parameter(
            "lots_only", "Step only where a row says that the one went into the other.",
            "只走有记录写明批次去向的步骤。", "flag", False,
        ),
        Parameter("since", "Not before this day or instant.", "不早于此日或此时。", metavar="TIME"),
        Parameter("until", "Not after this day or instant.", "不晚于此日或此时。", metavar="TIME"),
        Parameter(
            "max_lag", "Wait at most so many days at each stop; 36h or 90min serve too.",
            "每站最多停留几天；也可写作 36h、90min。", "days", minimum=0, maximum=MOST_DAYS, metavar="DAYS",
        ),
        Parameter("hops", "At most so many links away.", "最多隔几条联系。", "integer", minimum=1, maximum=1000),
        WITHOUT,
        CROSS_CONTAMINATION,
        Parameter("limit", "Show at most so many.", "最多列出几个。", "integer", 20, minimum=1),
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("score", "number", "", "Score", "得分"),
        Column("explained", "integer", "cases", "Explained", "可解释"),
        Column("cases", "integer", "cases", "Cases", "案例"),
        Column("against", "number", "", "Passed too", "合格者"),
        Column("net", "number", "", "Score less passed", "得分减合格"),
        Column("hops", "number", "links", "Links away", "平均步数"),
        Column("missed", "list", "", "Not explained", "不能解释"),
        Column("rivals", "list", "", "Closest competitors", "最相近者"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=sources,
    help_en=(
        "Every case is traced back in time order; whoever chains lead to can explain it. The score is the weight of "
        "the cases explained over that of all, as FoodChain-Lab scores stations; passed is the same share of what was "
        "examined and found in order, and counts against. Ordered by score less passed, then by score, then the nearer "
        "first: who lies upstream of a source explains as much as it does, so that equals are named in the notes. "
        "Closest competitors are those that explain nearly the same cases. Entries that mean one party are one; a note "
        "says who was taken for whom. What if: --without takes entities or links "
        "out, --cross-contamination lets anything that came to somebody be in anything that left him later."
    ),
    help_zh=(
        "对每个案例按时间回溯，链条所及者即可解释该案例。"
        "得分为所解释案例的权重占全部的比例（FoodChain-Lab 的站点得分）；"
        "合格者为经检验合格的同样比例，作为反证。按得分减合格、得分、远近排列："
        "源头的上游与源头的解释力相同，故并列者在说明中列出。最相近者指所解释案例几乎相同的对象。"
        "同一主体的各种名称合为一个，将谁视为谁见说明。"
        "假设：--without 去掉对象或联系；--cross-contamination 使到达者可混入其后离开的任何货物。"
    ),
    method=(
        "Weiser et al. (2016), FoodChain-Lab: a trace-back and trace-forward tool developed and applied during "
        "food-borne disease outbreak investigations in Germany and Europe, PLoS ONE 11(3)."
    ),
    example="graphkit sources --limit 10",
)  # fmt: skip
