"""The words on a page, in the page's language."""

from __future__ import annotations

from graphkit.model.language import say


def words() -> dict[str, str]:
    """Every fixed text of the page by the name under which its script asks for it."""
    return {
        "entities": say("Entities", "对象"),
        "links": say("Links", "联系"),
        "search": say("Find by name or id", "按名称或标识查找"),
        "nothing": say("Nothing on this page is called so.", "本页没有这样的对象。"),
        "fit": say("Fit", "全图"),
        "fit_help": say("Show everything", "显示全部"),
        "close": say("Close", "关闭"),
        "about": say("This page", "本页"),
        "legend": say("Legend", "图例"),
        "toggle": say("Click a kind to hide or show it.", "点击种类可隐藏或显示。"),
        "hint": say(
            "Click an entity or a link to see what is known of it and which rows say so.",
            "点击对象或联系，查看其内容及所依据的行。",
        ),
        "shown": say("Shown", "显示"),
        "counts": say("{entities} entities, {links} links", "{entities} 个对象，{links} 条联系"),
        "store": say("Casebook", "案卷"),
        "revision": say("Revision", "版本"),
        "most": say("Most connected", "联系最多"),
        "notes": say("Notes", "说明"),
        "disputed": say("the rows disagree", "各行记载不一"),
        "rows": say("rows", "行"),
        "row": say("row", "行"),
        "row_of": say("row {row}", "第 {row} 行"),
        "more_rows": say("and {count} more; graphkit show lists all", "另有 {count} 行；graphkit show 可列出全部"),
        "more_links": say("The first {shown} of {count} links are listed.", "共 {count} 条联系，列出前 {shown} 条。"),
        "properties": say("Properties", "属性"),
        "neighbours": say("Linked on this page", "本页上的联系"),
        "no_links": say("No links on this page.", "本页上没有联系。"),
        "no_properties": say("Nothing more is stated.", "没有其他记载。"),
        "time": say("Time", "时间"),
        "until": say("Until", "至"),
        "quantity": say("Quantity", "数量"),
        "amount": say("Amount", "金额"),
        "evidence": say("Rows", "依据"),
        "between": say("Between", "两端"),
        "no_script": say("This page needs JavaScript; it fetches nothing.", "本页需要 JavaScript；不会访问任何网络。"),
        "canvas": say(
            "Drawing of the network. Use the search field to reach an entity by keyboard.",
            "关系图。可用查找框以键盘到达对象。",
        ),
    }  # fmt: skip
