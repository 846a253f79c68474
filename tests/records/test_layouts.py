"""Other people's layouts: every node, link and property arrives; what is hostile or ambiguous is refused."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import networkx
import polars as pl
import pytest

from graphkit.errors import InputError
from graphkit.records.layouts import LAYOUTS, LayoutResult, detect, graphml
from graphkit.records.staging import Stager

SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample data is not here")
FILE = "f" * 12
GRAPHML = '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'


@dataclass
class Loaded:
    """What one file asserted."""

    result: LayoutResult
    statements: pl.DataFrame
    links: pl.DataFrame

    def said(self, node: str) -> dict[str, str]:
        """Property → value of one node."""
        return {row["property"]: row["value"] for row in self.statements.filter(pl.col("node") == node).to_dicts()}

    def kind(self, node: str) -> str:
        """The kind of one node."""
        kinds = self.statements.filter(pl.col("node") == node)["kind"].unique().to_list()
        assert len(kinds) == 1
        return str(kinds[0])

    def link(self, source: str, target: str) -> dict[str, Any]:
        """The one link between the two, its properties as a dictionary."""
        found = self.links.filter((pl.col("source") == source) & (pl.col("target") == target)).to_dicts()
        assert len(found) == 1
        return {**found[0], "properties": {p["key"]: p["value"] for p in found[0]["properties"]}}

    def rows_of(self, node: str) -> list[int]:
        """The rows that state the node."""
        return sorted({row for rows in self.statements.filter(pl.col("node") == node)["rows"] for row in rows})


def load(path: Path, layout: str, folder: Path, file: str = FILE) -> Loaded:
    """Read one file and group what it asserts."""
    folder.mkdir(parents=True, exist_ok=True)
    stager = Stager(folder)
    result = next(one for one in LAYOUTS if one.name == layout).read(path, file, stager)
    statements, links = stager.finish()
    return Loaded(result, pl.read_parquet(statements), pl.read_parquet(links))


@pytest.fixture
def loaded(tmp_path: Path) -> Any:
    """Writes a text into a file and loads it."""

    def write_and_load(layout: str, text: str | bytes, name: str = "file.csv") -> Loaded:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path, layout, tmp_path / "staged")

    return write_and_load


def found(tmp_path: Path, text: str | bytes, name: str = "file.csv", fits: bool = False) -> str | None:
    """The name of the layout that is detected."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    layout = detect(path, lambda header: fits)
    return layout.name if layout else None


