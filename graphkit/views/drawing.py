"""From the content of a page to its HTML, by pyvis with a template of our own."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyvis
from pyvis.network import Network as Drawing

from graphkit.views.content import Material, Told
from graphkit.views.layout import positions
from graphkit.views.styles import LinkStyle, NodeStyle

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = ("elements.js", "labels.js", "panel.js", "legend.js", "search.js", "page.js")
_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_FONT = "Inter, Segoe UI, Helvetica Neue, Noto Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Arial, sans-serif"
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": False, "hideEdgesOnZoom": False, "tooltipDelay": 200},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.8,
        "arrows": {"to": {"scaleFactor": 0.45}, "from": {"scaleFactor": 0.45}},
        "font": {"face": _FONT, "size": 11, "color": "#5b6470", "strokeWidth": 4, "strokeColor": "#ffffff"},
        "scaling": {"label": {"drawThreshold": 10}},
    },
}  # fmt: skip
_CROWD = 60
_WIDE = 0x2E80  # from here on letters are as wide as high


def html(drawn: Material, content: Told) -> str:
    """The page. Data reach it only as JSON in script elements that are not run; nothing that is run holds data."""
    drawing = Drawing(directed=True, cdn_resources="in_line")
    drawing.nodes, drawing.edges = _nodes(drawn), [_edge(i, each, drawn) for i, each in enumerate(drawn.bundles)]
    drawing.set_options(json.dumps(_OPTIONS))
    drawing.set_template_dir(str(_ASSETS), "network.html")
    style, scripts = (_ASSETS / "network.css").read_text("utf-8"), (_vis(), _own_scripts())
    drawing.templateEnv.globals["page"] = {
        **{name: content[name] for name in ("language", "title", "words")},
        **{"content": in_script(content), "in_script": in_script},
        **{"style": style, "scripts": scripts, "policy": _policy(style, scripts)},
    }
    return str(drawing.generate_html())


def _nodes(drawn: Material) -> list[dict[str, Any]]:
    """Each entity as vis-network draws it, without its name: names are drawn by the page's own script."""
    told, tied = drawn.entities, drawn.bundles
    ends = np.array([(each["from"], each["to"]) for each in tied], np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=len(told))
    sizes = np.minimum(7 + 2.6 * np.sqrt(degree), 30).round(1).tolist()
    if drawn.centred:
        sizes[0] = max(sizes[0], 22.0)
    boxes = np.array([_box(each, size, len(told) > _CROWD) for each, size in zip(told, sizes, strict=True)])
    points = positions(boxes.reshape(-1, 2), ends[:, 0], ends[:, 1]).round(1).tolist()
    return [_node(i, sizes[i], points[i], drawn.node_kinds[each["kind"]]) for i, each in enumerate(told)]


def _node(place: int, size: float, point: list[float], style: NodeStyle) -> dict[str, Any]:
    marked = {"background": style.colour, "border": "#1d232b"}
    colour = {"background": style.colour, "border": "#ffffff", "highlight": marked, "hover": marked}
    node = {"id": place, "x": point[0], "y": point[1], "shape": style.shape, "size": size, "color": colour}
    if style.shape != "box":
        return node
    wide = {"widthConstraint": {"minimum": size * 2}, "heightConstraint": {"minimum": size * 1.3}}
    return {**node, **wide, "label": " ", "margin": 1}  # a box is drawn only around a text


def _edge(place: int, bundle: Told, drawn: Material) -> dict[str, Any]:
    """One line for all links between two entities, drawn as the most frequent kind, with their number where several."""
    styles = drawn.link_kinds
    main = styles[max(bundle["kinds"], key=lambda kind: (bundle["kinds"][kind], kind))]
    marks = [f"×{bundle['count']}"] * (bundle["count"] > 1) + ["!"] * bundle["disputed"]
    edge = {
        **{"id": place, "from": bundle["from"], "to": bundle["to"]},
        **{"arrows": _arrows(bundle, styles), "dashes": main.dashed},
        "width": round(1.4 + 0.9 * float(np.log(bundle["count"])), 1),
        "color": {"color": main.colour, "highlight": main.colour, "hover": main.colour, "opacity": 0.62},
    }
    return {**edge, "label": " ".join(marks)} if marks else edge


def _arrows(bundle: Told, styles: dict[str, LinkStyle]) -> str:
    if not any(styles[kind].directed for kind in bundle["kinds"]):
        return ""
    forth, back = bundle["forward"] > 0, bundle["forward"] < bundle["count"]
    return ", ".join(end for end, there in (("to", forth), ("from", back)) if there)


def _box(told: Told, size: float, crowded: bool) -> tuple[float, float]:
    """The room that an entity takes; with its name, unless the page is too crowded for all names."""
    if crowded:
        return size * 2 + 14, size * 2 + 14
    letters = sum(2 if ord(letter) >= _WIDE else 1 for letter in told["name"])
    return max(size * 2 + 20, min(letters * 7, 150) + 10), size * 2 + 34


@cache
def _vis() -> str:
    """vis-network as pyvis ships it, without the line that names a file for debuggers to fetch."""
    return re.sub(r"//# sourceMappingURL=.*", "", _VIS.read_text("utf-8")).replace("\r\n", "\n")


def _own_scripts() -> str:
    return "\n".join((_ASSETS / name).read_text("utf-8") for name in _SCRIPTS)


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """What a browser may run and fetch: these scripts and this style, and nothing else at all."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def in_script(value: Any) -> str:
    """JSON that cannot end the script element it stands in, whatever the data holds."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
