"""Which store is asked, and with which user and password; and that secrets never show."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from graphkit.cli.session import credentials
from graphkit.errors import RequestError
from graphkit.store import checked_address
from tests.cli.running import PROGRAM, clean_environment, graphkit
from tests.neo4j_server import Neo4jServer

SECRET = "hunter2hunter2"
NOBODY = "bolt://127.0.0.1:1"  # no server listens there


def test_the_environment_names_the_store_and_the_option_overrules_it(loaded: Path, tmp_path: Path) -> None:
    there = str(loaded / "casebook")
    ran = graphkit("files", "--format", "json", folder=tmp_path, GRAPHKIT_STORE=there)
    assert ran.json["store"] == there
    assert graphkit("--store", "nothing", "files", folder=tmp_path, GRAPHKIT_STORE=there).status == 1
    after = graphkit("files", "--store", there, "--format", "json", folder=tmp_path, GRAPHKIT_STORE="nothing")
    assert after.json["store"] == there


@pytest.mark.parametrize(
    "where", [f"neo4j://me:{SECRET}@host", f"bolt://{SECRET}@host:7687/db", f"BOLT://:{SECRET}@[::1"]
)
def test_an_address_with_a_password_is_refused_and_not_repeated(where: str, loaded: Path) -> None:
    tried = [
        graphkit("--store", where, "files", folder=loaded),
        graphkit("files", folder=loaded, GRAPHKIT_STORE=where),
        graphkit("copy", where, folder=loaded),
        graphkit("--store", where, "files", folder=loaded, GRAPHKIT_DEBUG="1"),
    ]
    for ran in tried:
        assert ran.status == 1
        assert "GRAPHKIT_PASSWORD" in ran.err
        assert SECRET not in ran.out + ran.err


def test_a_folder_may_have_an_at_sign() -> None:
    assert checked_address("./me@host") == "./me@host"


def test_user_and_password_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHKIT_USER", "me")
    monkeypatch.setenv("GRAPHKIT_PASSWORD", SECRET)
    assert credentials("neo4j://host") == ("me", SECRET)
    assert credentials("./casebook") == (None, None)


def test_from_server_to_server_the_first_ones_password_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphkit.cli import keeping

    monkeypatch.setenv("GRAPHKIT_USER", "me")
    monkeypatch.setenv("GRAPHKIT_PASSWORD", SECRET)
    assert credentials("bolt://b", keeping.prefix("bolt://a", "bolt://b")) == (None, None)
    assert credentials("bolt://b", keeping.prefix("./casebook", "bolt://b")) == ("me", SECRET)
    monkeypatch.setenv("GRAPHKIT_TO_USER", "you")
    monkeypatch.setenv("GRAPHKIT_TO_PASSWORD", "other")
    assert credentials("bolt://b", keeping.prefix("bolt://a", "bolt://b")) == ("you", "other")


def test_nobody_is_asked_where_nobody_sits(loaded: Path) -> None:
    ran = graphkit("--store", NOBODY, "files", folder=loaded)
    assert ran.status == 1 and ran.err.count("\n") == 1


def test_a_password_is_asked_for_at_the_terminal_and_not_shown(tmp_path: Path) -> None:
    import pty

    primary, secondary = pty.openpty()
    ran = subprocess.Popen(
        [*PROGRAM, "--store", NOBODY, "files"],
        cwd=tmp_path,
        env=clean_environment(),
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        start_new_session=True,  # else it would ask at the terminal of whoever runs the tests
    )
    os.close(secondary)
    said = _until(primary, "[neo4j]: ")
    os.write(primary, b"me\n")
    said += _until(primary, "Password: ")
    time.sleep(0.2)  # for the terminal to stop echoing
    os.write(primary, SECRET.encode() + b"\n")
    said += _until(primary, "error: ")
    assert ran.wait(60) == 1
    os.close(primary)
    assert SECRET not in said


def _until(descriptor: int, text: str) -> str:
    said = ""
    while text not in said:
        said += os.read(descriptor, 4096).decode("utf-8")
    return said


def test_a_wrong_password_is_one_line_without_it(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    signed = {"GRAPHKIT_USER": neo4j_server.user, "GRAPHKIT_PASSWORD": SECRET}
    ran = graphkit("--store", neo4j_server.uri, "files", folder=tmp_path, **signed)
    assert ran.status == 1 and ran.err.count("\n") == 1
    assert SECRET not in ran.err


def test_the_same_questions_on_a_server(neo4j_server: Neo4jServer, loaded: Path) -> None:
    neo4j_server.clear()
    signed = {"GRAPHKIT_USER": neo4j_server.user, "GRAPHKIT_PASSWORD": neo4j_server.password}
    assert graphkit("copy", neo4j_server.uri, folder=loaded, **signed).status == 0
    for arguments in (["files"], ["search", "1"], ["stats"], ["query"]):
        here = graphkit(*arguments, "--format", "json", folder=loaded).json
        there = graphkit("--store", neo4j_server.uri, *arguments, "--format", "json", folder=loaded, **signed).json
        assert {**there, "store": ""} == {**here, "store": ""}
    ran = graphkit("--store", neo4j_server.uri, "sql", "SELECT 1", folder=loaded, **signed)
    assert ran.status == 1 and "graphkit cypher" in ran.err
    ran = graphkit(
        "--store", neo4j_server.uri, "cypher", "RETURN $n + 1 AS next", "--param", "n=41", "--format", "json",
        folder=loaded, **signed,
    )  # fmt: skip
    assert ran.json["rows"] == [{"next": 42}]


def test_no_other_kind_of_address() -> None:
    with pytest.raises(RequestError):
        checked_address("https://host")
