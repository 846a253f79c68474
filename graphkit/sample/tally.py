"""Counts what is made, sent and left of every batch at every stage, and along which routes, while the goods spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.bulk import BatchColumns
from graphkit.sample.goods import BUYER_STAGE, Fate, Level, Moves, Rests, moves_of
from graphkit.sample.plan import Role
from graphkit.sample.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

STAGES = [role.name.lower() for role in Role]
MEASURES = ("made", "received", "used", "sent", *(fate.name.lower() for fate in Fate))
MADE, RECEIVED, USED, SENT, FIRST_FATE = range(5)
KEYS = ["ring", "level", "from", "to", "product", "unit"]


class Tally:
    """Counts every batch at every stage, and every route."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.columns = BatchColumns(world)
        batches, role = world.made.batches, world.actors.role
        self.amount: NDArray[np.float64] = np.zeros((len(batches), len(Role), len(MEASURES)))
        self.routes: list[pl.DataFrame] = []
        self.moves: list[Moves] = []
        self.through: NDArray[np.float64] = np.zeros(len(world.actors))
        for item in world.made.transformations:
            self.amount[item.output, role[item.actor], MADE] += item.quantity
            for given in item.inputs:
                self.amount[given.batch, role[item.actor], USED] += given.quantity
        for place, batch in enumerate(batches):
            if batch.kind in ("raw", "genuine", "hidden"):  # made out of sight
                self.amount[place, role[batch.maker], MADE] += batch.made
        self._carry(moves_of(world.made.hidden))

    def add(self, moves: Moves, rests: Rests) -> None:
        """Count some deliveries and what stayed on the way."""
        self._carry(moves)
        np.add.at(self.amount, _cells(rests.batch, rests.stage, rests.fate + FIRST_FATE), rests.quantity)
        np.add.at(self.through, moves.seller, np.where(moves.level >= Level.TIER1, moves.quantity, 0))
        self.routes.append(self._routes(moves))
        if self.world.plan.tracked:
            self.moves.append(moves)

    def _carry(self, moves: Moves) -> None:
        stage = self.world.actors.role[moves.seller]
        np.add.at(self.amount, _cells(moves.batch, stage, np.full(len(moves), SENT)), moves.quantity)
        stage = BUYER_STAGE[moves.level]
        np.add.at(self.amount, _cells(moves.batch, stage, np.full(len(moves), RECEIVED)), moves.quantity)

    def _routes(self, moves: Moves) -> pl.DataFrame:
        province = self.world.actors.province()
        frame = pl.DataFrame(
            {
                "ring": self.columns.ring[moves.batch],
                "level": moves.level,
                "from": province[moves.seller],
                "to": province[moves.buyer],
                "product": self.columns.product.gather(moves.batch),
                "unit": self.columns.unit.gather(moves.batch),
                "quantity": moves.quantity,
                "first": moves.sent,
                "last": moves.arrived,
            }
        )
        return summed(frame.with_columns(deliveries=pl.lit(1)))


def _cells(*places: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    return places


def summed(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a route."""
    totals = (pl.col("deliveries").sum(), pl.col("quantity").sum(), pl.col("first").min(), pl.col("last").max())
    return frame.group_by(KEYS).agg(*totals).sort(KEYS)
