"""An answer to the open question: read it, take every fact in it, say something that fits it, and go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.intake import (
    asides,
    besides,
    checking,
    correcting,
    endings,
    flow,
    questions,
    reading,
    repair,
    safety,
    storytelling,
    whom,
)
from bot.intake import draft as drafts
from bot.intake.conditions import someone_else
from bot.intake.draft import Draft
from bot.intake.parsing import choices, postcodes, yes_no
from bot.intake.parsing.parsed import Parsed
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import own, say

STORY_WORTHY = 4
"""Words from which a message before consent is kept for the story, so that it need not be told again."""


def answer(draft: Draft, inbound: Inbound, ask: str) -> Step:
    """The step that this answer to this ask comes to."""
    if ask == "consent":
        return _consent(draft, inbound)
    if ask == "story":
        return (
            _with_others(storytelling.tell(draft, inbound), inbound, ask)
            if inbound.text.strip() or inbound.choice
            else _lost(draft, inbound, ask)
        )
    if ask == "check":
        return checking.check(draft, inbound) or _lost(draft, inbound, ask)
    if ask in asides.ASKS:
        return asides.answer(draft, inbound, ask) or _lost(draft, inbound, ask)
    if ask == "needs":
        step = storytelling.confirm_needs(draft, inbound)
        return _with_others(step, inbound, ask) if step else _not_read(draft, inbound, ask)
    number = besides.number_instead(draft, inbound, ask)
    if number is not None:
        return number
    if besides.only_a_number(inbound, ask):
        return _not_read(draft, inbound, ask)
    parsed = reading.parse(draft, ask, inbound) or reading.facts_of(draft, inbound, ask).get(ask)
    if parsed is None and ask == "about_whom":
        parsed = whom.parse(draft, inbound)
    if ask == "safe_at_home" and draft["carded"] == ask:
        good_time = yes_no.parse(inbound.text) if inbound.choice is None else None
        if good_time is not None and good_time.value is True:
            return safety.about_chatting(draft, inbound, good_time=True)
    if parsed is None or not parsed.complete:
        corrected = correcting.corrected(draft, inbound, ask)
        if corrected is not None:
            return corrected
    if parsed is None:
        return _not_read(draft, inbound, ask)
    if ask == "safe_at_home" and draft["carded"] == ask:
        return safety.about_chatting(draft, inbound, good_time=parsed.value == "yes")
    return _with_others(settle(draft, inbound, ask, parsed), inbound, ask)


def settle(draft: Draft, inbound: Inbound, ask: str, parsed: Parsed) -> Step:
    """Records an understood answer and does what follows from it."""
    changed = drafts.answered(draft, ask)
    draft = drafts.answer(draft, ask, parsed.value, words=parsed.words or None)
    if ask == "date_of_birth":
        draft = endings.age_settles(draft, inbound)
    if ask == "about_whom":
        draft = whom.told_besides(draft, inbound)
    outside = endings.outside(draft, inbound) if ask in ("adult", "lambeth_link", "date_of_birth") else None
    if ask == "phone" and draft["human"] and not drafts.answered(draft, "consent"):
        return Step(draft, (say("detours.human_has_number", inbound.channel),), safety.details(draft, ask))
    said = outside or _acknowledgement(draft, ask, parsed, inbound, changed=changed)
    step = Step(draft, (said,)).doing(*safety.details(draft, ask))
    if draft["interrupted"] and ask in safety.INTERRUPTING:
        step = safety.after_answer(step, inbound, ask)
        return step.doing({"type": "update"}) if draft["state"] == "submitted" else step
    return _after_sending(step, inbound, ask, changed=changed) if draft["state"] == "submitted" else step


def _after_sending(step: Step, inbound: Inbound, ask: str, *, changed: bool) -> Step:
    """Every answer after submitting goes to the team at once, so that none is lost when somebody walks away."""
    following = flow.following(step.draft, channel=inbound.channel)
    said = step.said
    if ask in safety.OWN_QUESTIONS:
        said = (*said, say("after.seen", inbound.channel))
    elif changed:
        said = (say("after.updated", inbound.channel),)
    elif questions.load()[ask].phase == "after" and following is None:
        skipped = ask == "equality_ok" and drafts.value(step.draft, ask) is not True
        said = (say("after.equality_skipped" if skipped else "after.equality_done", inbound.channel),)
    return replace(step, said=said).doing({"type": "update"})


def _with_others(step: Step, inbound: Inbound, ask: str) -> Step:
    """The same step with every other fact of the message filled in too, and said to be."""
    if step.draft["state"] != "open":
        return step
    found = reading.others(step.draft, ask, inbound)
    if not found:
        return step
    return _filled(step, inbound, found)


def _filled(step: Step, inbound: Inbound, found: Mapping[str, Parsed]) -> Step:
    draft = step.draft
    for one, parsed in found.items():
        draft = drafts.answer(draft, one, parsed.value, words=parsed.words or None)
    if "date_of_birth" in found:
        draft = endings.age_settles(draft, inbound)
    noted = correcting.labels(draft, tuple(found), inbound)
    said = [*step.said, say("acks.noted", inbound.channel, labels=noted)] if noted else list(step.said)
    if found.keys() & {"adult", "lambeth_link", "date_of_birth"}:
        said.append(endings.outside(draft, inbound) or "")
    effects = [effect for one in found for effect in safety.details(draft, one)]
    return Step(
        draft, tuple(said), (*step.effects, *effects), step.ask, step.short, step.silent, step.receipt, step.extra
    )


def _not_read(draft: Draft, inbound: Inbound, ask: str) -> Step:
    """Not an answer to this question; but perhaps to others, or a correction, before it counts as not understood."""
    if ask == "needs":
        corrected = correcting.corrected(draft, inbound, ask)
        if corrected is not None:
            return corrected
    place = besides.place_instead(draft, inbound, ask)
    if place is not None:
        return place
    found = reading.others(draft, ask, inbound) or reading.access_told(draft, inbound)
    if found:
        return _filled(Step(dict(draft), ask=ask, short=True), inbound, found)
    changed = reading.changed(draft, inbound, ask)
    if changed:
        one, parsed = next(iter(changed.items()))
        return correcting.replace(draft, inbound, one, parsed, ask=ask)
    return _lost(draft, inbound, ask)


def _lost(draft: Draft, inbound: Inbound, ask: str) -> Step:
    return repair.misunderstood(draft, inbound, ask)


def _consent(draft: Draft, inbound: Inbound) -> Step:
    channel = inbound.channel
    offered = questions.load()["consent"].own.choices[channel]
    if choices.resolve(inbound.text, offered, choice=inbound.choice) == ["more"]:
        return Step(dict(draft), (say("consent.more", channel),), ask="consent", short=True)
    parsed = reading.parse(draft, "consent", inbound)
    if parsed is None or not isinstance(parsed.value, bool):
        if len(inbound.text.split()) >= STORY_WORTHY and not draft["misses"].get("consent"):
            kept = drafts.miss(drafts.add_story(draft, inbound.text), "consent")
            return Step(
                kept, (say("acks.story.first", channel), say("consent.needed", channel)), ask="consent", short=True
            )
        return _lost(draft, inbound, "consent")
    if parsed.value is False:
        return endings.no_consent(draft, inbound)
    given = drafts.answer(draft, "consent", True, words=parsed.words)
    given = drafts.update(given, consent_at=inbound.now.isoformat(), consent_wording=questions.load().version)
    if (
        not parsed.complete
        and len(inbound.text.split()) > STORY_WORTHY
        and not reading.others(given, "consent", inbound)
    ):
        given = drafts.add_story(given, inbound.text)
    return _with_others(Step(given), inbound, "consent")


def _acknowledgement(draft: Draft, ask: str, parsed: Parsed, inbound: Inbound, *, changed: bool) -> str:
    """The most specific fixed text there is for this answer: that it was changed, of its value, of its question, or a few plain words."""
    named = correcting.labels(draft, (ask,), inbound) if changed and ask not in safety.OWN_QUESTIONS else ""
    if named:
        return say("acks.changed", inbound.channel, labels=named)
    if ask == "full_name" and inbound.channel == "web" and not someone_else(draft):
        return say("acks.named", inbound.channel, name=str(parsed.value).split()[0])
    if ask == "postcode":
        return _about_postcode(draft, parsed.value, inbound)
    value = parsed.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    for key in (f"acks.{ask}.{value}" if isinstance(value, str) else "", f"acks.{ask}.some", f"acks.{ask}"):
        if key in own():
            return say(key, inbound.channel)
    typed = questions.load()[ask].kind == "text" and inbound.choice is None
    return _plain_thanks(draft, inbound) if typed else ""


def _plain_thanks(draft: Draft, inbound: Inbound) -> str:
    """One of a few, in turn, so that no two answers in a row are met with the same words."""
    turn = len(draft["order"]) % 3
    return say(("acks.thanks", "acks.got_it", "acks.noted_plain")[turn], inbound.channel)


def _about_postcode(draft: Draft, value: Any, inbound: Inbound) -> str:
    if isinstance(value, Mapping):
        return say("acks.postcode.no_fixed_address", inbound.channel)
    elsewhere = postcodes.lambeth(value) == "no"
    return say("acks.postcode.elsewhere", inbound.channel) if elsewhere else _plain_thanks(draft, inbound)
