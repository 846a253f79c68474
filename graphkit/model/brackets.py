"""Brackets in the numbers of documents: 〔2026〕, [2026] and 【2026】 are one, and kept as (2026)."""

OPENING, CLOSING = "[〔【〖", "]〕】〗"
ROUND = str.maketrans(OPENING + CLOSING, "(" * len(OPENING) + ")" * len(CLOSING))
