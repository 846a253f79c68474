"""What the program's own words are called when a person reads them: kinds, units, properties, allowed values.

Data stays as it was written; JSON and csv keep the English words.
"""

from __future__ import annotations

from functools import cache

from graphkit.model.answer import Column
from graphkit.model.language import say

_COLUMNS = ("kind", "kinds", "through", "unit", "property", "direction", "details", "decision")
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
    return words | _DIRECTIONS | {"entities": "个", "links": "条", "rows": "行", "CNY": "元"}


def worded(value: str, column: Column) -> str:
    """A word of the program in the language in use; anything else as it is. Lists within a text are told word by word.

    >>> from graphkit.model.language import set_language
    >>> set_language("zh"); worded("payment, PAID", Column("kind"))
    '资金, 付款'
    """
    if value in column.words:
        return say(*column.words[value])
    if column.name not in _COLUMNS or say("en", "zh") == "en":
        return value
    known = _chinese()
    return ", ".join(known.get(part, part) for part in value.split(", "))
