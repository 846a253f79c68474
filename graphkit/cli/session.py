"""What a command knows of how it was called: the store, the format, where to write; and how it opens the casebook."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from graphkit.casebook import DEFAULT, Casebook, open_casebook
from graphkit.errors import RequestError
from graphkit.model.language import say
from graphkit.store import SERVERS

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


def checked_address(where: str) -> str:
    """The store's address, unless it carries a user or password: those would stay in the shell's history."""
    if "://" not in where:
        return where
    if not where.lower().startswith(SERVERS):
        known = ", ".join(SERVERS)
        raise RequestError(
            f"No store has such an address; it begins with one of {known}",
            f"没有这样的存储地址；应以下列之一开头：{known}",
        )
    try:
        named = "@" in urlsplit(where).netloc
    except ValueError:
        named = "@" in where
    if named:
        raise RequestError(
            "The store's address holds a user or password. Leave them out: set GRAPHKIT_USER and GRAPHKIT_PASSWORD, "
            "or wait to be asked.",
            "存储地址中含有用户名或密码。请去掉，改设环境变量 GRAPHKIT_USER 与 GRAPHKIT_PASSWORD，或等待提示输入。",
        )
    return where


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
