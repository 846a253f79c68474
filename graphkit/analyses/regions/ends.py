"""Between which divisions goods and money move: by the address on the waybill, else by where each party acts."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from graphkit.analyses.regions.account_regions import by_branch, homes, most_often
from graphkit.analyses.regions.sites import Sites, Whole
from graphkit.analyses.regions.whereabouts import Regions, regions_of
from graphkit.model.nodes import PARTY_KINDS

_FIRM = 5  # a name of so many characters is a firm's; shorter ones many people share


class Divisions:
    """Six-digit division codes, 0 where they are unknown."""

    def __init__(self, sites: Sites) -> None:
        self.sites, self.network = sites, sites.network
        self.codes: Regions = regions_of(self.network, sites.store)
        self.sent, self.received = (self._of_waybills(pairs) for pairs in (sites.sent, sites.received))

    def ends(self, movement: tuple[int, ...]) -> tuple[int, int]:
        """Where goods went from and to."""
        links = self.network.links
        sent = next((self.sent[link] for link in movement if link in self.sent), 0)
        received = next((self.received[link] for link in movement if link in self.received), 0)
        for link in movement:
            sent = sent or int(self.parties[links.source[link]])
            received = received or int(self.parties[links.target[link]])
        return sent, received

    @cached_property
    def parties(self) -> Regions:
        """Where each party acts: where waybills most often put it, or who uses its phone; else its den, what was seized
        from it, its registered address if it is a company. A case that names it does not tell where it acts.
        """
        links, group = self.network.links, self.sites.group
        found = np.zeros(len(self.network), np.int32)
        party = self.network.of_kinds(*PARTY_KINDS)
        firm = self.network.of_kinds("Company")
        controls, seized = links.of_kinds("CONTROLS"), links.of_kinds("SEIZED_FROM")
        for keys, codes in (
            self._by_waybill(),
            (group[links.source[controls]], self.codes[links.target[controls]]),
            (group[links.target[seized]], self.codes[links.source[seized]]),
            (group[firm], self.codes[firm]),
        ):
            known = most_often(keys, codes, len(self.network))[group[party]]
            found[party] = np.where(found[party] == 0, known, found[party])
        self._by_firm(party, found)
        return found

    def _by_waybill(self) -> tuple[Whole, Regions]:
        """Groups of parties, and the divisions where a waybill puts them."""
        links, group = self.network.links, self.sites.group
        parts = [
            (group[end[pairs[0]]], self.codes[self.sites.place[pairs[1]]])
            for pairs, end in ((self.sites.sent, links.source), (self.sites.received, links.target))
        ]
        vague = links.of_kinds("LOCATED_AT")  # by an address that names a region and no more
        vague = vague[np.isin(links.target[vague], self.network.of_kinds("Region"))]
        parts.append((group[links.source[vague]], self.codes[links.target[vague]]))
        groups, codes = zip(*parts, strict=True)
        return np.concatenate(groups), np.concatenate(codes)

    def _by_firm(self, party: Whole, found: Regions) -> None:
        """Who goes by a firm's name is where the others of that name are, where those are all in one division."""
        named: dict[str, list[int]] = {}
        for one in party.tolist():
            if len(name := self.network.names[one]) >= _FIRM:
                named.setdefault(name, []).append(one)
        for members in named.values():
            known = {int(found[one]) for one in members} - {0}
            if len(known) == 1:
                found[members] = known.pop()

    @cached_property
    def accounts(self) -> Regions:
        """Where the holders of each account act, of several divisions that of most of them; else its branch, else
        where they live: the code is then below zero, for that says less.
        """
        acting = self._of_holders(self.parties)
        surely = np.where(acting > 0, acting, by_branch(self.sites))
        return np.where(surely > 0, surely, -self._of_holders(homes(self.sites, self.codes)))

    def _of_holders(self, codes: Regions) -> Regions:
        """For each account the code of most of its holders."""
        links = self.network.links
        holds = links.of_kinds("HOLDS")
        return most_often(links.target[holds].astype(np.int64), codes[links.source[holds]], len(self.network))

    def _of_waybills(self, pairs: tuple[Whole, Whole]) -> dict[int, int]:
        codes = self.codes[self.sites.place[pairs[1]]]
        known = codes > 0
        return dict(zip(pairs[0][known].tolist(), codes[known].tolist(), strict=True))
