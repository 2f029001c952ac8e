"""How to reach somebody safely: the rules that staff must not miss, worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers

from spa.console import wording
from spa.console.times import years_old

ADULT = 18
UNSAFE = ("no", "unsure")
"""Answers to "do you feel safe where you are" that call for care."""


@dataclass(frozen=True)
class Rule:
    """`kind`: stop (never do this), ask (find out first) or go (they said it is all right)."""

    kind: str
    headline: str
    detail: str = ""


SAFE_TO_REPLY = Rule(
    "stop",
    "Safe to reply? Check first",
    "Somebody else may see or hear. DO NOT say who you are or why you are in touch "
    "until the person says that they are alone and free to talk. Withhold your number.",
)


def rules(document: Mapping[str, Any], *, now: datetime) -> tuple[Rule, ...]:
    """All rules of an introduction's document (introduction.schema.json). What was not answered is never taken as a yes."""
    found = [
        *_safe_to_reply(document),
        *_knows(document["introducer"]),
        *_shares(document["consent"]),
        *_permission(document["contact"].get("ok_to_leave_voicemail"), "leave a voicemail", "Voicemail"),
        *_permission(document["contact"].get("ok_to_text"), "text", "Text messages"),
        *_phone(document["contact"]),
        *_age(document["person"], now=now),
        *_interpreter(document["access"]),
    ]
    order = ("stop", "ask", "go")
    return tuple(sorted(found, key=lambda rule: order.index(rule.kind)))


def stops_so_far(answers: Mapping[str, Any], *, safeguarding: bool) -> tuple[Rule, ...]:
    """What must not be done to somebody who is still in the conversation: from the answers of its draft by ask
    ({"value", …}), and whether the crisis check saw a danger near them."""
    given = {
        ask: answers[ask].get("value") for ask in ("safe_at_home", "voicemail_ok", "ok_to_text") if answers.get(ask)
    }
    found = [SAFE_TO_REPLY] if safeguarding or given.get("safe_at_home") in UNSAFE else []
    if given.get("voicemail_ok") is False:
        found += _permission(False, "leave a voicemail", "Voicemail")
    if given.get("ok_to_text") is False:
        found += _permission(False, "text", "Text messages")
    return tuple(found)


def stops(
    answers: Mapping[str, Any], document: Mapping[str, Any] | None, *, safeguarding: bool, now: datetime
) -> tuple[Rule, ...]:
    """What must not be done when reaching them, from the draft's answers and from the introduction where there is one."""
    found = stops_so_far(answers, safeguarding=safeguarding)
    if document is not None:
        found += tuple(rule for rule in rules(document, now=now) if rule.kind == "stop")
    return tuple(dict.fromkeys(found))


def phone_number(number: str | None) -> str:
    """A number as people dial it here: "07700 900123"; as it is where it cannot be read."""
    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    national = parsed.country_code == 44
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, kind)


def is_safeguarding(document: Mapping[str, Any]) -> bool:
    """Whether the screen or the person themselves said that somebody near them may be a danger."""
    flagged = any(flag["level"] == "safeguarding" and not flag.get("retracted") for flag in document["flags"])
    return flagged or document["safety"].get("safe_at_home") in UNSAFE


def _safe_to_reply(document: Mapping[str, Any]) -> list[Rule]:
    return [SAFE_TO_REPLY] if is_safeguarding(document) else []


def _knows(introducer: Mapping[str, Any]) -> list[Rule]:
    if introducer["relationship"] == "self":
        return []
    if introducer.get("person_knows") is False:
        return [Rule("stop", "DO NOT contact the person yet", "They do not know. Speak to the introducer first.")]
    if introducer.get("person_knows") is None:
        return [Rule("ask", "Does the person know? Not answered", "Speak to the introducer first.")]
    return [Rule("go", "The person knows and agrees", "Said by the introducer.")]


def _shares(consent: Mapping[str, Any]) -> list[Rule]:
    stops = []
    if not consent["share_with_alliance"]:
        stops.append(Rule("stop", "DO NOT share outside the SPA", "No consent to share with the Alliance."))
    if consent.get("contact_gp") is False:
        stops.append(Rule("stop", "DO NOT contact the GP", "The person said no."))
    return stops


def _permission(allowed: bool | None, act: str, subject: str) -> list[Rule]:
    if allowed is None:
        return [Rule("ask", f"{subject}: not answered", f"Do not {act} until they say you may.")]
    return [Rule("go", f"{subject}: yes")] if allowed else [Rule("stop", f"DO NOT {act}")]


def _phone(contact: Mapping[str, Any]) -> list[Rule]:
    if contact.get("phone"):
        return []
    preferred = wording.plain(contact["preferred"], wording.CONTACT_METHODS) if contact.get("preferred") else ""
    return [Rule("ask", "No phone number", f"They asked for: {preferred.lower()}." if preferred else "")]


def _age(person: Mapping[str, Any], *, now: datetime) -> list[Rule]:
    born = person.get("date_of_birth")
    if born is None or years_old(born, now) >= ADULT:
        return []
    return [Rule("ask", f"Under {ADULT}", "Follow the route for children and young people (CAMHS).")]


def _interpreter(access: Mapping[str, Any]) -> list[Rule]:
    if "bsl" in access.get("needs", ()):
        return [Rule("ask", "Book a British Sign Language interpreter", "DO NOT rely on a voice call.")]
    if not access.get("interpreter"):
        return []
    language = access.get("language")
    named = wording.plain(language, wording.LANGUAGES) if language else "language not given"
    return [Rule("ask", f"Book an interpreter: {named}", "Do not ask family or friends to interpret.")]
