"""What the folders look like: files, encodings, headers, mess."""

from __future__ import annotations

import re
import unicodedata

from graphkit.model.records import BY_NAME, RECORD_KINDS
from graphkit.sample.departments import CHANNELS, style_of
from graphkit.sample.places import PROVINCES
from tests.sample.conftest import Sample
from tests.sample.reading import cells_of, grids_of, text_of

MESS = (
    r"\d{4}年\d{1,2}月\d{1,2}日",
    r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d\d",
    r"\b20(23|24)[01]\d[0-3]\d\b",
    r"\b4[45]\d{3}\b",
    r"\b20\d\d-\d\d-\d\d\b",
    r"¥\d{1,3},\d{3}\.\d\d",
    r"￥\d",
    r"\d\.\d+万",
    r"[０-９]{4}",
    r"登记表",
    r"\dE\+1\d",
    r"合计",
    r"\+861\d{10}",
    r"00861\d{10}",
    r"1\d\d-\d{4}-\d{4}",
    r"\n[,;\t]+\n",
)


def test_every_kind_occurs(sample: Sample) -> None:
    assert set(sample.truth["kinds"]) == {kind.name for kind in RECORD_KINDS}
    assert all(count > 0 for count in sample.truth["kinds"].values())


def test_the_size_is_about_as_wished(sample: Sample) -> None:
    rows = sum(file.rows for file in sample.written)
    assert rows == sample.truth["rows"] == sum(sample.truth["kinds"].values())
    assert sample.truth["size"] <= rows <= sample.truth["size"] * 1.05 + 25


def test_what_is_said_to_be_written_is_there(sample: Sample) -> None:
    said = {file.file: file.rows for file in sample.written}
    there = {path.relative_to(sample.folder).as_posix() for path in (sample.folder / "records").rglob("*.*")}
    assert set(said) == there
    assert said == {file: told["rows"] for file, told in sample.truth["files"].items()}


def test_the_files_hold_as_many_records_as_said(sample: Sample) -> None:
    headers = {
        unicodedata.normalize("NFKC", name) for kind in RECORD_KINDS for f in kind.every_field for name in f.names
    }
    no_records = {(t["file"], t["sheet"]): 1 for t in sample.truth["totals"]}
    for file in sample.written:
        found = 0
        for sheet, grid in grids_of(sample.folder / file.file).items():
            heads = [i for i, row in enumerate(grid) if sum(_plain(cell) in headers for cell in row) >= 2]
            if heads:
                found += sum(any(cell not in (None, "") for cell in row) for row in grid[heads[-1] + 1 :])
                found -= no_records.get((file.file, sheet), 0)
        assert found == file.rows, file.file


def _plain(cell: object) -> str:
    return unicodedata.normalize("NFKC", str(cell or "")).replace("\n", "")


def test_encodings_differ(sample: Sample) -> None:
    contents = [path.read_bytes() for path in sample.files(".csv")]
    encodings = {text_of(path)[1] for path in sample.files(".csv")}
    assert encodings == {"utf-8-sig", "gb18030"}
    assert any(content.startswith(b"\xef\xbb\xbf") for content in contents)


def test_larger_samples_show_all_the_mess(large: Sample) -> None:
    texts = [text_of(path)[0] for path in large.files(".csv")]
    text = "\n".join(texts)
    assert {max(",;\t", key=t.splitlines()[-1].count) for t in texts} == {",", ";", "\t"}
    for mess in MESS:
        assert re.search(mess, text), mess


def test_workbooks_have_merged_headers_and_a_sheet_without_a_table(large: Sample) -> None:
    from openpyxl import load_workbook

    books = [load_workbook(path) for path in large.files(".xlsx")]
    assert any(sheet.merged_cells.ranges for book in books for sheet in book.worksheets)
    assert any("填表说明" in book.sheetnames or "Notes" in book.sheetnames for book in books)
    assert any(len(book.sheetnames) > 2 for book in books)
    kinds = {
        type(cell).__name__
        for book in books
        for row in book.worksheets[0].iter_rows()
        for cell in (c.value for c in row)
    }
    assert {"str", "int", "datetime"} <= kinds


def test_both_languages_head_tables(large: Sample) -> None:
    folders = {path.parent.name for path in large.files("") if path.is_file()}
    assert any(name.isascii() for name in folders)
    assert any(not name.isascii() for name in folders)


def test_no_table_has_a_header_twice_or_an_unknown_one() -> None:
    for channel in CHANNELS:
        for province in range(len(PROVINCES)):
            style = style_of(channel, province)
            headers = [style.header(field) for field in channel.record.every_field]
            assert len(set(headers)) == len(headers), (channel.name, province)
            assert all(h in f.names for h, f in zip(headers, channel.record.every_field, strict=True))


def test_channels_name_fields_of_their_kind() -> None:
    for channel in CHANNELS:
        names = set(BY_NAME[channel.kind].by_name)
        assert {name for pair in channel.parties for name in pair if name} <= names


def test_nothing_tells_of_the_hidden_source(sample: Sample) -> None:
    hidden = sample.truth["hidden_source"]
    text = unicodedata.normalize("NFKC", cells_of(sample.folder / "records"))
    assert hidden["deliveries"]
    for secret in (hidden["name"], hidden["id"].removeprefix("person:"), hidden["phone"], hidden["account"]):
        assert secret not in text
