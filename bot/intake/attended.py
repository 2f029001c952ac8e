"""What the assistant says when a person of the SPA joins the conversation, and when it takes up again after them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.intake import draft as drafts
from bot.intake import questions, speaking
from bot.intake.step import Step
from bot.intake.turn import Inbound, Turn
from bot.intake.wording import say

ROLES = ("clinician", "support_worker", "crisis_outreach", "manager")
"""Roles whose people write to residents."""


def signature(role: str, *, channel: str, watched: bool) -> str:
    """How a resident is told of somebody of this role. `watched`: somebody else may be reading, so that it gives nothing away."""
    known = role if role in ROLES and not watched else "team"
    return say(f"attended.roles.{known}", channel)


def joined(who: str, *, channel: str) -> dict[str, Any]:
    """The reply that says who is here now, and that the assistant is silent."""
    return {"kind": "text", "text": say("attended.joined", channel, who=who), "event": "joined"}


def back(
    draft: Mapping[str, Any], *, who: str, ask: str | None, quiet: bool, channel: str, now: datetime
) -> tuple[list[dict[str, Any]], Turn]:
    """(replies, turn): the assistant is back, and the question that was open is put again in fewer words.

    `ask`: the question open when the person joined. A crisis card's own is not put again, since a person has been there: the
    dialogue's is, and before there is one, whether it may ask at all. `quiet`: they fell silent, instead of handing back.
    """
    whole = drafts.whole(draft)
    asked = whole["open"] or (None if drafts.answered(whole, "consent") else "consent")
    step = Step(whole, ask=asked if ask is not None and asked in questions.load() else None, short=True)
    turn = speaking.turn(step, Inbound(text="", channel=channel, now=now))
    text = say("attended.quiet" if quiet else "attended.left", channel, who=who)
    told = {"kind": "text", "text": text, "event": "left", "by": who}
    return [told, *(reply.as_dict() for reply in turn.replies)], turn
