"""Property names and values as a reader of the page's language expects them. Free text stays as it was written."""

from __future__ import annotations

from functools import cache

from graphkit.model import links, nodes, units
from graphkit.model.fields import FieldType
from graphkit.model.language import language, say
from graphkit.model.nodes import Property
from graphkit.model.records import RECORD_KINDS
from graphkit.views.styles import spaced


def property_title(kind: str, name: str) -> str:
    """What a property of a kind of entity or link is called; as it was written where the model does not know it."""
    known = model_properties(kind).get(name)
    return say(spaced(name), known.zh) if known else name


def model_properties(kind: str) -> dict[str, Property]:
    """The properties that the model declares for a kind of entity or link, by name."""
    declared = nodes.BY_NAME.get(kind) or links.BY_NAME.get(kind)
    if declared is None:
        return {}
    own = (
        declared.properties if isinstance(declared, nodes.NodeKind) else (*declared.properties, *links.GRADE_PROPERTIES)
    )
    return {each.name: each for each in own}


def said_value(kind: str, name: str, value: str) -> str:
    """The value, in Chinese where it is one of an enumeration's and the page is Chinese; a time without its T."""
    known = model_properties(kind).get(name)
    if known is None:
        return value
    if known.type is FieldType.ENUM and language() == "zh":
        return _enumerated().get((name, value), value)
    return value.replace("T", " ") if known.type is FieldType.TIME else value


def unit_title(code: str | None) -> str | None:
    """The unit's name in the page's language; as written where it is not known."""
    known = units.BY_CODE.get(code or "")
    return say(known.en, known.zh) if known else code


@cache
def _enumerated() -> dict[tuple[str, str], str]:
    fields = [field for kind in RECORD_KINDS for field in kind.every_field]
    return {(field.name, value.name): value.zh for field in fields for value in field.values}


@cache
def many_valued() -> frozenset[str]:
    """Properties that may well have several values, so that several are no contradiction."""
    return frozenset(field.name for kind in RECORD_KINDS for field in kind.every_field if field.many)
