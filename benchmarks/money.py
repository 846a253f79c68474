"""Patterns of money on AMLSim's alerts: how many are found, how much of what is found is one, and how fast."""

from __future__ import annotations

import csv
import os
import random
import tempfile
import time
from pathlib import Path

import graphkit
from benchmarks.measure import report

SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
ACCOUNTS, ORDINARY = 10_000, 20_000
ASKED = {"hours": 264.0, "count": 3, "hops": 5, "limit": 1_000_000}
MAPPING = """\
tables:
  - kind: payment
    columns: {payment_id: id, payer_account: payer, payee_account: payee, amount: amount, paid_at: day}
    counted_from: {paid_at: 2017-01-01}
"""
Told = dict[int, tuple[str, str]]  # row → the alert it belongs to, and its type


def money() -> None:
    """Alone, and among ordinary payments of the same accounts."""
    if not (SHARED / "amlsim").is_dir():
        print("money: AMLSim's data is not here, skipped")
        return
    for ordinary in (0, ORDINARY):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), ordinary)


def _measure(folder: Path, ordinary: int) -> None:
    told = _write(folder / "payments.csv", ordinary)
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(folder / "payments.csv", mapping=folder / "mapping.yaml")
    casebook.patterns(["cycle"], **ASKED)  # compiles
    begin = time.perf_counter()
    rows = casebook.patterns(["cycle", "fan-in"], any_order=True, **ASKED).rows  # AMLSim's cycles are in no order
    seconds = time.perf_counter() - begin
    for kind in ("cycle", "fan_in"):
        _report(kind, ordinary, told, [set(_rows(row)) for row in rows if row["pattern"] == kind.replace("_", "-")])
    report(f"cycles and fan-in, {len(told) + ordinary} payments / 10 s", seconds, 10.0, "s", "at most 1")


def _write(path: Path, ordinary: int) -> Told:
    """Alert payments and ordinary ones of heavy-tailed accounts and amounts; the alert of each row."""
    draw, told = random.Random(1), Told()
    with (
        (SHARED / "amlsim" / "alerts.csv").open(encoding="utf-8") as source,
        path.open("w", encoding="utf-8") as target,
    ):
        table = csv.writer(target)
        table.writerow(("id", "payer", "payee", "amount", "day"))
        for number, row in enumerate(csv.DictReader(source), 2):
            ends = row["SENDER_ACCOUNT_ID"], row["RECEIVER_ACCOUNT_ID"]
            table.writerow((row["TX_ID"], *ends, row["TX_AMOUNT"], row["TIMESTAMP"]))
            told[number] = row["ALERT_ID"], row["ALERT_TYPE"]
        for number in range(ordinary):
            ends = str(int(ACCOUNTS * draw.random() ** 1.5)), str(int(ACCOUNTS * draw.random() ** 1.5))
            table.writerow((f"o{number}", *ends, round(draw.paretovariate(1.2) * 5, 2), draw.randrange(200)))
    return told


def _rows(row: dict[str, list[str]]) -> list[int]:
    return [int(reference.rpartition(":")[2]) for reference in row["evidence"]]


def _report(kind: str, ordinary: int, told: Told, found: list[set[int]]) -> None:
    """Recall over the alerts that the file holds whole, and what share of the patterns found holds one."""
    alerts: dict[str, set[int]] = {}
    for row, (alert, what) in told.items():
        if what == kind:
            alerts.setdefault(alert, set()).add(row)
    whole = [rows for rows in alerts.values() if len(rows) >= (5 if kind == "cycle" else 3)]
    recall = sum(any(rows <= one for one in found) for rows in whole) / len(whole)
    precision = sum(any(rows <= one for rows in alerts.values()) for one in found) / max(1, len(found))
    beside = f"among {ordinary} ordinary" if ordinary else "alone"
    print(f"{kind} {beside}: {len(whole)} alerts, recall {recall:.3f}, precision {precision:.3f} of {len(found)}")
