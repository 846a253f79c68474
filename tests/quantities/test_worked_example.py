"""The worked example of the documentation is true."""

from __future__ import annotations

import doctest
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "quantities.md"


def test_the_worked_example() -> None:
    tried = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    assert tried.failed == 0 and tried.attempted >= 10
