"""Writes a whole sample: the world, its records chunk by chunk, its truth."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from graphkit.errors import RequestError
from graphkit.sample import Progress, WrittenFile
from graphkit.sample.bulk import BatchColumns, Bulk
from graphkit.sample.casework import casework_frames
from graphkit.sample.cast import cast_frames
from graphkit.sample.finds import Finds
from graphkit.sample.folder import Folder
from graphkit.sample.goods import Moves, Rests, join_moves, join_rests, moves_of, rests_of
from graphkit.sample.plan import Plan, plan_for
from graphkit.sample.spreading import Market, Spreader
from graphkit.sample.tally import Tally
from graphkit.sample.truth import write_truth
from graphkit.sample.world import World, make_world


class Writer:
    """One sample being written."""

    def __init__(self, root: Path, plan: Plan, progress: Progress | None) -> None:
        self.plan, self.progress = plan, progress
        self.rng = np.random.default_rng([plan.seed, plan.size])
        self.world: World = make_world(plan, self.rng)
        self.batches = BatchColumns(self.world)
        self.folder = Folder(root, plan, self.world.actors, self.rng)
        self.tally = Tally(self.world)
        self.bulk = Bulk(self.world, self.batches, self.rng)
        self.finds = Finds(self.world, self.batches, self.rng)

    def all(self) -> None:
        """Everything, in order."""
        self._hand_in(cast_frames(self.world, self.batches, self.rng))
        self._hand_in(casework_frames(self.world, self.batches, self.rng))
        for moves, rests, done in self._spread():
            self.tally.add(moves, rests)
            self._hand_in({**self.bulk.frames(moves), **self.finds.frames(rests)})
            if done >= 1:
                self.folder.write("stocktake", self.finds.stocktakes())
            self._calls(moves, done)
            if self.progress:
                self.progress(self.folder.written, self.plan.size)

    def _hand_in(self, frames: dict[str, pl.DataFrame]) -> None:
        for name, frame in frames.items():
            self.folder.write(name, frame)

    def _spread(self) -> Iterator[tuple[Moves, Rests, float]]:
        """The deliveries by chunks; the makers' own come with the first, so that small books are in order of time."""
        made = self.world.made
        moves, rests = self.world.core_moves, self.world.core_rests
        parcels = sorted(made.parcels, key=lambda p: (p.at, p.batch, p.holder))
        each = max(2.0, (self.plan.deliveries - len(moves)) / len(parcels))
        spreader = Spreader(Market.of(self.world.actors, self.plan.rings), each, self.rng)
        for more, stayed, done in spreader.spread(parcels, [batch.ring for batch in made.batches]):
            yield join_moves([moves, more]), join_rests([rests, stayed]), done
            moves, rests = moves_of([]), rests_of([])

    def _calls(self, moves: Moves, done: float) -> None:
        """As many calls as bring the rows to the share of the size that is due."""
        spare = 1 if self.folder.refusals.left else 0  # for a refused call
        count = max(3, len(moves) // 10, int(self.plan.size * done) - self.folder.written - spare)
        self.folder.write("call", self.bulk.calls(count, moves))


def write(root: Path, size: int, seed: int, progress: Progress | None) -> list[WrittenFile]:
    """See `graphkit.sample.write_sample`."""
    plan = plan_for(size, seed)
    _make_room(root)
    writer = Writer(root, plan, progress)
    try:
        writer.all()
    finally:
        writer.folder.close()
    write_truth(root / "truth.json", writer.world, writer.tally, writer.folder)
    return [WrittenFile(file, rows) for file, rows in sorted(writer.folder.rows.items())]


def _make_room(root: Path) -> None:
    """Take away a former sample; never touch records that are no sample."""
    records = root / "records"
    if records.exists() and any(records.iterdir()):
        if not (root / "truth.json").exists():
            raise RequestError(
                f"{records} is not empty and holds no sample; name another folder",
                f"{records} 非空且不是样例，请换一个目录",
            )
        shutil.rmtree(records)
    (root / "truth.json").unlink(missing_ok=True)
    records.mkdir(parents=True, exist_ok=True)
