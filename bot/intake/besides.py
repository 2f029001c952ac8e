"""What comes beside an answer after a flag, or instead of it: the cards ask for a place and a number together with their own question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.intake import draft as drafts
from bot.intake import reading, safety
from bot.intake.draft import Draft
from bot.intake.parsing import phones
from bot.intake.parsing.places import names_a_place
from bot.intake.parsing.wording import without
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

_LEAD = re.compile(
    r"\b(?:and )?(?:(?:my|the) )?(?:number|phone|mobile|mob|tel)(?:'?s| is| number is)?\W*$", re.IGNORECASE
)
"""What stands before a number that is cut out."""
Effects = tuple[Mapping[str, Any], ...]


def number_taken(draft: Draft, inbound: Inbound, ask: str | None) -> tuple[Draft, Inbound, Effects]:
    """ "No, 07700 900123" at a question about safety, or a place with a number: the number is passed on, what is left is the answer.

    Draft and message as they came, and no effects, where there is no number beside other words or none was asked for.
    """
    asked = ask == "whereabouts" or (ask in safety.OWN_QUESTIONS and drafts.flagged(draft, safety.CALLED))
    if not asked or inbound.choice is not None or drafts.answered(draft, "phone"):
        return draft, inbound, ()
    found = phones.spans(inbound.text)
    rest = _LEAD.sub("", without(inbound.text, *((start, end) for start, end, _ in found))).strip(" ,.;:-\n")
    if len({number for _, _, number in found}) != 1 or not rest:
        return draft, inbound, ()
    known = drafts.answer(draft, "phone", found[0][2], words=inbound.text)
    return known, replace(inbound, text=rest), safety.details(known, "phone")


def only_a_number(inbound: Inbound, ask: str) -> bool:
    """Whether a phone number is all there is where own words were asked for: it belongs elsewhere."""
    if ask not in reading.OWN_WORDS or inbound.choice is not None:
        return False
    number = phones.parse(inbound.text)
    return number is not None and number.complete


def place_instead(draft: Draft, inbound: Inbound, ask: str) -> Step | None:
    """A place given where a number was asked for, after a red flag: it goes to those who were called, and the number is asked again."""
    where = ask == "phone" and drafts.flagged(draft, safety.CALLED) and drafts.value(draft, "whereabouts") is None
    if not where or not names_a_place(inbound.text):
        return None
    placed = drafts.answer(draft, "whereabouts", inbound.text.strip(), words=inbound.text)
    said = (say("safety.whereabouts", inbound.channel),)
    return Step(placed, said, safety.details(placed, "whereabouts"), ask=ask, short=True)


def number_instead(draft: Draft, inbound: Inbound, ask: str) -> Step | None:
    """A number alone where a place was asked for: the first card asks for both. It is passed on, and the place is asked again."""
    if ask != "whereabouts" or drafts.answered(draft, "phone"):
        return None
    number = reading.parse(draft, "phone", inbound) if any(sign.isdigit() for sign in inbound.text) else None
    if number is None or not number.complete:
        return None
    known = drafts.answer(draft, "phone", number.value, words=inbound.text)
    said = (say("safety.whereabouts", inbound.channel),)
    return Step(known, said, safety.details(known, "phone"), ask=ask, short=True)
