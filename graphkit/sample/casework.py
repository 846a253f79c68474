"""The tables of the offices themselves: cases, leads, handovers, requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.bulk import BatchColumns
from graphkit.sample.columns import day_of, either, texts, when
from graphkit.sample.goods import DAY, EPOCH
from graphkit.sample.places import COUNTIES
from graphkit.sample.plan import Role
from graphkit.sample.wares import CASE_STATES, LEAD_TEXTS, OFFENCES, PLATFORMS
from graphkit.sample.world import Case, World, drug_office_of, police_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SOURCES = ("hotline", "email", "new_media", "cyber", "patrol", "sampling", "transfer")
LEAD_STATES = ("to_check", "checking", "case_opened", "closed", "unfounded")


def casework_frames(world: World, batches: BatchColumns, rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """All four tables."""
    return {
        "case": _cases(world, rng),
        "lead": _leads(world, batches, rng),
        "handover": _handovers(world, rng),
        "request": _requests(world, rng),
    }


def _province(counties: list[int]) -> list[int]:
    return [COUNTIES[c].province for c in counties]


def _year(minutes: int) -> str:
    return str(np.datetime64(EPOCH, "D") + minutes // DAY)[:4]


def _cases(world: World, rng: np.random.Generator) -> pl.DataFrame:
    cases = world.cases
    counties = [c.county for c in cases]
    return pl.DataFrame(
        {
            "_province": _province(counties),
            "case_id": [c.case_id for c in cases],
            "offence": [OFFENCES[c.number % len(OFFENCES)] for c in cases],
            "agency": [police_of(c) for c in counties],
            "opened_on": day_of([c.opened for c in cases]),
            "region": [COUNTIES[c].code for c in counties],
            "status": [CASE_STATES[c.number % len(CASE_STATES)] for c in cases],
            "amount": (rng.integers(3, 900, len(cases)) * 10_000).astype(float),
        }
    )


def _leads(world: World, batches: BatchColumns, rng: np.random.Generator) -> pl.DataFrame:
    """Leads about traders; what is known of them stands in the text as well."""
    actors = world.actors
    traders = np.flatnonzero(np.isin(actors.role, [Role.TIER1, Role.TIER2, Role.RETAILER]))
    about = traders[rng.integers(0, len(traders), world.plan.leads)]
    finished = np.flatnonzero((batches.kind == "finished").to_numpy())
    batch = finished[rng.integers(0, len(finished), len(about))]
    at = np.sort(rng.integers(60 * DAY, 700 * DAY, len(about)))
    told = [
        LEAD_TEXTS[i % len(LEAD_TEXTS)].format(
            about=actors.name[int(a)],
            product=batches.product[int(b)],
            batch=batches.number[int(b)],
            phone=actors.phone[int(a)],
            city=COUNTIES[int(actors.county[a])].city,
        )
        for i, (a, b) in enumerate(zip(about, batch, strict=True))
    ]
    online = [PLATFORMS[i % len(PLATFORMS)][1] + f"{i:05d}" if i % 4 == 3 else None for i in range(len(about))]
    return pl.DataFrame(
        {
            "_province": actors.province()[about],
            "lead_id": [f"XS{_year(t)}{i + 1:06d}" for i, t in enumerate(at.tolist())],
            "source": pl.Series(SOURCES).gather(rng.integers(0, len(SOURCES), len(about))),
            "reported_at": when(at),
            "text": told,
            "about": about,
            "phone": actors.phone.gather(about),
            "url": texts(online),
            "region": [COUNTIES[int(c)].code for c in actors.county[about]],
            "status": pl.Series(LEAD_STATES).gather(rng.integers(0, len(LEAD_STATES), len(about))),
        }
    )


def _answers(asked: Ints, due: Ints, rng: np.random.Generator) -> pl.Series:
    """Most are answered, some after the term, some never."""
    answered = asked + (due - asked) * rng.uniform(0.2, 1.4, len(asked))
    days = day_of(answered.astype(np.int64))
    return either(rng.random(len(asked)) < 0.75, days)


def _handovers(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Files that the regulator handed to the police, and some that came back."""
    cases = [case for case in world.cases if case.number % 2 == 0]
    asked = np.array([case.opened - 10 * DAY for case in cases])
    back = [case.number % 6 == 4 for case in cases]
    due = asked + np.where(back, 10, 7) * DAY
    offices = [(drug_office_of(c.county), police_of(c.county)) for c in cases]
    return pl.DataFrame(
        {
            "_province": _province([c.county for c in cases]),
            "handover_id": [f"YS{_year(c.opened)}{c.number + 1:05d}" for c in cases],
            "case": [c.case_id for c in cases],
            "from_agency": [o[1] if b else o[0] for o, b in zip(offices, back, strict=True)],
            "to_agency": [o[0] if b else o[1] for o, b in zip(offices, back, strict=True)],
            "handed_over_on": day_of(asked),
            "type": ["returned" if b else "to_criminal" for b in back],
            "due_on": day_of(due),
            "answered_on": _answers(asked, due, rng),
            "outcome": [("opened", "opened", "not_opened", "more_material")[c.number // 2 % 4] for c in cases],
        }
    )


def _asking(cases: tuple[Case, ...]) -> list[tuple[Case, Case]]:
    """Each case of a ring with the ring's next one, where that lies in another county."""
    by_ring: dict[int, list[Case]] = {}
    for case in cases:
        by_ring.setdefault(case.ring, []).append(case)
    pairs = [(own[i], own[(i + 1) % len(own)]) for ring, own in by_ring.items() if ring >= 0 for i in range(len(own))]
    return [(one, other) for one, other in pairs if one.county != other.county]


def _requests(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Police offices ask those of other places about a trader of the ring."""
    asking = _asking(world.cases)
    actors = world.actors
    traders = {ring: actors.of(Role.TIER1, ring) for ring in range(world.plan.rings)}
    about = np.array([traders[c.ring][c.number % len(traders[c.ring])] for c, _ in asking], dtype=np.int64)
    asked = np.array([case.opened + (5 + case.number % 20) * DAY for case, _ in asking], dtype=np.int64)
    due = asked + 15 * DAY
    return pl.DataFrame(
        {
            "_province": pl.Series(_province([case.county for case, _ in asking]), dtype=pl.Int64),
            "request_id": texts([f"XC{_year(c.opened)}{c.number + 1:05d}" for c, _ in asking]),
            "case": texts([c.case_id for c, _ in asking]),
            "from_agency": texts([police_of(c.county) for c, _ in asking]),
            "to_agency": texts([police_of(o.county) for _, o in asking]),
            "requested_on": day_of(asked),
            "due_on": day_of(due),
            "answered_on": _answers(asked, due, rng),
            "outcome": texts([("已查实", "查无此人", "正在核查")[c.number % 3] for c, _ in asking]),
            "about": about,
        }
    )
