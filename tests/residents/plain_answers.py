"""What a resident answers who has nothing special to say, and what the introduction must hold for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.residents.personas import Persona

SAID: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "consent": ("yes", {"consent.share_with_alliance": True}),
    "about_whom": ("me", {"introducer.relationship": "self"}),
    "adult": ("yes", {}),
    "lambeth_link": ("I live in Lambeth", {"person.lambeth_link": "lives"}),
    "needs": ("that's right", {}),
    "duration": ("about a year", {"story.duration": "about a year"}),
    "impact": ("a lot", {"story.impact": "a_lot"}),
    "goals": ("I want to feel better", {}),
    "suicidal_thoughts": ("no", {"safety.suicidal_thoughts": "none"}),
    "suicidal_plan": ("no", {}),
    "self_harm": ("no", {"safety.self_harm": "none"}),
    "safe_at_home": ("yes", {"safety.safe_at_home": "yes"}),
    "dependants": ("no one", {"safety.dependants": "none"}),
    "support_now": ("no help now", {"support.current": "none"}),
    "full_name": ("{person.full_name}", {}),
    "preferred_name": ("{person.preferred_name}", {}),
    "date_of_birth": ("{person.date_of_birth}", {}),
    "phone": ("{contact.phone}", {}),
    "other_contact": ("skip", {}),
    "contact_method": ("a call", {"contact.preferred": "call"}),
    "ok_to_text": ("yes", {"contact.ok_to_text": True}),
    "voicemail_ok": ("no", {"contact.ok_to_leave_voicemail": False}),
    "best_time": ("any time", {"contact.best_time": "any time"}),
    "email": ("{contact.email}", {}),
    "postcode": ("{person.postcode}", {}),
    "gp_practice": ("{person.gp_practice}", {}),
    "nhs_number": ("{person.nhs_number}", {}),
    "access_needs": ("nothing", {"access.needs": []}),
    "relationship": ("family", {"introducer.relationship": "family"}),
    "introducer_name": ("{introducer.name}", {}),
    "introducer_phone": ("{introducer.phone}", {}),
    "introducer_organisation": ("{introducer.organisation}", {}),
    "person_knows": ("yes", {"introducer.person_knows": True}),
    "check": ("yes", {"approved_by_resident": True}),
    "equality_ok": ("no", {}),
    "whereabouts": ("at home", {}),
    "pass_on_anyway": ("yes please", {}),
    "human_ok": ("carry on", {}),
    "stop_ok": ("keep it", {}),
    "start_again_ok": ("no", {}),
    "change_which": ("nothing", {}),
    "add_more": ("nothing", {}),
}
"""Text by question, and the places it fills. A text in braces is the persona's own fact; without one the question is skipped."""
SKIPPED: Mapping[str, str] = {
    "email": "contact.email",
    "postcode": "person.postcode",
    "gp_practice": "person.gp_practice",
    "nhs_number": "person.nhs_number",
}
"""Questions that are skipped where the persona has no such fact, and the place that must then be empty."""


def plainly(persona: Persona, ask: str) -> str:
    """The plain answer of this persona to this question."""
    text = SAID[ask][0]
    if ask == "preferred_name" and "person.preferred_name" not in persona.facts:
        return str(persona.facts.get("person.full_name", "skip")).split()[0]
    if not text.startswith("{"):
        return text
    place = text.strip("{}")
    if place == "contact.phone" and persona.channel == "sms" and place not in persona.facts:
        return "yes, this number"
    value = persona.facts.get(place)
    return "skip" if value is None else as_written(place, str(value))


def expected(persona: Persona, asked: set[str]) -> dict[str, Any]:
    """What the introduction must hold: the persona's facts, and what follows from the plain answers they gave."""
    plain = {place: value for ask in asked - set(persona.says) for place, value in SAID[ask][1].items()}
    empty = {place: None for ask, place in SKIPPED.items() if ask in asked - set(persona.says)}
    return {**plain, **empty, **persona.facts}


def as_written(place: str, value: str) -> str:
    """A fact as people write it: "3 April 1991", "07700 900123"."""
    if place == "person.date_of_birth":
        born = date.fromisoformat(value)
        return f"{born.day} {born:%B} {born.year}"
    if place.endswith("phone"):
        return value.replace("+44", "0")[:5] + " " + value.replace("+44", "0")[5:]
    return value
