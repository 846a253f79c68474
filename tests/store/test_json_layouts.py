"""EPCIS and FoodChain-Lab files say the same in both stores, and FoodChain-Lab's comes out of both alike."""

from __future__ import annotations

import json
from pathlib import Path

from graphkit import Casebook
from graphkit.store.base import Store
from tests.records.test_epcis import ENDS, HALL, ITEM, PALLET, document, event, quantity
from tests.records.test_foodchain import chain, delivery


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
