"""What the role of a person in a case says of him: a victim or a witness is named in it and is no suspect."""

from __future__ import annotations

import re

# The Cypher under cypher/investigate/ has the same patterns and words; a test holds them alike.
BYSTANDER = "受害|被害|证人|报案|举报|victim|witness|complainant|informant"
HELD = ("at_large", "arrested", "bailed", "charged", "detained")  # 在逃 抓获 取保 逮捕 刑拘: said of suspects alone
ACCUSED = "嫌疑|被告|suspect|accused|defendant"


def is_bystander(role: str) -> bool:
    """Whether a role, in either language, is that of a victim, a witness or who reported the case.

    >>> [is_bystander(role) for role in ("受害人", "Witness", "证人（转为嫌疑人）", "调度", "")]
    [True, True, False, False, False]
    """
    return bool(re.search(BYSTANDER, role, re.IGNORECASE)) and not re.search(ACCUSED, role, re.IGNORECASE)
