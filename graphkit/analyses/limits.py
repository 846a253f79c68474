"""Checking what a question is limited to: kinds, what a trace is to follow, a division."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from graphkit.errors import NotFound, RequestError
from graphkit.model import links, nodes

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store

FOLLOW = ("goods", "money", "calls")


def known_node_kinds(store: Store, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of entities as the model or the store spells them. Raises RequestError for a kind that neither has."""
    return _known(given, nodes.BY_NAME, lambda: store.kinds()[0])


def known_link_kinds(network: Network, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of links as the model or the network spells them. Raises RequestError for a kind that neither has."""
    return _known(given, links.BY_NAME, lambda: network.links.kinds)


def known_target_kinds(network: Network, given: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of entities or links, as the model or the network spells them. Raises RequestError for unknown ones."""
    return _known(given, (*nodes.BY_NAME, *links.BY_NAME), lambda: (*network.kinds, *network.links.kinds))


def _known(given: tuple[str, ...], model: Iterable[str], others: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    if not given:
        return ()
    there = sorted(others())
    spelled = {name.upper(): name for name in (*model, *there)}
    return tuple(spelled[name.upper()] if name.upper() in spelled else _refuse(name, spelled, there) for name in given)


def _refuse(name: str, spelled: dict[str, str], there: Sequence[str]) -> str:
    near = ", ".join(spelled[each] for each in difflib.get_close_matches(name.upper(), sorted(spelled), n=3))
    hint, hint_zh = (f"Did you mean {near}?", f"是否指 {near}？") if near else _listed(there)
    raise RequestError(f"There is no kind {name}. {hint}", f"没有种类 {name}。{hint_zh}")


def _listed(there: Sequence[str]) -> tuple[str, str]:
    if not there:
        return "The casebook has none.", "案卷中没有任何种类。"
    listed = ", ".join(there)
    return f"The casebook has {listed}.", f"案卷中有 {listed}。"


def followed(written: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """What to follow, where nothing is said what goes with the start. Raises RequestError."""
    from graphkit.tracing.walk.start import STARTS, follows

    if kind not in STARTS:
        raise RequestError(
            f"A trace cannot begin at a {kind}: begin at a seizure, sample, batch, item, place, party, account or "
            "phone.",
            f"不能从 {kind} 开始追踪：请从扣押、抽样、批号、单件、场所、主体、账户或电话开始。",
        )
    for each in written:
        if each not in FOLLOW:
            raise RequestError(
                f"follow: {each} is none of {', '.join(FOLLOW)}.", f"follow：{each} 不在 {'、'.join(FOLLOW)} 之内。"
            )
    return written or (follows(kind),)


def region_prefix(written: str | None) -> str:
    """The digits that the codes of all divisions within this one begin with. Raises NotFound."""
    if written is None:
        return ""
    from graphkit.model.regions import of_english_name, resolve

    code = resolve(written) or of_english_name(written)
    if code is None:
        raise NotFound(f"No division {written}.", f"没有行政区划 {written}。")
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
