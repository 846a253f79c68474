"""Tables and code in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; what would break out of a cell is escaped.

    >>> print(table(["a"], [["x|y"]]), end="")
    | a |
    |---|
    | x\\|y |
    """
    lines = [header, *rows]
    texts = ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]
    return "\n".join([texts[0], "|" + "---|" * len(header), *texts[1:]]) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def code(text: str) -> str:
    """Text as code within a line; nothing where there is none."""
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Several of them."""
    return ", ".join(code(text) for text in texts)


def block(text: str, language: str = "sh") -> str:
    """A block of code."""
    return f"```{language}\n{text}\n```\n"


def paragraphs(*texts: str) -> str:
    """The texts that are not empty, an empty line between them."""
    return "\n\n".join(text.rstrip("\n") for text in texts if text) + "\n"
