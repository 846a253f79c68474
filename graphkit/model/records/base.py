"""What a kind of record is, and the columns that every kind may carry."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model.fields import Field, FieldType, Value, words
from graphkit.model.templates import LinkTemplate, NodeTemplate


@dataclass(frozen=True)
class RecordKind:
    """One kind of record. `main` names the role or link kind that unknown columns are kept on."""

    name: str
    zh: str
    fields: tuple[Field, ...]
    nodes: tuple[NodeTemplate, ...]
    links: tuple[LinkTemplate, ...]
    main: str
    at_least_one: tuple[str, ...] = ()  # a row with none of these is refused

    @property
    def every_field(self) -> tuple[Field, ...]:
        """The kind's own fields and those that every kind may carry."""
        own = {field.name for field in self.fields}
        return (*self.fields, *(field for field in COMMON_FIELDS if field.name not in own))

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by their standard English name."""
        return {field.name: field for field in self.every_field}


def values(*pairs: str) -> tuple[Value, ...]:
    """Values of an enumeration, each written `name=Chinese=alias…`."""
    parts = [pair.split("=") for pair in pairs]
    return tuple(Value(name, zh, tuple(aliases)) for name, zh, *aliases in parts)


COMMON_FIELDS: tuple[Field, ...] = (
    Field("reliability", "来源可靠性", FieldType.ENUM, values=tuple(Value(c, c) for c in "ABCDEF")),
    Field("credibility", "信息可信度", FieldType.ENUM, values=tuple(Value(c, c) for c in "123456")),
    Field("provided_by", "提供单位", FieldType.NAME, aliases=words("报送单位 提供部门 移交部门 provider submitted_by")),
    Field("note", "备注", aliases=words("说明 附注 remark remarks notes comment comments")),
)
