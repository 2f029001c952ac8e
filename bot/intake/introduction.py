"""One conversation as the introduction the SPA receives, valid against `spa/introduction.schema.json`. Absent: not asked; null: asked and
declined or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.intake import draft as drafts
from bot.intake import questions, summary
from bot.intake.conditions import professional, someone_else
from bot.intake.draft import Draft
from bot.intake.parsing import needs
from bot.intake.priority import priority

LEVELS = frozenset(
    (
        *("crisis_imminent", "crisis_active", "harm_to_others", "self_harm", "safeguarding"),
        *("passive_low", "third_party", "historical", "screen_failed"),
    )
)
"""Levels that are recorded as flags; a denial and an ordinary message are not."""
NOT_TOLD = "(nothing written; asked to talk to a person)"
NOT_NAMED = "(not given)"
EQUALITY = ("ethnic_category", "gender_identity", "sexual_orientation", "religion", "disability", "veteran", "carer")
_FROM_FLAGS = {"crisis_imminent": "active", "crisis_active": "active", "passive_low": "passive", "historical": "past"}


def document(
    draft: Mapping[str, Any],
    *,
    reference: str,
    channel: str,
    started_at: datetime,
    submitted_at: datetime,
    flags: Iterable[Mapping[str, Any]] = (),
    address: str | None = None,
) -> dict[str, Any]:
    """The introduction this draft makes. `flags`: {"level", "at", "words", "reasons", "retracted"?} of the conversation; `address`: the E.164
    number its texts came from."""
    whole = drafts.whole(draft)
    raised = [dict(flag) for flag in flags if flag["level"] in LEVELS]
    levels = [*whole["flags"], *(flag["level"] for flag in raised)]
    made = {
        "version": 1,
        "reference": reference,
        "status": "new",
        "channel": channel,
        "started_at": started_at.isoformat(),
        "submitted_at": submitted_at.isoformat(),
        "introducer": _introducer(whole, address),
        "consent": _consent(whole, submitted_at),
        "person": _person(whole),
        "contact": _contact(whole, address),
        "access": _access(whole),
        "story": _story(whole),
        "needs": _needs(whole),
        "goals": list(drafts.value(whole, "goals") or []),
        "safety": _safety(whole, levels),
        "support": _asked(whole, {"support_now": "current"}),
        "flags": raised,
        "priority": priority(whole, flags=raised),
        "summary": whole["approved"] or summary.text(whole, channel=channel),
        "approved_by_resident": whole["approved"] is not None,
    }
    equality = _asked(whole, {ask: ask for ask in EQUALITY})
    return made | ({"equality": equality} if equality else {})


def _asked(draft: Draft, names: Mapping[str, str]) -> dict[str, Any]:
    """Answers under their names in the document; null where declined or not known, left out where not asked."""
    return {name: drafts.value(draft, ask) for ask, name in names.items() if drafts.answered(draft, ask)}


def _introducer(draft: Draft, address: str | None) -> dict[str, Any]:
    if not someone_else(draft):
        return {"relationship": "self"}
    known = "professional" if professional(draft) else drafts.value(draft, "relationship") or "other"
    names = {
        "introducer_name": "name",
        "introducer_phone": "phone",
        "introducer_organisation": "organisation",
        "person_knows": "person_knows",
    }
    found = {"relationship": known, **_asked(draft, names)}
    if address and not found.get("phone"):
        found["phone"] = address
    return found


def _consent(draft: Draft, submitted_at: datetime) -> dict[str, Any]:
    return {
        "share_with_alliance": drafts.value(draft, "consent") is True,
        "given_at": draft["consent_at"] or submitted_at.isoformat(),
        "wording_version": draft["consent_wording"] or questions.load().version,
    }


def _person(draft: Draft) -> dict[str, Any]:
    found = {
        "full_name": drafts.value(draft, "full_name") or NOT_NAMED,
        "date_of_birth": drafts.value(draft, "date_of_birth"),
    }
    found |= _asked(draft, {ask: ask for ask in ("preferred_name", "gp_practice", "nhs_number")})
    link = drafts.value(draft, "lambeth_link")
    if drafts.answered(draft, "lambeth_link"):
        found["lambeth_link"] = link or "unsure"
    if drafts.answered(draft, "postcode"):
        postcode = drafts.value(draft, "postcode")
        homeless = isinstance(postcode, Mapping)
        found["postcode"] = None if homeless else postcode
        found["no_fixed_address"] = homeless
    return found


def _contact(draft: Draft, address: str | None) -> dict[str, Any]:
    """A text conversation about oneself can always be reached where it came from, whatever was skipped."""
    own_address = None if someone_else(draft) else address
    found = {"phone": drafts.value(draft, "phone") or own_address, "preferred": drafts.value(draft, "contact_method")}
    names = {
        "email": "email",
        "ok_to_text": "ok_to_text",
        "voicemail_ok": "ok_to_leave_voicemail",
        "best_time": "best_time",
    }
    return found | _asked(draft, names)


def _access(draft: Draft) -> dict[str, Any]:
    value = drafts.value(draft, "access_needs") or {}
    found = {key: value[key] for key in ("language", "interpreter", "needs", "notes") if key in value}
    other_way = drafts.value(draft, "other_contact")
    if other_way:
        found["notes"] = ". ".join(
            part for part in (found.get("notes"), f"Another way to reach them: {other_way}") if part
        )
    return found


def _story(draft: Draft) -> dict[str, Any]:
    words = [*(drafts.value(draft, "story") or []), *draft["telling"]]
    return {"own_words": words or [NOT_TOLD], **_asked(draft, {"duration": "duration", "impact": "impact"})}


def _needs(draft: Draft) -> list[dict[str, Any]]:
    """Confirmed needs, or those heard so far where the conversation was handed over before they could be confirmed."""
    if not drafts.answered(draft, "needs") and draft["telling"]:
        return [dict(need) for need in needs.hear(draft["telling"], also=draft["listened"])]
    return [dict(need) for need in summary.needs_heard(draft)]


def _safety(draft: Draft, levels: list[str]) -> dict[str, Any]:
    """Answers, and what a flag said where the question was not reached. A flag is never less than an answer says."""
    asks = ("suicidal_thoughts", "self_harm", "safe_at_home")
    found: dict[str, Any] = {"asked": drafts.answered(draft, "suicidal_thoughts")}
    for ask in asks:
        if drafts.answered(draft, ask):
            found[ask] = drafts.value(draft, ask) or "declined"
    if drafts.value(draft, "suicidal_plan") and found.get("suicidal_thoughts") != "attempt_recent":
        found["suicidal_thoughts"] = "plan"
    flagged = next((_FROM_FLAGS[level] for level in _FROM_FLAGS if level in levels), None)
    if flagged and found.get("suicidal_thoughts") in (None, "declined"):
        found["suicidal_thoughts"] = flagged
    if "self_harm" in levels and found.get("self_harm") in (None, "declined"):
        found["self_harm"] = "recent"
    if "safeguarding" in levels and found.get("safe_at_home") in (None, "declined"):
        found["safe_at_home"] = "unsure"
    if "harm_to_others" in levels:
        found["harm_to_others"] = "thoughts"
    return found | _asked(draft, {"dependants": "dependants"})
