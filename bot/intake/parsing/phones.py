"""UK phone numbers as people type them, to E.164."""

from __future__ import annotations

import re

import phonenumbers

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import FILLER, only_filler, plain, same_length, without, word_set

_CANDIDATE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d[\d\s().\-/]{4,24}\d(?!\w)")
_INSIDE = re.compile(r"(?<!\d)(?:07\d{3}|\+?447\d{3}|020)[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)")
_MIXED = re.compile(r"(?<![\w+])[0+O][\dOo\s-]{8,16}(?!\w)")
_SAME = re.compile(
    r"(?:(?:yes|yeah|yep|yh|ok|sure|just|use|its|on|please|my number is|you can use|text me on|call me on) )*"
    r"(?:(?:(?:the )?same(?: (?:one|number|phone|as this(?: (?:one|number|phone))?))?|(?:the )?same number as this|this(?: (?:one|1|number|phone|mobile))?|(?:the )?(?:one|number) (?:im|i am) (?:texting|messaging|using|writing)(?: (?:you )?(?:from|on|with))?|"
    r"(?:the )?(?:one|number) (?:youre|you are) texting|(?:the )?number i texted (?:you )?(?:from|on)))"
    r"(?: (?:is (?:fine|ok|okay|best|good)|please|thanks|now|one|number|on|yes|will do|works))*"
)
_YES = re.compile(
    r"(?:y|ya|ye|yes+|yeah|yea|yep|yup|yh|ok|okay|sure|correct|thats right|that is right|it is|fine|thats fine|thats it|\U0001f44d)(?: (?:please|it is|thats right|thats fine|thanks|this one|this number|is fine|its fine|sure|yes|the best one))*"
)
_WORDS = word_set(
    "call text ring mobile mob phone tel telephone landline home cell contact reach on can new no num has changed number's uk"
)
_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {**{name: str(digit) for digit, name in enumerate(_NAMES)}, "oh": "0", "o": "0", "nought": "0"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_WAYS = re.compile(r"\b(?:mobile|phone|landline|number)\b")


def parse(text: str, *, address: str | None = None) -> Parsed | None:
    """One number, E.164. `address`: where the text came from, for "same as this one" and a plain yes; without it those are not understood.

    Possible numbers pass (the fictional 07700 900xxx are never valid in phonenumbers' data). Two different numbers: not understood.
    """
    said = plain(text)
    spoken = _spoken(said)
    if spoken:
        return Parsed(spoken, text.strip())
    if address and (_SAME.fullmatch(said) or _YES.fullmatch(said)):
        return Parsed(address, text.strip())
    found = spans(text)
    if len({number for _, _, number in found}) != 1:
        return None
    start, end, number = found[0]
    around = without(text, *((s, e) for s, e, _ in found))
    return Parsed(number, text[start:end].strip(), complete=only_filler(around, also=_WORDS))


def _spoken(said: str) -> str | None:
    """E.164 of a number written as it is said, "oh seven seven double oh ..."; None where any other word is in it."""
    digits, times = "", 1
    for word in said.replace("-", " ").replace(",", " ").split():
        if word in _DIGITS:
            digits, times = digits + _DIGITS[word] * times, 1
        elif word in _TIMES:
            times = _TIMES[word]
        elif digits or word not in _WORDS | FILLER:
            return None
    return _e164(digits) if digits else None


def spans(text: str) -> list[tuple[int, int, str]]:
    """Every number in the text: (start, end, E.164)."""
    flat = same_length(text)
    found = []
    for match in _CANDIDATE.finditer(flat):
        number = _e164(match.group())
        if number:
            found.append((match.start(), match.end(), number))
            continue
        for part in _INSIDE.finditer(match.group()):  # a date or another number typed right before it
            inner = _e164(part.group())
            if inner:
                found.append((match.start() + part.start(), match.start() + part.end(), inner))
    if found:
        return found
    for match in _MIXED.finditer(flat):  # the letter O typed for nought
        number = _e164(re.sub("[Oo]", "0", match.group()))
        if number:
            found.append((match.start(), match.end(), number))
    return found


def problem(text: str) -> str | None:
    """ "too_short", "too_long" or "not_a_phone" for a text that holds digits but no number; None where there are no digits or it parses."""
    if spans(text):
        return None
    digits = re.sub(r"\D", "", text)
    if len(digits) < 3:
        return None
    if len(digits) < 10 or (len(digits) == 10 and digits.startswith("07")):
        return "too_short"
    return "too_long" if len(digits) > 11 else "not_a_phone"


def shown(e164: str) -> str:
    """As people write it: "07700 900123" for a UK number, international otherwise."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    if number.country_code != 44:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = "0" + str(number.national_number)
    if national.startswith("07"):
        return f"{national[:5]} {national[5:]}"
    if national.startswith("02"):
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _e164(candidate: str) -> str | None:
    digits = re.sub(r"[^\d+]", "", candidate)
    digits = re.sub(r"^(?:\+|00)440", "+44", digits)
    if re.match(r"44[1237]\d{9}$", digits):
        digits = "+" + digits
    elif re.match(r"7\d{9}$", digits):
        digits = "0" + digits
    international = digits.startswith(("+", "00"))
    if not international and not re.match(r"0[1237]\d{8,9}$", digits):
        return None
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    national = str(number.national_number)
    if number.country_code == 44 and not (len(national) == 10 or (len(national) == 9 and national.startswith("1"))):
        return None  # a mobile with a digit missing is "possible" to phonenumbers
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
