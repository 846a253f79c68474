"""How goods come to be: raw material is pressed, filled and relabelled, in campaigns that each balance to the gram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graphkit.sample.goods import DAY, EPOCH, Batch, Batches, Fate, Input, Level, Transformation
from graphkit.sample.people import Actors
from graphkit.sample.plan import Plan, Role
from graphkit.sample.wares import PRODUCTS, Product

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


@dataclass(frozen=True)
class Goods:
    """So much of a batch, at a time."""

    batch: int
    quantity: int
    at: int

    def part(self, quantity: int) -> Goods:
        """Some of it."""
        return Goods(self.batch, quantity, self.at)


@dataclass
class Made:
    """What the making left behind: batches, deliveries, transformations, rests, and parcels to spread."""

    batches: Batches = field(default_factory=Batches)
    moves: list[tuple[int, int, int, float, int, int, int]] = field(default_factory=list)
    hidden: list[tuple[int, int, int, float, int, int, int]] = field(default_factory=list)  # told by no record
    transformations: list[Transformation] = field(default_factory=list)
    rests: list[tuple[int, int, int, float, int, int]] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)


@dataclass(frozen=True)
class Campaign:
    """One purchase of raw material by one ring and all that is made of it."""

    made: Made
    actors: Actors
    ring: int
    ware: int
    at: int
    rng: np.random.Generator

    @property
    def product(self) -> Product:
        """What is made."""
        return PRODUCTS[self.ware]

    def one_of(self, role: Role) -> int:
        """Somebody of that role in the ring, the first ones more often."""
        those = self.actors.of(role, self.ring)
        return int(those[min(int(self.rng.exponential(len(those) / 2)), len(those) - 1)])

    def later(self, at: int, days_from: float, days_to: float) -> int:
        """An hour of a working day within so many days."""
        day = (at + int(self.rng.uniform(days_from, days_to) * DAY)) // DAY
        return max(at + 60, day * DAY + int(self.rng.integers(7 * 60, 20 * 60)))

    def send(self, level: Level, goods: Goods, seller: int, buyer: int) -> int:
        """A delivery; returns when it arrives."""
        sent = self.later(goods.at, 0.5, 4)
        arrived = sent + int(self.rng.integers(5 * 60, 3 * DAY))
        self.made.moves.append((goods.batch, seller, buyer, goods.quantity, sent, arrived, level))
        return arrived

    def leave(self, goods: Goods, holder: int, stage: Role, fate: Fate) -> None:
        """Something stays where it is."""
        if goods.quantity > 0:
            at = self.later(goods.at, 2, 30)
            self.made.rests.append((goods.batch, holder, stage, goods.quantity, fate, at))

    def seized_or_stock(self, share: float) -> Fate:
        """Which of the two befalls what is left at a den."""
        return Fate.SEIZED if self.rng.random() < share else Fate.STOCK

    def new_batch(self, letter: str, kind: str, quantity: float, maker: int, at: int) -> int:
        """A new batch with a number as it is printed: letter, date, two figures."""
        product, unit, price = {
            "raw": (self.product.raw, "kg", RAW_PRICE),
            "loose": (self.product.loose, self.small_unit, LOOSE_PRICE),
            "hidden": (self.product.loose, self.small_unit, LOOSE_PRICE),
        }.get(kind, (self.product.name, "box", self.product.price))
        day = str(np.datetime64(EPOCH, "D") + at // DAY).replace("-", "")[2:]
        number = f"{letter}{day}{int(self.rng.integers(10, 99))}"
        return self.made.batches.put(
            Batch(number, product, self.ware, unit, self.ring, quantity, at, maker, price, kind)
        )

    def run(self, outlets: int, hidden: bool) -> None:
        """Buy, press, fill, relabel, and hand to the dispatchers: `outlets` finished batches."""
        fillers = list(dict.fromkeys(self.one_of(Role.FILLER) for _ in range(max(1, outlets))))
        received: dict[int, list[Goods]] = {filler: [] for filler in fillers}
        for number, (loose, producer) in enumerate(self.press()):
            kept = loose.quantity * int(self.rng.integers(1, 5)) // 10_000 * 100
            self.leave(loose.part(kept), producer, Role.PRODUCER, self.seized_or_stock(0.6))
            targets = fillers if number == 0 else fillers[: 1 + number % len(fillers)]
            parts = _parts(loose.quantity - kept, len(targets), 1000, self.rng)
            for filler, part in zip(targets, parts, strict=True):
                arrived = self.send(Level.LOOSE, loose.part(part), producer, filler)
                received[filler].append(Goods(loose.batch, part, arrived))
        for filler in fillers:
            self.fill(filler, received[filler], hidden and filler == fillers[0])

    def press(self) -> list[tuple[Goods, int]]:
        """Raw material into loose tablets, and who pressed them."""
        kilos = int(self.rng.integers(8, 40)) * 5
        supplier = self.one_of(Role.RAW_SUPPLIER)
        raw = Goods(self.new_batch("R", "raw", kilos, supplier, self.at), kilos, self.at)
        producers = list(dict.fromkeys(self.one_of(Role.PRODUCER) for _ in range(2)))
        parts = _parts(kilos, len(producers), 5, self.rng)
        return [
            (self.press_part(raw.part(part), supplier, producer), producer)
            for producer, part in zip(producers, parts, strict=True)
        ]

    def press_part(self, raw: Goods, supplier: int, producer: int) -> Goods:
        """One producer's share of the raw material, but for a few kilograms."""
        arrived = self.send(Level.RAW, raw, supplier, producer)
        kept = min(raw.quantity - 1, int(self.rng.integers(0, 4)))
        self.leave(Goods(raw.batch, kept, arrived + 20 * DAY), producer, Role.PRODUCER, self.seized_or_stock(0.5))
        used = raw.quantity - kept
        at = self.later(arrived, 2, 9)
        tablets = int(used * 1e6 / self.product.milligrams * self.rng.uniform(0.9, 0.98)) // 1000 * 1000
        loose = self.new_batch("S", "loose", tablets, producer, at)
        self.made.transformations.append(Transformation(producer, at, (Input(raw.batch, used),), loose, tablets))
        return Goods(loose, tablets, at)

    @property
    def small_unit(self) -> str:
        """The unit of loose goods."""
        return "capsule" if "胶囊" in self.product.name else "tablet"

    def fill(self, filler: int, received: list[Goods], hidden: bool) -> None:
        """Loose tablets into boxes of one finished batch, relabelled at times, then off to the dispatchers."""
        if not received:
            return
        at = self.later(max(goods.at for goods in received), 1, 8)
        inputs = [Input(goods.batch, goods.quantity) for goods in received]
        if hidden:
            inputs.append(self.from_hidden(filler, sum(i.quantity for i in inputs), at))
        tablets = sum(i.quantity for i in inputs)
        boxes = int(tablets * self.rng.uniform(0.97, 0.995) / self.product.per_box) // 10 * 10
        made = Goods(self.new_batch(self.letter(), "finished", boxes, filler, at), boxes, at)
        self.made.transformations.append(Transformation(filler, at, tuple(inputs), made.batch, boxes))
        kept = int(boxes * self.rng.uniform(0.005, 0.03))
        fate = Fate(int(self.rng.choice([Fate.SEIZED, Fate.STOCK, Fate.LOST])))
        self.leave(made.part(kept), filler, Role.FILLER, fate)
        relabellers = self.actors.of(Role.RELABELLER, self.ring)
        if len(relabellers) and self.rng.random() < 0.35:
            self.relabel(made.part(boxes - kept), filler, int(relabellers[0]))
        else:
            self.collect(made.part(boxes - kept), filler)

    def letter(self) -> str:
        """With which letter a ring begins a batch number."""
        return "ABCEFG"[int(self.rng.integers(0, 6))]

    def from_hidden(self, filler: int, visible: float, at: int) -> Input:
        """Loose tablets of the hidden source: their number stands on the drums, their arrival in no book."""
        source = int(self.actors.of(Role.HIDDEN)[0])
        quantity = max(1000, int(visible * self.rng.uniform(0.3, 0.6)) // 1000 * 1000)
        arrived = at - int(self.rng.integers(6 * 60, 3 * DAY))
        sent = arrived - int(self.rng.integers(6 * 60, 2 * DAY))
        batch = self.new_batch("H", "hidden", quantity, source, sent - 3 * DAY)
        self.made.hidden.append((batch, source, filler, quantity, sent, arrived, Level.LOOSE))
        return Input(batch, quantity, seen=False)

    def relabel(self, goods: Goods, filler: int, relabeller: int) -> None:
        """The same boxes under another batch number; a few are spoilt."""
        arrived = self.send(Level.RELABEL, goods, filler, relabeller)
        done = self.later(arrived, 1, 5)
        boxes = goods.quantity - int(goods.quantity * self.rng.uniform(0.002, 0.01))
        again = self.new_batch(self.letter(), "finished", boxes, relabeller, done)
        inputs = (Input(goods.batch, goods.quantity),)
        self.made.transformations.append(Transformation(relabeller, done, inputs, again, boxes))
        self.collect(Goods(again, boxes, done), relabeller)

    def collect(self, goods: Goods, den: int) -> None:
        """From the den to the ring's dispatchers."""
        dispatchers = [int(d) for d in self.actors.of(Role.DISPATCHER, self.ring)]
        parts = _parts(goods.quantity, len(dispatchers), 10, self.rng)
        for dispatcher, part in zip(dispatchers, parts, strict=True):
            arrived = self.send(Level.COLLECT, goods.part(part), den, dispatcher)
            self.made.parcels.append(Parcel(goods.batch, dispatcher, part, arrived))


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
        batch = campaign.new_batch("Z", "genuine", boxes, maker, start)
        arrived = campaign.send(Level.LICENSED, Goods(batch, boxes, start), maker, distributor)
        made.parcels.append(Parcel(batch, distributor, boxes, arrived))
