"""In which encoding a text file was written."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from graphkit.records.reading.safety import unreadable

_BLOCK = 1 << 16  # small blocks stay in the processor's cache: three times as fast as one decode
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def as_utf8(content: bytes, name: str) -> tuple[bytes, str]:
    """The text as UTF-8 without byte order mark, and the encoding it was written in."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _recoded(content[len(mark) :], encoding, name), encoding
    if wide := _unmarked_utf16(content):
        return _recoded(content, wide, name), wide
    if decodes(content, "utf-8"):
        return content, "utf-8"
    encoding = _legacy(content, name)
    return _recoded(content, encoding, name), encoding


def decodes(content: bytes, encoding: str) -> bool:
    """Whether these bytes are text in this encoding from end to end."""
    try:
        for _ in _decoded(content, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    for start in range(0, len(content), _BLOCK):
        yield decoder.decode(view[start : start + _BLOCK])
    yield decoder.decode(b"", True)


def _recoded(content: bytes, encoding: str, name: str) -> bytes:
    try:
        if encoding == "utf-8":
            for _ in _decoded(content, encoding):
                pass
            return content
        return b"".join(text.encode("utf-8", "surrogatepass") for text in _decoded(content, encoding))
    except UnicodeDecodeError:
        raise unreadable(
            name,
            f"is marked as {encoding} but damaged; ask for the file again or save it as UTF-8",
            f"标记为 {encoding} 但内容已损坏，请重新索取或另存为 UTF-8",
        ) from None


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without a mark: separators, digits and line ends leave a NUL in every second place, on one side only."""
    sample = content[: 1 << 16]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) < len(sample) // 20 or min(first, second) > max(first, second) // 10 or len(content) % 2:
        return ""
    encoding = "utf-16-be" if first > second else "utf-16-le"
    # A few stray NULs in ordinary text are not UTF-16: read as such it would hold no separators at all.
    return encoding if decodes(content, encoding) and any(mark in content.decode(encoding) for mark in "\n,\t;") else ""


def _legacy(content: bytes, name: str) -> str:
    """GB18030 or Big5, whichever gives the more everyday characters."""
    possible = [encoding for encoding in ("gb18030", "big5hkscs") if decodes(content, encoding)]
    if not possible:
        raise unreadable(
            name,
            "is in none of UTF-8, UTF-16, GB18030, Big5; save it as UTF-8 csv or as xlsx",
            "编码不是 UTF-8、UTF-16、GB18030 或 Big5，请另存为 UTF-8 csv 或 xlsx",
        )
    return max(possible, key=lambda encoding: _everyday(content, encoding))


def _everyday(content: bytes, encoding: str) -> float:
    """The share of the text's wide characters that everyone uses, by where the encoding's makers put these."""
    text = content[: 1 << 20].decode(encoding, "ignore")
    wide = [character for character in text if character > "\x7f"]
    narrow, first, last = ("gb2312", 0xB0, 0xD7) if encoding == "gb18030" else ("big5", 0xA4, 0xC6)
    coded = (character.encode(narrow, "ignore") for character in wide[:20_000])
    common = sum(1 for pair in coded if len(pair) == 2 and (first <= pair[0] <= last or pair[0] in (0xA1, 0xA3)))
    return common / max(1, len(wide[:20_000]))
