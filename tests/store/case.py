"""The small case that the conformance suite loads: two files that agree on some things and disagree on others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from graphkit.records.staged import Staged
from tests.store.builder import stage, state, tie

HOSTILE = "Robert'); DROP TABLE link;-- \" ` \\ {$x} \n\t😀 100%_"
ZHANG, LI, SHOP = "person:110101199001011237", "party:abc:李四", "company:91110000MA01ABCD1X"
A1, A2, A3 = "account:6222000011112222", "account:6222000033334444", "account:6222000055556666"


def payments(folder: Path) -> Staged:
    """A transfer list: two payments, one of them stated twice with different amounts."""
    return stage(
        folder,
        "流水.csv",
        [
            state(ZHANG, "Person", "name", "张三", rows=range(2, 40)),
            state(ZHANG, "Person", "alias", "Zhang San"),
            state(LI, "Party", "name", "李四", rows=[3, 11, 100]),
            state(A1, "Account", "number", "6222000011112222"),
            state(A2, "Account", "number", "6222000033334444", rows=[3, 4]),
            state(A3, "Account", "number", "6222000055556666", rows=[10, 9, 100]),
        ],
        [
            tie("PAID:P1", "PAID", A1, A2, at="2024-01-24", amount=100.0, currency="CNY", properties={"memo": "货款"}),
            tie("PAID:P1", "PAID", A1, A2, rows=[3], at="2024-01-25T08:05:00", amount=120.5, currency="CNY"),
            tie("PAID:P2", "PAID", A2, A3, rows=[4], amount=7.0, currency="USD", sheet="第二页"),
            tie(f"HOLDS:{ZHANG}→{A1}", "HOLDS", ZHANG, A1, rows=range(2, 40)),
            tie(f"HOLDS:{LI}→{A2}", "HOLDS", LI, A2),
        ],
    )


def accounts(folder: Path) -> Staged:
    """A bank's answer: agrees on a holder, disagrees on a payment and on what kind 李四 is; knows a shop."""
    return stage(
        folder,
        "bank.xlsx",
        [
            state(ZHANG, "Person", "name", "张三", sheet="户主", rows=[7]),
            state(LI, "Person", "name", "李四（别名 Lee）"),
            state(A1, "Account", "number", "6222000011112222"),
            state(A2, "Account", "number", "6222000033334444"),
            state(SHOP, "Company", "name", "大药房"),
        ],
        [
            tie(f"HOLDS:{ZHANG}→{A1}", "HOLDS", ZHANG, A1, sheet="户主", rows=[7]),
            tie(f"HOLDS:{SHOP}→{A1}", "HOLDS", SHOP, A1),
            tie("PAID:P1", "PAID", A1, A2, at="2024-01-24", amount=100.0, currency="CNY", properties={"memo": "货款"}),
            tie("PAID:P1", "PAID", A1, A2, rows=[5], at="2024-01-23", amount=90.0, unit="盒", quantity=2.5),
            tie("PAID:P9", "PAID", A2, A1, ended_earliest=datetime(2024, 1, 1), ended_latest=datetime(2024, 1, 2)),
        ],
        kinds=("account", "payment"),
        layout="edges",
        mapping="kind: account\n",
        provided_by="",
    )


def hostile(folder: Path) -> Staged:
    """Names from other people's layouts: everything that could be taken for part of a query."""
    return stage(
        folder,
        "ho'st\"ile`.csv",
        [
            state(HOSTILE, "Kind `x` {y: 1}", "prop`erty'\"", HOSTILE, sheet="sh'eet#1:2"),
            state("\ue000", "Actor", "name", "private use"),
            state("😀", "Actor", "name", "emoji"),
            state("Ａ", "Actor", "name", "wide"),
        ],
        [tie(HOSTILE, "`]->() DELETE", HOSTILE, "😀", properties={"k`ey": HOSTILE, "": "", "a.b": "c"}, unit=HOSTILE)],
        layout="matrix",
    )
