"""EPCIS and FoodChain-Lab files say the same in both stores, and FoodChain-Lab's comes out of both alike."""

from __future__ import annotations

import json
from pathlib import Path

from graphkit import Casebook
from graphkit.store.base import Store
from tests.records.test_epcis import ENDS, HALL, ITEM, PALLET, document, event, quantity
from tests.records.test_foodchain import chain, delivery
from tests.test_declared_wrong import OURS, SENT, WRONG


def test_both_stores_hold_and_write_the_same(both: tuple[Store, Store], tmp_path: Path) -> None:
    declared = {
        "errorDeclaration": {"reason": "did_not_occur", "correctiveEventIDs": ["urn:x:9"]},
        "ext:no te": {"a": [1]},
    }
    events = document(
        event(epcList=[ITEM], quantityList=[quantity()], bizLocation={"id": HALL}, **ENDS),
        event("Aggregation", 2, action="ADD", parentID=PALLET, childEPCs=[ITEM]),
        event("Transformation", 3, inputEPCList=[ITEM], outputQuantityList=[quantity()]),
        event(day=4, eventID="urn:x:1", epcList=[ITEM], **declared),
    )
    supplies = chain(delivery("D1", Amount="20 kg"), delivery("D2", "S2", "S3"), relations=(("D1", "D2"),))
    (tmp_path / "events.jsonld").write_text(json.dumps(events), encoding="utf-8")
    (tmp_path / "chain.json").write_text(json.dumps(supplies), encoding="utf-8")
    written = []
    for i, store in enumerate(both):
        casebook = Casebook(store)
        casebook.load(tmp_path / "events.jsonld", tmp_path / "chain.json", rejects=tmp_path / "rejects")
        casebook.export(tmp_path / f"{i}.json")
        written.append((tmp_path / f"{i}.json").read_bytes())
    first, second = both
    assert first.kinds() == second.kinds() and first.revision() == second.revision()
    nodes = sorted(first.node_columns()["id"].tolist())
    assert nodes == sorted(second.node_columns()["id"].tolist())
    assert first.statements(nodes) == second.statements(nodes)
    assert first.links_of(nodes) == second.links_of(nodes)
    assert written[0] == written[1] and b'"D2"' in written[0]


def test_what_another_file_declares_wrong_moves_nothing_in_either_store(
    both: tuple[Store, Store], tmp_path: Path
) -> None:
    right = {**SENT, "eventID": "urn:uuid:1", "quantityList": [{**SENT["quantityList"][0], "quantity": 150}]}
    for name, events in {"sent": [SENT], "declared": [{**SENT, **WRONG}, right]}.items():
        (tmp_path / f"{name}.jsonld").write_text(json.dumps(document(*events)), encoding="utf-8")
    answers = []
    for store in both:
        casebook = Casebook(store)
        casebook.load(*sorted(tmp_path.glob("*.jsonld")))
        answers.append([casebook.trace(OURS, "forward"), casebook.balance(), casebook.flows()])
    first, second = ([(one.rows, one.notes) for one in each] for each in answers)
    assert first == second
    assert [(row["quantity_min"], row["quantity_max"]) for row in answers[0][0].rows] == [(150, 150)]
