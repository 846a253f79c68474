"""Every notebook runs from start to end, in a folder of its own, and is kept without its outputs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def test_there_is_a_tour() -> None:
    assert "01-explore" in [path.stem for path in NOTEBOOKS]


@notebooks
def test_it_is_kept_without_outputs(path: Path) -> None:
    cells = [cell for cell in _read(path).cells if cell.cell_type == "code"]
    assert cells
    assert not [cell.id for cell in cells if cell.outputs or cell.execution_count is not None]


@notebooks
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = _run(path, tmp_path, monkeypatch)
    silent = [cell.id for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs]
    assert not silent, f"cells that show nothing: {silent}"
    assert not [output for output in _outputs(notebook) if output.output_type == "error"]
    tables = [output.data["text/html"] for output in _outputs(notebook) if "text/html" in output.get("data", {})]
    assert tables and all("Nothing found." not in table for table in tables)
    if path.stem == "01-explore":
        (page,) = tmp_path.glob("graphkit-tour-*/page.html")
        assert "Content-Security-Policy" in page.read_text("utf-8")


def _run(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The notebook with its outputs, run in this folder as on a machine where nothing is set."""
    for name in [name for name in os.environ if name.startswith("GRAPHKIT_")]:
        monkeypatch.delenv(name)
    for name, value in {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    notebook = _read(path)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def _outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]
