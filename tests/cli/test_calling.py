"""Calling it wrongly, in both languages: exit status, one line, the nearest that was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import graphkit, process

WRONG = [
    (("serch", "x"), "search"),
    (("search",), "TEXT"),
    (("search", "a", "b"), "b"),
    (("search", "a", "--limt", "3"), "--limit"),
    (("search", "a", "--limit"), "--limit"),
    (("search", "a", "--limit", "many"), "many"),
    (("search", "a", "--format", "yaml"), "json"),
    (("load", "x", "--strict=3"), "--strict"),
    (("--lang", "fr", "files"), "zh"),
    (("--stor", "x", "files"), "--store"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG)
def test_wrong_usage_is_one_line_and_status_2(arguments: tuple[str, ...], named: str, tmp_path: Path) -> None:
    ran = graphkit(*arguments, folder=tmp_path)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ") and ran.err.count("\n") == 1
    assert named in ran.err and "--help" in ran.err


@pytest.mark.parametrize(("arguments", "named"), [one for one in WRONG if "fr" not in one[0]])
def test_wrong_usage_in_chinese(arguments: tuple[str, ...], named: str, tmp_path: Path) -> None:
    ran = graphkit(*arguments, folder=tmp_path, LC_ALL="zh_CN.UTF-8")
    assert ran.status == 2
    assert ran.err.startswith("错误：") and named in ran.err
    told = ran.err.partition("用法见")[0]
    english = re.sub(r"'[^']*'|--\w+|\b(search|integer|TEXT|b)\b", "", told)
    assert not re.search(r"[A-Za-z]{2,}", english), told


def test_the_help_named_is_that_of_the_command(tmp_path: Path) -> None:
    for arguments in (("search", "a", "--limit"), ("search", "a", "--nothing"), ("search",)):
        assert "graphkit search --help" in graphkit(*arguments, folder=tmp_path).err
    assert "See graphkit view --help" in graphkit("view", "a", "b", "c.html", folder=tmp_path).err


AT_FAULT = [
    (("load", "nowhere"), "nowhere"),
    (("files",), "casebook"),
    (("--store", "ftp://host", "files"), "neo4j://"),
    (("search", "x", "--output", "."), "folder"),
    (("search", "x", "--output", "no/such/file"), "no/such"),
    (("mapping",), "--schema"),
    (("verify", "nothing.json"), "nothing.json"),
    (("evidence", "0123456789ab#1:7"), "casebook"),
    (("cypher", "RETURN 1"), "graphkit sql"),
    (("sql", "SELECT $a", "--param", "a"), "NAME=VALUE"),
    (("query", "nothing"), "graphkit query"),
]


@pytest.mark.parametrize(("arguments", "named"), AT_FAULT)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_at_fault_is_one_line_and_status_1(
    arguments: tuple[str, ...], named: str, language: str, tmp_path: Path
) -> None:
    ran = graphkit("--lang", language, *arguments, folder=tmp_path)
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("error: " if language == "en" else "错误：")
    assert language == "zh" or named in ran.err
    assert list(tmp_path.iterdir()) == []


def test_an_id_may_begin_with_a_dash(loaded: Path) -> None:
    assert graphkit("search", "-x", folder=loaded).status == 2
    ran = graphkit("search", "--format", "json", "--", "-x", folder=loaded)
    assert (ran.status, ran.json["parameters"]["text"]) == (0, "-x")
    assert graphkit("show", "--", "--lang", folder=loaded).status == 1


def test_without_a_command_the_first_steps(tmp_path: Path) -> None:
    english, chinese = graphkit(folder=tmp_path), graphkit("--lang", "zh", folder=tmp_path)
    assert english.status == chinese.status == 0
    assert "First steps" in english.out and "graphkit sample demo" in english.out
    assert "快速上手" in chinese.out
    assert graphkit("--help", folder=tmp_path).out == english.out
    assert graphkit("--help", "--lang", "zh", folder=tmp_path).out == chinese.out


def test_version(tmp_path: Path) -> None:
    from graphkit import __version__

    assert graphkit("--version", folder=tmp_path).out == f"graphkit {__version__}\n"


def test_a_traceback_only_when_asked_for(tmp_path: Path) -> None:
    assert "Traceback" not in graphkit("load", "nowhere", folder=tmp_path).err
    assert "Traceback" in graphkit("load", "nowhere", folder=tmp_path, GRAPHKIT_DEBUG="1").err


def test_the_unexpected_is_one_line_too(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise ZeroDivisionError("a surprise\nin two lines")

    monkeypatch.setattr("graphkit.store.duckdb.DuckDBStore.files", fail)
    ran = graphkit("files", folder=loaded)
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError" in ran.err and "GRAPHKIT_DEBUG=1" in ran.err


def test_the_checkout_starts_it_too(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.cli.running import ROOT

    command = [sys.executable, ROOT / "cli.py", "--version"]
    said = subprocess.check_output(command, text=True, cwd=tmp_path)
    assert said == process("--version", folder=tmp_path).out
