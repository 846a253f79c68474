"""Every command of the program, in the order of the overview."""

from __future__ import annotations

from graphkit.analyses import ANALYSES, INVESTIGATIONS
from graphkit.cli.declared import Command, asking
from graphkit.cli.demo import DEMO
from graphkit.cli.keeping import COPY, EXPORT, VERIFY
from graphkit.cli.mapping import MAPPING
from graphkit.cli.queries import CYPHER, QUERY, SQL
from graphkit.cli.records import EVIDENCE, LOAD, SAMPLE, UNLOAD
from graphkit.cli.view import VIEW

COMMANDS: tuple[Command, ...] = (
    *(SAMPLE, DEMO, LOAD, UNLOAD, EVIDENCE, MAPPING),
    *(asking(analysis) for analysis in ANALYSES if analysis not in INVESTIGATIONS),  # those are named queries
    VIEW,
    *(QUERY, CYPHER, SQL),
    *(COPY, EXPORT, VERIFY),
)
BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
