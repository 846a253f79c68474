"""docs/commands.md: every command with its arguments, options, columns and an example."""

from __future__ import annotations

from graphkit.analyses import Parameter
from graphkit.cli.commands import COMMANDS
from graphkit.cli.declared import Command, metavar
from graphkit.cli.help import COMMON, told, usage
from graphkit.documentation.markdown import block, code, codes, paragraphs, table
from graphkit.model.language import say

NAME = "commands.md"

INTRODUCTION = """\
`graphkit [--store WHERE] [--lang en|zh] COMMAND …`. The options of every command may stand before or after it.

JSON (`--format json`) is one object: `command`, `parameters`, `store`, `revision`, `columns` (each with `name`,
`type` and `unit`), `rows` and `notes`. A row that states a fact has `evidence`, the references of the rows behind
it, each `FILE-ID#SHEET:ROW`. Only the answer goes to standard output; progress, notes and errors go to standard
error. CSV holds full values; text that a spreadsheet would run as a formula gets an apostrophe before it; with
`--output` it begins with the mark by which spreadsheets know UTF-8.

Exit status: 0 done (also when rows were refused without `--strict`), 1 the data or the request is at fault, 2
wrong usage, 130 interrupted. `GRAPHKIT_DEBUG=1` adds a traceback to errors. User and password of a server come
from `GRAPHKIT_USER` and `GRAPHKIT_PASSWORD`, or are asked for at the terminal; never from options or the address."""


def page() -> str:
    """The whole page."""
    every = paragraphs("## With every command", _parameters(COMMON))
    return paragraphs("# Commands", INTRODUCTION, overview(), every, *(_section(command) for command in COMMANDS))


def overview() -> str:
    """The table of commands, in the language in use."""
    header = [say("command", "命令"), say("does", "作用"), say("keys of a JSON row", "JSON 行的键")]
    rows = [[code(call(one)), one.summary, ", ".join(one.keys)] for one in COMMANDS]
    return table(header, rows)


def call(command: Command) -> str:
    """How the command is called, its options in short."""
    options = [f"[{one.option}{' ' + metavar(one) if metavar(one) else ''}]" for one in command.options]
    return " ".join([command.name, *map(metavar, command.arguments), *options])


def _section(command: Command) -> str:
    parts = [
        f"## {command.name}",
        f"{command.en}. ({command.zh})".replace("?.", "?"),
        block(usage(command)),
        command.help_en,
    ]
    if command.parameters:
        parts.append(_parameters(command.parameters))
    if command.keys:
        parts.append(f"Keys of a JSON row: {codes(command.keys)}.")
    return paragraphs(*parts, "Example:", block(command.example))


def _parameters(parameters: tuple[Parameter, ...]) -> str:
    rows = [[code(_named(one)), told(one), one.zh] for one in parameters]
    return table(["argument or option", "meaning", "含义"], rows)


def _named(parameter: Parameter) -> str:
    return metavar(parameter) if parameter.positional else f"{parameter.option} {metavar(parameter)}".rstrip()
