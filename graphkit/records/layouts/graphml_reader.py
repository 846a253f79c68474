"""GraphML as a stream of records, read so that a hostile file can do no harm.

A document type, an entity, too deep a nesting or too long a text ends the reading at once: nothing is ever expanded
or fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from graphkit.errors import UnreadableFile
from graphkit.records.reading.safety import CELL_CHARACTERS, unreadable

DEPTH = 200
KEYS = 2_000
LINES = 1_000
_BLOCK = 1 << 20
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# Text encodings only: Python also knows zlib as an encoding, which would unpack a bomb.
_TEXT = re.compile(
    r"utf-?(?:8|16|32)|(?:us-)?ascii|iso-8859-\d+|latin-?1|(?:windows-|cp)125\d|gb18030|gbk|gb2312|cp936|big5(?:-?hkscs)?"
    r"|shift_jis|euc-(?:jp|kr)|koi8-[ru]"
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABELS = frozenset({"NodeLabel", "EdgeLabel"})  # where yEd keeps the text that it writes beside a node or an edge


@dataclass(frozen=True)
class Key:
    """One declared attribute."""

    name: str
    type: str
    domain: str  # node, edge, all …
    default: str = ""
    drawing: bool = False  # how yEd draws the element; only its label is a statement


@dataclass
class Record:
    """One node, edge or hyperedge as written; `row` is its ordinal among them, from 1."""

    element: str
    row: int
    attributes: dict[str, str]
    line: int
    directed: bool = True
    parent: str = ""
    data: dict[str, str] = field(default_factory=dict)  # by key id


@dataclass
class _Data:
    key: str
    text: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    nested: bool = False
    length: int = 0


class Reader:
    """Reads one document; `keys`, `counts` and `graph_data` are complete once the records have been taken."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys: dict[str, Key] = {}
        self.counts = dict.fromkeys(("node", "edge", "hyperedge", "port", "nested", "graph_data"), 0)
        self._path: list[str] = []
        self._open: list[Record] = []  # nodes and edges not yet closed
        self._directed: list[bool] = []  # of the graphs not yet closed
        self._done: list[Record] = []
        self._data: _Data | None = None
        self._data_depth = 0
        self._key = ""
        self._parser = self._hardened()

    def records(self, content: bytes) -> Iterator[Record]:
        """The nodes, edges and hyperedges, each when it is closed."""
        try:
            for text in _utf8_blocks(content, self.name):
                self._parser.Parse(text, False)
                yield from self._taken()
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._fault(
                f"is not well-formed XML ({expat.ErrorString(error.code)})", "不是格式正确的 XML", error.lineno
            ) from None
        yield from self._taken()

    def _taken(self) -> list[Record]:
        taken, self._done = self._done, []
        return taken

    def _hardened(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.ExternalEntityRefHandler = self._refuse_entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def _refuse_doctype(self, *_: object) -> None:
        raise self._fault(
            "declares a document type or an entity, which graphkit does not read; take the DOCTYPE out",
            "含有 DOCTYPE 或实体声明，不予读取，请将其删除",
        )

    def _refuse_entity(self, *_: object) -> int:
        self._refuse_doctype()
        return 0

    def _fault(self, english: str, chinese: str, line: int = 0) -> UnreadableFile:
        return unreadable(
            self.name,
            f"{english} at line {line or self._parser.CurrentLineNumber}",
            f"{chinese}（第 {line or self._parser.CurrentLineNumber} 行）",
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        self._path.append(local)
        if len(self._path) > DEPTH:
            raise self._fault(f"is nested deeper than {DEPTH} levels", f"嵌套超过 {DEPTH} 层")
        if self._data is not None:
            self._data.nested = True
        elif len(self._path) == 1 and local != "graphml":
            raise self._fault(f"is not GraphML: its root is {local[:40]}", f"不是 GraphML：根元素是 {local[:40]}")
        elif local in ("node", "edge", "hyperedge"):
            self._open_record(local, attributes)
        elif local == "data":
            self._data, self._data_depth = _Data(attributes.get("key", "")), len(self._path)
        else:
            self._start_other(local, attributes)

    def _start_other(self, local: str, attributes: dict[str, str]) -> None:
        if local == "key":
            self._declare(attributes)
        elif local == "default":
            self._data, self._data_depth = _Data(""), len(self._path)
        elif local == "graph":
            self.counts["nested"] += bool(self._directed)
            self._directed.append(attributes.get("edgedefault", "directed") != "undirected")
        elif local == "port":
            self.counts["port"] += 1

    def _declare(self, attributes: dict[str, str]) -> None:
        self._key = attributes.get("id", "")
        if len(self.keys) >= KEYS:
            raise self._fault(f"declares more than {KEYS:,} attributes", f"声明的属性超过 {KEYS:,} 个")
        name = attributes.get("attr.name") or self._key
        drawing = "graphics" in attributes.get("yfiles.type", "")
        self.keys[self._key] = Key(
            name, attributes.get("attr.type", "string"), attributes.get("for", "all"), drawing=drawing
        )

    def _open_record(self, element: str, attributes: dict[str, str]) -> None:
        self.counts[element] += 1
        row = self.counts["node"] + self.counts["edge"] + self.counts["hyperedge"]
        default = self._directed[-1] if self._directed else True
        directed = {"true": True, "false": False}.get(attributes.get("directed", ""), default)
        parent = next((r.attributes.get("id", "") for r in reversed(self._open) if r.element == "node"), "")
        self._open.append(Record(element, row, attributes, self._parser.CurrentLineNumber, directed, parent))

    def _text(self, text: str) -> None:
        data = self._data
        if data is None:
            return
        if self._path[-1] in _LABELS:
            data.label.append(text)
        elif len(self._path) == self._data_depth:
            data.text.append(text)
        data.length += len(text)
        if data.length > CELL_CHARACTERS:
            raise self._fault(f"holds a text of more than {CELL_CHARACTERS:,} characters", "文本过长")

    def _end(self, tag: str) -> None:
        local = self._path.pop()
        if self._data is not None:
            if len(self._path) < self._data_depth:
                self._close_data(self._data, local)
            elif local in _LABELS:
                self._data.label.append("\n")
        elif local == "graph" and self._directed:
            self._directed.pop()
        elif local in ("node", "edge", "hyperedge") and self._open:
            self._done.append(self._open.pop())

    def _close_data(self, data: _Data, local: str) -> None:
        self._data = None
        text = "".join(data.label if data.nested else data.text).strip()
        if local == "default":
            key = self.keys.get(self._key)
            if key is not None and text:
                self.keys[self._key] = Key(key.name, key.type, key.domain, text, key.drawing)
        elif self._path[-1] in ("node", "edge", "hyperedge"):
            self._hold(data.key, text)
        else:
            self.counts["graph_data"] += 1

    def _hold(self, key: str, text: str) -> None:
        """Keep what the record says under this key; several texts under one key stand in lines of their own."""
        held = self._open[-1].data
        if held.get(key, "").count("\n") > LINES:
            raise self._fault(f"says more than {LINES:,} things under one key", f"同一属性的取值超过 {LINES:,} 个")
        if text:
            held[key] = f"{held[key]}\n{text}" if key in held else text


def _utf8_blocks(content: bytes, name: str) -> Iterator[bytes]:
    """The document as UTF-8 whatever encoding it names, so that GB18030 is read too, block by block."""
    encoding, start = _encoding(content)
    wrong = unreadable(name, f"is not in the encoding that it names, {encoding}", f"内容与所声明的编码 {encoding} 不符")
    if not _TEXT.fullmatch(encoding.removesuffix("-le").removesuffix("-be")):
        raise wrong
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        view = memoryview(content)
        for position in range(start, len(content), _BLOCK):
            yield decoder.decode(view[position : position + _BLOCK]).encode()
        yield decoder.decode(b"", True).encode()
    except (LookupError, UnicodeError):
        raise wrong from None


def _encoding(content: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    named = _DECLARED.match(content[:400])
    told = named.group(1).decode().lower() if named else "utf-8"
    return ("gb18030" if told in ("gb2312", "gbk", "cp936") else told), 0
