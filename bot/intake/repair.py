"""When an answer is not understood: say so, then offer choices, then leave it for a person. It never goes round in circles."""

from __future__ import annotations

from bot.intake import asides, questions, reading
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import own, say

OFFERS = ("skip", "human")
FALLS_BACK = {
    "pass_on_anyway": False,
    "start_again_ok": False,
    "withdraw_ok": False,
    "stop_ok": "keep",
    "human_ok": "go_on",
}
"""What a side question counts as where no answer to it is understood: what changes least."""
NEVER_LEFT = ("consent", "check")


def misunderstood(draft: Draft, inbound: Inbound, ask: str) -> Step:
    """One more answer to this ask that was not understood: the ladder's next rung."""
    channel = inbound.channel
    if not inbound.text.strip():
        return Step(dict(draft), (say("repair.empty", channel),), ask=ask, short=True)
    missed = drafts.miss(draft, ask)
    times = missed["misses"][ask]
    skippable = questions.load()[ask].skippable
    if times == 1:
        return Step(missed, (_what_was_wrong(ask, inbound),), ask=ask, short=True)
    if times == 2 and skippable:
        extra = tuple((value, say(f"repair.choices.{value}", channel)) for value in OFFERS)
        return Step(missed, (say("repair.second", channel),), ask=ask, extra=extra)
    if ask in NEVER_LEFT:
        key = "consent.still_needed" if ask == "consent" else "check.still_needed"
        extra = (("human", say("repair.choices.human", channel)),)
        return Step(missed, (say(key, channel),), ask=ask, short=True, extra=extra)
    if times == 2:
        return Step(missed, (say("repair.needed", channel),), ask=ask)
    if ask in FALLS_BACK:
        return asides.decide(missed, inbound, ask, FALLS_BACK[ask])
    left = drafts.answer(missed, ask, None, words=inbound.text, status=drafts.LEFT)
    return Step(left, (say("repair.third", channel),))


def _what_was_wrong(ask: str, inbound: Inbound) -> str:
    problem = reading.problem(ask, inbound)
    key = f"problems.{ask}.{problem}"
    return say(key if problem and key in own() else "repair.first", inbound.channel)
