"""From normalised rows to what they assert: the entities they name and the links between them.

Driven wholly by the templates of `graphkit.model.records`; every step works on whole columns.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from graphkit.model.fields import Field, FieldType
from graphkit.model.measuring import PACKING
from graphkit.model.nodes import BY_NAME as NODE_KIND
from graphkit.model.nodes import PLACE, REGION
from graphkit.model.records import RecordKind
from graphkit.model.templates import LinkTemplate, NodeTemplate
from graphkit.records.divisions import SUFFIX as DIVISION
from graphkit.records.divisions import divided
from graphkit.records.makings import RECORD
from graphkit.records.parties import Table, kind_of, name_parties
from graphkit.records.staging import Stager

GRADE = ("reliability", "credibility")
UNKNOWN_NAME = "?"
_DAY = pl.duration(hours=23, minutes=59, seconds=59)
# An identifier that is not valid tells an entity within its file only; an invalid id number tells nobody.
_LOCAL = (FieldType.PHONE, FieldType.ACCOUNT, FieldType.PLATE)


def stage_tables(tables: Sequence[Table], file: str, stager: Stager) -> None:
    """Add all that the tables of one file assert to the stager."""
    tables = [divided(table) for table in tables]
    batches = _known_batches(tables)
    for table, parties in zip(tables, name_parties(tables, file), strict=True):
        named = table.frame.join(parties, on="row", how="left", maintain_order="left")
        named = _name_keyed(_one_value_a_row(named, table.kind), table, file, batches)
        _stage_nodes(named, table, stager)
        for template in table.kind.links:
            stager.add_links(_linked(named, template, table, file))


def _one_value_a_row(frame: pl.DataFrame, kind: RecordKind) -> pl.DataFrame:
    """Repeat a row for each of several phones in its cell; grouping later sees the row just once."""
    fields = kind.by_name
    keys = {name for template in kind.nodes for name in template.key if name in fields and fields[name].many}
    for name in sorted(keys):
        frame = frame.explode(*(column for column in (name, f"{name}.valid") if column in frame.columns))
    return frame


def _name_keyed(frame: pl.DataFrame, table: Table, file: str, batches: pl.DataFrame | None) -> pl.DataFrame:
    """Add `@role` for every role that is told by its key, its row or its file."""
    frame = _fill_products(frame, table.kind, batches)
    keyed = [_node_id(t, table, file).alias(f"@{t.role}") for t in table.kind.nodes if not t.is_party]
    return frame.with_columns(keyed)


def _node_id(template: NodeTemplate, table: Table, file: str) -> pl.Expr:
    prefix = NODE_KIND[template.kind].prefix
    if template.kind == "Batch":
        product = pl.col(template.optional_key[0]).fill_null("") if template.optional_key else pl.lit("")
        told = pl.format(prefix + ":{}|{}", product, pl.col(template.key[0]))
    else:
        told = pl.concat_str(
            [pl.lit(prefix + ":"), _local_scope(template, table, file), pl.concat_str(template.key, separator="|")]
        )
        told = pl.coalesce(told, _of_row(prefix, table, file)) if template.by_row else told
    if (division := template.key[0] + DIVISION) in table.frame.columns:
        told = pl.coalesce(division, told)
    if template.kind == "Region":
        told = pl.when(pl.col(template.key[0] + ".valid")).then(told)
    return told if template.otherwise is None else pl.coalesce(told, _node_id(template.otherwise, table, file))


def _literal(text: str) -> str:
    """The text within a format, where braces mean something."""
    return text.replace("{", "{{").replace("}", "}}")


def _of_row(prefix: str, table: Table, file: str) -> pl.Expr:
    row = RECORD if RECORD in table.frame.columns else "row"
    return pl.format(f"{prefix}:{file}#" + _literal(table.sheet + table.side) + ":{}", row)


def _local_scope(template: NodeTemplate, table: Table, file: str) -> pl.Expr:
    if _is_local(template, table):
        return (
            pl.when(pl.col(template.key[0] + ".valid")).then(pl.lit("")).otherwise(pl.lit(f"{table.corrects or file}:"))
        )
    return pl.lit("")


def _is_local(template: NodeTemplate, table: Table) -> bool:
    """Whether the entity is told by one number that may be invalid."""
    fields = [table.kind.by_name[name] for name in template.key if name in table.kind.by_name]
    return len(template.key) == len(fields) == 1 and fields[0].type in _LOCAL


def _known_batches(tables: Sequence[Table]) -> pl.DataFrame | None:
    """The product of each batch number that goes with just one product in this file."""
    pairs = [
        table.frame.select(number=pl.col(t.key[0]), product=pl.col(t.optional_key[0]))
        for table in tables
        for t in table.kind.nodes
        if t.kind == "Batch" and t.optional_key
    ]
    if not pairs:
        return None
    known = pl.concat(pairs).drop_nulls().unique()
    return known.group_by("number").agg(pl.col("product")).filter(pl.col("product").list.len() == 1).explode("product")


def _fill_products(frame: pl.DataFrame, kind: RecordKind, batches: pl.DataFrame | None) -> pl.DataFrame:
    """A batch named without its product is the one of that number where there is just one."""
    for template in kind.nodes:
        if batches is None or template.kind != "Batch":
            continue
        number, product = template.key[0], template.optional_key[0]
        known = batches.select(pl.col("number").alias(number), pl.col("product").alias("@known"))
        frame = frame.join(known, on=number, how="left", maintain_order="left")
        frame = frame.with_columns(pl.coalesce(product, "@known").alias(product)).drop("@known")
    return frame


def _stage_nodes(frame: pl.DataFrame, table: Table, stager: Stager) -> None:
    every = frame
    for template in table.kind.nodes:
        if template.kind == PLACE.name:
            region = pl.col(f"@{template.role}").str.starts_with(f"{REGION.prefix}:").fill_null(value=False)
            code = pl.col(f"@{template.role}").str.strip_prefix(f"{REGION.prefix}:")
            stager.add_statements(_statements(every.filter(region), table, template.role, "code", code))
            frame = every.filter(~region)
        else:
            frame = every
        for field, name in _told(template):
            told = table.kind.by_name.get(field)
            stager.add_statements(
                _statements(frame, table, template.role, name, text_of(told) if told else pl.col(field))
            )
        if _is_local(template, table):
            doubtful = pl.when(~pl.col(template.key[0] + ".valid")).then(pl.lit("false"))
            stager.add_statements(_statements(frame, table, template.role, "valid", doubtful))
        if template.is_party:
            _stage_party(frame, table, template, stager)
        elif template.by_row and not table.kind.by_name[template.key[0]].number:
            unknown = pl.when(pl.col(template.key[0]).is_null()).then(pl.lit(UNKNOWN_NAME))
            stager.add_statements(_statements(frame, table, template.role, "name", unknown))
    if f"@{table.kind.main}" in every.columns:
        for name, value in _extras(every).items():
            stager.add_statements(_statements(every, table, table.kind.main, name, value))


def _told(template: NodeTemplate) -> list[tuple[str, str]]:
    """(field, property) of the template and of what stands in for it."""
    told = [(field, name) for name, field in template.properties]
    return told if template.otherwise is None else list(dict.fromkeys([*told, *_told(template.otherwise)]))


def _stage_party(frame: pl.DataFrame, table: Table, template: NodeTemplate, stager: Stager) -> None:
    """What identifies a party: its number where valid, the number as written where not, a mark where it has no name."""
    role = template.role
    if template.id:
        told = pl.col(f"{template.id}.node")
        company = told.str.starts_with("company:")
        number = pl.col(template.id)
        stager.add_statements(_statements(frame, table, role, "id_number", pl.when(~company).then(number)))
        stager.add_statements(_statements(frame, table, role, "uscc", pl.when(company).then(number)))
        stager.add_statements(_statements(frame, table, role, "invalid_id", pl.when(told.is_null()).then(number)))
    if template.by_row:
        stager.add_statements(
            _statements(frame, table, role, "name", pl.when(pl.col(template.name).is_null()).then(pl.lit(UNKNOWN_NAME)))
        )


def _statements(frame: pl.DataFrame, table: Table, role: str, name: str, value: pl.Expr) -> pl.DataFrame:
    stated = frame.select(node=pl.col(f"@{role}"), value=value, row=pl.col("row"))
    if stated.schema["value"] == pl.List:
        stated = stated.explode("value")
    return stated.drop_nulls().with_columns(kind=kind_of("node"), property=pl.lit(name), sheet=pl.lit(table.sheet))


def text_of(field: Field) -> pl.Expr:
    """A field of the normalised frame as canonical text: what statements and properties hold."""
    if field.type is FieldType.TIME:
        return _time_text(pl.col(f"{field.name}.earliest"), pl.col(f"{field.name}.latest"))
    if field.type in (FieldType.MONEY, FieldType.QUANTITY, FieldType.NUMBER):
        return pl.col(field.name).cast(pl.String).str.strip_suffix(".0")
    return pl.col(field.name)


def _time_text(earliest: pl.Expr, latest: pl.Expr) -> pl.Expr:
    day, instant = earliest.dt.strftime("%Y-%m-%d"), earliest.dt.strftime("%Y-%m-%dT%H:%M:%S")
    interval = pl.concat_str([day, latest.dt.strftime("%Y-%m-%d")], separator="/")
    return pl.when(earliest == latest).then(instant).when(latest - earliest == _DAY).then(day).otherwise(interval)


def _extras(frame: pl.DataFrame) -> dict[str, pl.Expr]:
    """What a row carries beyond its kind's own columns: unknown columns, the grade, who provided it, the note."""
    unknown = {name[2:]: pl.col(name) for name in frame.columns if name.startswith("p.")}
    common = {name: pl.col(name) for name in (*GRADE, "provided_by", "note") if name in frame.columns}
    return {**unknown, **common}


