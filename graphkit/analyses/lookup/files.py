"""Which files are loaded."""

from __future__ import annotations

from graphkit.analyses.base import Analysis, Casefile, Findings
from graphkit.model.answer import Column


def files(casefile: Casefile) -> Findings:
    """One row a file, by name; `kind` lists the kinds of records found in it."""
    rows = [
        {
            "file": each.file, "sha256": each.sha256, "kind": ", ".join(each.kinds), "rows": each.rows,
            "name": each.name, "layout": each.layout, "accepted": each.accepted, "rejected": each.rejected,
            "provided_by": each.provided_by, "loaded_at": each.loaded_at,
        }
        for each in casefile.store.files()
    ]  # fmt: skip
    return Findings(rows)


FILES = Analysis(
    id="files",
    question_en="Which files are loaded, by whom provided, when?",
    question_zh="载入了哪些文件？由谁提供？何时载入？",
    parameters=(),
    columns=(
        Column("file", en="File", zh="文件号"),
        Column("name", en="Name", zh="文件名"),
        Column("kind", en="Kind", zh="记录种类"),
        Column("rows", "integer", en="Rows", zh="行数"),
        Column("accepted", "integer", en="Accepted", zh="收下"),
        Column("rejected", "integer", en="Rejected", zh="拒收"),
        Column("provided_by", en="Provided by", zh="提供单位"),
        Column("loaded_at", "text", "UTC", "Loaded at", "载入时间"),
        Column("layout", en="Layout", zh="格式"),
        Column("sha256", en="SHA-256", zh="SHA-256"),
    ),
    find=files,
    help_en="One row a file. The file id, the first 12 digits of its sha256, begins every reference to its rows.",
    help_zh="每个文件一行。文件号即其 sha256 的前 12 位，文件各行的引用均以它开头。",
    method="",
    example="graphkit files",
)
