"""In which encoding a text file was written."""

from __future__ import annotations

import codecs
import collections
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
            return _marked(content[len(mark) :], encoding, name), encoding
    for encoding in (_unmarked_utf16(content), "utf-8"):
        text = _recoded(content, encoding) if encoding else None
        if text is not None:
            return text, encoding
    return _legacy(content, name)


def _marked(content: bytes, encoding: str, name: str) -> bytes:
    text = _recoded(content, encoding)
    if text is None:
        raise unreadable(
            name,
            f"is marked as {encoding} but damaged; ask for the file again or save it as UTF-8",
            f"标记为 {encoding} 但内容已损坏，请重新索取或另存为 UTF-8",
        )
    return text


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    for start in range(0, len(content), _BLOCK):
        yield decoder.decode(view[start : start + _BLOCK])
    yield decoder.decode(b"", True)


def _recoded(content: bytes, encoding: str) -> bytes | None:
    """The text as UTF-8; None where the bytes are no text in this encoding."""
    try:
        if encoding == "utf-8":
            collections.deque(_decoded(content, encoding), maxlen=0)
            return content
        return b"".join(text.encode("utf-8") for text in _decoded(content, encoding))
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without a mark: separators, digits and line ends leave a NUL in every second place, on one side only."""
    sample = content[: 1 << 16]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    more, fewer = max(first, second), min(first, second)
    if not more or 100 * more < len(sample) or 10 * fewer > more or len(content) % 2:
        return ""
    encoding, line_end = ("utf-16-be", b"\0\n") if first > second else ("utf-16-le", b"\n\0")
    # A few stray NULs in ordinary text are not UTF-16: its line ends would not have one each.
    return encoding if 2 * sample.count(line_end) >= max(1, sample.count(b"\n")) else ""


def _legacy(content: bytes, name: str) -> tuple[bytes, str]:
    """GB18030 or Big5, whichever gives the more everyday characters."""
    _check_damaged(content, name)
    recoded = {encoding: _recoded(content, encoding) for encoding in ("gb18030", "big5hkscs")}
    possible = {encoding: text for encoding, text in recoded.items() if text is not None}
    if not possible:
        raise unreadable(
            name,
            "is in none of UTF-8, UTF-16, GB18030, Big5; save it as UTF-8 csv or as xlsx",
            "编码不是 UTF-8、UTF-16、GB18030 或 Big5，请另存为 UTF-8 csv 或 xlsx",
        )
    encoding = max(possible, key=lambda encoding: _everyday(content, encoding))
    return possible[encoding], encoding


def _check_damaged(content: bytes, name: str) -> None:
    """Refuse UTF-8 with a few broken bytes, which GB18030 would take and turn into other characters."""
    text = content[: 1 << 20].decode("utf-8", "replace")
    wide = sum(1 for character in text if character > "\x7f")
    if not wide or 20 * text.count("\ufffd") > wide:
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise unreadable(
            name,
            "is UTF-8 with broken bytes in this row; ask for the file again or mend the row",
            "是 UTF-8 编码，但该行含有损坏的字节，请重新索取或修正该行",
            row=content.count(b"\n", 0, error.start) + 1,
        ) from None


def _everyday(content: bytes, encoding: str) -> float:
    """The share of the text's wide characters that everyone uses, by where the encoding's makers put these."""
    text = content[: 1 << 20].decode(encoding, "ignore")
    wide = [character for character in text if character > "\x7f"]
    narrow, first, last = ("gb2312", 0xB0, 0xD7) if encoding == "gb18030" else ("big5", 0xA4, 0xC6)
    coded = (character.encode(narrow, "ignore") for character in wide[:20_000])
    common = sum(1 for pair in coded if len(pair) == 2 and (first <= pair[0] <= last or pair[0] in (0xA1, 0xA3)))
    return common / max(1, len(wide[:20_000]))
