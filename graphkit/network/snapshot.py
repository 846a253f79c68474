"""Keeping the network on disk under the store's revision, memory-mapped, so that opening it costs milliseconds.

A snapshot is written to a folder of its own and renamed when whole: whoever is killed leaves nothing that counts, and
of two who write at once one wins. Snapshots of other revisions are removed. Where nothing can be written, the network
stays in memory.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.model.language import say
from graphkit.network.adjacency import Adjacency
from graphkit.network.build import from_store
from graphkit.network.goods import Goods
from graphkit.network.network import Links, Network
from graphkit.network.repeats import Repeats
from graphkit.network.texts import Texts
from graphkit.network.timetable import Timetable
from graphkit.store.base import Store

FORMAT = 11  # part of the folder's name: raise it when the arrays change
_log = logging.getLogger("graphkit")
_ABANDONED_S = 3600.0
_META = "network.json"
_WORDS = ("revision", "kinds", "units", "currencies")
_PARTS = (Links, Adjacency, Texts, Goods, Timetable, Repeats)


def network_of(store: Store, revision: str = "") -> Network:
    """The network of what the store holds, from disk where it is there, else built and kept."""
    folder = place(store.where)
    for _ in range(3):
        revision = revision or store.revision()
        kept = folder / f"{revision}.{FORMAT}" if folder else None
        found = load(kept) if kept else None
        if found is not None:
            return found
        if kept:
            shutil.rmtree(kept, ignore_errors=True)  # damaged
        _log.info(say("Taking a snapshot of the network, once after each load", "正在建立网络快照（每次载入后一次）"))
        network = from_store(store, revision)
        _log.info(say("Working", "正在计算"))
        if store.revision() == revision:  # else a writer came between two readings
            return _keep(network, kept) if kept else network
        revision = ""
    return network


def kept(where: str, network: Network, name: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """What follows from a store's network and files alone, worked out once for each revision and kept beside it.

    `name` ends in a number that is raised when what is made changes. Where nothing is kept it is made anew each time.
    """
    folder = place(where) if network.revision else None
    path = folder / f"{network.revision}.{FORMAT}" / f"{name}.npy" if folder else None
    if path is None or not path.parent.is_dir():
        return make()
    try:
        return _array(path)
    except (OSError, ValueError):
        made = make()
    with suppress(OSError), tempfile.TemporaryDirectory(prefix=".unfinished-", dir=path.parent) as unfinished:
        whole = Path(unfinished) / path.name
        np.save(whole, made)
        whole.replace(path)
    return made


def place(where: str) -> Path | None:
    """Where a store's snapshots go: its own folder, or for a server the user's cache; None where neither is."""
    if "://" in where:
        return _cache() / "graphkit" / hashlib.sha256(where.encode()).hexdigest()[:16]
    own = Path(where).expanduser()
    return own / "snapshot" if where and own.is_dir() else None


def save(network: Network, folder: Path) -> None:
    """Write the network as a new folder, whole or not at all. Raises OSError where that cannot be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        for name, array in arrays_of(network).items():
            np.save(unfinished / f"{name}.npy", array)
        words = {name: getattr(network.links if name in ("units", "currencies") else network, name) for name in _WORDS}
        words["link_kinds"] = network.links.kinds
        (unfinished / _META).write_text(json.dumps(words, ensure_ascii=False), "utf-8")
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def load(folder: Path) -> Network | None:
    """The network that was saved there, its arrays memory-mapped; None where there is none whole."""
    try:
        words = json.loads((folder / _META).read_text("utf-8"))
        named = {name: tuple(listed) for name, listed in words.items() if name != "revision"}
        links = _open(
            Links, folder, "links", kinds=named["link_kinds"], units=named["units"], currencies=named["currencies"]
        )
        network: Network = _open(Network, folder, "", revision=words["revision"], kinds=named["kinds"], links=links)
    except (OSError, ValueError, KeyError):
        return None
    return network


def arrays_of(part: Any, prefix: str = "") -> dict[str, NDArray[Any]]:
    """Every array of the network by its dotted name, such as `links.ids.blob`."""
    found: dict[str, NDArray[Any]] = {}
    for field in fields(part):
        value, name = getattr(part, field.name), f"{prefix}{field.name}"
        if isinstance(value, _PARTS):
            found |= arrays_of(value, f"{name}.")
        elif isinstance(value, np.ndarray):
            found[name] = value
    return found


def _open(kind: Any, folder: Path, prefix: str, **known: Any) -> Any:
    """One part of the network from its arrays' files; what is not an array is given."""
    parts = {"Texts": Texts, "Adjacency": Adjacency, "Goods": Goods, "Timetable": Timetable, "Repeats": Repeats}
    for field in fields(kind):
        if field.name in known:
            continue
        name = f"{prefix}.{field.name}" if prefix else field.name
        part = parts.get(str(field.type))
        known[field.name] = _open(part, folder, name) if part else _array(folder / f"{name}.npy")
    return kind(**known)


def _array(path: Path) -> NDArray[Any]:
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return mapped.view(np.ndarray)  # a plain array on the mapped memory: slices of np.memmap are slow


def _keep(network: Network, folder: Path) -> Network:
    """The network from disk once it is there, so that its memory is shared and can be given back."""
    try:
        save(network, folder)
        _clean(folder)
    except OSError:
        pass  # no room, no right, or another process was first
    return load(folder) or network


def _clean(kept: Path) -> None:
    """Remove what is of another revision or was abandoned. Whoever still has it open keeps what is mapped."""
    for other in kept.parent.iterdir():
        fresh = other.name.startswith(".unfinished-") and time.time() - other.stat().st_mtime < _ABANDONED_S
        if other != kept and other.is_dir() and not fresh:
            shutil.rmtree(other, ignore_errors=True)


def _cache() -> Path:
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home())))
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
