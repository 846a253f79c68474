"""The network as other programs read it: nothing lost, hostile text harmless."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pytest

import graphkit
from graphkit import Casebook

PAYMENTS = """payment_id,payer_account,payer,payee_account,payee,amount,currency,paid_at
P1,6222000011112222,甲<b>&,6222000033334444,=cmd|'/C calc'!A0,100.5,CNY,2024-01-24 08:05
P2,6222000033334444,乙,6222000011112222,甲,7,CNY,2024-02-03
P3,6222000033334444,乙,6222000011112222,甲,8,CNY,2024-02-03
"""


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    (tmp_path / "payments.csv").write_text(PAYMENTS, "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "payments.csv")
    return casebook


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_every_link_with_its_rows(casebook: Casebook, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"case.{suffix}"
    answer = casebook.export(path)
    graph = getattr(nx, f"read_{suffix}")(path)
    network = casebook.network()
    assert answer.rows[0]["nodes"] == graph.number_of_nodes() == len(network)
    assert answer.rows[0]["links"] == graph.number_of_edges() == len(network.links)
    paid = [data for _, _, data in graph.edges(data=True) if data["kind"] == "PAID"]
    assert sorted(data["amount_min"] for data in paid) == [7.0, 8.0, 100.5]
    assert {ref for data in paid for ref in data["rows"].split("; ")} <= {
        ref for one in casebook.show("account:6222000011112222").rows for ref in one["evidence"]
    }
    assert "甲<b>&" in {data.get("name") for _, data in graph.nodes(data=True)}


def test_graphml_loads_again(casebook: Casebook, tmp_path: Path) -> None:
    casebook.export(tmp_path / "case.graphml")
    again = graphkit.open(tmp_path / "again")
    again.load(tmp_path / "case.graphml")
    assert len(again.network().links) == len(casebook.network().links)


def test_an_edge_list_that_a_spreadsheet_may_open(casebook: Casebook, tmp_path: Path) -> None:
    casebook.export(tmp_path / "links.csv")
    with (tmp_path / "links.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(casebook.network().links)
    assert {"from", "to", "kind", "amount_min", "started_earliest", "rows"} <= set(rows[0])
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.values())
