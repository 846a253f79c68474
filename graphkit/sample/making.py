"""How goods come to be: raw material is pressed, filled and relabelled, in campaigns that each balance to the gram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graphkit.sample.goods import DAY, EPOCH, Batches, Fate, Input, Level, Transformation
from graphkit.sample.people import Actors
from graphkit.sample.plan import Plan, Role
from graphkit.sample.wares import PRODUCTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SPAN = 560 * DAY  # campaigns begin within so many minutes; what follows takes up to five months
RAW_PRICE = 380.0  # yuan a kilogram
LOOSE_PRICE = 0.08  # yuan a tablet


@dataclass(frozen=True)
class Parcel:
    """Finished goods that stand with somebody, ready to be spread."""

    batch: int
    holder: int
    quantity: int
    at: int


@dataclass
class Made:
    """What the making left behind: batches, deliveries among the makers, transformations, rests, and parcels to spread."""

    batches: Batches = field(default_factory=Batches)
    moves: list[tuple[int, int, int, float, int, int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int, int, float, int, int, int]] = field(default_factory=list)  # deliveries no record tells
    transformations: list[Transformation] = field(default_factory=list)
    rests: list[tuple[int, int, int, float, int, int]] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)


class Campaign:
    """One purchase of raw material by one ring and all that is made of it."""

    def __init__(self, made: Made, actors: Actors, ring: int, ware: int, at: int, rng: np.random.Generator) -> None:
        self.made, self.actors, self.ring, self.ware, self.at, self.rng = made, actors, ring, ware, at, rng
        self.product = PRODUCTS[ware]

    def one_of(self, role: Role) -> int:
        """Somebody of that role in the ring, the first ones more often."""
        those = self.actors.of(role, self.ring)
        return int(those[min(int(self.rng.exponential(len(those) / 2)), len(those) - 1)])

    def later(self, at: int, days_from: float, days_to: float) -> int:
        """An hour of a working day within so many days."""
        day = (at + int(self.rng.uniform(days_from, days_to) * DAY)) // DAY
        return max(at + 60, day * DAY + int(self.rng.integers(7 * 60, 20 * 60)))

    def send(self, batch: int, seller: int, buyer: int, quantity: float, at: int, level: Level) -> int:
        """A delivery; returns when it arrives."""
        sent = self.later(at, 0.5, 4)
        arrived = sent + int(self.rng.integers(5 * 60, 3 * DAY))
        self.made.moves.append((batch, seller, buyer, quantity, sent, arrived, level))
        return arrived

    def leave(self, batch: int, holder: int, stage: Role, quantity: float, fate: Fate, at: int) -> None:
        """Something stays where it is."""
        if quantity > 0:
            self.made.rests.append((batch, holder, stage, quantity, fate, self.later(at, 2, 30)))

    def number(self, letter: str, at: int) -> str:
        """A batch number as printed: date and letter."""
        day = np.datetime64(EPOCH, "D") + at // DAY
        return f"{letter}{str(day).replace('-', '')[2:]}{int(self.rng.integers(10, 99))}"

    def run(self, outlets: int, hidden: bool) -> None:
        """Buy, press, fill, relabel, and hand to the dispatchers: `outlets` finished batches."""
        loose = self.press()
        fillers = list(dict.fromkeys(self.one_of(Role.FILLER) for _ in range(max(1, outlets))))
        share: dict[int, list[tuple[int, int, int]]] = {filler: [] for filler in fillers}
        for number, (batch, producer, quantity, at) in enumerate(loose):
            kept = int(quantity * self.rng.uniform(0.01, 0.05)) // 100 * 100
            self.leave(batch, producer, Role.PRODUCER, kept, Fate.SEIZED if self.rng.random() < 0.6 else Fate.STOCK, at)
            targets = fillers if number == 0 else fillers[: 1 + number % len(fillers)]
            for filler, part in zip(targets, _parts(quantity - kept, len(targets), 1000, self.rng), strict=True):
                arrived = self.send(batch, producer, filler, part, at, Level.LOOSE)
                share[filler].append((batch, part, arrived))
        for filler in fillers:
            self.fill(filler, share[filler], hidden and filler == fillers[0])

    def press(self) -> list[tuple[int, int, int, int]]:
        """Raw material into loose tablets: batch, producer, quantity, time."""
        raw_at = self.at
        kilos = int(self.rng.integers(8, 40)) * 5
        supplier = self.one_of(Role.RAW_SUPPLIER)
        name = self.product
        raw = self.made.batches.add(
            self.number("R", raw_at), name.raw, self.ware, "kg", self.ring, kilos, raw_at, supplier, RAW_PRICE, "raw"
        )
        producers = list(dict.fromkeys(self.one_of(Role.PRODUCER) for _ in range(2)))
        loose = []
        for producer, part in zip(producers, _parts(kilos, len(producers), 5, self.rng), strict=True):
            arrived = self.send(raw, supplier, producer, part, raw_at, Level.RAW)
            kept = min(part - 1, int(self.rng.integers(0, 4)))
            self.leave(
                raw,
                producer,
                Role.PRODUCER,
                kept,
                Fate.SEIZED if self.rng.random() < 0.5 else Fate.STOCK,
                arrived + 20 * DAY,
            )
            at = self.later(arrived, 2, 9)
            tablets = int((part - kept) * 1e6 / name.milligrams * self.rng.uniform(0.9, 0.98)) // 1000 * 1000
            batch = self.made.batches.add(
                self.number("S", at),
                name.loose,
                self.ware,
                self.small_unit,
                self.ring,
                tablets,
                at,
                producer,
                LOOSE_PRICE,
                "loose",
            )
            self.made.transformations.append(Transformation(producer, at, (Input(raw, part - kept),), batch, tablets))
            loose.append((batch, producer, tablets, at))
        return loose

    @property
    def small_unit(self) -> str:
        """The unit of loose goods."""
        return "capsule" if "胶囊" in self.product.name else "tablet"

    def fill(self, filler: int, received: list[tuple[int, int, int]], hidden: bool) -> None:
        """Loose tablets into boxes of one finished batch, relabelled at times, then off to the dispatchers."""
        if not received:
            return
        at = self.later(max(arrived for *_, arrived in received), 1, 8)
        inputs = [Input(batch, quantity) for batch, quantity, _ in received]
        if hidden:
            inputs.append(self.from_hidden(filler, sum(i.quantity for i in inputs), at))
        boxes = int(sum(i.quantity for i in inputs) * self.rng.uniform(0.97, 0.995) / self.product.per_box) // 10 * 10
        batch = self.finished(at, boxes, filler, "finished")
        self.made.transformations.append(Transformation(filler, at, tuple(inputs), batch, boxes))
        kept = int(boxes * self.rng.uniform(0.005, 0.03))
        self.leave(
            batch, filler, Role.FILLER, kept, Fate(int(self.rng.choice([Fate.SEIZED, Fate.STOCK, Fate.LOST]))), at
        )
        relabellers = self.actors.of(Role.RELABELLER, self.ring)
        if len(relabellers) and self.rng.random() < 0.35:
            self.relabel(batch, filler, int(relabellers[0]), boxes - kept, at)
        else:
            self.collect(batch, filler, boxes - kept, at)

    def finished(self, at: int, boxes: int, maker: int, kind: str) -> int:
        """A new finished batch."""
        letters = "ABCEFG" if kind == "finished" else "Z"
        letter = letters[int(self.rng.integers(0, len(letters)))]
        price = self.product.price
        return self.made.batches.add(
            self.number(letter, at), self.product.name, self.ware, "box", self.ring, boxes, at, maker, price, kind
        )

    def from_hidden(self, filler: int, visible: float, at: int) -> Input:
        """Loose tablets of the hidden source: their number stands on the drums, their arrival in no book."""
        source = int(self.actors.of(Role.HIDDEN)[0])
        quantity = max(1000, int(visible * self.rng.uniform(0.3, 0.6)) // 1000 * 1000)
        arrived = at - int(self.rng.integers(6 * 60, 3 * DAY))
        sent = arrived - int(self.rng.integers(6 * 60, 2 * DAY))
        made_at = sent - 3 * DAY
        number = self.number("H", made_at)
        batch = self.made.batches.add(
            number,
            self.product.loose,
            self.ware,
            self.small_unit,
            self.ring,
            quantity,
            made_at,
            source,
            LOOSE_PRICE,
            "hidden",
        )
        self.made.hidden.append((batch, source, filler, quantity, sent, arrived, Level.LOOSE))
        return Input(batch, quantity, seen=False)

    def relabel(self, batch: int, filler: int, relabeller: int, boxes: int, at: int) -> None:
        """The same boxes under another batch number; a few are spoilt."""
        arrived = self.send(batch, filler, relabeller, boxes, at, Level.RELABEL)
        done = self.later(arrived, 1, 5)
        spoilt = int(boxes * self.rng.uniform(0.002, 0.01))
        again = self.finished(done, boxes - spoilt, relabeller, "finished")
        self.made.transformations.append(
            Transformation(relabeller, done, (Input(batch, boxes),), again, boxes - spoilt)
        )
        self.collect(again, relabeller, boxes - spoilt, done)

    def collect(self, batch: int, den: int, boxes: int, at: int) -> None:
        """From the den to the ring's dispatchers."""
        dispatchers = [int(d) for d in self.actors.of(Role.DISPATCHER, self.ring)]
        for dispatcher, part in zip(dispatchers, _parts(boxes, len(dispatchers), 10, self.rng), strict=True):
            arrived = self.send(batch, den, dispatcher, part, at, Level.COLLECT)
            self.made.parcels.append(Parcel(batch, dispatcher, part, arrived))


