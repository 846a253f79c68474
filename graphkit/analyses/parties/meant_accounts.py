"""Whose an account is that rows tell in part: a number with stars in it, a wallet under a phone's number.

6222****1234 of 张三 is taken for the one whole number of his that fits, and a payment service's account that rows give
under a mobile number, without a name, for his who alone uses that phone. Neither is merged: it is a tie that counts as
guessed, and a note says which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.chains import describe
from graphkit.model.language import say
from graphkit.model.nodes import ACCOUNT, HOME_PREFIX, PARTY_KINDS, PHONE

if TYPE_CHECKING:
    from graphkit.network.network import Network

Ints = NDArray[np.int64]
MASKED, WALLETS = range(2)
_WHY = {
    MASKED: ("the number fits, and the holder's name", "号码吻合，户名相同"),
    WALLETS: ("the one who uses the phone", "该手机号的唯一使用人"),
}
_PART = re.compile(r"^(?P<head>[0-9]*)(?:[*＊?X]{2,}|(?<![0-9])(?:尾号|末四位|后四位):?)(?P<tail>[0-9]{4,})$")
_STARS = re.compile("[*＊?]|XX|尾号|四位")
_WALLET = re.compile(rf"(?:^|(?<=\0))({ACCOUNT.prefix}:(1[3-9][0-9]{{9}}))(?=\0|$)")
_WHOLE = re.compile(r"^[0-9]{8,}$")
_END = 4
_LISTED = 5
_told = WeakKeyDictionary["Network", "TiedAccounts"]()  # of networks in use


@dataclass(frozen=True, eq=False)
class TiedAccounts:
    """Accounts, which or whose each is taken to be, by what, and the links that name the one and the other; (ties,)."""

    account: Ints
    other: Ints
    by: Ints
    links: tuple[Ints, Ints]

    def note(self, network: Network, among: Ints) -> tuple[str, ...]:
        """Which of these entities were taken for which others of them, and why."""
        both = np.flatnonzero(np.isin(self.account, among) & np.isin(self.other, among)).tolist()
        if not both:
            return ()
        english, chinese = [], []
        for i in both[:_LISTED]:
            (why, why_zh), one = _WHY[int(self.by[i])], describe(network, int(self.account[i]))
            other = describe(network, int(self.other[i]))
            english.append(f"{one} for {other} ({why})")
            chinese.append(f"{one} 视为 {other}（{why_zh}）")
        more = " …" if len(both) > _LISTED else ""
        return (
            say(
                f"Accounts taken for another, or for somebody's, by more than rows show: {'; '.join(english)}{more}. "
                "Nothing is merged: the account's opening record settles it.",
                f"以下账户按推断归并追踪：{'；'.join(chinese)}{more}。并未合并；调取开户资料即可确定。",
            ),
        )


def tied_accounts(network: Network, meant: Ints) -> TiedAccounts:
    """The accounts of this network that are taken for others or for somebody's, in order; `meant` (entities,) is whom
    each entity means.
    """
    if network not in _told:
        found = sorted({*_masked(network), *_wallets(network, meant)})
        account, other, by, naming, named_by = np.array(found, np.int64).reshape(-1, 5).T
        _told[network] = TiedAccounts(account, other, by, (naming, named_by))
    return _told[network]


def _masked(network: Network) -> Iterator[tuple[int, int, int, int, int]]:
    """Accounts with a part of a number, and the one that fits and has a holder of the same name."""
    first, text = _accounts(network)
    if not _STARS.search(text):
        return
    numbers = {place: one.rpartition(":")[2] for place, one in enumerate(text.split("\0"), first)}
    parts = {place: found for place, number in numbers.items() if (found := _PART.match(number))}
    ends = {found["tail"][-_END:] for found in parts.values()}
    whole: dict[str, list[int]] = defaultdict(list)
    for place, number in numbers.items():
        if number[-_END:] in ends and _WHOLE.match(number):
            whole[number[-_END:]].append(place)
    for place, part in parts.items():
        own = _holders(network, place)
        fits = [each for each in whole[part["tail"][-_END:]] if _fits(numbers[each], part)]
        named = {each: _holders(network, each) for each in fits}
        same = [each for each in fits if named[each].keys() & own.keys()]
        if own and len(same) == 1 and all(named.values()):  # one that nobody is named for may be his as well
            name = min(named[same[0]].keys() & own.keys())
            yield place, same[0], MASKED, own[name], named[same[0]][name]


def _fits(number: str, part: re.Match[str]) -> bool:
    hidden = len(number) - len(part["head"]) - len(part["tail"])
    return hidden > 0 and number.startswith(part["head"]) and number.endswith(part["tail"])


def _wallets(network: Network, meant: Ints) -> Iterator[tuple[int, int, int, int, int]]:
    """Accounts under a mobile number that nobody is named for, and who alone uses that phone."""
    held = np.zeros(len(network), bool)
    held[network.links.target[network.links.of_kinds("HOLDS")]] = True
    for found in _WALLET.finditer(_accounts(network)[1]):
        place = network.ids.find(found[1])
        phone = -1 if held[place] else network.ids.find(f"{PHONE.prefix}:{HOME_PREFIX}{found[2]}")
        users = _into(network, phone, "USES") if phone >= 0 else {}
        if len({int(meant[user]) for user in users}) == 1:
            user = min(users, key=lambda each: (each != meant[each], each))
            yield place, user, WALLETS, users[user], users[user]


def _accounts(network: Network) -> tuple[int, str]:
    """The ids of all accounts in one text, a NUL between two, and the position of the first."""
    accounts = network.ids.beginning(f"{ACCOUNT.prefix}:")
    begin, end = network.ids.offsets[[accounts.start, accounts.stop]].tolist()
    return accounts.start, network.ids.blob[begin:end].tobytes().decode().rstrip("\0")


def _holders(network: Network, account: int) -> dict[str, int]:
    """The names of who holds this account, with the link that says so."""
    return {network.name_of(holder): link for holder, link in _into(network, account, "HOLDS").items()}


def _into(network: Network, node: int, kind: str) -> dict[int, int]:
    ends, links = network.into.of_node(node)
    chosen = network.links.kind[links] == network.links.kind_code(kind)
    pairs: Iterable[tuple[int, int]] = zip(ends[chosen].tolist(), links[chosen].tolist(), strict=True)
    return {end: link for end, link in sorted(pairs) if network.kind_of(end) in PARTY_KINDS}
