"""The figures of balances over all holders: what is with them, what is unexplained, what was made of what."""

from __future__ import annotations

from collections.abc import Iterator

from graphkit.analyses.goods.balancing import NONE, Balance, by_product, plus
from graphkit.analyses.goods.lines import MOVES, Line
from graphkit.analyses.goods.loose import may_have_more
from graphkit.analyses.goods.scopes import INSIDE, UNKNOWN
from graphkit.analyses.goods.stocks import Range


def sum_up(found: list[Balance], recipes: dict[str, list[Line]]) -> None:
    """Sets what is held, counted and unexplained of each balance, its yield, and what left before it was made.

    `recipes` gives what each transformation used and produced.
    """
    for alike in by_product(found).values():
        for each in alike:
            _sum_up(each, alike)
            made = list(each.of_lines("produced"))
            each.gain = _yield(each, made, recipes)
            each.gained = [one[0] for one in made if (_yield(each, _with(one[0], made), recipes) or 0.0) > 1.0]
            each.early = _before_made(each)


def _sum_up(found: Balance, alike: list[Balance]) -> None:
    """Figures over all holders: what came in and was not found is with known holders, as far as rows tell, or gone."""
    lacked, gone, held, relieved, accounted, passed, sooner = NONE, NONE, NONE, 0.0, 0.0, 0.0, 0.0
    otherwise = {owner: _gone_otherwise(found, owner, alike) for owner in found.holdings}
    for owner, holding in found.holdings.items():
        went = otherwise[owner]
        found.counted = plus(found.counted, holding.counted)
        gone = plus(gone, holding.gone)
        accounted += min(holding.gone[0], went)
        passed += min(holding.gone[1], went)
        if owner == UNKNOWN:
            gone = plus(gone, holding.held)
        else:
            held = plus(held, (max(0.0, holding.held[0] - went), holding.held[1]))
        if owner not in found.makers:
            lacked = plus(lacked, holding.lacked)
            sooner += holding.lacked[0] if owner in found.sooner else 0.0
            relieved += min(found.lacked.get(owner, 0.0), holding.lacked[0])
    twice = _given_by_makers_of_one_name(found)
    into, out, still = 0.0, 0.0, gone[0] - accounted
    if found.told:  # what holders had among themselves without a batch explains nothing of the whole
        into, out = _across(found, alike)
        accounted = min(accounted, out)
    found.more = may_have_more(found, alike)  # of what others passed on without a batch, or what came in so
    more = sum(found.more.values())
    # What one lacked another, who has some left, can have given unseen: it is with him no more, and is not unexplained.
    found.held = max(0.0, held[0] - lacked[1] - twice), held[1] + min(more, passed + into)
    covered = max(0.0, lacked[0] - sooner - into) if found.told else relieved
    least = max(0.0, gone[0] - accounted + held[0] - twice)  # only what somebody lacked brings it below zero
    found.unexplained = least - lacked[1], gone[1] + held[1] + min(more, into) - covered
    if not found.aside and (found.told or len(alike) == 1):
        _add_up(found, (still, gone[1]), lacked[1], (into, out))
    found.with_whom = dict(_with_whom(found, alike, otherwise))


def _with_whom(found: Balance, alike: list[Balance], otherwise: dict[str, float]) -> Iterator[tuple[str, Range]]:
    """What each known holder has: at the least without what he gave on with no batch, so much being gone `otherwise`,
    and what others lacked and he can have given them unseen; at the most with what came to him with no batch.
    """
    others = [one for one in alike if one.told != found.told]
    short = {owner: _short(found, owner, others) for owner in found.holdings if owner not in found.makers}
    lacked = sum(short[owner] for owner in sorted(short))
    for owner in sorted((found.holdings.keys() | found.more.keys()) - {INSIDE, UNKNOWN}):
        low, high = found.holdings[owner].held if owner in found.holdings else NONE
        low = max(0.0, low - otherwise.get(owner, 0.0) - (lacked - short.get(owner, 0.0)))
        yield owner, (low, max(low, min(high + found.more.get(owner, 0.0), found.held[1])))


