"""How many of everything a sample of a given size holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

from graphkit.errors import RequestError
from graphkit.sample.places import PROVINCES

SMALLEST = 100


class Role(IntEnum):
    """What an actor does in the supply; the order is the order of the goods."""

    HIDDEN = 0
    RAW_SUPPLIER = 1
    PRODUCER = 2
    FILLER = 3
    RELABELLER = 4
    DISPATCHER = 5
    TIER1 = 6
    TIER2 = 7
    RETAILER = 8
    MAKER = 9  # licensed: his goods are genuine
    DISTRIBUTOR = 10  # licensed too
    MULE = 11
    OTHER = 12


@dataclass(frozen=True)
class Plan:
    """The counts that follow from the size wished for."""

    size: int
    seed: int
    provinces: int
    rings: int
    actors: int
    deliveries: int
    per_batch: int  # deliveries of one finished batch, on average
    batches: int  # finished batches that the rings make
    genuine: int  # finished batches that the licensed maker makes
    cases: int
    leads: int
    relations: int
    refused: int

    def in_ring(self, role: Role, ring: int) -> int:
        """How many of a role belong to one ring, where the ring decides it."""
        small = self.size < 500
        counts = {
            Role.RAW_SUPPLIER: 2,
            Role.PRODUCER: 2 if small else 3,
            Role.FILLER: 2 if small else 3,
            Role.RELABELLER: 0 if small else 1,
            Role.DISPATCHER: 1 if self.size < 2000 else 1 + ring % 2,
            Role.MULE: 1 if small else 2,
        }
        return counts.get(role, 0)

    @property
    def tracked(self) -> bool:
        """Whether the truth also lists every delivery and every row in which a person is named: small samples only."""
        return self.size <= 20_000


def plan_for(size: int, seed: int) -> Plan:
    """The plan of a sample of about so many rows."""
    if size < SMALLEST:
        raise RequestError(
            f"A sample has at least {SMALLEST} rows, not {size}", f"样例至少 {SMALLEST} 行，而不是 {size} 行"
        )
    root = math.sqrt(size)
    deliveries = max(10, int((size - 80 - 5 * root) * 0.28))
    per_batch = int(min(400, max(6, 0.9 * math.sqrt(deliveries))))
    return Plan(
        size=size,
        seed=seed,
        provinces=3 if size < 500 else 6 if size < 20_000 else len(PROVINCES),
        rings=1 if size < 400 else max(2, min(40, int(size**0.25 / 2))),
        actors=int(11 + 1.2 * root + 0.028 * size),
        deliveries=deliveries,
        per_batch=per_batch,
        batches=max(2, deliveries // per_batch),
        genuine=max(1, deliveries // per_batch // 8),
        cases=4 if size < 400 else int(6 + size * 0.002),
        leads=2 if size < 400 else int(4 + size * 0.003),
        relations=3 if size < 400 else int(6 + size * 0.004),
        refused=5 if size < 400 else min(60, 8 + size // 1000),
    )
