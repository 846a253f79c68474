"""What is said of documents: numbers that two sellers used, what two tables tell of once, what is declared wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

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


_REPEATED = {"PAID": ("payment", "笔付款"), "CALLED": ("call", "次通话")}


def repeats_note(network: Network, links: Iterable[int] | None = None) -> tuple[str, ...]:
    """How many payments and calls several tables tell of and count once, of these links or of all; none where none."""
    import numpy as np

    told = np.unique(network.repeats.link)
    told = told if links is None else told[np.isin(told, np.fromiter(links, np.int64))]
    if not len(told):
        return ()
    kinds = [network.links.kinds[code] for code in network.links.kind[told].tolist()]
    counts = {kind: kinds.count(kind) for kind in _REPEATED if kind in kinds}
    english = ", ".join(f"{n} {_REPEATED[kind][0]}{'s' if n > 1 else ''}" for kind, n in counts.items())
    chinese = "、".join(f"{n} {_REPEATED[kind][1]}" for kind, n in counts.items())
    return (
        say(
            f"Told by several files and counted once: {english} (same ends, amount or duration, times that agree).",
            f"多个文件记载同一笔、只计一次：{chinese}（双方、金额或时长相同，时间相符）。",
        ),
    )


def two_times_note(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Rows, two of seller, buyer and carrier in each pair, that may tell of one movement, had not one a wrong time."""
    told = [" = ".join(pair) for pair in pairs]
    if told:
        listed = _some(told)
        yield say(
            f"These two rows may tell of one movement, one of them at a mistaken time (same parties, goods and "
            f"quantity, and each without its like); not made one, counted once at least and twice at most: {listed}.",
            f"两处记载可能为同一笔流转，其中一处时间有误（双方、货物、数量相同，各自别无对应记载）；未予合并，最少计一次、"
            f"最多计两次：{listed}。",
        )


def booked_apart_note(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Payments, two in each pair, that may be one, told by two banks at two times."""
    told = [" = ".join(pair) for pair in pairs]
    if told:
        listed = _some(told)
        yield say(
            f"These two may be one payment, told by two files within a day at two times (same accounts and amount, and "
            f"each without its like in the other file), or by a payment service and by a bank that names the service's "
            f"own account; counted once at least and twice at most: {listed}.",
            f"下列两笔可能为同一笔付款，由两个文件在一日之内记为不同时间（账户、金额相同，在对方文件中各自别无对应记载），"
            f"或由支付机构与银行分别记载、银行所记对方为支付机构自身账户；最少计一次、最多计两次：{listed}。",
        )


def doubtful_note(rows: Iterable[str]) -> Iterator[str]:
    """Rows of movements of which another row may tell too: one party goes by two names, or goods went in parts."""
    told = list(rows)
    if told:
        listed = _some(told)
        yield say(
            f"Counted in the most only, as another row may tell of the same movement, with one party under another "
            f"name, or rows of as much together of the same goods in other parts: {listed}.",
            f"仅计入最多数量，因另一行可能是同一流转、只是一方名称不同，或另有数行合计数量相同、可能是同一批货分批记载：{listed}。",
        )


def _some(told: list[str]) -> str:
    """The first of them, and how many more there are."""
    return "; ".join(told[:_LISTED]) + (f" … (+{len(told) - _LISTED})" if told[_LISTED:] else "")


def declared_wrong_note(network: Network, store: Store) -> Iterator[str]:
    """Which events another file declares wrong, with their rows, which nothing moves by."""
    if not len(network.of_kinds("Event")):
        return
    from graphkit.network.withdrawn import withdrawn_rows

    found = [f"{event} ({', '.join(rows)})" for event, rows in withdrawn_rows(store).items()]
    if found:
        told = _some(found)
        yield say(
            f"Not counted, as another file declares these events wrong: {told}.",
            f"另一文件已声明下列事件有误，其所述流转未计入：{told}。",
        )
