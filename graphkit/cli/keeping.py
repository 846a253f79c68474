"""Commands that move a casebook and check what was taken from it."""

from __future__ import annotations

import os

from graphkit.cli.declared import KEEPING, Command, Input
from graphkit.cli.progress import reporting
from graphkit.cli.session import Session, credentials
from graphkit.exports import LAYOUT_NAMES
from graphkit.model.answer import Answer
from graphkit.store import checked_address


def copy(session: Session, to: str) -> Answer:
    """Copy the casebook into another store."""
    user, password = credentials(to, prefix(session.store, to))
    with reporting() as report:
        return session.casebook().copy(to, user, password, report)


def prefix(store: str, to: str) -> str:
    """From a folder to a server GRAPHKIT_USER is meant for the server; from server to server it belongs to the first,
    and the second must not be told the first one's password."""
    checked_address(to)
    named = os.environ.get("GRAPHKIT_TO_USER") or os.environ.get("GRAPHKIT_TO_PASSWORD")
    return "GRAPHKIT_TO" if named or "://" in store else "GRAPHKIT"


def export(session: Session, file: str, layout: str) -> Answer:
    """Write the casebook in another program's layout."""
    return session.casebook().export(file, layout)


def verify(session: Session, answer: str) -> Answer:
    """Check a saved answer."""
    return session.casebook().verify(answer)


COPY = Command(
    "copy",
    KEEPING,
    "Copy the whole casebook into another store",
    "将整个案卷复制到另一存储",
    (
        Input(
            "to",
            "a folder, or a server: neo4j://host:7687[/database]",
            "文件夹，或服务器地址",
            positional=True,
            metavar="TO",
        ),
    ),
    copy,
    "graphkit copy ./second",
    "What the other store holds already stays there. Its user and password come from GRAPHKIT_TO_USER and "
    "GRAPHKIT_TO_PASSWORD; when copying from a folder, GRAPHKIT_USER and GRAPHKIT_PASSWORD will do.",
    "对方已有的内容保留。对方的用户名与密码取自 GRAPHKIT_TO_USER 与 GRAPHKIT_TO_PASSWORD；"
    "从文件夹复制时也可用 GRAPHKIT_USER 与 GRAPHKIT_PASSWORD。",
    ("kind", "nodes", "links"),
)

EXPORT = Command(
    "export",
    KEEPING,
    "Write the casebook to a file in another program's layout",
    "将案卷导出为其他程序的文件",
    (
        Input("file", "the file to write", "要写入的文件", positional=True, metavar="FILE"),
        Input(
            "layout",
            "the layout; by default the one that the file's ending says",
            "布局；默认按文件后缀",
            default="auto",
            choices=LAYOUT_NAMES,
        ),
    ),
    export,
    "graphkit export case.graphml",
    "GraphML, GEXF and csv hold every link with its time, quantity, amount and rows. FoodChain-Lab's JSON holds who "
    "supplied whom, with which lot, how much and when, and what went into what. What was loaded from such a file goes "
    "back as it was.",
    "GraphML、GEXF 和 csv 含全部联系及其时间、数量、金额和依据。FoodChain-Lab 的 JSON 记录供货双方、批号、数量、日期，"
    "以及各次交货之间的投入关系；由此类文件载入的内容按原样写回。",
    ("file", "nodes", "links"),
)

VERIFY = Command(
    "verify",
    KEEPING,
    "Check a saved answer: its sources' hashes, and the question asked again",
    "核对已保存的结果：来源文件的哈希值，并重新查询比对",
    (
        Input(
            "answer",
            "an answer saved with --format json --output",
            "用 --format json --output 保存的结果",
            positional=True,
            metavar="ANSWER.json",
        ),
    ),
    verify,
    "graphkit verify answer.json",
    "Exit status 1 where a source or a row is not what it was. The revision may have moved on: it is shown, "
    "and does not count.",
    "来源文件或结果行有变化时退出码为 1。案卷版本可能已更新：只列出，不计入核对结果。",
    ("check", "expected", "found"),
)
