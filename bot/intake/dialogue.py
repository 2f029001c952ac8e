"""The conversation: one message in, one turn out. Pure: the draft comes and goes with the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.intake import (
    after,
    answering,
    arbitration,
    asides,
    besides,
    detouring,
    endings,
    questions,
    reading,
    safety,
    speaking,
)
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing import emergencies
from bot.intake.step import NEXT, Step
from bot.intake.turn import Inbound, Reply, Turn
from bot.intake.wording import say

CARD_SAYS_999 = ("crisis_imminent", "safeguarding")
"""Levels whose card begins with it, or must give nothing away."""
LISTENED = (None, "consent", "about_whom", "story")
"""Questions at which what is written may be the story."""
SAYS_NOTHING = ("thanks", "goodbye")
"""Detours after an ending that need no new start."""


def opening(channel: str) -> tuple[Reply, ...]:
    """The first words of a conversation: who this is, what it is not, and the question of consent (one text message, two on the web)."""
    put = speaking.question(drafts.empty(), "consent", channel=channel)
    if channel == "sms":
        return (replace(put, text=f"{say('opening', channel)} {put.text}"),)
    return (Reply(say("opening", channel)), put)


def resumed(draft: Mapping[str, Any], *, channel: str, ask: str | None, now: datetime) -> Turn:
    """The first words after a saved conversation is taken up, perhaps on another channel than it began on: the open question again."""
    asked = ask if ask in questions.load() else None
    step = Step(drafts.whole(draft), (say("resumed", channel),), ask=asked)
    return speaking.turn(step, Inbound(text="", channel=channel, now=now))


def take_turn(draft: Mapping[str, Any] | None, inbound: Inbound) -> Turn:
    """What the conversation says to one message, with the new draft, the effects it proposes and the question now open.

    `draft` may be None or {} for a conversation that begins. Never raises on any text.
    """
    known = drafts.update(drafts.whole(draft or {}), address=inbound.address or (draft or {}).get("address"))
    ask = inbound.ask if inbound.ask in questions.load() else known["open"]
    told, inbound, passed_on = besides.number_taken(known, inbound, ask)
    before = drafts.update(told, open=ask)
    if ask in LISTENED and inbound.choice is None:
        before = drafts.listen(before, inbound.needs)
    draft = before if inbound.level in ("none", "negated") else drafts.flag(before, inbound.level)
    if safety.is_flagged(inbound):
        step = safety.flagged(draft, inbound, ask, before=before)
    else:
        step = _asked_about_now(_step(draft, inbound, ask), inbound, ask, before=before)
    if inbound.level not in CARD_SAYS_999 and inbound.choice is None and not step.receipt:
        ill = emergencies.heard(inbound.text)
        step = replace(step, said=(say("safety.very_ill", inbound.channel), *step.said)) if ill else step
    return speaking.turn(step.doing(*(effect for effect in passed_on if effect not in step.effects)), inbound)


def _step(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    taken_back = safety.taken_back(draft, inbound, ask)
    if taken_back is not None:
        return taken_back
    denied = safety.denied(draft, inbound, ask) if draft["state"] == "open" else None
    if denied is not None:
        return denied
    detour = arbitration.find(draft, inbound, ask=ask)
    if draft["state"] in ("ended", "withdrawn") and not draft["interrupted"]:
        return _after_the_end(draft, inbound, detour.intent if detour else None)
    if draft["state"] == "submitted" and (ask is None or after.handles(detour)):
        return after.take(draft, inbound, detour, ask=ask)
    if ask is None:
        return _begin(draft, inbound)
    if detour is not None:
        return detouring.handle(draft, inbound, ask, detour)
    return answering.answer(draft, inbound, ask)


def _begin(draft: Draft, inbound: Inbound) -> Step:
    """A message with no question open: the greeting, and what it says is kept for the story."""
    if drafts.value(draft, "consent") is True:
        return Step(dict(draft), short=True)
    told = drafts.add_story(draft, inbound.text) if len(inbound.text.split()) >= answering.STORY_WORTHY else dict(draft)
    return Step(told, (say("opening", inbound.channel),), ask="consent")


def _after_the_end(draft: Draft, inbound: Inbound, intent: str | None) -> Step:
    """Nobody is locked out: a yes takes up a consent that was refused, anything else is welcomed to start."""
    if intent in SAYS_NOTHING:
        return Step(dict(draft), (say("after.goodbye", inbound.channel),), ask=None)
    new = endings.fresh(draft)
    if draft["ended"] == "no_consent":
        again = replace(inbound, choice=None, text=reading.without_opener(inbound.text).removeprefix("ok "))
        parsed = reading.parse(new, "consent", again)
        if parsed is not None and parsed.value is True:
            return answering.answer(new, again, "consent")
    if draft["ended"] in ("under_18", "other_borough"):
        wanted = reading.parse(draft, "pass_on_anyway", replace(inbound, choice=None))
        if wanted is not None and wanted.value is True:
            return asides.decide(drafts.update(draft, state="open", ended=None), inbound, "pass_on_anyway", True)
    if len(inbound.text.split()) >= answering.STORY_WORTHY and intent is None:
        new = drafts.add_story(new, inbound.text)
    return Step(new, (say("welcome_back", inbound.channel),), ask="consent")


def _asked_about_now(step: Step, inbound: Inbound, ask: str | None, *, before: Draft) -> Step:
    """Who speaks of the past is asked about the present once, by the card or here, before anything else."""
    draft = step.draft
    due = inbound.level == "historical" and draft["state"] == "open" and drafts.value(draft, "consent") is True
    if not due or drafts.answered(draft, "suicidal_thoughts") or step.ask not in (NEXT, draft["open"]):
        return step
    if safety.card_asks(inbound, ask, before=before):
        return replace(step, said=(), ask="suicidal_thoughts", silent=True)
    return replace(step, ask="suicidal_thoughts", short=False)
