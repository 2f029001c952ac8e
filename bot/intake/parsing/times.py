"""When it is good to get in touch, in the person's own words."""

from __future__ import annotations

import re

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, plain, same_length, without, word_set

_CLOCK = r"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock|ish)?|noon|midday|midnight|lunch(?:\s?time)?|work|school|tea(?:\s?time)?|dinner(?:\s?time)?|breakfast|half (?:past )?\w+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s?(?:am|pm|o'?clock|ish))?)(?![\w%]|\s*(?:days?|weeks?|months?|years?|hours?|mins?|minutes?|of|people|times?|kids)\b)"
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?|week\s?days?|week\s?ends?|week\s?nights?|work(?:ing)? days?|tomorrow)"
_PART = r"(?:mornings?|mornin|afternoons?|afternoon's|arvo|evenings?|eves?|nights?|night\s?time|day\s?time|lunch\s?times?|tea\s?time|school hours|office hours|working hours)"
_PART_OF = rf"(?:(?:early|late|later|mid|first thing|in the|the|most|every|any|all|before|after|during(?: the)?|on|on the|at|at the)[\s-]+)*{_PART}"
_RANGE = rf"(?:between|from|btw|betw)\s+{_CLOCK}\s*(?:and|-|to|till?|until|&)\s*{_CLOCK}|{_CLOCK}\s*(?:-|to|till|until)\s*{_CLOCK}"
_BOUND = rf"(?:any\s?time\s+)?(?:not\s+|only\s+)?(?:after|before|past|from|until|till|til|around|about|at|by|b4|aft)\s+(?:about\s+|around\s+|like\s+)?{_CLOCK}(?:\s?onwards?)?"
_DAYS = rf"(?:(?:not\s+|only\s+)?(?:on\s+|any\s+|every\s+|most\s+|at\s+(?:the\s+)?)?{_DAY}(?:\s*(?:-|to|and|or|&|,|/)\s*(?:on\s+)?{_DAY})*)"
_ATOM = rf"(?:{_RANGE}|{_BOUND}|{_DAYS}|(?:not\s+|only\s+)?{_PART_OF}|first thing|school run)"
_TIME = re.compile(
    rf"(?<!\w){_ATOM}(?:\s*(?:,|and|or|but|on|in|&)?\s*(?:is\s+|are\s+)?(?:best\s+|good\s+)?{_ATOM})*(?!\w)",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:any\s?time(?: (?:is (?:fine|good|ok|okay)|of (?:the )?day|really|at all|works))?|any|whenever(?: (?:is good|suits(?: you)?|you (?:like|want|can|are free)))?|no preference|(?:i )?(?:dont|do not) mind(?: when)?|all day|doesnt matter|does not matter|not fussed|not bothered|im (?:always )?(?:free|home|in)(?: all (?:day|the time))?|always (?:free|home|in|available)|24/7|up to you|you choose)\b"
)
_BARE = re.compile(rf"(?:(?:about|around|like|maybe|say)\s+)*{_CLOCK}", re.IGNORECASE)
_AROUND = word_set(
    "call ring phone text contact reach available free time times good better prefer preferably only usually can if possible or when home day days around about like maybe say any every cos because works ideally later"
)


def parse(text: str) -> Parsed | None:
    """The words that say when ("after 5", "weekday mornings"), "any time", or a short message as it stands; None for a question."""
    said = plain(text)
    if not said or "?" in text:
        return None
    found = span(text)
    if found:
        words = text[found[0] : found[1]].strip(" ,.")
        rest = without(text, found)
        if only_filler(rest, also=_AROUND):
            return Parsed(words, words)
        return (
            Parsed(text.strip(), text.strip(), complete=False)
            if len(said.split()) <= 30
            else Parsed(words, words, complete=False)
        )
    anyhow = _ANY.search(said)
    if anyhow:
        return Parsed("any time", text.strip(), complete=only_filler(without(said, anyhow.span()), also=_AROUND))
    if _BARE.fullmatch(same_length(text).strip(" .!")):
        return Parsed(text.strip(), text.strip())
    return (
        Parsed(text.strip(), text.strip(), complete=False)
        if re.search(r"\b(?:when|while|once|unless|except|not (?:too )?(?:early|late)|later|early|late)\b", said)
        and len(said.split()) <= 15
        else None
    )


def span(text: str) -> tuple[int, int] | None:
    """Where the text says a time of the week or day, longest first; None where it does not."""
    spans = [match.span() for match in _TIME.finditer(same_length(text))]
    return max(spans, key=lambda found: found[1] - found[0]) if spans else None
