"""The small questions beside the way: are you sure, keep or delete, add something, change which line."""

from __future__ import annotations

from typing import Any

from bot.intake import checking, endings, flow, reading
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing import needs
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

DECIDED = ("pass_on_anyway", "start_again_ok", "stop_ok", "human_ok", "withdraw_ok")
ASKS = (*DECIDED, "add_more", "change_which")


def answer(draft: Draft, inbound: Inbound, ask: str) -> Step | None:
    """The step for the answer to a side question; None where it is not understood."""
    if ask == "change_which":
        return checking.change(draft, inbound, ask=ask)
    if ask == "add_more":
        return add_more(draft, inbound) if inbound.text.strip() else None
    parsed = reading.parse(draft, ask, inbound)
    return decide(draft, inbound, ask, parsed.value) if parsed is not None else None


def decide(draft: Draft, inbound: Inbound, ask: str, value: Any) -> Step:
    """What a decision leads to. A side question leaves no answer behind, but for "pass it on anyway"."""
    draft = drafts.update(draft, misses={one: count for one, count in draft["misses"].items() if one != ask})
    if ask == "pass_on_anyway":
        return endings.pass_on(
            drafts.answer(draft, ask, value, words=inbound.text or None), inbound, wanted=bool(value)
        )
    if ask == "start_again_ok" and value:
        return Step(endings.fresh(draft), (say("detours.started_again", inbound.channel),), ask="consent")
    if ask == "stop_ok" and value == "delete":
        return endings.deleted(draft, inbound)
    if ask == "stop_ok" and value == "keep":
        return saved(draft, inbound, flow.following(draft, channel=inbound.channel))
    if ask == "human_ok" and value == "send":
        return checking.submit(draft, inbound, approved=False)
    if ask == "withdraw_ok" and value:
        return endings.withdrawn(draft, inbound)
    if ask == "withdraw_ok":
        return Step(draft, (say("after.kept", inbound.channel),), short=True)
    return onward(draft, inbound, say("detours.carry_on", inbound.channel))


def saved(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    """Kept for later: the question stays open and is not put now, so that the next message answers it.

    The code that takes it up anywhere else is the gateway's to make: it puts it where the text says `{code}`.
    """
    said = say("detours.saved", inbound.channel, code="{code}")
    return Step(dict(draft), (said,), ({"type": "save"},), ask=ask, silent=True)


def add_more(draft: Draft, inbound: Inbound) -> Step:
    """More of the story, at any time; what it tells of new needs is added as heard, and what was sent already is brought up to date."""
    told = drafts.add_story(draft, inbound.text)
    if draft["state"] != "submitted":
        return onward(told, inbound, say("acks.story.more", inbound.channel))
    known = list(drafts.value(told, "needs") or [])
    domains = [need["domain"] for need in known]
    new = [need for need in needs.hear([inbound.text]) if need["domain"] not in domains]
    if new:
        told = drafts.answer(told, "needs", [*known, *new])
    return Step(told, (say("after.added", inbound.channel),), ({"type": "update"},), short=True)


def onward(draft: Draft, inbound: Inbound, *said: str) -> Step:
    """On to the question that was open, in fewer words; the summary is always shown whole."""
    following = flow.following(draft, channel=inbound.channel)
    return Step(dict(draft), said, ask=following, short=following != "check")
