"""How wide text is on a terminal, where a Chinese character takes two columns; cutting and wrapping by that width."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Characters that would move the cursor, colour the terminal or turn the direction of writing: shown, never obeyed.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def visible(text: str) -> str:
    r"""The text with characters that control a terminal written out, line breaks kept.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(character: str) -> str:
    if character == "\t":
        return "    "
    hidden = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character != "\n"
    return character.encode("unicode_escape").decode() if hidden or character in _DIRECTION else character


def width(text: str) -> int:
    """How many columns the text takes.

    >>> width("abc"), width("张三"), width("e\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=8192)
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text filled up with spaces to this many columns."""
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines no wider than this, broken at spaces where there are any, else between characters.

    >>> wrap("the very rows", 8), wrap("案件编号", 4)
    (['the very', 'rows'], ['案件', '编号'])
    """
    return [line for part in text.split("\n") for line in _wrapped(part, max(2, columns))]


def _wrapped(text: str, columns: int) -> list[str]:
    if width(text) <= columns:
        return [text]
    lines = []
    while width(text) > columns:
        cut = _fitting(text, columns)
        space = text.rfind(" ", 0, cut + 1)
        at = space if space > cut // 2 and text[:space].strip() else cut
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*lines, text] if text else lines


def _fitting(text: str, columns: int) -> int:
    """How many characters fit; at least one."""
    taken = 0
    for i, character in enumerate(text):
        taken += _columns(character)
        if taken > columns:
            return max(1, i)
    return len(text)