def _short(found: Balance, owner: str, others: list[Balance]) -> float:
    """The most that a holder lacked and that none of his `others`, goods told otherwise, can have covered."""
    stocks = [(one, one.stocks[owner]) for one in others if owner in one.stocks]
    came = sum(found.of_other(one, high) for one, stock in stocks for _, _, high in stock.came)
    return max(found.lacked.get(owner, 0.0), found.holdings[owner].lacked[1] - came)


def _add_up(found: Balance, gone: Range, lacked: float, loose: Range) -> None:
    """What is not found again is what came in less what went out, whatever holders gave to one another: a movement that
    may be another's told twice either left one and came to another, or did neither. Of goods of no batch `loose` are
    the most that came in, and that went out; of what was gone the least takes off what may have left so.
    """
    came = plus(found.figures["in"], found.figures["produced"])
    went = found.counted
    for name in ("out", "seized", "sampled"):
        went = plus(went, found.figures[name])
    least, most = came[0] - went[1] - loose[1], came[1] - went[0] + loose[0]
    low = max(found.unexplained[0], least)
    found.unexplained = low, max(low, min(found.unexplained[1], most))
    low = max(found.held[0], least - gone[1])
    found.held = low, max(low, min(found.held[1], most + lacked - gone[0]))


def _given_by_makers_of_one_name(found: Balance) -> float:
    """Sets what came in from makers. Several may be one party written in several ways, who had the goods of one
    another: one at least gave its own. Returns how much the others gave, which then counts twice.

    What others gave sooner than any came to them may have come in as well, or its date is mistaken.
    """
    if not found.makers:
        return 0.0
    given = [found.holdings[owner].lacked for owner in sorted(found.makers)]
    least, every = max(low for low, _ in given), sum(low for low, _ in given)
    unseen = sum(found.holdings[owner].lacked[1] for owner in sorted(found.sooner))
    found.figures["in"] = least, sum(high for _, high in given) + unseen
    return every - least


def _gone_otherwise(found: Balance, owner: str, alike: list[Balance]) -> float:
    """How much of what is left with a holder his other goods may account for, as rows tell no batch."""
    went = 0.0
    for one in alike:
        if one.told == found.told or owner not in one.stocks:
            continue
        if found.told:  # goods of no batch
            found.loose += [line for line, _, _ in (*one.stocks[owner].came, *one.stocks[owner].went)]
            found.aside += [line for line in one.stocks[owner].aside if line not in found.aside]
            went += sum(found.of_other(one, high) for _, _, high in one.stocks[owner].went)
        else:
            went += found.of_other(one, one.holdings[owner].lacked[1])
    return went


def _across(found: Balance, alike: list[Balance]) -> tuple[float, float]:
    """How much came in and went out, at the most, over the bounds of what is looked at, of goods of no batch."""
    into = out = 0.0
    for one in alike:
        if not one.told:
            came = one.figures["in"][1] + one.figures["produced"][1]
            came += 0.0 if one.figures["in"][1] else sum(one.holdings[owner].lacked[1] for owner in sorted(one.makers))
            into += found.of_other(one, came)
            out += found.of_other(one, sum(one.figures[name][1] for name in ("out", "seized", "sampled")))
    return into, out


def _with(line: Line, made: list[tuple[Line, Range]]) -> list[tuple[Line, Range]]:
    """All that the same transformation made."""
    return [each for each in made if each[0].transformation == line.transformation]


def _yield(found: Balance, made: list[tuple[Line, Range]], recipes: dict[str, list[Line]]) -> float | None:
    """What was made over all that went in; None where a unit does not convert or something else was made with it."""
    told = [line for name in sorted({line.transformation for line, _ in made}) for line in recipes.get(name, ())]
    if any(line.kind == "produced" and line.goods != found.goods for line in told):
        return None
    went = [found.amount(line) for line in told if line.kind == "used"]
    known = [low for low, _ in (each for each in went if each is not None)]
    whole = len(known) == len(went) and sum(known) > 0
    return round(sum(low for _, (low, _) in made) / sum(known), 6) if whole else None


def _before_made(found: Balance) -> list[Line]:
    """Moves that had left before the first of these goods was made."""
    made = [line.earliest for line in found.lines if line.kind == "produced"]
    first = min((each for each in made if each), default=None)
    if first is None or None in made:
        return []
    return [line for line in found.lines if line.kind in MOVES and line.latest is not None and line.latest < first]
