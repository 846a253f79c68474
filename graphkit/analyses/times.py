"""Times as people read them."""

from __future__ import annotations

from datetime import datetime

_EPOCH = datetime(1970, 1, 1)
_DAY_BEGINS, _DAY_ENDS = "T00:00:00", "T23:59:59"


def moment(earliest: str | None, latest: str | None) -> str | None:
    """An interval in ISO 8601: a day or an instant where it is one, else both bounds; None where nothing is known.

    >>> moment("2022-01-24T00:00:00", "2022-01-24T23:59:59"), moment("2022-01-24T08:05:00", "2022-01-24T08:05:00")
    ('2022-01-24', '2022-01-24T08:05:00')
    >>> moment("2022-01-24T00:00:00", "2022-01-31T23:59:59"), moment(None, "2022-01-24T08:05:00")
    ('2022-01-24/2022-01-31', '../2022-01-24T08:05:00')
    """
    if earliest is None and latest is None:
        return None
    if earliest == latest:
        return earliest
    begins = earliest.removesuffix(_DAY_BEGINS) if earliest else ".."
    ends = latest.removesuffix(_DAY_ENDS) if latest else ".."
    return begins if begins == ends else f"{begins}/{ends}"


def microseconds(text: str | None, unknown: int) -> int:
    """Microseconds since 1970 of an ISO time.

    >>> microseconds("1970-01-01T00:00:01", 0), microseconds(None, 7)
    (1000000, 7)
    """
    if text is None:
        return unknown
    gone = datetime.fromisoformat(text) - _EPOCH
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


def iso(moment: int) -> str | None:
    """A moment of a network in ISO 8601; None where it is unknown.

    A wait that is counted from an unknown time may end in a year that only numpy can write.

    >>> from graphkit.network.network import NEVER
    >>> from graphkit.tracing.request import FAR
    >>> iso(1643012700000000), iso(FAR), iso(NEVER), iso(86_400_000_000 - FAR) is None
    ('2022-01-24T08:25:00', None, None, False)
    """
    import numpy as np

    from graphkit.tracing.request import FAR

    if abs(moment) >= FAR:
        return None
    return str(np.datetime64(moment, "us").astype("datetime64[s]"))
