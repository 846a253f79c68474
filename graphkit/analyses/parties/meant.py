"""Whom each entry of the records means: one rule for every answer that counts, ranks or takes out parties.

A party stands in ledgers and on waybills in many spellings, few of them with a number. Taken entry by entry one
delivery counts twice, a man in custody goes on selling under his bare name, and each spelling has a rank of its own.

Six kinds of evidence, the firmest first: rows that show it (one name with one phone or account, two rows of one
movement of which the other identifies him); a phone that one with a number uses; the full name of a registered firm;
the name, with goods that both had; the reading of a name in Latin letters, likewise; another file that names him in
telling of a movement equal in batch, quantity and time. Nothing is merged by this, and whatever is more than rows show
is said (`taken_note`). After Christen (2012), Data Matching, who calls the use of relations beside names collective
linkage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import describe
from graphkit.analyses.parties.meant_accounts import tied_accounts
from graphkit.analyses.parties.meant_by_firm import by_full_name
from graphkit.analyses.parties.meant_by_name import NAMES, by_name, by_phone, numbered_ones
from graphkit.analyses.parties.meant_by_reading import by_reading
from graphkit.analyses.parties.meant_by_twins import by_twins
from graphkit.analyses.parties.one_party import stands_for
from graphkit.analyses.parties.same_hands import behind_links, same_hands
from graphkit.model.language import say
from graphkit.model.nodes import ACCOUNT, PARTY, PARTY_KINDS
from graphkit.tracing.identity.movements import KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store
    from graphkit.tracing.identity.same_hands import SameHands

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
ITSELF, SHOWN, PHONE, NAME, TWIN, FIRM, READING = range(7)
_WHY = {
    PHONE: ("the same phone", "同用电话"),
    FIRM: ("the full name of a registered firm", "企业登记的全称相同"),
    NAME: ("the name, and goods that both had", "名称相符且经手同一品名"),
    READING: ("the reading of the name, and goods that both had", "姓名拼音相符且经手同一品名"),
    TWIN: ("another file tells of the same movement with him", "另一文件所载同一笔往来写明其人"),
}
_KEPT, _TIES = "meant-9", "meant-ties-8"
_NAMING = ("CONTROLS", "HOLDS", "SAMPLED_FROM", "SEIZED_FROM", "USES", *KINDS)  # what names best comes last
_LISTED = 5
_told = WeakKeyDictionary["Network", tuple["Ints", "Ints"]]()  # of networks in use


@dataclass(frozen=True, eq=False)
class Meant:
    """`of` (entities,) is whom each entity means, itself where nothing tells; `by` (entities,) what tells it: ITSELF,
    SHOWN, PHONE, FIRM, NAME, READING or TWIN.
    """

    network: Network
    of: Ints
    by: Ints

    def with_entries(self, chosen: Mask) -> Mask:
        """These entities with all others that mean the same; shape (entities,)."""
        spread: Mask = np.isin(self.of, np.unique(self.of[chosen]))
        return spread

    def parties(self, entries: Mask) -> int:
        """How many these entries are, each party once."""
        return len(np.unique(self.of[entries]))

    def guessed(self, about: Iterable[int] | None = None, among: Ints | None = None) -> list[int]:
        """The entries that mean another by more than rows show; where given, only those that mean one of `about`, or
        that are, with whom they mean, among these.
        """
        found = np.flatnonzero(self.by > SHOWN)
        if about is not None:
            found = found[np.isin(self.of[found], np.fromiter(about, np.int64))]
        if among is not None:
            found = found[np.isin(found, among) & np.isin(self.of[found], among)]
        listed: list[int] = found.tolist()
        return listed

    def named(self, entries: list[int]) -> tuple[str, str]:
        """Some of these with whom they mean, and why, in both languages."""
        english, chinese = [], []
        for each in entries[:_LISTED]:
            one, other = describe(self.network, each), describe(self.network, int(self.of[each]))
            why, why_zh = _WHY.get(int(self.by[each]), ("rows show it", "有记录表明"))
            english.append(f"{one} for {other} ({why})")
            chinese.append(f"{one} 视为 {other}（{why_zh}）")
        more = len(entries) - _LISTED
        rest, rest_zh = (f"; and {more} more", f"；另有 {more} 个") if more > 0 else ("", "")
        return "; ".join(english) + rest, "；".join(chinese) + rest_zh


def meant(store: Store, network: Network) -> Meant:
    """Whom each entity of this store's network means, worked out once for each revision."""
    from graphkit.network.snapshot import kept

    if network not in _told:
        columns = kept(store.where, network, _KEPT, lambda: _columns(store, network))
        _told[network] = columns[0], columns[1]
    return Meant(network, *_told[network])


