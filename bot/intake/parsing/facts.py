"""Several facts in one message: "I'm Grace, 34, SW9, call me after 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.intake.parsing import (
    access,
    circumstances,
    contact_facts,
    dates,
    emails,
    name_facts,
    nhs_numbers,
    phones,
    postcodes,
    registry,
)
from bot.intake.parsing.cues import clauses
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import only_filler, plain, same_length, without, word_set

STORY = 60
"""Words from which a message is a story: only facts that say what they are count in it."""
_STATED = frozenset({"adult", "date_of_birth", "postcode", "phone", "email"})
CONTACT = frozenset({"phone", "contact_method", "ok_to_text", "voicemail_ok", "best_time", "email"})

_THIRD = re.compile(
    r"\b(?:he|she|they|him|her|his|hers|them|their|theirs|hes|shes|theyre|mums|dads|sons|sisters|brothers|partners|someone|somebody)\b|\bmy (?:\w+ )?(?:mum|mom|mother|dad|father|son|daughter|brother|sister|wife|husband|partner|boyfriend|girlfriend|ex|friend|mate|nan|gran|grandma|grandad|aunt|auntie|uncle|cousin|niece|nephew|kid|kids|child|baby|landlord|boss|neighbour|client|patient|flatmate|carer|doctor|gp|social worker|key ?worker|support worker|solicitor|school|work|daughters|stepdad|stepmum|twins)\b(?! (?:name|number))"
)
_BORN = re.compile(r"\b(?:born|dob|d\.o\.b\.?|date of birth|birthday|birth date|bday)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:since|until|till|on the|died|appointment|court|eviction|evicted|moved|started|last|next|diagnosed|happened|by the|due|baby|passed)\b",
    re.IGNORECASE,
)
_OWN_AGE = re.compile(
    r"\b(?:i'?m|i am|im|aged|age:?|age is)\s+(?:a\s+|now\s+|only\s+)?(?P<age>[1-9]\d)(?!\s*(?:weeks?|months?|days?|hours?|mins?|stone|kg|miles?|%|percent|quid|pounds?|k\b|years? (?:sober|clean|in|into|here)|[/.:-]\d|\d))(?:\s*-?\s*(?:yrs?|years?|y/?o)(?:\s*-?\s*old)?)?\b|^\s*(?P<old>[1-9]\d)\s*-?\s*(?:(?:yrs?|years?)\s*-?\s*old|yo|y/o)\s*$",
    re.IGNORECASE,
)
_AFTER_AGE = word_set(
    "and but from live living in years yrs now with call male female next this today my i im single so"
)
_BARE_AGE = re.compile(r"\s*(?P<age>1[6-9]|[2-9]\d)\s*(?:m|f|male|female|yrs?|years?)?\s*", re.IGNORECASE)
_LIVES_AT = re.compile(
    r"\b(?:live|living|lives|stay|staying|postcode|address|based|home|from|area|flat|house|post code)\b", re.IGNORECASE
)
_NFA_PLAIN = re.compile(
    r"\b(?:nfa|no fixed (?:address|abode)|of no fixed abode|i(?:'?m| am)? (?:currently )?(?:sofa ?surfing|sleeping rough))\b",
    re.IGNORECASE,
)
_ACCESS = re.compile(
    r"\b(?:(?:need|use|want|with|require)(?: a| an)? (?:\w+ )?(?:interpreter|interpretor|translator|bsl|sign language|easy read|large print|braille|step free|screen reader)|bsl|easy[- ]read|i(?:m| am) (?:deaf|blind|hard of hearing|partially sighted|dyslexic|autistic|a wheelchair user|in a wheelchair)|i (?:only |mostly )?speak (?:no|little|only|(?!good |fluent |english)\w+)|dont speak (?:much |good |any )?english|wheelchair user)\b"
)
_FOR_WHOM = re.compile(
    r"\b(?:(?:this is|it ?s|its|i(?:m| am) (?:here|writing|texting|asking|messaging|doing this|contacting you|getting in touch|filling this in|calling)|asking|doing this|writing|referring) (?:for|about|on behalf of|to refer) (?:my|a|our|someone|myself|me)\b|on behalf of (?:my|a|our)|i(?:m| am) (?:a |an |his |her |their )(?:\w+ )?(?:social worker|support worker|key ?worker|nurse|gp|care ?coordinator|housing officer|mum|mother|dad|father|sister|brother|wife|husband|carer)\b)"
)
_IN_LAMBETH = re.compile(
    r"\bi (?:live|stay|am living|ve lived|have lived) in (?:lambeth|brixton|streatham|stockwell|kennington|vauxhall|tulse hill|west norwood)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_LABELLED_NHS = re.compile(r"\bnhs\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Message:
    """What is looked at: the text, its clauses about the writer, and whether it is told like a list or like a story."""

    text: str
    own: tuple[str, ...]
    now: datetime
    asked: str | None
    listed: bool
    long: bool


def find(text: str, *, now: datetime, asked: str | None = None, address: str | None = None) -> dict[str, Parsed]:
    """Facts by ask, the asked one included if it is there. Clauses about other people give none; nothing found is ever complete but the asked one."""
    found: dict[str, Parsed] = {}
    answer = (
        registry.parse(asked, text, now=now, address=address)
        if asked in registry.ASKS and asked is not None and text.strip()
        else None
    )
    if text.strip() and (answer is None or not _only_words(asked, answer)):
        message = _read(text, now=now, asked=asked)
        found = {
            ask: replace(parsed, complete=False)
            for look in (_born, _numbers, _place, _reach, _others)
            for ask, parsed in look(message).items()
        }
        if asked != "introducer_name":
            stated = not _STATED.isdisjoint(found)
            called = name_facts.find(message.own, asked=asked, listed=message.listed and stated)
            found = {**{ask: replace(name, complete=False) for ask, name in called.items()}, **found}
    if answer is not None and asked is not None:
        found[asked] = answer
    return found


def _only_words(asked: str | None, answer: Parsed) -> bool:
    """A complete answer leaves room for other facts only where it is long enough to hold them."""
    return answer.complete and len(answer.words.split()) <= 2 and asked not in CONTACT


def _read(text: str, *, now: datetime, asked: str | None) -> _Message:
    parts = list(clauses(text))
    own: list[str] = []
    third = False
    for part in parts:
        third = bool(_THIRD.search(plain(part))) or (third and not re.search(r"\b(?:i|im|my|me)\b", plain(part)))
        if not third:
            own.append(part)
    short = [part for part in parts if len(part.split()) <= 5]
    return _Message(
        text=text,
        own=tuple(own),
        now=now,
        asked=asked,
        listed=len(parts) >= 2 and len(short) >= len(parts) - 1,
        long=len(text.split()) > STORY,
    )


def _reach(message: _Message) -> dict[str, Parsed]:
    near = message.asked in CONTACT
    return contact_facts.find(tuple(clauses(message.text)) if near else message.own, now=message.now, near=near)


def _born(message: _Message) -> dict[str, Parsed]:
    found: dict[str, Parsed] = {}
    for part in message.own:
        born = dates.parse(part, now=message.now)
        if (
            born
            and dates.age(born.value, now=message.now) >= 10
            and (_BORN.search(part) or (not message.long and not _EVENT.search(part) and _alone(part, born)))
        ):
            found["date_of_birth"] = born
            found["adult"] = Parsed(dates.age(born.value, now=message.now) >= 18, born.words)
            continue
        age = _age(part, message)
        if age is not None and "adult" not in found:
            found["adult"] = Parsed(age >= 18, part)
    return found


def _age(part: str, message: _Message) -> int | None:
    told = _OWN_AGE.search(same_length(part))
    if told and dates.parse(part, now=message.now) is None:
        after = re.match(r"\s+([a-z]+)", part[told.end() :].lower())
        counted = after and after.group(1) not in _AFTER_AGE
        return None if counted and told.group("age") else int(told.group("age") or told.group("old"))
    bare = _BARE_AGE.fullmatch(part)
    return (
        int(bare.group("age"))
        if bare
        and message.listed
        and not message.long
        and message.asked not in ("date_of_birth", "needs", "nhs_number", "phone", "best_time")
        else None
    )


def _alone(part: str, born: Parsed) -> bool:
    at = part.find(born.words)
    if at < 0:
        return born.complete
    rest = re.sub(
        r"\b(?:i'?m|my name is|name)?\s*[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?",
        " ",
        without(part, (at, at + len(born.words))),
    )
    return born.complete or only_filler(_plain_facts_cut(rest))


def _plain_facts_cut(rest: str) -> str:
    spans = [(start, end) for start, end, _ in [*phones.spans(rest), *postcodes.spans(rest)]]
    return without(rest, *spans)


def _numbers(message: _Message) -> dict[str, Parsed]:
    found: dict[str, Parsed] = {}
    own = "\n".join(message.own)
    numbers = phones.spans(own)
    if (
        len({number for *_, number in numbers}) == 1
        and message.asked != "introducer_phone"
        and len(phones.spans(message.text)) == len(numbers)
    ):
        start, end, number = numbers[0]
        found["phone"] = Parsed(number, own[start:end])
    address = emails.parse(own)
    if address:
        found["email"] = address
    nhs = nhs_numbers.parse(own)
    if nhs and _LABELLED_NHS.search(message.text):
        found["nhs_number"] = nhs
    return found


def _place(message: _Message) -> dict[str, Parsed]:
    if message.asked == "whereabouts":
        return {}
    found: dict[str, Parsed] = {}
    for part in message.own:
        codes = postcodes.spans(part)
        if len({code for *_, code in codes}) == 1:
            start, end, code = codes[0]
            full = " " in code
            alone = only_filler(
                without(part, *((s, e) for s, e, _ in codes)),
                also=("live", "living", "london", "brixton", "lambeth", "area", "postcode", "based"),
            )
            undated = _DATE.sub(" ", part)
            if re.search(
                r"\b(?:was|used to|lived|grew up|were|before|moved from|ex|outside|meet|met|work|working|near|visit\w*|(?:19|20)\d\d)\b",
                undated,
                re.IGNORECASE,
            ):
                continue
            if (
                full
                or (alone and not message.long)
                or _LIVES_AT.search(part)
                or (part[start:end].isupper() and not message.long)
            ):
                found["postcode"] = Parsed(code, part[start:end])
        elif (
            _NFA_PLAIN.search(part)
            and "postcode" not in found
            and not re.search(r"\bnot\b|\bused to\b|\bwas\b", part, re.IGNORECASE)
        ):
            found["postcode"] = Parsed(dict(postcodes.NO_FIXED_ADDRESS), part)
        if (
            _IN_LAMBETH.search(part)
            and message.asked != "lambeth_link"
            and (link := circumstances.lambeth_link(part))
            and link.value in ("lives", "both")
        ):
            found["lambeth_link"] = link
    return found


def _others(message: _Message) -> dict[str, Parsed]:
    found: dict[str, Parsed] = {}
    if (
        message.asked in (None, "consent")
        and _FOR_WHOM.search(plain(message.text))
        and (whom := circumstances.about_whom(message.text))
    ):
        found["about_whom"] = whom
    wanted = [part for part in message.own if _ACCESS.search(plain(part))]
    if (
        wanted
        and message.asked != "access_needs"
        and (need := access.parse(" ".join(wanted)))
        and need.value["needs"] != ["other"]
    ):
        found["access_needs"] = need
    return found
