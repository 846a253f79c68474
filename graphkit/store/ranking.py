"""Which entities a search finds first. One rule for all stores."""

from __future__ import annotations

from collections.abc import Iterable

from graphkit.model.nodes import NAME_PROPERTIES
from graphkit.store.base import Hit

_PLACE = {name: place for place, name in enumerate(NAME_PROPERTIES)}


def best(text: str, candidates: Iterable[Hit], limit: int) -> list[Hit]:
    """The best hit of each entity: whole before beginning before within, names before other properties, then by id.

    >>> hits = [Hit("b", "Person", "alias", "Al"), Hit("a", "Person", "name", "Alan"), Hit("b", "Person", "x", "Al B")]
    >>> [(hit.node, hit.value) for hit in best("al", hits, 5)]
    [('b', 'Al'), ('a', 'Alan')]
    """
    found: dict[str, tuple[tuple[int, int, str, str], Hit]] = {}
    for hit in candidates:
        folded = hit.value.lower()
        if text not in folded:
            continue
        match = 0 if folded == text else 1 if folded.startswith(text) else 2
        rank = (match, _PLACE.get(hit.property, len(_PLACE)), hit.property, hit.value)
        if hit.node not in found or rank < found[hit.node][0]:
            found[hit.node] = (rank, hit)
    ordered = sorted(found.values(), key=lambda one: (*one[0][:2], one[1].node))
    return [hit for _, hit in ordered[:limit]]
