"""The small questions beside the way: are you sure, keep or delete, add something, change which line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.intake import checking, conditions, correcting, endings, flow, reading
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing import detours, needs, yes_no
from bot.intake.parsing.wording import word_set
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

DECIDED = ("pass_on_anyway", "start_again_ok", "stop_ok", "human_ok", "withdraw_ok")
ASKS = (*DECIDED, "add_more", "change_which")
ADDS_FROM = 3
"""Words after the announcement from which something is added at once."""
_ANNOUNCES = word_set("something some more another a an to one things")
_ADDS = re.compile(
    r"(?:(?:oh|ok|and|also|sorry|hi|please|actually|wait|just)[\s,]+)*(?:(?:can|could|may) (?:i|you)|i(?:['’]d like| would like| want(?:ed)?| need(?:ed)?| forgot| should| also forgot| also want(?:ed)?)?(?: also)?)"
    r"(?: to)? (?:add|say|mention|tell you|have said|let you know)\b(?: that)?|one more thing|ps",
    re.IGNORECASE,
)
_SAYS_NOTHING = word_set(
    "i a an the to it my that this what said say some something someone else more another thing things bit stuff info details please also and "
    "can could you add just want need have got there is s of about for in on now later story answer answers introduction referral them tell"
)


def answer(draft: Draft, inbound: Inbound, ask: str) -> Step | None:
    """The step for the answer to a side question; None where it is not understood."""
    if ask == "change_which":
        return _change_which(draft, inbound)
    if ask == "add_more":
        return add_more(draft, inbound) if inbound.text.strip() else None
    parsed = reading.parse(draft, ask, inbound)
    if ask == "pass_on_anyway" and (parsed is None or not parsed.complete):
        within = within_after_all(draft, inbound)
        if within is not None:
            return within
    return decide(draft, inbound, ask, parsed.value) if parsed is not None else None


def within_after_all(draft: Draft, inbound: Inbound) -> Step | None:
    """ "Sorry, I meant 19" or "my GP is in Brixton" settles it; None where the message says nothing of it."""
    asked = "adult" if conditions.outside(draft) == "under_18" else "lambeth_link"
    parsed = reading.parse(draft, asked, replace(inbound, text=reading.without_opener(inbound.text)))
    if parsed is None or (parsed.value in (False, "neither")) or yes_no.parse(inbound.text) is not None:
        return None
    return correcting.replace(draft, inbound, asked, parsed, ask=None)


def _change_which(draft: Draft, inbound: Inbound) -> Step | None:
    """A line to change; or nothing after all; or an answer to the question that was open before."""
    changed = checking.change(draft, inbound, ask="change_which")
    if changed is not None and changed.ask != "change_which":
        return changed
    following = flow.following(draft, channel=inbound.channel)
    if following is None:
        return None
    nothing = yes_no.parse(inbound.text)
    command = detours.find(inbound.text, asked="check")
    if (nothing and nothing.complete and not nothing.value) or (command and command.intent == "thats_all"):
        return onward(draft, inbound, say("detours.carry_on", inbound.channel))
    parsed = reading.parse(draft, following, inbound)
    if parsed is None or not parsed.complete or following in reading.ELSEWHERE - {"check"}:
        return None
    if following == "check":
        return checking.submit(draft, inbound) if parsed.value == "yes" else None
    settled = drafts.answer(draft, following, parsed.value, words=parsed.words or None)
    return Step(settled, (say("acks.thanks", inbound.channel),))


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


def in_passing(text: str) -> str | None:
    """What "I forgot to say, I lost my job" adds, whole; None where it only says that there is something to add."""
    rest = re.findall(r"[\w'’]+", _ADDS.sub("", text.strip(), count=1).lower())
    announces = not rest or rest[0] in _ANNOUNCES or all(word in _SAYS_NOTHING for word in rest)
    return None if announces or len(rest) < ADDS_FROM else text.strip()


def add_more(draft: Draft, inbound: Inbound) -> Step:
    """More of the story, at any time; what it tells of new needs is added as heard, and what was sent already is brought up to date."""
    told = drafts.add_story(draft, inbound.text)
    if draft["state"] != "submitted":
        return onward(told, inbound, say("acks.story.more", inbound.channel))
    known = list(drafts.value(told, "needs") or [])
    domains = [need["domain"] for need in known]
    new = [need for need in needs.hear([inbound.text], also=inbound.needs) if need["domain"] not in domains]
    if new:
        told = drafts.answer(told, "needs", [*known, *new])
    return Step(told, (say("after.added", inbound.channel),), ({"type": "update"},), short=True)


def onward(draft: Draft, inbound: Inbound, *said: str) -> Step:
    """On to the question that was open, in fewer words; the summary is always shown whole."""
    following = flow.following(draft, channel=inbound.channel)
    return Step(dict(draft), said, ask=following, short=following != "check")
