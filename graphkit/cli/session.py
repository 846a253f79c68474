"""What a command knows of how it was called: the store, the format, where to write; and how it opens the casebook."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from graphkit.casebook import DEFAULT, Casebook, open_casebook
from graphkit.model.language import say
from graphkit.store import SERVERS, checked_address

FORMATS = ("table", "json", "csv")


@dataclass(frozen=True)
class Session:
    """The options that every command has."""

    store: str = DEFAULT
    format: str = "table"
    output: Path | None = None

    def casebook(self) -> Casebook:
        """The casebook named by --store or GRAPHKIT_STORE."""
        return open_casebook(self.store, *credentials(self.store))


def credentials(where: str, prefix: str = "GRAPHKIT") -> tuple[str | None, str | None]:
    """User and password for a server: from the environment, else asked for where a person sits at the terminal."""
    checked_address(where)
    if not where.lower().startswith(SERVERS):
        return None, None
    user, password = os.environ.get(f"{prefix}_USER") or None, os.environ.get(f"{prefix}_PASSWORD") or None
    if (user and password) or not _at_terminal():
        return user, password
    import click

    user = user or click.prompt(say(f"User for {where}", f"{where} 的用户名"), default="neo4j", err=True)
    return user, password or click.prompt(
        say("Password", "密码"), hide_input=True, default="", show_default=False, err=True
    )


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
