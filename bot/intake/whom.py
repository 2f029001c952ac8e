"""Who the introduction is about, where the message tells it without answering in so many words; and what it tells of the introducer."""

from __future__ import annotations

import re
from typing import Any

from bot.intake import draft as drafts
from bot.intake import questions, reading
from bot.intake.draft import Draft
from bot.intake.parsing import choices, needs, yes_no
from bot.intake.parsing.parsed import Parsed
from bot.intake.turn import Inbound

TELLS_FROM = 4
"""Words from which a message in the first person tells of the writer."""
_FIRST_PERSON = re.compile(r"\b(?:i|i['’]?m|i['’]?ve|im|ive|me|my|myself)\b", re.IGNORECASE)
_SOMEONE_ELSE = re.compile(
    r"\b(?:he|she|they|him|her|them|his|their|theirs|behalf|someone|somebody|son|daughter|child|kids?|mum|mother|dad|father|parents?|"
    r"brother|sister|wife|husband|partner|girlfriend|boyfriend|friend|mate|nan|neighbour|cousin|aunt\w*|uncle|niece|nephew|"
    r"client|patient|tenant|service user|resident|refer\w*|worker|nurse|gp|doctor)\b",
    re.IGNORECASE,
)
_STARTS_WITH_ME = re.compile(r"\s*(?:(?:just|it['’]?s|for|about|yes|yeah)\s+)*(?:me|myself)\b", re.IGNORECASE)
_WORKPLACE = re.compile(
    r"\b(?:work(?:er|s|ing)?|nurse|officer|coordinator|practitioner|advis[eo]r|manager|navigator|therapist|doctor|gp|teacher|counsellor|"
    r"calling|writing)\b[^.,;!?]{0,40}?\b(?:at|for|from|with)\s+(?P<place>(?:the\s+)?[A-Z][\w&'’-]*(?:\s+(?:[A-Z&][\w&'’-]*|of|and|the))*)"
)


def parse(draft: Draft, inbound: Inbound) -> Parsed | None:
    """ "me" from a plain yes to "is this about you", from facts somebody gives of themself, or from an account in the first person."""
    text = inbound.text.strip()
    if inbound.choice is not None or not text:
        return None
    if _was_asked_if_it_is_them(draft):
        plainly = yes_no.parse(text)
        if plainly and plainly.complete and plainly.value is True:
            return Parsed("me", text)
    if _SOMEONE_ELSE.search(text) or text.endswith("?"):
        return None
    if _STARTS_WITH_ME.match(text):
        return Parsed("me", text, complete=False)
    if _FIRST_PERSON.search(text) and len(text.split()) >= TELLS_FROM:
        return Parsed("me", text, complete=False)
    return None


def begins_with_me(text: str) -> bool:
    """ "me, you idiot": it is about them, whatever else it says."""
    return bool(_STARTS_WITH_ME.match(text)) and not _SOMEONE_ELSE.search(text)


def told_besides(draft: dict[str, Any], inbound: Inbound) -> dict[str, Any]:
    """The draft with all else that an answer to "who is this about" tells: how they are known, where a worker works, and the story it began."""
    offered = questions.load()["about_whom"].own.choices[inbound.channel]
    if choices.resolve(inbound.text, offered, choice=inbound.choice):
        return draft
    if drafts.value(draft, "about_whom") == "someone_i_know":
        said = reading.parse(draft, "relationship", inbound)
        draft = drafts.answer(draft, "relationship", said.value, words=said.words) if said else draft
    place = _WORKPLACE.search(inbound.text)
    if drafts.value(draft, "about_whom") == "professional" and place:
        draft = drafts.answer(draft, "introducer_organisation", place["place"].strip(), words=inbound.text)
    return drafts.add_story(draft, inbound.text) if needs.hear([inbound.text]) else draft


def _was_asked_if_it_is_them(draft: Draft) -> bool:
    return str(draft["told"]).endswith(questions.load()["about_whom"].own.short)
