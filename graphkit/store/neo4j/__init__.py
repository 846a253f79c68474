"""A casebook on a Neo4j server.

    store.py        what a store can do, method by method
    connection.py   the server, the sign-in, and what went wrong
    writer.py       one writer at a time
    loading.py      files in: nodes, then links, then one publication
    staging.py      what arrives, as rows and columns in batches
    purging.py      files out: what unpublished files left behind
    reading.py      statements, links and search hits out
    columns.py      all nodes and what is stated of them out, packed, for the network
    link_columns.py all links, likewise
    numbers.py      by what numbers, and in which slices, these are read
    texts.py        columns of text as Python's texts
    exporting.py    one file's assertions out, as they came in
    asking.py       a person's own Cypher, read only
    facts.py        what is stated of a node, as the server keeps it
    names.py        any text as a label, a type or a property's name
    values.py       native types: dates, times, numbers

All Cypher is in `cypher/store`.
"""

from __future__ import annotations

from graphkit.store.neo4j.store import Neo4jStore

__all__ = ["Neo4jStore"]
