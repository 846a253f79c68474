"""A lot that is split, relabelled with a loss, and mixed with another, as rows of dens tell it."""

from __future__ import annotations

from pathlib import Path

import graphkit

RECORDS = {
    "worked.csv": """加工编号,窝点编号,加工日期,投料名称,投料批号,投料量,投料单位,成品名称,成品批号,成品数量,成品单位
JG01,WD-A,2024-03-08,原料粉,R1,6,公斤,裸瓶,F1,6000,支
JG03,WD-A,2024-03-20,裸瓶,F1,4000,支,注射液,Y1,3950,支
JG06,WD-B,2024-04-01,裸瓶,F2,7800,支,注射液,Y2,9700,支
JG06,WD-B,2024-04-01,裸瓶,F1,2000,支,注射液,Y2,9700,支
""",
    "dens.csv": """窝点编号,窝点名称,窝点性质,窝点地址,区划代码,控制人,控制人身份证号,发现日期
WD-A,灌装点,生产,广东省佛山市南海区沙涌村17号厂房,440605,丁卫,440605197905140138,2024-06-01
WD-B,贴标点,生产,湖南省长沙市岳麓区枫林村6号厂房,430104,罗敏,430104198409220226,2024-06-03
""",
    "sales.csv": """单号,卖方,卖方证件号,买方,买方证件号,品名,批号,数量,单位,日期
XS1,何大庆,420111197102030118,丁卫,440605197905140138,原料粉,R1,12,公斤,2024-03-01
XS4,丁卫,440605197905140138,罗敏,430104198409220226,裸瓶,F1,2000,支,2024-03-22
""",
}


def test_every_stop_has_its_exact_range(tmp_path: Path) -> None:
    for name, text in RECORDS.items():
        (tmp_path / name).write_text(text, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path)
    found = {row["id"]: row for row in casebook.trace("batch:原料粉|R1", "forward", exact="all").rows}
    for stop, much in (("batch:裸瓶|F1", 6000), ("batch:注射液|Y1", 3950), ("place:WD-B", 2000)):
        assert (found[stop]["quantity_min"], found[stop]["quantity_max"], found[stop]["bound"]) == (much, much, "exact")
    mixed = found["batch:注射液|Y2"]  # 2,000 of 9,800 that went in, of which 9,700 came out
    assert 1979.59 < mixed["quantity_min"] < 2000 <= mixed["quantity_max"] <= 9700