class TestNeo4jAdmin:
    def test_nodes_keep_every_property_in_canonical_form(self, loaded: Any) -> None:
        text = (
            "personId:ID,name,age:int,born:date,lat:double,ok:boolean,tags:string[],years:int[],at:localdatetime,:IGNORE,:LABEL\n"
            'p1,"Li, Wei",042,1980-01-02,1.50,TRUE,a;b,01;2,2020-01-02T03:04,x,Person;Suspect;Driver\n'
            "p2,,,,,,,,,,Person\n"
        )
        found = loaded("neo4j-admin", text)
        assert found.said("p1") == {
            "personId": "p1", "name": "Li, Wei", "age": "42", "born": "1980-01-02", "lat": "1.5", "ok": "true",
            "tags": "a;b", "years": "1;2", "at": "2020-01-02T03:04:00", "labels": found.said("p1")["labels"],
        }  # fmt: skip
        labels = found.statements.filter(pl.col("property") == "labels")["value"].to_list()
        assert (found.kind("p1"), sorted(labels), found.said("p2")) == (
            "Person",
            ["Driver", "Suspect"],
            {"personId": "p2"},
        )
        assert (found.result.rows, found.result.accepted, found.result.kinds) == (2, 2, ("Person",))

    def test_a_node_of_which_nothing_is_said_still_exists(self, loaded: Any) -> None:
        found = loaded("neo4j-admin", ":ID,name,:LABEL\n1,,Thing\n,x,Thing\n")
        assert found.said("1") == {"node_id": "1"}
        assert found.said(f"node:{FILE}#1:3") == {"name": "x"}

    def test_ids_carry_their_space(self, loaded: Any) -> None:
        found = loaded("neo4j-admin", ":START_ID(Person),:END_ID(Car),:TYPE\n1,1,OWNS\n")
        assert found.link("Person:1", "Car:1")["link"] == f"OWNS:{FILE}#1:2"

    def test_relationships_name_their_ends_as_actors(self, loaded: Any) -> None:
        found = loaded("neo4j-admin", ":START_ID;:END_ID;since:int;:TYPE\na;b;2001.0;KNOWS\na;b;;KNOWS\n;b;;KNOWS\n")
        assert found.links["link"].to_list() == [f"KNOWS:{FILE}#1:2", f"KNOWS:{FILE}#1:3"]
        assert found.links["properties"].to_list() == [[{"key": "since", "value": "2001"}], []]
        assert (found.kind("a"), found.said("b")) == ("Actor", {"node_id": "b"})
        assert found.rows_of("a") == [2, 3]
        assert [(issue.row, issue.header, issue.reason, issue.refuses) for issue in found.result.issues] == [
            (4, ":START_ID", "missing", "row")
        ]
        assert found.result.issues_frame().row(0) == (4, ":START_ID", ":START_ID", "", "missing", "row")

    def test_a_foreign_id_property_is_not_mixed_with_the_id_of_the_node(self, loaded: Any) -> None:
        assert loaded("neo4j-admin", ":ID,id,:LABEL\n7,abc,Crime\n").said("7") == {"id": "abc"}

    @pytest.mark.parametrize(
        ("name", "kind"), [("x.nodes.Person.csv", "Person"), ("Person.csv", "Person"), ("nodes.csv", "Actor")]
    )
    def test_a_missing_label_is_told_by_the_file_name(self, loaded: Any, name: str, kind: str) -> None:
        found = loaded("neo4j-admin", ":ID,name\n1,Li\n", name)
        assert (found.kind("1"), len(found.result.notes)) == (kind, 1)

    @pytest.mark.parametrize(
        ("name", "kind"), [("relationships.KNOWS.csv", "KNOWS"), ("rels-OWNS2.csv", "OWNS"), ("rels.csv", "LINKED")]
    )
    def test_a_missing_type_is_told_by_the_file_name(self, loaded: Any, name: str, kind: str) -> None:
        assert loaded("neo4j-admin", ":START_ID,:END_ID\n1,2\n", name).link("1", "2")["kind"] == kind

    def test_the_header_may_be_in_a_file_of_its_own(self, loaded: Any, tmp_path: Path) -> None:
        (tmp_path / "people-header.csv").write_text("id:ID,name,:LABEL\n", encoding="utf-8")
        assert found(tmp_path, "1,Li,Person\n", "people-part1.csv") == "neo4j-admin"
        assert loaded("neo4j-admin", "1,Li,Person\n", "people-part1.csv").rows_of("1") == [1]
        alone = load(tmp_path / "people-header.csv", "neo4j-admin", tmp_path / "alone")
        assert (alone.result.rows, alone.statements.height) == (0, 0)

    def test_a_value_of_another_type_is_kept_and_remarked_on(self, loaded: Any) -> None:
        found = loaded("neo4j-admin", ":ID,age:int,:LABEL\n1,old,Person\n")
        assert found.said("1") == {"age": "old"}
        assert [(i.row, i.header, i.value, i.reason, i.refuses) for i in found.result.issues] == [
            (2, "age", "old", "bad_number", "note")
        ]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            (":ID,name\n1,Li,more\n", "row 2, column C"),
            (":START_ID,:TYPE\n1,X\n", ":END_ID"),
            (":ID,:START_ID,:END_ID\n1,2,3\n", "row 1"),
            ("a,b\n1,2\n", "row 1"),
        ],
    )
    def test_a_wrong_file_is_refused_with_its_place(self, loaded: Any, text: str, place: str) -> None:
        with pytest.raises(InputError, match=place):
            loaded("neo4j-admin", text)


