"""Whom and what to hit, so that the network breaks?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.analyses.base import HUB_SIZE, WALKED_KINDS, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.breaking.flow_parameters import FLOW_PARAMETERS
from graphkit.model.answer import Column
from graphkit.model.regions import CALLED

if TYPE_CHECKING:
    from graphkit.analyses.breaking.request import StrikeRequest

OBJECTIVES = ("flow", "pairs", "largest")


def strike(casefile: Casefile, **asked: Any) -> Findings:
    """The plan: one row a target in the order of hitting, and beside the rows what it achieves and the proof."""
    from graphkit.analyses.breaking.request import request_of

    request = request_of(delivered=bool(len(casefile.network().links.of_kinds("SUPPLIED", "SHIPPED"))), **asked)
    if request.objective == "flow":
        return _flow(casefile, request)
    from graphkit.analyses.breaking.rows import planned

    return planned(casefile, request)


def _flow(casefile: Casefile, request: StrikeRequest) -> Findings:
    from graphkit.analyses.breaking.flow import planned

    return planned(casefile, request)


STRIKE = Analysis(
    id="strike",
    question_en="Whom and what to hit, so that the network breaks?",
    question_zh="打击哪些对象，才能使网络瓦解？",
    parameters=(
        Parameter(
            "budget", "How many hits, or what they may cost.", "打击多少个，或总费用上限。", "number", metavar="K"
        ),
        Parameter(
            "until",
            "Instead of a budget: the fewest hits after which no component has more than this share of the actors.",
            "不给预算：至少打击多少个，才能使任何连通部分不超过全部行动者的这一比例。",
            "number",
            metavar="SHARE",
        ),
        Parameter(
            "objective",
            "What to make small: flow, connected pairs of actors, or the largest component.",
            "使什么最小：flow 流量，pairs 仍相连的对数，largest 最大连通部分。",
            choices=OBJECTIVES,
        ),
        Parameter(
            "limit",
            "What a region can spend at most: 350000=3.",
            "某区划的限额：350000=3。",
            many=True,
            metavar="REGION=N",
        ),
        Parameter(
            "cost",
            "What a hit costs, by kind, entity or link: Place=2.",
            "一次打击的费用，按种类或对象：Place=2。",
            many=True,
            metavar="NAME=N",
        ),
        Parameter("must", "To be hit in any case.", "必须打击。", many=True, metavar="ID"),
        Parameter("must_not", "Not to be hit.", "不得打击。", many=True, metavar="ID"),
        Parameter("together", "To be hit together or not at all: A=B.", "须同时打击：A=B。", many=True, metavar="A=B"),
        Parameter(
            "after",
            "To be hit only if a subordinate is: HIGH=LOW; of several subordinates one is enough.",
            "只有打击其下级之一后才可打击：HIGH=LOW。",
            many=True,
            metavar="HIGH=LOW",
        ),
        Parameter(
            "targets",
            "Kinds of entities and links that may be hit.",
            "可打击的对象和联系种类。",
            many=True,
            metavar="KIND",
        ),
        WALKED_KINDS,
        Parameter(
            "node_kinds", "Kinds of entities that count as actors.", "算作行动者的种类。", many=True, of="node_kind"
        ),
        Parameter("without", "Out before it starts.", "事先已不在网络中。", many=True, metavar="ID"),
        Parameter("keep_detained", "Keep people in custody in the network.", "在押人员仍算在网络中。", "flag", False),
        Parameter(
            "sequential",
            "One after another, each the best given those before.",
            "逐个打击，每次取当时最佳。",
            "flag",
            False,
        ),
        Parameter(
            "robust",
            "A plan that holds over so many networks drawn by the grades.",
            "按等级抽取若干网络，取稳健方案。",
            "integer",
            metavar="N",
            minimum=1,
            maximum=1000,
        ),
        Parameter("time_limit", "Seconds.", "时限（秒）。", "number", 60.0, minimum=1, maximum=86_400, metavar="S"),
        Parameter("seed", "Chance begins here.", "随机种子。", "integer", 1, minimum=0, maximum=2**31 - 1),
        HUB_SIZE,
        *FLOW_PARAMETERS,
    ),
    columns=(
        Column("order", "integer", "", "Order", "次序"),
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("region", en="Region", zh="区划", words=CALLED),
        Column("cost", "number", "", "Cost", "费用"),
        Column("gain", "number", "", "Gain", "收益"),
        Column("alone", "number", "", "Alone", "单独收益"),
        Column("left_out", "number", "", "Value without", "缺此时的值"),
        Column("replaced_by", en="Or else", zh="替代目标"),
        Column("replaced_by_name", en="Name of the other", zh="替代目标名称"),
        Column("replaced", "number", "", "Value then", "替代后的值"),
        Column("successor", en="Successor", zh="可能接替者"),
        Column("successor_name", en="Successor's name", zh="接替者名称"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=strike,
    help_en=(
        "flow: how much can still flow from sources to buyers (see docs/strike.md for how past movements make it); "
        "pairs: how many pairs of actors are still connected by any chain; largest: how many actors the largest "
        "connected component has. Without --objective: largest with --until; else flow where goods were delivered, "
        "pairs where nothing was or where --kinds or --node-kinds choose what joins whom. Actors are persons, "
        "companies and parties not told apart (all entities where there are none); they are joined by links and by "
        "phones, accounts, places, vehicles and names on the net that both have. What only one has falls with him, "
        "unless --targets makes things of its kind targets themselves. gain: what each hit takes away given those "
        "before it. Beside the rows: value after all hits (with --until their cost), before, bound that no plan falls "
        "below, gap = (value - bound) / value, whether optimal, and truncated where the clock or Ctrl-C stopped the "
        "search; otherwise the same seed gives the same plan. alone: what only this hit takes away; left_out: the "
        "objective were it left out; replaced_by: who is then best hit in its stead, and replaced the objective then; "
        "successor: of those not hit who has most customers, suppliers and ties in common with it. Beside the rows, "
        "after_successors: the objective once all successors have stepped in; firm: the same plan where what is graded "
        "below C3 is left out, and how many links cannot be judged; by_region: whom each region hits, in "
        "which place of the order, on which rows. --robust N "
        "keeps the plan that leaves least on average over N networks drawn by the grades of their links. People in "
        "custody are out before it starts. Being in "
        "the plan proves nothing against anyone."
    ),
    help_zh=(
        "flow：仍能从来源流向买方的数量（如何由以往往来得出，见 docs/strike.md）；"
        "pairs：仍有链条相连的行动者对数；largest：最大连通部分的行动者数。"
        "未给 --objective 时，有 --until 取 largest；否则有货物往来取 flow，"
        "没有往来、或用 --kinds、--node-kinds 另作选择时取 pairs。"
        "行动者为人员、企业和未辨明的主体（都没有时为全部对象），由联系以及共有的电话、账户、场所、车辆、网络账号相连；"
        "只属一人的随其一并去除，除非用 --targets 将其种类列为打击对象。"
        "gain 为在前面各次打击之后再打击它所减少的数量。"
        "行外另有：value 全部打击后的值（--until 时为费用）、before 之前的值、bound 任何方案都不会低于的界、"
        "gap =（value - bound）/ value、optimal 是否最优、truncated 是否因时限或 Ctrl-C 中止；"
        "未中止时同一种子得同一方案。"
        "alone 只打击它所减少的；left_out 不打击它时的值；replaced_by 此时最宜改打的对象，replaced 为其值；"
        "successor 未被打击者中与其上下家和联系重合最多的人。行外 after_successors 为接替者全部补位之后的值；"
        "firm 为不计 C3 以下依据时同一方案的值及无法判断的联系数；by_region 为各区划打击谁、次序和依据。"
        "--robust N 取在按等级抽取的 N 个网络上平均最好的方案。"
        "在押人员事先已除去。列入方案并不证明任何人有罪。"
    ),
    method=(
        "Critical nodes: Arulselvan et al. (2009), Detecting critical nodes in sparse graphs; search: Zhou, Hao and "
        "Glover (2018), Memetic search for identifying critical nodes in sparse graphs; dismantling: Braunstein et "
        "al. (2016), Network dismantling; proof: Veremyev, Boginski and Pasiliao (2014)."
    ),
    example="graphkit strike --budget 5 --time-limit 10",
)
