"""What is said beside a balance: certificates, ranges, and the rows that do not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphkit.analyses.chains import merged
from graphkit.analyses.documents import doubtful_note, two_times_note
from graphkit.analyses.goods.balance import FIGURE_TITLES, day_of
from graphkit.analyses.goods.balancing import Balance
from graphkit.analyses.goods.lines import Line
from graphkit.model.answer import Row
from graphkit.model.language import say
from graphkit.model.units import called

_NAMED = 10


def notes(shown: list[Balance]) -> Iterator[str]:
    """The notes on these balances."""
    yield from _certificates(shown)
    yield from _negative(shown)
    yield from _making(shown)
    yield from _told_twice(shown)
    yield from _uncertain(shown)
    yield from _left_out(shown)


def _certificates(shown: list[Balance]) -> Iterator[str]:
    """In words: by this day so much had gone that never came."""
    for each in [each for each in shown if each.missing][:_NAMED]:
        assert each.missing is not None
        short, day = each.missing, day_of(each.missing.by)
        came, went, lack = (_plain(value) for value in (short.received, short.sent, short.amount))
        unit = called(each.unit)
        yield say(
            f"{each.goods}: by {day or 'a day unknown'} {went} {unit} had gone out, at most {came} had come in; "
            f"at least {lack} must have entered by then unseen. When it entered, and from whom, the rows do not tell.",
            f"{each.goods}：截至 {day or '日期不明'} 已流出 {went} {unit}，流入至多 {came}；至少 {lack} "
            "在此之前未经记录流入。何时流入、来自何人，记录未能说明。",
        )


def _negative(shown: list[Balance]) -> Iterator[str]:
    """Rows by which goods left before they came, or before any were made, with whomever that was."""
    if beyond := _rows(line for each in shown for line in each.beyond):
        yield say(
            f"Left when nothing that came in by then could cover it (stock below zero): {beyond}.",
            f"流出时此前流入已不足（库存为负）：{beyond}。",
        )
    below = [each for each in shown if each.unexplained[0] < 0]
    if covered := _rows(line for each in below for line in each.covered):
        yield say(
            f"Left or counted without a batch when no goods without one were there, so that what is unexplained can be "
            f"negative: they were of the holder's batches, or came in unseen: {covered}.",
            f"未写批号的货物流出或盘点时，已无其他未写批号的货物，不明数量因而可能为负：应属持有者某一批号，或另有未记录的流入："
            f"{covered}。",
        )
    if early := _rows(line for each in shown for line in each.early):
        yield say(f"Left before any was made: {early}.", f"早于首次产出即已售出：{early}。")


def _making(shown: list[Balance]) -> Iterator[str]:
    """Goods of which more was made than went into them, and batches that were made at several places."""
    made = {each.goods: [line for line in each.lines if line.kind == "produced"] for each in shown}
    if more := _rows(line for each in shown for line in each.gained):
        yield say(f"More came out than went in: {more}.", f"产出多于投入：{more}。")
    several = [each for each in shown if each.told and len({line.taker for line in made[each.goods]}) > 1]
    if told := _rows(line for each in several for line in made[each.goods]):
        yield say(f"One batch made at several places: {told}.", f"同一批号在多处产出：{told}。")


def _told_twice(shown: list[Balance]) -> Iterator[str]:
    matched = {line.link: line for each in shown for line in each.lines if line.with_}
    if matched:
        told = _some([" = ".join((name, *line.with_)) for name, line in sorted(matched.items())])
        yield say(f"One movement told several times, counted once: {told}.", f"同一笔流转的多处记载只计一次：{told}。")


def _uncertain(shown: list[Balance]) -> Iterator[str]:
    lines = {line.link: line for each in shown for line in each.lines}
    twice = [(line.retold, line) for _, line in sorted(lines.items()) if line.retold]
    yield from two_times_note((_row(one), _row(other)) for one, other in twice)
    yield from doubtful_note(_row(line) for _, line in sorted(lines.items()) if line.doubtful and not line.retold)
    if loose := sorted({line.link for each in shown for line in each.loose}):
        told = _some(loose)
        yield say(
            f"May be of any batch, as no batch is told; taken into account in what is unexplained: {told}.",
            f"未写批号，可能属任一批号，计算不明数量时已考虑：{told}。",
        )
    ranges = [f"{say(*FIGURE_TITLES[name])} {each.goods}: {_plain(low)} – {_plain(high)} {called(each.unit)}"
              for each in shown
              for name, (low, high) in {**each.figures, "stock": each.counted, "held": each.held}.items()
              if round(low, 6) != round(high, 6)]  # fmt: skip
    if ranges:
        told = _some(ranges)
        yield say(f"The figures give the least where it is not certain: {told}.", f"不确定的数字所列为最少者：{told}。")


def _left_out(shown: list[Balance]) -> Iterator[str]:
    aside = [f"{line.link} ({f'{_plain(line.low)} {called(line.unit)}'.strip()}: {', '.join(line.evidence)})"
             for each in shown for line in each.aside]  # fmt: skip
    if aside:
        told = "; ".join(aside)
        yield say(
            f"Not in the figures, their quantity being missing, not above zero or in a unit that does not convert: "
            f"{told}.",
            f"因数量缺失、不大于零或单位无法换算而未计入：{told}。",
        )


def told_whole(shown: list[Balance]) -> dict[str, list[Row]]:
    """`counted_once`: links that tell of one movement; `may_be_one`: links that may, a single one where another row
    tells of it under another name; `uncounted`: links of no amount that counts. Each with its rows.
    """
    every = {line.link: line for each in shown for line in each.lines}
    lines = [every[link] for link in sorted(every)]
    aside = {line.link: line for each in shown for line in each.aside}
    return {
        "counted_once": [_whole([line.link, *line.with_], line) for line in lines if line.with_],
        "may_be_one": [
            _whole([line.retold.link, line.link], line.retold, line) if line.retold else _whole([line.link], line)
            for line in lines if line.doubtful
        ],
        "uncounted": [_whole([link], aside[link]) for link in sorted(aside)],
    }  # fmt: skip


def _whole(links: list[str], *lines: Line) -> Row:
    return {"links": links, "evidence": merged(line.evidence for line in lines)}


def owners_note(same: list[list[str]]) -> Iterator[str]:
    """Which parties were taken as one holder, in groups."""
    if same:
        named = _some([" = ".join(group) for group in same])
        yield say(
            f"Taken as one owner, for their names, phones or places are the same: {named}.",
            f"因名称、电话或场所相同而视为同一主体：{named}。",
        )


def _rows(lines: Iterable[Line]) -> str:
    told = [f"{line.link} ({line.latest}: {', '.join(line.evidence)})" for line in lines]
    return _some(list(dict.fromkeys(told)))


def _row(line: Line) -> str:
    return f"{line.link} ({', '.join(line.evidence)})"


def _some(listed: list[str]) -> str:
    more = f" (+{len(listed) - _NAMED})" if len(listed) > _NAMED else ""
    return "; ".join(listed[:_NAMED]) + more


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{round(value, 6):,.10g}"
