"""Ids of persons and companies, phones, accounts, plates and division codes."""

from __future__ import annotations

from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from graphkit.model.fields import FieldType
from graphkit.records.normalise.checksums import CREDIT_ALPHABET
from tests.records.normalising import read_one, reasons, refusals, value

PERSON = "11010519491231002X"  # the example of GB 11643
COMPANY = "91110000600037341L"

IDENTIFIERS = (
    FieldType.CODE, FieldType.PARTY_ID, FieldType.PHONE, FieldType.ACCOUNT, FieldType.PLATE, FieldType.REGION,
)  # fmt: skip


def check_of(digits: str) -> str:
    """The check character of an id by the standard's own sum: Σ aᵢ·2^(18−i) ≡ 1 (mod 11)."""
    total = sum(int(digit) * 2 ** (17 - position) for position, digit in enumerate(digits))
    return "0123456789X"[(1 - total) % 11]


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    digits = (
        f"{draw(st.sampled_from(['110105', '440305', '659004', '820000']))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    )
    return digits + check_of(digits)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    body = draw(st.text(CREDIT_ALPHABET, min_size=9, max_size=9))
    start = f"{draw(st.sampled_from(['91', '92', '51', '12']))}440300{body}"
    return start + str(uscc.calc_check_digit(start))


@pytest.mark.parametrize(
    "cell",
    [PERSON, PERSON.lower(), " 110105 19491231 002X", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ",
     "110105491231002", "\u200e" + PERSON],
)  # fmt: skip
def test_one_person_however_the_id_is_written(cell: str) -> None:
    result = read_one(FieldType.PARTY_ID, cell)
    assert result.frame.select("x", "x.node").row(0) == (PERSON, f"person:{PERSON}")
    assert result.issues.is_empty()


@pytest.mark.parametrize("cell", [COMPANY, COMPANY.lower(), "9111 0000 6000 3734 1L", "91110000-600037341-L"])
def test_one_company_however_the_code_is_written(cell: str) -> None:
    assert read_one(FieldType.PARTY_ID, cell).frame.select("x", "x.node").row(0) == (COMPANY, f"company:{COMPANY}")


@pytest.mark.parametrize(
    "cell",
    [
        "110105194912310021", "110105194902300028", "11010519491231002", "E12345678", "990105194912310020",
        "110105491331002", "911100006000373410", "9111000060003734IL", "440301*********012", "abc",
    ],
)  # fmt: skip
def test_an_invalid_id_stays_as_written_with_a_note(cell: str) -> None:
    result = read_one(FieldType.PARTY_ID, cell)
    assert result.frame.select("x", "x.node").row(0) == (cell, None)
    assert refusals(result) == [(2, "invalid_id", "note")]


@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_changed_character_of_a_resident_id_makes_it_invalid(number: str, at: int, other: str) -> None:
    assert value(FieldType.PARTY_ID, number, ".node") == f"person:{number}"
    changed = number[:at] + other + number[at + 1 :]
    if changed != number:
        assert value(FieldType.PARTY_ID, changed, ".node") != f"person:{changed}"


@given(credit_codes(), st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_any_single_changed_character_of_a_credit_code_makes_it_invalid(code: str, at: int, other: str) -> None:
    assert value(FieldType.PARTY_ID, code, ".node") == f"company:{code}"
    changed = code[:at] + other + code[at + 1 :]
    if changed != code:
        assert value(FieldType.PARTY_ID, changed, ".node") != f"company:{changed}"


@given(st.lists(st.text(CREDIT_ALPHABET + "IOSVZ", min_size=18, max_size=18) | credit_codes(), min_size=1))
def test_credit_codes_are_judged_as_the_library_judges_them(codes: list[str]) -> None:
    nodes = read_one(FieldType.PARTY_ID, *codes).frame["x.node"].to_list()
    assert nodes == [f"company:{code}" if uscc.is_valid(code) else None for code in codes]


def test_a_mistyped_resident_id_is_no_company_though_the_other_check_holds() -> None:
    mistyped = [f"11010519491231{number:04d}" for number in range(10000)]
    both = [number for number in mistyped if uscc.is_valid(number)]
    assert len(both) > 100
    nodes = read_one(FieldType.PARTY_ID, *both).frame["x.node"].drop_nulls()
    assert nodes.str.starts_with("person:").all()


@given(resident_ids().filter(lambda number: number[6:8] == "19"))
def test_an_id_of_the_old_form_is_the_person_of_the_new_one(number: str) -> None:
    assert value(FieldType.PARTY_ID, number[:6] + number[8:17], ".node") == f"person:{number}"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("13800138000", "+8613800138000"), ("+86 138-0013-8000", "+8613800138000"), ("008613800138000",
        "+8613800138000"),
        ("86-13800138000", "+8613800138000"), ("138 0013 8000", "+8613800138000"), ("１３８００１３８０００",
        "+8613800138000"),
        ("138００１３８０００", "+8613800138000"), ("13800138000.0", "+8613800138000"), ("'+8613800138000",
        "+8613800138000"),
        ("0755-82345678", "+8675582345678"), ("(0755)82345678", "+8675582345678"), ("（0755）8234 5678",
        "+8675582345678"),
        ("0755-82345678转801", "+8675582345678"), ("0755-82345678-801", "+8675582345678"), ("010-62345678",
        "+861062345678"),
        ("400-800-1234", "+864008001234"), ("8008001234", "+868008001234"), ("+852 2345 6789", "+85223456789"),
        ("0085223456789", "+85223456789"), ("+1 650 253 0000", "+16502530000"),
    ],
)  # fmt: skip
def test_phones(cell: str, number: str) -> None:
    result = read_one(FieldType.PHONE, cell)
    assert result.frame.select("x", "x.valid").row(0) == (number, True)
    assert result.issues.is_empty()


