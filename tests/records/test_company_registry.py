"""Exports of company registries: who owns shares in a company, and who holds an office in it."""

from __future__ import annotations

from pathlib import Path

from tests.records.files import links, staged, write

ID = "330106197001011249"


def test_shareholders_own_the_company(tmp_path: Path) -> None:
    header = "序号,企业名称,股东名称,股东类型,持股比例,认缴出资额(万元),认缴出资日期"
    lines = "1,某商行有限公司,张建国,自然人股东,60%,60,2018-01-01", "2,某商行有限公司,某投资有限公司,企业法人,40%,40,"
    path = write(tmp_path, "a.csv", header, *lines)
    (report,) = staged(path).tables
    assert (report.kind, report.accepted, report.rejected) == ("shareholder", 2, 0)
    company = "party:FILE:某商行有限公司"
    assert [link[:3] for link in links(path)] == [
        ("OWNS", "party:FILE:张建国", company),
        ("OWNS", "party:FILE:某投资有限公司", company),
    ]


def test_key_personnel_hold_offices_in_the_company(tmp_path: Path) -> None:
    header = "公司名称,姓名,身份证号,职务"
    lines = (
        f"某商行有限公司,李秀英,{ID},监事",
        "某商行有限公司,张建国,,执行董事兼总经理",
        f"某商行有限公司,李秀英,{ID},财务负责人",
    )
    path = write(tmp_path, "a.csv", header, *lines)
    (report,) = staged(path).tables
    assert (report.kind, report.accepted, report.rejected) == ("officer", 3, 0)
    company = "party:FILE:某商行有限公司"
    ties = [link[:3] for link in links(path) if link[0] == "KNOWS"]
    assert ties == [("KNOWS", "party:FILE:张建国", company), *[("KNOWS", f"person:{ID}", company)] * 2]


def test_a_company_s_own_row_is_still_a_company(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "企业名称,法定代表人,注册资本,注册地址", "某商行有限公司,张建国,100万,某市某路1号")
    assert [report.kind for report in staged(path).tables] == ["company"]
