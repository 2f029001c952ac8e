"""Reads a message as the answer to one question: the parsers where there is one, the offered choices otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.intake import conditions, questions, speaking
from bot.intake import draft as drafts
from bot.intake.parsing import choices, corrections, facts, registry, yes_no
from bot.intake.parsing.parsed import Correction, Parsed
from bot.intake.parsing.wording import plain
from bot.intake.turn import Inbound

FREE = frozenset(
    (
        "story",
        "goals",
        "duration",
        "dependants",
        "support_now",
        "best_time",
        "disability",
        "whereabouts",
        "other_contact",
        "add_more",
        "change_which",
    )
)
"""Questions any text is an answer to, so that only a short and certain detour is taken for one."""
OPEN_ENDED = frozenset(("story", "goals", "other_contact", "add_more", "change_which"))
"""Of these, those whose answers have no form at all: nothing shows that a message is a whole answer to them."""
OWN_WORDS = ("goals", "duration", "dependants", "support_now", "best_time")
"""Of these, those of the way itself whose answers are kept in the resident's own words."""
ELSEWHERE = frozenset(("consent", "story", "needs", "check"))
"""Their answers go through handlers of their own, never in passing."""

OF_INTRODUCER = {"full_name": "introducer_name", "phone": "introducer_phone", "relationship": "relationship"}
"""What the introducer tells of themself, and the question it answers."""
_AS_OWN = {
    **dict.fromkeys(("his", "her", "their"), "my"),
    **dict.fromkeys(("he's", "she's", "they're", "he is", "she is", "they are"), "I'm"),
    **dict.fromkeys(("him", "them"), "me"),
    **dict.fromkeys(("he", "she", "they"), "I"),
}
_THEIRS = re.compile(r"\b(?:he|she|they)(?:['’]s|['’]re| is| are)?\b|\b(?:his|her|their|him|them)\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:my|i['’]?m|i am|me)\b", re.IGNORECASE)
_AMENDS = re.compile(r"^\s*(?:(?:no|nope|actually|sorry|wait|oh|oops|but|i meant|i mean)\b[\s,.:-]*)+", re.IGNORECASE)
_SAME_NAME = re.compile(
    r"(?:(?:just|yes|its|use|by) )*(?:the )?(?:same(?: (?:name|as (?:that|above|my name)|one|thing))?|that(?: (?:one|name|is fine))?|thats (?:fine|ok|good|my name)|my (?:first |own |normal )?name|(?:my )?first name)(?: (?:please|thanks|is fine|will do))*"
)
_SAME = re.compile(r"\b(?:same|this|mine)\b", re.IGNORECASE)


def parse(draft: Mapping[str, Any], ask: str, inbound: Inbound) -> Parsed | None:
    """The answer to this ask in the message; None where it is not understood."""
    question = questions.load()[ask]
    offered = speaking.offered(drafts.whole(draft), ask, channel=inbound.channel)
    if ask == "preferred_name" and (inbound.choice == "same" or _SAME_NAME.fullmatch(plain(inbound.text))):
        name = drafts.value(draft, "full_name")
        return Parsed(str(name).split()[0], inbound.text.strip()) if name else None
    if ask in registry.ASKS:
        own_number = inbound.address if _may_be_this_number(draft, ask, inbound) else None
        return registry.parse(
            ask, inbound.text, now=inbound.now, choice=inbound.choice, address=own_number, choices=offered
        )
    picked = choices.resolve(inbound.text, offered, choice=inbound.choice)
    if picked:
        return Parsed(picked[0] == "yes" if question.kind == "yes_no" else picked[0], inbound.text.strip())
    if question.kind == "yes_no":
        return yes_no.parse(inbound.text)
    if question.kind == "text" and inbound.text.strip():
        return Parsed(inbound.text.strip(), inbound.text.strip())
    return None


def _may_be_this_number(draft: Mapping[str, Any], ask: str, inbound: Inbound) -> bool:
    """A yes to "what is their number" is no number; "the same as mine" is."""
    return ask != "phone" or not conditions.someone_else(draft) or bool(_SAME.search(inbound.text))


