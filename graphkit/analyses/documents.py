"""Documents by their numbers: a number that two sellers used makes one document of two, which a note has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network

_SUPPLY = "SUPPLIED:supply:"
_LISTED = 5


def shared_numbers(network: Network) -> dict[str, list[str]]:
    """The numbers of supplies that name several sellers, and the names of these, both in order."""
    span = network.links.ids.beginning(_SUPPLY)
    sellers: dict[str, int] = {}
    several: dict[str, set[int]] = {}
    ids = network.links.ids.take(range(span.start, span.stop))
    for link, seller in zip(ids, network.links.source[span].tolist(), strict=True):
        number = link[len(_SUPPLY) :].partition("|")[0]
        if sellers.setdefault(number, seller) != seller:
            several.setdefault(number, {sellers[number]}).add(seller)
    return {number: sorted(network.names.take(sorted(several[number]))) for number in sorted(several)}


def shared_numbers_note(network: Network) -> tuple[str, ...]:
    """The note that some documents name several sellers; none where none does."""
    shared = shared_numbers(network)
    if not shared:
        return ()
    listed = [f"{number} ({', '.join(names)})" for number, names in list(shared.items())[:_LISTED]]
    more = len(shared) - len(listed)
    english = "; ".join([*listed, *([f"{more} more"] if more > 0 else [])])
    chinese = "；".join([*listed, *([f"另有 {more} 个"] if more > 0 else [])])
    return (
        say(
            f"One number, several sellers, so that one document may be two: {english}.",
            f"同一单号出现多个卖方，可能并非同一单据：{chinese}。",
        ),
    )
