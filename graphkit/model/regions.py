"""Administrative divisions of China: codes, names, levels, and the code of a place as people write it.

A division code has six digits: two for the province, two for the city, two for the county. The names come from the
table that python-stdnum ships (GB/T 2260 and its changes since 1980), so that old codes keep their names; a code
that it does not know still rolls up to its city and province by its digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

LEVELS: tuple[str, ...] = ("province", "city", "county")

# English names of the provinces, in the usual spelling.
PROVINCES: dict[str, str] = {
    "11": "Beijing",
    "12": "Tianjin",
    "13": "Hebei",
    "14": "Shanxi",
    "15": "Inner Mongolia",
    "21": "Liaoning",
    "22": "Jilin",
    "23": "Heilongjiang",
    "31": "Shanghai",
    "32": "Jiangsu",
    "33": "Zhejiang",
    "34": "Anhui",
    "35": "Fujian",
    "36": "Jiangxi",
    "37": "Shandong",
    "41": "Henan",
    "42": "Hubei",
    "43": "Hunan",
    "44": "Guangdong",
    "45": "Guangxi",
    "46": "Hainan",
    "50": "Chongqing",
    "51": "Sichuan",
    "52": "Guizhou",
    "53": "Yunnan",
    "54": "Tibet",
    "61": "Shaanxi",
    "62": "Gansu",
    "63": "Qinghai",
    "64": "Ningxia",
    "65": "Xinjiang",
    "71": "Taiwan",
    "81": "Hong Kong",
    "82": "Macao",
}
_SIMPLIFIED = {"81": "香港特别行政区", "82": "澳门特别行政区"}
_NO_NAME = (
    "市辖区",
    "县",
    "省直辖县级行政单位",
    "自治区直辖县级行政单位",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
)

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|门巴|珞巴|各"
)
_SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|省|市|盟|县|区|旗)$")
_PEOPLE = re.compile(rf"(({_PEOPLES})族|维吾尔|蒙古(?=.)|哈萨克|柯尔克孜)+$")
_BETWEEN = r"[\s,，。.;；、:：/\\|·>()（）\[\]【】_—－-]"
# What stands before a division's name, or between two.
_PASSED = re.compile(
    rf"\A(?:{_BETWEEN}|(?:详细|家庭|现住|经营|注册|所在)?地址[:：]|(?:住址|住所)[:：]|位于|中华人民共和国|中国|市辖区"
    r"|(?:省|自治区)?直辖县级行政(?:区划|单位))+"
)
# What says no more of where.
_VAGUE = re.compile(rf"(?:市辖区|境内|内|地区|一带|附近|等地|某地|某处|不详|未知|{_BETWEEN})*")
# What makes a city's short name that of a street or house somewhere else, or of another division: 中山路, 朝阳区.
_NAMED_AFTER = re.compile(
    r"[区县旗盟省]"
    r"|(?:[东西南北中上下内外]|[一二三四五六七八九十0-9]+|[东西南北中]?大)?"
    r"(?:路(?!桥|南区|北区)|街(?!口|道)|道(?!滘|外|里|真|孚|县|口)|巷(?!口)|弄|胡同)"
    r"|大?(?:广场|大厦|公寓|花园|花苑|小区|新村|饭店|酒店|宾馆|商[场城厦])"
)
_IN_USE = 9999
_RECENT = 2000  # records may still name a division that was given up since this year
_TOLD = re.compile(r"\[(\d*)-(\d*)\]")


def level(code: str) -> str:
    """Which level the code stands for: "province", "city" or "county".

    >>> level("530000"), level("530100"), level("530103")
    ('province', 'city', 'county')
    """
    if code[2:] == "0000":
        return "province"
    return "city" if code[4:] == "00" else "county"


def roll_up(code: str, to: str) -> str:
    """The code of the province, city or county that the code lies in, by its digits; a wider code stays as it is.

    >>> roll_up("530103", "city"), roll_up("530103", "province"), roll_up("530000", "county")
    ('530100', '530000', '530000')
    """
    kept = 2 * (LEVELS.index(to) + 1)
    return code[:kept].ljust(6, "0")


def parent(code: str) -> str | None:
    """The code of the next wider division; None for a province.

    >>> parent("530103"), parent("530000")
    ('530100', None)
    """
    at = LEVELS.index(level(code))
    return roll_up(code, LEVELS[at - 1]) if at else None


def is_known(code: str) -> bool:
    """Whether the code is, or once was, in use."""
    return code in _names()


def name(code: str) -> str:
    """The division's own Chinese name; empty where the code is unknown.

    >>> name("530103")
    '盘龙区'
    """
    return _names().get(code, "")


def full_name(code: str) -> str:
    """The names from the province down, as an address begins; what is unknown is left out.

    >>> full_name("530103"), full_name("110105"), full_name("53019x"), full_name("")
    ('云南省昆明市盘龙区', '北京市朝阳区', '', '')
    """
    if not re.fullmatch(r"\d{6}", code):
        return ""
    chain = dict.fromkeys(roll_up(code, each) for each in LEVELS)
    return "".join(name(one) for one in chain if name(one) not in _NO_NAME)


def english_name(code: str) -> str:
    """The province in English and the code; for a province its name alone.

    >>> english_name("530000"), english_name("530103")
    ('Yunnan', 'Yunnan 530103')
    """
    province = PROVINCES.get(code[:2], "")
    return province if level(code) == "province" else f"{province} {code}".strip()


class _Called(Mapping[str, tuple[str, str]]):
    """What each code is called in English and in Chinese, looked up when it is shown.

    >>> CALLED["530103"], CALLED.get("no code")
    (('Yunnan 530103', '云南省昆明市盘龙区'), None)
    """

    def __getitem__(self, code: str) -> tuple[str, str]:
        if not full_name(code):
            raise KeyError(code)
        return english_name(code), full_name(code)

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())


CALLED: Mapping[str, tuple[str, str]] = _Called()


def of_english_name(written: str) -> str | None:
    """The code of a division as `english_name` writes it, in whatever case; None for anything else.

    >>> of_english_name("yunnan"), of_english_name("Yunnan 530103"), of_english_name("Yunnan 330103")
    ('530000', '530103', None)
    """
    told = re.fullmatch(r"(\D+?)(?:\s+(\d{6}))?", written.strip())
    codes = {name.casefold(): code for code, name in PROVINCES.items()}
    province = codes.get(told[1].casefold()) if told else None
    if not told or province is None:
        return None
    code = told[2] or province + "0000"
    return code if code.startswith(province) else None


def whole(written: str) -> str | None:
    """The code of the division that the text names where it says nothing beyond it, else None.

    >>> whole("河南省"), whole("广东深圳市福田区境内"), whole("河南省郑州市金水区花园路1号"), whole("某地")
    ('410000', '440304', None, None)
    """
    text = "".join(unicodedata.normalize("NFKC", written).split())
    found, rest = _taken(text)
    return found if found and _VAGUE.fullmatch(rest) else None


def resolve(written: str) -> str | None:
    """The code of a division's name, a code, or the beginning of an address; the narrowest that is certain, else None.

    >>> resolve("云南省昆明市盘龙区北京路1号"), resolve("昆明"), resolve("北京海淀"), resolve("530103"), resolve("某地")
    ('530103', '530100', '110108', '530103', None)
    """
    text = "".join(unicodedata.normalize("NFKC", written).split())
    code = re.fullmatch(r"(\d{6})(\d{6})?", text)
    if code:
        return code[1] if code[1][:2] in PROVINCES else None
    return _taken(text)[0] or None


def _taken(text: str) -> tuple[str, str]:
    """The narrowest division that the text begins with for certain, and the rest of the text."""
    found, rest = "", text
    for _ in LEVELS:
        narrower = _narrower(found, rest)
        if narrower is None:
            break
        found, rest = narrower
    return found, rest


def _narrower(found: str, text: str) -> tuple[str, str] | None:
    """The division inside the one found that the text goes on with, and the rest; longest first: 吉林市 over 吉林."""
    if found and level(found) == "county":
        return None
    text = _PASSED.sub("", text)
    if found and text.startswith(name(found)):  # 北京市北京市…
        text = _PASSED.sub("", text[len(name(found)) :])
    within = found[:2] if found and level(found) == "province" else found[:4]
    wanted = LEVELS[LEVELS.index(level(found)) + 1 :] if found else LEVELS
    matches = [_longest(text, _under(within, each)) for each in wanted]
    code, rest = min(matches, key=lambda match: len(match[1]))
    return (code, rest) if code else None


@cache
def _history() -> dict[str, list[tuple[str, int | None]]]:
    """For every code its names in order of time, each with its last year; None where it is still in use."""
    table = resources.files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    found: dict[str, list[tuple[str, int | None]]] = {}
    province = ""
    for line in table.splitlines():
        match = re.match(r'( *)(\d+) \w+="([^"]*)"', line)
        if match is None:
            continue
        province = province if match[1] else match[2]
        code = province + match[2] if match[1] else province + "0000"
        found[code] = [_name_and_end(part) for part in match[3].split(",")]
    found.update({code + "0000": [(simple, None)] for code, simple in _SIMPLIFIED.items()})
    return found


def _name_and_end(part: str) -> tuple[str, int | None]:
    told = _TOLD.match(part)
    return _TOLD.sub("", part), int(told[2]) if told and told[2] else None


@cache
def _names() -> dict[str, str]:
    return {code: names[-1][0] for code, names in _history().items()}


@cache
def _under(prefix: str, wanted: str) -> dict[str, str]:
    """Written name → code, for the divisions of a level whose code begins so; ambiguous names are left out.

    Outside a known city only the full names of counties count, for many short ones are also words.
    """
    codes = [c for c in _history() if c.startswith(prefix) and level(c) == wanted and name(c) not in _NO_NAME]
    short = wanted != "county" or len(prefix) >= 2
    written: dict[str, set[str]] = {}
    for first in (_IN_USE, 0):
        fresh: dict[str, set[str]] = {}
        for code in codes:
            for each in _written(code, short, first):
                fresh.setdefault(each, set()).add(code)
        written = fresh | written
    found = {each: next(iter(found)) for each, found in written.items() if len(found) == 1}
    return found if prefix else {each: code for each, code in found.items() if not _elsewhere(each, code)}


def _elsewhere(written: str, code: str) -> bool:
    """Whether a county of another province had the name until not long ago: older records may mean that."""
    return any(other[:2] != code[:2] for other in _recent().get(written, ()))


@cache
def _recent() -> dict[str, list[str]]:
    """The counties of each full name that was in use in this century, or still is."""
    found: dict[str, list[str]] = {}
    for code in (code for code in _history() if level(code) == "county"):
        for each in _written(code, short=False, since=_RECENT):
            found.setdefault(each, []).append(code)
    return found


def _written(code: str, short: bool, since: int) -> set[str]:
    """The names of a division that were in use in this year or later, short ones too where they are wanted."""
    full = {told for told, end in _history()[code] if (end or _IN_USE) >= since and told not in _NO_NAME}
    brief = {_PEOPLE.sub("", _SUFFIX.sub("", told)) or told for told in full} if short else set()
    prefectures = {f"{each}州" for each in brief if any(told.endswith("自治州") for told in full)}
    return full | {each for each in brief | prefectures if len(each) >= 2}


def _longest(text: str, table: dict[str, str]) -> tuple[str | None, str]:
    """The code of the longest name that the text begins with, and the rest of the text."""
    for length in range(min(len(text), 15), 1, -1):
        code = table.get(text[:length])
        if code and not (_NAMED_AFTER.match(text, length) and _is_short(text[:length], code)):
            return code, text[length:]
    return None, text


def _is_short(written: str, code: str) -> bool:
    return all(written != told for told, _ in _history()[code])
