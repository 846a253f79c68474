"""Writes a whole sample: the world, its records chunk by chunk, its truth."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from graphkit.errors import RequestError
from graphkit.sample import Progress, WrittenFile
from graphkit.sample.bulk import BatchColumns, Serial, bulk_frames, call_frame
from graphkit.sample.casework import casework_frames
from graphkit.sample.cast import cast_frames
from graphkit.sample.finds import Finds
from graphkit.sample.folder import Folder
from graphkit.sample.goods import Moves, Rests, join_moves, join_rests
from graphkit.sample.plan import Plan, plan_for
from graphkit.sample.spreading import Market, spread
from graphkit.sample.truth import Tally, write_truth
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
        self.serial = Serial()
        self.finds = Finds(self.world, self.batches, self.rng)

    def small(self) -> None:
        """The tables that are known from the start."""
        for frames in (
            cast_frames(self.world, self.batches, self.rng),
            casework_frames(self.world, self.batches, self.rng),
        ):
            for name, frame in frames.items():
                self.folder.write(name, frame)

    def chunk(self, moves: Moves, rests: Rests, done: float) -> None:
        """Some deliveries, all that tells of them, and calls until the share of the size that is due is reached."""
        self.tally.add(moves, rests)
        frames = {**bulk_frames(moves, self.world, self.batches, self.serial, self.rng), **self.finds.frames(rests)}
        for name, frame in frames.items():
            self.folder.write(name, frame)
        calls = max(len(moves) // 10, int(self.plan.size * done) - self.folder.written - self._refusals_to_come())
        self.folder.write("call", call_frame(calls, moves, self.world, self.serial, self.rng))
        if self.progress:
            self.progress(self.folder.written, self.plan.size)

    def _refusals_to_come(self) -> int:
        return 1 if self.folder.refusals.left else 0

    def all(self) -> None:
        """Everything, in order."""
        self.small()
        core: Moves | None = self.world.core_moves
        first = len(self.world.core_moves)
        parcels = sorted(self.world.made.parcels, key=lambda p: (p.at, p.batch, p.holder))
        market = Market.of(self.world.actors, self.plan.rings)
        left = max(len(parcels) * 2, self.plan.deliveries - first)
        for moves, rests, done in spread(
            parcels, self.world.made.batches.ring, left, self.world.actors, market, self.rng
        ):
            if (
                core is not None
            ):  # the makers' own deliveries come with the first ones, so that small books are in the order of time
                moves, rests, core = join_moves([core, moves]), join_rests([self.world.core_rests, rests]), None
            self.chunk(moves, rests, done)


def write(root: Path, size: int, seed: int, progress: Progress | None) -> list[WrittenFile]:
    """See `graphkit.sample.write_sample`."""
    _make_room(root)
    writer = Writer(root, plan_for(size, seed), progress)
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
