"""What every store must do alike: one suite, run on each engine, with the rows it must answer written down."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from graphkit.errors import NotFound, RequestError, StoreMissing
from graphkit.records.staged import Staged
from graphkit.store.base import Hit, Link, Removed, Statement, Store
from tests.store.builder import stage, state, tie
from tests.store.case import A1, A2, A3, HOSTILE, LI, SHOP, ZHANG, accounts, hostile, payments


@pytest.fixture
def loaded(store: Store, folder: Path) -> tuple[Store, Staged, Staged]:
    """The store with both files, which were added at once."""
    first, second = payments(folder), accounts(folder)
    store.add([first, second])
    return store, first, second


def everything(store: Store) -> list[object]:
    """All that a store answers, to tell whether two hold the same."""
    nodes, links = store.node_columns(), store.link_columns(["memo", "k`ey", ""])
    ids, names = list(nodes["id"]), ["name", "alias", "number"]
    columns = [*sorted(nodes.items()), *sorted(links.items()), *store.property_columns(names).items()]
    listed = [(name, str(values.dtype), [repr(value) for value in values.tolist()]) for name, values in columns]
    return [
        store.files(), store.counts(), store.kinds(), store.statements(ids), store.links_of(ids),
        store.links(list(links["link"])), listed, store.revision(),
    ]  # fmt: skip


def test_empty(store: Store) -> None:
    assert store.files() == []
    assert store.counts() == {"nodes": 0, "links": 0}
    assert store.kinds() == ({}, {})
    assert store.statements(["x"]) == []
    assert store.links_of(["x"]) == [] == store.links(["x"])
    assert store.search("x", 5) == []
    assert len(store.node_columns()["id"]) == 0 == len(store.link_columns()["link"])
    assert store.link_columns()["source"].dtype == np.int32
    assert len(store.property_columns(["name"])["node"]) == 0
    assert len(store.link_columns(["batch"])["p.batch"]) == 0


def test_where_nothing_was_loaded_there_is_no_casebook(missing: Store, folder: Path, tmp_path: Path) -> None:
    """Not an empty answer, which would read as "nothing found"; the first load makes it."""
    asked: list[Callable[[], object]] = [
        missing.files, missing.counts, missing.kinds, missing.node_columns, missing.link_columns,
        lambda: missing.property_columns(["name"]), lambda: missing.statements(["x"]), lambda: missing.links(["x"]),
        lambda: missing.links_of(["x"]), lambda: missing.search("x", 5), lambda: missing.content("x"),
        lambda: missing.remove("x"), lambda: missing.export("x", tmp_path), lambda: missing.native("RETURN 1", {}),
    ]  # fmt: skip
    for ask in asked:
        with pytest.raises(StoreMissing) as error:
            ask()
        assert "load something into it first" in error.value.english
        assert "请先载入" in error.value.chinese
    assert missing.loaded() == []
    missing.add([payments(folder)])
    assert [record.name for record in missing.files()] == ["流水.csv"]
    missing.remove(missing.files()[0].file)
    assert missing.files() == []  # made is made


def test_files_are_listed_by_name(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, second = loaded
    assert store.files() == [second.record, first.record]  # "bank.xlsx" comes before "流水.csv"


def test_content_is_the_original_bytes(store: Store, folder: Path) -> None:
    content = bytes(range(256)) * 300
    store.add([stage(folder, "raw.bin", [state("a", "Actor", "name", "a")], content=content)])
    assert store.content(store.files()[0].file) == content


def test_counts_and_kinds(loaded: tuple[Store, Staged, Staged]) -> None:
    store = loaded[0]
    assert store.counts() == {"nodes": 6, "links": 6}
    assert store.kinds() == ({"Account": 3, "Company": 1, "Party": 1, "Person": 1}, {"HOLDS": 3, "PAID": 3})


def test_statements_merge_what_files_agree_on(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, second = loaded
    here, there = first.record.file, second.record.file
    rows = [f"{here}#1:{row}" for row in range(2, 40)]
    assert store.statements([ZHANG, "nobody", ZHANG]) == [
        Statement(ZHANG, "Person", "alias", "Zhang San", (f"{here}#1:2",)),
        Statement(ZHANG, "Person", "name", "张三", tuple(sorted_by_file(rows, [f"{there}#户主:7"]))),
    ]


def sorted_by_file(*parts: list[str]) -> list[str]:
    """Evidence of several files in the order of their ids, rows as they come."""
    return [reference for part in sorted(parts, key=lambda part: part[0][:12]) for reference in part]


def test_evidence_rows_are_in_number_order(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, _ = loaded
    (stated,) = store.statements([A3])
    assert stated.evidence == tuple(f"{first.record.file}#1:{row}" for row in (9, 10, 100))


def test_kind_that_files_dispute(store: Store, folder: Path) -> None:
    """ "Actor" loses against any other kind, then the least name wins; taking a file back decides again."""
    party, actor = payments(folder), stage(folder, "graph.csv", [state(LI, "Actor", "name", "李四")])
    person = accounts(folder)
    store.add([actor])
    assert {stated.kind for stated in store.statements([LI])} == {"Actor"}
    store.add([person])
    assert {stated.kind for stated in store.statements([LI])} == {"Person"}
    store.add([party])
    assert {stated.kind for stated in store.statements([LI])} == {"Party"}
    store.remove(party.record.file)
    assert {stated.kind for stated in store.statements([LI])} == {"Person"}
    store.remove(person.record.file)
    assert store.kinds()[0] == {"Actor": 1}
    assert list(store.node_columns()["kind"]) == ["Actor"]


def test_links_of(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, second = loaded
    day = ("2024-01-24T00:00:00", "2024-01-24T23:59:59", None, None)
    instant = ("2024-01-25T08:05:00", "2024-01-25T08:05:00", None, None)
    before = ("2024-01-23T00:00:00", "2024-01-23T23:59:59", None, None)
    ended = (None, None, "2024-01-01T00:00:00", "2024-01-02T00:00:00")
    here, there = f"{first.record.file}#1", f"{second.record.file}#1"
    assert [link for link in store.links_of([A1]) if link.kind == "PAID"] == [
        Link("PAID:P1", "PAID", A1, A2, *before, 2.5, "盒", 90.0, None, {}, (f"{there}:5",)),
        Link("PAID:P1", "PAID", A1, A2, *day, None, None, 100.0, "CNY", {"memo": "货款"},
             tuple(sorted([f"{here}:2", f"{there}:2"]))),
        Link("PAID:P1", "PAID", A1, A2, *instant, None, None, 120.5, "CNY", {}, (f"{here}:3",)),
        Link("PAID:P9", "PAID", A2, A1, *ended, None, None, None, None, {}, (f"{there}:2",)),
    ]  # fmt: skip
    holds = [(link.link, link.source, len(link.evidence)) for link in store.links_of([A1]) if link.kind == "HOLDS"]
    assert holds == [(f"HOLDS:{SHOP}→{A1}", SHOP, 1), (f"HOLDS:{ZHANG}→{A1}", ZHANG, 39)]


def test_links_of_several_nodes_and_limit(loaded: tuple[Store, Staged, Staged]) -> None:
    store = loaded[0]
    every = store.links_of([A1, A2, A3, "nobody"])
    assert [link.kind for link in every] == ["HOLDS"] * 3 + ["PAID"] * 5
    assert len(set(map(repr, every))) == len(every)
    for limit in range(9):
        assert store.links_of([A3, A2, A1], limit=limit) == every[:limit]
    assert store.links_of([]) == []


def test_links_by_id(loaded: tuple[Store, Staged, Staged]) -> None:
    store = loaded[0]
    assert store.links(["PAID:P9", "nothing", "PAID:P1"]) == [
        link for link in store.links_of([A1, A2]) if link.link in ("PAID:P1", "PAID:P9")
    ]
    (second_sheet,) = store.links(["PAID:P2"])
    assert second_sheet.evidence == (f"{loaded[1].record.file}#第二页:4",)
    assert second_sheet.started_earliest is None


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("张三", [Hit(ZHANG, "Person", "name", "张三")]),
        ("zhang", [Hit(ZHANG, "Person", "alias", "Zhang San")]),
        ("san", [Hit(ZHANG, "Person", "alias", "Zhang San")]),
        ("李四", [Hit(LI, "Party", "name", "李四")]),  # whole, though longer names hold it too
        ("四（", [Hit(LI, "Party", "name", "李四（别名 Lee）")]),
        ("大", [Hit(SHOP, "Company", "name", "大药房")]),
        ("6222000033334444", [Hit(A2, "Account", "number", "6222000033334444")]),
        (ZHANG, [Hit(ZHANG, "Person", "id", ZHANG)]),
        (SHOP.lower(), [Hit(SHOP, "Company", "id", SHOP)]),
        ("%", []),
        ("_", []),
        ("'", []),
        ("张%", []),
        (".*", []),
        ("", []),
    ],
)
def test_search(loaded: tuple[Store, Staged, Staged], text: str, hits: list[Hit]) -> None:
    assert loaded[0].search(text, 10) == hits


def test_search_order(store: Store, folder: Path) -> None:
    """Whole before beginning before within; names before other properties; then by id."""
    rows = [
        state("n6", "Person", "name", "王小明"),
        state("n5", "Person", "name", "明"),
        state("n4", "Person", "name", "明月"),
        state("n3", "Place", "address", "明"),
        state("n2", "Place", "address", "明路"),
        state("n1", "Place", "address", "光明路"),
        state("n0", "Person", "alias", "明月"),
        state("n0", "Person", "name", "老明"),
        state("na", "Person", "name", "明月"),
    ]
    store.add([stage(folder, "names.csv", rows)])
    hits = store.search("明", 10)
    assert [hit.node for hit in hits] == ["n5", "n3", "n4", "na", "n0", "n2", "n6", "n1"]
    assert hits[4] == Hit("n0", "Person", "alias", "明月")
    assert store.search("明", 3) == hits[:3]


def test_search_takes_no_character_for_a_pattern(store: Store, folder: Path) -> None:
    store.add([hostile(folder)])
    for text in ("%_", "'", '"', "`", "\\", "😀 1", "); drop table", "{$x}", "robert'"):
        assert HOSTILE in [hit.node for hit in store.search(text, 5)], text
    assert store.search("100x_", 5) == []


def test_node_columns(loaded: tuple[Store, Staged, Staged]) -> None:
    columns = loaded[0].node_columns()
    assert list(columns["id"]) == sorted([ZHANG, LI, SHOP, A1, A2, A3])
    assert dict(zip(columns["id"], columns["kind"], strict=True)) == {
        ZHANG: "Person", LI: "Party", SHOP: "Company", A1: "Account", A2: "Account", A3: "Account",
    }  # fmt: skip
    assert {name: values.dtype for name, values in columns.items()} == {"id": object, "kind": object}


def test_link_columns(loaded: tuple[Store, Staged, Staged]) -> None:
    store = loaded[0]
    ids, columns = store.node_columns()["id"], store.link_columns()
    ends = list(zip(columns["link"], ids[columns["source"]], ids[columns["target"]], strict=True))
    assert ends == sorted(ends)
    assert [link for link, *_ in ends if link.startswith("PAID")] == ["PAID:P1", "PAID:P2", "PAID:P9"]
    at = list(columns["link"]).index("PAID:P1")
    row = {name: values[at] for name, values in columns.items()}
    assert (row["kind"], row["unit"], row["currency"]) == ("PAID", "盒", "CNY")
    assert (row["started_earliest"], row["started_latest"]) == (
        np.datetime64("2024-01-23T00:00:00"), np.datetime64("2024-01-25T08:05:00"),
    )  # fmt: skip
    assert np.isnat(row["ended_earliest"])
    assert (row["amount_min"], row["amount_max"], row["quantity_min"], row["quantity_max"]) == (90.0, 120.5, 2.5, 2.5)
    holds = list(columns["link"]).index(f"HOLDS:{LI}→{A2}")
    assert np.isnan(columns["amount_min"][holds])
    assert columns["unit"][holds] is None


def test_link_columns_types(loaded: tuple[Store, Staged, Staged]) -> None:
    columns = loaded[0].link_columns()
    times, numbers = ("started", "ended"), ("quantity", "amount")
    wanted = {"link": "object", "kind": "object", "source": "int32", "target": "int32"}
    wanted |= {f"{name}_{side}": "datetime64[us]" for name in times for side in ("earliest", "latest")}
    wanted |= {f"{name}_{side}": "float64" for name in numbers for side in ("min", "max")}
    wanted |= {"unit": "object", "currency": "object"}
    assert {name: str(values.dtype) for name, values in columns.items()} == wanted


def test_link_id_between_several_nodes(store: Store, folder: Path) -> None:
    """A link id that rows give to different nodes is one entry for each, in order of these, and counts once."""
    nodes = [state(node, "Actor", "name", node) for node in "abcd"]
    links = [tie("L", "LINKED", source, target) for source, target in ("da", "ad", "ac")]
    store.add([stage(folder, "one.csv", nodes, [*links, tie("K", "LINKED", "c", "b"), tie("M", "LINKED", "b", "a")])])
    columns = store.link_columns()
    assert list(zip(columns["link"], columns["source"], columns["target"], strict=True)) == [
        ("K", 2, 1), ("L", 0, 2), ("L", 0, 3), ("L", 3, 0), ("M", 1, 0),
    ]  # fmt: skip
    assert store.counts()["links"] == 3


def test_properties_of_link_columns(store: Store, folder: Path) -> None:
    """They come beside the other columns; of several values the least."""
    nodes = [state(node, "Party", "name", node) for node in "abcd"]
    given = [{"batch": "B2", "weight_kg": "2"}, {"batch": "B1", "unit": "x"}, {"product": "片", "due_on": "2024-01-05"}]
    links = [
        tie("S", "SHIPPED", "d", "a", properties=given[0]),
        tie("S", "SHIPPED", "d", "a", rows=[3], properties=given[1]),
        tie("S", "SHIPPED", "a", "c", properties=given[2]), tie("R", "ASKED", "c", "d", properties=given[2]),
        tie("T", "LINKED", "c", "d"),
    ]  # fmt: skip
    store.add([stage(folder, "one.csv", nodes, links)])
    names = ["batch", "weight_kg", "product", "due_on", "unit", "no such", "$n0; DROP"]
    columns, all_links = store.link_columns(names), store.link_columns()
    assert columns.keys() == {*all_links, *(f"p.{name}" for name in names)}
    for name, values in all_links.items():
        assert [repr(value) for value in values.tolist()] == [repr(value) for value in columns[name].tolist()]
        assert columns[name].dtype == values.dtype
    assert {name: values.tolist() for name, values in columns.items() if name.startswith("p.")} == {
        "p.batch": [None, None, "B1", None], "p.weight_kg": [None, None, "2", None],
        "p.product": ["片", "片", None, None], "p.due_on": ["2024-01-05", "2024-01-05", None, None],
        "p.unit": [None, None, "x", None], "p.no such": [None] * 4, "p.$n0; DROP": [None] * 4,
    }  # fmt: skip
    assert not any(name.startswith("p.") for name in all_links)


def test_property_columns(loaded: tuple[Store, Staged, Staged]) -> None:
    columns = loaded[0].property_columns(["name", "alias", "no such"])
    rows = list(zip(columns["node"], columns["property"], columns["value"], strict=True))
    assert rows == [
        (SHOP, "name", "大药房"), (LI, "name", "李四"), (LI, "name", "李四（别名 Lee）"),
        (ZHANG, "alias", "Zhang San"), (ZHANG, "name", "张三"),
    ]  # fmt: skip
    stated = {s.value: len(s.evidence) for s in loaded[0].statements([SHOP, LI, ZHANG])}
    assert columns["rows"].tolist() == [stated[value] for value in columns["value"]]
    assert len(loaded[0].property_columns([])["node"]) == 0


def test_adding_twice_changes_nothing(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, second = loaded
    before = everything(store)
    later = dataclasses.replace(first, record=dataclasses.replace(first.record, loaded_at="2030-01-01T00:00:00Z"))
    store.add([later, second, second])
    assert everything(store) == before


def test_order_of_adding_does_not_matter(store: Store, folder: Path, engine: str) -> None:
    first, second = payments(folder), accounts(folder)
    store.add([first])
    store.add([second])
    one_by_one = everything(store)
    for record in store.files():
        store.remove(record.file)
    store.add([second])
    store.add([first])
    assert everything(store) == one_by_one


def test_remove_takes_back_only_what_the_file_alone_asserts(loaded: tuple[Store, Staged, Staged], folder: Path) -> None:
    store, first, second = loaded
    assert store.remove(second.record.file) == Removed(links=2, nodes=1)
    assert store.counts() == {"nodes": 5, "links": 4}
    assert store.statements([SHOP]) == []
    assert [stated.value for stated in store.statements([LI])] == ["李四"]
    assert store.files() == [first.record]
    assert store.remove(first.record.file) == Removed(links=4, nodes=5)
    assert store.counts() == {"nodes": 0, "links": 0}


def test_remove_then_add_is_as_before(loaded: tuple[Store, Staged, Staged]) -> None:
    store, first, _ = loaded
    before = everything(store)
    store.remove(first.record.file)
    assert everything(store) != before
    store.add([first])
    assert everything(store) == before


def test_replace(loaded: tuple[Store, Staged, Staged], folder: Path) -> None:
    store, first, second = loaded
    corrected = stage(folder, "流水2.csv", [state(A3, "Account", "number", "1")], [tie("PAID:P3", "PAID", A3, A3)])
    store.add([corrected], replaces=[first.record.file])
    assert {record.file for record in store.files()} == {corrected.record.file, second.record.file}
    assert [link.link for link in store.links_of([A3])] == ["PAID:P3"]
    assert [stated.value for stated in store.statements([A3])] == ["1"]


def test_replace_by_the_same_file_read_otherwise(loaded: tuple[Store, Staged, Staged], folder: Path) -> None:
    store, first, _ = loaded
    before = store.revision()
    again = stage(folder, "流水.csv", [state("x", "Actor", "name", "x")], mapping="other")
    assert again.record.file == first.record.file
    store.add([again], replaces=[first.record.file])
    assert again.record in store.files()
    assert store.statements([A3]) == []
    assert store.revision() != before


def test_refused_replacement_changes_nothing(loaded: tuple[Store, Staged, Staged], folder: Path) -> None:
    store = loaded[0]
    before = everything(store)
    with pytest.raises(NotFound):
        store.add([hostile(folder)], replaces=[loaded[1].record.file, "000000000000"])
    assert everything(store) == before


def test_hostile_values_are_only_values(store: Store, folder: Path) -> None:
    one = hostile(folder)
    store.add([one, payments(folder)])
    file = one.record.file
    assert store.statements([HOSTILE]) == [
        Statement(HOSTILE, "Kind `x` {y: 1}", "prop`erty'\"", HOSTILE, (f"{file}#sh'eet#1:2:2",))
    ]
    (link,) = store.links_of([HOSTILE])
    assert (link.link, link.kind, link.target, link.unit) == (HOSTILE, "`]->() DELETE", "😀", HOSTILE)
    assert link.properties == {"": "", "a.b": "c", "k`ey": HOSTILE}
    assert store.links([HOSTILE]) == [link]
    assert list(store.property_columns(["prop`erty'\""])["value"]) == [HOSTILE]
    assert store.remove(file) == Removed(1, 4)
    assert store.counts() == {"nodes": 5, "links": 4}


def test_ids_are_ordered_by_code_point(store: Store, folder: Path) -> None:
    store.add([hostile(folder)])
    ids = list(store.node_columns()["id"])
    assert ids == sorted([HOSTILE, "\ue000", "😀", "Ａ"])
    assert [stated.node for stated in store.statements(ids)] == ids


def test_long_row_lists(store: Store, folder: Path) -> None:
    rows = range(2, 50_002)
    nodes = [state("a", "Actor", "name", "a", rows=rows), state("b", "Actor", "name", "b")]
    store.add([stage(folder, "long.csv", nodes, [tie("L", "LINKED", "a", "b", rows=rows)])])
    assert len(store.statements(["a"])[0].evidence) == 50_000
    assert store.links(["L"])[0].evidence[-1] == f"{store.files()[0].file}#1:50001"


def test_files_without_any_assertion(store: Store, folder: Path) -> None:
    empty = stage(folder, "empty.csv", rows=0, kinds=())
    store.add([empty])
    assert store.files() == [empty.record]
    assert store.remove(empty.record.file) == Removed(0, 0)


@pytest.mark.parametrize("which", [payments, accounts, hostile])
def test_export_gives_what_was_added(store: Store, folder: Path, tmp_path: Path, which: object) -> None:
    assert callable(which)
    one = which(folder)
    store.add([payments(folder), accounts(folder), hostile(folder)])
    out = store.export(one.record.file, tmp_path / "o'ut [x]*")
    assert out.record == one.record
    assert out.content.read_bytes() == one.content.read_bytes()
    for name in ("statements", "links"):
        frames = [pl.read_parquet(getattr(staged, name), glob=False) for staged in (one, out)]
        assert_frame_equal(*frames)


def test_unknown_file(loaded: tuple[Store, Staged, Staged], tmp_path: Path) -> None:
    store, first, _ = loaded
    wrong = first.record.file[:-1] + ("0" if first.record.file[-1] != "0" else "1")
    text = f"No file {wrong} is loaded. Did you mean {first.record.file}?"
    for ask in (store.content, store.remove, lambda file: store.export(file, tmp_path)):
        with pytest.raises(NotFound) as error:
            ask(wrong)
        assert error.value.english == text
        assert first.record.file in error.value.chinese
    with pytest.raises(NotFound) as error:
        store.remove("流水.csv")  # by its name: the id is told
    assert error.value.english.endswith(f"Did you mean {first.record.file}?")


def test_unknown_file_of_an_empty_store(store: Store) -> None:
    with pytest.raises(NotFound) as error:
        store.remove("zzz")
    assert error.value.english == "No file zzz is loaded. `graphkit files` lists those that are."


def test_native_answers_and_refuses_to_write(loaded: tuple[Store, Staged, Staged], engine: str) -> None:
    store = loaded[0]
    reads = {"duckdb": "SELECT $a + 1 AS b, 'x' AS c", "neo4j": "RETURN $a + 1 AS b, 'x' AS c"}[engine]
    assert store.native(reads, {"a": 1}) == (["b", "c"], [(2, "x")])
    before = everything(store)
    writes = {"duckdb": "DELETE FROM link", "neo4j": "MATCH (n) DETACH DELETE n"}[engine]
    for text in (writes, "no such language", ""):
        with pytest.raises(RequestError):
            store.native(text, {})
    assert everything(store) == before


def test_engines_hold_the_same(both: tuple[Store, Store], folder: Path) -> None:
    files = [payments(folder), accounts(folder), hostile(folder)]
    for store in both:
        store.add(files)
    one, other = both
    assert everything(one) == everything(other)


def test_copy_and_back(both: tuple[Store, Store], folder: Path, tmp_path: Path) -> None:
    """Store A → export → store B → export is what was added to A."""
    one, other = both
    one.add([payments(folder), accounts(folder), hostile(folder)])
    other.add([one.export(record.file, tmp_path / "there") for record in one.files()])
    assert everything(other) == everything(one)
    for record in other.files():
        there, back = one.export(record.file, tmp_path / "a"), other.export(record.file, tmp_path / "b")
        assert there.content.read_bytes() == back.content.read_bytes()
        for name in ("statements", "links"):
            assert_frame_equal(*[pl.read_parquet(getattr(staged, name), glob=False) for staged in (there, back)])
