"""How answers look: on a terminal, as JSON, as CSV, in a notebook."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from graphkit.model.answer import Answer, Column
from graphkit.model.language import set_language
from graphkit.model.rendering import to_csv, to_html, to_json, to_table
from graphkit.model.rendering.width import visible, width, wrap

NAME = Column("name", en="Name", zh="姓名")
COUNT = Column("count", "integer", "g", "Count", "数量")


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def answer(rows: list[dict[str, object]], *columns: Column, **more: object) -> Answer:
    return Answer("test", {}, columns or (NAME, COUNT), rows, **more)  # type: ignore[arg-type]


def test_columns_are_aligned_where_characters_are_wide() -> None:
    text = to_table(answer([{"name": "张三", "count": 5}, {"name": "Li", "count": 12000}]))
    lines = text.splitlines()
    assert lines[0] == "Name  Count (g)"
    assert lines[2:] == ["张三          5", "Li        12000"]
    assert len({width(line) for line in lines}) == 1


def test_titles_speak_the_language_and_values_do_not() -> None:
    set_language("zh")
    text = to_table(answer([{"name": "arrested", "count": 1}]))
    assert text.startswith("姓名") and "数量 (g)" in text and "arrested" in text


def test_evidence_is_counted_on_the_terminal_and_whole_elsewhere() -> None:
    rows = [{"name": "a", "count": 1, "evidence": [f"0123456789ab#1:{i}" for i in range(3)]}]
    assert "3 rows: 0123456789ab#1:0 …" in to_table(answer(rows))
    assert json.loads(to_json(answer(rows)))["rows"][0]["evidence"] == rows[0]["evidence"]
    assert "0123456789ab#1:2" in to_csv(answer(rows))
    assert "0123456789ab#1:2" in to_html(answer(rows))


def test_what_controls_a_terminal_is_shown_and_not_obeyed() -> None:
    hostile = "\x1b]0;title\x07\x1b[2J\r\u202egnp.exe\x9b31m"
    text = to_table(answer([{"name": hostile, "count": 1}]))
    assert not any(character in text for character in "\x1b\x07\r\u202e\x9b")
    assert visible("two\nlines\tand 汉字 é") == "two\nlines    and 汉字 é"


def test_an_empty_answer_says_so_in_words() -> None:
    assert to_table(answer([], notes=("nobody",))) == "Nothing found.\n\n* nobody\n"
    assert "Nothing found." in to_html(answer([]))
    set_language("zh")
    assert to_table(answer([])) == "没有结果。\n"


def test_facts_stand_beside_the_rows() -> None:
    made = answer([{"name": "a", "count": 1}], facts={"optimal": True})
    assert "optimal: yes" in to_table(made)
    assert json.loads(to_json(made))["optimal"] is True


def test_records_beside_the_rows_have_a_line_each() -> None:
    regions = [{"region": "350503", "hits": 1, "ids": ["a"]}, {"region": "350100", "hits": 2, "ids": ["b", "c"]}]
    firm = {"links": 0, "share": 0.5, "drawn": {"mean": 1.0}, "late": True, "none": None}
    made = answer([{"name": "a", "count": 1}], facts={"by_region": regions, "firm": firm, "value": 4})
    assert to_table(made).splitlines()[-4:] == [
        "by_region: region 350503; hits 1; ids a",
        "by_region: region 350100; hits 2; ids b, c",
        "firm: links 0; share 0.5; drawn (mean 1); late yes",
        "value: 4",
    ]
    assert json.loads(to_json(made))["by_region"] == regions


def test_a_narrow_terminal_gets_no_line_that_is_too_wide() -> None:
    rows: list[dict[str, object]] = [{"name": "word " * 30 + "长" * 50, "count": 1, "evidence": ["0123456789ab#1:1"]}]
    for columns in (20, 40, 80):
        text = to_table(answer(rows, notes=("注" * 100,)), columns)
        assert max(width(line) for line in text.splitlines()) <= columns
        assert "".join(text.split()).count("长") == 50


def test_many_columns_become_a_block_for_each_row() -> None:
    columns = tuple(Column(f"c{i}", en=f"Title {i}") for i in range(20))
    rows: list[dict[str, object]] = [{column.name: f"value {row}" for column in columns} for row in range(2)]
    text = to_table(answer(rows, *columns), 80)
    assert text.count("\n\n") == 1 and "Title 7   value 1" in text


def test_columns_in_which_nothing_stands_are_left_out_of_a_table() -> None:
    assert "Count" not in to_table(answer([{"name": "a", "count": None}]))
    assert "count" in to_csv(answer([{"name": "a", "count": None}]))


def test_long_lists_are_cut_on_the_terminal_only() -> None:
    rows: list[dict[str, object]] = [{"name": [f"n{i}" for i in range(100)], "count": 1}]
    assert "(+76)" in to_table(answer(rows)) and "n99" not in to_table(answer(rows))
    assert "n99" in to_csv(answer(rows)) and "n99" in to_json(answer(rows))


def test_many_notes_are_cut_on_the_terminal_only() -> None:
    made = answer([{"name": "a", "count": 1}], notes=tuple(f"note {i}" for i in range(50)))
    assert "and 30 more notes" in to_table(made) and "note 49" not in to_table(made)
    assert len(json.loads(to_json(made))["notes"]) == 50


def test_json_holds_no_nan_and_keeps_chinese() -> None:
    import numpy as np

    row = {
        "name": "张三",
        "count": float("nan"),
        "infinite": float("-inf"),
        "day": date(2022, 1, 24),
        "moment": datetime(2022, 1, 24, 8, 5),
        "exact": Decimal("1.50"),
        "huge": Decimal(10**20),
        "bytes": b"\x01",
        "array": np.array([1, 2]),
        "number": np.float64("nan"),
        "names": {"b", "a"},
    }
    text = to_json(answer([row]))
    assert "张三" in text
    found = json.loads(text, parse_constant=pytest.fail)["rows"][0]
    told = {"day": "2022-01-24", "moment": "2022-01-24T08:05:00", "exact": 1.5, "huge": 10**20, "bytes": "01"}
    nothing = {"count": None, "infinite": None, "number": None}
    assert found == {"name": "张三", "array": [1, 2], "names": ["a", "b"], **told, **nothing}


FORMULAS = ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_holds_no_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(answer([{"name": text, "count": -5}])), newline="")))
    assert rows[1] == ["'" + text, "-5"]


def test_csv_writes_out_what_would_steer_a_terminal_or_turn_the_text() -> None:
    text = to_csv(answer([{"name": "甲\x1b[2J\u202e乙", "count": 1}]))
    assert "甲\\x1b[2J\\u202e乙" in text and text.replace("\r\n", "").isprintable()


def test_csv_keeps_everything_else_as_it_is() -> None:
    for text in ("+8613800000000", "-5", "a=b", '"quoted", and more', "two\nlines", "张三"):
        assert list(csv.reader(io.StringIO(to_csv(answer([{"name": text, "count": 1}])), newline="")))[1][0] == text


def test_a_notebook_shows_names_as_text() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    made = answer(
        [{"name": hostile, "count": 1, "evidence": ['"><script>']}],
        Column("name", en=hostile),
        COUNT,
        notes=(hostile,),
        facts={hostile: hostile},
    )
    text = made._repr_html_()
    assert "<img" not in text and "<script" not in text and 'title=""' not in text
    assert text.count("&lt;img") == 5


def test_a_notebook_shows_the_first_of_many_rows() -> None:
    text = to_html(answer([{"name": "a", "count": i} for i in range(1000)]))
    assert text.count("<tr>") == 201 and "200 of 1000" in text


def test_wrapping_loses_nothing() -> None:
    text = "a very long line 一二三四五六七八九十 and-more" * 3
    for columns in range(2, 60):
        assert "".join("".join(wrap(text, columns)).split()) == "".join(text.split())
        assert all(width(line) <= columns for line in wrap(text, columns))


def test_facts_have_chinese_names_in_chinese() -> None:
    set_language("zh")
    facts = {"objective": "pairs", "bound": 3, "by_region": [{"region": "350503", "hits": 1, "names": ["甲", "乙"]}]}
    made = answer([{"name": "a", "count": 1}], facts={**facts, "groups": None})
    assert to_table(made).splitlines()[-3:] == [
        "目标: 相连对数",
        "界限: 3",
        "按区划: 区划 350503；打击数 1；对象 甲, 乙",
    ]
    assert json.loads(to_json(made))["objective"] == "pairs"
