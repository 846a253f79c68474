"""What a plan has to keep to, from options as people write them, and whether they contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graphkit.analyses.breaking.ground import Ground
from graphkit.analyses.limits import region_prefix
from graphkit.analyses.parties.account_holders import called as name_of
from graphkit.analyses.parties.entities import position_of, positions_meant
from graphkit.breaking.problem import Conditions
from graphkit.errors import RequestError
from graphkit.model.language import say
from graphkit.model.nodes import PARTY_KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store


@dataclass(frozen=True)
class Wishes:
    """The conditions as written: NAME=VALUE texts and names of entities or links."""

    budget: float | None = None
    limit: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def conditions_of(ground: Ground, store: Store, wishes: Wishes, regions: Mapping[int, str]) -> Conditions:
    """The conditions over the nodes of the ground; `regions` is the division code of nodes that are known to have one.

    Raises RequestError where one makes no sense or contradicts another, NotFound for what there is not.
    """
    node = finder(ground, store)
    cost = _costs(ground, wishes.cost, node)
    group, limits, names = _limits(len(ground.graph), wishes.limit, regions)
    allowed = ground.target.copy()
    for written in wishes.must_not:
        allowed[node(written)] = False
    made = Conditions(
        cost=cost,
        budget=np.inf if wishes.budget is None else wishes.budget,
        group=group,
        limits=limits,
        allowed=allowed,
        must=tuple(dict.fromkeys(node(written) for written in wishes.must)),
        together=_sets(wishes.together, node),
        after=_orders(wishes.after, node),
    )
    _check_musts(made, wishes, names, ground)
    return made


def named(ground: Ground, node: int) -> str:
    """The id of what a node stands for."""
    entity = int(ground.entity[node])
    return ground.network.ids[entity] if entity >= 0 else ground.network.links.ids[int(ground.routes[node][0])]


def called(ground: Ground, node: int) -> dict[str, str]:
    """Kind and name of what a node stands for."""
    network, entity = ground.network, int(ground.entity[node])
    if entity >= 0:
        return {"kind": network.kind_of(entity), "name": name_of(network, entity)}
    link = int(ground.routes[node][0])
    ends = (name_of(network, int(end[link])) for end in (network.links.source, network.links.target))
    return {"kind": network.links.kinds[int(network.links.kind[link])], "name": " → ".join(ends)}


def finder(ground: Ground, store: Store) -> Callable[[str], int]:
    """From an entity or a link as written to its node."""
    routes = {int(link): node for node, links in ground.routes.items() for link in links}

    def find(written: str) -> int:
        network: Network = ground.network
        link = network.links.ids.find(written)
        if link >= 0 and link in routes:
            return routes[link]
        meant = positions_meant(network, store, written)
        nodes = {int(ground.node_of[each]) for each in meant} - {-1}
        one = len(meant) > 1 and len(nodes) == 1  # several entries that count as one
        position = meant[0] if one else position_of(network, store, written)
        node = nodes.pop() if one else int(ground.node_of[position])
        kind = network.kind_of(position)
        known = one or ground.entity[node] == position or kind in PARTY_KINDS  # these can be entered more than once
        if node < 0 and kind in PARTY_KINDS:
            raise RequestError(
                f"{written} is not in this network: in custody and so out before it starts (--keep-detained leaves "
                "those in), or without a link that counts here.",
                f"{written} 不在此网络中：在押而事先除去（可用 --keep-detained 保留），或没有计入的联系。",
            )
        itself = node >= 0 and known
        if not itself or not ground.target[node]:
            raise RequestError(
                f"{written} ({kind}) is not among the targets: --targets {kind} adds its kind, or it is out already.",
                f"{written}（{kind}）不在可打击之列：可用 --targets {kind} 加入其种类，或其已不在网络中。",
            )
        return node

    return find


def _parted(option: str, written: str, example: str) -> tuple[str, str]:
    name, equals, value = written.rpartition("=")
    if not equals or not name.strip() or not value.strip():
        raise RequestError(
            f"--{option}: {written!r} is not written like {example}.", f"--{option}：{written!r} 应写作 {example}。"
        )
    return name.strip(), value.strip()


def _number(option: str, written: str, value: str, least: float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number) or number < least:
        raise RequestError(
            f"--{option}: {written!r} needs a number of at least {least:g}.",
            f"--{option}：{written!r} 需要不小于 {least:g} 的数。",
        )
    return number


def _costs(
    ground: Ground, written: Iterable[str], node: Callable[[str], int]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The cost of each node, 1 unless a kind or an entity says otherwise; an entity says more than its kind."""
    cost, single = np.ones(len(ground.graph)), dict[int, float]()
    network = ground.network
    spelled = {kind.upper(): kind for kind in (*network.kinds, *network.links.kinds)}
    for each in written:
        name, value = _parted("cost", each, "Place=2")
        number = _number("cost", each, value, 0.001)
        kind = spelled.get(name.upper())
        if kind is None:
            single[node(name)] = number
        elif kind in network.kinds:
            entity = ground.entity
            cost[(entity >= 0) & (network.kind[entity] == network.kinds.index(kind))] = number
        else:
            code = network.links.kind_code(kind)
            cost[[i for i, links in ground.routes.items() if network.links.kind[links[0]] == code]] = number
    for i, number in single.items():
        cost[i] = number
    return cost


