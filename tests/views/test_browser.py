"""The page in a real browser, the network off: it draws, it answers to clicks, it fetches nothing, and no name runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit import Casebook
from graphkit.model.language import set_language
from tests.views.browser import Page, browser
from tests.views.case import IMAGE, LINK, SUSPECT, casebook

READY = "typeof network === 'object' && document.querySelectorAll('#legend-kinds button').length > 0"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return casebook(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with browser() as page:
        yield page


@pytest.fixture
def page(case: Casebook, window: Page, tmp_path: Path) -> Iterator[Page]:
    """The suspect's surroundings, open; at the end nothing may have been fetched, and no name may have run."""
    set_language("en")
    file = tmp_path / "page.html"
    case.view(file, SUSPECT, hops=2)
    window.requests.clear()
    window.open(file, READY)
    yield window
    assert window.requests == [file.as_uri()]
    assert window.complaints == []
    assert window.value("document.title") == "李伟 and what is linked to it · graphkit"
    assert window.value("document.querySelectorAll('img, a, iframe, #panel script').length") == 0


def _place(page: Page, name: str) -> tuple[float, float]:
    """Where on the screen the entity of this name stands."""
    found: dict[str, float] = page.value(
        f"""(() => {{
          const id = entities.findIndex((entity) => entity.name === {_quoted(name)});
          const at = network.canvasToDOM(network.getPositions([id])[id]);
          const box = document.getElementById("mynetwork").getBoundingClientRect();
          return {{x: at.x + box.left, y: at.y + box.top}};
        }})()"""
    )
    return found["x"], found["y"]


def _quoted(text: str) -> str:
    import json

    return json.dumps(text)


def _panel(page: Page) -> str:
    return str(page.value("document.getElementById('panel').innerText"))


def test_a_click_on_an_entity_shows_properties_and_rows(page: Page, case: Casebook) -> None:
    assert "Click an entity" in _panel(page)
    page.click(*_place(page, "李伟"))
    page.wait("document.querySelector('#panel h2').textContent === '李伟'")
    text = _panel(page)
    assert SUSPECT in text and "李玮" in text and "the rows disagree" in text
    page.value("document.querySelectorAll('#panel details').forEach((each) => { each.open = true; })")
    row = next(each for each in case.store.statements([SUSPECT]) if each.value == "李玮").evidence[0]
    assert row in _panel(page) and "people2.csv" in _panel(page)


def test_hostile_names_are_text_wherever_they_show(page: Page) -> None:
    page.click(*_place(page, IMAGE))
    page.wait(f"document.querySelector('#panel h2').textContent === {_quoted(IMAGE)}")
    page.value("chooseBundle(bundles.findIndex((bundle) => bundle.count === 2))")
    assert IMAGE in _panel(page)
    page.click(*_place(page, LINK))
    page.wait(f"document.querySelector('#panel h2').textContent === {_quoted(LINK)}")
    page.click(*_centre(page, "#search-text"))
    page.type("<")
    assert LINK in page.value("document.getElementById('search-results').innerText")


def test_a_click_on_a_line_lists_the_links_between_two(page: Page) -> None:
    first, second = _place(page, "李伟"), _place(page, IMAGE)
    page.click((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
    page.wait("document.querySelectorAll('#panel .link').length === 2")
    text = _panel(page)
    assert "supplied" in text and "2024-02-02" in text and "2,000 box" in text and f"李伟 → {IMAGE}" in text


def test_both_versions_of_a_disputed_link_are_shown(page: Page) -> None:
    page.value("chooseBundle(bundles.findIndex((bundle) => bundle.disputed))")
    assert page.value("document.querySelectorAll('#panel .version').length") == 2
    assert "the rows disagree" in _panel(page) and "3 box" in _panel(page) and "4 box" in _panel(page)


def _centre(page: Page, selector: str) -> tuple[float, float]:
    box: dict[str, Any] = page.value(f"document.querySelector({_quoted(selector)}).getBoundingClientRect().toJSON()")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_kinds_are_hidden_and_shown_from_the_legend(page: Page) -> None:
    shown = "order.filter((id) => !nodes.get(id).hidden).length"
    before = page.value(shown)
    for expected in (before - 2, before):  # the suspect and the other person
        page.click(*_centre(page, "#legend-kinds button"))
        assert page.value(shown) == expected
    assert page.value("document.querySelector('#legend-kinds button').getAttribute('aria-pressed')") == "true"


def test_an_entity_is_found_by_name_with_the_keyboard_alone(page: Page) -> None:
    page.value("document.getElementById('search-text').focus()")
    page.type("旧仓", "Enter")
    page.wait("document.querySelector('#panel h2').textContent === '旧仓库'")
    page.type("", "Escape")
    page.wait("document.querySelector('#panel h2').textContent !== '旧仓库'")


def test_everything_fits_an_ordinary_window_and_a_small_one(page: Page) -> None:
    size = {"deviceScaleFactor": 1, "mobile": False}
    for width, height in ((1280, 800), (420, 760)):
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, **size)
        page.wait(f"window.innerWidth === {width} && network.canvas.frame.clientWidth <= {width}")
        assert page.value("document.documentElement.scrollWidth") <= width
        assert page.value("document.getElementById('mynetwork').clientHeight") > 150
        assert page.value("document.getElementById('panel').getBoundingClientRect().right") <= width
    page.call("Emulation.setDeviceMetricsOverride", width=1280, height=800, **size)


def test_the_names_are_drawn(page: Page) -> None:
    """The canvas holds the colour of persons and dark letters, and is not blank."""
    counted = page.value("""(() => {
      network.redraw();
      const canvas = document.querySelector("#mynetwork canvas");
      const {width, height} = canvas;
      const data = canvas.getContext("2d", {willReadFrequently: true}).getImageData(0, 0, width, height).data;
      let dark = 0, red = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 200) continue;
        if (data[i] < 60 && data[i + 1] < 60 && data[i + 2] < 70) dark += 1;
        if (data[i] === 0xd1 && data[i + 1] === 0x49 && data[i + 2] === 0x5b) red += 1;
      }
      return {dark, red};
    })()""")
    assert counted["red"] > 200 and counted["dark"] > 200, counted
