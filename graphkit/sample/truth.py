"""What is true of the sample, written beside the records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphkit.sample.bulk import BatchColumns
from graphkit.sample.cast import lent_to
from graphkit.sample.columns import when
from graphkit.sample.folder import Folder
from graphkit.sample.goods import BUYER_STAGE, Fate, Level, Moves, Rests, moves_of
from graphkit.sample.places import COUNTIES, PROVINCES
from graphkit.sample.plan import Role
from graphkit.sample.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

STAGES = [role.name.lower() for role in Role]
MEASURES = ("made", "received", "used", "sent", *(fate.name.lower() for fate in Fate))
SOLD_OVER_THE_COUNTER = "sold"


class Tally:
    """Counts every batch at every stage, and every route, while the goods are spread."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.amount = np.zeros((len(world.made.batches), len(Role), len(MEASURES)))
        self.routes: list[pl.DataFrame] = []
        self.moves: list[Moves] = []
        self.through: NDArray[np.float64] = np.zeros(len(world.actors))
        for item in world.made.transformations:
            stage = world.actors.role[item.actor]
            self.amount[item.output, stage, MEASURES.index("made")] += item.quantity
            for given in item.inputs:
                self.amount[given.batch, stage, MEASURES.index("used")] += given.quantity
        batches = world.made.batches
        for batch, kind in enumerate(batches.kind):
            if kind in ("raw", "genuine", "hidden"):
                self.amount[batch, world.actors.role[batches.maker[batch]], MEASURES.index("made")] += batches.made[
                    batch
                ]
        self._carry(moves_of(world.made.hidden))

    def add(self, moves: Moves, rests: Rests) -> None:
        """Count some deliveries and what stayed on the way."""
        self._carry(moves)
        for fate in Fate:
            part = rests.pick(rests.fate == fate)
            np.add.at(self.amount, (part.batch, part.stage, MEASURES.index(fate.name.lower())), part.quantity)
        np.add.at(self.through, moves.seller, np.where(moves.level >= Level.TIER1, moves.quantity, 0))
        self.routes.append(_routes(moves, self.world))
        if self.world.plan.tracked:
            self.moves.append(moves)

    def _carry(self, moves: Moves) -> None:
        role = self.world.actors.role
        np.add.at(self.amount, (moves.batch, role[moves.seller], MEASURES.index("sent")), moves.quantity)
        np.add.at(self.amount, (moves.batch, BUYER_STAGE[moves.level], MEASURES.index("received")), moves.quantity)


def _routes(moves: Moves, world: World) -> pl.DataFrame:
    province = world.actors.province()
    ring = np.array(world.made.batches.ring)
    frame = pl.DataFrame(
        {
            "ring": ring[moves.batch],
            "level": moves.level,
            "from": province[moves.seller],
            "to": province[moves.buyer],
            "product": pl.Series(world.made.batches.product).gather(moves.batch),
            "unit": pl.Series(world.made.batches.unit).gather(moves.batch),
            "quantity": moves.quantity,
            "first": moves.sent,
            "last": moves.arrived,
        }
    )
    return _summed(frame.with_columns(deliveries=pl.lit(1)))


def _summed(frame: pl.DataFrame) -> pl.DataFrame:
    keys = ["ring", "level", "from", "to", "product", "unit"]
    totals = (pl.col("deliveries").sum(), pl.col("quantity").sum(), pl.col("first").min(), pl.col("last").max())
    return frame.group_by(keys).agg(*totals).sort(keys)