def _limits(
    nodes: int, written: Iterable[str], regions: Mapping[int, str]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], np.ndarray[tuple[int], np.dtype[np.float64]], list[str]]:
    group, limits, prefixes, names = np.full(nodes, -1, np.int32), list[float](), list[str](), list[str]()
    for each in written:
        name, value = _parted("limit", each, "350000=3")
        prefix = region_prefix(name)
        for other, known in zip(prefixes, names, strict=True):
            if prefix.startswith(other) or other.startswith(prefix):
                raise RequestError(
                    f"--limit: {name} and {known} overlap; limit each division once.",
                    f"--limit：{name} 与 {known} 重叠；每个区划只能限一次。",
                )
        inside = [i for i, code in regions.items() if code.startswith(prefix)]
        group[inside] = len(limits)
        limits.append(_number("limit", each, value, 0))
        prefixes.append(prefix)
        names.append(name)
    return group, np.array(limits, np.float64), names


def of_limits(limit: Iterable[str], target: NDArray[np.bool_], regions: Mapping[int, str]) -> tuple[str, ...]:
    """Notes on limits that bind nobody, and on targets that no limit can bind: `regions` is where each target is."""
    if not limit:
        return ()
    names = [_parted("limit", each, "350000=3")[0] for each in limit]
    void = [name for name in names if not any(code.startswith(region_prefix(name)) for code in regions.values())]
    unknown = int(target.sum()) - len(regions)
    notes = [
        say(
            f"Nothing that can be hit is known to be in {', '.join(void)}: the limit binds nothing.",
            f"没有已知位于 {'、'.join(void)} 的打击对象，该限额不起作用。",
        )
    ]
    more = say(
        f"Where {unknown} of the {int(target.sum())} targets are is not known: no limit counts them.",
        f"{int(target.sum())} 个打击对象中有 {unknown} 个所在区划不明，不计入任何限额。",
    )
    return (*(notes if void else ()), *((more,) if unknown else ()))


def _sets(written: Iterable[str], node: Callable[[str], int]) -> tuple[tuple[int, ...], ...]:
    """Pairs of targets hit together; pairs that share a target are one set."""
    sets: list[set[int]] = []
    for each in written:
        pair = {node(name) for name in _parted("together", each, "A=B")}
        joined = [some for some in sets if some & pair]
        sets = [some for some in sets if not some & pair] + [pair.union(*joined)]
    return tuple(tuple(sorted(some)) for some in sets)


def _orders(written: Iterable[str], node: Callable[[str], int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Each higher target with the subordinates after one of which it may be hit."""
    found: dict[int, list[int]] = {}
    for each in written:
        high, low = (node(name) for name in _parted("after", each, "HIGH=LOW"))
        if high == low:
            raise RequestError(f"--after: {each!r} names one target twice.", f"--after：{each!r} 两边相同。")
        found.setdefault(high, []).append(low)
    return tuple((high, tuple(dict.fromkeys(low))) for high, low in sorted(found.items()))


def _check_musts(made: Conditions, wishes: Wishes, names: Sequence[str], ground: Ground) -> None:
    """Raises RequestError where what must be hit cannot be, saying what stands against it."""
    musts = _closed(made)
    barred = [named(ground, i) for i in sorted(musts) if not made.allowed[i]]
    if barred:
        listed = ", ".join(barred)
        raise RequestError(f"Must be hit and must not be hit: {listed}.", f"既须打击又不得打击：{listed}。")
    for high, low in made.after:
        if high in musts and not any(made.allowed[i] for i in low):
            raise RequestError(
                f"{named(ground, high)} must be hit, but none of its subordinates may be.",
                f"须打击 {named(ground, high)}，但其下级均不得打击。",
            )
    spent = float(made.cost[sorted(musts)].sum())
    if spent > made.budget + 1e-9:
        raise RequestError(
            f"What must be hit costs {spent:g}, more than the budget of {made.budget:g}.",
            f"须打击的共需 {spent:g}，超过预算 {made.budget:g}。",
        )
    for i, limit in enumerate(made.limits.tolist()):
        spent = float(made.cost[[m for m in sorted(musts) if made.group[m] == i]].sum())
        if spent > limit + 1e-9:
            raise RequestError(
                f"What must be hit in {names[i]} costs {spent:g}, more than its limit of {limit:g}.",
                f"{names[i]} 须打击的共需 {spent:g}，超过其限额 {limit:g}。",
            )


def _closed(made: Conditions) -> set[int]:
    """What must be hit, and what is hit together with it."""
    musts = set(made.must)
    for some in made.together:
        if musts & set(some):
            musts |= set(some)
    return musts


def check_budget(budget: float | None, until: float | None) -> None:
    """Raises RequestError unless just one of them is given and makes sense."""
    if (budget is None) == (until is None):
        raise RequestError(
            "Give either a budget (--budget 5) or a share to get down to (--until 0.1).",
            "请给出预算（--budget 5）或目标比例（--until 0.1），二者择一。",
        )
    if budget is not None and budget <= 0:
        raise RequestError(
            f"A budget of {budget:g} hits nothing: give at least what one hit costs.",
            f"预算 {budget:g} 无法打击任何对象：至少应为一次打击的费用。",
        )


def large_budget(made: Conditions) -> tuple[str, ...]:
    """A note where the budget pays for everything, or for nothing."""
    whole, least = float(made.cost[made.allowed].sum()), float(made.cost[made.allowed].min(initial=np.inf))
    if made.budget < least < np.inf:
        return (
            say(
                f"The budget of {made.budget:g} pays for no target: the least costly takes {least:g}.",
                f"预算 {made.budget:g} 不足以打击任何对象：最少需 {least:g}。",
            ),
        )
    if not np.isfinite(made.budget) or made.budget < whole:
        return ()
    return (
        say(
            f"The budget of {made.budget:g} pays for every target there is ({whole:g}).",
            f"预算 {made.budget:g} 足以打击全部对象（共需 {whole:g}）。",
        ),
    )


__all__ = ["Wishes", "called", "check_budget", "conditions_of", "large_budget", "named", "of_limits"]