class TestEdges:
    def test_known_columns_have_their_meaning_and_all_others_are_properties(self, loaded: Any) -> None:
        head = "from,to,weight,relation,date,quantity,unit,amount,currency,colour"
        text = f"{head}\nA, B ,1.50,works with,2022-01-24,3,盒,12.5,usd,red\n"
        link = loaded("edges", text).link("A", "B")
        assert link["link"] == f"WORKS_WITH:{FILE}#1:2"
        assert link["properties"] == {"weight": "1.5", "relation": "works with", "colour": "red"}
        assert (link["started_earliest"], link["started_latest"]) == (
            datetime(2022, 1, 24),
            datetime(2022, 1, 24, 23, 59, 59),
        )
        assert (link["quantity"], link["unit"], link["amount"], link["currency"]) == (3.0, "box", 12.5, "USD")

    def test_weights_that_are_no_numbers_are_reported(self, loaded: Any) -> None:
        found = loaded("edges", "from,to,weight\na,b,nan\nb,c,2\nc,d,inf\nd,e,\ne,f,strong\n")
        assert [(i.row, i.header, i.value, i.reason, i.refuses) for i in found.result.issues] == [
            (row, "weight", value, "bad_number", "cell") for row, value in ((2, "nan"), (4, "inf"), (6, "strong"))
        ]
        assert found.link("b", "c")["properties"] == {"weight": "2"}

    @pytest.mark.parametrize("head", ["source,target", "src,dst", "start,end", "起点,终点", "来源,目标", "one,two"])
    def test_the_ends_are_told_by_their_names_or_come_first(self, loaded: Any, head: str) -> None:
        found = loaded("edges", f"{head}\nA,B\n")
        assert found.link("A", "B")["link"] == f"LINKED:{FILE}#1:2"
        assert (found.said("A"), found.kind("A"), found.rows_of("B")) == ({"name": "A"}, "Actor", [2])

    def test_the_ends_need_not_be_the_first_columns(self, loaded: Any) -> None:
        assert loaded("edges", "id,target,source\n9,B,A\n").link("A", "B")["properties"] == {"id": "9"}

    @pytest.mark.parametrize("text", ["1 2 0.5\n2 3 1\n", "1\t2\t0.5\n2\t3\t1\n", "# 3\n1;2;.5\n2;3;1\n"])
    def test_lists_without_header(self, loaded: Any, text: str) -> None:
        found = loaded("edges", text, "file.txt")
        assert found.link("1", "2")["properties"] == {"weight": "0.5"}
        assert found.links.height == found.result.rows == 2

    STUDY = "op,role,ID,Tie_ID,Year,Until,1995,1996\n" + "".join(
        f"38,,{a},{b},199{a % 10},2001-{b % 3},,{a % 3}\n" for a, b in ((1, 2), (2, 3), (3, 4), (4, 1), (1, 3))
    )

    @pytest.mark.parametrize(
        "names", [("ID", "Tie_ID"), ("SENDER_ACCOUNT_ID", "RECEIVER_ACCOUNT_ID"), ("甲方账号", "乙方账号")]
    )
    def test_a_header_with_numbers_in_it_is_one_and_the_ends_share_their_names(
        self, loaded: Any, names: tuple[str, str]
    ) -> None:
        found = loaded("edges", self.STUDY.replace("ID,Tie_ID", ",".join(names)))
        assert (found.result.rows, found.result.accepted, found.links.height) == (5, 5, 5)
        assert found.link("1", "2")["properties"] == {
            "op": "38", "Year": "1991", "Until": "2001-2", "1996": "1",
        }  # fmt: skip
        assert any(names[0] in note and names[1] in note for note in found.result.notes) == (names[0] != "ID")

    def test_ends_that_the_study_calls_so_are_beyond_doubt_and_accounts_are_not(self, tmp_path: Path) -> None:
        assert found(tmp_path, self.STUDY) == "edges"
        assert found(tmp_path, self.STUDY.replace("ID,Tie_ID", "SENDER_ACCOUNT_ID,RECEIVER_ACCOUNT_ID")) is None

    @pytest.mark.parametrize("head", ["person,meeting", "one,two"])
    def test_measures_that_share_values_are_no_ends(self, loaded: Any, head: str) -> None:
        rows = "".join(f"p{i},m{i},{i % 4},{i % 5},{1990 + i % 4},{1991 + i % 4}\n" for i in range(20))
        found = loaded("edges", f"{head},came,spoke,since,until\n{rows}")
        assert found.links["source"].to_list()[:2] == ["p0", "p1"]
        assert found.links["target"].to_list()[:2] == ["m0", "m1"]

    def test_rows_are_those_of_the_file(self, loaded: Any) -> None:
        found = loaded("edges", "% a remark\n\n1 2 {}\n\n2 3 {}\n", "file.txt")
        assert sorted(found.links["rows"].to_list()) == [[3], [5]]

    def test_an_edge_without_an_end_is_refused_and_an_unreadable_time_is_kept(self, loaded: Any) -> None:
        found = loaded("edges", "from,to,time\nA,,2022-01-24\nA,B,someday\n")
        assert found.link("A", "B")["properties"] == {"time": "someday"}
        assert {(i.row, i.header, i.reason, i.refuses) for i in found.result.issues} == {
            (2, "to", "missing", "row"),
            (3, "time", "bad_time", "cell"),
        }
        assert (found.result.rows, found.result.accepted) == (2, 1)

    def test_a_direction_is_no_kind(self, loaded: Any) -> None:
        found = loaded("edges", "Source,Target,Type\nA,B,Undirected\nB,C,Directed\n")
        assert (found.link("A", "B")["kind"], found.link("A", "B")["properties"]) == ("LINKED", {"directed": "false"})
        assert found.link("B", "C")["properties"] == {}

    def test_columns_that_differ_in_case_only_are_both_kept(self, loaded: Any) -> None:
        assert loaded("edges", "from,to,tag,Tag,\nA,B,x,y,z\n").link("A", "B")["properties"] == {
            "tag": "x",
            "Tag_2": "y",
            "column E": "z",
        }

    def test_chinese_encodings_are_read(self, loaded: Any) -> None:
        assert (
            loaded("edges", "起点,终点,关系\n张三,李四,亲属\n".encode("gb18030")).link("张三", "李四")["kind"] == "亲属"
        )

    @pytest.mark.parametrize(("text", "place"), [("from\nA\n", "row"), ("a b\nc d\ne f g\n", "row 3")])
    def test_a_wrong_file_is_refused_with_its_place(self, loaded: Any, text: str, place: str) -> None:
        with pytest.raises(InputError, match=place):
            loaded("edges", text)

    def test_too_many_properties_are_refused(self, loaded: Any) -> None:
        with pytest.raises(InputError, match="properties"):
            loaded("edges", "from,to" + ",p" * 2000 + "\na,b" + ",1" * 2000 + "\n")


