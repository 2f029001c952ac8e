"""Corrections in words: something given before is wrong, and often what is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.intake.parsing import needs, registry
from bot.intake.parsing.ask_names import ANY, ask_named
from bot.intake.parsing.parsed import Correction, Parsed
from bot.intake.parsing.wording import plain, same_length

LONGEST = 40
"""Words; a longer message is told, not corrected."""

_OWN = r"(?:(?:my|the|our|his|her|their|that|your) )"
_WHAT = rf"(?P<what>{_OWN}?(?:(?:new|actual|correct|right|real) )?(?:{ANY}))"
_SORRY = r"(?:(?:no|nope|sorry|wait|oh|actually|hang on|hold on|oops|ah|hi|yes|yeah|but|and|also|um+|er+m?|i think|please|pls|by the way|btw|my bad|correction|just)[\s,.:!-]+)*"
_WRONG = r"(?:wrong|incorrect|not (?:right|correct)|out of date|old|a mistake|has changed|changed|is different now|needs (?:changing|to change|updating|correcting|fixing)|mis ?spel(?:t|led)|spel(?:t|led) wrong|has a typo|should be different)"
_CHANGE_TO = re.compile(
    rf"{_SORRY}(?:can (?:you|i|we) |could (?:you|i|we) |i (?:want|need|would like|d like) to |i'd like to |let me )?(?:change|update|correct|make|amend|edit|set|put|fix) {_WHAT}(?: (?:from .+? )?(?:to|as|is|it'?s|should be|with)\b|[:,-])+\s*(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SHOULD_BE = re.compile(
    rf"{_SORRY}{_WHAT} (?:should(?: have)? (?:be|been|say|read)|is (?:actually|now|really|supposed to be|meant to be)|was meant to be|ought to be|needs to be|is now)[\s:]+(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
_IS_WRONG = re.compile(
    rf"{_SORRY}(?:i think |you(?:'ve| have)? got |you have |you put |i (?:gave|put|typed|wrote|got|sent)(?: you| in)? )*(?:{_WHAT} (?:(?:i gave(?: you)?|i put|you have|you've got|there) )?(?:is |was |'s |has been |looks |are )?(?:all |completely |totally |a bit |now )?{_WRONG}|(?:the |a )?(?:wrong|incorrect|old) (?P<what2>{ANY})|(?:(?:made|there's|theres|there is|got|it's|its) )*(?:a |an )?(?:mistake|typo|error) (?:in|with|on) (?P<what3>{_OWN}?(?:{ANY})))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NEW_IS = re.compile(
    rf"{_SORRY}(?:my |the )?(?:new|actual|correct|right|real) (?P<what>{ANY}) (?:is|:|=)\s*(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
_MEANT = re.compile(
    r"(?:(?:no|nope|sorry|wait|oh|actually|hang on|hold on|oops|correction|my bad|my mistake|ignore that|scrap that|wrong one|typo|i (?:meant|mean)(?: to (?:say|put|type|write))?|i should have said|it(?:'s| is) actually|it should(?: have)? (?:be|been|say)|that should(?: have)? (?:be|been|say)|make that|make it|change (?:it|that) to|should(?: have)? (?:be|been)|it'?s|its|it is|not that)[\s,.:;!-]*)+(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PLAINLY_MEANT = re.compile(
    r"\b(?:sorry|actually|oops|correction|my bad|my mistake|ignore that|scrap that|typo|i meant|i mean|should|make (?:that|it)|change (?:it|that) to|wrong|wait|no)\b",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    r"(?:(?:it'?s|its|no|sorry|actually|i said)[\s,]*)*(?P<right>.+?)[\s,]+(?:and )?not\s+(?P<wrong>.+)|(?:(?:it'?s|its|no|sorry|i said)[\s,]*)*not\s+(?P<wrong2>.+?)[\s,]+(?:but |it'?s |its )?(?P<right2>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SOMETHING = re.compile(
    r"(?:(?:no|nope|sorry|wait|oh|actually|hang on|um+|er+m?|yes but|but|i think) )*(?:thats (?:wrong|not (?:right|correct|true|what i (?:said|meant|wrote|put))|incorrect|a mistake|not it)|(?:youve|you have|you|its|it is) (?:got |put )?(?:that|it|something|some of it|this)? ?(?:wrong|down wrong|incorrect|mixed up)|i (?:made|ve made|have made|think i made) (?:a|some) (?:mistakes?|errors?|typos?)|ive made (?:a|some) (?:mistakes?|errors?|typos?)|i (?:got|put|typed|wrote|said|gave)(?: you)? (?:something|that|it|one(?: of them)?|an answer|a thing|the last (?:one|bit|answer)) wrong|some(?:thing)?(?: of (?:it|that|this))? (?:is|s) (?:wrong|not right|incorrect)|(?:one|a few|some) (?:thing |things |of them |of those |answer |answers )?(?:is|are|s) (?:wrong|not right|incorrect)|i (?:didnt|never) (?:say|said|mean|meant) (?:that|this|it)|not what i (?:said|meant|wrote)|my mistake|i put the wrong (?:thing|one|answer)|wrong (?:answer|one)|made a mistake|i need to correct something|that was wrong|it was wrong|somethings wrong)(?: (?:sorry|there|before|earlier|above|mate|actually|in that|with that|please|on one|about me))*"
)
_EXACT = ("phone", "date_of_birth", "email", "postcode", "nhs_number")
"""Answers with a form of their own, which cannot be mistaken for anything else said."""
_BY_WORDS = frozenset(
    {
        "full_name",
        "preferred_name",
        "introducer_name",
        "contact_method",
        "best_time",
        "lambeth_link",
        "about_whom",
        "impact",
        "duration",
        "gp_practice",
        "relationship",
    }
)
_ANY_TEXT = frozenset(
    {"story", "goals", "support_now", "dependants", "introducer_organisation", "gp_practice", "whereabouts"}
)
_SAME_KIND = {"phone": ("phone", "introducer_phone"), "full_name": ("full_name", "introducer_name", "preferred_name")}


def find(
    text: str, *, now: datetime, asked: str | None = None, answered: Sequence[str] = (), address: str | None = None
) -> Correction | None:
    """(ask, new answer), (ask, None) where it must be asked again, (None, None) where it is not said which, or None: no correction.

    `answered`: asks answered so far, latest last; a bare value ("no, it's 07700 900124") corrects the latest one it fits.
    """
    flat = same_length(text).strip()
    if not flat or len(flat.split()) > LONGEST:
        return None
    named = _named(flat, now=now, answered=answered, address=address)
    if named:
        return named
    if (
        asked in registry.ASKS
        and asked is not None
        and (answer := registry.parse(asked, text, now=now, address=address))
        and answer.complete
    ):
        return None
    if flat.endswith("?"):
        return None
    needed = _about_needs(flat, asked=asked, answered=answered)
    if needed:
        return needed
    meant = _MEANT.fullmatch(flat)
    if meant and _PLAINLY_MEANT.search(flat[: meant.start("value")]):
        corrected = _fitting(
            _right_half(meant.group("value")), now=now, answered=answered, asked=asked, address=address
        )
        if corrected:
            return corrected
    halves = _NOT_BUT.fullmatch(flat)
    if halves and answered:
        corrected = _fitting(
            halves.group("right") or halves.group("right2"),
            now=now,
            answered=answered,
            asked=asked,
            address=address,
            exact=True,
        )
        if corrected:
            return corrected
    return Correction(None, None) if _SOMETHING.fullmatch(plain(flat)) else None


def _named(flat: str, *, now: datetime, answered: Sequence[str], address: str | None) -> Correction | None:
    """The message names the answer: with a value, or only that it is wrong."""
    for pattern in (_CHANGE_TO, _SHOULD_BE, _NEW_IS):
        match = pattern.fullmatch(flat)
        ask = match and _ask(match.group("what"), answered)
        if match and ask:
            parsed = _value(ask, match.group("value"), now=now, address=address)
            if parsed or pattern is not _NEW_IS:
                return Correction(ask, parsed)
    wrong = _IS_WRONG.fullmatch(flat)
    ask = wrong and _ask(wrong.group("what") or wrong.group("what2") or wrong.group("what3"), answered)
    if not wrong or not ask:
        return None
    rest = re.sub(
        r"^[\s,.:;!-]*(?:(?:it(?:'?s| is| should be)|sorry|actually|should be|the right one is|try|use|please|change it to|to|now)[\s,:]+)*",
        "",
        wrong.group("rest"),
        flags=re.IGNORECASE,
    )
    if not rest.strip(" .,!"):
        return Correction(ask, None)
    parsed = _value(ask, rest, now=now, address=address)
    return Correction(ask, parsed) if parsed or len(rest.split()) <= 6 else None


def _about_needs(flat: str, *, asked: str | None, answered: Sequence[str]) -> Correction | None:
    if asked == "needs" or "needs" not in answered:
        return None
    meant = re.search(
        r"\b(?:i meant|i mean|correction|actually|sorry|add|remove|take away|take off)\b", flat, re.IGNORECASE
    )
    halves = _NOT_BUT.fullmatch(
        re.sub(r"^(?:(?:no|sorry|actually|i meant|i mean|correction)[\s,]*)+", "", flat, flags=re.IGNORECASE)
    )
    if not meant or len(flat.split()) > 12:
        return None
    change = needs.change_in(flat)
    listed = re.search(r"\b(?:shopping|to ?do|playlist|basket|calendar|cart)\b", flat, re.IGNORECASE)
    plainly = halves or re.search(
        r"\bmy needs?\b|\bneeds\b|^\W*(?:\w+\W+){0,2}(?:add|remove|take)\b", flat, re.IGNORECASE
    )
    if change is None or listed or not plainly:
        return None
    return Correction("needs", Parsed(change, flat))


def _fitting(
    value: str, *, now: datetime, answered: Sequence[str], asked: str | None, address: str | None, exact: bool = False
) -> Correction | None:
    """The latest answer that this value can replace."""
    value = value.strip()
    latest = [ask for ask in reversed(answered) if ask != asked]
    asked_takes = (
        asked in registry.ASKS
        and asked is not None
        and asked not in _ANY_TEXT
        and registry.parse(asked, value, now=now, address=address)
    )
    for ask in latest:
        base = "phone" if ask == "introducer_phone" else ask
        if base in _EXACT:
            parsed = registry.parse(ask, value, now=now)
            if parsed and parsed.complete and not (asked_takes and ask != latest[0]):
                return Correction(ask, parsed)
    if exact or not latest or latest[0] not in _BY_WORDS or latest[0] in _ANY_TEXT or asked_takes:
        return None
    parsed = registry.parse(latest[0], value, now=now)
    return Correction(latest[0], parsed) if parsed and parsed.complete else None


def _value(ask: str, value: str, *, now: datetime, address: str | None) -> Parsed | None:
    if ask == "needs":
        change = needs.change_in(value)
        return Parsed(change, value.strip()) if change else None
    return registry.parse(ask, _right_half(value), now=now, address=address)


def _right_half(value: str) -> str:
    """ "07700 900124 not 900123" -> the first part."""
    return re.split(r"[\s,]+(?:and\s+)?not\s+", value.strip(), maxsplit=1)[0]


def _ask(words: str, answered: Sequence[str]) -> str | None:
    """The ask that the words name; of two of a kind, the one that was answered."""
    ask = ask_named(plain(words))
    if ask is None or ask in answered:
        return ask
    return next((one for one in _SAME_KIND.get(ask, ()) if one in answered), ask)
