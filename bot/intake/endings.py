"""Warm endings without an introduction. None is a dead end: each has a number to call, or a way to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.intake import conditions
from bot.intake import draft as drafts
from bot.intake.conditions import RED_LEVELS
from bot.intake.draft import Draft
from bot.intake.parsing import dates
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say


def no_consent(draft: Draft, inbound: Inbound) -> Step:
    """Nothing said so far is kept or passed on; what crisis outreach was told stands, and the resident hears so."""
    red = drafts.flagged(draft, RED_LEVELS)
    kept = _blank(draft, reason="no_consent")
    kept = drafts.answer(kept, "consent", False, words=inbound.text)
    return _end(kept, "no_consent", say("endings.no_consent_flagged" if red else "endings.no_consent", inbound.channel))


def outside(draft: Draft, inbound: Inbound) -> str | None:
    """What to say where the answers just became those of somebody this team is not for: under 18, or another borough."""
    if drafts.answered(draft, "pass_on_anyway"):
        return None
    reason = conditions.outside(draft)
    return say(f"endings.{reason}", inbound.channel) if reason else None


def age_settles(draft: Draft, inbound: Inbound) -> dict[str, Any]:
    """The date of birth settles whether somebody is an adult, whatever was said before."""
    born = drafts.value(draft, "date_of_birth")
    if born is None:
        return dict(draft)
    adult = dates.age(born, now=inbound.now) >= 18
    if drafts.value(draft, "adult") is adult:
        return dict(draft)
    answers = {**draft["answers"], "adult": {"value": adult, "status": drafts.GIVEN, "words": None}}
    return drafts.update(draft, answers=answers)


def pass_on(draft: Draft, inbound: Inbound, *, wanted: bool) -> Step:
    """ "Pass it on anyway?": staff decide who is helped, so a yes goes on; a no ends here."""
    if wanted:
        return Step(dict(draft), (say("endings.passed_on_anyway", inbound.channel),))
    reason = conditions.outside(draft) or "not_passed_on"
    key = "endings.not_passed_on_flagged" if drafts.flagged(draft, RED_LEVELS) else "endings.not_passed_on"
    return _end(drafts.update(draft, state="ended", ended=reason), reason, say(key, inbound.channel))


def deleted(draft: Draft, inbound: Inbound) -> Step:
    """The resident stopped and wants nothing kept."""
    step = _end(_blank(draft, reason="stopped"), "stopped", say("endings.stopped", inbound.channel))
    return step.doing({"type": "forget"})


def withdrawn(draft: Draft, inbound: Inbound) -> Step:
    """The resident takes the introduction back."""
    gone = drafts.update(draft, state="withdrawn", again=None)
    return Step(gone, (say("endings.withdrawn", inbound.channel),), ({"type": "withdraw"},), ask=None)


def fresh(draft: Draft) -> dict[str, Any]:
    """A new draft of the same conversation: flags stay, since only a person clears them."""
    return drafts.update(
        drafts.empty(), flags=list(draft["flags"]), address=draft["address"], told=draft["told"], human=draft["human"]
    )


def _blank(draft: Draft, *, reason: str) -> dict[str, Any]:
    return drafts.update(fresh(draft), state="ended", ended=reason)


def _end(draft: Mapping[str, Any], reason: str, text: str) -> Step:
    return Step(dict(draft), (text,), ({"type": "end", "reason": reason},), ask=None)
