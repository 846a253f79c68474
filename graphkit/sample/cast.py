"""The tables about who and where: persons, companies, dens, transformations, accounts, vehicles, shops, ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample.bulk import BatchColumns
from graphkit.sample.columns import day_of, either, stamp, texts
from graphkit.sample.numbers import padded
from graphkit.sample.places import COUNTIES, PROVINCES
from graphkit.sample.plan import Role
from graphkit.sample.wares import BANKS, PLATFORMS, VEHICLE_MODELS, WALLET
from graphkit.sample.world import Case, World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

ROLE_WORDS = {
    Role.PRODUCER: "生产者",
    Role.FILLER: "分装",
    Role.RELABELLER: "换标",
    Role.DISPATCHER: "调度",
    Role.TIER1: "一级批发",
    Role.TIER2: "二级批发",
    Role.RETAILER: "零售",
    Role.MULE: "资金",
    Role.OTHER: "关系人",
}
CORE = [Role.PRODUCER, Role.FILLER, Role.RELABELLER, Role.DISPATCHER, Role.MULE]
STATES = ("at_large", "at_large", "arrested", "bailed", "detained", "charged")
TYPES = {"chemicals": "manufacturer"}


def cast_frames(world: World, batches: BatchColumns, rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """All the tables about who and where."""
    return {
        "person": persons(world, rng),
        "company": companies(world, rng),
        "place": places(world),
        "transformation": transformations(world, batches),
        "account": account_rows(world, rng),
        "vehicle": vehicles(world, rng),
        "online": shops(world, rng),
        "relation": relations(world, rng),
    }


def detained(world: World) -> dict[int, str]:
    """What became of each person so far. Nobody of a ring's core is caught yet, some traders are."""
    state = np.arange(len(world.actors)) * 7 % len(STATES)
    free = np.isin(world.actors.role, CORE)
    return {i: "at_large" if free[i] else STATES[int(state[i])] for i in range(len(world.actors))}


