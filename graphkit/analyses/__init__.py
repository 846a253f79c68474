"""The questions that graphkit answers, one module each."""

from __future__ import annotations

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.files import FILES
from graphkit.analyses.links import LINKS
from graphkit.analyses.path import PATH
from graphkit.analyses.search import SEARCH
from graphkit.analyses.show import SHOW
from graphkit.analyses.stats import STATS

ANALYSES: tuple[Analysis, ...] = (FILES, SEARCH, SHOW, LINKS, PATH, STATS)

__all__ = ["ANALYSES", "Analysis", "Casefile", "Findings", "Parameter"]
