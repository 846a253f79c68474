"""Cells as they were written become values in one form, with what was wrong told row by row."""

from __future__ import annotations

from graphkit.records.normalise.frame import Normalised, normalise

__all__ = ["Normalised", "normalise"]
