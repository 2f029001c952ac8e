"""NHS numbers: ten digits, modulus 11, shown 3-3-4."""

from __future__ import annotations

import re

from stdnum.gb import nhs

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, same_length, without, word_set

_CANDIDATE = re.compile(r"(?<![\d+])\d(?:[\s.\-]{0,3}\d){9}(?![\s.\-]{0,2}\d)")
_AROUND = word_set("nhs number no num card says found got here mine")


def parse(text: str) -> Parsed | None:
    """Ten digits with the right check digit; None otherwise, or where two different ones stand in the text."""
    found = [match for match in _CANDIDATE.finditer(same_length(text)) if nhs.is_valid(_digits(match.group()))]
    if len({_digits(match.group()) for match in found}) != 1:
        return None
    return Parsed(
        _digits(found[0].group()),
        found[0].group(),
        complete=only_filler(without(text, *(match.span() for match in found)), also=_AROUND),
    )


def problem(text: str) -> str | None:
    """ "wrong_length" or "check_digit" for a text whose digits are no NHS number; None without digits or where it parses."""
    digits = _digits(text)
    if len(digits) < 4 or parse(text) is not None:
        return None
    return "check_digit" if len(digits) == 10 else "wrong_length"


def shown(digits: str) -> str:
    """ "943 476 5919" """
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
