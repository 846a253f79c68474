"""Each analysis is a command and a method of a casebook, with the same parameters and the same defaults."""

from __future__ import annotations

import inspect
import re

import click
import pytest

from graphkit import Casebook, queries
from graphkit.analyses import ANALYSES, INVESTIGATIONS, Analysis
from graphkit.cli.building import Program
from graphkit.cli.commands import BY_NAME, COMMANDS
from graphkit.cli.declared import Command
from graphkit.cli.help import COMMON

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ASKED_DIRECTLY = [one for one in ANALYSES if one not in INVESTIGATIONS]
analyses = pytest.mark.parametrize("analysis", ASKED_DIRECTLY, ids=lambda one: one.id)
commands = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)


@analyses
def test_a_method_with_the_same_parameters(analysis: Analysis) -> None:
    given = list(inspect.signature(getattr(Casebook, analysis.id)).parameters.values())[1:]
    assert [one.name for one in given] == [one.name for one in analysis.parameters]
    for one, parameter in zip(given, analysis.parameters, strict=True):
        if parameter.positional:
            assert one.default is inspect.Parameter.empty
        else:
            assert parameter.check(one.default) == parameter.check(parameter.default), one.name


@analyses
def test_a_command_with_the_same_parameters(analysis: Analysis) -> None:
    program = Program()
    made = program.get_command(click.Context(program), analysis.command)
    assert made is not None
    own = [one for one in made.params if one.name not in {common.name for common in COMMON}]
    assert {one.name for one in own} == {one.name for one in analysis.parameters}
    for parameter in analysis.parameters:
        option = next(one for one in own if one.name == parameter.name)
        assert isinstance(option, click.Argument) == parameter.positional
    assert BY_NAME[analysis.command].keys == tuple(column.name for column in analysis.columns)


def test_every_other_analysis_is_a_named_query() -> None:
    assert sorted(one.id for one in INVESTIGATIONS) == sorted(queries.names())
    for one in INVESTIGATIONS:
        row = next(row for row in queries.listed() if row["name"] == one.id)
        assert row["parameters"] == [parameter.name for parameter in one.parameters]


@commands
def test_no_parameter_hides_an_option_of_every_command(command: Command) -> None:
    assert not {one.name for one in command.parameters} & {one.name for one in COMMON}


@commands
def test_everything_is_told_in_both_languages(command: Command) -> None:
    told = [(command.en, command.zh), (command.help_en, command.help_zh)]
    told += [(one.en, one.zh) for one in command.parameters]
    for english, chinese in told:
        assert bool(english) == bool(chinese)
        assert not CHINESE.search(english)
        assert not chinese or CHINESE.search(chinese) or chinese == english


@commands
def test_the_example_calls_the_command(command: Command) -> None:
    assert command.example.startswith("graphkit ") and f" {command.name}" in command.example


def test_every_command_that_asks_a_casebook_is_a_method_too() -> None:
    others = {"sample", "mapping", "demo"}
    assert all(hasattr(Casebook, command.name.replace("-", "_")) for command in COMMANDS if command.name not in others)
