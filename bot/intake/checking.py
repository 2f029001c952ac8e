"""Check your answers: approve, or change any line; then the hand-over."""

from __future__ import annotations

import re

from bot.intake import correcting, flow, reading, summary
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing import yes_no
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

_SEND = re.compile(
    r"\s*(?:(?:ok(?:ay)?|yes|yeah|right|great|fine|good|perfect|all good)[\s,.]*)*(?:please |just |now |you can )*send (?:it|that|this|now|it now|it off)?"
    r"(?: please| thanks| thank you| now)*[\s.]*|\s*(?:(?:ok(?:ay)?|yes|yeah|right|great|fine|good|perfect)[\s,.]*)+send[\s.]*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\s*\d{1,2}[.)]?\s*")


def check(draft: Draft, inbound: Inbound) -> Step | None:
    """The answer to "shall we send this": a yes, a line to change, or a new answer outright; None where it is not understood."""
    if inbound.choice == "change":
        return Step(dict(draft), ask="change_which")
    if inbound.choice == "yes" or _SEND.fullmatch(inbound.text):
        return submit(draft, inbound)
    number_of_a_line = inbound.channel == "web" and _BARE_NUMBER.fullmatch(inbound.text)
    parsed = None if number_of_a_line else reading.parse(draft, "check", inbound)
    if parsed is not None and parsed.complete:
        return submit(draft, inbound) if parsed.value == "yes" else Step(dict(draft), ask="change_which")
    refused = yes_no.parse(inbound.text)
    if refused is not None and refused.complete and refused.value is False:
        return Step(dict(draft), ask="change_which")
    return change(draft, inbound, ask="check")


def change(draft: Draft, inbound: Inbound, *, ask: str) -> Step | None:
    """The step for words that change a line, with or without the new answer; None where they name nothing to change."""
    corrected = correcting.corrected(draft, inbound, ask)
    if corrected is not None and corrected.ask != ask and corrected.ask != "change_which":
        return corrected
    target = correcting.pick(draft, inbound)
    if target is not None:
        return correcting.reopen(draft, inbound, target)
    found = reading.changed(draft, inbound, ask)
    if found:
        one, parsed = next(iter(found.items()))
        return correcting.replace(draft, inbound, one, parsed, ask="check")
    return corrected


def submit(draft: Draft, inbound: Inbound, *, approved: bool = True) -> Step:
    """Hands the introduction over, with the very summary that was shown. What comes after is offered, never promised."""
    text = draft["shown"] if approved and draft["shown"] else summary.text(draft, channel=inbound.channel)
    sent = drafts.answer(draft, "check", "yes", words=inbound.text or None) if approved else dict(draft)
    sent = drafts.update(sent, state="submitted", approved=text if approved else None, again=None)
    receipt = say("receipt", inbound.channel, reference=inbound.reference or "")
    step = Step(sent, (receipt,), ({"type": "submit"},), receipt=True)
    return (
        step
        if flow.following(sent, channel=inbound.channel)
        else Step(sent, step.said, step.effects, ask=None, receipt=True)
    )
