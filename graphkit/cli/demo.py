"""The first five minutes in one command: a made-up case, loaded, asked, drawn; each step as one would type it."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from graphkit.casebook import Casebook, open_casebook
from graphkit.cli.declared import RECORDS, Command, Input
from graphkit.cli.output import rendered
from graphkit.cli.session import Session
from graphkit.errors import RequestError
from graphkit.model.answer import Answer, Column
from graphkit.model.language import say

SHOWN = 12  # rows of a step's answer


def demo(session: Session, folder: str, size: int, seed: int) -> Answer:
    """Write a sample case, load it, ask the first questions and write a page."""
    place = Path(folder)
    if place.exists() and any(place.iterdir()):
        raise RequestError(
            f"{folder} is not empty: name a new folder, or remove it", f"{folder} 不为空：请指定新文件夹，或先删除它"
        )
    from graphkit.sample import write_sample

    write_sample(place, size, seed)
    told = _told(session)
    told(f"\n$ graphkit sample {shlex.quote(folder)} --size {size} --seed {seed}\n")
    casebook, page = open_casebook(place / "casebook"), place / "page.html"
    suspect, other = _suspects(place / "truth.json")
    for line, ask in _steps(casebook, place, suspect, other, page):
        told(f"\n$ graphkit --store {shlex.quote(casebook.store.where)} {line}\n")
        told(_beginning(ask()))
    columns = (Column("what", en="What", zh="内容"), Column("file", en="Where to look", zh="位置"))
    rows = [
        {
            "what": say("the case as departments hand it over", "各部门移交样式的案件材料"),
            "file": str(place / "records"),
        },
        {"what": say("the truth behind it", "案件真相"), "file": str(place / "truth.json")},
        {"what": say("the casebook (--store)", "案卷（--store）"), "file": casebook.store.where},
        {"what": say("refused rows, to be corrected", "待更正的拒收行"), "file": str(casebook.rejects_folder())},
        {"what": say("the page: open it in a browser", "页面：用浏览器打开"), "file": str(page.resolve())},
    ]
    return Answer("demo", {"folder": folder, "size": size, "seed": seed}, columns, rows)


def _suspects(truth: Path) -> tuple[str, str]:
    """Two people whose arrest breaks the chain, of two rings where there are two; in a small case one and a source."""
    told = json.loads(truth.read_text(encoding="utf-8"))
    people = list({one["id"]: one for one in [*told["key_people"], *told["sources"]]}.values())
    others = [one for one in people if one["ring"] != people[0]["ring"]] or people[1:]
    return people[0]["id"], others[0]["id"]


def _steps(
    casebook: Casebook, place: Path, suspect: str, other: str, page: Path
) -> list[tuple[str, Callable[[], Answer]]]:
    return [
        (f"load {shlex.quote(str(place / 'records'))}", lambda: casebook.load(place / "records")),
        ("stats", casebook.stats),
        (f"links {suspect} --hops 3", lambda: casebook.links(suspect, hops=3)),
        (f"path {suspect} {other}", lambda: casebook.path(suspect, other)),
        (f"view {suspect} --hops 2 {shlex.quote(str(page))}", lambda: casebook.view(page, suspect, hops=2)),
    ]


def _told(session: Session) -> Callable[[str], None]:
    """Where the steps are shown: before the answer, unless that is for a program to read."""
    stream = sys.stdout if session.format == "table" and session.output is None else sys.stderr

    def tell(text: str) -> None:
        stream.write(text)
        stream.flush()

    return tell


def _beginning(answer: Answer) -> str:
    """The first rows of a step; how many more there are."""
    from dataclasses import replace

    left = len(answer.rows) - SHOWN
    notes = (say(f"… and {left} more rows", f"……另有 {left} 行"),) if left > 0 else ()
    return rendered(replace(answer, rows=answer.rows[:SHOWN], notes=notes), "table", 160) + "\n"


DEMO = Command(
    "demo",
    RECORDS,
    "Do the first five minutes: sample, load, figures, links, path, page",
    "一次走完入门五步：样例、载入、统计、关联、路径、页面",
    (
        Input("folder", "the new folder to write into", "写入的新文件夹", positional=True, metavar="DIR"),
        Input("size", "about how many records", "记录条数（约）", "integer", 2000, minimum=100),
        Input(
            "seed",
            "the same size and seed give the same case",
            "相同的条数与种子得到相同的案件",
            "integer",
            1,
            minimum=0,
        ),
    ),
    demo,
    "graphkit demo first-steps",
    "Every step is shown as one would type it, with the beginning of its answer.",
    "每一步都列出可键入的命令及答案的开头部分。",
    ("what", "file"),
)
