"""One parser per question: `parse(ask, text, now=…)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.intake.parsing import (
    access,
    circumstances,
    contact,
    dates,
    durations,
    emails,
    equality,
    free_text,
    goals,
    names,
    needs,
    nhs_numbers,
    phones,
    postcodes,
    safety,
    times,
    yes_no,
)
from bot.intake.parsing.choices import resolve
from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain
from bot.intake.turn import Choice


@dataclass(frozen=True)
class Given:
    """What a parser may look at: the text and what is known around it."""

    text: str
    now: datetime
    choices: Sequence[Choice] = ()
    choice: str | None = None
    address: str | None = None


Parser = Callable[[Given], "Parsed | None"]

_YES_NO = frozenset(
    {
        "consent",
        "adult",
        "ok_to_text",
        "voicemail_ok",
        "equality_ok",
        "person_knows",
        "veteran",
        "carer",
        "suicidal_plan",
    }
)
"""Asks whose value is a bool: their tapped "yes" and "no" become one."""
_PLAIN_WORDS_ONLY = frozenset({"suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home", "check"})
"""Where half a label ("not now") is too little to go by."""
_TAPPED_WORDS = {"any": "any time"}
_KEPT_AS_PICKED = frozenset(
    {
        "about_whom",
        "lambeth_link",
        "impact",
        "suicidal_thoughts",
        "self_harm",
        "safe_at_home",
        "contact_method",
        "ethnic_category",
        "gender_identity",
        "sexual_orientation",
        "religion",
        "relationship",
    }
)

_PARSERS: dict[str, Parser] = {
    "consent": lambda given: yes_no.parse(given.text),
    "about_whom": lambda given: circumstances.about_whom(given.text),
    "adult": lambda given: circumstances.adult(given.text, now=given.now),
    "lambeth_link": lambda given: circumstances.lambeth_link(given.text),
    "relationship": lambda given: circumstances.relationship(given.text),
    "introducer_name": lambda given: names.parse(given.text, full=True),
    "introducer_phone": lambda given: phones.parse(given.text, address=given.address),
    "introducer_organisation": lambda given: free_text.organisation(given.text),
    "person_knows": lambda given: circumstances.person_knows(given.text),
    "story": lambda given: free_text.story(given.text),
    "needs": lambda given: needs.revise((), given.text, choices=given.choices, choice=given.choice),
    "duration": lambda given: durations.parse(given.text),
    "impact": lambda given: circumstances.impact(given.text),
    "goals": lambda given: goals.parse(given.text),
    "suicidal_thoughts": lambda given: safety.suicidal_thoughts(given.text),
    "suicidal_plan": lambda given: safety.suicidal_plan(given.text),
    "self_harm": lambda given: safety.self_harm(given.text),
    "safe_at_home": lambda given: safety.safe_at_home(given.text),
    "dependants": lambda given: free_text.dependants(given.text),
    "support_now": lambda given: free_text.support_now(given.text),
    "full_name": lambda given: names.parse(given.text, full=True),
    "preferred_name": lambda given: names.parse(given.text),
    "date_of_birth": lambda given: dates.parse(given.text, now=given.now),
    "phone": lambda given: phones.parse(given.text, address=given.address),
    "contact_method": lambda given: contact.parse(given.text),
    "ok_to_text": lambda given: contact.ok_to_text(given.text, asked=True),
    "voicemail_ok": lambda given: contact.voicemail_ok(given.text, asked=True),
    "best_time": lambda given: times.parse(given.text),
    "email": lambda given: emails.parse(given.text),
    "postcode": lambda given: postcodes.parse(given.text),
    "gp_practice": lambda given: free_text.gp_practice(given.text),
    "nhs_number": lambda given: nhs_numbers.parse(given.text),
    "access_needs": lambda given: access.parse(given.text, choices=given.choices, choice=given.choice),
    "whereabouts": lambda given: free_text.whereabouts(given.text),
    "check": lambda given: _check(given.text),
    "equality_ok": lambda given: yes_no.parse(given.text),
    "ethnic_category": lambda given: equality.ethnic_category(given.text),
    "gender_identity": lambda given: equality.gender_identity(given.text),
    "sexual_orientation": lambda given: equality.sexual_orientation(given.text),
    "religion": lambda given: equality.religion(given.text),
    "disability": lambda given: free_text.disability(given.text),
    "veteran": lambda given: yes_no.parse(given.text),
    "carer": lambda given: yes_no.parse(given.text),
}

ASKS = frozenset(_PARSERS)
"""Ask ids with a parser of their own. Any other is read from its choices, as yes or no, or as own words."""

_PROBLEMS: dict[str, Callable[[Given], str | None]] = {
    "date_of_birth": lambda given: dates.problem(given.text, now=given.now),
    "phone": lambda given: phones.problem(given.text),
    "introducer_phone": lambda given: phones.problem(given.text),
    "nhs_number": lambda given: nhs_numbers.problem(given.text),
    "postcode": lambda given: postcodes.problem(given.text),
    "email": lambda given: emails.problem(given.text),
}


def parse(
    ask: str,
    text: str,
    *,
    now: datetime,
    choice: str | None = None,
    address: str | None = None,
    choices: Sequence[Choice] = (),
) -> Parsed | None:
    """The answer to this question that the message gives, None if it gives none. See the package's docstring."""
    given = Given(text, now, choices, choice, address)
    if ask not in _PARSERS:
        return _other(given)
    if ask in ("needs", "access_needs"):
        return _PARSERS[ask](given)
    picked = resolve(text, choices, choice=choice, exact=ask in _PLAIN_WORDS_ONLY)
    if len(picked) == 1:
        settled = _settled(ask, picked[0], given)
        if settled is not None or choice is not None:
            return settled
    return _PARSERS[ask](given) if len(picked) <= 1 and choice is None else None


