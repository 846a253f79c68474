"""Texts, names, codes and listed values; empty cells; cells with several values."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphkit.model.fields import FieldType, Value
from tests.records.normalising import read_one, refusals, value

SOURCE = (Value("new_media", "新媒体"), Value("email", "邮箱", ("电子邮件", "E-Mail")))
NOTHINGS = [
    "",
    " ",
    "\u3000",
    "\u00a0\u200b",
    "-",
    "—",
    "——",
    "－",
    "/",
    "无",
    "N/A",
    "n/a",
    "null",
    "NULL",
    "不详",
]


@pytest.mark.parametrize("cell", NOTHINGS)
@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind is not FieldType.NAME])
def test_what_says_that_there_is_nothing_is_empty(kind: FieldType, cell: str) -> None:
    for many in (False, True):
        result = read_one(kind, cell, many=many)
        assert result.issues.is_empty()
        assert result.frame.drop("row").row(0) == (None,) * (result.frame.width - 1)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"), ("张\u3000三 丰", "张三丰"), (" 张三\u200b", "张三"), ("ABC（深圳） 公司", "ABC(深圳)公司"),
        ("Ivan   Petrov", "Ivan Petrov"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("ＡＢＣ", "ABC"), ("Null", "Null"),
        ("无", "无"),
        ("-", None), ("——", None), ("N/A", None),
    ],
)  # fmt: skip
def test_names(cell: str, name: str | None) -> None:
    assert value(FieldType.NAME, cell) == name


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("p 0001", "P0001"),
        ("Ｐ－０００１", "P-0001"),
        ("20220101.0", "20220101"),
        ("1.0", "1.0"),
        *(
            (f"深公（刑）字{number}1号", "深公(刑)字(2022)1号")
            for number in ("[2022]", "〔2022〕", "【2022】", "（2022）")
        ),
    ],
)
def test_codes(cell: str, code: str) -> None:
    assert value(FieldType.CODE, cell) == code


@pytest.mark.parametrize(
    ("cell", "text"), [(" １２ ，ａ\u3000", "１２ ，ａ"), ("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'a", "'a")]
)
def test_free_text_stays_as_written(cell: str, text: str) -> None:
    assert value(FieldType.TEXT, cell) == text
    assert value(FieldType.URL, "https://x.cn/a,b?c=１") == "https://x.cn/a,b?c=１"


@pytest.mark.parametrize("cell", ["new_media", "新媒体", " 新媒体 ", "NEW_MEDIA", "New media"])
def test_listed_values(cell: str) -> None:
    assert value(FieldType.ENUM, cell, values=SOURCE) == "new_media"


def test_a_value_that_is_not_listed_stays_as_written_with_a_note() -> None:
    result = read_one(FieldType.ENUM, "电话", "e-mail", None, values=SOURCE)
    assert result.frame["x"].to_list() == ["电话", "email", None]
    assert refusals(result) == [(2, "unknown_value", "note")]


@pytest.mark.parametrize("separator", [",", "，", "、", ";", "；", "/", " / ", "\n", "；；"])
def test_several_values_in_a_cell(separator: str) -> None:
    assert value(FieldType.NAME, separator.join(["老王", "小李"]), many=True).to_list() == ["老王", "小李"]


def test_several_phones_keep_their_verdicts_beside_them() -> None:
    cells = (
        "13800138000 0755-82345678",
        "110、13800138000",
        "138 0013 8000",
        None,
        "1.38E+10，13800138000",
        "1.38E+10",
    )
    result = read_one(FieldType.PHONE, *cells, many=True)
    assert result.frame["x"].to_list() == [
        ["+8613800138000", "+8675582345678"], ["110", "+8613800138000"],
        ["+8613800138000"], None, ["+8613800138000"], None,
    ]  # fmt: skip
    assert result.frame["x.valid"].to_list() == [[True, True], [False, True], [True], None, [True], None]
    assert result.issues.select("row", "value", "reason", "refuses").rows() == [
        (3, "110", "invalid_phone", "note"),
        (6, "1.38E+10", "rounded_number", "cell"),
        (7, "1.38E+10", "rounded_number", "cell"),
    ]
    assert result.frame["p.列"].to_list() == [None, None, None, None, "1.38E+10", "1.38E+10"]


def test_several_web_addresses_keep_their_strokes() -> None:
    cell = "https://a.cn/1；https://b.cn/2"
    assert value(FieldType.URL, cell, many=True).to_list() == ["https://a.cn/1", "https://b.cn/2"]


CELLS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["张 三", "13800138000", "粤B·12345", "110105491231002", "3斤", "440305001", "新媒体", "Ａ１ b"]),
    min_size=1,
    max_size=6,
)
TEXTUAL = [
    FieldType.TEXT, FieldType.NAME, FieldType.CODE, FieldType.PARTY_ID, FieldType.PHONE, FieldType.ACCOUNT,
    FieldType.PLATE,
    FieldType.REGION, FieldType.UNIT, FieldType.ENUM, FieldType.URL,
]  # fmt: skip


@pytest.mark.parametrize("kind", TEXTUAL)
@settings(max_examples=40)
@example(cells=["E¨", "0\x85"])
@given(cells=CELLS)
def test_what_is_normalised_stays_as_it_is(kind: FieldType, cells: list[str]) -> None:
    once = read_one(kind, *cells, values=SOURCE).frame
    again = read_one(kind, *once["x"].to_list(), values=SOURCE).frame
    assert again["x"].to_list() == once["x"].to_list()
