"""Columns of text as Python's texts in numpy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl

Texts = np.ndarray[Any, Any]


def python_texts(texts: pl.Series) -> Texts:
    """Each text made anew; None where there is none."""
    return texts.to_numpy(writable=True)


def shared_texts(texts: pl.Series) -> Texts:
    """Texts of which few are distinct, each made just once; None where there is none.

    >>> import polars as pl
    >>> shared_texts(pl.Series(["b", None, "a", "b"])).tolist()
    ['b', None, 'a', 'b']
    """
    import polars as pl

    words = texts.drop_nulls().unique().sort()
    codes = texts.replace_strict(words, pl.int_range(len(words), eager=True), default=-1, return_dtype=pl.Int64)
    made: Texts = np.array([*words, None], object)[codes.to_numpy()]
    return made
