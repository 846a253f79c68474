"""The measures by which actors are ranked, as data: what each says, where it is from, and how it is computed."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.errors import RequestError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.centrality.relations import Relations, Values

Compute = Callable[["Relations", bool], "Values"]  # compute(relations, weighted)


@dataclass(frozen=True)
class Measure:
    """One measure of `rank`: its name, what it says in both languages, and the work that defines it.

    `compute` is None for bridges, which are links. With `least_first` the lowest value stands first; `weighs` says
    whether weights can count.
    """

    name: str
    en: str
    zh: str
    source: str
    compute: Compute | None
    least_first: bool = False
    weighs: bool = True


def _degree(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import degrees

    return degrees.degree(relations)


def _weighted_degree(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import degrees

    return degrees.weighted_degree(relations)


def _betweenness(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import shortest_paths

    return shortest_paths.betweenness(relations, weighted=weighted)


def _closeness(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import shortest_paths

    return shortest_paths.closeness(relations, weighted=weighted)


def _eigenvector(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import spectral

    try:
        return spectral.eigenvector(relations, weighted=weighted)
    except spectral.Unsettled:
        raise RequestError(
            "Eigenvector centrality has no one value here: in a directed network without cycles, or with several parts "
            "alike, it does not settle. Ask without --directed, or --by pagerank.",
            "此网络没有唯一的特征向量中心性（有向而无环路，或有几个相同的部分）。"
            "请不加 --directed，或改用 --by pagerank。",
        ) from None


def _pagerank(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import spectral

    return spectral.pagerank(relations, weighted=weighted)


def _k_core(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import cores

    return cores.k_core(relations)


def _constraint(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import brokerage

    return brokerage.constraint(relations, weighted=weighted)


def _effective_size(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import brokerage

    return brokerage.effective_size(relations, weighted=weighted)


def _articulation_points(relations: Relations, weighted: bool) -> Values:
    from graphkit.centrality import cuts

    return cuts.articulation_points(relations)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        "the share of all others that one is tied to",
        "与之有联系者占其他所有人的比例",
        "Freeman (1979), Centrality in social networks: conceptual clarification",
        _degree,
        weighs=False,
    ),
    Measure(
        "weighted_degree",
        "the sum of the weights of one's ties, repeated links counted each time",
        "各联系权重之和，重复的联系次次计入",
        "Barrat et al. (2004), The architecture of complex weighted networks",
        _weighted_degree,
    ),
    Measure(
        "betweenness",
        "the share of shortest paths between two others that lead through one: who can hold up or pass on",
        "其他人之间最短路径经过此人的比例：能中断或传递者",
        "Freeman (1977), A set of measures of centrality based on betweenness; Brandes (2001); above 20,000 actors "
        "sampled: Borassi and Natale (2016), KADABRA is an adaptive algorithm for betweenness",
        _betweenness,
    ),
    Measure(
        "closeness",
        "how short the ways to all others are: who is reached, or hears, soon",
        "到其他人的距离有多短：消息到得快者",
        "Freeman (1979); Wasserman and Faust (1994), Social network analysis, p. 201, for networks in pieces",
        _closeness,
    ),
    Measure(
        "eigenvector",
        "how central those are to whom one is tied",
        "与之相连者本身有多中心",
        "Bonacich (1972), Factoring and weighting approaches to status scores and clique identification",
        _eigenvector,
    ),
    Measure(
        "pagerank",
        "how often one who follows ties at random comes by (damping 0.85)",
        "沿联系随机行走时到达的频率（阻尼 0.85）",
        "Brin and Page (1998), The anatomy of a large-scale hypertextual web search engine",
        _pagerank,
    ),
    Measure(
        "k_core",
        "how deep in the densest part: the greatest k of a part in which everyone has k ties, in and out if directed",
        "处于多密的核心：各成员至少有 k 个联系（有向时进出合计）的部分中最大的 k",
        "Seidman (1983), Network structure and minimum degree; Batagelj and Zaversnik (2003)",
        _k_core,
        weighs=False,
    ),
    Measure(
        "constraint",
        "how much one's ties lead back to the same few; brokers have little, and stand first",
        "联系在多大程度上回到同样几个人；中间人最低，排在最前",
        "Burt (1992), Structural holes",
        _constraint,
        least_first=True,
    ),
    Measure(
        "effective_size",
        "how many of one's neighbours do not reach one another: a broker's reach",
        "有多少相邻者彼此并不相连：中间人的余地",
        "Burt (1992), Structural holes; Borgatti (1997), Structural holes: unpacking Burt's redundancy measures",
        _effective_size,
    ),
    Measure(
        "articulation_points",
        "cut vertices alone: how many pairs of others lose all connection without one",
        "仅列割点：去掉此人后有多少对人完全失去联系",
        "Hopcroft and Tarjan (1973), Efficient algorithms for graph manipulation",
        _articulation_points,
        weighs=False,
    ),
    Measure(
        "bridges",
        "ties, not actors, without which a part falls in two: how many pairs each parts",
        "列出的是联系而非人：去掉后一部分分为两半的联系，及其隔开的对数",
        "Tarjan (1974), A note on finding the bridges of a graph",
        None,
        weighs=False,
    ),
)
BY_NAME: dict[str, Measure] = {measure.name: measure for measure in MEASURES}
_OTHER_NAMES = {
    "core": "k_core", "kcore": "k_core", "k_shell": "k_core", "strength": "weighted_degree", "bridge": "bridges",
    "cut_vertices": "articulation_points", "articulation": "articulation_points", "page_rank": "pagerank",
    "eigenvector_centrality": "eigenvector", "brokers": "effective_size",
}  # fmt: skip


def measure_of(written: str) -> Measure:
    """The measure so called, with spaces or dashes as people write them. Raises RequestError, with the nearest.

    >>> measure_of("k-core").name, measure_of("Weighted degree").name
    ('k_core', 'weighted_degree')
    """
    name = written.strip().lower().replace("-", "_").replace(" ", "_")
    name = _OTHER_NAMES.get(name, name)
    if name in BY_NAME:
        return BY_NAME[name]
    near = difflib.get_close_matches(name, BY_NAME, n=1)
    hint, hint_zh = (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")
    listed = ", ".join(BY_NAME)
    raise RequestError(
        f"There is no measure {written}.{hint} There are: {listed}.", f"没有指标 {written}。{hint_zh}可选：{listed}。"
    )


def ordered(values: NDArray, measure: Measure) -> NDArray:  # type: ignore[type-arg]
    """Places in the order of rank: by value, equal ones as they stand; without a value last.

    Values count as equal that differ by no more than the last digits, which depend on the order of sums.
    """
    import numpy as np

    rounded = np.round(values, 12)
    key = rounded if measure.least_first else -rounded
    return np.asarray(np.argsort(np.where(np.isnan(key), np.inf, key), kind="stable"))
