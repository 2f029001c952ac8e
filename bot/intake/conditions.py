"""When a question is put: named predicates over the draft, which `data/questions.yml` refers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.intake import draft as drafts

SUICIDAL = ("passive", "active", "plan", "attempt_recent")
CRISIS_LEVELS = ("crisis_imminent", "crisis_active")
SEEN_LEVELS = (*CRISIS_LEVELS, "harm_to_others", "self_harm", "safeguarding", "passive_low", "third_party")
RED_LEVELS = (*CRISIS_LEVELS, "harm_to_others", "self_harm", "safeguarding")


def someone_else(draft: Mapping[str, Any]) -> bool:
    """Somebody introduces another person."""
    return drafts.value(draft, "about_whom") in ("someone_i_know", "professional")


def someone_i_know(draft: Mapping[str, Any]) -> bool:
    """Family, a friend or a carer introduces the person."""
    return bool(drafts.value(draft, "about_whom") == "someone_i_know")


def professional(draft: Mapping[str, Any]) -> bool:
    """A worker introduces the person."""
    return bool(drafts.value(draft, "about_whom") == "professional")


def suicidal(draft: Mapping[str, Any]) -> bool:
    """The answer, or a flag of this conversation, calls for the question about a plan.

    A "no" after a flag does not take it away. Where an act is under way a person is on it, and asking about a plan would be cruel.
    """
    if drafts.value(draft, "suicidal_thoughts") in SUICIDAL:
        return True
    return drafts.flagged(draft, ("crisis_active",)) and not drafts.flagged(draft, ("crisis_imminent",))


def plan_question(draft: Mapping[str, Any]) -> bool:
    """Whether a plan is still to be asked about: not where the answer has told of one already."""
    return suicidal(draft) and drafts.value(draft, "suicidal_thoughts") != "plan"


def self_harm_question(draft: Mapping[str, Any]) -> bool:
    """The answer or a flag calls for the question about hurting oneself."""
    declined = drafts.status(draft, "suicidal_thoughts") == "declined"
    return suicidal(draft) or declined or drafts.flagged(draft, ("self_harm",))


def has_phone(draft: Mapping[str, Any]) -> bool:
    """A number was given, so it makes sense to ask about texts and voicemail."""
    return drafts.value(draft, "phone") is not None


def unreachable(draft: Mapping[str, Any]) -> bool:
    """A number was asked for and not given, and nothing else says how to reach the person."""
    if not drafts.answered(draft, "phone") or has_phone(draft):
        return False
    own_address = None if someone_else(draft) else draft.get("address")
    return not (own_address or drafts.value(draft, "email") or drafts.value(draft, "introducer_phone"))


def outside(draft: Mapping[str, Any]) -> str | None:
    """ "under_18" or "other_borough" where the answers say that this team is not for them; None otherwise."""
    if drafts.value(draft, "adult") is False:
        return "under_18"
    return "other_borough" if drafts.value(draft, "lambeth_link") == "neither" else None


def equality_wanted(draft: Mapping[str, Any]) -> bool:
    """The person agreed to the questions that come after."""
    return drafts.value(draft, "equality_ok") is True


PREDICATES: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "someone_else": someone_else,
    "someone_i_know": someone_i_know,
    "professional": professional,
    "suicidal": suicidal,
    "plan_question": plan_question,
    "self_harm_question": self_harm_question,
    "has_phone": has_phone,
    "unreachable": unreachable,
    "equality_wanted": equality_wanted,
}
