"""Which names a part is part of, against looking at each."""

from hypothesis import given
from hypothesis import strategies as st

from graphkit.analyses.parties.parts_of_names import SHORTEST, wholes

texts = st.lists(st.text("ab药", min_size=1, max_size=9), max_size=12, unique=True)


@given(texts, texts)
def test_as_by_looking_at_each(parts: list[str], names: list[str]) -> None:
    expected = {(part, name) for part in parts if len(part) >= SHORTEST for name in names if part in name}
    found = list(wholes(parts, names))
    assert set(found) == expected
    assert len(found) == len(expected)
