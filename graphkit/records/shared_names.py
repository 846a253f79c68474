"""Names of edge lists and matrices that stand in other files too: an actor's id is its name, so they become one actor.

That is meant where files tell of one network, and a mistake where N1 of one case is not N1 of another: it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.nodes import ACTOR

if TYPE_CHECKING:
    from graphkit.records.staged import Staged

LAYOUTS = ("edges", "matrix")
_LISTED = 5


def named_by(staged: Sequence[Staged]) -> bool:
    """Whether any of these files calls its actors by their names alone."""
    return any(one.record.layout in LAYOUTS for one in staged)


def shared_names(staged: Sequence[Staged], known: Iterable[str]) -> list[str]:
    """For each such file a note on how many of its names were there before: in the files above it, or `known` ids."""
    before, notes = set(known), []
    for one in staged:
        if one.record.layout not in LAYOUTS:
            continue
        names = _actors(one)
        if again := sorted(names & before):
            listed = ", ".join(again[:_LISTED]) + (" …" if len(again) > _LISTED else "")
            notes.append(
                say(
                    f"{one.record.name}: {len(again)} of {len(names)} names stand in another file too and are one "
                    f"actor each: {listed}; load files whose names mean others into casebooks of their own",
                    f"{one.record.name}：{len(names)} 个名称中有 {len(again)} 个也见于其他文件，各视为同一对象："
                    f"{listed}；如所指不同，请分别载入不同的案卷",
                )
            )
        before |= names
    return notes


def _actors(one: Staged) -> set[str]:
    import polars as pl

    stated = pl.scan_parquet(one.statements).filter(pl.col("kind") == ACTOR.name).select("node").unique().collect()
    return set(stated["node"])
