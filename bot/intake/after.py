"""After the introduction was handed over: how it is going, add, change, withdraw, "it got worse"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.intake import asides, correcting, detouring, outreach, questions, reading, safety
from bot.intake import draft as drafts
from bot.intake.draft import Draft
from bot.intake.parsing.parsed import Detour
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import own, say

WORTH_ADDING = 3
"""Words from which a message nobody asked for is added to what the team sees."""
OURS = (
    "status",
    "withdraw",
    "it_got_worse",
    "add_more",
    "change_answer",
    "start_again",
    "ask_how_it_works",
    "ask_wait_time",
)


def handles(detour: Detour | None) -> bool:
    """Whether this detour means something else once the introduction was handed over."""
    return detour is not None and detour.intent in OURS


def take(draft: Draft, inbound: Inbound, detour: Detour | None, *, ask: str | None) -> Step:
    """A message after submitting, outside the questions that come after; `ask` is the question it interrupts."""
    if detour is None:
        return _unasked(draft, inbound, ask)
    if detour.intent in detouring.WHAT_NOW and safety.may_name_outreach(draft):
        told = (say("safety.what_now", inbound.channel), outreach.when(inbound))
        return _back(draft, inbound, " ".join(filter(None, told)), ask)
    if detour.intent in HANDLERS:
        return HANDLERS[detour.intent](draft, inbound, ask)
    if detour.intent in ("talk_to_human", "stop", "save_for_later", "goodbye", "go_online", "ask_what_said"):
        return _plainly(draft, inbound, detour, ask)
    key = f"after.{detour.intent}" if f"after.{detour.intent}" in own() else f"detours.{detour.intent}"
    return _back(draft, inbound, say(key if key in own() else "after.menu", inbound.channel), ask)


def _plainly(draft: Draft, inbound: Inbound, detour: Detour, ask: str | None) -> Step:
    step = detouring.handle(draft, inbound, ask or "equality_ok", detour)
    return Step(step.draft, step.said, step.effects, ask=None if ask is None else step.ask, short=True)


def _unasked(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    corrected = correcting.corrected(draft, inbound, None)
    if corrected is not None:
        return corrected
    found = {one: parsed for one, parsed in reading.facts_of(draft, inbound, None).items() if one in questions.load()}
    if found:
        one, parsed = next(iter(found.items()))
        return correcting.replace(draft, inbound, one, parsed, ask=None)
    if len(inbound.text.split()) >= WORTH_ADDING:
        return asides.add_more(draft, inbound)
    key = "after.menu_again" if draft["told"] == say("after.menu", inbound.channel) else "after.menu"
    return _back(drafts.update(draft, told=say(key, inbound.channel)), inbound, say(key, inbound.channel), ask)


def _back(draft: Draft, inbound: Inbound, said: str, ask: str | None) -> Step:
    return Step(dict(draft), (said,), ask=ask, short=True)


def _status(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    return _back(draft, inbound, say("after.status", inbound.channel, reference=inbound.reference or ""), ask)


def _withdraw(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    return Step(dict(draft), ask="withdraw_ok")


def _worse(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    """The words reach the team at once, and the question about suicide is put again."""
    told = drafts.update(drafts.add_story(draft, inbound.text), again="suicidal_thoughts")
    return Step(told, (say("after.worse", inbound.channel),), ({"type": "update"},), ask="suicidal_thoughts")


def _add(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    if asides.in_passing(inbound.text):
        return asides.add_more(draft, inbound)
    return Step(dict(draft), ask="add_more")


def _change(draft: Draft, inbound: Inbound, ask: str | None) -> Step:
    corrected = correcting.corrected(draft, inbound, None)
    if corrected is not None:
        return corrected
    target = correcting.pick(draft, inbound)
    return correcting.reopen(draft, inbound, target) if target else Step(dict(draft), ask="change_which")


HANDLERS: Mapping[str, Callable[[Draft, Inbound, str | None], Step]] = {
    "status": _status,
    "withdraw": _withdraw,
    "it_got_worse": _worse,
    "add_more": _add,
    "change_answer": _change,
    "start_again": _add,
}
