"""A command as data: its name, its help in both languages, its parameters, one runnable example, and what it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkit.analyses import Analysis, Parameter
from graphkit.model.answer import Answer
from graphkit.model.language import say

if TYPE_CHECKING:
    from graphkit.cli.session import Session

Run = Callable[..., Answer]  # run(session, **parameters)


@dataclass(frozen=True)
class Input(Parameter):
    """A parameter of a command that is not an analysis: it may be given several times, or a positional one left out."""

    repeated: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Group:
    """A heading in the overview."""

    en: str
    zh: str


RECORDS = Group("Records", "数据")
QUESTIONS = Group("Questions", "查询")
OWN_QUERIES = Group("Queries of your own", "自写查询")
KEEPING = Group("Keeping", "保管")


@dataclass(frozen=True)
class Command:
    """One command. `en` and `zh` say in a line what it does, the help says how."""

    name: str
    group: Group
    en: str
    zh: str
    parameters: tuple[Parameter, ...]
    run: Run
    example: str
    help_en: str = ""
    help_zh: str = ""
    keys: tuple[str, ...] = ()  # of a JSON row; none where the query decides
    shown: Callable[[Answer], str] | None = None  # what stands in place of a table

    @property
    def summary(self) -> str:
        """What the command does, in the language in use."""
        return say(self.en, self.zh)

    @property
    def help(self) -> str:
        """How it does it, in the language in use."""
        return say(self.help_en, self.help_zh)

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """The positional parameters."""
        return tuple(one for one in self.parameters if one.positional)

    @property
    def options(self) -> tuple[Parameter, ...]:
        """The parameters that are options."""
        return tuple(one for one in self.parameters if not one.positional)


def asking(analysis: Analysis) -> Command:
    """The command that asks an analysis's question."""

    def run(session: Session, **parameters: Any) -> Answer:
        from graphkit.cli.progress import waiting

        with waiting():
            return analysis.ask(session.casebook(), **parameters)

    keys = tuple(column.name for column in analysis.columns)
    return Command(
        analysis.command,
        QUESTIONS,
        analysis.question_en,
        analysis.question_zh,
        analysis.parameters,
        run,
        analysis.example,
        analysis.help_en,
        analysis.help_zh,
        keys,
    )


def metavar(parameter: Parameter) -> str:
    """How a parameter's value is written in usage lines: PATH…, [NAME], TEXT."""
    if parameter.type == "flag":
        return ""
    plain = parameter.metavar or ("|".join(parameter.choices) if parameter.choices else _placeholder(parameter))
    if parameter.positional and isinstance(parameter, Input):
        plain += "…" if parameter.repeated and " " not in plain else ""  # `[ID] FILE` says itself how many there are
        return f"[{plain}]" if parameter.optional else plain
    return plain


def _placeholder(parameter: Parameter) -> str:
    if parameter.positional:
        return parameter.name.upper()
    if parameter.many:
        return "NAME,…"
    return {"integer": "N", "number": "X"}.get(parameter.type, "TEXT")
