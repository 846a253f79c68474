"""Help as text: the overview of all commands, and one command's page; in the language in use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence

from graphkit import __version__
from graphkit.analyses import Parameter
from graphkit.casebook import DEFAULT
from graphkit.cli.declared import Command, Input, metavar
from graphkit.cli.session import FORMATS
from graphkit.model.language import LANGUAGES, say
from graphkit.model.rendering.width import pad, width, wrap

WIDEST = 110

COMMON: tuple[Parameter, ...] = (
    Input(
        "store",
        "a folder, or a server: neo4j://host:7687[/database]; also GRAPHKIT_STORE",
        "文件夹，或服务器地址 neo4j://host:7687[/database]；也可设 GRAPHKIT_STORE",
        default=DEFAULT,
        metavar="WHERE",
    ),
    Input("lang", "the language to speak; by default the locale's", "使用的语言；默认随系统", choices=LANGUAGES),
    Input("format", "how the answer is written", "结果的格式", default="table", choices=FORMATS),
    Input("output", "write the answer to a file", "将结果写入文件", metavar="FILE"),
)

FIRST_STEPS = (
    ("graphkit sample demo", "write a made-up case folder", "生成虚构的案件样例"),
    ("graphkit load demo/records", "load it into ./casebook", "载入到 ./casebook"),
    ("graphkit stats", "see what is there", "查看总体情况"),
    ("graphkit COMMAND --help", "see how a command is used, with an example", "查看某个命令的用法与示例"),
)


def overview(commands: Sequence[Command]) -> str:
    """What `graphkit` alone shows: what it is, the first steps, the commands by group, the options of all."""
    title = say("from folders of case spreadsheets to a graph that answers", "从案件表格到可以查询的关系图")
    steps = [(command, say(en, zh)) for command, en, zh in FIRST_STEPS]
    parts = [f"graphkit {__version__}: {title}", _section(say("First steps", "快速上手"), steps)]
    for group in dict.fromkeys(command.group for command in commands):
        rows = [(command.name, command.summary) for command in commands if command.group == group]
        parts.append(_section(say(group.en, group.zh), rows))
    return "\n\n".join([*parts, _section(say("With every command", "通用选项"), _options(COMMON))])


def command_help(command: Command) -> str:
    """One command's page: how it is called, what it does, its parameters, an example."""
    parts = [f"{say('Usage', '用法')}: {usage(command)}", *_paragraphs(command.summary, command.help)]
    if command.arguments:
        rows = [(metavar(one), say(one.en, one.zh)) for one in command.arguments]
        parts.append(_section(say("Arguments", "参数"), rows))
    if command.options:
        parts.append(_section(say("Options", "选项"), _options(command.options)))
    parts.append(_section(say("With every command", "通用选项"), _options(COMMON)))
    return "\n\n".join([*parts, f"{say('Example', '示例')}:\n  {command.example}"])


def usage(command: Command) -> str:
    """How the command is called, in one line."""
    arguments = [metavar(one) for one in command.arguments]
    return " ".join(["graphkit", command.name, *arguments, *(["[OPTION…]"] if command.options else [])])


def _paragraphs(*texts: str) -> Iterable[str]:
    return ("\n".join(wrap(text, _width())) for text in texts if text)


def _options(parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    return [(f"{one.option} {metavar(one)}".rstrip(), told(one)) for one in parameters]


def told(parameter: Parameter) -> str:
    """What an option is for, with its default."""
    text = say(parameter.en, parameter.zh)
    default = parameter.default
    if parameter.type == "flag" or default in (None, "", ()):
        return text
    shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
    return f"{text} [{say('default', '默认')}: {shown}]"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> str:
    left = min(max(width(name) for name, _ in rows), 30)
    return "\n".join([f"{title}:", *(line for row in rows for line in _row(*row, left))])


def _row(name: str, text: str, left: int) -> list[str]:
    lines = wrap(text, _width() - left - 4)
    first = (
        [f"  {pad(name, left)}  {lines[0]}"] if width(name) <= left else [f"  {name}", f"  {pad('', left)}  {lines[0]}"]
    )
    return [*first, *(f"  {pad('', left)}  {line}" for line in lines[1:])]


def _width() -> int:
    given = os.environ.get("COLUMNS", "")
    return max(60, min(int(given) if given.isdigit() else shutil.get_terminal_size().columns, WIDEST))
