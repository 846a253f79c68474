"""A small case made by hand for each question, with what must be found in it, and one made by chance."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from graphkit.records.staged import Staged
from tests.store.builder import Row, stage, state, tie

LI, WANG, ZHAO, SUN, SHOP = "person:1", "person:2", "party:f:赵强", "person:4", "company:9"
DEALER, MAKER, BUYER = "person:8", "company:7", "person:9"
VICTIM, WITNESS, BOTH = "person:5", "person:6", "person:7"
KINDS = {
    "person": "Person", "party": "Party", "company": "Company", "phone": "Phone", "account": "Account",
    "vehicle": "Vehicle", "online": "OnlineAccount", "place": "Place", "region": "Region", "case": "Case",
    "seizure": "Seizure", "product": "Product", "batch": "Batch",
}  # fmt: skip
NAMES = {LI: "李伟", WANG: "王芳", ZHAO: "赵强", SUN: "孙丽", SHOP: "大药房"}


def join(kind: str, source: str, target: str, number: str = "", **content: object) -> Row:
    """A link of this number, or a tie told by its ends."""
    return tie(f"{kind}:{number or f'{source}→{target}'}", kind, source, target, **content)  # type: ignore[arg-type]


def staged(folder: Path, name: str, links: Iterable[Row], statements: Iterable[Row] = ()) -> Staged:
    """A file of these links; each entity that they name is stated, with its name where it has one."""
    listed = list(links)
    ends = sorted({end for link in listed for end in (link["source"], link["target"])})
    stated = [_stated(node) for node in ends]
    return stage(folder, name, [*stated, *statements], listed)


def _stated(node: str) -> Row:
    kind = KINDS[node.partition(":")[0]]
    named = ("name", NAMES[node]) if node in NAMES else ("mark", node)
    return state(node, kind, *named)


def first_file(folder: Path) -> Staged:
    """Most of the case."""
    return staged(folder, "一.csv", [*_shared(), *_cases(), *_supplies(), *_waybills(), *_payments()], [
        state("place:C", "Place", "region", "440103", rows=[6]),
        state("place:F", "Place", "region", "530103", rows=[66]),
        state("place:G", "Place", "region", "530103", rows=[66]),
        state("case:K2", "Case", "region", "530103", rows=[7]),
        *(state(one, "Person", "role", role, rows=[25]) for one, role in (
            (VICTIM, "受害人"), (VICTIM, "Victim"), (WITNESS, "证人"), (BOTH, "证人"), (BOTH, "证人（转为嫌疑人）"),
        )),
        state(LI, "Person", "name", "Li Wei", rows=[99]),
        state(LI, "Person", "name", "李伟", rows=[3, 4, 5]),
    ])  # fmt: skip


def second_file(folder: Path) -> Staged:
    """Says again some of what the first says, and differs in some."""
    return staged(folder, "二.csv", [
        join("USES", LI, "phone:+861", rows=[9, 10]),
        join("SUPPLIED", LI, WANG, "S1", quantity=12.5, unit="box", rows=[11]),
        join("SUPPLIED", LI, SHOP, "S2", quantity=4.0, unit="box", rows=[12]),
        join("PAID", "account:1", "account:2", "P1", at="2024-01-10T08:00:00", amount=1000.0, rows=[13]),
        join("SUSPECT_IN", WANG, "case:K1", rows=[14]),
        join("SUSPECT_IN", BOTH, "case:K2", rows=[15]),
    ])  # fmt: skip


def _shared() -> list[Row]:
    """A phone of two; a vehicle of one; a place of three; an online account's own phone is no party's."""
    return [
        join("USES", LI, "phone:+861", rows=[2]),
        join("USES", WANG, "phone:+861", rows=[3]),
        join("USES", "online:wx|a", "phone:+862", rows=[4]),
        join("USES", SUN, "phone:+862", rows=[4]),
        join("OWNS", LI, "vehicle:A1", rows=[5]),
        join("LOCATED_AT", WANG, "place:A", rows=[6]),
        join("LOCATED_AT", SHOP, "place:A", rows=[6]),
        join("CONTROLS", ZHAO, "place:A", rows=[7]),
    ]


def _cases() -> list[Row]:
    """赵强 is in two cases by what was seized from him; 王芳 is named in one, twice."""
    return [
        join("SUSPECT_IN", WANG, "case:K1", rows=[20]),
        join("SEIZED_FROM", "seizure:Z1", ZHAO, rows=[21]),
        join("IN_CASE", "seizure:Z1", "case:K1", rows=[21]),
        join("SEIZED_FROM", "seizure:Z2", ZHAO, rows=[22]),
        join("IN_CASE", "seizure:Z2", "case:K2", rows=[22]),
        join("IN_REGION", "case:K1", "region:330304", rows=[23]),
        join("OF_PRODUCT", "seizure:Z1", "product:X", rows=[21]),
        join("OF_PRODUCT", "seizure:Z3", "product:X", rows=[24]),
        join("SEIZED_FROM", "seizure:Z3", SUN, rows=[24]),
        *_bystanders(),
    ]


def _bystanders() -> list[Row]:
    """A victim in two cases; a witness in one who is a suspect in another; one who is called both in the same case."""
    return [
        join("SUSPECT_IN", VICTIM, "case:K1", rows=[25], properties={"role": "受害人"}),
        join("SUSPECT_IN", VICTIM, "case:K2", rows=[26], properties={"role": "Victim"}),
        join("SUSPECT_IN", WITNESS, "case:K1", rows=[27], properties={"role": "证人"}),
        join("SUSPECT_IN", WITNESS, "case:K2", rows=[28], properties={"role": "运输"}),
        join("SUSPECT_IN", BOTH, "case:K2", rows=[29], properties={"role": "证人"}),
        join("SUSPECT_IN", BOTH, "case:K3", rows=[29], properties={"role": "证人（转为嫌疑人）"}),
    ]


def _supplies() -> list[Row]:
    """李伟 supplies 王芳 and the shop in one city, 赵强 there too, 孙丽 elsewhere, and one of whom nothing is known."""
    return [
        join("SUPPLIED", LI, WANG, "S1", quantity=10.0, unit="box", rows=[30]),
        join("SUPPLIED", LI, WANG, "S2", quantity=4.0, unit="box", rows=[31]),
        join("SUPPLIED", LI, SUN, "S3", quantity=0.1, unit="kg", rows=[32]),
        join("SUPPLIED", LI, SUN, "S4", quantity=0.2, unit="kg", rows=[33]),
        join("SUPPLIED", LI, SUN, "S5", rows=[34]),
        join("SUPPLIED", LI, "party:f:?", "S6", quantity=1.0, unit="box", rows=[35]),
        join("SUPPLIED", LI, LI, "S7", quantity=1.0, unit="box", rows=[36]),
        join("IN_REGION", "place:A", "region:330304", rows=[6]),
        join("LOCATED_AT", SUN, "place:C", rows=[37]),
        join("LOCATED_AT", SUN, "place:D", rows=[38]),
    ]


def _waybills() -> list[Row]:
    """The dealer sends from E, and once from F; what the maker gave him he can have sent on, but not before."""
    x = {"product": "X"}
    return [
        join("LOCATED_AT", DEALER, "place:E", rows=[60, 61]),
        join("LOCATED_AT", DEALER, "place:F", rows=[62]),
        join("LOCATED_AT", BUYER, "place:G", rows=[60]),
        join("IN_REGION", "place:E", "region:330304", rows=[63]),
        join("SUPPLIED", MAKER, DEALER, "S8", at="2024-02-01", quantity=9.0, unit="box", rows=[64], properties=x),
        join("SHIPPED", DEALER, BUYER, "W1", at="2024-02-03", quantity=2.0, unit="box", rows=[60], properties=x),
        join("SHIPPED", DEALER, BUYER, "W2", at="2024-02-09", quantity=5.0, unit="box", rows=[61]),
        *(
            join("SHIPPED", DEALER, BUYER, "W2", at="2024-02-09", quantity=5.0, unit="box", rows=[61], sheet=sheet)
            for sheet in ("附𠮷", "附（一）")
        ),  # by code point the second comes first, by UTF-16 the other
        join("SHIPPED", DEALER, BUYER, "W3", at="2024-01-31", quantity=1.0, unit="kg", rows=[62], properties=x),
        join("SHIPPED", DEALER, BUYER, "W4", at="2024-02-04", rows=[65], properties={"product": "Y"}),
    ]


def _payments() -> list[Row]:
    """Account 2 passes on most; account 3 too late, by days; account 5 in another currency; 7 without times."""
    return [
        join("PAID", "account:1", "account:2", "P1", at="2024-01-10T08:00:00", amount=1000.0, rows=[40]),
        join("PAID", "account:2", "account:3", "P2", at="2024-01-12T08:00:00", amount=600.0, rows=[41]),
        join("PAID", "account:2", "account:4", "P3", at="2024-01-11", amount=300.0, currency="CNY", rows=[42]),
        join("PAID", "account:2", "account:4", "P4", at="2024-01-12T08:00:01", amount=99.0, rows=[43]),
        join("PAID", "account:2", "account:4", "P5", at="2024-01-10T07:59:59", amount=99.0, rows=[44]),
        join("PAID", "account:3", "account:4", "P6", at="2024-01-15", amount=600.0, rows=[45]),
        join("PAID", "account:1", "account:5", "P7", at="2024-02-01", amount=50.0, currency="USD", rows=[46]),
        join("PAID", "account:5", "account:6", "P8", at="2024-02-01", amount=500.0, currency="CNY", rows=[47]),
        join("PAID", "account:5", "account:6", "P9", at="2024-01-31", amount=40.01, currency="USD", rows=[48]),
        join("PAID", "account:5", "account:6", "P10", at="2024-02-03", amount=40.01, currency="USD", rows=[49]),
        join("PAID", "account:1", "account:7", "P11", amount=10.0, rows=[50]),
        join("PAID", "account:7", "account:8", "P12", amount=10.0, rows=[51]),
        join("PAID", "account:2", "account:2", "P13", at="2024-01-10T09:00:00", amount=9999.0, rows=[52]),
        join("HOLDS", LI, "account:2", rows=[53]),
        join("HOLDS", WANG, "account:2", rows=[54]),
    ]


def chance(folder: Path, seed: int) -> list[Staged]:
    """Two files of links drawn at random among few entities, so that everything shares, disagrees and repeats.

    But for what the Cypher does not tell: payments in both files have amounts that differ, and those of one number
    have one payer.
    """
    draw = random.Random(seed)
    return [staged(folder, f"chance {seed} {part}.csv", _drawn(draw, part)) for part in range(2)]


_ENDS = {
    "USES": ("party", "phone", 6), "HOLDS": ("party", "account", 8), "LOCATED_AT": ("party", "place", 8),
    "CONTROLS": ("party", "place", 4), "IN_REGION": ("place", "region", 5), "SUSPECT_IN": ("party", "case", 6),
    "SEIZED_FROM": ("seizure", "party", 5), "IN_CASE": ("seizure", "case", 6), "SUPPLIED": ("party", "party", 30),
    "SHIPPED": ("party", "party", 20), "PAID": ("account", "account", 40), "CALLED": ("phone", "phone", 4),
}  # fmt: skip


def _drawn(draw: random.Random, part: int) -> list[Row]:
    made = []
    for kind, (source, target, count) in _ENDS.items():
        for _ in range(count):
            ends = [f"{end}:{draw.randint(110101, 110105) if end == 'region' else draw.randint(1, 6)}"
                    for end in (source, target)]  # fmt: skip
            number = f"{draw.randint(1, 2 * count)}" if kind in ("SUPPLIED", "SHIPPED", "PAID") else ""
            if kind == "PAID":
                ends[0] = f"account:{int(number) % 6 + 1}"
            made.append(join(kind, *ends, number, rows=[len(made) + 2], **_content(draw, kind, part)))
    return made


def _content(draw: random.Random, kind: str, part: int) -> dict[str, object]:
    day = f"2024-01-{draw.randint(1, 9):02}"
    at = draw.choice(["", day, f"{day}T{draw.randint(0, 23):02}:00:00", f"{day}T00:00:00"])
    if kind in ("SUPPLIED", "SHIPPED"):
        goods = draw.choice([{}, {"product": "X"}, {"product": "Y", "batch": "1"}])
        measured = {"quantity": draw.choice([None, 0.1, 2.5, 3.0]), "unit": draw.choice([None, "box", "kg"])}
        return {**measured, "at": at, "properties": goods}
    if kind != "PAID":
        return {}
    return {
        "at": at,
        "amount": draw.choice([None, 0.07 + part, 10.0 + part, 33.33 + part]),
        "currency": draw.choice([None, "CNY", "USD"]),
    }
