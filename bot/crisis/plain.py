"""Answers that are wholly what was asked for: a date, a number, a postcode. There is nothing in them for the classifier to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = r"[+()\d][\d\s().-]{5,24}"
_DATE = r"\d{1,4}(st|nd|rd|th)?[\s./-]{0,3}(\d{1,2}|[a-z]{3,9})[\s,./-]{0,3}\d{2,4}"
_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?(\s*\d[a-z]{2})?"
_ADDRESS = r"[\w.+-]+@[\w-]+(\.[\w-]+)+"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PLAIN = {
    "phone": re.compile(_NUMBER),
    "introducer_phone": re.compile(_NUMBER),
    "nhs_number": re.compile(_NUMBER),
    "date_of_birth": re.compile(_DATE),
    "postcode": re.compile(_POSTCODE),
    "email": re.compile(_ADDRESS),
}


def is_plain_answer(messages: Sequence[str], *, asked: str | None) -> bool:
    """Whether the one message is, as a whole, of the form that the question asks for."""
    form = PLAIN.get(asked or "")
    if form is None or len(messages) != 1:
        return False
    text = messages[0].strip().lower()
    if form.fullmatch(text) is None:
        return False
    words = re.findall(r"[a-z]{3,}", text) if asked == "date_of_birth" else []
    return all(word.startswith(_MONTHS) for word in words)
