"""What a page holds: which entities, what is said of them, and nothing that runs or is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graphkit import Casebook
from graphkit.errors import NotFound, RequestError
from graphkit.model.language import set_language
from tests.views.case import IMAGE, LINK, SCRIPT, SUSPECT, casebook


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return casebook(tmp_path_factory.mktemp("case"))


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


class _Elements(HTMLParser):
    """Every start tag with its attributes, and the text of every script and style element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.inside.append((self.tags[-1][1], data))


def _page(case: Casebook, folder: Path, id: str | None = None, **options: Any) -> str:
    case.view(folder / "page.html", id, **options)
    return (folder / "page.html").read_bytes().decode("utf-8")


def _content(page: str) -> dict[str, Any]:
    return next(json.loads(text) for attributes, text in _Elements(page).inside if attributes.get("id") == "content")


def _names(page: str) -> list[str]:
    return [each["name"] for each in _content(page)["entities"]]


def test_the_answer_says_what_was_written(case: Casebook, tmp_path: Path) -> None:
    answer = case.view(tmp_path / "page.html", SUSPECT, hops=2)
    assert answer.command == "view"
    assert answer.rows == [{"file": str(tmp_path / "page.html"), "nodes": 9, "links": 12}]
    assert answer.revision == case.store.revision()


def test_without_an_entity_the_suspects_dens_seizures_and_cases_and_what_ties_them(
    case: Casebook, tmp_path: Path
) -> None:
    # The phone ties two suspects; those who only bought or sold tie nobody, and a product is a hub.
    assert set(_names(_page(case, tmp_path))) == {"李伟", LINK, "A1", "旧仓库", "S1", "+8613800138000"}


def test_an_entity_and_what_is_within_some_hops(case: Casebook, tmp_path: Path) -> None:
    assert _names(_page(case, tmp_path, "phone:+8613800138000"))[0] == "+8613800138000"
    assert set(_names(_page(case, tmp_path, "phone:+8613800138000"))) == {"+8613800138000", "李伟", LINK}
    assert "旧仓库" in _names(_page(case, tmp_path, "phone:+8613800138000", hops=2))
    assert set(_names(_page(case, tmp_path, SUSPECT, kinds=["CONTROLS"]))) == {"李伟", "旧仓库"}


def test_hubs_are_shown_and_named_but_not_walked_through(case: Casebook, tmp_path: Path) -> None:
    answer = case.view(tmp_path / "page.html", "seizure:S1", hops=3)
    assert any("product:Pills" in note for note in answer.notes)


def test_at_the_limit_the_notes_say_what_is_left_out(case: Casebook, tmp_path: Path) -> None:
    answer = case.view(tmp_path / "page.html", SUSPECT, hops=2, limit=4)
    assert answer.rows[0]["nodes"] == 4
    assert any(note.startswith("5 of 9 entities are left out at the limit of 4.") for note in answer.notes)
    assert _names((tmp_path / "page.html").read_text("utf-8"))[0] == "李伟"
    first = case.view(tmp_path / "page.html", limit=3)
    assert any("3 of 6 entities are left out" in note for note in first.notes)


def test_properties_with_their_rows_and_files(case: Casebook, tmp_path: Path) -> None:
    content = _content(_page(case, tmp_path, SUSPECT))
    suspect = content["entities"][0]
    named = next(each for each in suspect["properties"] if each["title"] == "Name")
    assert [value["value"] for value in named["values"]] == ["李伟", "李玮"]
    assert named["disputed"] and suspect["disputed"]
    row = named["values"][1]["rows"][0]
    assert content["files"][row.partition("#")[0]].endswith("people2.csv")
    assert case.evidence(row).rows[0]["cells"]["name"] == "李玮"


def test_parallel_links_are_one_line_with_their_number_and_a_list(case: Casebook, tmp_path: Path) -> None:
    page = _page(case, tmp_path, SUSPECT)
    names = _names(page)
    bundle = next(each for each in _content(page)["bundles"] if IMAGE in (names[each["from"]], names[each["to"]]))
    assert bundle["count"] == 2 and bundle["kinds"] == {"SUPPLIED": 2} and not bundle["disputed"]
    versions = [link["versions"][0] for link in bundle["links"]]
    assert [(each["time"], each["quantity"], each["unit"]) for each in versions] == [
        ("2024-02-01", "1", "box"), ("2024-02-02", "2,000", "box"),
    ]  # fmt: skip
    edges = next(json.loads(text) for told, text in _Elements(page).inside if told.get("id") == "drawing-edges")
    assert [each["label"] for each in edges if {each["from"], each["to"]} == {bundle["from"], bundle["to"]}] == ["×2"]


