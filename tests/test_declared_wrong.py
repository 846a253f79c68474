"""An EPCIS event that a later file declares wrong: nothing moves by it, and answers say so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import graphkit
from graphkit import Casebook

LOT = "urn:epc:class:lgtin:4012345.012345.998877"
OURS, THEIRS = "urn:epc:id:pgln:4012345.00225", "urn:epc:id:pgln:0614141.00777"
WRONG = {"errorDeclaration": {"declarationTime": "2024-03-05T10:00:00Z", "reason": "incorrect_data"}}
SENT: dict[str, Any] = {
    "type": "ObjectEvent", "eventID": "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8", "action": "OBSERVE",
    "eventTime": "2024-03-01T10:00:00Z", "eventTimeZoneOffset": "+00:00", "bizStep": "shipping",
    "quantityList": [{"epcClass": LOT, "quantity": 200, "uom": "KGM"}],
    "sourceList": [{"type": "owning_party", "source": OURS}],
    "destinationList": [{"type": "owning_party", "destination": THEIRS}],
}  # fmt: skip


def loaded(folder: Path, *files: list[dict[str, Any]]) -> Casebook:
    folder.mkdir()
    for number, events in enumerate(files):
        document = {"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": events}}
        (folder / f"{number}.jsonld").write_text(json.dumps(document), "utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*sorted(folder.glob("*.jsonld")))
    return casebook


def test_what_a_later_file_declares_wrong_moves_nothing_and_is_named(tmp_path: Path) -> None:
    named = f"event:{SENT['eventID']}"
    apart = loaded(tmp_path / "apart", [SENT], [{**SENT, **WRONG}])
    for answer in (apart.trace(OURS, "forward"), apart.sources([THEIRS]), apart.balance(), apart.reconcile(),
                   apart.flows()):  # fmt: skip
        assert any("declares these events wrong" in note and named in note for note in answer.notes), answer.command
    assert apart.trace(OURS, "forward").rows == []
    together = loaded(tmp_path / "together", [SENT, {**SENT, **WRONG}])
    assert not any("declares these" in note for note in together.balance().notes)


def test_the_correction_alone_is_counted_in_whatever_order_files_come(tmp_path: Path) -> None:
    right = {**SENT, "eventID": "urn:uuid:1", "quantityList": [{**SENT["quantityList"][0], "quantity": 150}]}
    correcting = {**SENT, "errorDeclaration": {**WRONG["errorDeclaration"], "correctiveEventIDs": ["urn:uuid:1"]}}
    for name, files in {"after": ([SENT], [correcting, right]), "before": ([correcting, right], [SENT])}.items():
        found = loaded(tmp_path / name, *files).trace(OURS, "forward").rows
        assert [(row["quantity_min"], row["quantity_max"]) for row in found] == [(150, 150)], name
