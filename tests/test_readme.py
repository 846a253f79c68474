"""The first five minutes of both READMEs, typed as they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from tests.cli.running import graphkit

ROOT = Path(__file__).parents[1]


def commands(name: str) -> list[list[str]]:
    """The words of each command of the first five minutes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    steps = text[text.index("graphkit sample case") :].partition("\n## ")[0]
    return [shlex.split(line, comments=True) for line in re.findall(r"^(?: {4})?((?:graphkit|cp) .+)$", steps, re.M)]


def test_every_command_of_the_first_five_minutes_does_what_it_says(tmp_path: Path) -> None:
    lines = commands("README.md")
    assert len(lines) > 15
    for program, *arguments in lines:
        if program == "cp":
            shutil.copyfile(*(tmp_path / path for path in arguments))
            continue
        ran = graphkit(*arguments, folder=tmp_path)
        assert (ran.status, bool(ran.out.strip())) == (0, True), (arguments, ran.err)
    agencies = {row["provided_by"] for row in graphkit("files", "--format", "json", folder=tmp_path).json["rows"]}
    assert len(agencies) > 5 and "records" not in agencies


def test_they_are_the_same_in_chinese() -> None:
    chinese = [[word.replace("更正.csv", "corrected.csv") for word in line] for line in commands("README.zh.md")]
    assert chinese == commands("README.md")