def persons(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Suspects and people around them. A ring's core is named in every case of the ring, as each office spells it."""
    actors = world.actors
    cases = {ring: [c for c in world.cases if c.ring == ring] for ring in range(-1, world.plan.rings)}
    few = world.plan.size < 300
    core = [
        (int(a), case)
        for ring in range(world.plan.rings)
        for a in np.flatnonzero((actors.ring == ring) & np.isin(actors.role, CORE))
        for case in _known_in(int(a), cases[ring])[: 1 if few and actors.role[a] != Role.DISPATCHER else 2]
    ]
    known = np.isin(actors.role, [Role.TIER1, Role.TIER2]) | (
        (rng.random(len(actors)) < 0.3) & np.isin(actors.role, [Role.RETAILER, Role.OTHER])
    )
    others = np.flatnonzero(known & ~actors.company).tolist()[: 6 if few else None]
    rows = core + [(a, _case_for(world, cases, a)) for a in others]
    who = np.array([a for a, _ in rows], dtype=np.int64)
    number = actors.number.gather(who)
    state = detained(world)
    country = np.array([c.province for c in COUNTIES])
    province = np.where(
        np.arange(len(who)) < len(core),
        [country[case.county] if case else 0 for _, case in rows],
        actors.province()[who],
    )
    return pl.DataFrame(
        {
            "_province": province,
            "id_number": number,
            "name": who,
            "alias": _aliases(world, who),
            "sex": pl.Series(["female", "male"]).gather(number.str.slice(16, 1).cast(pl.Int64).to_numpy() % 2),
            "birth_date": number.str.slice(6, 8).str.to_date("%Y%m%d").cast(pl.Datetime("us")),
            "phone": actors.phone.gather(who),
            "address": actors.address.gather(who),
            "role": texts([ROLE_WORDS.get(Role(int(actors.role[a])), "") for a in who]),
            "case": texts([case.case_id if case else None for _, case in rows]),
            "status": texts([state[int(a)] for a in who]),
        }
    )


def _known_in(actor: int, cases: list[Case]) -> list[Case]:
    """The cases of his ring in which an actor is known: two of them at most, not the same two for all."""
    return [cases[actor % len(cases)], cases[(actor + 1) % len(cases)]] if len(cases) > 1 else list(cases)


def _case_for(world: World, cases: dict[int, list[Case]], actor: int) -> Case | None:
    """The case of his ring in which a trader is a suspect; a retailer is in a case about no ring, or in none."""
    own = cases[int(world.actors.ring[actor])]
    if world.actors.role[actor] == Role.OTHER or not own or (world.actors.role[actor] == Role.RETAILER and actor % 3):
        return None
    return own[actor % len(own)]


def _aliases(world: World, who: Ints) -> pl.Series:
    """The nickname, where an actor has one among his spellings."""
    spelt = [world.actors.spellings.of(int(a)) for a in who]
    chosen = [s[-1] if len(s) > 1 and a % 3 == 0 and len(s[-1]) <= 3 else None for s, a in zip(spelt, who, strict=True)]
    return texts(chosen)


def companies(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Companies, with the person who stands for them in the register."""
    actors = world.actors
    who = np.flatnonzero(actors.company)
    who = who[
        (rng.random(len(who)) < 0.85) | np.isin(actors.role[who], [Role.RAW_SUPPLIER, Role.MAKER, Role.DISTRIBUTOR])
    ]
    people = np.flatnonzero(~actors.company & np.isin(actors.role, [Role.OTHER, Role.RETAILER]))
    heads = people[rng.integers(0, len(people), len(who))]
    licensed = ~np.isin(actors.role[who], [Role.RAW_SUPPLIER])
    return pl.DataFrame(
        {
            "_province": actors.province()[who],
            "uscc": actors.number.gather(who),
            "name": who,
            "legal_representative": heads,
            "address": actors.address.gather(who),
            "licence": either(
                licensed,
                texts([PROVINCES[p].plate for p in actors.province()[who]]) + "药" + padded(20_210_000 + who, 8),
            ),
            "type": actors.company_type.gather(who).replace(TYPES),
        }
    )


def places(world: World) -> pl.DataFrame:
    """The registered dens."""
    dens = [den for den in world.dens if den.place_id]
    return pl.DataFrame(
        {
            "_province": [COUNTIES[d.county].province for d in dens],
            "place_id": [d.place_id for d in dens],
            "name": [d.name for d in dens],
            "type": [d.type for d in dens],
            "address": [d.address for d in dens],
            "region": [COUNTIES[d.county].code for d in dens],
            "controller": [d.actor for d in dens],
            "found_on": day_of([d.found for d in dens]),
        }
    )


def transformations(world: World, batches: BatchColumns) -> pl.DataFrame:
    """One row an input; the output stands on the first row of each, and is repeated on the others by half."""
    place = world.place_of()
    rows = [
        (number, t, given, first)
        for number, t in enumerate(world.made.transformations)
        for given, first in zip(t.inputs, [True, *[False] * (len(t.inputs) - 1)], strict=True)
    ]
    repeated = [first or number % 2 == 0 for number, _, _, first in rows]
    taken = np.array([given.batch for _, _, given, _ in rows])
    out = np.array([t.output for _, t, _, _ in rows])
    at = np.array([t.at for _, t, _, _ in rows])

    def shown(series: pl.Series) -> pl.Series:
        return either(repeated, series)

    return pl.DataFrame(
        {
            "_province": world.actors.province()[np.array([t.actor for _, t, _, _ in rows])],
            "transformation_id": pl.Series(["JG"]) + stamp(at) + padded(np.array([n for n, *_ in rows]) + 1, 5),
            "place_id": [place[t.actor] for _, t, _, _ in rows],
            "transformed_at": day_of(at),
            "input_product": batches.product.gather(taken),
            "input_batch": batches.number.gather(taken),
            "input_quantity": [float(given.quantity) for _, _, given, _ in rows],
            "input_unit": batches.unit.gather(taken),
            "output_product": shown(batches.product.gather(out)),
            "output_batch": shown(batches.number.gather(out)),
            "output_quantity": shown(pl.Series([float(t.quantity) for _, t, _, _ in rows])),
            "output_unit": shown(batches.unit.gather(out)),
        }
    )


def account_rows(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Accounts and who opened them; some people have a wallet named after their phone besides."""
    actors = world.actors
    core = np.isin(actors.role, [*CORE, Role.TIER1])
    who = np.flatnonzero(
        (core | (rng.random(len(actors)) < (0.5 if world.plan.size >= 300 else 0.1))) & (actors.role != Role.HIDDEN)
    )
    wallets = who[rng.random(len(who)) < 0.1]
    both = np.concatenate([who, wallets])
    lent = lent_to(world)
    bank = [f"{BANKS[b][0]}{COUNTIES[c].city}分行" for b, c in zip(actors.bank[who], actors.county[who], strict=True)]
    number = pl.concat([actors.account.gather(who), "YFT" + actors.phone.gather(wallets)])
    kind = ["对公账户" if c else "借记卡" for c in actors.company[who]] + ["支付账户"] * len(wallets)
    return pl.DataFrame(
        {
            "_province": actors.province()[both],
            "account": number,
            "holder": both,
            "_holder_id": np.array([lent.get(actor, actor) for actor in both.tolist()]),
            "institution": bank + [WALLET] * len(wallets),
            "type": kind,
        }
    )


def lent_to(world: World) -> dict[int, int]:
    """Who opened his account with another's papers, and whose: the second mule of a ring with a bystander's."""
    actors = world.actors
    pairs = {}
    for ring in range(world.plan.rings):
        mules, others = actors.of(Role.MULE, ring), actors.of(Role.OTHER, ring)
        if len(mules) > 1 and len(others):
            pairs[int(mules[1])] = int(others[0])
    return pairs


def vehicles(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Vans of those who carry the goods."""
    actors = world.actors
    able = np.isin(actors.role, [Role.FILLER, Role.DISPATCHER, Role.TIER1, Role.TIER2]) & (
        rng.random(len(actors)) < 0.4
    )
    who = np.flatnonzero(able | (actors.role == Role.DISPATCHER))
    letter = pl.Series(list("ABCDEFGH")).gather(who % 8)
    plate = (
        texts([PROVINCES[p].plate for p in actors.province()[who]]) + letter + padded((who * 7919 + 137) % 100_000, 5)
    )
    return pl.DataFrame(
        {
            "_province": actors.province()[who],
            "plate": plate,
            "model": pl.Series(VEHICLE_MODELS).gather(who % len(VEHICLE_MODELS)),
            "owner": who,
        }
    ).unique("plate", keep="first", maintain_order=True)


def shops(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Shops and chat accounts through which goods are sold."""
    actors = world.actors
    sells = np.isin(actors.role, [Role.TIER1, Role.TIER2, Role.RETAILER]) & (rng.random(len(actors)) < 0.15)
    who = np.flatnonzero(sells | (np.arange(len(actors)) == actors.of(Role.RETAILER)[0]))
    where = who % len(PLATFORMS)
    handle = pl.Series(["wl", "shop", "ks", "dp"]).gather(where) + padded(600_000 + who * 31, 8)
    return pl.DataFrame(
        {
            "_province": actors.province()[who],
            "platform": pl.Series([p[0] for p in PLATFORMS]).gather(where),
            "handle": handle,
            "display_name": actors.name.gather(who).str.slice(0, 2)
            + pl.Series(["优品", "养生馆", "药妆", "批发部"]).gather((who // 4) % 4),
            "holder": who,
            "phone": actors.phone.gather(who),
            "url": pl.Series([p[1] for p in PLATFORMS]).gather(where) + handle,
        }
    )


def relations(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Ties within the rings: kin, townsmen, hands, partners."""
    actors = world.actors
    number = np.arange(world.plan.relations)
    ends = np.array([rng.choice(_persons_of(world, n % world.plan.rings), 2, replace=False) for n in number.tolist()])
    ties = pl.Series(["family", "townsman", "employs", "partner"]).gather(rng.integers(0, 4, len(number)))
    one, other = ends[:, 0], ends[:, 1]
    return pl.DataFrame({"_province": actors.province()[one], "from": one, "relation": ties, "to": other})


def _persons_of(world: World, ring: int) -> Ints:
    actors = world.actors
    return np.flatnonzero((actors.ring == ring) & ~actors.company & (actors.role != Role.HIDDEN))