class TestMatrix:
    def test_a_symmetric_matrix_gives_one_link_a_pair_on_both_rows(self, loaded: Any) -> None:
        found = loaded("matrix", '\ufeff"",A,B,C\nA,0,2,\nB,2.0,1,0\nC,,0,0\n')
        assert sorted(found.links.select("link", "source", "target", "rows").rows()) == [
            (f"LINKED:{FILE}#1:2:B", "A", "B", [2, 3]),
            (f"LINKED:{FILE}#1:3:B", "B", "B", [3]),
        ]
        assert found.link("A", "B")["properties"] == {"weight": "2", "directed": "false"}
        assert (found.said("C"), found.rows_of("C")) == ({"name": "C"}, [4])

    def test_an_asymmetric_matrix_points_from_row_to_column(self, loaded: Any) -> None:
        found = loaded("matrix", ",A,B\nA,0,2\nB,3,0\n")
        assert found.link("A", "B")["properties"] == {"weight": "2"}
        assert found.link("B", "A")["link"] == f"LINKED:{FILE}#1:3:A"

    def test_rows_may_stand_in_another_order_than_columns(self, loaded: Any) -> None:
        found = loaded("matrix", ",A,B\nB,1,0\nA,0,1\n")
        assert found.link("B", "A")["rows"] == [2, 3]

    def test_rows_and_columns_may_name_different_actors(self, loaded: Any) -> None:
        found = loaded("matrix", "who,M1,M2\nLi,1,0\nWu,0,1\n")
        assert sorted(found.links.select("source", "target").rows()) == [("Li", "M1"), ("Wu", "M2")]
        assert (found.rows_of("M1"), found.rows_of("Li")) == ([1], [2])

    def test_a_header_without_corner(self, loaded: Any) -> None:
        assert loaded("matrix", "A B\nA 0 1\nB 0 0\n".replace(" ", "\t")).links.select("source", "target").rows() == [
            ("A", "B")
        ]

    def test_a_cell_that_is_no_number_is_refused_alone(self, loaded: Any) -> None:
        found = loaded("matrix", ",A,B\nA,-,yes\nB,NA,0\n")
        assert [(i.row, i.header, i.value, i.refuses) for i in found.result.issues] == [(2, "B", "yes", "cell")]
        assert (found.links.height, found.result.accepted) == (0, 2)

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            (",A,A\nA,0,1\nB,0,0\n", "row 1, column C"), (",A,B\nA,0,1\nA,0,0\n", "row 2, column A"),
            (",A,B\nA,0,1,5\n", "row 2, column D"), ("A\n", "row 1"),
        ],
    )  # fmt: skip
    def test_names_that_do_not_tell_apart_are_refused(self, loaded: Any, text: str, place: str) -> None:
        with pytest.raises(InputError, match=place):
            loaded("matrix", text)


