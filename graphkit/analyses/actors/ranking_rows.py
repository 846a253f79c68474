"""The rows of a ranking: who, in what role, by what value, on what evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graphkit.analyses.actors.periods import Period
from graphkit.analyses.actors.ranks import Question, Standing, standing
from graphkit.analyses.chains import evidence_of, merged
from graphkit.model.answer import Row
from graphkit.model.language import say

ROWS_BEHIND = 100  # links of each actor whose rows are named


def rows(question: Question, stood: Standing, limit: int) -> list[Row]:
    """One row an actor, or a bridge, in the order of rank."""
    if stood.ends is not None:
        return _bridges(question, stood, limit)
    listed = stood.order[:limit].tolist()
    made = [_actor(question, stood, place) for place in listed]
    behind = [_links(stood, row.pop("links"), place) for row, place in zip(made, listed, strict=True)]
    return _with_evidence(question, made, behind)


def over_time(question: Question, periods: Sequence[Period], limit: int) -> tuple[list[Row], dict[str, Any]]:
    """The rows of each period in turn, those without any tie in it left out; and what holds of all.

    `change` says by how many places an actor has risen since the period before; nothing where it had no tie then.
    """
    made: list[Row] = []
    before: dict[int, int] = {}
    facts: dict[str, Any] = {}
    for period in periods:
        stood = standing(question, period)
        tied = stood.tied
        stood = replace(stood, order=stood.order[tied[stood.order]])
        for row, place in zip(rows(question, stood, limit), stood.order[:limit].tolist(), strict=True):
            held = before.get(int(stood.ties.nodes[place]))
            made.append({"period": period.label, **row, "change": None if held is None else held - row["rank"]})
        before = dict(zip(stood.ties.nodes[tied].tolist(), stood.rank[tied].tolist(), strict=True))
        facts = {**stood.facts, "periods": len(periods)}
    return made, {name: value for name, value in facts.items() if name not in ("actors", "ties")}


def _actor(question: Question, stood: Standing, place: int) -> Row:
    network, node = question.network, int(stood.ties.nodes[place])
    role = stood.supply.role(node)
    return {
        "rank": int(stood.rank[place]), "id": network.ids[node], "name": network.name_of(node),
        "kind": network.kind_of(node), "role": role.name or None, "measure": question.measure.name,
        "value": _number(stood.value[place]), "reason": role.reason, "links": role.links,
    }  # fmt: skip


def _bridges(question: Question, stood: Standing, limit: int) -> list[Row]:
    assert stood.ends is not None
    made, behind = [], []
    for bridge in stood.order[:limit].tolist():
        ends = stood.ends[bridge].tolist()
        one, other = (_actor(question, _at(stood, end), end) for end in ends)
        beyond = {"other": other["id"], "other_name": other["name"], "other_role": other["role"]}
        value = _number(stood.value[bridge])
        reason = say(f"without it {value:g} pairs lose all connection", f"去掉后 {value:g} 对完全失去联系")
        one.pop("links")
        made.append({**one, **beyond, "rank": int(stood.rank[bridge]), "value": value, "reason": reason})
        behind.append(_joining(question, stood, *(int(stood.ties.nodes[end]) for end in ends)))
    return _with_evidence(question, made, behind)


def _at(stood: Standing, end: int) -> Standing:
    """The same standing, its values those of actors: bridges have none for them."""
    size = len(stood.ties.nodes)
    blank = np.zeros(size, np.int64)
    return Standing(stood.found, stood.ties, stood.supply, np.zeros(size), blank, blank)


def _joining(question: Question, stood: Standing, one: int, other: int) -> list[int]:
    """The links between two actors, between each and what both have, and between what the one and the other has."""
    here, there = (question.network.both.of_node(node) for node in (one, other))
    shared = np.intersect1d(here[0], there[0])
    both = [links[np.isin(ends, shared)] for ends, links in (here, there)]
    links = np.concatenate((here[1][here[0] == other], *both))
    ends = np.searchsorted(stood.ties.nodes, [one, other])
    tied = np.isin(stood.ties.source, ends) & np.isin(stood.ties.target, ends) & (stood.ties.link >= 0)
    used = np.concatenate((links[np.isin(links, stood.found.link)], stood.ties.link[tied]))
    found: list[int] = np.unique(used).tolist()
    return found[:ROWS_BEHIND]


def _links(stood: Standing, role: tuple[int, ...], place: int) -> list[int]:
    """The links behind an actor's role, then those of its ties."""
    own = stood.found.links_at(int(stood.ties.nodes[place]))
    return list(dict.fromkeys((*role[: ROWS_BEHIND // 2], *own.tolist())))[:ROWS_BEHIND]


def _with_evidence(question: Question, made: list[Row], behind: list[list[int]]) -> list[Row]:
    evidence = evidence_of(question.casefile.store, question.network, {link for links in behind for link in links})
    return [
        {**row, "evidence": merged(evidence[link] for link in links)} for row, links in zip(made, behind, strict=True)
    ]


def _number(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)
