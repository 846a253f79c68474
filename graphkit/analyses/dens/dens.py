"""Which places and addresses behave like a den, and why?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.chains import evidence_of, merged
from graphkit.analyses.parties.entities import position_of
from graphkit.errors import RequestError
from graphkit.model.answer import Column, Row
from graphkit.model.language import say
from graphkit.model.nodes import PLACE
from graphkit.model.regions import CALLED, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.analyses.regions.sites import Sites

_Why = dict[str, set[int]]  # reason → what it stands on: links, or -1 less the position of a place

WORDS: dict[str, tuple[str, str]] = {
    "recorded": ("recorded as a den", "已登记为窝点"),
    "worked_up": ("goods are worked up there", "在此加工"),
    "material_seized": ("raw, packing or half-made material was seized there", "在此扣押原料、包材、半成品"),
    "material_in": ("raw or packing material goes in", "原料、包材运入"),
    "material_named": ("what goes in is named as raw or packing material", "运入货物品名为原料、包材"),
    "from_makers": ("goods come straight from who makes them unlicensed", "货物直接来自无证生产者"),
    "works_address": ("works or a warehouse without a company", "厂房、仓库而无企业"),
    "many_waybills": ("many waybills leave, no company there", "大量寄件而无企业"),
    "unlicensed_out": ("goods leave that nobody licensed made or sent there", "寄出货物无合法来源"),
    "nobody_named": ("no record says who is there", "无记录说明何人在此"),
    "same_name": ("only waybills say who is there, the same name again and again", "仅运单反复写明同一人在此"),
    "suspects_there": ("who works there is a suspect", "经手人为嫌疑人"),
    "payments_match": ("payments match the deliveries", "资金与货物往来吻合"),
}
# How much each weighs. Reasons add up as independent evidence: the score is 1 less the product of all (1 less weight).
# What is proof by itself reaches the threshold that is shown by default; all else takes two reasons that are unlike.
WEIGHTS: dict[str, float] = {
    "recorded": 0.9,
    "worked_up": 0.9,
    "material_seized": 0.6,
    "material_in": 0.55,
    "material_named": 0.4,
    "from_makers": 0.55,
    "works_address": 0.3,
    "many_waybills": 0.2,
    "unlicensed_out": 0.15,
    "nobody_named": 0.15,
    "same_name": 0.15,
    "suspects_there": 0.15,
    "payments_match": 0.1,
}
COMES_IN = ("material_in", "material_named", "from_makers")  # alike: one delivery can be each; the weightiest counts


def dens(casefile: Casefile, *, min_score: float, limit: int, explain: str | None) -> Findings:
    """One row a site, the most den-like first; with `explain` one row a reason of one site."""
    from graphkit.analyses.regions.sites import Sites

    network = casefile.network()
    sites = Sites.of(network, casefile.store)
    why = _why(sites)
    if explain is not None:
        place = position_of(network, casefile.store, explain)
        return _explained(casefile, sites, place, why)
    ids = network.ids
    scored = sorted((-score_of(reasons), ids[int(sites.place[site])], site) for site, reasons in why.items())
    fit = [site for score, _, site in scored if -score >= min_score]
    rows = _rows(casefile, sites, fit[:limit], why)
    return Findings(rows, _notes(len(fit), len(scored), limit, min_score), revision=network.revision)


def score_of(reasons: Iterable[str]) -> float:
    """How much these reasons weigh together, from 0 to 1; of what comes in the weightiest alone.

    >>> score_of(["from_makers", "many_waybills"]), score_of(["from_makers", "material_named"]), score_of([])
    (0.64, 0.55, 0.0)
    """
    given = [name for name in WEIGHTS if name in set(reasons)]
    alike = sorted((name for name in given if name in COMES_IN), key=WEIGHTS.__getitem__)[:-1]
    return round(1.0 - math.prod(1.0 - WEIGHTS[name] for name in given if name not in alike), 4)


def _why(sites: Sites) -> dict[int, _Why]:
    """The reasons of every site that has any, in the order of WEIGHTS."""
    from graphkit.analyses.dens.goods import Goods
    from graphkit.analyses.dens.reasons import FINDERS

    goods = Goods(sites)
    found: dict[int, _Why] = {}
    for name in WEIGHTS:
        for site, stated in FINDERS[name](goods):
            found.setdefault(site, {}).setdefault(name, set()).add(stated)
    return found


def _rows(casefile: Casefile, sites: Sites, shown: list[int], why: dict[int, _Why]) -> list[Row]:
    from graphkit.analyses.regions.nearby import regions_near

    network = sites.network
    places = [int(sites.place[site]) for site in shown]
    regions = regions_near(network, casefile.store, places)
    evidence = _evidence(casefile, sites, [why[site] for site in shown])
    return [
        {
            "id": network.ids[place],
            "kind": network.kind_of(place),
            "name": network.name_of(place),
            "region": regions.get(place) or resolve(sites.address[site]),
            "address": sites.address[site],
            "score": score_of(why[site]),
            "reasons": list(why[site]),
            "evidence": merged(evidence[stated] for some in why[site].values() for stated in some),
        }
        for site, place in zip(shown, places, strict=True)
    ]


def _evidence(casefile: Casefile, sites: Sites, reasons: list[_Why]) -> dict[int, tuple[str, ...]]:
    """The rows behind links, and behind the numbers of places."""
    network = sites.network
    stated = {one for why in reasons for some in why.values() for one in some}
    found = evidence_of(casefile.store, network, (one for one in stated if one >= 0))
    places = network.ids.take(-1 - one for one in sorted(stated) if one < 0)
    rows: dict[int, set[str]] = {-1 - network.position(place): set() for place in places}
    for each in casefile.store.statements(places) if places else ():
        if each.property == "place_id":
            rows[-1 - network.position(each.node)].update(each.evidence)
    return found | {place: tuple(some) for place, some in rows.items()}


def _explained(casefile: Casefile, sites: Sites, place: int, why: dict[int, _Why]) -> Findings:
    network = sites.network
    site = int(sites.site[place])
    if site < 0:
        node, kind = network.ids[place], network.kind_of(place)
        raise RequestError(f"{node} is a {kind}, not a {PLACE.name}.", f"{node} 的种类是 {kind}，不是场所。")
    reasons = why.get(site, {})
    evidence = _evidence(casefile, sites, [reasons])
    rows: list[Row] = [
        {
            "reason": name,
            "weight": WEIGHTS[name],
            "count": len(stated),
            "evidence": merged(evidence[one] for one in stated),
        }
        for name, stated in reasons.items()
    ]
    shown = network.ids[int(sites.place[site])]
    score = score_of(reasons)
    note = say(f"{shown}: score {score:g}.", f"{shown}：得分 {score:g}。")
    return Findings(rows, (note,), revision=network.revision, columns=_EXPLAINED)


def _notes(fit: int, every: int, limit: int, min_score: float) -> tuple[str, ...]:
    notes = []
    if fit > limit:
        notes.append(say(f"{limit} of {fit} shown: --limit.", f"共 {fit} 处，列出 {limit} 处：--limit。"))
    if every > fit:
        notes.append(
            say(
                f"{every - fit} more places have some reason but score below {min_score:g}: --min-score 0 shows them.",
                f"另有 {every - fit} 处有部分特征，但得分低于 {min_score:g}：--min-score 0 可列出。",
            )
        )
    return tuple(notes)


_EXPLAINED = (
    Column("reason", en="Reason", zh="理由", words=WORDS),
    Column("weight", "number", "", "Weight", "权重"),
    Column("count", "integer", "links", "Links", "联系数"),
    Column("evidence", "list", "", "Rows", "依据"),
)
_WEIGHED_EN = ", ".join(f"{WORDS[name][0]} ({weight:g})" for name, weight in WEIGHTS.items())
_WEIGHED_ZH = "；".join(f"{WORDS[name][1]}（{weight:g}）" for name, weight in WEIGHTS.items())

DENS = Analysis(
    id="dens",
    question_en="Which places and addresses behave like a den, and why?",
    question_zh="哪些场所、地址像窝点？为什么？",
    parameters=(
        Parameter(
            "min_score", "Show what scores at least this.", "只列得分不低于此者。", "number", 0.6, minimum=0, maximum=1
        ),
        Parameter("limit", "Show at most so many.", "最多列出多少处。", "integer", 1000, minimum=1),
        Parameter(
            "explain", "Give the reasons of this place, each with its rows.", "逐条给出此场所的理由和依据。",
            of=PLACE.name, metavar="ID",
        ),
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("region", en="Region", zh="区划", words=CALLED),
        Column("address", en="Address", zh="地址"),
        Column("score", "number", "", "Score", "得分"),
        Column("reasons", "list", "", "Reasons", "理由", WORDS),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=dens,
    help_en=(
        "Every address that a waybill or any other record gives is judged; a place and its address are one. Reasons "
        f"and their weights: {_WEIGHED_EN}. Score: 1 less the product of what each reason leaves (1 less its weight), "
        "as independent evidence adds up; of what comes in only the weightiest counts, as one delivery can be each. So "
        "nothing is shown for one reason alone, such as having bought from a maker, unless it is proof by itself: a "
        "record, work done there, material seized there. Where a company with a licence is, only that a record calls "
        "it a den, payments and suspects count. Who works at a place: who controls it, and whom waybills name there "
        "with others who use the same phone; a registered address makes nobody work there. Many waybills: five or "
        "more; the same name again and again: on two or more. Material by its name counts less than where a record "
        "shows it made into something, and not where such material only passes on. What is itself made, as goods "
        "packed again are, is material only if most who get it work it up. "
        "Payments match: within 7 days of a delivery between the same two, the other way round."
    ),
    help_zh=(
        "运单及其他记录中的每个地址都参与判断；有编号的场所与其地址算一处。"
        f"理由及权重：{_WEIGHED_ZH}。得分为 1 减去各理由剩余（1 减权重）之积，即按相互独立的证据累加；"
        "运入一类的理由只计最重者（同一笔可兼有）。"
        "因此仅凭一条理由（如曾向生产者购货）不会列出，除非该理由本身即可认定：已登记、在此加工、在此扣押原料等。"
        "有持证企业的地址，只计已登记为窝点、资金往来和嫌疑人。"
        "在场所经手的人：控制人，以及运单在该处写明的人和与其同用电话者；仅登记住址不算。"
        "大量寄件指五件以上；反复写明同一人指两件以上。"
        "仅凭品名认作原料、包材的，权重低于有加工记录的；原料、包材仅转寄的不计。"
        "本身由加工而来的（如改换包装的成品），收货方多数再加工时才算原料。"
        "资金吻合指同两方之间货物往来前后 7 天内有反向付款。"
    ),
    method="Noisy-or of independent causes: Pearl (1988), Probabilistic Reasoning in Intelligent Systems, 4.3.2.",
    example="graphkit dens --min-score 0.5",
)  # fmt: skip
