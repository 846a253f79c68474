"""What an export wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """How many entities and links a file got, and what could not be said in its layout."""

    nodes: int
    links: int
    notes: tuple[str, ...] = ()
