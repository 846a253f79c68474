"""A trace of money shows one party once, though each payment row names it anew."""

from __future__ import annotations

from graphkit.analyses.tracing.trace import TRACE
from tests.analyses.case import RowsCasefile
from tests.network.memory_store import link, statement


def test_names_in_payments_are_one_with_the_holder_of_the_same_name_and_account() -> None:
    statements = [
        *(statement(f"account:{i}", "Account", "number", str(i)) for i in (1, 2)),
        statement("person:7", "Person", "name", "甲"),
        *(statement(f"party:{file}:甲", "Party", "name", "甲") for file in "ab"),
        statement("party:a:乙", "Party", "name", "乙"),  # another name on the same account is somebody to ask about
    ]
    holders = ("person:7", "party:a:甲", "party:b:甲", "party:a:乙")
    rows = [
        link("PAID", "account:1", "account:2", "1", at="2024-01-01T08:00:00", amount=5.0),
        *(link("HOLDS", holder, "account:2") for holder in holders),
    ]
    found = TRACE.ask(RowsCasefile(statements, rows), id="account:1", direction="forward", follow=["money"])
    assert [row["id"] for row in found.rows] == ["account:2", "party:a:乙", "person:7"]
    assert any("2 entries are shown under the party of the same name" in note for note in found.notes)
