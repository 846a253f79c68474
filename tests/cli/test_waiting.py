"""What is said while a question takes long."""

from __future__ import annotations

import logging
import time

import pytest

from graphkit.cli import progress
from graphkit.model.language import set_language


@pytest.mark.parametrize(("language", "said"), [("en", "Reading … 0 s"), ("zh", "Reading … 0 秒")])
def test_what_takes_long_is_said_on_standard_error(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "THOUGHT", (0.02, 60.0))
    set_language(language)
    log = logging.getLogger("graphkit")
    before = log.level, list(log.handlers)
    with progress.waiting():
        log.info("Reading")
        time.sleep(0.3)
    told = capsys.readouterr()
    assert (told.out, told.err.strip()) == ("", said)
    assert (log.level, list(log.handlers)) == before


def test_what_is_quick_is_done_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.waiting():
        logging.getLogger("graphkit").info("Reading")
    assert capsys.readouterr().err == ""
