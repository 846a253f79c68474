"""A saved answer is checked against its sources and against the question asked again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.running import Ran, graphkit


def save(folder: Path, *arguments: str) -> dict[str, Any]:
    """Save an answer as answer.json."""
    ran = graphkit(*arguments, "--format", "json", "--output", "answer.json", folder=folder)
    assert ran.status == 0, ran.err
    return dict(json.loads((folder / "answer.json").read_text(encoding="utf-8")))


def verify(folder: Path) -> Ran:
    """Verify it."""
    return graphkit("verify", "answer.json", "--format", "json", folder=folder)


def differing(ran: Ran) -> list[str]:
    """The checks that failed."""
    return [row["check"] for row in ran.json["rows"] if row["expected"] != row["found"]]


def test_answers_that_stand(case: Path) -> None:
    reference = save(case, "search", "1")["rows"][0]["evidence"][0]
    for arguments in (["search", "1"], ["stats"], ["evidence", reference], ["sql", "SELECT $n AS n", "--param", "n=1"]):
        saved = save(case, *arguments)
        ran = verify(case)
        assert ran.status == 0 and differing(ran) == [] and ran.json["verified"] is True
        files = {ref[:12] for row in saved["rows"] for ref in row.get("evidence", ())}
        assert {f"file {file}" for file in files} <= {row["check"] for row in ran.json["rows"]}


def test_a_row_that_was_changed(case: Path) -> None:
    saved = save(case, "search", "1")
    saved["rows"][2]["name"] = "somebody else"
    (case / "answer.json").write_text(json.dumps(saved), encoding="utf-8")
    ran = verify(case)
    assert ran.status == 1 and differing(ran) == ["row 3: name"] and ran.json["verified"] is False


def test_a_row_that_was_dropped(case: Path) -> None:
    saved = save(case, "search", "1")
    saved["rows"].pop()
    (case / "answer.json").write_text(json.dumps(saved), encoding="utf-8")
    assert verify(case).status == 1 and "rows" in differing(verify(case))


def test_a_source_that_was_changed(case: Path) -> None:
    reference = save(case, "search", "1")["rows"][0]["evidence"][0]
    content = next(path for path in (case / "casebook" / "files").iterdir() if path.name.startswith(reference[:12]))
    content.write_bytes(content.read_bytes() + b"\n")
    ran = verify(case)
    assert ran.status == 1 and differing(ran) == [f"file {reference[:12]}"]


def test_a_source_that_was_taken_back(case: Path) -> None:
    reference = save(case, "search", "1")["rows"][0]["evidence"][0]
    graphkit("unload", reference[:12], folder=case)
    ran = verify(case)
    assert ran.status == 1
    assert {"check": f"file {reference[:12]}", "expected": f"{reference[:12]}…", "found": "not loaded"} in ran.json[
        "rows"
    ]


def test_a_revision_that_moved_on_is_shown_and_does_not_count(case: Path) -> None:
    save(case, "sql", "SELECT 1 AS one")
    graphkit("unload", "河南省公安厅/关系.csv", folder=case)
    ran = verify(case)
    assert ran.status == 0 and differing(ran) == ["revision"]


def test_what_is_no_answer(case: Path) -> None:
    for text in ("", "{", "[]", '{"command": "search"}', '{"command": "search", "parameters": {}, "rows": [1]}'):
        (case / "answer.json").write_text(text, encoding="utf-8")
        ran = verify(case)
        assert ran.status == 1 and ran.err.count("\n") == 1 and "answer.json" in ran.err


def test_what_changes_a_casebook_is_never_run_again(case: Path) -> None:
    for command in ("unload", "load", "sample", "copy", "verify"):
        saved = {"command": command, "parameters": {"file": "x"}, "rows": []}
        (case / "answer.json").write_text(json.dumps(saved), encoding="utf-8")
        ran = verify(case)
        assert ran.status == 1 and command in ran.err
