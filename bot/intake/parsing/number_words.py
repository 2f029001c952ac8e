"""Numbers written as words, for dates and ages."""

from __future__ import annotations

import re

from bot.intake.parsing.wording import same_length

_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "ninty": 90,
}
_NTH = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
}
_NTH |= {f"{unit}th": number for number, unit in enumerate(_UNITS) if number > 13} | {"twentieth": 20, "thirtieth": 30}
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join([*_TENS, *_UNITS, *_NTH])})\b", re.IGNORECASE)


def in_figures(text: str) -> str:
    """ "third of april nineteen ninety one" -> "3 of april 1991"; text without number words is unchanged, so its spans hold."""
    flat = same_length(text)
    if not _WORD_NUMBER.search(flat):
        return flat
    flat = re.sub(r"\btwo thousand(?: and)?[ -]+(?=[a-z])", "century-", flat, flags=re.IGNORECASE)
    flat = re.sub(r"\btwo thousand\b", "2000", flat, flags=re.IGNORECASE)
    flat = _WORD_NUMBER.sub(lambda m: str(_number(m.group())), flat)
    flat = re.sub(r"\b([2-9]0)[ -]([1-9])\b(?!\s*[/.])", lambda m: str(int(m.group(1)) + int(m.group(2))), flat)
    flat = re.sub(r"\b(19|20)[ -](\d\d)\b", r"\1\2", flat)
    flat = re.sub(r"\bcentury-(\d\d?)\b", lambda m: str(2000 + int(m.group(1))), flat)
    return re.sub(r"\b(19|20)[ -]?(?:oh|o)[ -](\d)\b", r"\g<1>0\2", flat)


def _number(word: str) -> int:
    small = word.lower()
    if small in _TENS:
        return _TENS[small]
    return _NTH[small] if small in _NTH else _UNITS.index(small)