def test_rows_that_disagree_on_a_link_are_both_there_and_marked(case: Casebook, tmp_path: Path) -> None:
    page = _page(case, tmp_path, SUSPECT)
    link = next(link for each in _content(page)["bundles"] for link in each["links"] if link["disputed"])
    assert [each["quantity"] for each in link["versions"]] == ["3", "4"]


def test_nothing_of_the_data_is_markup(case: Casebook, tmp_path: Path) -> None:
    page = _page(case, tmp_path, SUSPECT, hops=2)
    assert {IMAGE, SCRIPT, LINK} <= set(_names(page))
    tags = _Elements(page).tags
    assert {"img", "a", "iframe", "object", "base", "form", "link"}.isdisjoint(tag for tag, _ in tags)
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    hostile = _page(case, tmp_path, f"party:{_party(case)}:{SCRIPT}")
    assert [tag for tag, _ in _Elements(hostile).tags] == [tag for tag, _ in tags]
    assert "&lt;/script&gt;" in hostile.split("<body>")[0]


def _party(case: Casebook) -> str:
    return next(each.file for each in case.store.files() if each.name.endswith("supply.csv"))


def test_nothing_is_fetched(case: Casebook, tmp_path: Path) -> None:
    elements = _Elements(_page(case, tmp_path))
    assert not [attributes for _, attributes in elements.tags if {"src", "href", "srcset", "action"} & set(attributes)]
    assert not [text for _, text in elements.inside if "sourceMappingURL" in text or "@import" in text]
    assert not re.search(r"url\(", next(text for _, text in elements.inside))


def test_only_the_pages_own_scripts_and_style_may_run(case: Casebook, tmp_path: Path) -> None:
    elements = _Elements(_page(case, tmp_path))
    policy = next(told["content"] for _, told in elements.tags if told.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none';") and "unsafe" not in policy
    for told, text in elements.inside:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert told.get("type") == "application/json" or f"'sha256-{digest}'" in policy


def test_the_page_speaks_the_language(case: Casebook, tmp_path: Path) -> None:
    english = _content(_page(case, tmp_path, "place:P1"))
    set_language("zh")
    page = _page(case, tmp_path, "place:P1")
    chinese = _content(page)
    assert '<html lang="zh">' in page and "<h1>旧仓库及其联系</h1>" in page
    assert (english["kinds"]["Place"]["title"], chinese["kinds"]["Place"]["title"]) == ("Place", "场所")
    assert (english["linkKinds"]["CONTROLS"]["title"], chinese["linkKinds"]["CONTROLS"]["title"]) == (
        "controls",
        "控制",
    )
    kind = next(each for each in chinese["entities"][0]["properties"] if each["title"] == "类型")
    assert kind["values"][0]["value"] == "仓储"
    assert set(english["words"]) == set(chinese["words"])
    assert not [name for name, text in english["words"].items() if not text.isascii()]


def test_the_same_page_byte_for_byte(case: Casebook, tmp_path: Path) -> None:
    assert _page(case, tmp_path) == _page(case, tmp_path)


def test_a_page_about_nothing(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id_number,name\n,\n,\n1,\n", "utf-8")
    from graphkit import open as open_casebook

    empty = open_casebook(tmp_path / "casebook")
    empty.load(tmp_path / "people.csv")
    assert empty.view(tmp_path / "page.html").rows[0]["nodes"] == 0


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        ("page", {}, "ends in .html"),
        ("nowhere/page.html", {}, "there is no folder"),
        ("page.html", {"hops": 0}, "at least 1"),
        ("page.html", {"limit": 5000}, "at most 2000"),
        ("page.html", {"kinds": ["PAYED"]}, "PAID"),
        ("page.html", {"kind": "map"}, "network"),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(
    case: Casebook, tmp_path: Path, file: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        case.view(tmp_path / file, SUSPECT, **options)
    assert not list(tmp_path.iterdir())


def test_an_unknown_entity_is_refused_and_writes_nothing(case: Casebook, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        case.view(tmp_path / "page.html", "李小龙在哪里")
    assert not list(tmp_path.iterdir())
