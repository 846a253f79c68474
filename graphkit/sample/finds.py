"""The tables about goods that were found: seizures, samples, stocktakes, purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphkit.sample import numbers
from graphkit.sample.bulk import BatchColumns
from graphkit.sample.columns import day_of, either, stamp, texts
from graphkit.sample.goods import DAY, LAST_DAY, Fate, Rests
from graphkit.sample.numbers import padded
from graphkit.sample.people import random_names
from graphkit.sample.places import COUNTIES
from graphkit.sample.wares import HARMS, PLATFORMS
from graphkit.sample.world import Case, World, police_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FORMS = {
    "raw": "raw_material",
    "loose": "semi_finished",
    "hidden": "semi_finished",
    "finished": "finished",
    "genuine": "finished",
}


class Finds:
    """Writes rows of what stayed; keeps the running numbers over all chunks."""

    def __init__(self, world: World, batches: BatchColumns, rng: np.random.Generator) -> None:
        self.world, self.batches, self.rng = world, batches, rng
        self.serial = 0
        self.in_stock: list[Rests] = []
        self.places = world.place_of()
        self.codes = np.array([int(c.code) for c in COUNTIES])
        self.cases: dict[tuple[int, int], list[Case]] = {}  # of a ring, and of a ring in a province; -1: in any
        for case in world.cases:
            self.cases.setdefault((case.ring, -1), []).append(case)
            self.cases.setdefault((case.ring, COUNTIES[case.county].province), []).append(case)
        self.offices = pl.Series([police_of(i) for i in range(len(COUNTIES))])

    def frames(self, rests: Rests) -> dict[str, pl.DataFrame]:
        """What was seized, sampled and bought; what is in stock is counted at the very end."""
        self.in_stock.append(rests.pick(rests.fate == Fate.STOCK))
        parts = {fate: rests.pick(rests.fate == fate) for fate in (Fate.SEIZED, Fate.SAMPLED, Fate.BOUGHT)}
        return {
            "seizure": self._seizures(parts[Fate.SEIZED]),
            "sampling": self._samples(parts[Fate.SAMPLED]),
            "purchase": self._purchases(parts[Fate.BOUGHT]),
        }

    def _number(self, prefix: str, rests: Rests) -> pl.Series:
        start = self.serial
        self.serial += len(rests)
        return pl.Series([prefix]) + stamp(rests.at) + padded(np.arange(start, self.serial) + 1, 6)

    def _common(self, rests: Rests) -> dict[str, object]:
        return {
            "_province": self.world.actors.province()[rests.holder],
            "product": self.batches.product.gather(rests.batch),
            "batch": self.batches.number.gather(rests.batch),
            "quantity": rests.quantity,
            "unit": self.batches.unit.gather(rests.batch),
        }

    def _trace(self, rests: Rests, share: float) -> pl.Series:
        """The twenty figures that finished boxes carry, on some rows."""
        code = pl.Series(["81"]) + padded(rests.batch, 7) + padded(self.rng.integers(0, 10**11, len(rests)), 11)
        shown = self.batches.kind.gather(rests.batch).is_in(["finished", "genuine"]) & pl.Series(
            self.rng.random(len(rests)) < share
        )
        return either(shown, code)

    def _place(self, holder: Ints) -> pl.Series:
        return texts([self.places.get(h) for h in holder.tolist()])

    def _cases(self, rests: Rests) -> pl.Series:
        """The case of the goods' ring that lies in the holder's province, else another of the ring's."""
        rings = self.batches.ring[rests.batch].tolist()
        return texts([self._case(ring, holder) for ring, holder in zip(rings, rests.holder.tolist(), strict=True)])

    def _case(self, ring: int, holder: int) -> str | None:
        if ring < 0:
            return None
        province = COUNTIES[int(self.world.actors.county[holder])].province
        near = self.cases.get((ring, province)) or self.cases[ring, -1]
        return near[holder % len(near)].case_id

    def _seizures(self, rests: Rests) -> pl.DataFrame:
        county = self.world.actors.county[rests.holder]
        value = np.round(rests.quantity * self.batches.price[rests.batch] * 2.5, 2)
        return pl.DataFrame(
            {
                **self._common(rests),
                "seizure_id": self._number("KY", rests),
                "case": self._cases(rests),
                "seized_at": day_of(rests.at),
                "address": self.world.addresses.gather(rests.holder),
                "region": pl.Series(self.codes[county]).cast(pl.String),
                "holder": rests.holder,
                "place_id": self._place(rests.holder),
                "trace_code": self._trace(rests, 0.4),
                "value": value,
                "form": self.batches.kind.gather(rests.batch).replace_strict(FORMS, return_dtype=pl.String),
                "agency": self.offices.gather(county),
            }
        )

    def _samples(self, rests: Rests) -> pl.DataFrame:
        genuine = self.batches.kind.gather(rests.batch) == "genuine"
        bad = pl.Series(["counterfeit", "counterfeit", "inferior", "fail"]).gather(self.rng.integers(0, 4, len(rests)))
        return pl.DataFrame(
            {
                **self._common(rests),
                "sample_id": self._number("CY", rests),
                "company": rests.holder,
                "trace_code": self._trace(rests, 0.8),
                "sampled_on": day_of(rests.at),
                "result": either(genuine, pl.Series(["pass"]), bad),
            }
        )

    def stocktakes(self) -> pl.DataFrame:
        """The last count: each holder's stock of each batch, once all has come to rest."""
        keys = ["holder", "batch"]
        counted = pl.DataFrame(
            {
                "holder": np.concatenate([part.holder for part in self.in_stock]),
                "batch": np.concatenate([part.batch for part in self.in_stock]),
                "stage": np.concatenate([part.stage for part in self.in_stock]),
                "quantity": np.concatenate([part.quantity for part in self.in_stock]),
            }
        )
        total = counted.group_by(keys).agg(pl.col("stage").first(), pl.col("quantity").sum()).sort(keys)
        holder, batch = total["holder"].to_numpy(), total["batch"].to_numpy()
        at = np.asarray(LAST_DAY * DAY + holder % 5 * DAY)
        rests = Rests(batch, holder, total["stage"].to_numpy(), total["quantity"].to_numpy(), np.zeros_like(batch), at)
        return pl.DataFrame(
            {
                **self._common(rests),
                "stocktake_id": self._number("PD", rests),
                "holder": rests.holder,
                "place_id": self._place(rests.holder),
                "counted_at": day_of(rests.at),
            }
        )

    def _purchases(self, rests: Rests) -> pl.DataFrame:
        """Buyers are people of their own, no actors: name and phone."""
        count = len(rests)
        order = np.arange(self.serial, self.serial + count) + 40_000_000
        platform = self.rng.integers(0, len(PLATFORMS) * 2, count)
        return pl.DataFrame(
            {
                **self._common(rests),
                "purchase_id": self._number("GM", rests),
                "buyer": random_names(count, self.rng),
                "phone": numbers.phones(order, 3),
                "seller": rests.holder,
                "platform": pl.Series([*(p[0] for p in PLATFORMS), *([None] * len(PLATFORMS))]).gather(platform),
                "trace_code": self._trace(rests, 0.6),
                "bought_at": day_of(rests.at),
                "harm": pl.Series([*HARMS, None, None]).gather(self.rng.integers(0, len(HARMS) + 2, count)),
            }
        )
