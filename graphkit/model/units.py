"""The units a quantity can be in. Mass units convert to one another; count units only by a packing ratio."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.language import say

MASS = "mass"
COUNT = "count"
LARGEST = 1e12  # of quantities and amounts: what is larger is a barcode, or another number in the wrong column


@dataclass(frozen=True)
class Unit:
    """One unit: its code, its names in both languages, and for a mass what one of it weighs."""

    code: str
    en: str
    zh: str
    dimension: str  # MASS or COUNT
    aliases: tuple[str, ...] = ()
    grams: float | None = None  # only for a mass

    @property
    def names(self) -> tuple[str, ...]:
        """Every way the unit is written."""
        return (self.code, self.en, self.zh, *self.aliases)


UNITS = (
    Unit("mg", "milligram", "毫克", MASS, ("milligrams", "milligramme"), 0.001),
    Unit("g", "gram", "克", MASS, ("grams", "gramme", "gr"), 1.0),
    Unit("oz", "ounce", "盎司", MASS, ("ounces",), 28.349523125),
    Unit("lb", "pound", "磅", MASS, ("lbs", "pounds"), 453.59237),
    Unit("jin", "jin", "斤", MASS, ("市斤", "catty"), 500.0),
    Unit("kg", "kilogram", "千克", MASS, ("公斤", "kilograms", "kilogramme", "kgs", "kilo"), 1000.0),
    Unit("t", "tonne", "吨", MASS, ("公吨", "tonnes", "ton", "tons", "metric ton"), 1_000_000.0),
    Unit("box", "box", "盒", COUNT, ("boxes",)),
    Unit("vial", "vial", "支", COUNT, ("vials", "ampoule", "ampoules", "安瓿")),
    Unit("bottle", "bottle", "瓶", COUNT, ("bottles",)),
    Unit("tablet", "tablet", "片", COUNT, ("tablets", "tab", "tabs")),
    Unit("capsule", "capsule", "粒", COUNT, ("capsules", "caps", "胶囊")),
    Unit("bag", "bag", "袋", COUNT, ("bags",)),
    Unit("carton", "carton", "箱", COUNT, ("cartons", "ctn", "纸箱")),
    Unit("piece", "piece", "件", COUNT, ("pieces", "pcs", "pc", "个")),
)

HOME_CURRENCY = "CNY"  # what money is in unless a record says otherwise
BY_CODE = {unit.code: unit for unit in UNITS}
CODES = {name.casefold(): unit.code for unit in UNITS for name in unit.names}  # any way of writing it → its code


def unit_code(written: str) -> str | None:
    """The code of the unit written so; None where it is not known.

    >>> unit_code("公斤"), unit_code("Boxes"), unit_code("万片")
    ('kg', 'box', None)
    """
    return CODES.get(written.strip().casefold())


def chinese(code: str) -> str:
    """What a unit or currency of this code is called in Chinese; what is not known as it is.

    >>> chinese("box"), chinese("CNY"), chinese("USD")
    ('盒', '元', 'USD')
    """
    known = BY_CODE.get(code)
    return known.zh if known else "元" if code == HOME_CURRENCY else code


def called(code: str | None) -> str:
    """What a unit or currency of this code is called in the language in use; nothing where it is unknown.

    >>> from graphkit.model.language import set_language
    >>> set_language("zh"); called("box"), called(None); set_language("")
    ('盒', '')
    """
    return say(code, chinese(code)) if code else ""


def convert(quantity: float, source: str, target: str) -> float | None:
    """The quantity in the other unit; None where no fixed factor joins the two.

    >>> convert(2.5, "kg", "g"), convert(2, "box", "box"), convert(2, "carton", "box")
    (2500.0, 2, None)
    """
    if source == target:
        return quantity
    have, want = BY_CODE.get(source), BY_CODE.get(target)
    if have is None or want is None or have.grams is None or want.grams is None:
        return None
    return quantity * have.grams / want.grams
