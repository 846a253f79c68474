"""The network is the store's content, whatever order it came in, on disk and in memory."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.network.build import from_columns
from graphkit.network.network import EVER, NEVER, Network
from graphkit.network.snapshot import arrays_of, load, place, save
from graphkit.network.texts import Texts
from tests.network.memory_store import MemoryStore, link, statement

STATEMENTS = [
    statement("person:2", "Person", "name", "李伟"),
    statement("person:2", "Person", "alias", "a-first"),
    statement("person:1", "Person", "name", "王芳"),
    statement("person:1", "Person", "name", "王方"),
    statement("phone:+861", "Phone", "number", "+861"),
    statement("place:甲", "Place", "address", "北京路1号"),
    statement("region:530103", "Region", "code", "530103"),
    statement("seizure:S1", "Seizure", "seized_at", "2022-01-01"),
]
LINKS = [
    link("USES", "person:1", "phone:+861"),
    link("USES", "person:2", "phone:+861"),
    link("SUPPLIED", "person:1", "person:2", "S1", on="2022-01-24", quantity=5.0, unit="box"),
    link("SUPPLIED", "person:1", "person:2", "S1", on="2022-01-26", quantity=7.0, unit="box"),
    link("SUPPLIED", "person:1", "person:1", "S2", amount=3.0, currency="CNY"),
    link("IN_REGION", "place:甲", "region:530103"),
]


def test_columns_names_and_ranges() -> None:
    network = Network.of(MemoryStore(STATEMENTS, LINKS))
    assert list(network.ids) == sorted(each.node for each in {s.node: s for s in STATEMENTS}.values())
    named = {network.ids[i]: network.name_of(i) for i in range(len(network))}
    assert named == {
        "person:1": "王方", "person:2": "李伟", "phone:+861": "+861", "place:甲": "北京路1号",
        "region:530103": "云南省昆明市盘龙区", "seizure:S1": "seizure:S1",
    }  # fmt: skip
    links = network.links
    supplied = list(links.ids).index("SUPPLIED:S1")
    assert (links.quantity_min[supplied], links.quantity_max[supplied]) == (5, 7)
    assert links.units[links.unit[supplied]] == "box"
    bounds = np.array([links.started_earliest[supplied], links.started_latest[supplied]]).astype("datetime64[us]")
    assert bounds.astype(str).tolist() == ["2022-01-24T00:00:00.000000", "2022-01-26T23:59:59.000000"]
    assert (links.ended_earliest[supplied], links.ended_latest[supplied]) == (NEVER, EVER)
    assert links.unit[list(links.ids).index("USES:person:1→phone:+861")] == -1
    assert network.neighbours.tolist() == [2, 2, 2, 1, 1, 0]
    assert network.position("nobody") == -1


def test_row_order_does_not_matter() -> None:
    expected = arrays_of(Network.of(MemoryStore(STATEMENTS, LINKS)))
    for seed in range(5):
        shuffled = random.Random(seed)
        store = MemoryStore(shuffled.sample(STATEMENTS, len(STATEMENTS)), shuffled.sample(LINKS, len(LINKS)))
        found = arrays_of(Network.of(store))
        assert_equal(found, expected)


def test_columns_out_of_order_are_sorted() -> None:
    nodes = {"id": np.array(["b", "a", "c"], object), "kind": np.array(["Person"] * 3, object)}
    links = {
        "link": np.array(["2", "1", "1"], object), "kind": np.array(["KNOWS"] * 3, object),
        "source": np.array([0, 2, 0], np.int32), "target": np.array([1, 0, 2], np.int32),
    }  # fmt: skip
    network = from_columns(nodes, links)
    ends = zip(network.links.source, network.links.target, strict=True)
    triples = [(network.links.ids[i], network.ids[a], network.ids[b]) for i, (a, b) in enumerate(ends)]
    assert triples == [("1", "b", "c"), ("1", "c", "b"), ("2", "b", "a")]


@settings(deadline=None)
@given(st.integers(1, 8), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_adjacency_lists_every_link_once_from_each_end(count: int, pairs: list[tuple[int, int]]) -> None:
    pairs = [(a % count, b % count) for a, b in pairs]
    network = _network(count, pairs)
    for node in range(count):
        neighbours, links = network.both.of_node(node)
        expected = sorted((b if a == node else a, i) for i, (a, b) in enumerate(pairs) if node in (a, b))
        assert list(zip(neighbours.tolist(), links.tolist(), strict=True)) == expected
        assert network.neighbours[node] == len({other for other, _ in expected} - {node})
        going = sorted((b, i) for i, (a, b) in enumerate(pairs) if a == node)
        coming = sorted((a, i) for i, (a, b) in enumerate(pairs) if b == node)
        assert network.out.of_node(node)[1].tolist() == [i for _, i in going]
        assert network.into.of_node(node)[1].tolist() == [i for _, i in coming]


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5), max_size=12))
def test_texts_give_back_what_they_hold(texts: list[str]) -> None:
    column = Texts.of(texts)
    assert list(column) == texts
    ordered = Texts.of(sorted(set(texts)))
    for text in texts:
        assert ordered[ordered.find(text)] == text
    assert ordered.find("not there at all") == -1


def test_snapshot_is_kept_under_the_revision_and_mapped(tmp_path: Path) -> None:
    store = MemoryStore(STATEMENTS, LINKS, str(tmp_path))
    first = Network.of(store)
    folders = list((tmp_path / "snapshot").iterdir())
    assert [folder.name.partition(".")[0] for folder in folders] == [store.revision()]
    store.node_columns = None  # type: ignore[method-assign, assignment]  # the second time nothing is read from the store
    again = Network.of(store)
    assert isinstance(again.links.source.base, np.memmap)
    assert_equal(arrays_of(first), arrays_of(again))
    assert (again.revision, again.kinds, again.links.kinds) == (first.revision, first.kinds, first.links.kinds)


def test_another_revision_replaces_the_snapshot(tmp_path: Path) -> None:
    old = Network.of(MemoryStore(STATEMENTS, LINKS, str(tmp_path)))
    new = Network.of(MemoryStore(STATEMENTS, LINKS[:2], str(tmp_path)))
    assert len(list((tmp_path / "snapshot").iterdir())) == 1
    assert (len(old.links), len(new.links)) == (5, 2)
    assert old.name_of(0) == "王方"  # what is open stays readable


def test_a_snapshot_half_written_or_damaged_is_built_anew(tmp_path: Path) -> None:
    store = MemoryStore(STATEMENTS, LINKS, str(tmp_path))
    Network.of(store)
    folder = next((tmp_path / "snapshot").iterdir())
    (folder / "links.source.npy").write_bytes(b"\x93NUMPY")
    assert load(folder) is None
    assert len(Network.of(store).links) == 5
    assert load(folder) is not None


def test_two_who_build_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    network = Network.of(MemoryStore(STATEMENTS, LINKS))
    save(network, tmp_path / "one")
    with pytest.raises(OSError, match="one"):
        save(network, tmp_path / "one")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert load(tmp_path / "one") is not None


def test_where_nothing_can_be_written_it_works_in_memory(tmp_path: Path) -> None:
    (tmp_path / "snapshot").write_text("a file stands in the way")
    network = Network.of(MemoryStore(STATEMENTS, LINKS, str(tmp_path)))
    assert len(network.links) == 5


def test_a_server_s_snapshot_lies_in_the_user_s_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one, other = place("neo4j://host:7687"), place("neo4j://host:7687/other")
    assert one is not None and other is not None and one != other
    assert one.parent == tmp_path / "graphkit"


def test_to_networkx_and_pandas() -> None:
    network = Network.of(MemoryStore(STATEMENTS, LINKS))
    graph = network.to_networkx()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (6, 5)
    assert graph.nodes["person:2"] == {"kind": "Person", "name": "李伟"}
    supplied = graph["person:1"]["person:2"]["SUPPLIED:S1"]
    assert (supplied["kind"], supplied["quantity_max"], supplied["unit"]) == ("SUPPLIED", 7, "box")
    assert "amount_min" not in supplied and "ended_latest" not in supplied
    nodes, links = network.to_pandas()
    assert nodes["id"].tolist() == list(network.ids)
    assert links.loc[links["link"] == "SUPPLIED:S2", "amount_min"].tolist() == [3.0]
    assert links["started_earliest"].isna().sum() == 4


def test_an_empty_store_gives_an_empty_network(tmp_path: Path) -> None:
    for _ in range(2):
        network = Network.of(MemoryStore([], [], str(tmp_path)))
        assert (len(network), len(network.links), network.position("a")) == (0, 0, -1)


def test_nothing_heavy_is_imported_for_a_network() -> None:
    program = textwrap.dedent("""
        import sys
        import graphkit.analyses, graphkit.network.snapshot
        heavy = {"pandas", "networkx", "scipy", "polars", "duckdb", "neo4j", "pyvis"}
        print(sorted(heavy & set(sys.modules)))
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def assert_equal(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert left.keys() == right.keys()
    for name, array in left.items():
        assert np.array_equal(array, right[name], equal_nan=array.dtype.kind == "f"), name


def _network(count: int, pairs: list[tuple[int, int]], **columns: Any) -> Network:
    nodes = {"id": np.array([f"n{i}" for i in range(count)], object), "kind": np.array(["Actor"] * count, object)}
    links = {
        "link": np.array([f"LINKED:{i:04}" for i in range(len(pairs))], object),
        "kind": np.array(["LINKED"] * len(pairs), object),
        "source": np.array([a for a, _ in pairs], np.int32), "target": np.array([b for _, b in pairs], np.int32),
    }  # fmt: skip
    return from_columns(nodes, {**links, **columns})
