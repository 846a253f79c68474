"""What part an actor has in the supply, from where it stands in the flows of goods and money, with the reason.

The rules, in this order:

- maker: goods are made at a place that it controls, or it is registered as a manufacturer.
- carrier: waybills name it as theirs; or it receives and sends by waybill, and neither buys nor sells.
- source: it supplies others, and no row says who supplies it.
- wholesaler: it is supplied, and supplies some who supply others again; or it is registered as one and trades.
- retailer: it is supplied, and supplies only those who supply nobody; or it is registered as one and is supplied.
- buyer: it is supplied, and supplies nobody.
- money handler: it has no goods, and its accounts pass on half or more of what they receive.

A role is a place in the flows that the rows tell, not guilt. Records name one party in several ways; for its role,
all entries that mean it (see `graphkit.analyses.parties.meant`) are taken together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import describe
from graphkit.analyses.parties.meant import meant
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

PASSED_ON = 0.5
_GOODS = ("SUPPLIED", "SHIPPED")
_SHOPS = ("retailer", "medical_institution", "online_shop")
_CNY = "CNY"
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Role:
    """A role (empty where the rows tell none), why, and the network's links that tell it."""

    name: str = ""
    reason: str = ""
    links: tuple[int, ...] = field(default=())


@dataclass(frozen=True, eq=False)
class Supply:
    """The flows of goods and money of a network; `links` (links,) says which of its links count."""

    network: Network
    store: Store
    links: NDArray[np.bool_]

    def role(self, node: int) -> Role:
        """The role of the entity at this position."""
        rules = (self._maker, self._carrier, self._trader, self._money_handler)
        return next((found for rule in rules if (found := rule(node)) is not None), Role())

    def _maker(self, node: int) -> Role | None:
        controlled = self._at(node, "CONTROLS", out=True)
        places = [(link, place) for link, place in controlled if self._at(place, "DONE_AT", out=False)]
        made = [link for _, place in places for link, _ in self._at(place, "DONE_AT", out=False)]
        if made:
            named = ", ".join(describe(self.network, place) for place in sorted({place for _, place in places}))
            reason = say(f"goods were made at what it controls: {named}", f"在其控制的场所加工：{named}")
            return Role("maker", reason, (*(link for link, _ in places), *made))
        sites = [(link, place) for link, place in controlled if self._types.get(place) == "production"]
        if sites:
            named = describe(self.network, sites[0][1])
            reason = say(f"controls a place of production: {named}", f"控制生产场所：{named}")
            return Role("maker", reason, tuple(link for link, _ in sites))
        if self._types.get(node) == "manufacturer":
            return Role("maker", say("registered as a manufacturer", "登记为生产企业"))
        return None

    def _carrier(self, node: int) -> Role | None:
        named = self._waybills.get(self.network.name_of(node), ())
        if named:
            links = tuple(each for each in map(self.network.links.ids.find, named) if each >= 0 and self.links[each])
            if links:
                reason = say(f"{len(links)} waybills name it as their carrier", f"{len(links)} 份运单以其为承运商")
                return Role("carrier", reason, links)
        if not self._has_sales or self._sales[0][self._one[node]] or self._sales[1][self._one[node]]:
            return None
        came, went = self._at(node, "SHIPPED", out=False), self._at(node, "SHIPPED", out=True)
        if not came or not went:
            return None
        reason = say(
            f"received {len(came)} and sent {len(went)} by waybill, bought and sold nothing",
            f"经运单收 {len(came)} 件、发 {len(went)} 件，没有买卖",
        )
        return Role("carrier", reason, tuple(link for link, _ in (*came, *went)))

    def _trader(self, node: int) -> Role | None:
        party = self._one[node]
        suppliers, customers = int(self._goods[1][party]), int(self._goods[0][party])
        if not suppliers and not customers:
            return None
        links = tuple(link for kind in _GOODS for out in (True, False) for link, _ in self._at(node, kind, out=out))
        name, reason = self._trade(node, suppliers, customers)
        return Role(name, reason, links)

    def _trade(self, node: int, suppliers: int, customers: int) -> tuple[str, str]:
        if not suppliers:
            return "source", say(
                f"supplies {customers}; no row says who supplies it", f"供货给 {customers} 家；没有记录说明谁向其供货"
            )
        if not customers:
            shop = self._types.get(node) in _SHOPS
            told = say("registered as a shop; ", "登记为零售或医疗机构；") if shop else ""
            reason = say(f"supplied by {suppliers}, supplies nobody", f"由 {suppliers} 家供货，不向任何人供货")
            return "retailer" if shop else "buyer", told + reason
        if self._types.get(node) == "wholesaler":
            return "wholesaler", say(
                f"registered as a wholesaler; supplied by {suppliers}, supplies {customers}",
                f"登记为批发企业；由 {suppliers} 家供货，供货给 {customers} 家",
            )
        again = int(self._resellers[self._one[node]])
        if again:
            return "wholesaler", say(
                f"supplied by {suppliers}; supplies {customers}, of whom {again} supply others",
                f"由 {suppliers} 家供货；供货给 {customers} 家，其中 {again} 家再供货",
            )
        return "retailer", say(
            f"supplied by {suppliers}; supplies {customers}, none of whom supplies others",
            f"由 {suppliers} 家供货；供货给 {customers} 家，均不再供货",
        )

    def _money_handler(self, node: int) -> Role | None:
        accounts = [other for _, other in self._at(node, "HOLDS", out=True)] or [node]
        came = [link for account in accounts for link, _ in self._paid(account, accounts, out=False)]
        went = [link for account in accounts for link, _ in self._paid(account, accounts, out=True)]
        received, passed = self._amount(came), self._amount(went)
        if not came or not went or received <= 0 or passed < PASSED_ON * received:
            return None
        reason = say(
            f"its accounts received {received:,.2f} and paid out {passed:,.2f} {self._currency}; no goods",
            f"其账户收入 {received:,.2f}、支出 {passed:,.2f} {self._currency}；没有货物往来",
        )
        return Role("money handler", reason, tuple(sorted({*came, *went})))

    def _paid(self, account: int, own: list[int], *, out: bool) -> list[tuple[int, int]]:
        return [(link, other) for link, other in self._at(account, "PAID", out=out) if other not in own]

    def _amount(self, links: list[int]) -> float:
        table = self.network.links
        chosen = [link for link in set(links) if self._currency_of(int(table.currency[link])) == self._currency]
        return float(np.nansum(table.amount_max[sorted(chosen)]))

    def _currency_of(self, code: int) -> str:
        return self.network.links.currencies[code] if code >= 0 else _CNY

    @cached_property
    def _currency(self) -> str:
        """The currency of most payments."""
        codes, counts = np.unique(self.network.links.currency[self.network.links.of_kinds("PAID")], return_counts=True)
        return self._currency_of(int(codes[np.argmax(counts)])) if len(codes) else _CNY

    def _at(self, node: int, kind: str, *, out: bool) -> list[tuple[int, int]]:
        """The links of this kind that begin at a party, or end there, with their other ends."""
        found: list[tuple[int, int]] = []
        for entry in self._entries.get(int(self._one[node]), (node,)):
            neighbours, links = (self.network.out if out else self.network.into).of_node(entry)
            chosen = (self.network.links.kind[links] == self.network.links.kind_code(kind)) & self.links[links]
            chosen &= self._one[neighbours] != self._one[node]
            found += zip(links[chosen].tolist(), neighbours[chosen].tolist(), strict=True)
        return found

    def _pairs(self, *kinds: str) -> tuple[Whole, Whole]:
        """Which party delivers to which, each pair once."""
        table = self.network.links
        links = table.of_kinds(*kinds)
        giver, taker = self._one[table.source[links]], self._one[table.target[links]]
        kept = self.links[links] & (giver != taker)
        key = np.unique(giver[kept] * len(self.network) + taker[kept])
        source, target = np.divmod(key, max(len(self.network), 1))
        return source, target

    def _counts(self, *kinds: str) -> tuple[Whole, Whole]:
        """How many each party delivers to, and how many deliver to it; each of shape (nodes,)."""
        source, target = self._pairs(*kinds)
        size = len(self.network)
        return np.bincount(source, minlength=size), np.bincount(target, minlength=size)

    @cached_property
    def _one(self) -> Whole:
        return meant(self.store, self.network).of

    @cached_property
    def _entries(self) -> dict[int, list[int]]:
        """The entries of each party that has several."""
        found: dict[int, list[int]] = {}
        for entry in np.flatnonzero(np.bincount(self._one, minlength=len(self._one))[self._one] > 1).tolist():
            found.setdefault(int(self._one[entry]), []).append(entry)
        return found

    @cached_property
    def _goods(self) -> tuple[Whole, Whole]:
        return self._counts(*_GOODS)

    @cached_property
    def _sales(self) -> tuple[Whole, Whole]:
        return self._counts("SUPPLIED")

    @cached_property
    def _has_sales(self) -> bool:
        return bool(self._sales[0].any())

    @cached_property
    def _resellers(self) -> Whole:
        """How many of those whom each party supplies supply others again, shape (nodes,)."""
        source, target = self._pairs(*_GOODS)
        back = np.isin(target * len(self.network) + source, source * len(self.network) + target)
        others = self._goods[0][target] - back  # who only gives back to the supplier supplies nobody else
        return np.bincount(source[others > 0], minlength=len(self.network))

    @cached_property
    def _types(self) -> dict[int, str]:
        """What companies are registered as, and places found to be."""
        columns = self.store.property_columns(["type"])
        kinds = ("Company", "Place")
        stated = ((self.network.position(node), value) for node, value in _pairs_of(columns["node"], columns["value"]))
        return {place: value for place, value in stated if place >= 0 and self.network.kind_of(place) in kinds}

    @cached_property
    def _waybills(self) -> dict[str, list[str]]:
        """The waybills that name each carrier."""
        if self.network.links.kind_code("SHIPPED") < 0:
            return {}
        columns = self.store.link_columns(["carrier"])
        found: dict[str, list[str]] = {}
        for link, carrier in _pairs_of(columns["link"], columns["p.carrier"]):
            found.setdefault(carrier, []).append(link)
        return found


def _pairs_of(keys: NDArray[np.object_], values: NDArray[np.object_]) -> list[tuple[str, str]]:
    told = [value is not None for value in values.tolist()]
    return list(zip(keys[told].tolist(), values[told].tolist(), strict=True))
