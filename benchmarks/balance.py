"""Balance and reconciliation: a made-up market of 100,000 deliveries, and a casebook of 100,000 records."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.measure import report

if TYPE_CHECKING:
    from graphkit.quantities import Deliveries, Reconciliation

DELIVERIES = int(os.environ.get("GRAPHKIT_BENCHMARK_DELIVERIES", "100000"))
RECORDS = int(os.environ.get("GRAPHKIT_BENCHMARK_RECORDS", "100000"))
_DAY = 86_400_000_000
_TIERS = (1, 3, 10, 30, 100)  # relative numbers of makers, wholesalers, …, buyers
_AT_TIER = (0.1, 0.2, 0.3, 0.4)  # shares of deliveries out of each tier
_HIDDEN = 0.01  # share of the deliveries beyond its stock that a stop makes all the same


def market(deliveries: int, seed: int = 1, days: int = 365) -> Deliveries:
    """A market of five tiers that balances but for some stops, who gave what nobody recorded that they had."""
    import numpy as np

    from graphkit.quantities import Deliveries

    rng = np.random.default_rng(seed)
    sizes = np.maximum(np.array(_TIERS) * deliveries // (8 * sum(_TIERS)), 2)
    first = np.concatenate(([0], np.cumsum(sizes)))
    tier = rng.choice(len(_AT_TIER), deliveries, p=_AT_TIER)
    heavy = np.minimum(rng.pareto(1.2, deliveries) * sizes[tier] / 20, sizes[tier] - 1).astype(int)
    source = first[tier] + np.where(rng.random(deliveries) < 0.5, heavy, rng.integers(0, sizes[tier]))
    target = first[tier + 1] + rng.integers(0, sizes[tier + 1])
    wanted, honest = rng.integers(1, 200, deliveries), rng.random(deliveries) >= _HIDDEN
    stock, maker = np.zeros(first[-1], np.int64), rng.integers(0, sizes[0], deliveries)
    for i in range(deliveries):
        if tier[i] and honest[i] and stock[source[i]] < wanted[i]:
            source[i] = source[i] if stock[source[i]] else maker[i]
            wanted[i] = min(wanted[i], stock[source[i]]) or wanted[i]
        stock[source[i]] = max(0, stock[source[i]] - wanted[i])
        stock[target[i]] += wanted[i]
    opening = np.where(np.arange(first[-1]) < sizes[0], np.bincount(source, wanted, first[-1]), 0.0)
    day = np.arange(deliveries) * days // deliveries * _DAY
    return Deliveries.of(int(first[-1]), source, target, wanted, (day, day + _DAY - 1), opening=opening)


def reconciliation() -> None:
    """The reconciliation with and without unseen moves and corrections, certificates, and the range of one stop."""
    import numpy as np

    from graphkit.quantities import Ledger, Reconciliation, Weights, lacks, lacks_together

    ledger = Ledger.of_deliveries(market(DELIVERIES), deviation=0.1)
    name = f"reconciliation, {DELIVERIES:,} deliveries"
    for told, weights in {
        "supply": Weights(10, None, False),
        "corrections": Weights(10, None, True),
        "moves": Weights(10, 5, False),
        "moves and corrections": Weights(10, 8, True),
    }.items():
        program, seconds = _timed(lambda weights=weights: _solved(Reconciliation(ledger, weights)))
        report(f"{name}: {told}", seconds, 15.0, "s", "under 15 s")
    short, seconds = _timed(lambda: lacks(ledger))
    report(f"{name}: what {len(short)} stops lack", seconds, 15.0, "s", "under 15 s")
    _, seconds = _timed(lambda: lacks_together(ledger))
    report(f"{name}: what all lack together", seconds, 15.0, "s", "under 15 s")
    stop = int(np.argmax(program.solve().moved + program.solve().supply))
    _, seconds = _timed(lambda: program.lack_range(stop))
    report(f"{name}: range of one stop", seconds, 30.0, "s", "")


def balances() -> None:
    """The questions about quantities on a sample, against draining the goods' links from the store."""
    import graphkit
    from graphkit.analyses.goods.lines import contents
    from graphkit.sample import write_sample

    with TemporaryDirectory() as folder:
        write_sample(Path(folder), RECORDS, 1)
        casebook = graphkit.open(Path(folder) / "casebook")
        casebook.load(Path(folder) / "records")
        network = casebook.network()
        _, peer = _timed(lambda: list(contents(network, casebook.store)))
        found, seconds = _timed(casebook.balance)
        report(f"balance of all batches, {RECORDS:,} records", seconds, peer, "s", "peer: reading the links")
        batch = next(row["batch"] for row in found.rows if row["batch"])
        _, seconds = _timed(lambda: casebook.balance(batch=batch))
        report("balance of one batch", seconds, peer, "s", "below 1")
        answer, seconds = _timed(casebook.sources)
        report(f"sources of {answer.rows[0]['cases']} seizures and samples", seconds, peer, "s", "")


def _solved(program: Reconciliation) -> Reconciliation:
    program.solve()
    return program


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the seconds of computing, which other programs on the machine do not lengthen."""
    begin = time.process_time()
    result = work()
    return result, time.process_time() - begin
