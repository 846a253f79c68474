"""Finding the entity that a person means, and naming it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graphkit.errors import NotFound, RequestError
from graphkit.model.brackets import ROUND
from graphkit.model.nodes import BY_NAME, NAME_PROPERTIES, NODE_KINDS, PARTY, PARTY_KINDS, REGION
from graphkit.network.batches import spellings
from graphkit.network.labels import LABELS, label

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Statement, Store

_BETWEEN = re.compile(r"[\s()\[\]（）【】.·•・‧∙⋅‐‑‒–—―−-]")
_DIALLED = re.compile(r"(?:00|\+)?86([0-9]{9,11})|0?([0-9]{1,12})")
_DOT = re.compile(r"[•・‧∙⋅]")
_PREFIXES = frozenset(kind.prefix for kind in NODE_KINDS)
_SHORTEST = 3  # letters of an id by which another can be like it
_LISTED = 5
_LISTED_AS = {False: "; ", True: "；"}
_PIECES = 6
_HITS = 200
_FILE_NUMBERS = ("station_id",)  # numbers that a file gives for its own use, and people ask by
_CODES = ("urn:epc:", "https://", "http://")


def fold(text: str) -> str:
    """The text as searches compare it: width and case folded, one blank between words.

    >>> fold("  ＬＩ　Wei ")
    'li wei'
    """
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def forms(text: str) -> tuple[str, ...]:
    """The folded text, and what stands for it in a store, where numbers and names have one form only: at most three.

    First without what people put between the parts of a number. Then digits as an international phone number, a
    Chinese one unless they say otherwise; other texts without blanks, as codes are kept.

    >>> forms("(0755)1234-5678")
    ('(0755)1234-5678', '075512345678', '+8675512345678')
    >>> forms("张 三"), forms("KY 2022-1")
    (('张 三', '张三'), ('ky 2022-1', 'ky20221', 'ky2022-1'))
    """
    folded = fold(text)
    compact = _BETWEEN.sub("", folded)
    phone = _DIALLED.fullmatch(compact)
    other = f"+86{phone[1] or phone[2]}" if phone else _DOT.sub("·", folded.replace(" ", "").translate(ROUND))
    meant = (form for form in (compact, other) if len(form) > 1)  # who looks for "-x" does not look for every x
    return tuple(dict.fromkeys((folded, *meant)))


def names_of(store: Store, nodes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Kind and name of each of these nodes that the store knows."""
    stated = store.statements(nodes) if nodes else []
    return {node: (group[0].kind, name_from(group)) for node, group in _by_node(stated)}


def name_from(statements: Sequence[Statement]) -> str:
    """What the entity of these statements is called."""
    stated = ((each.property, each.value, len(each.evidence)) for each in statements)
    return label(statements[0].node, statements[0].kind, stated)


def identify(store: Store, written: str) -> str:
    """The id of the entity that is meant: by its id, or by a name or number that only one entity has.

    Raises RequestError, listing them, where several have it, and NotFound, naming the nearest, where none has.
    """
    found = meant(store, written)
    if len(found) > 1:
        raise _ambiguous(store, written, found)
    return found[0]


def namesakes(store: Store, node: str, name: str) -> list[str]:
    """The other parties that go by this name, in order."""
    if not name:
        return []
    named = sorted(_called(store, fold(name)) - {node})
    kinds = {each.node: each.kind for each in store.statements(named)} if named else {}
    return [each for each in named if kinds.get(each) in PARTY_KINDS]


def positions_meant(network: Network, store: Store, written: str) -> list[int]:
    """The positions of all entities that have this id, name or number, sorted; none where there is none."""
    position = network.position(written)
    if position >= 0:
        return [position]
    return sorted(network.position(each) for each in _by_number(store, written) | _by_name(store, written))


def position_of(network: Network, store: Store, written: str) -> int:
    """The position in the network of the entity that is meant. Raises as `identify` does.

    Entries that records show to be one are one: of these the identified one is meant.
    """
    position = network.position(written)
    return position if position >= 0 else the_one(network, store, written, meant(store, written))


def the_one(network: Network, store: Store, written: str, found: list[str]) -> int:
    """The position of the one that these entities of a name turn out to be. Raises RequestError where they are several.

    They are one by a phone or an account that they share, or by another row of the same movement.
    """
    places = {network.position(spellings(network, store, each)[0]) for each in found}
    if len(places) > 1:
        from graphkit.analyses.parties.one_party import stands_for
        from graphkit.analyses.parties.same_hands import same_hands

        standing = stands_for(network)[sorted(places)]
        places = set(same_hands(store, network).meant_of(standing).tolist())
    if len(places) > 1:
        raise _ambiguous(store, written, found)
    return places.pop()


def meant(store: Store, written: str) -> list[str]:
    """The ids of the entities that have this id, number or name, in order. Raises NotFound where none has."""
    for known in dict.fromkeys((written, written.translate(ROUND), *_coded(written))):
        if store.statements([known]):
            return [known]
    found = _wallet_alone(_by_number(store, written) | _by_name(store, written))
    if not found:
        raise not_found(store, written)
    return sorted(found)


def _coded(written: str) -> tuple[str, ...]:
    """The id of what a URN or a Digital Link of GS1 names, as a scanned code says it.

    >>> _coded("urn:epc:id:sgtin:4012345.077889.25"), _coded("25")
    (('item:04012345778892|25',), ())
    """
    if not written.startswith(_CODES):
        return ()
    from graphkit.records.layouts.epcis_identity import identify

    return (identify(written).node,)


