"""What a question is: its parameters, its columns, the function that answers it, declared as data.

The commands of the command line, the methods of a casebook and the documentation are made from these declarations.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from graphkit.analyses.period import PERIODS, days, in_order
from graphkit.errors import RequestError
from graphkit.model.answer import Answer, Column, Row

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store


_NUMBERS = ("integer", "number", "days")
_LARGEST = 10**15  # of numbers that have no bound of their own: beyond, they cannot be counted with


class Casefile(Protocol):
    """What an analysis needs of a casebook: its store, and the network of what it holds."""

    @property
    def store(self) -> Store:
        """The store."""
        ...

    def network(self) -> Network:
        """The network of the store's present revision."""
        ...


class _Held:
    """A casebook while one question is answered: the network is the same all along, whatever is loaded meanwhile."""

    def __init__(self, casefile: Casefile) -> None:
        self._casefile = casefile

    @property
    def store(self) -> Store:
        return self._casefile.store

    def network(self) -> Network:
        return self._network

    @cached_property
    def _network(self) -> Network:
        return self._casefile.network()


@dataclass(frozen=True)
class Findings:
    """What an analysis found: `facts` stand beside the rows in JSON; `revision` is that of the network it read, empty
    where it asked the store. `columns` stand in for the question's own where what is shown depends on what is asked.
    `whole` are lists of which notes tell the first; they stand beside the rows in JSON alone.
    """

    rows: list[Row]
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    revision: str = ""
    columns: tuple[Column, ...] = ()
    whole: Mapping[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question, with its help in both languages.

    `type` is text, integer, number, flag, or days: a number of them, or a text such as 36h. A positional parameter is
    required and stands before the options. With `many` the command line takes names separated by commas, Python a
    sequence, one value, or for NAME=VALUE a mapping or pairs; the function gets a tuple. `of` says what the text names,
    for completion and checks: entity, link_kind, node_kind, or by its name a kind of entity.
    """

    name: str
    en: str
    zh: str
    type: str = "text"
    default: Any = None
    positional: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    of: str = ""
    metavar: str = ""
    spelled: str = ""  # the option's name where it is not the parameter's: Python cannot call one `from`

    @property
    def option(self) -> str:
        """The option's name on the command line.

        >>> Parameter("max_hops", "", "").option, Parameter("origins", "", "", spelled="from").option
        ('--max-hops', '--from')
        """
        return "--" + (self.spelled or self.name.replace("_", "-"))

    @property
    def called(self) -> str:
        """What a message calls it."""
        return self.name if self.positional else self.option

    def check(self, value: Any) -> Any:
        """The value as the function takes it. Raises RequestError where it is of the wrong type or out of bounds."""
        if self.many:
            parts = _pairs(value) if "=" in self.metavar else _parts(value)
            return tuple(dict.fromkeys(part for each in parts if (part := each.strip())))
        if value is None and not self.positional:
            return self.default
        if value is None:
            raise RequestError(f"{self.name} is missing.", f"缺少 {self.name}。")
        if self.positional and isinstance(value, str) and not value.strip():
            raise RequestError(f"the {self.name} is empty", f"{self.name} 为空")
        checked = self._typed(value)
        self._check_bounds(checked)
        return checked

    def _typed(self, value: Any) -> Any:
        if self.type == "days" and isinstance(value, str):
            return days(value, self.called)
        if self.type == "flag":
            fits = isinstance(value, bool)
        elif self.type == "integer":
            fits = isinstance(value, int) and not isinstance(value, bool)
        elif self.type in ("number", "days"):
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        else:
            fits = isinstance(value, str)
        if not fits:
            raise RequestError(
                f"{self.called}: {value!r} is not of type {self.type}.", f"{self.called}：{value!r} 类型不符。"
            )
        return value

    def _check_bounds(self, value: Any) -> None:
        if self.choices and value not in self.choices:
            allowed = ", ".join(self.choices)
            raise RequestError(
                f"{self.called}: {value!r} is none of {allowed}.",
                f"{self.called}：{value!r} 不在可选值 {allowed} 之内。",
            )
        if self.type not in _NUMBERS or value is None:
            return
        if isinstance(value, float) and not math.isfinite(value):
            raise RequestError(
                f"{self.called}: {value} is not a finite number.", f"{self.called}：{value} 不是有限的数。"
            )
        least, most = self.minimum, _LARGEST if self.maximum is None else self.maximum
        if least is not None and value < least:
            raise RequestError(
                f"{self.called} must be at least {_plain(least)}, not {_plain(value)}.",
                f"{self.called} 不得小于 {_plain(least)}（给出 {_plain(value)}）。",
            )
        if value > most:
            raise RequestError(
                f"{self.called} must be at most {_plain(most)}, not {_plain(value)}.",
                f"{self.called} 不得大于 {_plain(most)}（给出 {_plain(value)}）。",
            )


def _plain(value: float) -> str:
    """A number as people write it.

    >>> _plain(1000.0), _plain(0.25), _plain(99999999999)
    ('1000', '0.25', '99999999999')
    """
    return str(int(value)) if value == int(value) and abs(value) <= _LARGEST else f"{value:g}"


def _parts(value: Any) -> list[str]:
    """What is listed: names in a text, values one by one. A node of a networkx graph may be anything, a tuple too.

    >>> _parts("a,b"), _parts(7), _parts([(1, 1), "c,d"])
    (['a', 'b'], ['7'], ['(1, 1)', 'c,d'])
    """
    if value is None or isinstance(value, str):
        return (value or "").split(",")
    return _texts(value) if isinstance(value, Iterable) else [str(value)]


def _pairs(value: Any) -> list[str]:
    """What is listed as NAME=VALUE: in a text, or as the entries of a mapping, or as pairs; several values by plus.

    >>> _pairs("a=1,b=2"), _pairs({"350000": 3}), _pairs([("a", (1, 1)), "c=4"]), _pairs({"ours": [1, 2]})
    (['a=1', 'b=2'], ['350000=3'], ['a=(1, 1)', 'c=4'], ['ours=1+2'])
    """
    if isinstance(value, Mapping):
        value = list(value.items())
    if value is None or isinstance(value, str) or not isinstance(value, Iterable):
        return _parts(value)
    return [f"{one[0]}={_joined(one[1])}" if isinstance(one, tuple) and len(one) == 2 else str(one) for one in value]


def _joined(value: Any) -> str:
    return "+".join(_texts(value)) if isinstance(value, list | set | frozenset) else str(value)


def _texts(values: Iterable[Any]) -> list[str]:
    """Values as texts, those of a set in an order that does not change from one run to the next."""
    texts = [str(each) for each in values]
    return sorted(texts) if isinstance(values, set | frozenset) else texts


# Parameters of every question that walks links.
WALKED_KINDS = Parameter("kinds", "Walk only links of these kinds.", "只走这些种类的联系。", many=True, of="link_kind")
THROUGH_HUBS = Parameter("through_hubs", "Walk through hubs too.", "也穿过枢纽。", "flag", False)
HUB_SIZE = Parameter(
    "hub_size",
    "An entity with more neighbours than this is a hub.",
    "相邻对象超过此数者为枢纽。",
    "integer",
    100,
    minimum=1,
)


@dataclass(frozen=True)
class Analysis:
    """One question. `find(casefile, **parameters)` gets every parameter, checked; `ask` is what callers use.

    `id` is the command's and the method's name; `question` and `help` say in both languages what is answered and how;
    `method` names the paper or book that the way of answering is from; `example` is one runnable command line.

    >>> from graphkit.analyses import ANALYSES
    >>> [(each.name, each.default) for each in ANALYSES[0].parameters], ANALYSES[0].example
    ([], 'graphkit files')
    """

    id: str
    question_en: str
    question_zh: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    find: Callable[..., Findings]
    help_en: str
    help_zh: str
    method: str
    example: str

    @property
    def command(self) -> str:
        """The name of its command."""
        return self.id.replace("_", "-")

    def check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter by name, defaults included. Raises RequestError."""
        known = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint, zh = (f" Did you mean {near[0]}?", f"是否指 {near[0]}？") if near else ("", "")
                raise RequestError(f"{self.id} has no parameter {name}.{hint}", f"{self.id} 没有参数 {name}。{zh}")
        checked = {each.name: each.check(given.get(each.name)) for each in self.parameters}
        for since, until in PERIODS:
            in_order(since, checked.get(since), until, checked.get(until))
        return checked

    def ask(self, casefile: Casefile, **given: Any) -> Answer:
        """The answer. Raises RequestError for a parameter that makes no sense, NotFound for an unknown entity."""
        parameters, casefile = self.check(given), _Held(casefile)
        found = self.find(casefile, **parameters)
        stated = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters.items()}
        revision = found.revision or casefile.store.revision()
        return Answer(
            self.command, stated, found.columns or self.columns, found.rows, found.notes, casefile.store.where,
            revision, found.facts, found.whole,
        )  # fmt: skip
