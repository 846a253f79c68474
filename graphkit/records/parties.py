"""Who a row names: the parties of one file, told apart by exact means only.

A valid resident id or credit code tells a party everywhere. Without one, a party is told only within its file: by name
and phone or address where the record gives them (and the case, for persons), else by name alone. What is the same
across files is for entity resolution to find; every row keeps the party it named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from graphkit.model.nodes import NODE_KINDS
from graphkit.model.records import RecordKind
from graphkit.model.templates import NodeTemplate
from graphkit.records.divisions import SUFFIX as DIVISION

_KIND_OF_PREFIX = {kind.prefix: kind.name for kind in NODE_KINDS}
_MENTION = ("table", "scope", "sheet", "row", "role", "kind", "name", "node", "case", "contacts", "by_row")


@dataclass(frozen=True)
class Table:
    """One normalised table of a file: its sheet, its kind of record and its rows."""

    sheet: str
    kind: RecordKind
    frame: pl.DataFrame
    side: str = ""  # of tables side by side on one sheet: marks those right of the first
    corrects: str = ""  # the id of the file whose refused rows these are, mended: names mean there what they mean here


def name_parties(tables: Sequence[Table], file: str) -> list[pl.DataFrame]:
    """For each table a frame of row and, for each party role, `@role`: the id of the party that the row names."""
    mentions = _mentions(tables, file)
    if mentions is None:
        return [table.frame.select("row") for table in tables]
    named = _tell(mentions, file).select("table", "row", "role", "node")
    return [_by_role(named.filter(pl.col("table") == i), table) for i, table in enumerate(tables)]


def kind_of(node: str) -> pl.Expr:
    """The node kind that the prefix of the ids in this column says."""
    return (
        pl.col(node).str.extract(r"^([a-z]+):", 1).replace_strict(_KIND_OF_PREFIX, default=None, return_dtype=pl.String)
    )


def _by_role(named: pl.DataFrame, table: Table) -> pl.DataFrame:
    rows = table.frame.select("row")
    for template in _party_templates(table.kind):
        role = named.filter(pl.col("role") == template.role).select("row", pl.col("node").alias(f"@{template.role}"))
        rows = rows.join(role, on="row", how="left", maintain_order="left")
    return rows


def _party_templates(kind: RecordKind) -> list[NodeTemplate]:
    return [template for template in kind.nodes if template.is_party]


def _mentions(tables: Sequence[Table], file: str) -> pl.DataFrame | None:
    frames = [
        _mentioned(i, table, template, file)
        for i, table in enumerate(tables)
        for template in _party_templates(table.kind)
    ]
    return pl.concat(frames).with_row_index("mention") if frames else None


def _mentioned(index: int, table: Table, template: NodeTemplate, file: str) -> pl.DataFrame:
    frame = table.frame
    explicit = pl.col(f"{template.id}.node") if template.id else pl.lit(None, pl.String)
    columns = {
        "table": pl.lit(index, pl.Int32),
        "scope": pl.lit(table.corrects or file),
        "sheet": pl.lit(table.sheet + table.side),
        "row": pl.col("row"),
        "role": pl.lit(template.role),
        "kind": pl.lit(template.kind),
        "name": pl.col(template.name),
        "node": explicit,
        "case": pl.col(template.case) if template.case else pl.lit(None, pl.String),
        "contacts": _contacts(frame, template),
        "by_row": pl.lit(template.by_row),
    }
    mentioned = frame.select(**columns)
    return mentioned.filter(pl.col("name").is_not_null() | pl.col("node").is_not_null() | pl.col("by_row")).select(
        _MENTION
    )


def _contacts(frame: pl.DataFrame, template: NodeTemplate) -> pl.Expr:
    """The phones and the address by which namesakes are told apart, as one list."""
    parts = [pl.col(name) for name in (template.phone, template.address) if name and frame.schema[name] != pl.Null]
    vague = f"{template.address}{DIVISION}"
    if vague in frame.columns:  # a province is no address that tells who is who
        bare = pl.when(pl.col(vague).is_null()).then(template.address).alias(template.address)
        parts = [bare if part.meta.output_name() == template.address else part for part in parts]
    if not parts:
        return pl.lit([], pl.List(pl.String))
    lists = [
        part if isinstance(frame.schema[part.meta.output_name()], pl.List) else pl.concat_list(part) for part in parts
    ]
    joined = pl.concat_list(
        [pl.when(one.is_null()).then(pl.lit([], pl.List(pl.String))).otherwise(one) for one in lists]
    )
    return joined.list.drop_nulls()


def _tell(mentions: pl.DataFrame, file: str) -> pl.DataFrame:
    """Fill `node` of every mention, from the surest means to the weakest."""
    mentions = mentions.with_columns(node=pl.coalesce("node", _local_company(), _unnamed(file)))
    persons = (pl.col("kind") == "Person") & pl.col("node").is_null()
    mentions = _tell_located(mentions, persons, ("name", "case"), _first_row(file))
    mentions = mentions.with_columns(node=pl.when(persons).then(_row_id("person", file)).otherwise(pl.col("node")))
    mentions = _tell_located(mentions, pl.col("node").is_null(), ("name",), _least_contact())
    return _tell_by_name(mentions)


def _local_company() -> pl.Expr:
    return pl.when(pl.col("kind") == "Company").then(pl.format("company:{}:{}", "scope", "name"))


def _unnamed(file: str) -> pl.Expr:
    return pl.when(pl.col("name").is_null()).then(_row_id("party", file))


def _row_id(prefix: str, file: str) -> pl.Expr:
    return pl.format(prefix + ":" + file + "#{}:{}", "sheet", "row")


def _first_row(file: str) -> pl.Expr:
    """A group's id from its first row, by sheet and row number."""
    first = [pl.col(column).sort_by("sheet", "row").first() for column in ("sheet", "row")]
    return pl.format("person:" + file + "#{}:{}", *first)


