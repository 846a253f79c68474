"""GS1 EPCIS 2.0: every field of every event arrives, what moved is told once, what is declared wrong moves nothing."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import graphkit
from graphkit.errors import InputError
from graphkit.records.layouts import LAYOUTS, epcis
from graphkit.records.layouts.epcis_identity import identify
from graphkit.records.layouts.epcis_transformations import MOST_PAIRS
from tests.records.layout_files import SHARED, Loaded, at, documented, links, load, read_object, said
from tests.records.test_layouts import found as detected

EXAMPLES = SHARED / "epcis" / "JSON"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the standard's examples are not here")
ITEM, LOT, CLASS = (
    "urn:epc:id:sgtin:4012345.011111.987",
    "urn:epc:class:lgtin:4012345.012345.998877",
    "urn:epc:idpat:sgtin:4012345.066666.*",
)
LOT_NODE = "batch:04012345123456|998877"
PALLET, HALL = "urn:epc:id:sscc:0614141.1234567890", "urn:epc:id:sgln:0614141.00777.0"
OURS, THEIRS = "urn:epc:id:pgln:4012345.00225", "urn:epc:id:pgln:0614141.00777"
ENDS = {
    "sourceList": [{"type": "owning_party", "source": OURS}],
    "destinationList": [{"type": "owning_party", "destination": THEIRS}],
}
DESADV = {"bizTransactionList": [{"type": "desadv", "bizTransaction": "urn:epcglobal:cbv:bt:0614141073467:1152"}]}


def event(kind: str = "Object", day: int = 1, **fields: Any) -> dict[str, Any]:
    when = {"eventTime": f"2024-03-{day:02}T10:00:00Z", "eventTimeZoneOffset": "+00:00"}
    return {"type": f"{kind}Event", **when, "action": "OBSERVE", **fields}


def quantity(cls: str = LOT, amount: Any = 200, uom: str = "KGM") -> dict[str, Any]:
    return {"epcClass": cls, "quantity": amount, **({"uom": uom} if uom else {})}


def document(*events: Any, **more: Any) -> dict[str, Any]:
    return {"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": list(events)}, **more}


def test_one_event_in_two_spellings_makes_and_moves_its_things_once(tmp_path: Path) -> None:
    made = {"outputEPCList": [ITEM], "inputQuantityList": [quantity()], "bizStep": "commissioning"}
    linked = {
        "outputEPCList": ["https://id.gs1.org/01/04012345111118/21/987"],
        "inputQuantityList": [quantity("https://id.gs1.org/01/04012345123456/10/998877")],
        "bizStep": "https://ref.gs1.org/cbv/BizStep-commissioning",
    }
    spelled = [quantity()], [quantity("https://example.org/01/04012345123456/10/998877")]
    for number, fields in enumerate((made, linked)):
        hashed = f"ni:///sha-256;{number:064}?ver=CBV2.0"
        events = (event("Transformation", eventID=hashed, **fields),
                  event(quantityList=spelled[number], bizStep="shipping", **ENDS))  # fmt: skip
        (tmp_path / f"{number}.jsonld").write_text(json.dumps(document(*events)), "utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path)
    rows = {row["product"]: row for row in casebook.balance().rows}
    assert (rows["04012345111118"]["produced"], rows["04012345123456"]["out"]) == (1, 200)
    assert rows["04012345123456"]["in"] == 200
    assert len(rows["04012345111118"]["evidence"]) == 2


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read_events(*events: Any, **more: Any) -> Loaded:
        return read_object(tmp_path, "epcis", document(*events, **more), "events.jsonld")

    return read_events


@needs_examples
class TestTheStandardsExamples:
    def test_all_47_are_recognised_and_read_whole(self, tmp_path: Path) -> None:
        counts: Counter[str] = Counter()
        files = sorted(EXAMPLES.rglob("*.jsonld"))
        for i, path in enumerate(files):
            assert detected(tmp_path, path.read_bytes(), path.name) == "epcis"
            loaded = load(path, "epcis", tmp_path / str(i))
            assert loaded.result.accepted == loaded.result.rows and documented(loaded), path.name
            assert {issue.refuses for issue in loaded.result.issues} <= {"note"}
            for value, rows in (
                loaded.statements.filter((pl.col("kind") == "Event") & (pl.col("property") == "type"))
                .select("value", "rows")
                .rows()
            ):
                counts[value] += len(rows)
        assert len(files) == 47
        assert counts == {
            "ObjectEvent": 32, "AssociationEvent": 10, "TransformationEvent": 6, "TransactionEvent": 4,
            "AggregationEvent": 4,
        }  # fmt: skip

    def test_no_field_of_any_event_is_lost(self, tmp_path: Path) -> None:
        for i, path in enumerate(sorted(EXAMPLES.rglob("*.jsonld"))):
            loaded = load(path, "epcis", tmp_path / str(i))
            kept = " ".join(loaded.statements["value"].to_list())
            shown = epcis.cells(path.read_bytes(), path.name, set(range(1, loaded.result.rows + 1)))
            body = json.loads(path.read_text("utf-8"))["epcisBody"]
            events = body.get("eventList") or body["queryResults"]["resultsBody"]["eventList"]
            for row, one in enumerate(events, 1):
                assert set(one) <= set(shown[row])
                for text in _texts(one):
                    assert text in kept, (path.name, row, text)

    def test_the_erroneous_transformation_gives_way_to_its_correction(self, tmp_path: Path) -> None:
        path = EXAMPLES / "WithErrorDeclaration" / "ErrorDeclarationAndCorrectiveEvent.jsonld"
        loaded = load(path, "epcis", tmp_path)
        wrong, right = (f"event:urn:uuid:{start}d95fc-9457-4a51-bd6a-0bba133845a8" for start in ("374", "404"))
        assert said(loaded, wrong)["declared_wrong"] == ["true"] and "declared_wrong" not in said(loaded, right)
        assert [(one["source"], one["target"]) for one in links(loaded, "CORRECTED_BY")] == [(wrong, right)]
        assert {tuple(one["rows"]) for one in links(loaded, "TRANSFORMED_INTO")} == {(2,)}
        assert {one["quantity"] for one in links(loaded, "OUTPUT_AS")} == {1.0, 500.0}


def _texts(value: Any) -> list[str]:
    """Every text somewhere in the value; names of goods may be held as their keys."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


