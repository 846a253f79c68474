"""How much a waybill that does not say can have carried at most: by what its parcel weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.network.sorting import distinct
from graphkit.tracing.identity.weighed import at_most, each_weighs, measured, weighed
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Measures
from graphkit.tracing.walk.ways import Mask, Numbers, Ways


@dataclass(frozen=True, eq=False)
class ByWeight:
    """What the lightest of each product weighs with its wrapping, in kilograms for one of its unit.

    `product` (products,) in order, `lightest` (products,), by the waybills that tell both quantity and weight; `whole`
    (products,) is True where its unit is counted in whole ones.
    """

    ways: Ways
    product: Whole
    lightest: Numbers
    whole: Mask

    @classmethod
    def of(cls, ways: Ways, measures: Measures) -> ByWeight:
        """For the products of these measures, in their units."""
        links = measured(ways.network)
        product = ways.links.product[links].astype(np.int64)
        unit = ways.links.unit[links].astype(np.int64)
        amount = measures.given_in(ways.links.quantity_max[links], unit, product, ways.goods(links))
        told = np.isin(product, measures.product) & (amount > 0)
        each = ways.links.kilograms[links[told]] / amount[told]
        found = each_weighs(product[told], np.zeros(int(told.sum()), np.int64), each)
        own = {which: low for (which, _), (low, _) in found.items()}
        weighs_itself = measures.product[measures.unit_of(measures.product) == measures.kg].tolist()
        own |= {which: min(1.0, own.get(which, 1.0)) for which in weighs_itself}
        order = np.array(sorted(own), np.int64)
        lightest = np.array([own[which] for which in order.tolist()], np.float64)
        return cls(ways, order, lightest, measures.unit_of(order) != measures.kg)

    def most(self, link: Whole, product: Whole) -> Numbers:
        """How much of a product each of these links' parcels can have held; nan where no weight tells."""
        kilograms, at = self.ways.links.kilograms[link], np.searchsorted(self.product, product)
        known = at < len(self.product)
        known[known] = self.product[at[known]] == product[known]
        most = np.full(len(link), np.nan)
        most[known] = at_most(kilograms[known], self.lightest[at[known]])
        most[known] = np.where(self.whole[at[known]], np.floor(most[known]), most[known])
        return np.where(weighed(kilograms), most, np.nan)

    def tell(self, link: Whole, product: Whole, every: Whole) -> Mask:
        """Of which of these links weights tell the most, whatever they carried: of `product`, or where that is not
        known (-1) of any of `every` product.
        """
        all_known = len(every) > 0 and bool(np.isin(distinct(every), self.product).all())
        known = np.where(product >= 0, np.isin(product, self.product), all_known)
        mask: Mask = weighed(self.ways.links.kilograms[link]) & known
        return mask
