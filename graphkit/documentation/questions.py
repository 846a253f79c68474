"""docs/questions.md: what can be asked, how it is answered, and the Cypher that answers the same."""

from __future__ import annotations

from graphkit.analyses import ANALYSES, INVESTIGATIONS, Analysis, Parameter
from graphkit.documentation.markdown import block, code, codes, paragraphs, table
from graphkit.queries import names
from graphkit.store.queries import query

NAME = "questions.md"

INTRODUCTION = """\
Each question is a command of the command line and a method of a `Casebook`, with the same parameters and the same
answer on both stores; the named queries at the end are asked by `graphkit query NAME` and `casebook.query(NAME, …)`.
An answer's `evidence` names the rows it stands on."""

CYPHER = """\
On a Neo4j server these run as `graphkit query NAME --param KEY=VALUE`, and can be pasted from
`cypher/investigate/` into Neo4j Browser. On the embedded store the same name asks graphkit's own analysis, which
gives the same rows."""


def page() -> str:
    """The whole page."""
    listed = table(
        ["question", "asks", "问题"], [[f"[{one.id}](#{one.id})", one.question_en, one.question_zh] for one in ANALYSES]
    )
    direct = [one for one in ANALYSES if one not in INVESTIGATIONS]
    named = [_queries(), *map(_section, INVESTIGATIONS)]
    return paragraphs("# Questions", INTRODUCTION, listed, *map(_section, direct), *named)


def _section(analysis: Analysis) -> str:
    parts = [f"## {analysis.id}", f"{analysis.question_en} ({analysis.question_zh})", analysis.help_en]
    if analysis.method:
        parts.append(f"Method: {analysis.method}")
    if analysis.parameters:
        parts.append(
            table(["parameter", "type", "default", "meaning"], [_parameter(one) for one in analysis.parameters])
        )
    rows = [[code(one.name), one.type, one.unit, one.en, one.zh] for one in analysis.columns]
    return paragraphs(*parts, table(["column", "type", "unit", "title", "标题"], rows), block(analysis.example))


def _parameter(parameter: Parameter) -> list[str]:
    default = "needed" if parameter.positional else "" if parameter.default is None else str(parameter.default)
    kind = "names" if parameter.many else " or ".join(parameter.choices) or parameter.type
    return [code(parameter.name), kind, default, parameter.en]


def _queries() -> str:
    found = [(name, query(f"investigate.{name}")) for name in names()]
    rows = [[code(name), one.title, codes(one.parameters), codes(one.columns)] for name, one in found]
    return (
        paragraphs("## Named queries", CYPHER, table(["name", "answers", "parameters", "columns"], rows))
        if rows
        else ""
    )
