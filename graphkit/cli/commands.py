"""Every command of the program, in the order of the overview."""

from __future__ import annotations

from graphkit.analyses import ANALYSES
from graphkit.cli.declared import Command, asking
from graphkit.cli.records import EVIDENCE, LOAD, SAMPLE, UNLOAD

COMMANDS: tuple[Command, ...] = (SAMPLE, LOAD, UNLOAD, EVIDENCE, *(asking(analysis) for analysis in ANALYSES))
BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
