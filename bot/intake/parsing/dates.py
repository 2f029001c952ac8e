"""Dates of birth as people write them, day before month, and ages."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.intake.parsing.number_words import in_figures
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, same_length, without, word_set

OLDEST = 115
"""Years; nobody in this country has lived longer, so an older date is a slip of the keys."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SEPARATOR = r"\s*[/.\-\\ ,|]\s*"
_YEAR = r"(?P<y>(?:1[89]|2\d)\d\d|'?\d\d)(?!\d)"
_MONTH = r"(?P<m>[a-z]{3,10})\.?"
_DAY = r"(?P<d>[0-3]?\d)(?:\s?(?:st|nd|rd|th|rth|ed))?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/+]){form}(?![\w/])", re.IGNORECASE)
    for form in (
        r"(?P<y>(?:19|20)\d\d)[/.\-](?P<m>\d\d?)[/.\-](?P<d>\d\d?)",
        rf"(?P<d>\d\d?){_SEPARATOR}(?P<m>\d\d?){_SEPARATOR}{_YEAR}",
        rf"(?:the )?{_DAY}\s*(?:of\s+|day of\s+|[-/.,]\s*)?{_MONTH}\s*[-/.,]?\s*(?:of\s+|in\s+)?{_YEAR}",
        rf"{_MONTH}\s*[-/.,]?\s*(?:the\s+)?{_DAY}(?:\s*[-/.,]\s*|\s+(?:of\s+|in\s+)?){_YEAR}",
        r"(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>(?:19|20)\d\d)",
        r"(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>\d\d)",
    )
)
_NO_YEAR = re.compile(
    rf"(?<![\w/]){_DAY}(?:\s*[/.\-]\s*(?P<n>[01]?\d)(?![\d/])|\s*(?:of\s+)?{_MONTH})|\b{_MONTH.replace('<m>', '<m2>')}\s+[0-3]?\d(?!\d)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AROUND = word_set(
    "born dob d.o.b date birth birthday birthdate bday was is of on the day mine my year years old his her their he she they born:"
)
_AGE = re.compile(
    r"(?:\b(?:i'?m|i am|im|am|aged?|age is|age:|he'?s|he is|she'?s|she is|they'?re|they are|now|just turned|turned|turning|nearly|almost|is)\s+)?(?<![\w/.+-])(?P<age>1[0-1]\d|[1-9]?\d)(?![\d/.:-]\d|\d|\s*(?:am|pm|o'?clock|st|nd|rd|th|%|quid|pounds?|weeks?|months?|days?|hours?|mins?|minutes?)\b)"
    r"(?P<unit>\s*-?\s*(?:yrs?|years?|y/?o|yo|year)\b(?:\s*-?\s*old)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Read:
    """A date form found in the text: the date where it is one, and why not where it is not."""

    span: tuple[int, int]
    day: date | None
    problem: str | None


def parse(text: str, *, now: datetime) -> Parsed | None:
    """A date of birth, ISO. Day-month-year; a two-digit year is the one that makes a living adult likely.

    None for two different dates, a future or implausible one, a date without its year, an age.
    """
    reads = _read(text, today=now.date())
    days = {read.day for read in reads}
    if len(days) != 1 or None in days:
        return None
    (day,) = days
    rest = without(in_figures(text), *(read.span for read in reads))
    words = _own_words(text, reads[0].span)
    return Parsed(day.isoformat() if day else None, words, complete=only_filler(_without_age(rest), also=_AROUND))


def problem(text: str, *, now: datetime) -> str | None:
    """ "future", "too_old", "no_such_date", "year_unclear", "year_missing", "day_missing" or "age_given"; None where there is no date at all or it parses."""
    reads = _read(text, today=now.date())
    if reads:
        return reads[0].problem
    flat = in_figures(text)
    partial = next(
        (m for m in _NO_YEAR.finditer(flat) if m.group("n") or _month(m.group("m") or m.group("m2") or "")), None
    )
    if partial:
        return "year_missing"
    if _YEAR_ALONE.search(flat) or any(
        _month(word) for word in re.findall(r"[a-z]{3,9}", flat.lower()) if word != "may"
    ):
        return "day_missing"
    return "age_given" if age_in(text) is not None else None


def age_in(text: str) -> int | None:
    """An age that the message gives ("34", "I'm thirty four", "34yo"), 1 to 115, when it is all the message says or is plainly an age."""
    flat = in_figures(text)
    for match in _AGE.finditer(flat):
        plainly = match.group("unit") or re.match(
            r"\s*(?:i'?m|i am|im|aged?|he|she|they|just|turn)", match.group(), re.IGNORECASE
        )
        alone = only_filler(
            without(flat, match.span()),
            also=("age", "old", "years", "year", "nearly", "almost", "now", "over", "just", "turned", "next"),
        )
        if 1 <= int(match.group("age")) <= OLDEST and (alone or (plainly and not _counts_something(flat, match.end()))):
            return int(match.group("age"))
    return None


def age(iso: str, *, now: datetime) -> int:
    """Full years at `now` of someone born on this ISO date."""
    born, today = date.fromisoformat(iso), now.date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def shown(iso: str) -> str:
    """ "3 April 1991"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _read(text: str, *, today: date) -> list[_Read]:
    flat = in_figures(text)
    reads: list[_Read] = []
    for form in _FORMS:
        for match in form.finditer(flat):
            if any(match.start() < read.span[1] and read.span[0] < match.end() for read in reads):
                continue
            month = _month(match.group("m"))
            if month is None:
                continue
            reads.append(_judge(match.span(), match.group("y").lstrip("'"), month, int(match.group("d")), today=today))
    return sorted(reads, key=lambda read: read.span)


def _judge(span: tuple[int, int], year: str, month: int, day: int, *, today: date) -> _Read:
    full = _full_year(year, today=today)
    if full is None:
        return _Read(span, None, "year_unclear")
    try:
        when = date(full, month, day)
    except ValueError:
        return _Read(span, None, "no_such_date")
    if when > today:
        return _Read(span, None, "future")
    return _Read(span, None, "too_old") if today.year - full > OLDEST else _Read(span, when, None)


def _full_year(year: str, *, today: date) -> int | None:
    """A two-digit year: the 1900s unless that makes someone of a hundred; then the 2000s unless that makes a child under ten, which nobody can tell."""
    if len(year) == 4:
        return int(year)
    late, early = 2000 + int(year), 1900 + int(year)
    if late > today.year or today.year - early < 100:
        return early
    return late if today.year - late >= 10 else None


def _month(text: str) -> int | None:
    """1-12 of "4", "04", "apr", "april", "sept" or a near miss ("febuary"); None for any other word, 0 or 13 for a number that is no month."""
    if text.isdigit():
        return int(text)
    word = text.lower().rstrip(".")
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and (name.startswith(word) or (number == 9 and word == "sept")):
            return number
    near = difflib.get_close_matches(word, MONTHS, n=1, cutoff=0.8) if len(word) >= 4 else []
    return MONTHS.index(near[0]) + 1 if near else None


def _own_words(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].strip(" ,.") if same_length(text) == in_figures(text) else text.strip()


def _without_age(rest: str) -> str:
    """ "3/4/91, so 34": the age that goes with a date says nothing more."""
    return re.sub(r"\b(?:so|im|i'?m|i am|aged?|age)\s+\d\d\b", " ", rest, flags=re.IGNORECASE)


def _counts_something(text: str, end: int) -> bool:
    """ "im 3 months behind", "I am 2 stops away": the number counts the word after it."""
    following = re.match(r"\s+([a-z']+)", text[end:], re.IGNORECASE)
    return bool(
        following
        and following.group(1).lower()
        not in {
            "and",
            "but",
            "now",
            "so",
            "years",
            "year",
            "yrs",
            "yo",
            "from",
            "live",
            "living",
            "in",
            "my",
            "i",
            "call",
            "male",
            "female",
            "f",
            "m",
            "man",
            "woman",
            "old",
            "im",
            "i'm",
            "with",
            "nearly",
            "almost",
            "today",
            "next",
            "this",
            "on",
            "last",
            "yesterday",
            "years-old",
        }
    )