def _linked(frame: pl.DataFrame, template: LinkTemplate, table: Table, file: str) -> pl.DataFrame:
    fields = table.kind.by_name
    ends = {"source": pl.col(f"@{template.source}"), "target": pl.col(f"@{template.target}")}
    told = {f"p.{name}": text_of(fields[field]) for name, field in template.properties}
    graded = {f"p.{name}": pl.col(name) for name in GRADE if name in frame.columns}
    extras = _extras(frame) if template.kind == table.kind.main else _packing(frame, template)
    content = {**{f"p.{name}": value for name, value in extras.items()}, **graded, **told, **_measures(template)}
    linked = frame.select(**ends, row=pl.col("row"), key=_link_key(template, table, file), **content)
    if template.pair:
        linked = _paired(frame, linked, template)
    if template.kind == "IN_REGION":
        linked = linked.filter(~pl.col("source").str.starts_with(f"{REGION.prefix}:").fill_null(value=False))
    link = pl.format(template.kind + ":{}", pl.coalesce("key", _tie(template)))
    return linked.with_columns(link=link, kind=pl.lit(template.kind), sheet=pl.lit(table.sheet)).drop("key")


def _packing(frame: pl.DataFrame, template: LinkTemplate) -> dict[str, pl.Expr]:
    """What a row says of how its goods are packed goes with their quantity, whatever else the row is mainly about."""
    told = [name for name in PACKING if template.quantity and f"p.{name}" in frame.columns]
    of_others = pl.col(f"@{template.packing_of}").is_not_null() if template.packing_of else pl.lit(value=False)
    return {name: pl.when(~of_others).then(pl.col(f"p.{name}")) for name in told}