def write_truth(path: Path, world: World, tally: Tally, folder: Folder) -> None:
    """The whole truth, as one JSON object."""
    truth: dict[str, Any] = {
        "size": world.plan.size,
        "seed": world.plan.seed,
        "rows": folder.written,
        "kinds": dict(sorted(folder.kinds.items())),
        "files": folder.described(),
        "sources": _sources(world),
        "hidden_source": _hidden(world),
        "raw_suppliers": [_who(world, int(a)) for a in world.actors.of(Role.RAW_SUPPLIER)],
        "licensed": [_who(world, int(a)) for a in (*world.actors.of(Role.MAKER), *world.actors.of(Role.DISTRIBUTOR))],
        "dens": _dens(world),
        "key_people": _key_people(world, tally),
        "mules": _mules(world),
        "same_cases": _same_cases(world),
        "persons": _persons(world, folder),
        "refused": sorted(folder.refused, key=_place),
        "refused_cells": sorted(folder.refused_cells, key=_place),
        "repeated": sorted(folder.repeated, key=lambda r: (str(r["file"]), str(r["sheet"]))),
        "totals": sorted(folder.totals, key=_place),
        "borrowed_ids": _borrowed(world),
        "routes": _route_rows(tally),
        "transformations": _transformations(world),
        "batches": _batches(world, tally),
        "movements": _movements(world, tally, folder) if world.plan.tracked else None,
    }
    lines = ",\n".join(f"{json.dumps(key)}: {_block(value)}" for key, value in truth.items())
    path.write_text("{\n" + lines + "\n}\n", encoding="utf-8", newline="\n")


def _place(row: dict[str, Any]) -> tuple[str, str, int]:
    return row["file"], row["sheet"], row["row"]


def _borrowed(world: World) -> list[dict[str, Any]]:
    """Accounts opened with another person's papers."""
    actors = world.actors
    pairs = sorted(lent_to(world).items())
    return [
        {"account": f"account:{actors.account[a]}", "holder": actors.node(a), "number_of": actors.node(b)}
        for a, b in pairs
    ]


def _block(value: Any) -> str:
    """Lists one item a line, so that people can read and compare them."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _time(minutes: int) -> str:
    return str(when([minutes]).dt.strftime("%Y-%m-%dT%H:%M:%S")[0])


def _who(world: World, actor: int) -> dict[str, Any]:
    actors = world.actors
    return {
        "id": actors.node(actor),
        "name": actors.name[actor],
        "role": Role(int(actors.role[actor])).name.lower(),
        "ring": int(actors.ring[actor]),
        "region": COUNTIES[int(actors.county[actor])].code,
        "phone": actors.phone[actor],
        "account": actors.account[actor],
    }


def _sources(world: World) -> list[dict[str, Any]]:
    """Who presses the tablets: the origin of every finished box but for what the hidden source gave."""
    place = world.place_of()
    made: dict[int, list[str]] = {}
    for item in world.made.transformations:
        made.setdefault(item.actor, []).append(world.made.batches.number[item.output])
    return [
        {**_who(world, a), "place": f"place:{place[a]}", "batches": made.get(a, [])}
        for a in world.actors.of(Role.PRODUCER).tolist()
    ]


def _hidden(world: World) -> dict[str, Any]:
    """Who is named in no record, what he delivered, and by when its lack shows where."""
    batches, place = world.made.batches, world.place_of()
    used = {given.batch: item for item in world.made.transformations for given in item.inputs if not given.seen}
    deliveries = [
        {
            "product": batches.product[batch],
            "batch": batches.number[batch],
            "quantity": quantity,
            "unit": batches.unit[batch],
            "to": world.actors.node(buyer),
            "place": f"place:{place[buyer]}",
            "sent": _time(sent),
            "arrived": _time(arrived),
            "needed_by": _time(used[batch].at)[:10],
        }
        for batch, _, buyer, quantity, sent, arrived, _ in world.made.hidden
    ]
    return {**_who(world, int(world.actors.of(Role.HIDDEN)[0])), "deliveries": deliveries}


def _dens(world: World) -> list[dict[str, Any]]:
    return [
        {
            "id": f"place:{den.place_id or den.address}",
            "registered": bool(den.place_id),
            "type": den.type,
            "name": den.name,
            "address": den.address,
            "region": COUNTIES[den.county].code,
            "controller": world.actors.node(den.actor),
            "ring": int(world.actors.ring[den.actor]),
        }
        for den in world.dens
    ]


def _key_people(world: World, tally: Tally) -> list[dict[str, Any]]:
    """The dispatchers: every box of a ring goes through them, so that taking all of a ring's out leaves no chain from its sources to a buyer."""
    return [{**_who(world, a), "boxes_sent": tally.through[a]} for a in world.actors.of(Role.DISPATCHER).tolist()]


