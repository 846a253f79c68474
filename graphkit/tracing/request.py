"""What a trace is asked to follow, and the marks that stand for what a state carries."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.network import timetable

FAR = timetable.FAR  # microseconds: an unknown time lies anywhere between -FAR and FAR
DAY = 86_400_000_000

# What a state carries: a code of goods from 0 on (see `graphkit.network.goods`), or one of these.
ANY, MONEY, CALLS, ENDED = -1, -2, -3, -4
STOPPED = -5  # goes no further; no state that is kept carries this
MARKS = 4

GOODS_LINKS = ("SUPPLIED", "SHIPPED", "LINKED")
TIE_OF = {ANY: "CONTROLS", MONEY: "HOLDS", CALLS: "USES"}  # who is tied so has in a medium what the other has
FLOW_OF = {MONEY: "PAID", CALLS: "CALLED"}


@dataclass(frozen=True)
class Request:
    """What to follow and within which bounds. Times are microseconds; `max_lag` bounds the wait at each stop.

    `product` is a code of goods, -1 any; `min_quantity` keeps links of unknown quantity. `without` are links not to
    walk, `closed` entities that nothing passes through, the start apart; at the `crossed` ones anything that came may
    be in anything that leaves later, with `all_crossed` at every one. `least` is the least score of a step. `hops`
    bounds the number of links in a chain.
    """

    back: bool = False
    lots_only: bool = False
    since: int = -FAR
    until: int = FAR
    max_lag: int = FAR
    min_quantity: float = 0.0
    product: int = -1
    hops: int = 1000
    least: float = 0.0
    pay_window: int = 7 * DAY
    pairs: bool = False
    without: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    crossed: tuple[int, ...] = ()
    all_crossed: bool = False