@pytest.mark.parametrize(
    "cell", ["110", "1380013800", "138****8000", "13800138000/13900139000", "电话13800138000", "abc", "23456789012345"]
)
def test_what_cannot_be_dialled_stays_as_written_with_a_note(cell: str) -> None:
    result = read_one(FieldType.PHONE, cell)
    assert result.frame.select("x", "x.valid").row(0) == (cell, False)
    assert refusals(result) == [(2, "invalid_phone", "note")]


@given(st.lists(st.from_regex(r"(\+?86|0086)?1[0-9]{10}", fullmatch=True), min_size=1))
def test_mobiles_are_judged_as_the_library_judges_them(cells: list[str]) -> None:
    valid = [phonenumbers.is_valid_number(phonenumbers.parse(cell, "CN")) for cell in cells]
    assert read_one(FieldType.PHONE, *cells).frame["x.valid"].to_list() == valid


@pytest.mark.parametrize(
    ("cell", "account", "valid"),
    [
        ("6222 0212 3456 7890", "6222021234567890", True), ("6222-0212-3456-7890", "6222021234567890", True),
        ("de89 3704 0044 0532 0130 00", "DE89370400440532013000", True), ("wang-li@example.com",
        "WANG-LI@EXAMPLE.COM", True),
        ("wx_zhang", "WX_ZHANG", True), ("123456789.0", "123456789", True), ("6222****1234", "6222****1234", False),
        ("12", "12", False), ("６２２２０２１２", "62220212", True),
    ],
)  # fmt: skip
def test_accounts(cell: str, account: str, valid: bool) -> None:
    result = read_one(FieldType.ACCOUNT, cell)
    assert result.frame.select("x", "x.valid").row(0) == (account, valid)
    assert reasons(result) == ([] if valid else ["invalid_account"])


@pytest.mark.parametrize(
    ("cell", "plate", "valid"),
    [
        ("粤B·12345", "粤B12345", True), ("粤b 12345", "粤B12345", True), ("粤B-1234挂", "粤B1234挂", True),
        ("粤BD12345", "粤BD12345", True), ("粤B12345D", "粤B12345D", True), ("粤B1234学", "粤B1234学", True),
        ("粤B1234警", "粤B1234警", True), ("粤Z1234港", "粤Z1234港", True), ("粤Z1234澳", "粤Z1234澳", True),
        ("AB1234", "AB1234", True), ("粤I12345", "粤I12345", False), ("粤B123456", "粤B123456", False), ("abc",
        "ABC", False),
        ("无牌照", "无牌照", False), ("粤B123**", "粤B123**", False),
    ],
)  # fmt: skip
def test_plates(cell: str, plate: str, valid: bool) -> None:
    result = read_one(FieldType.PLATE, cell)
    assert result.frame.select("x", "x.valid").row(0) == (plate, valid)
    assert reasons(result) == ([] if valid else ["invalid_plate"])


@pytest.mark.parametrize(
    ("cell", "code", "valid", "issue"),
    [
        ("440305", "440305", True, []), ("440305001", "440305", True, []), ("440305001002", "440305", True, []),
        ("440300.0", "440300", True, []), ("４４０３０５", "440305", True, []), ("4403", "440300", True, []),
        ("44", "440000", True, []), ("深圳市南山区", "深圳市南山区", False, []), ("12345",
        "12345", False, ["invalid_region"]),
        ("040305", "040305", False, ["invalid_region"]),
    ],
)  # fmt: skip
def test_regions(cell: str, code: str, valid: bool, issue: list[str]) -> None:
    result = read_one(FieldType.REGION, cell)
    assert result.frame.select("x", "x.valid").row(0) == (code, valid)
    assert reasons(result) == issue


@pytest.mark.parametrize("kind", IDENTIFIERS)
@pytest.mark.parametrize("cell", ["1.23E+17", "1.1E+17", "4.40301199E+17", "1.38e+10", "6222021234567890.0"])
def test_a_rounded_number_refuses_the_row_of_a_key_and_else_the_cell(kind: FieldType, cell: str) -> None:
    assert refusals(read_one(kind, cell, key=True)) == [(2, "rounded_number", "row")]
    result = read_one(kind, cell)
    assert refusals(result) == [(2, "rounded_number", "cell")]
    assert result.frame.select("x", "p.列").row(0) == (None, cell)


@pytest.mark.parametrize("kind", [FieldType.NAME, FieldType.TEXT])
def test_a_rounded_number_is_refused_in_names_and_texts_only_where_they_are_keys(kind: FieldType) -> None:
    assert reasons(read_one(kind, "1.23E+17")) == []
    assert reasons(read_one(kind, "1.23E+17", key=True)) == ["rounded_number"]


@pytest.mark.parametrize("cell", ["2E10", "12E3", "E+17", "1E5", "A1.5E10"])
def test_a_batch_number_with_an_e_is_no_rounded_number(cell: str) -> None:
    assert value(FieldType.CODE, cell) == cell


@pytest.mark.parametrize("kind", list(FieldType))
@settings(max_examples=30)
@given(cells=st.lists(st.text(max_size=20) | st.from_regex(r"\A[-+0-9EX.,/: ]{1,20}\Z"), min_size=1, max_size=8))
def test_no_text_breaks_a_reader(kind: FieldType, cells: list[str]) -> None:
    for many in (False, True):
        result = read_one(kind, *cells, many=many)
        assert result.frame["row"].to_list() == list(range(2, 2 + len(cells)))
