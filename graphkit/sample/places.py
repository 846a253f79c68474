"""Provinces, cities and counties with their division codes, and the streets that addresses are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """One province: its code, its names, the first character of its plates, and its cities with their counties."""

    code: str
    zh: str
    en: str
    plate: str
    cities: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]  # code, name, (county code, name)…


PROVINCES: tuple[Province, ...] = (
    Province("440000", "广东省", "Guangdong", "粤", (
        ("440100", "广州市", (("440103", "荔湾区"), ("440106", "天河区"), ("440111", "白云区"))),
        ("445200", "揭阳市", (("445202", "榕城区"), ("445222", "揭西县"), ("445281", "普宁市"))),
        ("445100", "潮州市", (("445102", "湘桥区"), ("445103", "潮安区"))))),
    Province("410000", "河南省", "Henan", "豫", (
        ("411500", "信阳市", (("411503", "平桥区"), ("411521", "罗山县"), ("411525", "固始县"))),
        ("410100", "郑州市", (("410105", "金水区"), ("410103", "二七区"))))),
    Province("420000", "湖北省", "Hubei", "鄂", (
        ("420100", "武汉市", (("420103", "江汉区"), ("420111", "洪山区"), ("420112", "东西湖区"))),
        ("421000", "荆州市", (("421002", "沙市区"), ("421083", "洪湖市"))))),
    Province("350000", "福建省", "Fujian", "闽", (
        ("350100", "福州市", (("350104", "仓山区"), ("350111", "晋安区"), ("350121", "闽侯县"))),
        ("350500", "泉州市", (("350503", "丰泽区"), ("350524", "安溪县"))))),
    Province("330000", "浙江省", "Zhejiang", "浙", (
        ("330300", "温州市", (("330302", "鹿城区"), ("330304", "瓯海区"), ("330326", "平阳县"))),
        ("330100", "杭州市", (("330105", "拱墅区"), ("330109", "萧山区"))))),
    Province("340000", "安徽省", "Anhui", "皖", (
        ("341600", "亳州市", (("341602", "谯城区"), ("341621", "涡阳县"), ("341623", "利辛县"))),
        ("340100", "合肥市", (("340102", "瑶海区"), ("340121", "长丰县"))))),
    Province("430000", "湖南省", "Hunan", "湘", (
        ("430100", "长沙市", (("430105", "开福区"), ("430111", "雨花区"), ("430181", "浏阳市"))),
        ("430600", "岳阳市", (("430602", "岳阳楼区"), ("430681", "汨罗市"))))),
    Province("370000", "山东省", "Shandong", "鲁", (
        ("371300", "临沂市", (("371302", "兰山区"), ("371322", "郯城县"), ("371325", "费县"))),
        ("370200", "青岛市", (("370214", "城阳区"), ("370281", "胶州市"))))),
    Province("320000", "江苏省", "Jiangsu", "苏", (
        ("320500", "苏州市", (("320506", "吴中区"), ("320509", "吴江区"), ("320583", "昆山市"))),
        ("320100", "南京市", (("320111", "浦口区"), ("320115", "江宁区"))))),
    Province("510000", "四川省", "Sichuan", "川", (
        ("510100", "成都市", (("510106", "金牛区"), ("510107", "武侯区"), ("510114", "新都区"))),
        ("510700", "绵阳市", (("510703", "涪城区"), ("510722", "三台县"))))),
    Province("130000", "河北省", "Hebei", "冀", (
        ("130100", "石家庄市", (("130104", "桥西区"), ("130109", "藁城区"))),
        ("130600", "保定市", (("130606", "莲池区"), ("130609", "徐水区"), ("130626", "定兴县"))))),
    Province("610000", "陕西省", "Shaanxi", "陕", (
        ("610100", "西安市", (("610104", "莲湖区"), ("610111", "灞桥区"), ("610112", "未央区"))),
        ("610500", "渭南市", (("610502", "临渭区"), ("610528", "富平县"))))),
)  # fmt: skip

ROADS: tuple[str, ...] = (
    "人民路", "解放路", "建设路", "中山路", "和平路", "新华路", "工业大道", "朝阳路", "胜利街", "环城北路", "友谊路", "迎宾大道", "兴业街",
    "文化路", "光明巷", "迎春街", "北环路", "物流园路", "河滨路", "学府路",
)  # fmt: skip
VILLAGES: tuple[str, ...] = (
    "上坪村",
    "下湖村",
    "桥头村",
    "石塘村",
    "东岗村",
    "柳林村",
    "大塘村",
    "南庄村",
    "双井村",
    "李家湾村",
)


@dataclass(frozen=True)
class County:
    """One county and where it lies; `province` is its position in PROVINCES."""

    code: str
    name: str
    city: str
    province: int

    @property
    def full(self) -> str:
        """Province, city and county, as an address begins."""
        return f"{PROVINCES[self.province].zh}{self.city}{self.name}"


def _counties() -> tuple[County, ...]:
    return tuple(
        County(code, name, city, number)
        for number, province in enumerate(PROVINCES)
        for _, city, counties in province.cities
        for code, name in counties
    )


COUNTIES = _counties()
