"""What the program's own words are called when a person reads them: kinds, units, properties, allowed values.

Data stays as it was written; JSON and csv keep the English words.
"""

from __future__ import annotations

from functools import cache

from graphkit.model.answer import Column
from graphkit.model.language import say

_COLUMNS = ("kind", "kinds", "through", "unit", "property", "direction", "details", "decision")
# What stands beside an answer's rows: its name, and where it is a word what that is called.
_BESIDE = {
    "objective": "目标",
    "value": "结果值",
    "before": "打击前",
    "bound": "界限",
    "gap": "与最优的差距",
    "optimal": "已证最优",
    "truncated": "提前停止",
    "seed": "随机种子",
    "samples": "抽样次数",
    "mean": "平均",
    "least": "最少",
    "most": "最多",
    "method": "算法",
    "error": "误差",
    "confidence": "置信度",
    "actors": "行动者数",
    "ties": "联系数",
    "groups": "群组数",
    "modularity": "模块度",
    "region_overlap": "跨区情况",
    "periods": "时期数",
    "unit": "单位",
    "verified": "核对无误",
    "resolution": "分辨率",
    "flow": "流量",
    "pairs": "相连对数",
    "largest": "最大部分",
    "follow": "流动的是",
    "robust": "稳健性",
    "headroom": "可承载倍数",
    "one_night": "同时打击的结果值",
    "after_successors": "接替者补位后的结果值",
    "by_region": "按区划",
    "region": "区划",
    "region_name": "名称",
    "hits": "打击数",
    "cost": "费用",
    "orders": "次序",
    "ids": "标识",
    "names": "对象",
    "evidence": "依据",
    "firm": "不计 C3 以下依据",
    "links": "因此不计的联系",
    "ungraded": "无法判断的联系",
    "share": "减少比例",
    "share_with_all": "全部依据下的减少比例",
}
_VALUES = {
    "objective": {"flow": "流量", "pairs": "相连对数", "largest": "最大部分"},
    "bound": {"outer": "宽界（实际值必在其中）", "exact": "精确界"},
    "follow": {"goods": "货物", "money": "资金"},
    "method": {"exact": "精确", "sampled": "抽样"},
    "measure": {
        "degree": "度", "weighted_degree": "加权度", "betweenness": "介数", "closeness": "接近度",
        "eigenvector": "特征向量", "pagerank": "PageRank", "k_core": "k 核", "constraint": "约束度",
        "effective_size": "有效规模", "articulation_points": "割点", "bridges": "桥",
    },
}  # fmt: skip
_COUNTED = {"entities": ("Entities: {}", "实体：{}"), "links": ("Links: {}", "关联：{}")}
_UNITS = {
    "entities": "个", "links": "条", "rows": "行", "pairs": "对", "actors": "个", "days": "天", "hours": "小时",
    "CNY": "元",
}  # fmt: skip
_DIRECTIONS = {"out": "出", "in": "入", "both": "双向"}


@cache
def _chinese() -> dict[str, str]:
    from graphkit.model.links import GRADE_PROPERTIES, LINK_KINDS
    from graphkit.model.nodes import NODE_KINDS
    from graphkit.model.records import RECORD_KINDS
    from graphkit.model.units import UNITS

    properties = [each for kind in NODE_KINDS for each in kind.properties]
    properties += [each for kind in LINK_KINDS for each in kind.properties] + list(GRADE_PROPERTIES)
    words = {each.name: each.zh for each in properties}
    words |= {kind.name: kind.zh for kind in RECORD_KINDS} | {kind.name: kind.zh for kind in NODE_KINDS}
    words |= {kind.name: kind.zh for kind in LINK_KINDS}
    words |= {unit.code: unit.zh for unit in UNITS}
    return words | _DIRECTIONS | _UNITS


def worded(value: str, column: Column) -> str:
    """A word of the program in the language in use; anything else as it is. Lists within a text are told word by word.

    >>> from graphkit.model.language import set_language
    >>> set_language("zh"); worded("payment, PAID", Column("kind")); set_language("")
    '资金, 付款'
    """
    if value in column.words:
        return say(*column.words[value])
    counted, _, kind = value.partition(":")
    if column.name == "measure" and kind and counted in _COUNTED:  # of a kind that other people's layouts brought
        return say(*_COUNTED[counted]).format(kind)
    if column.name in _VALUES and say("en", "zh") == "zh":
        return _VALUES[column.name].get(value, value)
    if column.name not in _COLUMNS or say("en", "zh") == "en":
        return value
    known = _chinese()
    return ", ".join(known.get(part, part) for part in value.split(", "))


def counted(unit: str) -> str:
    """What is counted, in the language in use; units of quantities stay as the data has them."""
    return say(unit, _UNITS.get(unit, unit))


def beside(name: str) -> str:
    """What is called what stands beside the rows, in the language in use.

    >>> from graphkit.model.language import set_language
    >>> set_language("zh"); beside("objective"); set_language("")
    '目标'
    """
    return say(name, _BESIDE.get(name, name))
