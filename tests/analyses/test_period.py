"""A period that ends before it begins is refused, whatever is asked of it."""

from __future__ import annotations

from typing import Any

import pytest

from graphkit.analyses import ANALYSES
from graphkit.analyses.period import PERIODS
from graphkit.errors import RequestError
from tests.analyses.case import RowsCasefile

BOUNDED = [
    (each, since, until)
    for each in ANALYSES
    for since, until in PERIODS
    if {since, until} <= {parameter.name for parameter in each.parameters}
]


def asked(analysis: Any, **period: str) -> dict[str, Any]:
    needed = {each.name: each.choices[0] if each.choices else "a" for each in analysis.parameters if each.positional}
    return {**needed, **period}


@pytest.mark.parametrize(("analysis", "since", "until"), BOUNDED, ids=lambda each: getattr(each, "id", each))
def test_a_period_the_wrong_way_round_is_refused(analysis: Any, since: str, until: str) -> None:
    with pytest.raises(RequestError, match=f"{since} 2024-02-01 is later than {until} 2024-01-31"):
        analysis.ask(RowsCasefile([], []), **asked(analysis, **{since: "2024-02-01", until: "2024-01-31"}))
    analysis.check(asked(analysis, **{since: "2024-01-31T10:00:00", until: "2024-01-31"}))


def test_several_questions_are_held_to_it() -> None:
    assert {each.id for each, _, _ in BOUNDED} >= {"trace", "sources", "rank", "groups", "strike"}