def problem(ask: str, text: str, *, now: datetime) -> str | None:
    """Why a text that looks like an answer was refused, None where there is nothing to say. Codes: the package's docstring."""
    find = _PROBLEMS.get(ask)
    return find(Given(text, now)) if find else None


def _settled(ask: str, value: str, given: Given) -> Parsed | None:
    """A picked choice as this ask's value; None where picking it is not an answer ("tell me more", "change something")."""
    words = given.text.strip() or next((offered.label for offered in given.choices if offered.value == value), value)
    if ask in _YES_NO:
        return Parsed(value == "yes", words) if value in ("yes", "no") else None
    if ask in ("phone", "introducer_phone"):
        return Parsed(given.address, words) if value == "yes" and given.address else None
    if ask == "postcode":
        return Parsed(dict(postcodes.NO_FIXED_ADDRESS), words) if value == "no_fixed_address" else None
    if ask == "check":
        return Parsed("yes", words) if value == "yes" else None
    if ask in ("story", "preferred_name"):
        return None
    if ask == "best_time":
        return Parsed(_TAPPED_WORDS.get(value, value), words)
    if ask in _KEPT_AS_PICKED or value == free_text.NOTHING:
        return Parsed(value, words)
    return None


def _check(text: str) -> Parsed | None:
    """Only a plain yes sends it; "yes but the phone is wrong" does not."""
    said = plain(text)
    if said in (
        "send",
        "send it",
        "submit",
        "submit it",
        "all correct",
        "looks good",
        "looks right",
        "perfect",
        "spot on",
        "yes send it",
        "yes send",
        "all good",
        "looks good send it",
        "its all right",
        "all right",
        "its right",
        "its correct",
        "happy with that",
        "yes that is all right",
        "yes all correct",
        "everything is right",
        "yes looks good",
        "yes all good",
        "thats all correct",
        "thats all right",
        "please send it",
        "send it please",
        "yes please send it",
        "good to go",
    ):
        return Parsed("yes", text.strip())
    plainly = yes_no.parse(text)
    return Parsed("yes", text.strip()) if plainly and plainly.value and plainly.complete else None


def _other(given: Given) -> Parsed | None:
    values = {offered.value for offered in given.choices}
    yes_or_no = values == {"yes", "no"}
    picked = resolve(given.text, given.choices, choice=given.choice)
    value: Any
    if len(picked) == 1:
        value = picked[0] == "yes" if yes_or_no else picked[0]
        return Parsed(value, given.text.strip() or picked[0])
    if given.choice is not None or len(picked) > 1:
        return None
    if yes_or_no:
        return yes_no.parse(given.text)
    return None if given.choices else free_text.own_words(given.text)