def not_found(store: Store, written: str) -> NotFound:
    """That there is no such entity, with the nearest names."""
    near = nearest(store, written)
    if not near:
        return NotFound(
            f"No entity {written}; graphkit search finds names and numbers by a part of them.",
            f"没有找到：{written}；graphkit search 可按名称或号码的一部分查找。",
        )
    listed = _listing(near)
    return NotFound(f"No entity {written}. Did you mean {listed}?", f"没有找到：{written}。是否指 {listed}？")


def nearest(store: Store, written: str, count: int = 3) -> list[tuple[str, str]]:
    """Id and name of the entities whose name or number is most like the text; the nearest first.

    Only names that share a piece with the text are compared, and only so many, so that the cost does not grow with the
    store.
    """
    text = _bare(written)  # that both are persons makes nobody alike
    if text != fold(written) and text.isascii() and len(text) < _SHORTEST:
        return []
    candidates: dict[str, set[str]] = {}
    for piece in _pieces(text):
        for hit in store.search(piece, _HITS):
            if hit.property in LABELS:
                candidates.setdefault(fold(hit.value), set()).add(hit.node)
            candidates.setdefault(_bare(hit.node), set()).add(hit.node)
    alike = difflib.get_close_matches(text, sorted(candidates), n=count, cutoff=0.5)
    nodes = list(dict.fromkeys(node for name in alike for node in sorted(candidates[name])))[:count]
    named = names_of(store, nodes)
    return [(node, named[node][1]) for node in nodes if node in named]


def _bare(node: str) -> str:
    """The id without what it begins with for its kind."""
    kind, _, number = fold(node).partition(":")
    return number if number and kind in _PREFIXES else fold(node)


def _by_node(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    return [(node, list(group)) for node, group in groupby(statements, key=lambda each: each.node)]


def _by_number(store: Store, written: str) -> set[str]:
    """Entities whose id is this number with the beginning that belongs to its kind."""
    numbers = {written, f"+86{fold(written)}", *(form.upper() for form in (written, *forms(written)))}
    ids = sorted(f"{kind.prefix}:{number}" for kind in NODE_KINDS for number in numbers)
    return {each.node for each in store.statements(ids)}


def _wallet_alone(found: set[str]) -> set[str]:
    """These, without the phone under whose number an account of these is opened: it has the number as written."""
    return found - {f"phone:+86{node.partition(':')[2]}" for node in found if node.startswith("account:")}


def _by_name(store: Store, written: str) -> set[str]:
    exact = (_called(store, form) for form in forms(written) if form)
    return next((found for found in exact if found), None) or _region(store, written)


def _called(store: Store, text: str) -> set[str]:
    known = (*NAME_PROPERTIES, "id", *_FILE_NUMBERS)
    return {hit.node for hit in store.search(text, _HITS) if hit.property in known and fold(hit.value) == text}


def _region(store: Store, written: str) -> set[str]:
    from graphkit.model.regions import full_name, name, resolve

    code = resolve(written)
    named = code is not None and written in (full_name(code), name(code))
    return {each.node for each in store.statements([f"{REGION.prefix}:{code}"])} if named else set()


def _ambiguous(store: Store, written: str, nodes: list[str]) -> RequestError:
    """That several have this name: who, those with a number of their own first, in how many rows, and what to give."""
    ordered = sorted(nodes, key=lambda node: (node.startswith(f"{PARTY.prefix}:"), node))
    stated = dict(_by_node(store.statements(ordered[:_LISTED])))
    told = [(node, stated[node]) for node in ordered[:_LISTED] if node in stated]
    english, chinese = (_LISTED_AS[zh].join(_told_of(*each, zh=zh) for each in told) for zh in (False, True))
    more = len(nodes) - _LISTED
    rest, rest_zh = (f" and {more} more", f"等共 {len(nodes)} 个") if more > 0 else ("", "")
    return RequestError(
        f"{written} is the name of several entities: {english}{rest}. Give the id of one in its stead, such as "
        f"{ordered[0]}.",
        f"{written} 对应多个对象：{chinese}{rest_zh}。请改用其中一个的标识，如 {ordered[0]}。",
    )


def _told_of(node: str, statements: Sequence[Statement], *, zh: bool) -> str:
    """An entity by its id, name and kind, with how many rows tell of it."""
    kind, name = statements[0].kind, name_from(statements)
    rows = len({row for each in statements for row in each.evidence})
    if zh:
        called = "仅知名称" if kind == PARTY.name else BY_NAME[kind].zh if kind in BY_NAME else kind
        return f"{node}（{name}，{called}，{rows} 行）"
    called = "known by name only" if kind == PARTY.name else kind
    return f"{node} ({name}, {called}, {rows} row{'s' * (rows != 1)})"


def _listing(named: Iterable[tuple[str, str]]) -> str:
    return ", ".join(node if name == node else f"{node} ({name})" for node, name in named)


def _pieces(text: str) -> list[str]:
    """A few short pieces of the text that a near name would share: single Chinese characters, else three letters."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        pieces = [letter for letter in text if not letter.isspace()]
    else:
        pieces = [text[i : i + 3] for i in range(max(1, len(text) - 2))]
    distinct = list(dict.fromkeys(piece for piece in pieces if piece))
    step = max(1, -(-len(distinct) // _PIECES))
    return distinct[::step]
