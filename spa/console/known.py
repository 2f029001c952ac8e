"""What is known of somebody whose conversation has not become an introduction: a name, a number, from the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spa.models import Conversation, Introduction


@dataclass(frozen=True)
class Known:
    """Each is "" where it was not given."""

    name: str
    phone: str
    born: str
    reference: str


def known(conversation: Conversation, introduction: Introduction | None) -> Known:
    """From the introduction where there is one, else from the answers so far; on SMS the phone they write from."""
    if introduction is not None:
        person, contact = introduction.document["person"], introduction.document["contact"]
        phone = contact.get("phone") or conversation.address or ""
        return Known(_name(person), phone, person.get("date_of_birth") or "", introduction.reference)
    answers = conversation.draft.get("answers", {})
    name = _given(answers, "full_name") or _given(answers, "preferred_name")
    return Known(name, _given(answers, "phone") or conversation.address or "", _given(answers, "date_of_birth"), "")


def _name(person: Mapping[str, Any]) -> str:
    return str(person["full_name"] or person.get("preferred_name") or "")


def _given(answers: Mapping[str, Any], ask: str) -> str:
    """The text of one answer of a draft ({"value", "status", "words"})."""
    answer = answers.get(ask)
    value = answer.get("value") if isinstance(answer, Mapping) else None
    return value if isinstance(value, str) else ""
