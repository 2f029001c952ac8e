"""Reads a message as the answer to one question: the parsers where there is one, the offered choices otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.intake import draft as drafts
from bot.intake import questions, speaking
from bot.intake.parsing import choices, corrections, facts, registry, yes_no
from bot.intake.parsing.parsed import Correction, Parsed
from bot.intake.turn import Inbound

FREE = frozenset(
    (
        "story",
        "goals",
        "duration",
        "dependants",
        "support_now",
        "best_time",
        "disability",
        "whereabouts",
        "other_contact",
        "add_more",
        "change_which",
    )
)
"""Questions any text is an answer to, so that only a short and certain detour is taken for one."""
ELSEWHERE = frozenset(("consent", "story", "needs", "check"))
"""Their answers go through handlers of their own, never in passing."""


def parse(draft: Mapping[str, Any], ask: str, inbound: Inbound) -> Parsed | None:
    """The answer to this ask in the message; None where it is not understood."""
    question = questions.load()[ask]
    offered = speaking.offered(drafts.whole(draft), ask, channel=inbound.channel)
    if ask in registry.ASKS:
        own_number = inbound.address if ask != "phone" or question.copy(draft) is question.own else None
        return registry.parse(
            ask, inbound.text, now=inbound.now, choice=inbound.choice, address=own_number, choices=offered
        )
    picked = choices.resolve(inbound.text, offered, choice=inbound.choice)
    if picked:
        return Parsed(picked[0] == "yes" if question.kind == "yes_no" else picked[0], inbound.text.strip())
    if question.kind == "yes_no":
        return yes_no.parse(inbound.text)
    if question.kind == "text" and inbound.text.strip():
        return Parsed(inbound.text.strip(), inbound.text.strip())
    return None


def problem(ask: str, inbound: Inbound) -> str | None:
    """Why a text that looks like an answer was refused, as the parsers say it."""
    return registry.problem(ask, inbound.text, now=inbound.now) if ask in registry.ASKS else None


def others(draft: Mapping[str, Any], ask: str, inbound: Inbound) -> dict[str, Parsed]:
    """Facts in the message about other questions of this person's way that are still open."""
    found = facts_of(inbound, ask)
    known = questions.load()
    return {
        one: parsed
        for one, parsed in found.items()
        if one != ask
        and one in known
        and one not in ELSEWHERE
        and known[one].phase == "path"
        and _fits(draft, one)
        and not drafts.answered(draft, one)
    }


def facts_of(inbound: Inbound, ask: str | None) -> dict[str, Parsed]:
    """Every fact the message states, by ask; none in a tapped choice."""
    if inbound.choice is not None or not inbound.text.strip():
        return {}
    return facts.find(inbound.text, now=inbound.now, asked=ask, address=inbound.address)


def _fits(draft: Mapping[str, Any], ask: str) -> bool:
    """Whether the question's conditions hold; an answer given unasked is taken in any channel."""
    question = questions.load()[ask]
    return any(question.holds(draft, channel=channel) for channel in questions.CHANNELS) or ask in (
        "ok_to_text",
        "voicemail_ok",
    )


def correction(draft: Mapping[str, Any], ask: str | None, inbound: Inbound) -> Correction | None:
    """Something given before is wrong, says the message."""
    if inbound.choice is not None or not inbound.text.strip():
        return None
    return corrections.find(
        inbound.text, now=inbound.now, asked=ask, answered=tuple(draft["order"]), address=inbound.address
    )
