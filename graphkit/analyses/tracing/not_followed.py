"""What a trace was to follow and cannot begin with: money and calls begin with parties, accounts and phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.model.language import say
from graphkit.model.nodes import BY_NAME, PARTY_KINDS

if TYPE_CHECKING:
    from graphkit.network.network import Network

_WORDS = {"money": ("money", "资金"), "calls": ("calls", "通话")}


def not_followed_note(network: Network, start: int, follow: tuple[str, ...]) -> tuple[str, ...]:
    """That calls, or money that is not paid for goods that are followed too, are not followed from such a start."""
    kind = network.kind_of(start)
    if kind in (*PARTY_KINDS, "Account", "Phone"):
        return ()
    left = [each for each in follow if each == "calls" or (each == "money" and "goods" not in follow)]
    if not left:
        return ()
    en, zh = " and ".join(_WORDS[each][0] for each in left), "、".join(_WORDS[each][1] for each in left)
    named = BY_NAME[kind].zh if kind in BY_NAME else kind
    return (
        say(
            f"Not followed from a {kind}: {en}. They begin with a person, a company, an account or a phone: ask again "
            "from whom the goods lead to. --follow goods,money follows what was paid for goods.",
            f"从{named}开始未追踪{zh}：资金和通话须从人员、企业、账户或电话开始，请从货物所到的主体另行查询；"
            "--follow goods,money 可追踪货款。",
        ),
    )
