"""Who are the key players, and what part do they have in the supply?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.analyses.actors.centralities import MEASURES, Measure, measure_of
from graphkit.analyses.base import HUB_SIZE, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.limits import known_link_kinds, known_node_kinds
from graphkit.errors import RequestError
from graphkit.model.answer import Column
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.analyses.actors.periods import Period
    from graphkit.analyses.actors.ranks import Question
    from graphkit.network.network import Network


PERIODS = ("month", "quarter", "year")
ROLES: dict[str, tuple[str, str]] = {
    "source": ("source", "源头"),
    "maker": ("maker", "生产者"),
    "wholesaler": ("wholesaler", "批发商"),
    "carrier": ("carrier", "承运人"),
    "retailer": ("retailer", "零售商"),
    "buyer": ("buyer", "购买者"),
    "money handler": ("money handler", "资金经手人"),
}


def rank(
    casefile: Casefile, *, by: str, directed: bool, weighted: bool, kinds: tuple[str, ...], node_kinds: tuple[str, ...],
    since: str | None, until: str | None, period: str | None, after_seizures: bool, without: tuple[str, ...],
    hub_size: int, error: float, seed: int, limit: int | None,
) -> Findings:  # fmt: skip
    """The actors by a measure, the most central first; in each period where periods are asked for."""
    from graphkit.analyses.actors.periods import period_of
    from graphkit.analyses.actors.ranks import Question
    from graphkit.analyses.parties.entities import position_of

    measure, network = measure_of(by), casefile.network()
    _check(measure, weighted, period, after_seizures)
    node_kinds = known_node_kinds(casefile.store, node_kinds) if node_kinds else ()
    left_out = [position_of(network, casefile.store, each) for each in without]
    question = Question(
        casefile, network, measure, directed, weighted, known_link_kinds(network, kinds), node_kinds,
        tuple(left_out), hub_size, error, seed,
    )  # fmt: skip
    within = period_of(since, until)
    if period or after_seizures:
        return _over_time(question, _periods(network, period, within), limit)
    return _at_once(question, within, limit)


def _check(measure: Measure, weighted: bool, period: str | None, after_seizures: bool) -> None:
    if weighted and not measure.weighs:
        other = " Ask --by weighted_degree." if measure.name == "degree" else ""
        raise RequestError(
            f"{measure.name} does not take weights.{other}",
            f"{measure.name} 不计权重。" + ("请用 --by weighted_degree。" if other else ""),
        )
    if period and after_seizures:
        raise RequestError(
            "Ask either for --period or for --after-seizures.", "--period 与 --after-seizures 只能选其一。"
        )
    if measure.compute is None and (period or after_seizures):
        raise RequestError("Bridges have no rank over time.", "桥没有随时间变化的排名。")


def _periods(network: Network, period: str | None, within: Period) -> list[Period]:
    from graphkit.analyses.actors.periods import between_seizures, calendar

    found = calendar(network, period, within) if period else between_seizures(network, within)
    if period and not found:
        raise RequestError("No link here has a time.", "此处的联系都没有时间。")
    if not period and len(found) == 1:
        raise RequestError("No seizure here has a date.", "此处没有带日期的扣押。")
    return found


def _at_once(question: Question, within: Period, limit: int | None) -> Findings:
    from graphkit.analyses.actors.ranking_rows import rows
    from graphkit.analyses.actors.ranks import standing

    stood = standing(question, within)
    made = rows(question, stood, limit or _LISTED)
    notes = [*_notes(question, stood.facts), *_taken(question), *_left_out(len(stood.order), len(made))]
    if within.label:
        notes += _untimed(question.network)
    columns = BRIDGES if stood.ends is not None else ()
    return Findings(made, tuple(notes), stood.facts, question.network.revision, columns)


def _over_time(question: Question, periods: list[Period], limit: int | None) -> Findings:
    from graphkit.analyses.actors.ranking_rows import over_time

    made, facts = over_time(question, periods, limit or _LISTED_IN_A_PERIOD)
    notes = [*_notes(question, facts), *_taken(question), *_untimed(question.network)]
    return Findings(made, tuple(notes), facts, question.network.revision, OVER_TIME)


def _notes(question: Question, facts: dict[str, Any]) -> list[str]:
    measure = question.measure
    notes = [
        say(f"{measure.name}: {measure.en}.", f"{measure.name}：{measure.zh}。"),
        say(
            "To be central does not prove to lead: it shows what the records hold, and not who keeps out of them.",
            "处于中心不等于主导：所见只是记录中的联系，刻意回避者不在其中。",
        ),
    ]
    if facts.get("method") == "sampled":
        mean = measure.name == "closeness"
        what, what_zh = ("mean distance", "平均距离") if mean else ("value", "值")
        notes.append(
            say(
                f"Sampled, seed {question.seed}: with probability {facts['confidence']:.0%} no {what} is off by more "
                f"than {facts['error']:.4f}.",
                f"抽样估计（种子 {question.seed}）：有 {facts['confidence']:.0%} 的把握，各{what_zh}误差均不超过 "
                f"{facts['error']:.4f}。",
            )
        )
    return notes


def _taken(question: Question) -> tuple[str, ...]:
    """Who was taken for whom."""
    from graphkit.analyses.parties.meant import meant, taken_note

    return taken_note(meant(question.casefile.store, question.network))


def _left_out(found: int, listed: int) -> list[str]:
    if found <= listed:
        return []
    return [
        say(
            f"{listed} of {found} are listed; --limit lists more.", f"共 {found} 个，列出 {listed} 个；--limit 可多列。"
        )
    ]


def _untimed(network: Network) -> list[str]:
    from graphkit.analyses.actors.periods import untimed_flows

    count = untimed_flows(network)
    if not count:
        return []
    return [say(f"{count} links without a time count in every period.", f"{count} 条没有时间的往来计入每个时期。")]


_LISTED, _LISTED_IN_A_PERIOD = 1000, 20
_WHO = (
    Column("rank", "integer", "", "Rank", "名次"),
    Column("id", en="ID", zh="标识"),
    Column("name", en="Name", zh="名称"),
    Column("kind", en="Kind", zh="种类"),
    Column("role", en="Role", zh="角色", words=ROLES),
)
_HOW = (
    Column("measure", en="Measure", zh="指标"),
    Column("value", "number", "", "Value", "值"),
)
_WHY = (
    Column("reason", en="Why this role", zh="角色依据"),
    Column("evidence", "list", "", "Rows", "依据"),
)
BRIDGES = (
    *_WHO,
    Column("other", en="Other end", zh="另一端"),
    Column("other_name", en="Its name", zh="另一端名称"),
    Column("other_role", en="Its role", zh="另一端角色", words=ROLES),
    *_HOW,
    Column("reason", en="Reason", zh="理由"),
    _WHY[-1],
)
OVER_TIME = (
    Column("period", en="Period", zh="时期"),
    *_WHO,
    *_HOW,
    Column("change", "integer", "", "Places risen", "名次上升"),
    *_WHY,
)
RANK = Analysis(
    id="rank",
    question_en="Who are the key players, and what part do they have in the supply?",
    question_zh="谁是关键人物？各自在供应链中是什么角色？",
    parameters=(
        Parameter(
            "by",
            "The measure: " + ", ".join(measure.name for measure in MEASURES) + ".",
            "指标：" + "、".join(measure.name for measure in MEASURES) + "。",
            default="betweenness",
            metavar="MEASURE",
        ),
        Parameter("directed", "Let direction count.", "计方向。", "flag", False),
        Parameter("weighted", "Let weights and repeated links count.", "计权重和重复的联系。", "flag", False),
        Parameter("kinds", "Only links of these kinds.", "只计这些种类的联系。", many=True, of="link_kind"),
        Parameter(
            "node_kinds", "Who is an actor, instead of parties.", "以这些种类的对象为行动者。", many=True,
            of="node_kind",
        ),
        Parameter("since", "Only links that may lie at or after this time.", "只计此时及以后的联系。", metavar="TIME"),
        Parameter("until", "Only links that may lie at or before this time.", "只计此时及以前的联系。", metavar="TIME"),
        Parameter("period", "Rank in each such period, with the change.", "按时期排名，并列变化。", choices=PERIODS),
        Parameter(
            "after_seizures", "Rank from each day of seizures to the next.", "按各扣押日之间的时期排名。", "flag", False
        ),
        Parameter("without", "Leave these entities out.", "不计这些对象。", many=True, of="entity", metavar="ID,…"),
        Parameter(HUB_SIZE.name, HUB_SIZE.en, HUB_SIZE.zh, "integer", HUB_SIZE.default, minimum=1),
        Parameter(
            "error", "Error allowed where values are sampled.", "抽样时允许的误差。", "number", 0.01, minimum=0.001,
            maximum=0.5,
        ),
        Parameter("seed", "Seed of the sampling.", "抽样的种子。", "integer", 1, minimum=0, maximum=2**31 - 1),
        Parameter("limit", "List at most so many, in each period.", "（每个时期）最多列出几个。", "integer", minimum=1),
    ),
    columns=(*_WHO, *_HOW, *_WHY),
    find=rank,
    help_en=(
        "Actors are persons, companies and parties not told apart yet, all entries that mean one as one (a note says "
        "who was taken for whom, and why); where there are none, as with edge lists and matrices, every entity. "
        "Two are tied by a link between them, by a phone, account, place, vehicle or "
        "name on the net that both have, or by a call or payment between what each has; regions, products, cases, "
        "and what very many share, tie nobody. With --node-kinds those are the actors. Direction and repeated "
        "links are ignored unless asked for; values are normalised as networkx does. With --weighted the length of "
        "a tie is 1 / weight, and two of k who have one thing in common are tied by 1 / (k - 1). Betweenness and "
        "closeness are exact up to 20,000 actors, above they are sampled, with a bound on the error. Ties without "
        "a time (holds, uses, knows …) count in every period. Roles follow from flows: maker (goods are made at "
        "its places), carrier, source (supplies, supplied by nobody known), wholesaler (some of its customers "
        "supply others), retailer, buyer, money handler (no goods; passes on half or more of what its accounts "
        "receive). To be central does not prove to lead. Measures: "
        + "; ".join(f"{measure.name}: {measure.en}" for measure in MEASURES) + "."
    ),
    help_zh=(
        "行动者为人员、企业和尚未辨明的主体，同一主体的各种名称合为一个（将谁视为谁及理由见说明）；没有这些时（如边表、矩阵）为所有对象。两者之间有联系，或共有电话"
        "、账户、场所、车辆、网络账号，或各自的电话、账户之间有通话、付款，即为相连；行政区划、品名、案件以及"
        "很多人共有之物不作连接。用 --node-kinds 可另定行动者。除非要求，不计方向和重复的联系；"
        "数值归一化与 networkx 相同。加 --weighted 时联系的长度为权重的倒数，k 个共有"
        "者两两之间权重为 1/(k-1)。介数与接近中心性在 20,000 个行动者以内为精确值，以上为抽样"
        "并给出误差界。没有时间的联系（持有、使用、关系等）计入每个时期。角色由货物与资金的流向得出：生产者（"
        "在其场所加工）、承运人、源头（供货而无人向其供货）、批发商（其客户中有人再供货）、零售商、购买者、资"
        "金经手人（没有货物往来，所收资金转出一半以上）。处于中心不等于主导。各指标："
        + "；".join(f"{measure.name}：{measure.zh}" for measure in MEASURES) + "。"
    ),
    method="; ".join(f"{measure.name}: {measure.source}" for measure in MEASURES) + ".",
    example="graphkit rank --by betweenness --limit 10",
)  # fmt: skip