class TestGraphml:
    def test_a_graph_that_networkx_wrote_comes_back_whole(self, tmp_path: Path) -> None:
        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        graph.add_node("a", kind="person", age=7, height=1.5, ok=True)
        graph.add_edge("a", "b", weight=2.0, type="works with")
        graph.add_edge("a", "b", weight=3.25)
        networkx.write_graphml(graph, tmp_path / "g.graphml")
        found = load(tmp_path / "g.graphml", "graphml", tmp_path / "staged")
        assert (found.kind("a"), found.said("a")) == (
            "Person",
            {"kind": "person", "age": "7", "height": "1.5", "ok": "true"},
        )
        assert (found.kind("b"), found.said("b")) == ("Actor", {"node_id": "b"})
        held = [({p["key"]: p["value"] for p in row["properties"]}, row["link"]) for row in found.links.to_dicts()]
        assert ({"weight": "3.25", "edge_id": "1"}, f"LINKED:{FILE}#1:4") in held
        assert ({"weight": "2", "type": "works with", "edge_id": "0"}, f"WORKS_WITH:{FILE}#1:3") in held

    def test_defaults_directions_and_ordinals(self, loaded: Any) -> None:
        body = (
            '<key id="d0" for="node" attr.name="role" attr.type="string"><default>courier</default></key>'
            '<key id="d1" for="edge" attr.name="n" attr.type="int"><default>01</default></key>'
            '<graph edgedefault="undirected"><node id="x"/><edge source="x" target="y"/>'
            '<node id="y"><data key="d0">boss</data></node>'
            '<edge id="e" source="y" target="x" directed="true"><data key="d1">5</data></edge></graph>'
        )
        found = loaded("graphml", GRAPHML.format(body), "g.graphml")
        assert (found.said("x"), found.said("y"), found.rows_of("y")) == ({"role": "courier"}, {"role": "boss"}, [3])
        assert (found.link("x", "y")["properties"], found.link("x", "y")["rows"]) == (
            {"n": "1", "directed": "false"},
            [2],
        )
        assert found.link("y", "x")["properties"] == {"n": "5", "edge_id": "e"}

    def test_neo4j_exports_name_kinds_as_labels(self, loaded: Any) -> None:
        body = (
            '<graph edgedefault="directed"><node id="n0" labels=":Person:Actor">'
            '<data key="labels">:Person:Actor</data></node><node id="n1"/>'
            '<edge source="n0" target="n1" label="KNOWS"><data key="label">KNOWS</data></edge></graph>'
        )
        found = loaded("graphml", GRAPHML.format(body), "g.graphml")
        assert (found.kind("n0"), found.link("n0", "n1")["kind"]) == ("Person", "KNOWS")

    def test_labels_of_gephi_and_yed_are_names_and_not_kinds(self, loaded: Any) -> None:
        body = (
            '<key id="label" for="node" attr.name="label" attr.type="string"/>'
            '<key for="node" id="d6" yfiles.type="nodegraphics"/>'
            '<graph edgedefault="directed"><node id="g"><data key="label">Li Wei</data></node>'
            '<node id="y"><data key="d6">'
            '<y:ShapeNode xmlns:y="urn:y"><y:Geometry height="30"/>'
            "<y:NodeLabel>王\n五</y:NodeLabel></y:ShapeNode></data></node></graph>"
        )
        found = loaded("graphml", GRAPHML.format(body), "g.graphml")
        assert (found.said("g"), found.kind("g"), found.said("y")) == (
            {"label": "Li Wei"},
            "Actor",
            {"label": "王\n五"},
        )

    def test_nested_graphs_ports_and_hyperedges(self, loaded: Any) -> None:
        body = (
            '<graph edgedefault="directed"><node id="a"><port name="p"/>'
            '<graph edgedefault="undirected"><node id="b"/></graph></node>'
            '<edge source="a" target="b" sourceport="p"/><edge source="a" target="c"/><edge source="a"/>'
            '<hyperedge><endpoint node="a"/></hyperedge></graph>'
        )
        found = loaded("graphml", GRAPHML.format(body), "g.graphml")
        assert (found.said("b"), found.rows_of("a"), found.rows_of("b")) == ({"parent": "a"}, [1], [2])
        assert found.link("a", "b")["properties"] == {"sourceport": "p"}
        assert (found.kind("c"), found.rows_of("c")) == ("Actor", [4])
        assert (found.result.rows, found.result.accepted) == (6, 4)
        assert {(i.row, i.header, i.refuses) for i in found.result.issues} == {
            (5, "target", "row"),
            (6, "source", "row"),
        }
        assert len(found.result.notes) == 4

    def test_the_very_records_can_be_shown(self) -> None:
        key = '<key id="d" for="node" attr.name="age" attr.type="int"/>'
        body = key + '<graph><node id="a"/><node id="b"><data key="d">07</data></node></graph>'
        assert graphml.cells(GRAPHML.format(body).encode(), "g.graphml", {2}) == {2: {"id": "b", "age": "07"}}

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
    def test_encodings(self, loaded: Any, encoding: str) -> None:
        head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
        text = head + '<graphml><graph><node id="张三"/></graph></graphml>'
        assert loaded("graphml", text.encode(encoding), "g.graphml").said("张三") == {"node_id": "张三"}

    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml><graph><node id="&b;"/></graph></graphml>',
            '<!DOCTYPE graphml SYSTEM "file:///etc/passwd"><graphml/>',
            "<graphml><graph><node id='a'></graph></graphml>",
            "<graphml>" + "<x>" * 500,
            "<gexf/>",
            '<?xml version="1.0" encoding="nonsense"?><graphml/>',
            '<?xml version="1.0" encoding="zlib"?><graphml/>',
            "<graphml><graph><node id='a'>" + "<data key='k'>x</data>" * 2000 + "</node></graph></graphml>",
            b"<graphml><graph><node id='\xff'/></graph></graphml>",
            "<graphml>" + "".join(f'<key id="{i}" for="edge"/>' for i in range(3000)) + "</graphml>",
            "<graphml><graph><node id='a'><data key='k'>" + "x" * 1_100_000 + "</data></node></graph></graphml>",
            "",
        ],
    )
    def test_hostile_files_end_in_one_line(self, loaded: Any, text: str | bytes) -> None:
        with pytest.raises(InputError) as error:
            loaded("graphml", text, "g.graphml")
        assert "\n" not in str(error.value)
        assert str(error.value).startswith("g.graphml")


