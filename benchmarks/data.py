"""The files that benchmarks load: payments and supplies with heavy-tailed parties, deterministic, written once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

PARTIES = 250_000


def folder() -> Path:
    """Where the files are kept between runs."""
    import os
    import tempfile

    path = Path(os.environ.get("GRAPHKIT_BENCHMARKS") or Path(tempfile.gettempdir()) / "graphkit-benchmarks")
    path.mkdir(parents=True, exist_ok=True)
    return path


def _parties(random: np.random.Generator, rows: int, first: int) -> np.ndarray:
    """Parties by a heavy tail; `first` shifts which ones, so that files share half of them."""
    tail = random.zipf(1.6, rows) % PARTIES
    return np.where(random.random(rows) < 0.3, tail, random.integers(0, PARTIES, rows)) + first


def payments(path: Path, rows: int, first: int, seed: int) -> Path:
    """A csv of payments between accounts, each held by a named party."""
    random = np.random.default_rng(seed)
    payer, payee = _parties(random, rows, first), _parties(random, rows, first)
    minutes = random.integers(0, 500_000, rows)
    frame = pl.DataFrame(
        {"n": np.arange(rows), "a": payer, "b": payee, "m": minutes, "x": random.integers(100, 10_000_000, rows) / 100}
    )
    frame.select(
        pl.format("P{}-{}", pl.lit(seed), "n").alias("流水号"),
        (pl.col("a") + 6222_0000_0000_0000).alias("付款账号"),
        pl.format("户{}", "a").alias("付款户名"),
        (pl.col("b") + 6222_0000_0000_0000).alias("收款账号"),
        pl.format("户{}", "b").alias("收款户名"),
        pl.col("x").alias("金额"),
        (pl.datetime(2023, 1, 1) + pl.duration(minutes="m")).dt.strftime("%Y-%m-%d %H:%M:%S").alias("交易时间"),
    ).write_csv(path)
    return path


def supplies(path: Path, rows: int, first: int, seed: int) -> Path:
    """A csv of supplies between named parties."""
    random = np.random.default_rng(seed)
    seller, buyer = _parties(random, rows, first), _parties(random, rows, first)
    columns = {
        "n": np.arange(rows),
        "a": seller,
        "b": buyer,
        "d": random.integers(0, 700, rows),
        "q": random.integers(1, 500, rows),
    }
    frame = pl.DataFrame({**columns, "p": random.integers(0, 40, rows), "l": random.integers(0, 2000, rows)})
    frame.select(
        pl.format("S{}-{}", pl.lit(seed), "n").alias("单号"),
        pl.format("户{}", "a").alias("卖方"),
        pl.format("户{}", "b").alias("买方"),
        pl.format("药品{}", "p").alias("品名"),
        pl.format("B{}", "l").alias("批号"),
        pl.col("q").alias("数量"),
        pl.lit("盒").alias("单位"),
        (pl.date(2023, 1, 1) + pl.duration(days="d")).dt.strftime("%Y-%m-%d").alias("日期"),
    ).write_csv(path)
    return path


def million() -> tuple[Path, list[Path]]:
    """A first file, and the million rows of payments and supplies that share half of their parties with it."""
    base = folder()
    first = base / "first.csv"
    files = [base / "payments.csv", base / "supplies.csv"]
    if not all(path.exists() for path in (first, *files)):
        payments(first, 300_000, 0, 1)
        payments(files[0], 500_000, PARTIES // 2, 2)
        supplies(files[1], 500_000, PARTIES // 2, 3)
    return first, files


def workbook(rows: int = 100_000) -> Path:
    """An xlsx of 15 columns: 8 of payments, 7 that no kind knows."""
    path = folder() / "book.xlsx"
    if path.exists():
        return path
    import xlsxwriter

    table = pl.read_csv(million()[1][0], infer_schema=False).head(rows)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("资金")
    sheet.write_row(0, 0, [*table.columns, "渠道", *(f"附加{i}" for i in range(7))])
    for number, row in enumerate(table.iter_rows()):
        sheet.write_row(
            number + 1,
            0,
            [*row[:5], float(row[5]), row[6], "网银", *(f"值{number % 97}-{i}" for i in range(5)), number, number / 7],
        )
    book.close()
    return path
