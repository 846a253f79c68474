"""Cycles and fans against a search of every possibility; the patterns question as an investigator asks it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from itertools import combinations, permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkit
from graphkit.analyses.investigations.pass_through_accounts import PASS_THROUGH_ACCOUNTS
from graphkit.analyses.investigations.patterns import PATTERNS, PATTERNS_OF_MONEY
from graphkit.errors import RequestError
from graphkit.model.answer import Answer
from graphkit.tracing.patterns.cycles import Wanted, cycles
from graphkit.tracing.patterns.fans import busiest, fans
from graphkit.tracing.patterns.transfers import Transfers
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement

SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample data is not here")
AMLSIM_MAPPING = """\
tables:
  - kind: payment
    columns:
      payment_id: TX_ID
      payer_account: SENDER_ACCOUNT_ID
      payee_account: RECEIVER_ACCOUNT_ID
      amount: TX_AMOUNT
      paid_at: TIMESTAMP
    constants: {currency: USD}
    counted_from: {paid_at: 2017-01-01}
"""

Arc = tuple[int, int, int, int, int]  # payer, payee, earliest, latest, cents
ARC = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 12), st.integers(0, 3), st.integers(1, 10)).map(
    lambda arc: (arc[0], arc[1], arc[2], arc[2] + arc[3], arc[4])
)
ARCS = st.lists(ARC.filter(lambda arc: arc[0] != arc[1]), max_size=11)


def transfers_of(arcs: Iterable[Arc]) -> Transfers:
    """Arcs between the purses 0 to 4, in the order that Transfers has."""
    ordered = sorted(arcs, key=lambda arc: (arc[0], arc[2]))
    columns = np.array(ordered, np.int64).reshape(-1, 5).T
    return Transfers(np.arange(5), *columns, np.arange(len(ordered)), np.arange(len(ordered)), 0)


def every_cycle(transfers: Transfers, wanted: Wanted) -> set[tuple[int, ...]]:
    """The cycles as sorted arcs, by trying every order of every few arcs and every moment."""
    found = set()
    for size in range(2, wanted.hops + 1):
        for arcs in combinations(range(len(transfers)), size):
            cents = transfers.cents[list(arcs)]
            if cents.min() >= wanted.share * cents.max() and any(
                _goes_round(transfers, way) and _in_time(transfers, way, wanted) for way in permutations(arcs)
            ):
                found.add(arcs)
    return found


def _goes_round(transfers: Transfers, way: tuple[int, ...]) -> bool:
    tails, heads = [int(transfers.tail[arc]) for arc in way], [int(transfers.head[arc]) for arc in way]
    return heads == [*tails[1:], tails[0]] and len(set(tails)) == len(way)


def _in_time(transfers: Transfers, way: tuple[int, ...], wanted: Wanted) -> bool:
    """Whether some choice of moments is in order (or in any, where that is asked) and within the window."""
    moments = [range(int(transfers.earliest[arc]), int(transfers.latest[arc]) + 1) for arc in way]
    return any(
        max(chosen) - min(chosen) <= wanted.window and (wanted.any_order or list(chosen) == sorted(chosen))
        for chosen in product(*moments)
    )


@settings(deadline=None, max_examples=150)
@given(ARCS, st.integers(0, 8), st.integers(2, 4), st.sampled_from((0.0, 0.5, 1.0)), st.booleans())
def test_cycles_are_those_that_trying_everything_finds(
    arcs: list[Arc], window: int, hops: int, share: float, any_order: bool
) -> None:
    transfers = transfers_of(arcs)
    wanted = Wanted(window, hops, share, any_order)
    found = cycles(transfers, wanted)
    assert not found.cut
    assert {tuple(sorted(way)) for way in found.arcs} == every_cycle(transfers, wanted)
    assert len(found.arcs) == len({tuple(sorted(way)) for way in found.arcs})
    assert all(_goes_round(transfers, way) and _in_time(transfers, way, wanted) for way in found.arcs)


@settings(deadline=None, max_examples=150)
@given(ARCS, st.integers(0, 8), st.integers(2, 4), st.booleans())
def test_fans_are_those_that_trying_every_window_finds(arcs: list[Arc], window: int, least: int, inward: bool) -> None:
    transfers = transfers_of(arcs)
    hub, other = (transfers.head, transfers.tail) if inward else (transfers.tail, transfers.head)
    expected: list[tuple[int, set[int], int]] = []
    for purse in range(5):
        before: set[int] = set()
        for begin in np.arange(-10, 18, 0.5):
            inside = {
                arc
                for arc in np.flatnonzero(hub == purse).tolist()
                if transfers.earliest[arc] <= begin + window and transfers.latest[arc] >= begin
            }
            parties = len({int(other[arc]) for arc in inside})
            if parties < least:
                before = set()
            elif before:
                expected[-1] = (purse, expected[-1][1] | inside, max(expected[-1][2], parties))
                before = inside
            else:
                expected.append((purse, inside, parties))
                before = inside
    found = [(fan.purse, set(fan.arcs.tolist()), fan.peak) for fan in fans(transfers, window, least, inward)]
    assert found == expected


@settings(deadline=None, max_examples=150)
@given(ARCS, st.integers(0, 8), st.integers(1, 4), st.booleans(), st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_the_busiest_window_is_that_which_trying_every_window_finds(
    arcs: list[Arc], window: int, least: int, inward: bool, party: list[int]
) -> None:
    """Several accounts may count as one."""
    transfers = transfers_of(arcs)
    hub, other = (transfers.head, transfers.tail) if inward else (transfers.tail, transfers.head)
    expected = []
    for purse in range(5):
        mine, best = np.flatnonzero(hub == purse).tolist(), (0, 0, 0, set[int]())
        for begin in sorted({int(transfers.latest[arc]) for arc in mine}):
            inside = {
                arc for arc in mine if transfers.earliest[arc] <= begin + window and transfers.latest[arc] >= begin
            }
            parties = len({party[int(other[arc])] for arc in inside})
            best = max(
                best, (parties, int(transfers.cents[list(inside)].sum()), -begin, inside), key=lambda one: one[:3]
            )
        if best[0] >= least:
            expected.append((purse, best[3], best[0]))
    found = busiest(transfers, window, least, inward, np.array(party))
    assert [(fan.purse, set(fan.arcs.tolist()), fan.peak) for fan in found] == expected


def test_a_search_that_grows_beyond_measure_is_given_up_and_says_so() -> None:
    """Every account pays every other every day: more cycles than anyone can list."""
    arcs = [(a, b, day, day, 1) for a in range(5) for b in range(5) if a != b for day in range(6)]
    every = cycles(transfers_of(arcs), Wanted(6, 5, 0.0))
    some = cycles(transfers_of(arcs), Wanted(6, 5, 0.0, work=5000))
    assert some.cut and not every.cut and set(some.arcs) < set(every.arcs)


def paid(payer: str, payee: str, number: int, at: str, amount: float) -> object:
    return link("PAID", f"account:{payer}", f"account:{payee}", f"{number:03}", at=at, amount=amount, currency="CNY")


def asked(**given: object) -> Answer:
    """On a case with one of each pattern."""
    links = [
        *(paid(f"P{i}", "HUB", i, f"2024-03-01T{8 + i:02}:00:00", 1000.0 + i) for i in range(5)),
        paid("P9", "HUB", 9, "2024-05-01T08:00:00", 7.0),
        *(paid("SPREAD", f"Q{i}", 20 + i, f"2024-04-0{1 + i // 3}T08:00:00", 50.0) for i in range(4)),
        paid("A", "B", 40, "2024-06-01T08:00:00", 1000.0),
        paid("B", "C", 41, "2024-06-01T20:00:00", 950.0),
        paid("C", "A", 42, "2024-06-02T08:00:00", 900.0),
        paid("C", "A", 43, "2024-05-29T08:00:00", 900.0),
        *(paid(*ends, 50 + i, f"2024-07-0{3 - i}T08:00:00", 10.0) for i, ends in enumerate(("XY", "YZ", "ZX"))),
    ]
    names = sorted({end for each in links for end in (each.source, each.target)})  # type: ignore[attr-defined]
    stated = [statement(name, "Account", "number", name.partition(":")[2]) for name in names]
    return PATTERNS_OF_MONEY.ask(RowsCasefile(stated, links), **given)  # type: ignore[arg-type]


def test_each_pattern_is_found_with_its_payments_and_rows() -> None:
    rows = asked().rows
    assert [row["pattern"] for row in rows] == [name for name in PATTERNS for row in rows if row["pattern"] == name]
    gathered = next(row for row in rows if row["pattern"] == "fan-in")
    assert (gathered["id"], gathered["payments"], gathered["amount"]) == ("account:HUB", 5, 5010.0)
    assert gathered["accounts"] == [f"account:P{i}" for i in range(5)] and len(gathered["evidence"]) == 5
    spread = next(row for row in rows if row["pattern"] == "fan-out")
    assert (spread["id"], spread["payments"], spread["earliest"]) == ("account:SPREAD", 4, "2024-04-01T08:00:00")
    [ring] = [row for row in rows if row["pattern"] == "cycle"]
    assert ring["accounts"] == ["account:A", "account:B", "account:C"]
    assert ring["links"] == ["PAID:040", "PAID:041", "PAID:042"] and (ring["amount"], ring["share"]) == (900.0, 0.9)


def test_parameters_bound_the_patterns() -> None:
    def found(**given: object) -> list[str]:
        return [row["id"].removeprefix("account:") for row in asked(**given).rows]

    assert found(pattern="fan-in", count=6) == []
    assert found(pattern="fan_out", hours=23) == [] and found(pattern="fan-out", hours=24) == ["SPREAD"]
    assert found(pattern="cycle", hours=23) == [] and found(pattern="cycle", hours=24) == ["A"]
    assert found(pattern="cycle", share=0.91) == [] and found(pattern="cycle", hops=2) == []
    assert found(pattern="cycle", hours=48) == ["A"]  # Z paid X before Y had the money
    assert found(pattern="cycle", hours=48, any_order=True) == ["A", "Z"]
    # C paid A once before and once after: two rounds through the same accounts are one row.
    assert [row["payments"] for row in asked(pattern="cycle", hours=100).rows] == [4]


def test_passing_on_is_what_the_query_of_that_name_finds() -> None:
    links = [
        paid("A", "B", 1, "2024-06-01T08:00:00", 1000.0),
        paid("B", "C", 2, "2024-06-01T20:00:00", 950.0),
        paid("A", "D", 3, "2024-06-01T08:00:00", 100.0),
        paid("D", "C", 4, "2024-06-01T20:00:00", 50.0),
    ]
    stated = [statement(f"account:{name}", "Account", "number", name) for name in "ABCD"]
    casefile = RowsCasefile(stated, links)  # type: ignore[arg-type]
    for hours, share in ((48, 0.8), (48, 0.4), (1, 0)):
        query = PASS_THROUGH_ACCOUNTS.ask(casefile, hours=hours, share=share).rows
        rows = PATTERNS_OF_MONEY.ask(casefile, pattern="pass-through", hours=hours, share=share).rows
        assert [(r["id"], r["passed"], r["share"], r["evidence"]) for r in query] == [
            (r["id"], r["amount"], r["share"], r["evidence"]) for r in rows
        ]


def test_an_unknown_pattern_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="Did you mean fan-in") as refused:
        asked(pattern="fanin")
    assert "fan-in" in refused.value.chinese


def test_nothing_to_find_is_an_empty_answer() -> None:
    empty = RowsCasefile([statement("person:1", "Person", "name", "李伟")], [])
    assert PATTERNS_OF_MONEY.ask(empty).rows == []
    assert "…" not in "".join(asked(limit=1, pattern="fan-in").notes)


@needs_shared
def test_every_alert_of_amlsim_that_is_a_cycle_or_fan_in_is_found(tmp_path: Path) -> None:
    """Ten of the 391 alerts are neither: a payment of theirs is missing, most at the end of the simulated time."""
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(AMLSIM_MAPPING, encoding="utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(SHARED / "amlsim" / "alerts.csv", mapping=mapping)
    answer = casebook.patterns(["cycle", "fan-in"], hours=264, count=2, any_order=True, limit=10_000)
    with (SHARED / "amlsim" / "alerts.csv").open(encoding="utf-8") as file:
        rows = {number: (row["ALERT_ID"], row["ALERT_TYPE"]) for number, row in enumerate(csv.DictReader(file), 2)}
    found = {"cycle": (183, 1.0), "fan_in": (198, 0.94)}
    for kind, (count, precision) in found.items():
        alerts: dict[str, set[int]] = {}
        for number, (alert, told) in rows.items():
            if told == kind:
                alerts.setdefault(alert, set()).add(number)
        patterns = [
            {int(one.rpartition(":")[2]) for one in row["evidence"]}
            for row in answer.rows
            if row["pattern"] == kind.replace("_", "-")
        ]
        assert sum(any(alert <= pattern for pattern in patterns) for alert in alerts.values()) == count
        right = sum(any(alert <= pattern for alert in alerts.values()) for pattern in patterns)
        assert right >= precision * len(patterns)


def test_what_was_looked_for_and_not_found_is_said() -> None:
    accounts = [statement(f"account:{i}", "Account", "number", str(i)) for i in (1, 2)]
    paid = link("PAID", "account:1", "account:2", "1", at="2024-01-01T08:00:00", amount=5.0)
    notes = PATTERNS_OF_MONEY.ask(RowsCasefile(accounts, [paid]), pattern=["cycle", "fan-in"]).notes
    assert any("None found in 1 payments: cycle, fan-in" in note or "fan-in, cycle" in note for note in notes)
    assert any("no payments" in note for note in PATTERNS_OF_MONEY.ask(RowsCasefile(accounts, [])).notes)


def test_of_rounds_that_are_too_uneven_the_share_that_finds_them_is_said() -> None:
    assert any("with --share 0.9 a cycle is found" in note for note in asked(pattern="cycle", share=0.95).notes)
    note = next(note for note in asked(pattern="cycle", share=0.95).notes if note.startswith("None found"))
    assert "--share" in note and "--count" not in note
    assert [row["id"] for row in asked(pattern="cycle", share=0.9).rows] == ["account:A"]
    assert not any("--share" in note for note in asked(pattern="fan-in", count=9).notes)
    assert not any("does go round" in note for note in asked(pattern="cycle", share=0.95, hops=2).notes)


def statement_of(tmp_path: Path, *lines: str) -> graphkit.Casebook:
    header = "流水号,交易时间,本方账号,本方户名,借贷标志,交易金额,对方账号,对方户名,摘要"
    path = tmp_path / "bank.csv"
    path.write_text("\n".join((header, *lines)), encoding="utf-8")
    casebook = graphkit.open(tmp_path / "book")
    casebook.load(path)
    return casebook


OWN = "6217000010001112223,赵一"


def test_cash_and_fees_are_no_accounts_that_somebody_pays(tmp_path: Path) -> None:
    """Six lines go out on one day, to two accounts, and to one who is named twice: three."""
    casebook = statement_of(
        tmp_path,
        *(
            f"{i},2026-01-02 0{i}:00:00,{OWN},借,500,,{name},{name}"
            for i, name in enumerate(("ATM取现", "手续费", "现金"))
        ),
        *(f"{i},2026-01-02 0{i}:00:00,{OWN},借,100,622202020011223344{i},," for i in (3, 4)),
        *(f"{i},2026-01-02 0{i}:00:00,{OWN},借,100,,钱二,转账" for i in (5, 6)),
    )
    assert casebook.patterns(["fan-out"], count=4).rows == [] and casebook.query("fan_accounts", count=4).rows == []
    (fan,) = casebook.query("fan_accounts", count=3).rows
    assert (fan["accounts"], fan["payments"], fan["amount"]) == (3, 4, 400.0)
    answer = casebook.patterns(["fan-out"], count=3)
    assert [(row["payments"], row["amount"]) for row in answer.rows] == [(4, 400.0)]
    assert any("(cash, fees): 3 payments" in note for note in answer.notes)


def test_the_figures_of_a_fan_are_those_of_one_window(tmp_path: Path) -> None:
    """Of two busy times the row tells the one of more accounts, and nothing of the other."""
    casebook = statement_of(
        tmp_path,
        *(f"{i},2026-01-0{1 + i // 3} 08:00:00,{OWN},借,100,622202020011223344{i},," for i in range(4)),
        *(f"{10 + i},2026-03-01 0{i}:00:00,{OWN},借,900,622202020011223355{i},," for i in range(3)),
    )
    (fan,) = casebook.query("fan_accounts", count=3).rows
    assert (fan["accounts"], fan["payments"], fan["amount"]) == (4, 4, 400.0)