class TestCells:
    """Every row that a statement or link refers to can be shown as it was written."""

    @pytest.mark.parametrize(
        ("layout", "text", "row", "cells"),
        [
            ("neo4j-admin", ":ID,name,:LABEL\n1,,Person\n", 2, {":ID": "1", "name": "", ":LABEL": "Person"}),
            ("neo4j-admin", "1,Li\n2,Wu\n", 1, {"column A": "1", "column B": "Li"}),
            ("edges", "# 2\n1 2 .50\n2 3 1\n", 2, {"from": "1", "to": "2", "weight": ".50"}),
            ("edges", "from,to,to\nA,B,C\n", 2, {"from": "A", "to": "B", "to_2": "C"}),
            ("matrix", '"",M,N\nA,0,1\n', 1, {"column A": "", "M": "M", "N": "N"}),
            ("matrix", "A\tB\nA\t0\t1\nB\t0\t0\n", 2, {"column A": "A", "A": "0", "B": "1"}),
        ],
    )
    def test_rows_by_the_names_of_their_columns(self, layout: str, text: str, row: int, cells: dict[str, str]) -> None:
        chosen = next(one for one in LAYOUTS if one.name == layout)
        assert chosen.cells(text.encode(), "file.csv", {row, 99}) == {row: cells}


