"""The world behind the records: actors, what they made, their dens, and the cases that were opened about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.goods import DAY, EPOCH, Moves, Rests, moves_of, rests_of
from graphkit.sample.making import Made, make
from graphkit.sample.people import Actors, make_actors
from graphkit.sample.places import COUNTIES, PROVINCES, VILLAGES
from graphkit.sample.plan import Plan, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

DEN_TYPES = {
    Role.PRODUCER: "production",
    Role.FILLER: "production",
    Role.RELABELLER: "storage",
    Role.DISPATCHER: "transit",
}


@dataclass(frozen=True)
class Den:
    """A place where a ring works. One that is not registered is in no table of dens: only waybills give its address."""

    actor: int
    place_id: str  # "" where not registered
    type: str
    name: str
    address: str
    county: int
    found: int


@dataclass(frozen=True)
class Case:
    """One case; those of one ring are truly one."""

    case_id: str
    ring: int  # -1: about nobody of any ring
    county: int
    opened: int
    number: int


@dataclass(frozen=True)
class World:
    """Everything that is so, before anybody writes it down."""

    plan: Plan
    actors: Actors
    made: Made
    dens: tuple[Den, ...]
    cases: tuple[Case, ...]
    addresses: pl.Series  # where each actor sends from and receives: his den or his own address

    @property
    def core_moves(self) -> Moves:
        """The deliveries among the makers."""
        return moves_of(self.made.moves)

    @property
    def core_rests(self) -> Rests:
        """What stayed with the makers."""
        return rests_of(self.made.rests)

    def place_of(self) -> dict[int, str]:
        """Actor → his registered den's number."""
        return {den.actor: den.place_id for den in self.dens if den.place_id}


def make_world(plan: Plan, rng: np.random.Generator) -> World:
    """All of it but the spreading of the finished goods, which is done many parcels at a time."""
    actors = make_actors(plan, rng)
    made = make(plan, actors, rng)
    dens = _dens(actors, rng)
    own = actors.address.to_list()
    for den in dens:
        own[den.actor] = den.address
    return World(plan, actors, made, dens, _cases(plan, actors, rng), pl.Series(own))


def _dens(actors: Actors, rng: np.random.Generator) -> tuple[Den, ...]:
    """One den for each who works goods, registered; the dispatchers' depots are registered in every other ring only."""
    dens = []
    for actor in np.flatnonzero(np.isin(actors.role, list(DEN_TYPES))).tolist():
        role, county = Role(int(actors.role[actor])), int(actors.county[actor])
        known = role != Role.DISPATCHER or int(actors.ring[actor]) % 2 == 1
        village = VILLAGES[int(rng.integers(0, len(VILLAGES)))]
        place = COUNTIES[county]
        what = "仓库" if role in (Role.DISPATCHER, Role.RELABELLER) else "厂房"
        address = f"{place.full}{village}{int(rng.integers(1, 900))}号{what}"
        place_id = f"WD{place.code}{actor:05d}" if known else ""
        dens.append(
            Den(
                actor, place_id, DEN_TYPES[role], f"{village}{what}", address, county, int(rng.integers(600, 720)) * DAY
            )
        )
    return tuple(dens)


def _cases(plan: Plan, actors: Actors, rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of each ring in the provinces where it works, and some about nobody of any ring."""
    alone = max(1, plan.cases // 5)
    of_rings = max(2 * plan.rings, plan.cases - alone)
    homes = {ring: _counties_of(actors, ring, rng) for ring in range(-1, plan.rings)}
    cases: list[Case] = []
    for number in range(of_rings + alone):
        ring = number % plan.rings if number < of_rings else -1
        turn = number // plan.rings if ring >= 0 else number - of_rings
        county = homes[ring][turn % len(homes[ring])]
        opened = int(rng.integers(200, 720)) * DAY
        month = str(np.datetime64(EPOCH, "D") + opened // DAY).replace("-", "")[:6]
        case_id = f"A{COUNTIES[county].code}5500{month}{number + 1:04d}"
        cases.append(Case(case_id, ring, county, opened, number))
    return tuple(cases)


def _counties_of(actors: Actors, ring: int, rng: np.random.Generator) -> list[int]:
    """The counties where a ring works, neighbours in the list from different provinces where there are several."""
    works = np.isin(actors.role, [Role.PRODUCER, Role.FILLER, Role.DISPATCHER, Role.TIER1])
    pool = np.flatnonzero((actors.ring == ring) & works) if ring >= 0 else actors.of(Role.RETAILER)
    counties = rng.permutation(np.unique(actors.county[pool])).tolist()
    by_province: dict[int, list[int]] = {}
    for county in counties:
        by_province.setdefault(COUNTIES[county].province, []).append(county)
    return [group[turn] for turn in range(len(counties)) for group in by_province.values() if turn < len(group)]


def police_of(county: int) -> str:
    """The police office of a county, by its name."""
    place = COUNTIES[county]
    return f"{place.city}公安局{place.name[:-1]}分局" if place.name.endswith("区") else f"{place.name}公安局"


def drug_office_of(county: int) -> str:
    """The drug regulator of a county's city."""
    return f"{COUNTIES[county].city}市场监督管理局"


def province_office(agency: str, province: int) -> str:
    """An agency of a province, by its Chinese name."""
    return f"{PROVINCES[province].zh}{agency}"
