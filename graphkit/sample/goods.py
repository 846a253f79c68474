"""What moves and what stays: batches, deliveries, what is left over, and the count of all of it by batch and stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from graphkit.sample.plan import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

EPOCH = datetime(2023, 1, 1)  # every time is minutes since then
DAY = 24 * 60
LAST_DAY = 725  # all goods have come to rest before; the stocks are counted then


class Fate(IntEnum):
    """What became of goods that were neither sent on nor worked up."""

    STOCK = 0
    SEIZED = 1
    SAMPLED = 2
    BOUGHT = 3  # by somebody who told: a victim or a test buyer
    SOLD = 4  # over the counter, unrecorded
    LOST = 5


class Level(IntEnum):
    """Between which stages a delivery goes; also its place in the price."""

    RAW = 0
    LOOSE = 1
    RELABEL = 2
    COLLECT = 3  # den → dispatcher
    TIER1 = 4
    TIER2 = 5
    RETAIL = 6
    LICENSED = 7  # maker → distributor
    LICENSED_RETAIL = 8


MARKUP = np.array([1.0, 1.0, 0.4, 1.0, 1.3, 1.6, 2.1, 2.6, 3.0])  # on the price at the den's door
BUYER_STAGE = np.array(
    [
        Role.PRODUCER,
        Role.FILLER,
        Role.RELABELLER,
        Role.DISPATCHER,
        Role.TIER1,
        Role.TIER2,
        Role.RETAILER,
        Role.DISTRIBUTOR,
        Role.RETAILER,
    ]
)


@dataclass(frozen=True)
class Batch:
    """One batch: what it is, who made it, when and how much, and what a unit costs at the door."""

    number: str
    product: str
    ware: int  # position in PRODUCTS
    unit: str
    ring: int  # -1: no ring's
    made: float
    made_at: int
    maker: int
    price: float
    kind: str  # raw, loose, finished, genuine, hidden


class Batches(list[Batch]):
    """Every batch; elsewhere a batch is named by its position here."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: set[tuple[str, str]] = set()

    def put(self, batch: Batch) -> int:
        """A new batch; returns its position. A number that the product already has gets a letter."""
        wished = (batch.number, *(batch.number + letter for letter in "BCDEFGHJKLMNPQRSTUVWXYZ"))
        number = next(n for n in wished if (batch.product, n) not in self._taken)
        self._taken.add((batch.product, number))
        self.append(replace(batch, number=number))
        return len(self) - 1


@dataclass(frozen=True)
class Moves:
    """Deliveries, an array a column."""

    batch: Ints
    seller: Ints
    buyer: Ints
    quantity: NDArray[np.float64]
    sent: Ints
    arrived: Ints
    level: Ints

    def __len__(self) -> int:
        return len(self.batch)

    def pick(self, chosen: NDArray[np.bool_] | Ints) -> Moves:
        """Some of the deliveries."""
        return Moves(
            self.batch[chosen],
            self.seller[chosen],
            self.buyer[chosen],
            self.quantity[chosen],
            self.sent[chosen],
            self.arrived[chosen],
            self.level[chosen],
        )


@dataclass(frozen=True)
class Rests:
    """What stayed with somebody, an array a column."""

    batch: Ints
    holder: Ints
    stage: Ints
    quantity: NDArray[np.float64]
    fate: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.batch)

    def pick(self, chosen: NDArray[np.bool_] | Ints) -> Rests:
        """Some of them."""
        return Rests(
            self.batch[chosen],
            self.holder[chosen],
            self.stage[chosen],
            self.quantity[chosen],
            self.fate[chosen],
            self.at[chosen],
        )


def join_moves(parts: list[Moves]) -> Moves:
    """All of them in one."""
    names = ("batch", "seller", "buyer", "quantity", "sent", "arrived", "level")
    return Moves(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def join_rests(parts: list[Rests]) -> Rests:
    """All of them in one."""
    names = ("batch", "holder", "stage", "quantity", "fate", "at")
    return Rests(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def moves_of(rows: list[tuple[int, int, int, float, int, int, int]]) -> Moves:
    """Deliveries from rows of batch, seller, buyer, quantity, sent, arrived, level."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    whole = [np.array(columns[i], dtype=np.int64) for i in (0, 1, 2, 4, 5, 6)]
    return Moves(whole[0], whole[1], whole[2], np.array(columns[3], dtype=np.float64), whole[3], whole[4], whole[5])


def rests_of(rows: list[tuple[int, int, int, float, int, int]]) -> Rests:
    """What stayed, from rows of batch, holder, stage, quantity, fate, time."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    whole = [np.array(columns[i], dtype=np.int64) for i in (0, 1, 2, 4, 5)]
    return Rests(whole[0], whole[1], whole[2], np.array(columns[3], dtype=np.float64), whole[3], whole[4])


@dataclass(frozen=True)
class Input:
    """What one transformation took from one batch; `seen` is false for goods whose arrival no record tells."""

    batch: int
    quantity: float
    seen: bool = True


@dataclass(frozen=True)
class Transformation:
    """One pressing, filling or relabelling: who, when, what went in and what came out."""

    actor: int
    at: int
    inputs: tuple[Input, ...]
    output: int
    quantity: float