def _mules(world: World) -> list[dict[str, Any]]:
    return [_who(world, a) for a in world.actors.of(Role.MULE).tolist()]


def _same_cases(world: World) -> list[list[str]]:
    """Cases of one ring: truly one. Cases that stand alone are left out."""
    return [[c.case_id for c in world.cases if c.ring == ring] for ring in range(world.plan.rings)]


def _persons(world: World, folder: Folder) -> list[dict[str, Any]]:
    """Those who are written in more than one way; in small samples with the rows where each way occurs."""
    spellings = world.actors.spellings
    found = []
    for actor in np.flatnonzero(spellings.count > 1).tolist():
        seen = folder.seen.get(actor, {})
        texts = [text for text in spellings.of(actor) if text in seen or not world.plan.tracked]
        if texts:
            rows = {text: seen[text] for text in texts} if world.plan.tracked else None
            found.append(
                {"id": world.actors.node(actor), "name": world.actors.name[actor], "spellings": texts, "rows": rows}
            )
    return found


def _route_rows(tally: Tally) -> list[dict[str, Any]]:
    """How much went from province to province at each stage, over the whole time."""
    total = _summed(pl.concat(tally.routes))
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
            "first": _time(row["first"]),
            "last": _time(row["last"]),
        }
        for row in total.iter_rows(named=True)
    ]


def _transformations(world: World) -> list[dict[str, Any]]:
    batches, place = world.made.batches, world.place_of()
    return [
        {
            "place": f"place:{place[item.actor]}",
            "day": _time(item.at)[:10],
            "inputs": [
                {
                    "product": batches.product[i.batch],
                    "batch": batches.number[i.batch],
                    "quantity": i.quantity,
                    "supply_recorded": i.seen,
                }
                for i in item.inputs
            ],
            "product": batches.product[item.output],
            "batch": batches.number[item.output],
            "quantity": item.quantity,
        }
        for item in world.made.transformations
    ]


def _batches(world: World, tally: Tally) -> list[dict[str, Any]]:
    """Every batch by stage: made + received = used + sent + stock + seized + sampled + bought + sold + lost."""
    batches = world.made.batches
    rows = []
    for batch, number in enumerate(batches.number):
        stages = {
            STAGES[stage]: {
                name: float(value) for name, value in zip(MEASURES, tally.amount[batch, stage], strict=True) if value
            }
            for stage in np.flatnonzero(tally.amount[batch].any(axis=1)).tolist()
        }
        total = tally.amount[batch].sum(axis=0)
        whole = {
            name: float(total[MEASURES.index(name)])
            for name in ("made", "used", *(f.name.lower() for f in Fate))
            if total[MEASURES.index(name)]
        }
        rows.append(
            {
                "batch": number,
                "product": batches.product[batch],
                "unit": batches.unit[batch],
                "kind": batches.kind[batch],
                "ring": batches.ring[batch],
                "maker": world.actors.node(batches.maker[batch]),
                "made_at": _time(batches.made_at[batch])[:10],
                "total": whole,
                "stages": stages,
            }
        )
    return rows


def _movements(world: World, tally: Tally, folder: Folder) -> list[dict[str, Any]]:
    """Every delivery that some record tells, with the rows of ledger, counter-ledger, waybill and payment that tell it."""
    columns = BatchColumns(world)
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
                    "sent": _time(int(moves.sent[place])),
                    "arrived": _time(int(moves.arrived[place])),
                    "rows": folder.told.get(start + place, {}),
                }
            )
        start += len(moves)
    return rows
