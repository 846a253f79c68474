"""The command line: `graphkit`. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import traceback
from collections.abc import Sequence

from graphkit.errors import GraphkitError
from graphkit.model.language import LANGUAGES, say, set_language

INTERRUPTED = 130
_COLLECT_AFTER = 100_000  # objects: a command keeps nearly all that it makes, and looking for garbage is a waste


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(_COLLECT_AFTER)
    status = run(sys.argv[1:] if arguments is None else list(arguments))
    if status == INTERRUPTED:
        _leave(status)
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Gives the exit status: 0 done, 1 data or request at fault, 2 wrong use, 130 interrupted."""
    _speak_utf8()
    _choose_language(arguments)
    try:
        return _run(arguments)
    except BrokenPipeError:
        _swallow_rest()
        return 0
    except KeyboardInterrupt:
        return _interrupted()
    except GraphkitError as error:
        return _interrupted() if _was_interrupted(error.__cause__) else _failed(str(error))
    except OSError as error:
        return _failed(_told(error))
    except Exception as error:
        return _interrupted() if _was_interrupted(error) else _unexpected(error)


def _run(arguments: Sequence[str]) -> int:
    import click

    from graphkit.cli import chinese
    from graphkit.cli.building import Program
    from graphkit.cli.output import ReaderGone

    chinese.speak()
    store = os.environ.get("GRAPHKIT_STORE")
    try:
        status = Program().main(
            list(arguments), "graphkit", standalone_mode=False, default_map={"store": store} if store else {}
        )
    except click.UsageError as error:
        return _misused(error)
    except click.ClickException as error:
        return _failed(error.format_message())
    except click.Abort:
        return _interrupted()
    except ReaderGone:
        _swallow_rest()
        return 0
    return status if isinstance(status, int) else 0


def _misused(error: object) -> int:
    import click

    assert isinstance(error, click.UsageError)
    command = error.ctx.command_path if error.ctx else "graphkit"
    said = error.format_message()
    return _failed(say(f"{said} See {command} --help", f"{said.removesuffix('.')}　用法见 {command} --help"), 2)


def _failed(message: str, status: int = 1) -> int:
    from graphkit.cli.output import say_aside

    if os.environ.get("GRAPHKIT_DEBUG") and sys.exc_info()[0]:
        say_aside(traceback.format_exc())
    say_aside(say(f"error: {message}", f"错误：{message}"))
    return status


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C stopped DuckDB in the middle of a query, which it reports as an error of its own."""
    return type(error).__name__ == "InterruptException" or str(error) == "Query interrupted"


def _told(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _unexpected(error: Exception) -> int:
    said = str(error).strip().split("\n")[0][:300] or type(error).__name__
    return _failed(
        say(
            f"unexpected {type(error).__name__}: {said} (GRAPHKIT_DEBUG=1 shows where; please report it)",
            f"意外的 {type(error).__name__}：{said}（设 GRAPHKIT_DEBUG=1 可查看位置，请反馈）",
        )
    )


def _interrupted() -> int:
    from graphkit.cli.output import say_aside

    english = "interrupted; nothing is half done (graphkit files shows what is loaded)"
    say_aside("\n" + say(english, "已中断；没有只做了一半的改动（可用 graphkit files 查看已载入的文件）"))
    return INTERRUPTED


def _leave(status: int) -> None:
    """Leave at once: where Ctrl-C fell into code that was made at run time, such as a dataclass, Python remembers it
    and would end by the signal rather than with the status.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _speak_utf8() -> None:
    """UTF-8 whatever the locale says; what cannot be written so is escaped rather than fatal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _choose_language(arguments: Sequence[str]) -> None:
    """Take --lang from wherever it stands, so that complaints about the rest come in that language too."""
    set_language("")
    for i, argument in enumerate(arguments):
        if argument == "--":
            return
        name, _, value = argument.partition("=")
        value = value or (arguments[i + 1] if i + 1 < len(arguments) else "")
        if name == "--lang" and value in LANGUAGES:
            set_language(value)


def _swallow_rest() -> None:
    """Nobody reads any more: what Python still wants to flush at its end goes nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
