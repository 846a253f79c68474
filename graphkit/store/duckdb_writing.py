"""Adding files to the embedded store and taking them back, within a transaction that the caller holds."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreError
from graphkit.records.staged import Staged
from graphkit.store.base import Removed
from graphkit.store.sql import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def add(connection: DuckDBPyConnection, staged: Sequence[Staged], contents: Path) -> None:
    """Add files that are not loaded yet. All go in together, so that many small files take no longer than one."""
    for one in staged:
        _keep_content(one, contents)
    _register(connection, staged)
    statements = {"statements": [glob.escape(str(one.statements.absolute())) for one in staged]}
    links = {"links": [glob.escape(str(one.links.absolute())) for one in staged]}
    _run(connection, "arrive", statements)
    _run(connection, "touch_arriving")
    _run(connection, "add_nodes")
    _run(connection, "arrive_keys")
    _run(connection, "add_statements", statements)
    _check_added(connection, links, _run(connection, "add_links", links))
    _run(connection, "set_kinds")


def remove(connection: DuckDBPyConnection, files: Sequence[str]) -> Removed:
    """Take back what only these files assert."""
    these = {"files": list(files)}
    _run(connection, "touch_removed", these)
    links = _run(connection, "count_removed_links", these)
    for name in ("remove_statements", "remove_links", "remove_files"):
        _run(connection, name, these)
    nodes = _run(connection, "remove_nodes")
    _run(connection, "set_kinds")
    return Removed(links, nodes)


def _run(connection: DuckDBPyConnection, name: str, parameters: dict[str, Any] | None = None) -> int:
    """Run a statement; the one number it answers, which is how many rows it changed where it changes any."""
    rows = connection.execute(statement(name), parameters).fetchall()
    return int(rows[0][0]) if rows else 0


def _register(connection: DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """Enter the files' records, and note which parquet files are theirs."""
    _run(connection, "arriving")
    for one in staged:
        record = asdict(one.record) | {"kinds": list(one.record.kinds)}
        _run(connection, "add_file", record)
        paths = {"statements": str(one.statements.absolute()), "links": str(one.links.absolute())}
        _run(connection, "add_arriving", {"file": one.record.file} | paths)


def _check_added(connection: DuckDBPyConnection, links: dict[str, list[str]], added: int) -> None:
    """Every link begins and ends at nodes of which its file states something: else they would outlive their file."""
    if added == _run(connection, "count_arriving_links", links):
        return
    link, node = connection.execute(statement("loose_link"), links).fetchall()[0]
    raise StoreError(
        f"The link {link} ends at {node}, of which its file states nothing.",
        f"链接 {link} 的端点 {node} 在其文件中没有任何陈述。",
    )


def _keep_content(one: Staged, contents: Path) -> None:
    """Keep the file's original bytes, under their hash. They are whole on disk before anything refers to them."""
    path = contents / one.record.sha256
    if path.exists():
        return
    contents.mkdir(exist_ok=True)
    copy = path.with_suffix(".copy")
    try:
        with one.content.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        _check_content(one, copy)
        copy.replace(path)
    except OSError as error:
        raise StoreError(
            f"{one.record.name} cannot be kept in the casebook: {error.strerror}.",
            f"无法在案卷中保存 {one.record.name}：{error.strerror}。",
        ) from error


def _check_content(one: Staged, copy: Path) -> None:
    with copy.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != one.record.sha256:
        raise StoreError(
            f"{one.record.name} changed while it was being loaded: load it again.",
            f"{one.record.name} 在载入过程中被改动：请重新载入。",
        )
