"""The facts and searched words of an introduction's document, kept beside it so that no list or report opens documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from spa.models import Conversation, Introduction, IntroductionFact, IntroductionSearch

DECLINED = "declined"
"""The value of an equality question that was asked and not answered. One that was not asked is no fact at all."""

EQUALITY = ("ethnic_category", "gender_identity", "sexual_orientation", "religion", "disability", "veteran", "carer")
AGES = ((18, "under_18"), (25, "18_to_24"), (35, "25_to_34"), (45, "35_to_44"), (55, "45_to_54"), (65, "55_to_64"))
OLDEST = "65_or_over"
LONGEST = 64
FEWEST_DIGITS = 4
"""Digits, without what every number begins with, below which a number is too short to look for a phone by."""


def of_document(document: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """(name, value) of everything that is counted, narrowed or found by. Free text is never among them."""
    born, access, phone = document["person"].get("date_of_birth"), document["access"], document["contact"].get("phone")
    found = {("channel", document["channel"]), ("introducer", document["introducer"]["relationship"])}
    found |= {("need", need["domain"]) for need in document["needs"]}
    found |= {("outcome", outcome) for goal in document["goals"] for outcome in goal["outcomes"]}
    found |= {(name, _stated(name, value)) for name, value in document.get("equality", {}).items() if name in EQUALITY}
    if phone:
        found.add(("phone", phone[:LONGEST]))
    if born:
        found.add(("born", born))
        found.add(("age", age_band(date.fromisoformat(born), datetime.fromisoformat(document["submitted_at"]).date())))
    if access.get("interpreter") or "bsl" in access.get("needs", ()):
        found.add(("interpreter", "yes"))
    return frozenset(found)


def age_band(born: date, on: date) -> str:
    """ "25_to_34" of the age in whole years."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((name for limit, name in AGES if years < limit), OLDEST)


def searched(document: Mapping[str, Any]) -> str:
    """What a search looks in: names, reference and phone numbers as they are dialled here, folded, one a line."""
    person, introducer = document["person"], document["introducer"]
    names = (person["full_name"], person.get("preferred_name"), introducer.get("name"), document["reference"])
    phones = (document["contact"].get("phone"), introducer.get("phone"))
    return "\n".join([*(folded(name) for name in names if name), *(dialled(phone) for phone in phones if phone)])


def keep(session: Session, introduction: Introduction) -> None:
    """Make them again from the document as it is now."""
    reference = introduction.reference
    session.execute(delete(IntroductionFact).where(IntroductionFact.introduction_reference == reference))
    session.add_all(
        IntroductionFact(
            introduction_reference=reference, name=name, value=value, submitted_at=introduction.submitted_at
        )
        for name, value in sorted(of_document(introduction.document))
    )
    session.merge(IntroductionSearch(introduction_reference=reference, words=searched(introduction.document)))


def having(name: str, value: str) -> ColumnElement[bool]:
    """Whether an introduction has this fact."""
    fact = IntroductionFact
    return Introduction.reference.in_(select(fact.introduction_reference).where(fact.name == name, fact.value == value))


def found_by(typed: str) -> ColumnElement[bool]:
    """Whether every word typed is in an introduction's names or reference, or the digits in one of its phone numbers."""
    search = IntroductionSearch
    words = [search.words.contains(word, autoescape=True) for word in folded(typed).split()]
    named = Introduction.reference.in_(select(search.introduction_reference).where(*words))
    _, own = _parted(typed)
    if len(own) < FEWEST_DIGITS or re.search(r"[^\W\d_]", typed):
        return named
    numbered = select(search.introduction_reference).where(search.words.contains(dialled(typed)))
    # The phone it was texted from is the conversation's own, and goes from there when its time is over.
    texted = select(Conversation.id).where(Conversation.address.contains(own))
    return named | Introduction.reference.in_(numbered) | Introduction.conversation_id.in_(texted)


def folded(text: str) -> str:
    """Without capitals and extra spaces."""
    return " ".join(text.casefold().split())


def dialled(phone: str) -> str:
    """Digits as they are dialled here: "07700900123" of "+44 7700 900123", of "0044 7700 900123" and of "07700 900123"."""
    here, own = _parted(phone)
    return f"0{own}" if here else own


def _parted(phone: str) -> tuple[bool, str]:
    """Whether it begins as a number of this country does, and its digits without what it begins with (00, 44, 0)."""
    digits = re.sub(r"\D", "", phone).removeprefix("00")
    return digits.startswith(("44", "0")), digits.removeprefix("44").removeprefix("0")


def _stated(name: str, value: Any) -> str:
    """An equality answer as it is counted. What somebody wrote about a disability is not: only that there is one."""
    if value is None:
        return DECLINED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "disability":
        return "no" if value == "none" else "yes"
    return str(value)[:LONGEST]
