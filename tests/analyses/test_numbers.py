"""No number that cannot be counted with gets past the declarations of any question."""

from __future__ import annotations

import pytest

from graphkit.analyses import ANALYSES
from graphkit.analyses.base import Parameter
from graphkit.errors import RequestError

NUMBERS = [
    pytest.param(each, id=f"{analysis.id}-{each.name}")
    for analysis in ANALYSES
    for each in analysis.parameters
    if each.type in ("integer", "number")
]


@pytest.mark.parametrize("parameter", NUMBERS)
def test_numbers_beyond_all_counting_are_refused_by_name(parameter: Parameter) -> None:
    wrong: list[float] = [10**30] if parameter.type == "integer" else [float("nan"), float("inf"), 1e300, 10**30]
    for number in wrong:
        with pytest.raises(RequestError, match=parameter.called):
            parameter.check(number)


def test_the_number_is_told_as_it_was_written() -> None:
    hops = next(each for analysis in ANALYSES for each in analysis.parameters if each.name == "hops" and each.maximum)
    with pytest.raises(RequestError, match="not 99999999999"):
        hops.check(99_999_999_999)
