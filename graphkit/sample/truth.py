"""What is true of the sample, written beside the records as one JSON object.

- `files`: every file with its FILE-ID, record kinds and records; `rows`, `kinds`: how many records, in all and by kind
- `sources`, `hidden_source` (with each delivery that no record tells, and the day it is needed by), `raw_suppliers`,
  `licensed`, `dens` (those not registered are in no table: only waybills give their address), `mules`, `borrowed_ids`
- `key_people`: without them no chain leads from a source to a retailer; sparing any one of them leaves a chain
- `same_cases`: cases that are one; `persons`: who is spelt in several ways, and in which rows
- `refused` rows and `refused_cells`, by the reason's code; `totals`: lines that are no records; `repeated`: rows that
  stand twice, word for word
- `batches`: what became of each, in all and by stage; `transformations`; `routes` from province to province
- `movements`: every delivery with the rows of ledger, counter-ledger, waybill and payment; null in large samples, where
  `persons` has no rows either

Rows are named by file (relative to the sample's folder), sheet and physical row: FILE#SHEET:ROW. `sold` (over the
counter) and `lost` are in no record. Rings, by number, are those who work together; -1 belongs to none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from graphkit.sample.cast import lent_to
from graphkit.sample.folder import Folder
from graphkit.sample.places import COUNTIES
from graphkit.sample.plan import Role
from graphkit.sample.tally import Tally
from graphkit.sample.truth_goods import batch_rows, iso, movement_rows, route_rows, transformation_rows
from graphkit.sample.world import World


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
        "routes": route_rows(tally),
        "transformations": transformation_rows(world),
        "batches": batch_rows(world, tally),
        "movements": movement_rows(world, tally, folder) if world.plan.tracked else None,
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
        made.setdefault(item.actor, []).append(world.made.batches[item.output].number)
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
            "product": batches[batch].product,
            "batch": batches[batch].number,
            "quantity": quantity,
            "unit": batches[batch].unit,
            "to": world.actors.node(buyer),
            "place": f"place:{place[buyer]}",
            "sent": iso(sent),
            "arrived": iso(arrived),
            "needed_by": iso(used[batch].at)[:10],
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
    """The dispatchers: every box of a ring goes through them. Without them no chain leads from source to buyer."""
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
