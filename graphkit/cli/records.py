"""Commands that bring records in, take them back and show them as they were."""

from __future__ import annotations

from pathlib import Path

from graphkit.cli.declared import RECORDS, Command, Input
from graphkit.cli.progress import reporting
from graphkit.cli.session import Session
from graphkit.model.answer import Answer, Column


def sample(session: Session, folder: str, size: int, seed: int) -> Answer:
    """Write a sample case."""
    from graphkit.sample import write_sample

    with reporting() as report:
        written = write_sample(Path(folder), size, seed, lambda done, total: report(folder, done, total))
    columns = (Column("file", en="File", zh="文件"), Column("rows", "integer", "rows", "Rows", "行数"))
    rows = [{"file": one.file, "rows": one.rows} for one in written]
    return Answer("sample", {"folder": folder, "size": size, "seed": seed}, columns, rows)


def load(session: Session, paths: tuple[str, ...], **options: object) -> Answer:
    """Load files and folders."""
    with reporting() as report:
        return session.casebook().load(*paths, progress=report, **options)  # type: ignore[arg-type]


def unload(session: Session, file: str) -> Answer:
    """Take back a file."""
    return session.casebook().unload(file)


def evidence(session: Session, references: tuple[str, ...]) -> Answer:
    """Show rows as they were handed over."""
    return session.casebook().evidence(*references)


SAMPLE = Command(
    "sample",
    RECORDS,
    "Write a made-up case folder, and the truth behind it",
    "生成虚构的案件样例文件夹及其真相",
    (
        Input("folder", "the folder to write into", "写入的文件夹", positional=True, metavar="DIR"),
        Input("size", "about how many records", "记录条数（约）", "integer", 2000, minimum=1),
        Input(
            "seed",
            "the same size and seed give the same bytes",
            "相同的条数与种子生成相同的文件",
            "integer",
            1,
            minimum=0,
        ),
    ),
    sample,
    "graphkit sample demo --size 2000",
    "The folder gets `records`, with spreadsheets as departments hand them over and some rows wrong on purpose, "
    "and `truth.json`.",
    "文件夹下 records 为各部门移交样式的表格（有意含少量错误行），truth.json 为真相。",
    ("file", "rows"),
)

LOAD = Command(
    "load",
    RECORDS,
    "Load files or folders of records, all at once or not at all",
    "载入数据文件或文件夹（全部成功或全部不载入）",
    (
        Input(
            "paths",
            "files or folders: csv, tsv, txt, xlsx, xls, docx, graphml, json (EPCIS, FoodChain-Lab)",
            "文件或文件夹：csv、tsv、txt、xlsx、xls、docx、graphml、json（EPCIS、FoodChain-Lab）",
            positional=True,
            repeated=True,
            metavar="PATH",
        ),
        Input("mapping", "a mapping file for tables with other columns", "列名不同的表格所用的对照表", metavar="FILE"),
        Input("layout", "how the files are laid out", "文件布局", default="auto", metavar="NAME"),
        Input(
            "replaces",
            "the loaded file that the one given file corrects",
            "被本次给出的更正文件替换的已载入文件",
            default="",
            metavar="FILE-ID",
        ),
        Input("strict", "load nothing where any row is refused", "有任何一行被拒收则全部不载入", "flag", False),
        Input(
            "dry_run",
            "report only, with each column and what it is read as; write nothing",
            "只报告（含每列的识别结果），不写入",
            "flag",
            False,
        ),
        Input("provided_by", "who handed the files over", "提供单位", default="", metavar="AGENCY"),
        Input(
            "rejects",
            "where refused rows are written; by default inside the casebook",
            "拒收行写入的文件夹；默认在案卷内",
            metavar="DIR",
        ),
    ),
    load,
    "graphkit load demo/records",
    "Rows that cannot be read are refused and written, with the reason, to a rejects file that can be corrected "
    "and loaded. Loading a file again changes nothing.",
    "无法识别的行会被拒收，连同原因写入拒收文件，更正后可再次载入。重复载入同一文件不会产生变化。",
    ("file", "name", "sheet", "kind", "rows", "accepted", "rejected", "rejects_file"),
)

UNLOAD = Command(
    "unload",
    RECORDS,
    "Take back what only this file asserted",
    "撤回仅由该文件得出的内容",
    (
        Input(
            "file",
            "a file's id, the beginning of it, or its name",
            "文件编号、其开头或文件名",
            positional=True,
            metavar="FILE-ID",
        ),
    ),
    unload,
    "graphkit unload 河南省公安厅/关系.csv",
    "What other files also assert stays.",
    "其他文件同样载明的内容予以保留。",
    ("file", "links_removed", "nodes_removed"),
)

EVIDENCE = Command(
    "evidence",
    RECORDS,
    "Show the very rows behind a fact, cells as they were",
    "查看事实所依据的原始行，单元格保持原样",
    (
        Input(
            "references",
            "references of rows, FILE-ID#SHEET:ROW",
            "行的出处，形如 文件编号#工作表:行",
            positional=True,
            repeated=True,
            metavar="REF",
        ),
    ),
    evidence,
    "graphkit evidence 河南省公安厅/关系.csv#1:5",
    "In place of a file's id its name will do, or the beginning of its id.",
    "可用文件名或文件编号的开头代替文件编号。",
    ("ref", "file", "name", "sheet", "row", "cells", "evidence"),
)
