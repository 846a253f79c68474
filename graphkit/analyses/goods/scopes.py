"""Within which bounds goods are looked at: everybody's, a place's with those who control it, or a party's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.analyses.goods.lines import MOVES, Line
from graphkit.model.nodes import PLACE

if TYPE_CHECKING:
    from graphkit.analyses.goods.owners import Owners

CAME, WENT, COUNTED = "came", "went", "counted"
INSIDE = "inside"  # the one holder where a place or a party is asked
UNKNOWN = ""  # the hands of goods that rows tell no holder of


@dataclass(frozen=True)
class Scope:
    """Whose goods are looked at: `nodes` empty is everybody, each holder by himself as `owners` tells them apart."""

    nodes: frozenset[str]
    owners: Owners

    @property
    def whole(self) -> bool:
        """Whether everybody is looked at."""
        return not self.nodes

    def holds(self, ends: frozenset[str]) -> bool:
        """Whether an end of a line lies within; where it names places and a place is asked, the place decides."""
        if self.whole:
            return True
        places = {end for end in ends if end.startswith(f"{PLACE.prefix}:")}
        asked = {node for node in self.nodes if node.startswith(f"{PLACE.prefix}:")}
        return bool(places & asked) if places and asked else bool(ends & self.nodes)

    def together(self) -> list[list[str]]:
        """Which parties and places are one owner within these bounds, in groups."""
        groups = self.owners.told_as()
        if self.whole:
            return groups
        within = [[each for each in group if each in self.nodes] for group in groups]
        return [group for group in within if len(group) > 1]

    def figure(self, line: Line) -> str | None:
        """Under which figure a line counts. Of everybody, moves are within, but what end users bought has left."""
        if line.kind in MOVES:
            gave, took = self.holds(line.giver), self.holds(line.taker)
            if self.whole:
                return "out" if line.kind == "bought" else None
            return "out" if gave and not took else "in" if took and not gave else None
        if line.kind == "counted" or not self.holds(line.taker if line.kind == "produced" else line.giver):
            return None
        return {"used": "out"}.get(line.kind, line.kind)

    def changes(self, line: Line) -> Iterable[tuple[str, str]]:
        """Whose stock a line changes, and how: (holder, CAME, WENT or COUNTED)."""
        giver, taker = self._holder(line.giver), self._holder(line.taker)
        if line.kind == "counted":
            return [(giver, COUNTED)] if giver is not None else []
        if line.kind == "produced":
            return [(taker, CAME)] if taker is not None else []
        if line.kind not in MOVES:
            return [(giver, WENT)] if giver is not None else []
        taker = None if self.whole and line.kind == "bought" else taker
        ends = [] if giver == taker else [(giver, WENT), (taker, CAME)]
        return [(holder, how) for holder, how in ends if holder is not None]

    def _holder(self, ends: frozenset[str]) -> str | None:
        if self.whole:
            return self.owners.of(ends) or UNKNOWN
        return INSIDE if self.holds(ends) else None
