"""The kinds of records: which columns each has, by which names, and which entities and links its rows assert.

Adding a kind of record touches one of the files here, and the tuple below.
"""

from __future__ import annotations

from graphkit.model.records.base import COMMON_FIELDS, RecordKind
from graphkit.model.records.casework import CASE, HANDOVER, LEAD, REQUEST
from graphkit.model.records.exchanges import ACCOUNT, CALL, PAYMENT
from graphkit.model.records.goods import SAMPLING, SEIZURE, STOCKTAKE, TRANSFORMATION
from graphkit.model.records.movements import PURCHASE, SUPPLY
from graphkit.model.records.parties import COMPANY, PERSON, PLACE
from graphkit.model.records.ties import ONLINE, RELATION, VEHICLE
from graphkit.model.records.waybills import WAYBILL

__all__ = ["BY_NAME", "COMMON_FIELDS", "RECORD_KINDS", "RecordKind"]

RECORD_KINDS: tuple[RecordKind, ...] = (
    PERSON,
    COMPANY,
    PLACE,
    SEIZURE,
    SUPPLY,
    TRANSFORMATION,
    WAYBILL,
    PAYMENT,
    ACCOUNT,
    CALL,
    VEHICLE,
    ONLINE,
    RELATION,
    CASE,
    LEAD,
    SAMPLING,
    STOCKTAKE,
    PURCHASE,
    HANDOVER,
    REQUEST,
)
BY_NAME: dict[str, RecordKind] = {kind.name: kind for kind in RECORD_KINDS}
