"""Where the answer goes, and where everything else goes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, clean_environment, graphkit, process


def test_only_json_on_standard_output(case: Path) -> None:
    ran = process("load", "demo/records", "--format", "json", folder=case)
    assert ran.status == 0
    assert json.loads(ran.out)["command"] == "load"
    assert all(line.startswith("note: ") or line[0].isdigit() for line in ran.err.splitlines())
    assert any(line.startswith("note: ") for line in ran.err.splitlines())


def test_utf8_even_where_the_locale_knows_nothing(loaded: Path) -> None:
    ran = process("files", "--format", "json", folder=loaded, environment={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"})
    assert any("省" in row["name"] for row in ran.json["rows"])
    shown = process("--lang", "zh", "files", folder=loaded, environment={"LC_ALL": "POSIX", "PYTHONUTF8": "0"})
    assert "文件名" in shown.out


def test_the_language_is_that_of_the_locale(loaded: Path) -> None:
    assert "文件名" in process("files", folder=loaded, environment={"LC_ALL": "zh_CN.UTF-8"}).out
    assert "Name" in process("files", folder=loaded, environment={"LC_ALL": "de_DE.UTF-8"}).out


def test_a_closed_standard_input_or_output(loaded: Path) -> None:
    line = " ".join([*PROGRAM, "files"])
    for redirected, status in (("<&-", 0), (">&-", 1), ("2>&-", 0), ("<&- 2>&-", 0)):
        ran = subprocess.run(
            ["/bin/sh", "-c", f"{line} {redirected}"],
            cwd=loaded,
            env=clean_environment(),
            capture_output=True,
            check=False,
        )
        assert ran.returncode == status, (redirected, ran.stderr)
        assert b"Traceback" not in ran.stderr


def test_a_reader_that_goes_away_is_no_error(loaded: Path) -> None:
    line = " ".join([*PROGRAM, "sql", "'SELECT range AS n FROM range(200000)'"])
    ran = subprocess.run(
        ["/bin/sh", "-c", f"({line}; echo $? >status) | head -1"],
        cwd=loaded, env=clean_environment(), capture_output=True, check=True,
    )  # fmt: skip
    assert ran.stderr == b""
    assert (loaded / "status").read_text() == "0\n"
    (loaded / "status").unlink()


def test_a_file_appears_whole(loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("before")
    target.chmod(0o640)
    ran = graphkit("files", "--format", "json", "--output", str(target), folder=loaded)
    assert ran.status == 0 and ran.out == "" and "answer.json" in ran.err
    assert json.loads(target.read_text(encoding="utf-8"))["command"] == "files"
    assert [one.name for one in tmp_path.iterdir()] == ["answer.json"]


def test_a_failure_leaves_the_former_file(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "answer.json"
    target.write_text("before")

    def fail(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    ran = graphkit("files", "--output", str(target), folder=loaded)
    assert ran.status == 1 and "No space left" in ran.err and ran.err.count("\n") == 1
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["answer.json"]


def test_a_folder_is_refused_before_any_work(tmp_path: Path) -> None:
    graphkit("sample", "demo", "--size", "100", folder=tmp_path)
    ran = graphkit("load", "demo/records", "--output", ".", folder=tmp_path)
    assert ran.status == 1 and "--output" in ran.err
    assert not (tmp_path / "casebook").exists()


def test_a_device_is_written_to(loaded: Path) -> None:
    ran = process("files", "--format", "json", "--output", "/dev/stdout", folder=loaded)
    assert ran.json["command"] == "files"


def test_a_link_is_followed(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("before")
    (tmp_path / "link.json").symlink_to("real.json")
    graphkit("files", "--format", "json", "--output", str(tmp_path / "link.json"), folder=loaded)
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))


def test_csv_in_a_file_is_known_to_spreadsheets_as_utf8(loaded: Path, tmp_path: Path) -> None:
    graphkit("files", "--format", "csv", "--output", str(tmp_path / "files.csv"), folder=loaded)
    assert (tmp_path / "files.csv").read_bytes().startswith(b"\xef\xbb\xbffile,name")
    assert not graphkit("files", "--format", "csv", folder=loaded).out.startswith("\ufeff")


def test_a_terminal_gets_a_table_that_fits(loaded: Path) -> None:
    import pty

    primary, secondary = pty.openpty()
    environment = clean_environment(COLUMNS="90")
    ran = subprocess.Popen([*PROGRAM, "files"], cwd=loaded, env=environment, stdout=secondary, stderr=secondary)
    os.close(secondary)
    text = _everything(primary).decode("utf-8")
    assert ran.wait() == 0
    from graphkit.model.rendering.width import width

    assert max(width(line) for line in text.splitlines()) <= 90


def _everything(descriptor: int) -> bytes:
    parts = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(descriptor)
    return b"".join(parts)
