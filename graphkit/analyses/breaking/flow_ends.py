"""From whom, and to whom: sources and buyers by name, by kind or by role, or as the flows show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.actors.ranking import ROLES
from graphkit.analyses.actors.roles import Supply
from graphkit.analyses.breaking.movements import EACH_ONE, WEIGHED
from graphkit.analyses.parties.entities import fold, position_of
from graphkit.errors import RequestError
from graphkit.model.nodes import BY_NAME

if TYPE_CHECKING:
    from graphkit.analyses.base import Casefile
    from graphkit.analyses.breaking.movements import Movements

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_SLIGHT = 1e-9  # of what somebody gave: less than that is rounding
_TELLING = ("role", "type")  # properties that say what part somebody has in the supply


@dataclass(frozen=True, eq=False)
class Passed:
    """What each of some nodes received and gave in all, shapes (nodes,)."""

    into: Floats
    out: Floats


def chosen_ends(
    casefile: Casefile,
    moved: Movements,
    nodes: Ints,
    passed: Passed,
    origins: tuple[str, ...],
    ends: tuple[str, ...],
    held: int,
) -> tuple[Ints, Ints, Floats, Floats]:
    """Sources and buyers among these nodes (positions in the network), by place, and what is unseen and kept (nodes,).

    Where none are named, sources are those who gave and never received, buyers those who received and never gave. Of
    who did both, by recorded quantities: what he gave beyond what he received is unseen before, and what he received
    beyond what he gave is kept, or given on unrecorded. `held` are out of the network beforehand.
    Raises RequestError where nobody is left, or one is both.
    """
    first = _named(casefile, moved, nodes, "from", origins) if origins else _only(passed.out, passed.into)
    last = _named(casefile, moved, nodes, "to", ends) if ends else _only(passed.into, passed.out)
    first = first if origins else np.setdiff1d(first, last)
    last = last if ends else np.setdiff1d(last, first)
    both = np.intersect1d(first, last)
    if len(both):
        name = casefile.network().name_of(int(nodes[both[0]]))
        raise RequestError(f"{name} is both a source and a buyer.", f"{name} 既是来源又是买方。")
    unseen, kept = _unbalanced(moved, passed)
    unseen[last], kept[first] = 0.0, 0.0
    unseen, kept = (unseen * (not origins), kept * (not ends))
    _check(bool(len(first) or unseen.any()), "--from", "sources", "来源", held)
    _check(bool(len(last) or kept.any()), "--to", "buyers", "买方", held)
    return first, last, unseen, kept


def _only(this: Floats, that: Floats) -> Ints:
    return np.flatnonzero((this > 0) & (that == 0))


def _unbalanced(moved: Movements, passed: Passed) -> tuple[Floats, Floats]:
    """Of who received and gave, by how much either is the more; nothing where links are only counted or weighed."""
    if moved.unit in (EACH_ONE, WEIGHED):
        return np.zeros(len(passed.into)), np.zeros(len(passed.into))
    through = (passed.into > 0) & (passed.out > 0)
    more = np.where(through, passed.out - passed.into, 0.0)
    more[np.abs(more) < _SLIGHT * passed.out] = 0.0
    return np.maximum(more, 0.0), np.maximum(-more, 0.0)


def _check(there: bool, option: str, en: str, zh: str, held: int) -> None:
    if not there:
        out, out_zh = _out(held)
        raise RequestError(
            f"There are no {en} in what moved{out}: name them by {option}, choose another --unit or period, or ask for "
            "--objective pairs.",
            f"往来中没有{zh}{out_zh}：请用 {option} 指明，另选 --unit 或时段，或改用 --objective pairs。",
        )


def _out(held: int) -> tuple[str, str]:
    """That so many are out of the network beforehand, in both languages."""
    if not held:
        return "", ""
    return f" ({held} are out beforehand: --keep-detained)", f"（事先除去 {held} 个对象，可用 --keep-detained）"


def no_route(origins: tuple[str, ...], ends: tuple[str, ...], held: int) -> RequestError:
    """That nothing leads from these sources to these buyers; `held` are out of the network beforehand."""
    first, last = ", ".join(origins) or "any source", ", ".join(ends) or "any buyer"
    first_zh, last_zh = "、".join(origins) or "任何来源", "、".join(ends) or "任何买方"
    out, out_zh = _out(held)
    return RequestError(
        f"No route leads from {first} to {last} in what moved{out}: nothing flows that could be stopped. Name others "
        "by --from and --to, or choose another --unit or period.",
        f"往来中没有从 {first_zh} 到 {last_zh} 的通路{out_zh}，无物流可断。请用 --from、--to 另行指定，"
        "或另选 --unit 或时段。",
    )


def _named(casefile: Casefile, moved: Movements, nodes: Ints, option: str, names: tuple[str, ...]) -> Ints:
    """Those of the nodes that are meant. Raises RequestError where one of the names moved nothing that counts."""
    found: list[Ints] = []
    for name in names:
        meant = _of(casefile, name, nodes)
        found.append(np.flatnonzero(np.isin(nodes, np.concatenate((meant, moved.meant[meant])))))
        if not len(found[-1]):
            raise RequestError(
                f"--{option}: {name} gave and received nothing that counts here ({moved.follow} in {moved.unit}); "
                "choose another --unit or period, or --licensed to count licensed trade.",
                f"--{option}：{name} 没有计入的往来（{moved.follow}，单位 {moved.unit}）；可另选 --unit 或时段，"
                "或用 --licensed 计入持证经营。",
            )
    return np.unique(np.concatenate(found))


def _of(casefile: Casefile, name: str, nodes: Ints) -> Ints:
    """Who is meant: all of a kind; all of a role, stated or, of these nodes, seen from the flows; else by name."""
    network = casefile.network()
    kind = next((kind for kind in network.kinds if fold(name) in _called(kind)), "")
    if kind:
        return network.of_kinds(kind)
    columns = casefile.store.property_columns(list(_TELLING))
    pairs = zip(columns["node"].tolist(), columns["value"].tolist(), strict=True)
    told = {network.position(node) for node, value in pairs if fold(str(value)) == fold(name)}
    told |= _of_role(casefile, name, nodes)
    return np.array(sorted(told) or [position_of(network, casefile.store, name)], np.int64)


def _called(kind: str) -> set[str]:
    """What a kind of entities is called, in both languages."""
    known = BY_NAME.get(kind)
    return {fold(kind), *({fold(known.zh)} if known else ())}


def _of_role(casefile: Casefile, name: str, nodes: Ints) -> set[int]:
    """Those of the nodes who have this role as `rank` tells it; empty where it is no role."""
    role = next((role for role, words in ROLES.items() if fold(name.replace("_", " ")) in map(fold, words)), None)
    if role is None:
        return set()
    network = casefile.network()
    supply = Supply(network, casefile.store, np.ones(len(network.links.kind), bool))
    return {node for node in nodes.tolist() if supply.role(node).name == role}
