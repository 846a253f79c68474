"""The language in which a person is spoken to. Data, JSON keys and enumerated values never change with it."""

from __future__ import annotations

import contextvars
import locale
import os

LANGUAGES = ("en", "zh")


def from_locale() -> str:
    """The language of the user's locale: Chinese where it says so, else English."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    named = named or (locale.getlocale()[0] or "")
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


_language: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="")


def set_language(language: str) -> None:
    """Speak this language, "en" or "zh", from now on."""
    _language.set(language)


def language() -> str:
    """The language in use."""
    return _language.get() or from_locale()


def say(english: str, chinese: str) -> str:
    """The one of the two that suits the language in use.

    >>> set_language("zh"); say("Cases", "案件"); set_language("")
    '案件'
    """
    return chinese if language() == "zh" else english
