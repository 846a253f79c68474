"""An answer as plain data: what JSON can say, and nothing it cannot."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from graphkit.model.answer import Answer


def to_json(answer: Answer) -> str:
    """The answer as the one JSON object of the command line: Chinese as it is, never NaN."""
    return json.dumps(plain(answer.to_dict()), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def plain(value: Any) -> Any:
    """The value in the types that JSON has; what is not a number becomes null.

    >>> plain({"day": date(2022, 1, 24), "share": float("nan"), "names": ("a",)})
    {'day': '2022-01-24', 'share': None, 'names': ['a']}
    """
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(one) for one in value), key=str)
    return _other(value)


def _other(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds" if value.microsecond else "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(int(value) if value.is_finite() and value == value.to_integral_value() else float(value))
    if isinstance(value, bytes):
        return value.hex()
    for method in ("tolist", "iso_format"):  # numpy's numbers and arrays; Neo4j's times
        if hasattr(value, method):
            return plain(getattr(value, method)())
    return str(value)
