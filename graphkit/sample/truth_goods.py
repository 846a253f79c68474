"""The part of the truth that is about goods: batches by stage, transformations, routes, deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphkit.sample.folder import Folder
from graphkit.sample.goods import EPOCH, Level
from graphkit.sample.places import PROVINCES
from graphkit.sample.plan import Role
from graphkit.sample.tally import FIRST_FATE, MADE, MEASURES, USED, Tally, summed
from graphkit.sample.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray


def iso(minutes: int) -> str:
    """Minutes since the beginning as ISO text."""
    return (EPOCH + timedelta(minutes=minutes)).isoformat()


def route_rows(tally: Tally) -> list[dict[str, Any]]:
    """How much went from province to province at each stage, over the whole time."""
    total = summed(pl.concat(tally.routes))
    return [
        {
            "ring": row["ring"],
            "stage": Level(row["level"]).name.lower(),
            "from": PROVINCES[row["from"]].code,
            "to": PROVINCES[row["to"]].code,
            "product": row["product"],
            "quantity": row["quantity"],
            "unit": row["unit"],
            "deliveries": row["deliveries"],
            "first": iso(row["first"]),
            "last": iso(row["last"]),
        }
        for row in total.iter_rows(named=True)
    ]


def transformation_rows(world: World) -> list[dict[str, Any]]:
    batches, place = world.made.batches, world.place_of()
    return [
        {
            "place": f"place:{place[item.actor]}",
            "day": iso(item.at)[:10],
            "inputs": [
                {
                    "product": batches[i.batch].product,
                    "batch": batches[i.batch].number,
                    "quantity": i.quantity,
                    "supply_recorded": i.seen,
                }
                for i in item.inputs
            ],
            "product": batches[item.output].product,
            "batch": batches[item.output].number,
            "quantity": item.quantity,
        }
        for item in world.made.transformations
    ]


def batch_rows(world: World, tally: Tally) -> list[dict[str, Any]]:
    """Every batch by stage: made + received = used + sent + stock + seized + sampled + bought + sold + lost."""
    return [
        {
            "batch": batch.number,
            "product": batch.product,
            "unit": batch.unit,
            "kind": batch.kind,
            "ring": batch.ring,
            "maker": world.actors.node(batch.maker),
            "made_at": iso(batch.made_at)[:10],
            "total": _measured(amount.sum(axis=0), [MADE, USED, *range(FIRST_FATE, len(MEASURES))]),
            "stages": {
                Role(stage).name.lower(): _measured(amount[stage], list(range(len(MEASURES))))
                for stage in np.flatnonzero(amount.any(axis=1)).tolist()
            },
        }
        for batch, amount in zip(world.made.batches, tally.amount, strict=True)
    ]


def _measured(amounts: NDArray[np.float64], measures: list[int]) -> dict[str, float]:
    return {MEASURES[measure]: float(amounts[measure]) for measure in measures if amounts[measure]}


def movement_rows(world: World, tally: Tally, folder: Folder) -> list[dict[str, Any]]:
    """Every delivery, with the rows of ledger, counter-ledger, waybill and payment that tell of it."""
    columns = tally.columns
    rows, start = [], 0
    for moves in tally.moves:
        for place in range(len(moves)):
            batch = int(moves.batch[place])
            rows.append(
                {
                    "seller": world.actors.node(int(moves.seller[place])),
                    "buyer": world.actors.node(int(moves.buyer[place])),
                    "stage": Level(int(moves.level[place])).name.lower(),
                    "product": columns.product[batch],
                    "batch": columns.number[batch],
                    "quantity": float(moves.quantity[place]),
                    "unit": columns.unit[batch],
                    "sent": iso(int(moves.sent[place])),
                    "arrived": iso(int(moves.arrived[place])),
                    "rows": folder.told.get(start + place, {}),
                }
            )
        start += len(moves)
    return rows
