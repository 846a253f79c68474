"""Opening the database of an embedded casebook: creating, waiting for others, and saying what went wrong.

DuckDB lets one process write or several read. A connection lives as long as one operation, so that another process
waits for that long at most.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from graphkit.errors import StoreError, StoreInUse, StoreMissing, StoreVersion
from graphkit.store.base import SCHEMA_VERSION
from graphkit.store.sql import statement

if TYPE_CHECKING:
    import duckdb

DATABASE = "casebook.duckdb"
CONTENT = "files"
REJECTS = "rejects"  # the folder for rejects files
_PAUSE = 0.05
_WRITER = threading.Lock()  # DuckDB would let two threads of one process write at once, and one of them fail

# Nothing is fetched, no extension is loaded, and a variable of the calling program is never mistaken for a table.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1200MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
# For queries that a person typed: no files, no network, and no way to allow them again.
_CONFINED = _SETTINGS | {"enable_external_access": "false", "lock_configuration": "true"}


@contextmanager
def reading(folder: Path, confined: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can only read."""
    _check_there(folder)
    with _connected(folder, read_only=True, confined=confined) as connection:
        yield connection


@contextmanager
def writing(folder: Path, create: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection within one transaction, which is committed at the end unless something was raised."""
    if create:
        _create(folder)
    else:
        _check_there(folder)
    with _WRITER, _connected(folder, read_only=False) as connection:
        _sweep(folder, connection)
        connection.begin()
        yield connection  # closing without a commit rolls back
        connection.commit()
        _sweep(folder, connection)


def _check_there(folder: Path) -> None:
    if not (folder / DATABASE).exists():
        raise StoreMissing(
            f"There is no casebook at {folder}: load something into it first.", f"{folder} 处没有案卷：请先载入数据。"
        )


@contextmanager
def _connected(folder: Path, read_only: bool, confined: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    connection = _open(folder, read_only, confined)
    try:
        _check_version(folder, connection)
        yield connection
    except duckdb.Error as error:
        _fail(folder, error)
    finally:
        connection.close()


def _open(folder: Path, read_only: bool, confined: bool) -> duckdb.DuckDBPyConnection:
    """Connect, waiting for others up to GRAPHKIT_WAIT seconds."""
    import duckdb

    deadline = time.monotonic() + _wait()
    while True:
        try:
            return duckdb.connect(folder / DATABASE, read_only=read_only, config=_CONFINED if confined else _SETTINGS)
        except duckdb.Error as error:
            if not _in_use(error):
                _fail(folder, error)
            if time.monotonic() >= deadline:
                raise _store_in_use(folder, error) from None
        time.sleep(_PAUSE)


def _wait() -> float:
    try:
        return float(os.environ.get("GRAPHKIT_WAIT", "10"))
    except ValueError:
        return 10.0


def _in_use(error: duckdb.Error) -> bool:
    """Whether another process, or another thread of this one, holds the database otherwise than we want it."""
    signs = ("Could not set lock", "different configuration", "being used by another process", "already attached")
    return any(sign in str(error) for sign in signs)


def _store_in_use(folder: Path, error: duckdb.Error) -> StoreInUse:
    holder = re.search(r"held in (.+?) \(PID (\d+)\)", str(error))
    english = f"process {holder[2]} ({holder[1]})" if holder else "another program"
    chinese = f"进程 {holder[2]}（{holder[1]}）" if holder else "另一个程序"
    return StoreInUse(
        f"The casebook {folder} is in use by {english}: wait until it is done, or end it.",
        f"案卷 {folder} 正被{chinese}使用：请等它结束，或将其关闭。",
    )


def _fail(folder: Path, error: duckdb.Error) -> NoReturn:
    """Say in one line what DuckDB found wrong."""
    import duckdb

    text = str(error).splitlines()[0]
    if "version number" in text:
        raise _newer(folder) from error
    if isinstance(error, duckdb.OutOfMemoryException):
        raise StoreError(
            f"The casebook {folder} needs more memory: {text}", f"处理案卷 {folder} 内存不足：{text}"
        ) from error
    raise StoreError(
        f"The casebook {folder} cannot be used: {text} Restore it from a copy, or load the files again into a new one.",
        f"案卷 {folder} 无法使用：{text} 请从备份恢复，或将文件重新载入新案卷。",
    ) from error


def _newer(folder: Path) -> StoreVersion:
    return StoreVersion(
        f"The casebook {folder} was written by a newer graphkit: install that one.",
        f"案卷 {folder} 由更新版本的 graphkit 写成：请升级 graphkit。",
    )


def _check_version(folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(statement("schema_version")).fetchall()
    if not rows or not str(rows[0][0]).isdigit():
        raise StoreError(f"{folder / DATABASE} is not the database of a casebook.", f"{folder / DATABASE} 不是案卷。")
    if int(rows[0][0]) > SCHEMA_VERSION:
        raise _newer(folder)


def _create(folder: Path) -> None:
    """Make an empty casebook where there is none. The database appears whole or not at all: half of one is none."""
    if (folder / DATABASE).exists():
        return
    import duckdb

    _claim(folder)
    new = folder / f"{DATABASE}.new-{os.getpid()}"
    new.unlink(missing_ok=True)
    connection = duckdb.connect(new)
    connection.execute(statement("schema"))
    connection.execute(statement("set_schema_version"), {"version": str(SCHEMA_VERSION)})
    connection.close()
    _appear(new, folder / DATABASE)


def _claim(folder: Path) -> None:
    """See that the folder exists and is ours: empty, or with what an interrupted start or a strict load left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = sorted(p.name for p in folder.iterdir() if not p.name.startswith((DATABASE, REJECTS)))
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be made a casebook: {error.strerror}", f"无法在 {folder} 建立案卷：{error.strerror}"
        ) from error
    if strangers:
        raise StoreError(
            f"{folder} is not a casebook and holds other files ({strangers[0]} …): name an empty or a new folder.",
            f"{folder} 不是案卷，且存有其他文件（{strangers[0]} 等）：请指定空文件夹或新文件夹。",
        )


def _appear(new: Path, database: Path) -> None:
    """Give the new database its name unless another process was quicker; a link, for a rename would overwrite."""
    try:
        os.link(new, database)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not database.exists():
            new.rename(database)
    new.unlink(missing_ok=True)


def _sweep(folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Remove what an interrupted writer left. We hold the casebook alone, so nobody is still at it."""
    kept = {str(row[0]) for row in connection.execute(statement("contents")).fetchall()}
    for path in folder.glob(f"{CONTENT}/*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
    for path in folder.glob(f"{DATABASE}.new-*"):
        if path.stat().st_mtime < time.time() - 3600:
            path.unlink(missing_ok=True)
    shutil.rmtree(folder / f"{DATABASE}.tmp", ignore_errors=True)
