"""The reference in docs/, written from what is declared, so that it cannot say otherwise than the program does.

    python -m graphkit.documentation docs

The table of commands in a README goes between two marks, `<!-- commands -->` and `<!-- end of commands -->`.
"""

from __future__ import annotations

import re
from pathlib import Path

from graphkit.model.language import language, set_language

HEAD = "<!-- Written by `python -m graphkit.documentation docs`; change the declarations, not this page. -->\n\n"
_TABLE = re.compile(r"(<!-- commands -->\n).*?(<!-- end of commands -->)", re.DOTALL)


def pages() -> dict[str, str]:
    """The text of each page by its file name, in English."""
    from graphkit.documentation import commands, model, questions, records

    spoken = language()
    set_language("en")
    try:
        made = {module.NAME: HEAD + module.page() for module in (commands, records, model, questions)}
    finally:
        set_language(spoken)
    return made


def readme(text: str, spoken: str = "en") -> str:
    """A README with its table of commands written anew, in the language given."""
    from graphkit.documentation.commands import overview

    before = language()
    set_language(spoken)
    try:
        table = overview()
    finally:
        set_language(before)
    return _TABLE.sub(lambda found: found[1] + table + found[2], text)


def write(folder: Path) -> list[Path]:
    """Write the pages into the folder, and the table of commands into the READMEs beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        written.append(folder / name)
        written[-1].write_text(text, encoding="utf-8")
    for name, spoken in (("README.md", "en"), ("README.zh.md", "zh")):
        path = folder.parent / name
        if path.is_file():
            path.write_text(readme(path.read_text(encoding="utf-8"), spoken), encoding="utf-8")
    return written