def problem(ask: str, inbound: Inbound) -> str | None:
    """Why a text that looks like an answer was refused, as the parsers say it."""
    return registry.problem(ask, inbound.text, now=inbound.now) if ask in registry.ASKS else None


def others(draft: Mapping[str, Any], ask: str, inbound: Inbound) -> dict[str, Parsed]:
    """Facts in the message about other questions of this person's way that are still open."""
    found = facts_of(draft, inbound, ask)
    known = questions.load()
    return {
        one: parsed
        for one, parsed in found.items()
        if one != ask
        and one in known
        and one not in ELSEWHERE
        and known[one].phase == "path"
        and _fits(draft, one)
        and drafts.status(draft, one) != drafts.GIVEN
    }


def access_told(draft: Mapping[str, Any], inbound: Inbound) -> dict[str, Parsed]:
    """What would make it easier to talk, told where something else was asked: a language, large print; empty where there is none."""
    told = registry.parse("access_needs", inbound.text, now=inbound.now) if inbound.choice is None else None
    says = told is not None and (told.value.get("language") or told.value.get("interpreter") or told.value.get("needs"))
    if told is None or not says or drafts.status(draft, "access_needs") == drafts.GIVEN:
        return {}
    return {"access_needs": told}


def facts_of(draft: Mapping[str, Any], inbound: Inbound, ask: str | None) -> dict[str, Parsed]:
    """Every fact the message states, by ask; none in a tapped choice.

    Where somebody introduces another person, "his name is" tells of the person, and "my name is" of the introducer.
    """
    if inbound.choice is not None or not inbound.text.strip():
        return {}
    own = not conditions.someone_else(draft)
    text = inbound.text if own else _as_told_by_the_person(inbound.text)
    theirs = text != inbound.text
    found = facts.find(text, now=inbound.now, asked=ask, address=inbound.address if own else None)
    of_writer = bool(_MINE.search(inbound.text)) or not drafts.answered(draft, "introducer_phone")
    if own or theirs or not of_writer:
        return found
    if not _MINE.search(inbound.text):
        return {"introducer_phone" if one == "phone" else one: parsed for one, parsed in found.items()}
    return {OF_INTRODUCER[one]: parsed for one, parsed in found.items() if one in OF_INTRODUCER}


def _as_told_by_the_person(text: str) -> str:
    """ "his name is" -> "my name is", for parsers that read what people say of themselves."""
    return _THEIRS.sub(lambda match: _AS_OWN.get(match.group().lower().replace("’", "'"), match.group()), text)


def without_opener(text: str) -> str:
    """The text without "no", "sorry", "I meant" and the like in front."""
    return _AMENDS.sub("", text)


def changed(draft: Mapping[str, Any], inbound: Inbound, ask: str | None) -> dict[str, Parsed]:
    """Facts in the message that differ from what was answered before."""
    found = facts_of(draft, replace(inbound, text=without_opener(inbound.text)), ask)
    return {
        one: parsed
        for one, parsed in found.items()
        if one != ask and drafts.status(draft, one) == drafts.GIVEN and drafts.value(draft, one) != parsed.value
    }


def _fits(draft: Mapping[str, Any], ask: str) -> bool:
    """Whether the question's conditions hold; an answer given unasked is taken in any channel."""
    question = questions.load()[ask]
    return any(question.holds(draft, channel=channel) for channel in questions.CHANNELS) or ask in (
        "ok_to_text",
        "voicemail_ok",
    )


def correction(draft: Mapping[str, Any], ask: str | None, inbound: Inbound) -> Correction | None:
    """Something given before is wrong, says the message."""
    if inbound.choice is not None or not inbound.text.strip():
        return None
    found = corrections.find(
        inbound.text, now=inbound.now, asked=ask, answered=tuple(draft["order"]), address=inbound.address
    )
    of_introducer = conditions.someone_else(draft) and _MINE.search(inbound.text) and not _THEIRS.search(inbound.text)
    if found is None or not of_introducer or found.ask not in OF_INTRODUCER:
        return found
    return found._replace(ask=OF_INTRODUCER[found.ask])
