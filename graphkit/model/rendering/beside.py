"""What stands beside an answer's rows as a person reads it: in Chinese with Chinese names."""

from __future__ import annotations

from graphkit.model.language import say

_NAMES = {
    # a strike
    "objective": "目标", "value": "方案的值", "before": "打击前的值", "bound": "理论下界", "gap": "差距",
    "optimal": "已证明最优", "truncated": "提前中止", "seed": "随机种子",
    "unit": "单位", "follow": "流动的是", "headroom": "可承载倍数",
    "largest": "打击后的最大部分", "one_night": "同时打击的值", "after_successors": "接替者补位后的值",
    "by_region": "按区划", "region": "区划", "region_name": "名称", "hits": "打击", "cost": "费用", "orders": "次序",
    "ids": "标识", "names": "对象", "evidence": "依据",
    "firm": "不计 C3 以下依据", "links": "因此不计的联系", "ungraded": "无法判断的联系", "share": "减少比例",
    "share_with_all": "全部依据下的减少比例",
    "robust": "按等级抽取的网络", "samples": "网络数", "mean": "平均值", "least": "最小值", "most": "最大值",
    # a ranking, groups
    "actors": "行动者", "ties": "联系", "method": "算法", "error": "误差上限", "confidence": "把握",
    "periods": "时段数", "groups": "组数", "modularity": "模块度", "region_overlap": "与省份的重合度",
}  # fmt: skip
_WORDS = {
    "objective": {"flow": "流量", "pairs": "相连对数", "largest": "最大部分"},
    "follow": {"goods": "货物", "money": "资金"},
    "method": {"exact": "精确", "sampled": "抽样"},
}


def called(name: str) -> str:
    """What a fact is called in the language in use: in English as in JSON.

    >>> from graphkit.model.language import set_language
    >>> set_language("zh"); called("bound"), called("whatever")
    ('理论下界', 'whatever')
    """
    return say(name, _NAMES.get(name, name))


def told(name: str, value: str) -> str:
    """A word of the program that is the value of a fact."""
    return say(value, _WORDS.get(name, {}).get(value, value))