class TestDetect:
    @pytest.mark.parametrize(
        ("text", "layout"),
        [
            (":ID,name,:LABEL\n1,a,b\n", "neo4j-admin"),
            ("x:START_ID(A);:END_ID(B)\n1;2\n", "neo4j-admin"),
            ('"",A,B\nA,0,1\nB,1,0\n', "matrix"),
            ("from,to\nA,B\n", "edges"),
            ("Source;Target;Weight\nA;B;1\n", "edges"),
            ("1 2\n2 3\n3 1\n", "edges"),
            ("one,two\nA,B\nB,C\nC,A\n", "edges"),
            (GRAPHML.format("<graph/>"), "graphml"),
        ],
    )
    def test_what_is_beyond_doubt_is_recognised(self, tmp_path: Path, text: str, layout: str) -> None:
        assert found(tmp_path, text) == layout

    @pytest.mark.parametrize(
        "text",
        [
            "code,name\n11,北京\n12,天津\n",
            "name,phone\nLi,1\n1,Li\nWu,2\n2,Wu\n",
            "name,from,to\nLi,2020-01-01,2020-02-01\nWu,2020-02-01,2020-03-01\n",
            "name,start,end\nLi,3,4\nWu,4,5\n",
            "just some text\nof two lines\n",
            '{"from": 1, "to": 2}\n',
            "<html><body>graph</body></html>",
            "PK\x03\x04\0\0",
            "",
            "from,to\n",
        ],
    )
    def test_what_could_be_anything_is_left_alone(self, tmp_path: Path, text: str) -> None:
        assert found(tmp_path, text) is None

    def test_a_table_of_records_is_never_an_edge_list_or_a_matrix(self, tmp_path: Path) -> None:
        assert found(tmp_path, "from,to,relation\nLi,Wu,family\nWu,Li,family\n", fits=True) is None
        assert found(tmp_path, '"",A,B\nA,0,1\nB,1,0\n', fits=True) is None

    def test_every_layout_has_a_name_in_both_languages(self) -> None:
        assert all(layout.en and layout.zh for layout in LAYOUTS)
        assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


def shared_rows(path: Path) -> list[list[str]]:
    """The cells of a csv file as the standard library reads them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def file_id(path: Path) -> str:
    """FILE-ID of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def nothing_fits(header: Sequence[str]) -> bool:
    """No row is the header of a record."""
    return False


@needs_shared
def test_the_crime_example_of_neo4j_loads_with_nothing_lost(tmp_path: Path) -> None:
    nodes: dict[str, str] = {}
    named: set[str] = set()
    links = 0
    for path in sorted((SHARED / "pole").glob("*.csv")):
        layout = detect(path, nothing_fits)
        assert layout is not None
        assert layout.name == "neo4j-admin"
        found = load(path, layout.name, tmp_path / path.stem, file_id(path))
        header, *rows = shared_rows(path)
        assert (found.result.rows, found.result.accepted, found.result.issues) == (len(rows), len(rows), [])
        if "relationships" in path.name:
            links += found.links["link"].n_unique()
            assert sorted(found.links.select("kind", "source", "target").rows()) == sorted(
                (row[2], row[0], row[1]) for row in rows
            )
            named |= set(found.statements["node"])
        else:
            nodes |= dict(found.statements.select("node", "kind").rows())
            names = [cell.partition(":")[0] for cell in header]
            wanted = {
                (row[0], name, cell.strip())
                for row in rows
                for name, cell in zip(names, row, strict=True)
                if name and cell.strip()
            }
            stated = found.statements.filter(pl.col("property") != "node_id")
            assert {(n, p, v) for n, p, v in stated.select("node", "property", "value").rows()} == wanted
    kinds = list(nodes.values())
    assert (len(nodes), links, named - nodes.keys()) == (61_521, 105_840, set())
    assert (kinds.count("Person"), kinds.count("PhoneCall"), kinds.count("Crime")) == (369, 534, 28_762)