def _measures(template: LinkTemplate) -> dict[str, pl.Expr]:
    times = {
        f"{end}_{bound}": pl.col(f"{field}.{bound}")
        for end, field in (("started", template.started), ("ended", template.ended))
        if field
        for bound in ("earliest", "latest")
    }
    names = {
        "quantity": template.quantity,
        "unit": template.unit,
        "amount": template.amount,
        "currency": template.currency,
    }
    return {**times, **{name: pl.col(field) for name, field in names.items() if field}}


def _link_key(template: LinkTemplate, table: Table, file: str) -> pl.Expr:
    """An event's id: its key fields, else its row. A standing tie has none: its ends tell it."""
    if not template.event:
        return pl.lit(None, pl.String)
    row = pl.format(file + "#" + _literal(table.sheet + table.side) + ":{}", "row")
    optional = [pl.col(name).fill_null("") for name in template.optional_key]
    told = pl.concat_str([pl.concat_str(template.key, separator="|"), *optional], separator="|").str.strip_chars_end(
        "|"
    )
    return pl.format(table.kind.name + ":{}", pl.coalesce(told, row))


def _tie(template: LinkTemplate) -> pl.Expr:
    """A standing tie's id: its ends, and what else tells two ties between the same ends apart."""
    parts = [f"p.{name}" for name, field in template.properties if field in template.optional_key]
    return pl.concat_str([pl.concat_str(["source", "target"], separator="→"), *parts], separator="|", ignore_nulls=True)


def _paired(frame: pl.DataFrame, linked: pl.DataFrame, template: LinkTemplate) -> pl.DataFrame:
    """Every source with every target of the rows that share the pairing field; both rows stand behind the link."""
    row = pl.format("#{}", "row")  # without a number each row stands for itself
    keyed = linked.with_columns(pair=frame.select(pl.coalesce(template.pair, row)).to_series())
    sources = keyed.drop("target").filter(pl.col("source").is_not_null()).unique()
    targets = keyed.filter(pl.col("target").is_not_null()).select("pair", "target", other="row").unique()
    both = sources.join(targets, on="pair").drop("pair")
    return pl.concat([both.drop("other"), both.with_columns(row="other").drop("other")]).select(linked.columns)
