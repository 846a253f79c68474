"""Every command answers in the shape that the contract promises."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from graphkit.cli.commands import BY_NAME, COMMANDS
from tests.cli.running import Ran, graphkit

REFERENCE = re.compile(r"^[0-9a-f]{12}#.+:\d+$", re.DOTALL)
HEAD = ["command", "parameters", "store", "revision"]


def person(folder: Path) -> str:
    """The id of somebody who is in the sample."""
    rows = graphkit("search", "person:", "--kinds", "Person", "--format", "json", folder=folder).json["rows"]
    return str(rows[0]["id"])


def arguments(name: str, folder: Path) -> list[str]:
    """Arguments with which the command answers something on the sample."""
    if name in ("show", "links", "trace"):
        return [person(folder), *(["--direction", "forward"] if name == "trace" else [])]
    if name == "path":
        rows = graphkit("links", person(folder), "--all", "--format", "json", folder=folder).json["rows"]
        return [person(folder), rows[-1]["id"]]
    file = graphkit("files", "--format", "json", folder=folder).json["rows"][0]["file"]
    known = {
        "sample": ["again", "--size", "100"],
        "load": ["demo/records", "--dry-run"],
        "unload": [file],
        "evidence": [f"{file}#1:4"],
        "search": ["1"],
        "mapping": ["--schema"],
        "sql": ["SELECT 1 AS one"],
        "copy": ["other"],
        "demo": ["first", "--size", "100"],
        "view": ["page.html"],
        "export": ["network.json"],
        "verify": ["answer.json"],
        "what-if": ["--budget", "1", "--time-limit", "2"],
        "strike": ["--budget", "2", "--time-limit", "3"],
    }
    return known.get(name, [])


def ask(name: str, folder: Path, form: str) -> Ran:
    """The command's answer in this format."""
    if name == "evidence":
        found = graphkit("search", "1", "--format", "json", folder=folder).json["rows"][0]["evidence"]
        return graphkit(name, *found, "--format", form, folder=folder)
    if name == "verify":
        graphkit("files", "--format", "json", "--output", "answer.json", folder=folder)
    return graphkit(name, *arguments(name, folder), "--format", form, folder=folder)


ANSWERING = [command.name for command in COMMANDS if command.name not in ("cypher",)]


@pytest.mark.parametrize("name", ANSWERING)
def test_json_is_one_object_with_the_promised_keys(name: str, case: Path) -> None:
    ran = ask(name, case, "json")
    assert ran.status == 0, ran.err
    answer = ran.json
    assert list(answer)[:4] == HEAD
    assert answer["command"] == name
    assert all(list(column) == ["name", "type", "unit"] for column in answer["columns"])
    names = [column["name"] for column in answer["columns"]]
    if BY_NAME[name].keys and name != "mapping":
        assert {*names, "evidence"} >= set(BY_NAME[name].keys) >= set(names)
    assert isinstance(answer["notes"], list)
    if name != "query":
        assert answer["rows"]
    for row in answer["rows"]:
        assert set(row) <= {*names, "evidence"}
        assert all(REFERENCE.match(one) for one in row.get("evidence", []))


@pytest.mark.parametrize("name", ["search", "show", "links", "path", "evidence"])
def test_each_row_that_states_a_fact_names_the_rows_behind_it(name: str, loaded: Path) -> None:
    assert all(row["evidence"] for row in ask(name, loaded, "json").json["rows"])


READING = [name for name in ANSWERING if name not in ("demo", "sample", "load", "unload", "copy", "verify", "view")]


@pytest.mark.parametrize("name", READING)
def test_csv_has_a_line_for_each_row(name: str, loaded: Path) -> None:
    rows = ask(name, loaded, "json").json["rows"]
    listed = list(csv.reader(io.StringIO(ask(name, loaded, "csv").out)))
    assert len(listed) == len(rows) + 1


@pytest.mark.parametrize("name", [name for name in READING if name not in ("sql", "mapping", "query", "evidence")])
def test_a_table_has_titles_in_the_language(name: str, loaded: Path) -> None:
    for language in ("en", "zh"):
        titles = graphkit("--lang", language, name, *arguments(name, loaded), folder=loaded).out.splitlines()[0]
        assert bool(re.search(r"[\u4e00-\u9fff]", titles)) == (language == "zh"), titles


def test_both_places_for_the_options_of_every_command(loaded: Path) -> None:
    before = graphkit("--format", "json", "--store", "casebook", "files", folder=loaded)
    after = graphkit("files", "--format", "json", "--store", "casebook", folder=loaded)
    assert before.json == after.json
    assert graphkit("--format", "csv", "files", "--format", "json", folder=loaded).json["command"] == "files"


def test_json_keys_do_not_change_with_the_language(loaded: Path) -> None:
    assert (
        graphkit("--lang", "zh", "files", "--format", "json", folder=loaded).json
        == graphkit("--lang", "en", "files", "--format", "json", folder=loaded).json
    )
