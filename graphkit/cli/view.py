"""The command that draws: one page that works offline."""

from __future__ import annotations

from dataclasses import asdict

from graphkit.analyses import Parameter
from graphkit.cli.declared import QUESTIONS, Command, Input
from graphkit.cli.session import Session
from graphkit.model.answer import Answer
from graphkit.model.language import say
from graphkit.views.network_page import COLUMNS, PARAMETERS


def view(session: Session, targets: tuple[str, ...], **options: object) -> Answer:
    """Write a page. An id may hold any character, so what is the file is told by its place, the last."""
    import click

    if len(targets) > 2:
        raise click.UsageError(say("One entity at most, then one file.", "最多一个对象，其后一个文件。"))
    *entity, file = targets
    return session.casebook().view(file, entity[0] if entity else None, **options)  # type: ignore[arg-type]


def _option(parameter: Parameter) -> Input:
    """A command that is no analysis has its parameters checked by the command line."""
    return Input(**asdict(parameter))


VIEW = Command(
    "view",
    QUESTIONS,
    "Draw a network as a page that works offline",
    "生成可离线使用的关系图页面",
    (
        Input(
            "targets",
            "an entity (all suspects where left out), and the page to write",
            "对象（略去则为全部嫌疑人）与要写入的页面文件",
            positional=True,
            repeated=True,
            metavar="[ID] FILE.html",
        ),
        *(_option(each) for each in PARAMETERS),
    ),
    view,
    "graphkit view network.html",
    "With an entity: what is within --hops links of it; hubs are shown but not walked through. Without: the suspects, "
    "dens, seizures and cases, and what ties two or more of them. The page is one file, fetches nothing, and shows on "
    "a click what is known and which rows say so.",
    "给出对象：画出 --hops 步以内的对象，枢纽只列出、不穿过。"
    "不给对象：画出嫌疑人、窝点、扣押、案件，以及联系其中两个以上者的对象。"
    "页面为单个文件，不访问网络；点击可查看内容及所依据的行。",
    tuple(column.name for column in COLUMNS),
)
