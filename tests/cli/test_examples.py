"""The example in each command's help runs, as a process of its own, after the first steps of the overview."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from graphkit.cli.commands import COMMANDS
from graphkit.cli.declared import Command
from graphkit.cli.help import FIRST_STEPS
from tests.cli.running import graphkit, process
from tests.neo4j_server import Neo4jServer

commands = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)


@commands
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_help_shows_it(command: Command, language: str, tmp_path: Path) -> None:
    ran = graphkit(command.name, "--help", "--lang", language, folder=tmp_path)
    assert ran.status == 0 and ran.err == ""
    assert ran.out.endswith(f"\n  {command.example}\n")
    assert (command.zh if language == "zh" else command.en).split()[0] in ran.out
    assert all(one.option in ran.out for one in command.options)
    assert ("通用选项" in ran.out) == (language == "zh")


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.name != "cypher"], ids=lambda one: one.name)
def test_it_runs(command: Command, case: Path) -> None:
    if command.name == "verify":
        assert process("files", "--format", "json", "--output", "answer.json", folder=case).status == 0
    ran = process(*shlex.split(command.example)[1:], folder=case)
    assert ran.status == 0, ran.err
    assert len(ran.out.splitlines()) > 2 or command.name == "view"


def test_the_first_steps_run(tmp_path: Path) -> None:
    for line, *_ in FIRST_STEPS[:-1]:
        ran = process(*shlex.split(line)[1:], folder=tmp_path)
        assert ran.status == 0, ran.err


def test_the_example_of_cypher_runs(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    example = next(one.example for one in COMMANDS if one.name == "cypher")
    line = example.replace("neo4j://localhost", neo4j_server.uri)
    signed = {"GRAPHKIT_USER": neo4j_server.user, "GRAPHKIT_PASSWORD": neo4j_server.password}
    (tmp_path / "calls.csv").write_text(
        "caller,callee,started_at,duration_s\n13800138000,13900139000,2024-01-24,60\n", "utf-8"
    )
    loaded = process("--store", neo4j_server.uri, "load", "calls.csv", folder=tmp_path, environment=signed)
    assert loaded.status == 0, loaded.err
    ran = process(*shlex.split(line)[1:], folder=tmp_path, environment=signed)
    assert ran.status == 0, ran.err
