"""Goods, firms and phrases: invented, and generic enough to accuse nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """One finished product: what it is pressed and filled from, and its price at the den's door in yuan."""

    name: str
    raw: str
    loose: str
    per_box: int
    milligrams: int  # of raw material in one tablet
    price: float


PRODUCTS: tuple[Product, ...] = (
    Product("舒络宁胶囊", "舒络宁原料粉", "舒络宁散装胶囊", 24, 250, 9.5),
    Product("骨立安片", "骨立安原料粉", "骨立安散装片", 36, 200, 12.0),
    Product("糖稳平片", "糖稳平原料粉", "糖稳平散装片", 30, 150, 8.0),
    Product("清肺定喘片", "定喘原料粉", "定喘散装片", 48, 100, 6.5),
    Product("肝复康胶囊", "肝复康原料粉", "肝复康散装胶囊", 24, 300, 21.0),
    Product("轻姿减肥胶囊", "轻姿原料粉", "轻姿散装胶囊", 30, 200, 15.5),
    Product("降压宁片", "降压宁原料粉", "降压宁散装片", 28, 50, 5.0),
    Product("眠安片", "眠安原料粉", "眠安散装片", 20, 30, 18.0),
)
CARRIERS: tuple[str, ...] = ("迅达速递", "中途快运", "百里物流", "恒通货运")
CARRIER_CODES: tuple[str, ...] = ("XD", "ZT", "BL", "HT")
BANKS: tuple[tuple[str, str], ...] = (
    ("江河银行", "622609"),
    ("南方商业银行", "621483"),
    ("农村信用合作银行", "623055"),
    ("东海银行", "622892"),
    ("中部发展银行", "621226"),
)
WALLET = "易付通"
PLATFORMS: tuple[tuple[str, str], ...] = (
    ("淘物网", "https://shop.taowu.example/"),
    ("微聊", "https://wl.example/u/"),
    ("快影", "https://kuaiying.example/live/"),
    ("拼好物", "https://phw.example/store/"),
)
VEHICLE_MODELS: tuple[str, ...] = ("小型面包车", "轻型厢式货车", "小型轿车", "中型货车")
OFFENCES: tuple[str, ...] = ("生产、销售假药案", "生产、销售伪劣产品案", "妨害药品管理案", "非法经营案")
CASE_STATES: tuple[str, ...] = ("侦查中", "移送起诉", "立案")
HARMS: tuple[str, ...] = ("服用后头晕、心慌", "服用后皮疹", "血糖异常住院", "无效", "呕吐就医")
MEMOS: tuple[str | None, ...] = ("货款", "往来款", "转账", "还款", "运费及货款", None)
CHANNELS: tuple[str, ...] = ("网银", "手机银行", "柜面", "第三方支付")
LEAD_TEXTS: tuple[str, ...] = (
    "群众反映{about}长期低价销售{product}，包装粗糙，电话{phone}。",
    "举报人称在{city}从{about}处购买的{product}批号{batch}查询不到，服用后不适。",
    "巡查发现{about}夜间频繁发货，疑似{product}，联系电话{phone}。",
    "网上店铺销售{product}，价格明显低于市场价，卖家{about}，联系方式{phone}。",
)
LEAD_TEXTS_EN: tuple[str, ...] = (
    "Caller says {about} sells {product} far below the market price, phone {phone}.",
    "Buyer in {city} could not verify batch {batch} of {product} bought from {about}.",
    "Patrol saw {about} sending many parcels at night, presumably {product}; phone {phone}.",
)
CLERKS: tuple[str, ...] = ("经办甲", "经办乙", "经办丙")
