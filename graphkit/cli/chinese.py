"""What click says to a user who called a command wrongly, in Chinese.

click translates through gettext, whose language is that of the process and not of one call; the texts are few, so they
stand here, and a test holds every one of them against what click says.
"""

from __future__ import annotations

import gettext
import sys

from graphkit.model.language import language

TEXTS: dict[str, str] = {
    "Usage:": "用法：",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such option: {name}": "没有选项 {name}。",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否指 {possibilities} 之一？）",
    "(Possible options: {possibilities})": "（可能的选项：{possibilities}）",
    "Option {name!r} requires an argument.": "选项 {name!r} 需要一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 需要 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name!r} 不接受值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 需要 {nargs} 个值。",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在可选值 {choices} 之内。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的数值（{number_type}）。",
    "Choose from:\n\t{choices}": "可选值：\n\t{choices}",
}


def translated(text: str) -> str:
    """click's text in the language in use."""
    return TEXTS.get(text, text) if language() == "zh" else gettext.gettext(text)


def translated_number(one: str, several: str, count: int) -> str:
    """The same where click has one text for one and another for several."""
    return (
        TEXTS.get(one if count == 1 else several, several)
        if language() == "zh"
        else gettext.ngettext(one, several, count)
    )


def speak() -> None:
    """Make click say these texts."""
    for name in ("core", "exceptions", "parser", "types", "formatting", "termui"):
        module = sys.modules.get(f"click.{name}")
        for was, now in (("_", translated), ("ngettext", translated_number)):
            if hasattr(module, was):
                setattr(module, was, now)
