"""What a GS1 identifier names: EPC URNs and GS1 Digital Links as entities.

A GTIN with a serial number or a lot is the same thing in either spelling, so those are named by what they hold; every
other identifier is its own id as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

ITEM, BATCH, PRODUCT, PARTY, PLACE = "Item", "Batch", "Product", "Party", "Place"

_URN = re.compile(r"urn:epc:(id|class|idpat):([a-z0-9_-]+):(.+)")
_GTIN_URN = re.compile(r"(\d{6,12})\.(\d{1,7})\.(.+)")
_GLN_URN = re.compile(r"(\d{6,12})\.(\d{0,6})(?:\..*)?")
_LINK_PARTS = re.compile(r"https?://[^?#]*?/(00|01|414|417|253|255|401|402|8003|8004|8010|8017|8018)/([^/?#]+)([^?#]*)")
_KIND_OF_SCHEME = {"sgln": PLACE, "pgln": PARTY, "gsrn": PARTY, "gsrnp": PARTY}
_KIND_OF_KEY = {"414": PLACE, "417": PARTY, "8017": PARTY, "8018": PARTY}


@dataclass(frozen=True)
class Thing:
    """What an identifier names: an entity's id and kind, and what the identifier says of it."""

    uri: str
    node: str
    kind: str
    gtin: str = ""
    gln: str = ""
    lot: str = ""
    serial: str = ""

    def of_lot(self, lot: str) -> Thing:
        """The thing where a record says of which lot it is: goods of a product become that lot's."""
        if not lot or not self.gtin or self.lot:
            return self
        if self.kind == PRODUCT:
            return replace(self, node=batch_id(self.gtin, lot), kind=BATCH, lot=lot)
        return replace(self, lot=lot) if self.kind == ITEM else self


def batch_id(gtin: str, lot: str) -> str:
    """The id of a batch."""
    return f"batch:{gtin}|{lot}"


def identify(uri: str, otherwise: str = ITEM) -> Thing:
    """What the identifier names; what it does not tell itself is of the kind given.

    >>> identify("urn:epc:class:lgtin:4012345.012345.998877").node
    'batch:04012345123456|998877'
    >>> identify("https://id.gs1.org/01/04012345123456/10/998877").node
    'batch:04012345123456|998877'
    >>> identify("urn:epc:id:sscc:0614141.1234567890").node
    'urn:epc:id:sscc:0614141.1234567890'
    """
    urn = _URN.fullmatch(uri)
    if urn:
        return _of_urn(uri, urn[1], urn[2], urn[3], otherwise)
    link = _LINK_PARTS.match(uri)
    return _of_link(uri, link[1], link[2], link[3], otherwise) if link else _plain(uri, otherwise)


def _of_urn(uri: str, form: str, scheme: str, rest: str, otherwise: str) -> Thing:
    parts = _GTIN_URN.fullmatch(rest) if scheme in ("sgtin", "lgtin") else None
    if parts and len(parts[1]) + len(parts[2]) == 13:
        gtin = with_check_digit(parts[2][0] + parts[1] + parts[2][1:])
        last = unquote(parts[3])
        if form == "idpat":
            return _goods(uri, gtin)
        return _goods(uri, gtin, lot=last) if scheme == "lgtin" else _goods(uri, gtin, serial=last)
    place = _GLN_URN.fullmatch(rest) if scheme in ("sgln", "pgln") else None
    gln = with_check_digit(place[1] + place[2]) if place and len(place[1]) + len(place[2]) == 12 else ""
    return _plain(uri, _KIND_OF_SCHEME.get(scheme, otherwise), gln)


def _of_link(uri: str, key: str, value: str, rest: str, otherwise: str) -> Thing:
    if key != "01":
        gln = value if key in ("414", "417") and re.fullmatch(r"\d{13}", value) else ""
        return _plain(uri, _KIND_OF_KEY.get(key, otherwise), gln)
    if not re.fullmatch(r"\d{8,14}", value):
        return _plain(uri, otherwise)
    parts = rest.strip("/").split("/")
    told = dict(zip(parts[::2], map(unquote, parts[1::2]), strict=False))
    return _goods(uri, value.zfill(14), told.get("10", ""), told.get("21", ""))


def _goods(uri: str, gtin: str, lot: str = "", serial: str = "") -> Thing:
    if serial:
        return Thing(uri, f"item:{gtin}|{serial}", ITEM, gtin, lot=lot, serial=serial)
    if lot:
        return Thing(uri, batch_id(gtin, lot), BATCH, gtin, lot=lot)
    return Thing(uri, f"product:{gtin}", PRODUCT, gtin)


def _plain(uri: str, kind: str, gln: str = "") -> Thing:
    return Thing(uri, node_id(uri, kind), kind, gln=gln)


def node_id(written: str, kind: str) -> str:
    """A URI is an id as it stands; a bare number is told within its kind.

    >>> node_id("urn:uuid:1", "Item"), node_id("PO-7", "BusinessTransaction")
    ('urn:uuid:1', 'transaction:PO-7')
    """
    prefix = {"BusinessTransaction": "transaction"}.get(kind, kind.lower())
    return written if ":" in written else f"{prefix}:{written}"


def with_check_digit(digits: str) -> str:
    """The number with GS1's check digit behind it.

    >>> with_check_digit("0401234512345")
    '04012345123456'
    """
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)
