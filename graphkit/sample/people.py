"""The actors: persons and companies with their numbers, addresses and the several ways in which each is spelt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample import numbers
from graphkit.sample.columns import either
from graphkit.sample.names import BRANDS, ENDINGS, GIVEN, NICKNAMES, SURNAMES
from graphkit.sample.places import COUNTIES, ROADS, VILLAGES
from graphkit.sample.plan import Plan, Role
from graphkit.sample.spelling import NameParts, Spellings, spellings_of
from graphkit.sample.wares import BANKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

# Which share of a role are companies; the others are persons.
COMPANY_SHARE = {Role.RAW_SUPPLIER: 1.0, Role.MAKER: 1.0, Role.DISTRIBUTOR: 1.0, Role.TIER2: 0.25, Role.RETAILER: 0.45}
COMPANY_ENDING = {
    Role.RAW_SUPPLIER: "chemicals",
    Role.MAKER: "manufacturer",
    Role.DISTRIBUTOR: "wholesaler",
    Role.TIER2: "wholesaler",
}
WIDELY_KNOWN = [Role.PRODUCER, Role.FILLER, Role.RELABELLER, Role.DISPATCHER, Role.MULE, Role.TIER1]
RETAIL_KINDS = ("retailer", "retailer", "medical_institution", "online_shop")


@dataclass(frozen=True)
class Actors:
    """All actors, a column each; an actor is named by his position everywhere."""

    role: Ints
    ring: Ints  # -1 for those that belong to none
    county: Ints  # where he acts, a position in COUNTIES
    company: NDArray[np.bool_]
    name: pl.Series
    number: pl.Series  # resident id or credit code
    phone: pl.Series
    account: pl.Series
    bank: Ints
    address: pl.Series
    spellings: Spellings
    company_type: pl.Series

    def __len__(self) -> int:
        return len(self.role)

    def of(self, role: Role, ring: int | None = None) -> Ints:
        """The actors of a role, of one ring or of all."""
        wanted = self.role == role
        return np.flatnonzero(wanted if ring is None else wanted & (self.ring == ring))

    def node(self, actor: int) -> str:
        """The id by which a record that gives his number names him."""
        return f"{'company' if self.company[actor] else 'person'}:{self.number[actor]}"

    def province(self) -> Ints:
        """The province in which each acts."""
        return np.array([county.province for county in COUNTIES])[self.county]


def make_actors(plan: Plan, rng: np.random.Generator) -> Actors:
    """Everybody there is, the hidden source first."""
    role, ring = _roles(plan)
    count = len(role)
    used = rng.permutation([i for i, county in enumerate(COUNTIES) if county.province < plan.provinces])
    county = rng.choice(used, size=count, p=_falling(len(used), 0.6))
    share = np.array([COMPANY_SHARE.get(r, 0.0) for r in Role])
    company = rng.random(count) < share[role]
    order = np.arange(count, dtype=np.int64) + 1000 * (plan.seed % 997)
    codes = np.array([int(c.code) for c in COUNTIES])
    birthplace = codes[rng.integers(0, len(COUNTIES), count)]
    resident = numbers.resident_ids(birthplace, order)
    credit = numbers.credit_codes(codes[county], order)
    kinds = _company_kinds(role, company, rng)
    parts = _name_parts(count, rng)
    firms = _company_names(kinds, county, rng)
    name = either(company, firms, parts.names())
    bank = rng.integers(0, len(BANKS), count)
    spelt = np.flatnonzero((np.isin(role, WIDELY_KNOWN) | (rng.random(count) < 0.15)) & (role != Role.HIDDEN))
    cities = {a: COUNTIES[county[a]].city for a in np.flatnonzero(company).tolist()}
    return Actors(
        role=role,
        ring=ring,
        county=county,
        company=company,
        name=name,
        number=either(company, credit, resident),
        phone=numbers.phones(order),
        account=numbers.accounts(np.array([int(b[1]) for b in BANKS])[bank], order),
        bank=bank,
        address=_addresses(county, role, rng),
        spellings=spellings_of(name, parts, cities, spelt, rng.integers(0, len(NICKNAMES), len(spelt))),
        company_type=kinds,
    )


def _falling(count: int, power: float) -> NDArray[np.float64]:
    weights = np.power(np.arange(1, count + 1, dtype=np.float64), -power)
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _roles(plan: Plan) -> tuple[Ints, Ints]:
    """Role and ring of everybody: the core of each ring, the licensed, then the tiers over what number is left."""
    pairs = [(Role.HIDDEN, 0), (Role.MAKER, -1), (Role.DISTRIBUTOR, -1)]
    core = (Role.RAW_SUPPLIER, Role.PRODUCER, Role.FILLER, Role.RELABELLER, Role.DISPATCHER, Role.MULE)
    pairs += [(role, ring) for ring in range(plan.rings) for role in core for _ in range(plan.in_ring(role, ring))]
    left = max(12 + 2 * plan.rings, plan.actors - len(pairs))
    first = max(2 * plan.rings, left // 25)
    second = max(2 * plan.rings, left * 15 // 100)
    other = max(3, left * 11 // 100)
    pairs += [(Role.TIER1, i % plan.rings) for i in range(first)]
    pairs += [(Role.TIER2, i % plan.rings) for i in range(second)]
    pairs += [(Role.RETAILER, -1)] * max(5, left - first - second - other)
    pairs += [(Role.OTHER, i % plan.rings) for i in range(other)]
    return np.array([int(p[0]) for p in pairs]), np.array([p[1] for p in pairs])


def _name_parts(count: int, rng: np.random.Generator) -> NameParts:
    surname = rng.choice(len(SURNAMES), size=count, p=_falling(len(SURNAMES), 0.7))
    first = rng.integers(0, len(GIVEN), count)
    second = np.where(rng.random(count) < 0.72, rng.integers(0, len(GIVEN), count), -1)
    return NameParts(surname, first, second)


def random_names(count: int, rng: np.random.Generator) -> pl.Series:
    """Names of people who are no actors: buyers, callers, drivers."""
    return _name_parts(count, rng).names()


def _company_kinds(role: Ints, company: NDArray[np.bool_], rng: np.random.Generator) -> pl.Series:
    retail = np.array(RETAIL_KINDS)[rng.integers(0, len(RETAIL_KINDS), len(role))]
    by_role = np.array([COMPANY_ENDING.get(r, "retailer") for r in Role])[role]
    return pl.Series(np.where(company, np.where(role == Role.RETAILER, retail, by_role), ""))


def _company_names(kinds: pl.Series, county: Ints, rng: np.random.Generator) -> pl.Series:
    """City without its last character, brand (two in one where there are many), line of business."""
    count = len(kinds)
    cities = pl.Series([c.city[:-1] for c in COUNTIES]).gather(county)
    brand = pl.Series(BRANDS).gather(rng.integers(0, len(BRANDS), count))
    second = pl.Series(["", *(g[0] for g in GIVEN)]).gather(rng.integers(0, len(GIVEN) + 1, count))
    pick = rng.integers(0, 12, count)
    ending = pl.Series(
        [_ending(kind, int(number)) for kind, number in zip(kinds.to_list(), pick, strict=True)], dtype=pl.String
    )
    return cities + brand + second + ending


def _ending(kind: str, number: int) -> str:
    endings = ENDINGS.get(kind, ("",))
    return endings[number % len(endings)]


def _addresses(county: Ints, role: Ints, rng: np.random.Generator) -> pl.Series:
    """Town addresses; producers and fillers work in villages."""
    count = len(county)
    hidden_away = pl.Series(np.isin(role, [Role.HIDDEN, Role.PRODUCER, Role.FILLER, Role.RELABELLER]))
    full = pl.Series([c.full for c in COUNTIES]).gather(county)
    road = pl.Series(ROADS).gather(rng.integers(0, len(ROADS), count))
    village = pl.Series(VILLAGES).gather(rng.integers(0, len(VILLAGES), count))
    house = pl.Series(rng.integers(1, 900, count)).cast(pl.String)
    room = pl.Series(rng.integers(101, 2600, count)).cast(pl.String)
    town = full + road + house + "号" + room + "室"
    return either(hidden_away, full + village + house + "号", town)
