"""Each section of an introduction's document (introduction.schema.json) as rows of question and answer, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spa.console import wording
from spa.console.contact_rules import phone_number

NOT_ASKED = "Not asked"
NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class Row:
    """One answer. `missing`: it was not asked or not given; `alarming`: it must stand out."""

    label: str
    value: str
    missing: bool = False
    alarming: bool = False


def _answer(answers: Mapping[str, Any], key: str, label: str, words: Mapping[str, str] | None = None) -> Row:
    """Absent is "not asked", null is "not given" (introduction.schema.json); yes and no in words."""
    if key not in answers:
        return Row(label, NOT_ASKED, missing=True)
    value = answers[key]
    if value is None:
        return Row(label, NOT_GIVEN, missing=True)
    if isinstance(value, bool):
        return Row(label, "Yes" if value else "No")
    return Row(label, wording.plain(value, words) if words else str(value))


def contact(contact: Mapping[str, Any]) -> tuple[Row, ...]:
    """How to reach them."""
    phone = phone_number(contact.get("phone"))
    return (
        Row("Phone", phone or NOT_GIVEN, missing=not phone),
        _answer(contact, "preferred", "Prefers", wording.CONTACT_METHODS),
        _answer(contact, "best_time", "Best time"),
        _answer(contact, "email", "Email"),
    )


def access(access: Mapping[str, Any]) -> tuple[Row, ...]:
    """Language, interpreter, what they need to take part."""
    needs = [wording.plain(need, wording.ACCESS_NEEDS) for need in access.get("needs", ())]
    asked = "needs" in access
    return (
        _answer(access, "language", "Language", wording.LANGUAGES),
        _answer(access, "interpreter", "Interpreter"),
        Row("Needs", ", ".join(needs) if needs else ("None named" if asked else NOT_ASKED), missing=not needs),
        _answer(access, "notes", "In their words"),
    )


def person(person: Mapping[str, Any]) -> tuple[Row, ...]:
    """Who they are and where they live."""
    homeless = person.get("no_fixed_address") is True
    return (
        Row("Full name", person["full_name"]),
        _answer(person, "preferred_name", "Likes to be called"),
        _answer(person, "lambeth_link", "Link to Lambeth", wording.LAMBETH_LINKS),
        Row("Address", "NO FIXED ADDRESS", alarming=True) if homeless else _answer(person, "address", "Address"),
        _answer(person, "postcode", "Postcode"),
        _answer(person, "gp_practice", "GP practice"),
    )


def story(story: Mapping[str, Any]) -> tuple[Row, ...]:
    """How long it has been, and how much it gets in the way."""
    return (_answer(story, "duration", "How long"), _answer(story, "impact", "Gets in the way", wording.IMPACTS))


def safety(safety: Mapping[str, Any]) -> tuple[Row, ...]:
    """What they said to the safety questions; an answer that calls for care stands out."""
    rows: tuple[tuple[str, str, Mapping[str, str], Sequence[str]], ...] = (
        (
            "suicidal_thoughts",
            "Thoughts of suicide",
            wording.SUICIDAL_THOUGHTS,
            ("passive", "active", "plan", "attempt_recent"),
        ),
        ("self_harm", "Self-harm", wording.SELF_HARM, ("recent", "current")),
        ("safe_at_home", "Safe where they are", wording.SAFE_AT_HOME, ("no", "unsure")),
        ("harm_to_others", "Hurting someone else", wording.HARM_TO_OTHERS, ("thoughts", "intent")),
        ("dependants", "Looks after", {}, ()),
    )
    return tuple(_safety_row(safety, key, label, words, alarms) for key, label, words, alarms in rows)


def _safety_row(
    safety: Mapping[str, Any], key: str, label: str, words: Mapping[str, str], alarms: Sequence[str]
) -> Row:
    row = _answer(safety, key, label, words or None)
    declined = safety.get(key) == "declined"
    return Row(row.label, row.value, missing=row.missing or declined, alarming=safety.get(key) in alarms)


def support(support: Mapping[str, Any]) -> tuple[Row, ...]:
    """What help they have."""
    return (
        _answer(support, "current", "Help now"),
        _answer(support, "medication", "Medicines"),
        _answer(support, "gp_knows", "GP knows"),
        _answer(support, "previous_services", "Services before"),
    )


def introducer(introducer: Mapping[str, Any], consent: Mapping[str, Any]) -> tuple[Row, ...]:
    """Who wrote it, and what was agreed to."""
    relationship = wording.plain(introducer["relationship"], wording.RELATIONSHIPS)
    shares = Row(
        "Agreed to share with the Alliance",
        "Yes" if consent["share_with_alliance"] else "NO",
        alarming=not consent["share_with_alliance"],
    )
    written_by = Row("Written by", relationship)
    gp = _answer(consent, "contact_gp", "Agreed to contact with the GP")
    if introducer["relationship"] == "self":
        return (written_by, shares, gp)
    phone = phone_number(introducer.get("phone"))
    return (
        written_by,
        _answer(introducer, "name", "Name"),
        Row("Phone", phone or NOT_GIVEN, missing=not phone),
        _answer(introducer, "organisation", "Organisation"),
        _answer(introducer, "person_knows", "The person knows"),
        shares,
        gp,
    )


def equality(equality: Mapping[str, Any]) -> tuple[Row, ...]:
    """Only what was asked: these questions are optional, and come after handing over."""
    words = {"ethnic_category": wording.ETHNIC_CATEGORIES}
    return tuple(_answer(equality, key, wording.plain(key), words.get(key)) for key in equality)
