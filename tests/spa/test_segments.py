"""What a text takes, at the edges where one letter costs a segment."""

import pytest

from spa.segments import plain, size


@pytest.mark.parametrize("text, encoding, units, segments", [
    ("", "GSM-7", 0, 1),
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),
    ("a" * 307, "GSM-7", 307, 3),
    ("€" * 80, "GSM-7", 160, 1),
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("ł" * 70, "UCS-2", 70, 1),
    ("ł" * 71, "UCS-2", 71, 2),
    ("\U0001f600" * 35, "UCS-2", 70, 1),
    ("\U0001f600" * 36, "UCS-2", 72, 2),
    ("£5 é à", "GSM-7", 6, 1),
])  # fmt: skip
def test_size(text: str, encoding: str, units: int, segments: int) -> None:
    found = size(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, segments)


def test_typography_becomes_gsm_letters_and_names_stay() -> None:
    assert plain("\u201cIt\u2019s\u00a0fine\u201d \u2013 we\u2026") == '"It\'s fine" - we...'
    assert plain("Łukasz Żak") == "Łukasz Żak"