def _least_contact() -> pl.Expr:
    return pl.format("party:{}:{}:{}", pl.col("scope").first(), pl.col("name").first(), pl.col("contact").min())


def _tell_located(mentions: pl.DataFrame, wanted: pl.Expr, agree: Iterable[str], new_id: pl.Expr) -> pl.DataFrame:
    """Group the wanted mentions that agree on these columns and a contact; one known party in a group is all of it."""
    keys = [pl.col(column).fill_null("") for column in agree]
    open_names = mentions.filter(wanted & (pl.col("contacts").list.len() > 0)).select("name").unique()
    located = mentions.join(open_names, on="name", how="semi").filter(wanted | pl.col("node").is_not_null())
    located = located.explode("contacts").rename({"contacts": "contact"}).filter(pl.col("contact").is_not_null())
    if not located.height:
        return mentions
    labelled = located.join(_components(located.with_columns(key=pl.struct(*keys, "contact"))), on="mention")
    known = pl.col("node").drop_nulls()
    told = pl.when(known.n_unique() == 1).then(known.first()).otherwise(new_id)
    groups = labelled.group_by("label").agg(told=told)
    found = labelled.select("mention", "label").unique().join(groups, on="label").select("mention", "told")
    mentions = mentions.join(found, on="mention", how="left", maintain_order="left")
    return mentions.with_columns(node=pl.coalesce("node", pl.when(wanted).then("told"))).drop("told")


def _components(edges: pl.DataFrame) -> pl.DataFrame:
    """The least mention that each mention is connected with through shared keys, by spreading the least label."""
    pairs = edges.select("mention", key=pl.col("key").rank("dense")).with_columns(label=pl.col("mention"))
    while True:
        spread = pairs.with_columns(label=pl.col("label").min().over("key")).with_columns(
            label=pl.col("label").min().over("mention")
        )
        if spread["label"].equals(pairs["label"]):
            return spread.select("mention", "label").unique()
        pairs = spread


def _tell_by_name(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rest is told by name: the one party of that name in the file, else a party of its own."""
    open_names = mentions.filter(pl.col("node").is_null()).select("name").unique()
    if not open_names.height:
        return mentions
    known = mentions.filter(pl.col("node").is_not_null()).join(open_names, on="name", how="semi")
    single = (
        known.group_by("name")
        .agg(nodes=pl.col("node").n_unique(), one=pl.col("node").first())
        .filter(pl.col("nodes") == 1)
    )
    mentions = mentions.join(single.select("name", "one"), on="name", how="left", maintain_order="left")
    local = pl.format("party:{}:{}", "scope", "name")
    return mentions.with_columns(node=pl.coalesce("node", "one", local)).drop("one")
