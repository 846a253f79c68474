"""Which groups do the actors form, and who bridges them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import HUB_SIZE, Analysis, Casefile, Findings, Parameter
from graphkit.analyses.limits import known_link_kinds, known_node_kinds
from graphkit.errors import RequestError
from graphkit.model.answer import Column
from graphkit.model.language import say
from graphkit.model.regions import CALLED

if TYPE_CHECKING:
    from graphkit.analyses.actors.groups_found import Groups


def groups(
    casefile: Casefile, *, resolution: float, kinds: tuple[str, ...], node_kinds: tuple[str, ...], since: str | None,
    until: str | None, group: int | None, bridging: bool, hub_size: int, limit: int,
) -> Findings:  # fmt: skip
    """The members of each group, the largest group first; with `bridging` only those tied to other groups too."""
    from graphkit.analyses.actors.groups_found import found_groups, rows
    from graphkit.analyses.actors.periods import period_of, untimed_flows
    from graphkit.analyses.parties.meant import meant, taken_note

    network = casefile.network()
    node_kinds = known_node_kinds(casefile.store, node_kinds) if node_kinds else ()
    within = period_of(since, until)
    found = found_groups(
        casefile, known_link_kinds(network, kinds), node_kinds, within, hub_size=hub_size, resolution=resolution
    )
    _check_group(found, group)
    made, count = rows(found, group, limit, bridging=bridging)
    notes = [*_notes(found, len(made), count), *taken_note(meant(casefile.store, network), found.ties.nodes.tolist())]
    untimed = untimed_flows(network) if within.label else 0
    if untimed:
        notes.append(say(f"{untimed} links without a time count too.", f"另计入 {untimed} 条没有时间的往来。"))
    return Findings(made, tuple(notes), found.facts, network.revision)


def _check_group(found: Groups, group: int | None) -> None:
    if group is not None and group > found.facts["groups"]:
        count = found.facts["groups"]
        raise RequestError(f"There is no group {group}, but {count}.", f"没有第 {group} 组，共 {count} 组。")


def _notes(found: Groups, listed: int, count: int) -> list[str]:
    value = found.facts["modularity"]
    notes = [
        say(
            f"Modularity {value:.3f}: 0 is chance, above 0.3 groups are distinct. A group is a pattern of ties in the "
            "records; it does not prove that its members act together.",
            f"模块度 {value:.3f}：0 为随机，0.3 以上分组明显。分组只是记录中联系的形态，不证明其成员共同行动。",
        )
    ]
    if found.untied:
        notes.append(
            say(f"In no group, for they have no tie: {found.untied}.", f"没有联系而不入组：{found.untied} 个。")
        )
    if listed < count:
        notes.append(say(f"{listed} of {count} are listed; --limit lists more.", f"共 {count} 个，列出 {listed} 个。"))
    return notes


GROUPS = Analysis(
    id="groups",
    question_en="Which groups do the actors form, and who bridges them?",
    question_zh="他们形成哪些团伙？谁在其间牵线？",
    parameters=(
        Parameter(
            "resolution", "Above 1 smaller groups, below 1 larger.", "大于 1 组更小，小于 1 组更大。", "number", 1.0,
            minimum=0.001, maximum=1000,
        ),
        Parameter("kinds", "Only links of these kinds.", "只计这些种类的联系。", many=True, of="link_kind"),
        Parameter(
            "node_kinds", "Who is an actor, instead of parties.", "以这些种类的对象为行动者。", many=True,
            of="node_kind",
        ),
        Parameter("since", "Only links that may lie at or after this time.", "只计此时及以后的联系。", metavar="TIME"),
        Parameter("until", "Only links that may lie at or before this time.", "只计此时及以前的联系。", metavar="TIME"),
        Parameter("group", "Only the group of this number.", "只列这一组。", "integer", minimum=1),
        Parameter("bridging", "Only who is tied to several groups.", "只列与几个组都有联系者。", "flag", False),
        Parameter(HUB_SIZE.name, HUB_SIZE.en, HUB_SIZE.zh, "integer", HUB_SIZE.default, minimum=1),
        Parameter("limit", "List at most so many members.", "最多列出几个成员。", "integer", 1000, minimum=1),
    ),
    columns=(
        Column("group", "integer", "", "Group", "组"),
        Column("size", "integer", "actors", "Size", "人数"),
        Column("id", en="ID", zh="标识"),
        Column("name", en="Name", zh="名称"),
        Column("kind", en="Kind", zh="种类"),
        Column("region", en="Region", zh="区划", words=CALLED),
        Column("regions", "list", "", "Regions of the group", "该组涉及省份", words=CALLED),
        Column("inside", "number", "", "Tied inside", "组内联系"),
        Column("outside", "number", "", "Tied outside", "组外联系"),
        Column("bridging", "number", "", "Bridging", "牵线程度"),
        Column("bridges_to", "list", "", "Other groups", "所连其他组"),
        Column("simmelian", "number", "", "Simmelian strength", "三方联系强度"),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=groups,
    help_en=(
        "Actors and their ties are those of rank. A tie is the stronger, the firmer its kinds (the model's "
        "distances) and the more links of a kind there are, the hundredth less than the first: 1 + ln n; weights "
        "of edge lists and matrices count as they are. The same records always give the same groups, in whatever "
        "order they were loaded; the largest has number 1. `bridging` is 0 for who is tied to one group only, and "
        "nears 1 the more evenly ties are spread over groups; `simmelian` is how many of the group two tied "
        "members have in common, the mean over one's ties. `regions` counts the group's members by province; "
        "`region_overlap` beside the rows is 1 where groups and provinces are the same division, 0 where they "
        "have nothing to do with one another."
    ),
    help_zh=(
        "行动者及其联系与 rank 相同。联系的种类越牢固（见模型中的距离）、同种联系越多则越强，但第一百条"
        "不如第一条：1 + ln n；边表和矩阵的权重照原值计。同样的记录无论加载顺序如何，分组都相同；最大"
        "的为第 1 组。bridging 为 0 者只与一个组有联系，联系越均匀地分布于各组越接近 1；si"
        "mmelian 为相连的两名成员在组内共同认识的人数，取其各联系的平均。regions 为该组成员按"
        "省份的人数；行外的 region_overlap 为 1 时分组与省份完全一致，为 0 时两者无关。"
    ),
    method=(
        "Traag, Waltman and van Eck (2019), From Louvain to Leiden; Blondel et al. (2008), Fast unfolding of "
        "communities in large networks; Newman and Girvan (2004), modularity; Guimerà and Amaral (2005), "
        "Functional cartography of complex metabolic networks (participation); Krackhardt (1998), Simmelian ties; "
        "Strehl and Ghosh (2002), Cluster ensembles (normalised mutual information)."
    ),
    example="graphkit groups --limit 20",
)  # fmt: skip
