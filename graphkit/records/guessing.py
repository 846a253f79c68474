"""Which column of a foreign English table may be which field: a guess for a person to confirm, never used by itself.

A name such as SENDER_ACCOUNT_ID is taken apart into words; words that say the same in such tables (sender and payer, tx
and payment) are one word; names are as alike as the share of words that they have in common.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import cache

from graphkit.model.fields import Field, FieldType
from graphkit.model.records import RecordKind
from graphkit.records.recognition import assign, missing

LEAST = 0.5
_MISSPELT = 0.85
_SAME = {
    "payer": "payer sender originator orig debtor remitter from source src seller supplier vendor consignor caller "
    "calling",
    "payee": "payee receiver recipient beneficiary benef creditor to target dest destination buyer customer consignee "
    "callee called",
    "id": "id no nr num number code ref reference",
    "account": "account acct acc iban",
    "amount": "amount amt sum total money",
    "time": "time timestamp date datetime day at on when",
    "payment": "payment transaction tx txn trans transfer",
    "phone": "phone mobile tel telephone msisdn",
    "quantity": "quantity qty count",
    "product": "product item goods article drug medicine",
    "batch": "batch lot",
    "unit": "unit uom",
    "name": "name fullname",
}
_WORD = {word: meant for meant, words in _SAME.items() for word in words.split()}
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def _words(name: str) -> frozenset[str]:
    """The words of a name, each as the one that stands for all that say the same.

    >>> sorted(_words("SENDER_ACCOUNT_ID")), sorted(_words("txAmt"))
    (['account', 'id', 'payer'], ['amount', 'payment'])
    """
    return frozenset(_WORD.get(part.lower(), part.lower()) for part in _PARTS.findall(name))


def guesses(header: Sequence[str], kind: RecordKind) -> dict[str, int]:
    """For fields of the kind that no column is known for: the position of the column that is most like each.

    >>> from graphkit.model.records import BY_NAME
    >>> guesses(["TX_ID", "ORIG_ACCT_ID", "TIMESTAMP"], BY_NAME["payment"])
    {'payer_account': 1}
    """
    known = assign(header, kind)
    scored = [
        (-_alike(text, field), order, position, field.name)
        for order, field in enumerate(kind.fields)
        if field.name not in known
        for position, text in enumerate(header)
        if position not in known.values()
    ]
    found: dict[str, int] = {}
    for score, _, position, name in sorted(scored):
        if -score >= LEAST and name not in found and position not in found.values():
            found[name] = position
    return {field.name: found[field.name] for field in kind.fields if field.name in found}


def _alike(text: str, field: Field) -> float:
    """How alike a column and a field are called, from 0 to 1."""
    if not text.isascii():
        return 0.0
    return max((_alike_names(text, name, field) for name in field.names if name.isascii()), default=0.0)


def _alike_names(text: str, name: str, field: Field) -> float:
    given, own = _words(text), _words(name)
    if field.type is FieldType.TIME:
        own = frozenset({"time"}) if given == {"time"} else own
    common = len(given & own) / max(1, len(given | own))
    spelt = difflib.SequenceMatcher(None, text.lower(), name).ratio()
    return max(common, spelt if spelt >= _MISSPELT else 0.0)


def nearest_kind(header: Sequence[str], kinds: Sequence[RecordKind]) -> RecordKind | None:
    """The kind that shares the most columns with the header, known or guessed, then lacks the least; None for none.

    A single guess is too little: a column called time or id may be anything.
    """

    def merit(kind: RecordKind) -> tuple[int, int, int]:
        known, guessed = assign(header, kind), guesses(header, kind)
        return len(known) + len(guessed), len(known), -len(missing(kind, {**known, **guessed}, header))

    best = max(kinds, key=merit)
    count, known, _ = merit(best)
    return best if known or count > 1 else None
