"""The reference in docs/ says what the program declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.analyses import ANALYSES
from graphkit.cli.commands import COMMANDS
from graphkit.documentation import pages, readme, write
from graphkit.model.links import LINK_KINDS
from graphkit.model.nodes import NODE_KINDS
from graphkit.model.records import RECORD_KINDS

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], (
        "run: python -m graphkit.documentation docs"
    )


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_table_in_the_readme_is_up_to_date(name: str, language: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert readme(text, language) == text


def test_every_declaration_has_its_place() -> None:
    made = pages()
    assert all(f"\n## {command.name}\n" in made["commands.md"] for command in COMMANDS)
    assert all(f"\n## {kind.name} {kind.zh}\n" in made["records.md"] for kind in RECORD_KINDS)
    assert all(f"\n### {kind.name} {kind.zh}\n" in made["model.md"] for kind in NODE_KINDS)
    assert all(f"| `{kind.name}` |" in made["model.md"] for kind in LINK_KINDS)
    assert all(f"\n## {analysis.id}\n" in made["questions.md"] for analysis in ANALYSES)
    assert all(f"`{field.name}`" in made["records.md"] for kind in RECORD_KINDS for field in kind.fields)


def test_links_within_the_pages_lead_somewhere(tmp_path: Path) -> None:
    import re

    for text in pages().values():
        heads = {
            re.sub(r"[^\w\- ]", "", line.lstrip("# ")).replace(" ", "-").lower()
            for line in text.splitlines()
            if line[:1] == "#"
        }
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= heads


def test_writing_them(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("a\n<!-- commands -->\nformer\n<!-- end of commands -->\nb\n", encoding="utf-8")
    assert sorted(path.name for path in write(tmp_path / "docs")) == sorted(pages())
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "`search TEXT" in text and "former" not in text and text.startswith("a\n") and text.endswith("\nb\n")