def _parts(whole: int, count: int, grain: int, rng: np.random.Generator) -> list[int]:
    """Split into so many parts, each a multiple of the grain but for the last; none empty."""
    if count == 1:
        return [whole]
    weights = rng.uniform(0.5, 1.5, count)
    parts = [max(grain, int(whole * w / weights.sum()) // grain * grain) for w in weights[:-1]]
    return [*parts, whole - sum(parts)]


def make(plan: Plan, actors: Actors, rng: np.random.Generator) -> Made:
    """Everything that is made, in the order of time."""
    made = Made()
    per_campaign = 1 if plan.batches <= 3 else 2
    count = max(plan.rings, -(-plan.batches // per_campaign))
    starts = np.sort(rng.integers(0, SPAN, count))
    for number, start in enumerate(starts.tolist()):
        ring = number % plan.rings
        ware = (ring * 3 + int(rng.integers(0, 2))) % len(PRODUCTS)
        hidden = ring == 0 and (number // plan.rings) % 2 == 0
        Campaign(made, actors, ring, ware, start, rng).run(per_campaign, hidden)
    _license(plan, made, actors, rng)
    return made


def _license(plan: Plan, made: Made, actors: Actors, rng: np.random.Generator) -> None:
    """Genuine batches, from the licensed maker to the licensed distributor."""
    maker, distributor = int(actors.of(Role.MAKER)[0]), int(actors.of(Role.DISTRIBUTOR)[0])
    for start in np.sort(rng.integers(0, SPAN, plan.genuine)).tolist():
        ware = int(rng.integers(0, len(PRODUCTS)))
        campaign = Campaign(made, actors, -1, ware, start, rng)
        boxes = int(rng.integers(300, 3000)) * 10
        batch = campaign.finished(start, boxes, maker, "genuine")
        arrived = campaign.send(batch, maker, distributor, boxes, start, Level.LICENSED)
        made.parcels.append(Parcel(batch, distributor, boxes, arrived))
