"""Writing a casebook out in other programs' layouts, one file each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import RequestError
from graphkit.exports.written import Written
from graphkit.model.answer import Answer, Column
from graphkit.store.base import Store

COLUMNS = (
    Column("file", en="File", zh="文件"),
    Column("nodes", "integer", "entities", "Entities", "实体"),
    Column("links", "integer", "links", "Links", "关联"),
)


@dataclass(frozen=True)
class Export:
    """One layout: its name and titles, the endings of its files' names, and what writes it."""

    name: str
    en: str
    zh: str
    suffixes: tuple[str, ...]
    write: Callable[[Store, Path], Written]


def _foodchain(store: Store, path: Path) -> Written:
    from graphkit.exports.foodchain import write

    return write(store, path)


def _graph(name: str) -> Callable[[Store, Path], Written]:
    def write(store: Store, path: Path) -> Written:
        from graphkit.exports import graph

        written: Written = getattr(graph, name)(store, path)
        return written

    return write


EXPORTS: tuple[Export, ...] = (
    Export("foodchain", "FoodChain-Lab JSON", "FoodChain-Lab JSON", (".json",), _foodchain),
    Export("graphml", "GraphML", "GraphML", (".graphml",), _graph("write_graphml")),
    Export("gexf", "GEXF", "GEXF", (".gexf",), _graph("write_gexf")),
    Export("edges", "edge list", "边列表", (".csv",), _graph("write_edges")),
)
LAYOUT_NAMES: tuple[str, ...] = ("auto", *(one.name for one in EXPORTS))


def export(store: Store, path: Path, layout: str = "auto") -> Answer:
    """Write the casebook to a file in this layout, by default the one that the name's ending says."""
    chosen = _chosen(path, layout)
    _check(path)
    written = chosen.write(store, path)
    row = {"file": str(path), "nodes": written.nodes, "links": written.links}
    return Answer("export", {"file": str(path), "layout": chosen.name}, COLUMNS, [row], written.notes)


def _chosen(path: Path, layout: str) -> Export:
    if layout not in LAYOUT_NAMES:
        raise RequestError(
            f"Unknown layout {layout!r}; known: {', '.join(LAYOUT_NAMES)}",
            f"未知的布局 {layout!r}；可用：{'、'.join(LAYOUT_NAMES)}",
        )
    found = [one for one in EXPORTS if one.name == layout or (layout == "auto" and path.suffix.lower() in one.suffixes)]
    if not found:
        listed = ", ".join(f"{suffix} ({one.name})" for one in EXPORTS for suffix in one.suffixes)
        raise RequestError(
            f"{path}: no layout is written by this ending; known: {listed}", f"{path}：没有对应的布局；可用：{listed}"
        )
    return found[0]


def _check(path: Path) -> None:
    if path.is_dir():
        raise RequestError(f"{path} is a folder: name a file in it.", f"{path} 是文件夹：请指定其中的文件名。")
    if not path.parent.is_dir():
        raise RequestError(f"{path}: there is no folder {path.parent}.", f"{path}：没有文件夹 {path.parent}。")
