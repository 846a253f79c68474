"""How much of the start's goods can have come to each entity, each unit counted once: outer bounds.

At most what all movements that chains go over brought there (going back: took from there), and, where nothing was
transformed, at most all that left the start. At least what came straight from the start. Both always hold, and may be
wide: which units went where inside a mixed stock no row says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.model.units import BY_CODE, MASS, convert
from graphkit.network.network import Network
from graphkit.tracing.labels import Whole
from graphkit.tracing.movements import KINDS

Numbers = NDArray[np.float64]
_SEVERAL = "?"


@dataclass(frozen=True)
class Bounds:
    """Least and most of an entity's goods in a unit. Both are None where the units do not convert to one another or
    where some movement's quantity is unknown (then only the least is known).
    """

    least: float | None = None
    most: float | None = None
    unit: str | None = None


def bounds(
    network: Network, walked: Whole, matched: list[tuple[int, ...]], start: Whole, *, back: bool
) -> dict[int, Bounds]:
    """Bounds for every entity that some movement led to; `start` are the nodes that the trace begins at."""
    table = network.links
    again = {link for group in matched for link in group[1:]}
    moves = walked[np.isin(table.kind[walked], [table.kind_code(kind) for kind in KINDS])]
    moves = moves[[link not in again for link in moves.tolist()]] if again else moves
    near, far = (table.target, table.source) if back else (table.source, table.target)
    made = np.isin(
        table.kind[walked], [table.kind_code(kind) for kind in ("INPUT_OF", "OUTPUT_AS", "TRANSFORMED_INTO")]
    )
    straight = np.isin(near[moves], start)
    returned = bool(np.isin(far[moves], start).any())
    whole = None if made.any() or not straight.any() else moves[straight]
    node = far[moves].astype(np.int64)
    order = np.argsort(node, kind="stable")
    found: dict[int, Bounds] = {}
    if not len(moves):
        return found
    ends, begins = np.unique(node[order], return_index=True)
    for entity, own in zip(ends.tolist(), np.split(order, begins[1:]), strict=True):
        found[entity] = _bounds(network, moves[own], moves[own][straight[own]], whole, returned)
    return found


def _bounds(network: Network, moves: Whole, straight: Whole, whole: Whole | None, returned: bool) -> Bounds:
    unit, factors = _unit(network, moves)
    if unit == _SEVERAL:
        return Bounds()
    table = network.links
    sure = np.nan_to_num(table.quantity_min[straight] * _factors(network, straight, factors))
    least = float((sure.max() if returned else sure.sum()) if len(sure) else 0.0)
    most = float((table.quantity_max[moves] * _factors(network, moves, factors)).sum())
    if whole is not None and _unit(network, np.concatenate((moves, whole)))[0] == unit:
        left = float((table.quantity_max[whole] * _factors(network, whole, factors)).sum())
        most = float(np.fmin(most, left))
    return Bounds(least, None if np.isnan(most) else most, unit or None)


def _unit(network: Network, moves: Whole) -> tuple[str, dict[str, float]]:
    """The one unit that all of these are in or convert to, and the factors to it."""
    names = sorted({_name(network, int(code)) for code in np.unique(network.links.unit[moves])})
    if len(names) <= 1 and not (names and _mass(names[0])):
        return (names[0] if names else ""), dict.fromkeys(names, 1.0)
    if all(map(_mass, names)):
        return "kg", {name: convert(1.0, name, "kg") or 1.0 for name in names}
    return _SEVERAL, {}


def _factors(network: Network, moves: Whole, factors: dict[str, float]) -> Numbers:
    codes, which = np.unique(network.links.unit[moves], return_inverse=True)
    values = [factors.get(_name(network, int(code)), _factor(network, int(code))) for code in codes]
    return np.array(values, np.float64)[which]


def _factor(network: Network, code: int) -> float:
    return convert(1.0, _name(network, code), "kg") or 1.0


def _name(network: Network, code: int) -> str:
    return network.links.units[code] if code >= 0 else ""


def _mass(unit: str) -> bool:
    return unit in BY_CODE and BY_CODE[unit].dimension == MASS
