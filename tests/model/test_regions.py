"""Division codes: levels, names, and the codes of places as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.model import regions


@settings(deadline=None)
@given(st.integers(100_000, 829_999).map(str), st.sampled_from(regions.LEVELS), st.sampled_from(regions.LEVELS))
def test_rolling_up_goes_by_digits_even_where_the_code_is_unknown(code: str, one: str, other: str) -> None:
    rolled = regions.roll_up(code, one)
    assert len(rolled) == 6 and code.startswith(rolled.rstrip("0"))
    assert regions.LEVELS.index(regions.level(rolled)) <= regions.LEVELS.index(one)
    wider = min(one, other, key=regions.LEVELS.index)
    assert regions.roll_up(rolled, other) == regions.roll_up(code, wider)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("内蒙古呼和浩特市新城区某街", "150102"),
        ("内蒙古自治区 呼和浩特市 新城区", "150102"),
        ("广西南宁青秀区", "450103"),
        ("恩施土家族苗族自治州利川市", "422802"),
        ("湖北恩施市", "422801"),
        ("湖北省仙桃市", "429004"),
        ("上海市上海市浦东新区张江路", "310115"),
        ("北京市朝阳区", "110105"),
        ("朝阳市双塔区", "211302"),
        ("吉林市船营区", "220204"),
        ("吉林省", "220000"),
        ("苏州工业园区", "320500"),
        ("重庆渝中区", "500103"),
        ("香港特别行政区", "810000"),
        ("５３０１０３", "530103"),
        ("530103001000", "530103"),
        ("990103", None),
        ("人民路1号", None),
        ("中山路70号", None),  # a street, not the city
        ("南京西路5号", None),
        ("上海市北京东路3号", "310000"),
        ("杭州市西湖路1号", "330100"),
        ("朝阳区建国路1号", None),  # of Beijing or of Changchun, and not the city of Chaoyang
        ("江北区迎宾路1号", None),  # of Ningbo, and of Chongqing until 2025
        ("台州路桥区", "331004"),
        ("哈尔滨道里区", "230102"),
        ("山东省-临沂市-兰山区-光明路1号", "371302"),
        ("浙江省/杭州市/西湖区", "330106"),
        ("中国（浙江）杭州市西湖区", "330106"),
        ("地址：北京市市辖区朝阳区", "110105"),
        ("湖北省省直辖县级行政区划仙桃市", "429004"),
        ("湖北恩施州利川市", "422802"),
        ("", None),
    ],
)
def test_places_as_people_write_them(written: str, code: str | None) -> None:
    assert regions.resolve(written) == code


def test_every_full_name_leads_back_to_its_place() -> None:
    """All but the few whose name two counties of one city have had lead back to the code itself."""
    current = [code for code in regions._names() if regions.level(code) != "province"]
    named = [code for code in current if regions.name(code) not in regions._NO_NAME]
    back = [regions.resolve(regions.full_name(code)) for code in named]
    same_city = sum(found is not None and found[:2] == code[:2] for found, code in zip(back, named, strict=True))
    assert same_city / len(named) > 0.99
    assert sum(found == code for found, code in zip(back, named, strict=True)) / len(named) > 0.7


def test_old_codes_keep_their_names_and_places() -> None:
    assert regions.name("110103") == "崇文区" and regions.is_known("110103")
    assert regions.full_name("110103") == "北京市崇文区"
    assert not regions.is_known("530199") and regions.full_name("530199") == "云南省昆明市"


def test_levels_and_parents() -> None:
    assert [regions.level(code) for code in ("530000", "530100", "530103")] == list(regions.LEVELS)
    assert regions.parent("530103") == "530100" and regions.parent("530100") == "530000"
    assert regions.parent("530000") is None
    assert regions.english_name("530103") == "Yunnan 530103"
