"""From a declared command to a click command, in the language in use."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from graphkit import __version__
from graphkit.analyses import Parameter
from graphkit.analyses.period import days
from graphkit.cli.commands import BY_NAME, COMMANDS
from graphkit.cli.declared import Command, Input, metavar
from graphkit.cli.help import COMMON, command_help, overview
from graphkit.cli.output import checked_output, write
from graphkit.cli.session import Session
from graphkit.errors import RequestError, RowsRefused
from graphkit.model.answer import Answer
from graphkit.model.language import say, set_language
from graphkit.store import checked_address


class _Command(click.Command):
    """A click command that shows the declared help."""

    def __init__(self, declared: Command) -> None:
        params = [_argument(one) for one in declared.arguments] + [_option(one) for one in declared.options]
        super().__init__(declared.name, params=[*params, *(_option(one) for one in COMMON)], add_help_option=True)
        self._declared = declared

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _blamed(ctx):
            return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return command_help(self._declared)

    def invoke(self, ctx: click.Context) -> int:
        common = _common(ctx)
        session = Session(checked_address(common["store"]), common["format"], _output(common["output"]))
        given = {one.name: _checked(one, ctx.params[one.name]) for one in self._declared.parameters}
        with _blamed(ctx):
            answer = self._answered(session, given)
        write(answer, session, self._declared.shown)
        return 1 if answer.facts.get("verified") is False else 0

    def _answered(self, session: Session, given: dict[str, Any]) -> Answer:
        """The answer; a script learns from the JSON of a load what stopped it, too."""
        try:
            return self._declared.run(session, **given)
        except RowsRefused as refused:
            if session.format == "json":
                write(refused.answer, session)
            raise


class Program(click.Group):
    """The program: finds the declared command and suggests the nearest where there is none."""

    def __init__(self) -> None:
        version = click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version)
        params: list[click.Parameter] = [_option(one) for one in COMMON]
        super().__init__("graphkit", params=[*params, version], invoke_without_command=True, callback=_overview)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _Command(BY_NAME[cmd_name]) if cmd_name in BY_NAME else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in BY_NAME:
            raise click.UsageError(_no_such_command(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return overview(COMMANDS)


@contextmanager
def _blamed(ctx: click.Context) -> Iterator[None]:
    """Let an error of use that does not say in which command it was made say so."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _no_such_command(name: str) -> str:
    near = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
    hint = (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")
    return say(f"No such command {name!r}.{hint[0]}", f"没有命令 {name!r}。{hint[1]}")


def _overview(**_: object) -> None:
    if click.get_current_context().invoked_subcommand is None:
        click.echo(overview(COMMANDS))


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"graphkit {__version__}")
        ctx.exit()


def _argument(declared: Parameter) -> click.Argument:
    repeated = isinstance(declared, Input) and declared.repeated
    required = not (isinstance(declared, Input) and declared.optional)
    return click.Argument(
        [declared.name], nargs=-1 if repeated else 1, required=required, metavar=metavar(declared), type=_type(declared)
    )


def _option(declared: Parameter) -> click.Option:
    names = [declared.option, declared.name]
    callback = _speak if declared.name == "lang" else None
    if declared.type == "flag":
        return click.Option(names, is_flag=True, default=False)
    repeated = isinstance(declared, Input) and declared.repeated
    return click.Option(
        names,
        type=_type(declared),
        multiple=repeated or declared.many,
        metavar=metavar(declared),
        callback=callback,
        is_eager=bool(callback),
    )


class _Days(click.ParamType[float]):
    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if not isinstance(value, str):
            return float(value)
        try:
            return days(value)
        except RequestError as error:
            self.fail(str(error), param, ctx)


def _type(declared: Parameter) -> click.ParamType[Any]:
    if declared.choices:
        return click.Choice(declared.choices)
    types: dict[str, click.ParamType[Any]] = {"integer": click.INT, "number": click.FLOAT}
    return types.get(declared.type, _Days() if declared.type == "days" else click.STRING)


def _speak(_: click.Context, __: click.Parameter, language: str | None) -> str | None:
    if language:
        set_language(language)
    return language


def _checked(declared: Parameter, value: Any) -> Any:
    """The value as the command's function takes it. An analysis checks its own; here it only gets the default."""
    if declared.many:  # given several times, or names separated by commas
        value = ",".join(value)
    if not isinstance(declared, Input):
        return value
    if declared.repeated:
        return tuple(value)
    return value if value is None and declared.positional else declared.check(value)


def _common(ctx: click.Context) -> dict[str, Any]:
    """The options of every command: given after the command, before it, or not at all."""
    before = ctx.parent.params if ctx.parent else {}
    return {one.name: ctx.params[one.name] or before.get(one.name) or one.default for one in COMMON}


def _output(path: str | None) -> Path | None:
    return checked_output(Path(path)) if path else None
