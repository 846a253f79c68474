"""Run all benchmarks, or those named, and print their ratios."""

from __future__ import annotations

import sys

from benchmarks import balance, centrality, embedded, money, pole, quantities, server, tracing

BENCHMARKS = {
    "start": embedded.start,
    "load": embedded.load_million,
    "workbook": embedded.workbook,
    "questions": embedded.questions,
    "balance": balance.balances,
    "reconciliation": balance.reconciliation,
    "rank": centrality.betweenness,
    "groups": centrality.groups,
    "money": money.money,
    "neo4j": server.load_and_read,
    "pole": pole.both_stores,
    "trace": tracing.sweep,
    "small-trace": tracing.small,
    "trace-process": tracing.process,
    "cold-snapshot": tracing.cold,
    "quantities": quantities.all_at_once,
}


def main(names: list[str]) -> int:
    """Run these benchmarks in the order in which they build on one another."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"{'':<58} {'graphkit':>9} {'peer':>9}")
    for name, benchmark in BENCHMARKS.items():
        if not names or name in names:
            benchmark()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