@needs_shared
@pytest.mark.parametrize(
    ("name", "actors", "symmetric"),
    [
        ("covert/morselli_cielnet.csv", 25, False), ("covert/morselli_siren.csv", 44, True),
        ("covert/morselli_togo.csv", 33, True), ("covert/natajaran_cocaine.csv", 28, False),
        ("covert/berlusconietal_oversize.csv", 89, True),
        ("covert/luciaetal_montagna.csv", 40, False), ("covert/LONDON_GANG.csv", 54, True),
        ("covert/MONTREALGANG.csv", 35, False), ("covert/ITALIAN_GANGS.csv", 67, True),
        ("corenets/DRUGNET.csv", 293, False),
    ],
)  # fmt: skip
def test_real_matrices_load_with_nothing_lost(tmp_path: Path, name: str, actors: int, symmetric: bool) -> None:
    path = SHARED / name
    layout = detect(path, nothing_fits)
    assert layout is not None
    assert layout.name == "matrix"
    found = load(path, "matrix", tmp_path)
    header, *rows = shared_rows(path)
    cells = {
        (row[0], column): value
        for row in rows
        for column, value in zip(header[1:], row[1:], strict=True)
        if value not in ("", "0")
    }
    assert (found.statements["node"].n_unique(), found.result.issues) == (actors, [])
    held = {}
    for link in found.links.to_dicts():
        weight = next(p["value"] for p in link["properties"] if p["key"] == "weight")
        held[link["source"], link["target"]] = weight
        if symmetric:
            held[link["target"], link["source"]] = weight
    assert held == cells
    assert found.links["link"].n_unique() == len(cells) // (2 if symmetric else 1)
    assert found.links["rows"].list.len().sum() == len(cells)


@needs_shared
def test_records_and_other_tables_are_not_mistaken() -> None:
    others = [
        *SHARED.glob("zh/*.csv"),
        *SHARED.glob("matching/*.csv"),
        *SHARED.glob("amlsim/*.csv"),
        *SHARED.glob("corenets/Madrid_Nodes*.csv"),
    ]
    assert others
    assert [path.name for path in others if detect(path, nothing_fits)] == []


@needs_shared
def test_the_madrid_relations_load_with_nothing_lost(tmp_path: Path) -> None:
    path = SHARED / "corenets" / "Madrid_Relations_Public_Version2.csv"
    layout = detect(path, nothing_fits)
    assert layout is not None and layout.name == "edges"
    held = load(path, "edges", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if any(row.values())]
    assert (held.result.rows, held.result.accepted, held.links.height) == (452, 452, 452)
    ends = sorted((row["ID"], row["Tie_ID"]) for row in rows)
    assert sorted(held.links.select("source", "target").rows()) == ends
    said = sorted(sorted((p["key"], p["value"]) for p in listed) for listed in held.links["properties"])
    assert said == sorted(sorted((k, v) for k, v in row.items() if v and k not in ("ID", "Tie_ID")) for row in rows)


@needs_shared
def test_edge_lists_separated_by_blanks_load_whole(tmp_path: Path) -> None:
    path = SHARED / "dismantling" / "opsahl-powergrid.txt"
    found = load(path, "edges", tmp_path)
    lines = [tuple(line.split()) for line in path.read_text().splitlines()[1:]]
    assert sorted(found.links.select("source", "target").rows()) == sorted(lines)