class TestForms:
    @pytest.mark.parametrize("kind", ["Object", "Aggregation", "Transaction", "Transformation", "Association"])
    def test_a_single_event_and_a_bare_list_of_events(self, kind: str, tmp_path: Path) -> None:
        one = event(kind, epcList=[ITEM])
        for value, rows in ((one, 1), ([one, {**one, "eventTime": "2024-03-02T00:00:00Z"}], 2)):
            assert detected(tmp_path, json.dumps(value), "x.json") == "epcis"
            assert read_object(tmp_path, "epcis", value).result.accepted == rows

    def test_the_results_of_a_query(self, tmp_path: Path) -> None:
        results = {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": [event(epcList=[ITEM])]}}
        value = {"type": "EPCISQueryDocument", "epcisBody": {"queryResults": results}}
        assert detected(tmp_path, json.dumps(value)) == "epcis"
        assert read_object(tmp_path, "epcis", value).result.rows == 1

    def test_other_json_is_not_recognised(self, tmp_path: Path) -> None:
        for text in (
            '{"a": 1}',
            "[]",
            '{"$schema": "x", "type": "EPCISDocument"}',
            '{"enum": ["EPCISDocument"]}',
            "a,b\n1,2\n",
        ):
            assert detected(tmp_path, text, "x.json") != "epcis"

    def test_utf_16_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "x.json"
        path.write_bytes(json.dumps(document(event(epcList=[ITEM]))).encode("utf-16"))
        assert detected(tmp_path, path.read_bytes(), "x.json") == "epcis"
        assert load(path, "epcis", tmp_path / "s").result.accepted == 1


class TestIdentity:
    def test_a_urn_and_a_digital_link_name_the_same_goods(self) -> None:
        for urn, link in (
            ("urn:epc:class:lgtin:0614141.077777.987", "https://id.gs1.org/01/00614141777778/10/987"),
            (CLASS, "https://id.gs1.org/01/04012345666663"),
            ("urn:epc:id:sgtin:0614141.107346.2017", "https://example.org/x/01/10614141073464/21/2017"),
            ("urn:epc:id:sgtin:0614141.107346.a%2Fb", "https://id.gs1.org/01/10614141073464/21/a%2Fb?linkType=all"),
        ):
            assert identify(urn).node == identify(link).node

    @pytest.mark.parametrize(
        ("uri", "kind"),
        [(HALL, "Place"), (OURS, "Party"), (PALLET, "Item"), ("urn:epc:id:giai:4000001.111", "Item"),
         ("https://id.gs1.org/414/9521321000010", "Place"), ("https://id.gs1.org/417/9521321000010", "Party"),
         ("urn:epc:id:sgtin:1.2.3", "Item"), ("https://example.org/anything", "Item")],
    )  # fmt: skip
    def test_everything_else_keeps_its_uri(self, uri: str, kind: str) -> None:
        assert (identify(uri).node, identify(uri).kind) == (uri, kind)

    def test_goods_are_told_by_their_product_and_lot(self, read: Any) -> None:
        loaded = read(event(quantityList=[quantity()]))
        assert said(loaded, LOT_NODE) == {
            "number": ["998877"], "product": ["04012345123456"], "gtin": ["04012345123456"], "uri": [LOT],
        }  # fmt: skip
        assert loaded.kind(LOT_NODE) == "Batch"
        assert links(loaded, "OF_PRODUCT")[0]["target"] == "product:04012345123456"

    def test_master_data_of_a_lot_makes_goods_that_lot(self, read: Any) -> None:
        made = {"ilmd": {"cbvmda:lotNumber": "L7", "cbvmda:itemExpirationDate": "2025-01-01"}}
        loaded = read(event(action="ADD", epcList=[ITEM], quantityList=[quantity(CLASS, 5, "")], **made))
        assert links(loaded, "OF_BATCH")[0]["target"] == "batch:04012345111118|L7"
        assert said(loaded, "batch:04012345666663|L7")["itemExpirationDate"] == ["2025-01-01"]
        assert documented(loaded)


class TestTimes:
    @pytest.mark.parametrize(
        ("written", "offset", "china"),
        [("2005-04-03T20:33:31-06:00", "-06:00", "2005-04-04T10:33:31"),
         ("2024-01-01T00:00:00Z", "+02:00", "2024-01-01T08:00:00"),
         ("2024-01-01T00:00:00", "+02:00", "2024-01-01T06:00:00")],
    )  # fmt: skip
    def test_a_moment_is_told_in_chinas_time_and_kept_as_written(
        self, read: Any, written: str, offset: str, china: str
    ) -> None:
        loaded = read(event(eventID="urn:x:1", epcList=[ITEM], eventTime=written, eventTimeZoneOffset=offset,
                            readPoint={"id": HALL}))  # fmt: skip
        told = said(loaded, "event:urn:x:1")
        assert (told["happened_at"], told["eventTime"], told["eventTimeZoneOffset"]) == ([china], [written], [offset])
        (seen,) = links(loaded, "OBSERVED_AT")
        assert (seen["started_earliest"], seen["started_latest"]) == (at(china), at(china))

    @pytest.mark.parametrize(
        "written", ["soon", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2024-02-30T00:00:00Z"]
    )
    def test_an_impossible_time_is_unknown_and_told(self, read: Any, written: str) -> None:
        loaded = read(event(eventTime=written, epcList=[ITEM], bizLocation={"id": HALL}))
        assert [(i.header, i.reason, i.refuses) for i in loaded.result.issues] == [("eventTime", "bad_time", "cell")]
        assert links(loaded, "OBSERVED_AT")[0]["started_earliest"] is None


class TestMovements:
    def test_goods_go_from_the_owner_to_the_owner(self, read: Any) -> None:
        ends = {key: [*value, {"type": "location", key[:-4]: HALL}] for key, value in ENDS.items()}
        loaded = read(event(quantityList=[quantity()], bizStep="shipping", bizLocation={"id": HALL}, **ends))
        (moved,) = links(loaded, "SUPPLIED")
        assert (moved["source"], moved["target"], moved["quantity"], moved["unit"]) == (OURS, THEIRS, 200, "kg")
        assert moved["properties"]["product"] == "04012345123456" and moved["properties"]["batch"] == "998877"
        assert moved["started_earliest"] == at("2024-03-01T18:00:00") and moved["ended_earliest"] is None
        assert loaded.kind(OURS) == "Party"
        (place,) = links(loaded, "OBSERVED_AT")
        assert (place["source"], place["target"]) == (LOT_NODE, HALL)

    def test_a_shipment_and_its_receipt_are_one_movement_with_departure_and_arrival(self, read: Any) -> None:
        line = {"quantityList": [quantity()], "epcList": [ITEM], **ENDS, **DESADV}
        loaded = read(*(event(day=day, bizStep=step, **line) for day, step in
                        ((1, "https://ref.gs1.org/cbv/BizStep-shipping"), (4, "receiving"),
                         (6, "inspecting"))))  # fmt: skip
        moved = links(loaded, "SUPPLIED")
        assert len({one["link"] for one in moved}) == 2 and len(moved) == 6
        for id in {one["link"] for one in moved}:
            its = [one for one in moved if one["link"] == id]
            assert {one["started_earliest"] for one in its} - {None} == {at("2024-03-01T18:00:00")}
            assert {one["ended_latest"] for one in its} - {None} == {at("2024-03-04T18:00:00")}

    def test_without_a_despatch_advice_each_event_of_a_quantity_is_a_movement_of_its_own(self, read: Any) -> None:
        order = {"bizTransactionList": [{"type": "po", "bizTransaction": "PO-1"}]}
        loaded = read(
            *(event(day=day, quantityList=[quantity()], bizStep="shipping", **ENDS, **order) for day in (1, 2))
        )
        assert len({one["link"] for one in links(loaded, "SUPPLIED")}) == 2
        assert said(loaded, "transaction:PO-1")["type"] == ["po"]

    def test_one_end_alone_moves_nothing(self, read: Any) -> None:
        loaded = read(event(epcList=[ITEM], sourceList=ENDS["sourceList"]))
        assert links(loaded, "SUPPLIED") == [] and links(loaded, "HAS_SOURCE")[0]["target"] == OURS

    def test_two_lines_of_one_class_both_count(self, read: Any) -> None:
        loaded = read(event(quantityList=[quantity(), quantity(amount=50), quantity(amount=3, uom="")], **ENDS))
        assert sorted((one["quantity"], one["unit"]) for one in links(loaded, "SUPPLIED")) == [
            (3.0, "piece"), (50.0, "kg"), (200.0, "kg"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("amount", "reason"), [(-1, "negative"), ("many", "bad_number"), (True, "bad_number")])
    def test_a_quantity_that_is_none_is_unknown_and_told(self, read: Any, amount: Any, reason: str) -> None:
        loaded = read(event(quantityList=[quantity(amount=amount)], **ENDS))
        assert [(i.reason, i.refuses) for i in loaded.result.issues] == [(reason, "cell")]
        assert links(loaded, "SUPPLIED")[0]["quantity"] is None


class TestContainers:
    def packed(self, day: int, action: str, *children: str, kind: str = "Aggregation") -> dict[str, Any]:
        return event(kind, day, action=action, parentID=PALLET, **({"childEPCs": list(children)} if children else {}))

    def test_what_is_added_is_in_it_until_it_is_taken_out(self, read: Any) -> None:
        loaded = read(self.packed(5, "DELETE", ITEM), self.packed(1, "ADD", ITEM), self.packed(3, "OBSERVE", ITEM))
        (one,) = links(loaded, "CONTAINED_IN")
        assert (one["target"], one["rows"]) == (PALLET, [1, 2, 3])
        assert one["started_latest"] == at("2024-03-01T18:00:00") and one["ended_earliest"] == at("2024-03-05T18:00:00")

    def test_a_container_is_used_again(self, read: Any) -> None:
        loaded = read(*(self.packed(day, action, ITEM) for day, action in
                        ((1, "ADD"), (2, "DELETE"), (3, "ADD"), (4, "DELETE"))))  # fmt: skip
        spans = [(one["started_latest"].day, one["ended_latest"].day) for one in links(loaded, "CONTAINED_IN")]
        assert sorted(spans) == [(1, 2), (3, 4)]

    def test_what_is_only_seen_in_it_came_before_and_left_after(self, read: Any) -> None:
        (one,) = links(read(self.packed(3, "OBSERVE", ITEM)), "CONTAINED_IN")
        moment = at("2024-03-03T18:00:00")
        assert (one["started_earliest"], one["started_latest"]) == (None, moment)
        assert (one["ended_earliest"], one["ended_latest"]) == (moment, None)

    def test_a_removal_that_names_nothing_removes_all(self, read: Any) -> None:
        other = "urn:epc:id:giai:4000001.12345"
        loaded = read(
            self.packed(1, "ADD", ITEM, other, kind="Association"), self.packed(2, "DELETE", kind="Association")
        )
        assert [one["ended_latest"].day for one in links(loaded, "ASSOCIATED_WITH")] == [2, 2]

    def test_a_transaction_event_ties_its_goods_to_the_transaction(self, read: Any) -> None:
        loaded = read(event("Transaction", action="ADD", epcList=[ITEM], parentID=PALLET, **DESADV))
        node = DESADV["bizTransactionList"][0]["bizTransaction"]
        tied = {one["source"] for one in links(loaded, "IN_TRANSACTION") if one["target"] == node}
        assert identify(ITEM).node in tied and PALLET in tied and len(tied) == 3


class TestTransformations:
    def made(self, inputs: list[Any], outputs: list[Any], **more: Any) -> dict[str, Any]:
        one = event("Transformation", inputQuantityList=inputs, outputQuantityList=outputs, **more)
        return {key: value for key, value in one.items() if key != "action" and value != []}

    def test_inputs_become_outputs_with_their_quantities(self, read: Any) -> None:
        loaded = read(self.made([quantity()], [quantity(CLASS, 90, "")], eventID="urn:x:1", bizLocation={"id": HALL}))
        (put,), (out,), (pair,) = (links(loaded, kind) for kind in ("INPUT_OF", "OUTPUT_AS", "TRANSFORMED_INTO"))
        assert (put["source"], put["target"], put["quantity"], put["unit"]) == (
            LOT_NODE,
            "transformation:urn:x:1",
            200,
            "kg",
        )
        assert (out["target"], out["quantity"], out["unit"]) == ("product:04012345666663", 90, "piece")
        assert (pair["source"], pair["target"]) == (LOT_NODE, "product:04012345666663")
        assert {one["source"] for one in links(loaded, "DONE_AT")} == {"transformation:urn:x:1", "event:urn:x:1"}
        assert links(loaded, "OBSERVED_AT")[0]["source"] == "product:04012345666663"

    def test_events_that_share_an_id_are_one_transformation(self, read: Any) -> None:
        loaded = read(self.made([quantity()], [], transformationID="T1"),
                      self.made([], [quantity(CLASS, 9, "")], transformationID="T1"))  # fmt: skip
        (pair,) = links(loaded, "TRANSFORMED_INTO")
        assert pair["rows"] == [1, 2] and pair["properties"] == {"transformation": "T1"}

    def test_a_very_wide_one_is_told_by_its_inputs_and_outputs_alone(self, read: Any) -> None:
        side = 101
        assert side * side > MOST_PAIRS
        items = [f"urn:epc:id:sgtin:4012345.01111{i % 2}.{i}" for i in range(2 * side)]
        loaded = read(event("Transformation", inputEPCList=items[:side], outputEPCList=items[side:]))
        assert links(loaded, "TRANSFORMED_INTO") == [] and len(links(loaded, "INPUT_OF")) == side
        assert len(loaded.result.notes) == 1


class TestErrorDeclarations:
    DECLARED = {"errorDeclaration": {"declarationTime": "2024-04-01T00:00:00Z", "reason": "incorrect_data",
                                     "correctiveEventIDs": ["urn:x:2"]}}  # fmt: skip

    @pytest.mark.parametrize("ids", [("urn:x:1", "urn:x:1"), (None, None), (None, "urn:x:1")])
    def test_the_event_that_it_declares_wrong_moves_nothing_either(self, read: Any, ids: tuple[Any, Any]) -> None:
        body = event(quantityList=[quantity()], bizLocation={"id": HALL}, **ENDS)
        first, second = ({**body, **({"eventID": id} if id else {})} for id in ids)
        corrected = event(eventID="urn:x:2", quantityList=[quantity(amount=150)], bizLocation={"id": HALL}, **ENDS)
        loaded = read(first, {**second, **self.DECLARED, "recordTime": "2024-04-01T00:00:00Z"}, corrected)
        for kind in ("SUPPLIED", "OBSERVED_AT"):
            assert [(one["quantity"], one["rows"]) for one in links(loaded, kind)] == [(150.0, [3])]
        assert {one["target"] for one in links(loaded, "CORRECTED_BY")} == {"event:urn:x:2"}
        assert any("events declared wrong: 2" in note for note in loaded.result.notes)
        assert documented(loaded)

    def test_a_correction_of_equal_content_stands(self, read: Any) -> None:
        body = event(quantityList=[quantity()], **ENDS)
        loaded = read({**body, "eventID": "urn:x:1", **self.DECLARED}, {**body, "eventID": "urn:x:2"})
        assert [one["rows"] for one in links(loaded, "SUPPLIED")] == [[2]]

    def test_it_marks_an_event_that_another_file_holds(self, tmp_path: Path) -> None:
        body = event(quantityList=[quantity()], **ENDS)
        first = read_object(tmp_path, "epcis", document(body), "a.json")
        second = read_object(tmp_path, "epcis", document({**body, **self.DECLARED}), "b.json")
        (node,) = set(first.statements.filter(pl.col("kind") == "Event")["node"])
        assert said(second, node)["declared_wrong"] == ["true"] and links(second, "SUPPLIED") == []


class TestEverythingElse:
    def test_extensions_and_sensors_stay_as_properties_under_their_own_names(self, read: Any) -> None:
        sensors = [{"sensorReport": [{"type": "Temperature", "value": 26.0, "uom": "CEL"}]}]
        loaded = read(event(eventID="urn:x:1", epcList=[ITEM], **{
            "ext:count": 3, "ext:flag": True, "ext:deep": {"ext:a": [1, {"b": "c"}]}, "sensorElementList": sensors,
            "persistentDisposition": {"set": ["completeness_verified"]}, "ilmd": {"ext:best": "2024-12-10"},
            "readPoint": {"id": HALL, "ext:gate": "7"},
        }))  # fmt: skip
        told = said(loaded, "event:urn:x:1")
        assert (told["ext:count"], told["ext:flag"], told["ext:deep"]) == (["3"], ["true"], ['{"ext:a":[1,{"b":"c"}]}'])
        assert json.loads(told["sensorElementList"][0]) == sensors
        assert told["persistentDisposition.set"] == ['["completeness_verified"]']
        assert (told["ilmd.ext:best"], told["readPoint.ext:gate"]) == (["2024-12-10"], ["7"])

    def test_master_data_names_parties_and_places(self, read: Any) -> None:
        header = {"epcisMasterData": {"vocabularyList": [{
            "type": "urn:epcglobal:epcis:vtype:Location",
            "vocabularyElementList": [
                {"id": HALL, "attributes": [{"id": "cbvmda:name", "attribute": "Hall 3"},
                                          {"id": "cbvmda:city", "attribute": "Bassum"}]},
                {"attributes": []},
            ],
        }]}}  # fmt: skip
        loaded = read(event(epcList=[ITEM], readPoint={"id": HALL}), epcisHeader=header)
        told = said(loaded, HALL)
        assert (told["name"], told["cbvmda:city"], told["gln"]) == (["Hall 3"], ["Bassum"], ["0614141007776"])
        assert (loaded.result.rows, loaded.result.accepted) == (3, 2)

    def test_evidence_shows_the_event_by_its_ordinal(self) -> None:
        content = json.dumps(document(event(epcList=[ITEM]), event(day=2, epcList=[ITEM, PALLET]))).encode()
        assert epcis.cells(content, "x.json", {2, 9}) == {2: {
            "type": "ObjectEvent", "eventTime": "2024-03-02T10:00:00Z", "eventTimeZoneOffset": "+00:00",
            "action": "OBSERVE", "epcList": json.dumps([ITEM, PALLET], separators=(",", ":")),
        }}  # fmt: skip


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("epcList", "x"), ("epcList", [1]), ("epcList", [""]), ("quantityList", [LOT]), ("quantityList", {}),
         ("quantityList", [{"quantity": 1}]), ("bizLocation", 3), ("readPoint", {"id": {}}), ("ilmd", []),
         ("sourceList", [{"type": "location"}]), ("bizTransactionList", [None]), ("parentID", {}), ("eventTime", 5),
         ("type", "Party"), ("type", 7), ("errorDeclaration", {"correctiveEventIDs": 1}), ("action", []),
         ("transformationID", 7), ("eventID", ["a"])],
    )  # fmt: skip
    def test_an_event_of_wrong_types_is_refused_with_its_ordinal(self, read: Any, field: str, value: Any) -> None:
        loaded = read(event(epcList=[ITEM]), event(epcList=[ITEM]) | {field: value})
        assert {issue.row for issue in loaded.result.issues} == {2}
        assert (loaded.result.rows, loaded.result.accepted) == (2, 1)

    @pytest.mark.parametrize("value", ["x", 3, None, [], True])
    def test_what_is_no_event_is_refused_with_its_ordinal(self, read: Any, value: Any) -> None:
        loaded = read(event(epcList=[ITEM]), value)
        assert [(issue.row, issue.reason) for issue in loaded.result.issues] == [(2, "wrong_type")]

    @pytest.mark.parametrize("body", [{}, {"eventList": 3}, {"queryResults": {}}, None, "x", 7])
    def test_a_document_without_a_list_of_events_is_refused(self, tmp_path: Path, body: Any) -> None:
        with pytest.raises(InputError, match=r"file\.json"):
            read_object(tmp_path, "epcis", {"type": "EPCISDocument", "epcisBody": body})

    def test_a_repeated_name_counts_by_its_last_word_and_keeps_the_first(self, tmp_path: Path) -> None:
        text = (
            '[{"type": "ObjectEvent", "eventID": "urn:x:1", "eventTime": "2024-01-01T00:00:00Z", "eventID": "urn:x:2"}]'
        )
        loaded = read_object(tmp_path, "epcis", text)
        assert [(i.row, i.reason, i.refuses) for i in loaded.result.issues] == [(1, "repeated", "note")]
        assert said(loaded, "event:urn:x:2")["eventID (said before)"] == ["urn:x:1"]

    def test_every_layout_has_a_name_of_its_own(self) -> None:
        assert len({one.name for one in LAYOUTS}) == len(LAYOUTS)