def ties(store: Store, network: Network) -> SameHands:
    """The same as ties that a trace steps by: what rows show, and where more than that tells whom an entry means, a tie
    that counts as guessed, by a row that names him.
    """
    from graphkit.network.snapshot import kept
    from graphkit.tracing.identity.same_hands import SameHands

    if not {PARTY.name, ACCOUNT.name} & set(network.kinds):
        return SameHands.nobody()

    def made() -> Ints:
        return _ties(meant(store, network), same_hands(store, network)).columns

    return SameHands.of_columns(kept(store.where, network, _TIES, made))


def _ties(found: Meant, shown: SameHands) -> SameHands:
    from graphkit.tracing.identity.same_hands import SameHands

    network = found.network
    entries = np.flatnonzero(found.by > SHOWN)
    link = np.full(len(network), -1)
    for kind in _NAMING:
        for end in (network.links.source, network.links.target):
            named = network.links.of_kinds(kind)[::-1]
            link[end[named]] = named
    one, other = np.concatenate((entries, found.of[entries])), np.concatenate((found.of[entries], entries))
    guessed = np.stack((one, other, link[other], np.ones_like(one)))
    parts = tied_accounts(network, found.of)
    naming, named_by = parts.links
    there = np.stack((parts.account, parts.other, named_by, np.ones_like(parts.account)))
    back = np.stack((parts.other, parts.account, naming, np.ones_like(parts.account)))
    guessed = np.concatenate((guessed, there, back), axis=1)
    sure = np.stack((shown.node, shown.other, shown.link, np.zeros_like(shown.node)))
    every = np.concatenate((sure, guessed[:, guessed[2] >= 0]), axis=1)
    every = every[:, np.lexsort(every[[2, 3, 1, 0]])]
    first = np.ones(every.shape[1], bool)
    first[1:] = (every[:2, 1:] != every[:2, :-1]).any(axis=0)
    node, other, link, guess = every[:, first]
    return SameHands(node, other, link, found.of[node], guess)


def taken_note(found: Meant, about: Iterable[int] | None = None, among: Ints | None = None) -> tuple[str, ...]:
    """The note that says who was taken for whom and why, as `Meant.guessed` picks them; none where rows show it all."""
    entries = found.guessed(about, among)
    if not entries:
        return ()
    english, chinese = found.named(entries)
    return (
        say(
            f"One party under several names, taken for one in this answer: {english}. Nothing is merged: a number in "
            "the records settles it either way.",
            f"以下不同名称在本次回答中视为同一主体：{chinese}。并未合并；记录补上证件号即可确定。",
        ),
    )


def _columns(store: Store, network: Network) -> Ints:
    """`of` and `by`, shape (2, entities): each kind of evidence takes up what the firmer ones found."""
    if not len(network.of_kinds(*PARTY_KINDS)):
        return np.stack((np.arange(len(network)), np.full(len(network), ITSELF))).astype(np.int64)
    links = _deliveries(network)
    found = stands_for(network)[same_hands(store, network).meant(network)]
    by = np.where(found != np.arange(len(network)), SHOWN, ITSELF)

    own, names = numbered_ones(network, store), store.property_columns(list(NAMES))

    def through(way: int, then: Ints) -> Ints:
        by[then != found] = way
        return then

    def numbered() -> Mask:
        """Who has a number, of his own or of one who means him."""
        mask = own.copy()
        mask[found[own]] = True
        return mask

    found = through(PHONE, by_phone(network, numbered(), found))
    found = through(FIRM, by_full_name(network, names, found))
    found = through(NAME, by_name(network, names, numbered(), links, found))
    found = through(READING, by_reading(network, names, numbered(), links, found))
    found = through(TWIN, by_twins(network, links, found, numbered(), *behind_links(store, network)))
    return np.stack((found, by)).astype(np.int64)


def _deliveries(network: Network) -> Ints:
    table = network.links
    links = table.of_kinds(*KINDS)
    kept: Ints = links[table.first[links] & (table.source[links] != table.target[links])]
    return kept
