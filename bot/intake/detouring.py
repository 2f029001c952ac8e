"""A detour at an open question: answer it, then put the question again in fewer words. No answer given so far is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.intake import (
    asides,
    correcting,
    endings,
    flow,
    outreach,
    questions,
    reading,
    repair,
    safety,
    storytelling,
    summary,
)
from bot.intake import draft as drafts
from bot.intake.conditions import SEEN_LEVELS
from bot.intake.draft import Draft
from bot.intake.parsing.parsed import Detour
from bot.intake.step import Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

Handler = Callable[[Draft, Inbound, str, Detour], Step]
LEAVES_BLANK = {"skip": drafts.DECLINED, "prefer_not_to_say": drafts.DECLINED, "dont_know": drafts.UNKNOWN}


WHAT_NOW = ("ask_wait_time", "ask_how_it_works", "ask_who_sees")
"""Questions that ask who knows and when they come, once crisis outreach was told."""
LIGHT = ("small_talk", "greeting")
"""Detours whose light tone is wrong once somebody has said that they may not be safe."""


def handle(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    """The step this detour comes to. An intent without a handler of its own is answered with its text."""
    if detour.intent in LIGHT and drafts.flagged(draft, SEEN_LEVELS):
        return again(draft, inbound, ask, say("safety.here", inbound.channel))
    if detour.intent == "out_of_scope" and drafts.flagged(draft, SEEN_LEVELS):
        told = drafts.add_story(draft, inbound.text) if drafts.value(draft, "consent") is True else draft
        return again(told, inbound, ask, say("safety.hear_you", inbound.channel))
    if detour.intent in WHAT_NOW and safety.may_name_outreach(draft):
        return again(draft, inbound, ask, say("safety.what_now", inbound.channel), outreach.when(inbound))
    return HANDLERS.get(detour.intent, _answer_and_ask_again)(draft, inbound, ask, detour)


def _answer_and_ask_again(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    return again(draft, inbound, ask, say(f"detours.{detour.intent}", inbound.channel))


def again(draft: Draft, inbound: Inbound, ask: str, *said: str) -> Step:
    """These texts, then the open question in fewer words."""
    return Step(dict(draft), said, ask=ask, short=True)


def _why(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    return again(draft, inbound, ask, questions.load()[ask].copy(draft).why)


def _repeat(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    return Step(dict(draft), ask=ask)


def _leave_blank(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    status = LEAVES_BLANK[detour.intent]
    if draft["again"] == ask and drafts.status(draft, ask) == drafts.GIVEN:
        return asides.onward(drafts.update(draft, again=None), inbound, say("detours.carry_on", inbound.channel))
    if ask == "story" and detour.intent == "dont_know" and not draft["misses"].get("story"):
        return again(drafts.miss(draft, "story"), inbound, ask, say("acks.story.any_words", inbound.channel))
    if ask == "story":
        return storytelling.finish(draft, inbound)
    if ask in ("add_more", "change_which"):
        return asides.onward(draft, inbound, say("detours.carry_on", inbound.channel))
    if not questions.load()[ask].skippable:
        missed = drafts.miss(draft, ask)
        if missed["misses"][ask] > 1 and ask not in repair.NEVER_LEFT:
            return repair.misunderstood(missed, inbound, ask)
        key = "consent.needed" if ask == "consent" else "detours.skip_refused"
        return again(missed, inbound, ask, say(key, inbound.channel))
    said = _left_blank(draft, inbound, ask, status)
    if ask == "safe_at_home" and draft["carded"] == ask:
        return safety.about_chatting(draft, inbound, good_time=False)
    left = drafts.answer(draft, ask, None, words=inbound.text or None, status=status)
    step = Step(left, (said,))
    if draft["interrupted"] and ask in safety.INTERRUPTING:
        return safety.after_answer(step, inbound, ask)
    if draft["state"] == "submitted":
        return _after_sending(step, inbound, ask)
    return step


def _left_blank(draft: Draft, inbound: Inbound, ask: str, status: str) -> str:
    """A few words for a blank, in turn, so that who skips much does not read the same each time."""
    if ask in ("suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home"):
        return say("acks.declined_safety", inbound.channel)
    if status == drafts.UNKNOWN:
        return say("acks.unknown", inbound.channel)
    return say(("acks.declined", "acks.declined_too", "acks.declined_again")[len(draft["order"]) % 3], inbound.channel)


def _after_sending(step: Step, inbound: Inbound, ask: str) -> Step:
    last = flow.following(step.draft, channel=inbound.channel) is None and questions.load()[ask].phase == "after"
    key = "after.equality_skipped" if ask == "equality_ok" else "after.equality_done"
    said = (say(key, inbound.channel),) if last else step.said
    return Step(step.draft, said, ({"type": "update"},))


def _go_back(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    way = [question.ask for question in flow.path(draft, channel=inbound.channel)]
    before = [one for one in draft["order"] if one in way and one not in ("consent", ask)]
    if draft["state"] != "open" or not before:
        return again(draft, inbound, ask, say("detours.go_back_none", inbound.channel))
    back = before[-1]
    opened = storytelling.reopened(draft) if back == "story" else dict(draft)
    return Step(drafts.update(opened, again=back), (say("detours.go_back", inbound.channel),), ask=back)


def _change(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    within = asides.within_after_all(draft, inbound) if ask == "pass_on_anyway" else None
    if within is not None:
        return within
    corrected = correcting.corrected(draft, inbound, ask)
    if corrected is not None and corrected.ask != "change_which":
        return corrected
    target = detour.target or correcting.pick(draft, inbound)
    if target in questions.load() and drafts.answered(draft, str(target)):
        return correcting.reopen(draft, inbound, str(target))
    if inbound.choice is not None:  # an answer that was tapped and is no answer, or no longer one
        return again(draft, inbound, ask, say("detours.carry_on", inbound.channel))
    if not summary.lines(draft, channel=inbound.channel):
        return again(draft, inbound, ask, say("detours.nothing_said", inbound.channel))
    return Step(dict(draft), ask="change_which")


def _start_again(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    if draft["state"] != "open" or not drafts.answered(draft, "consent"):
        return Step(dict(draft), (say("detours.carry_on", inbound.channel),), ask=ask)
    return Step(dict(draft), ask="start_again_ok")


def _stop(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    if draft["state"] == "submitted":
        return Step(_no_more(draft), (say("after.goodbye", inbound.channel),), ask=None)
    if not drafts.answered(draft, "consent"):
        return endings.no_consent(draft, inbound)
    return Step(dict(draft), ask="stop_ok")


def _save(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    if draft["state"] == "submitted":
        return Step(_no_more(draft), (say("after.goodbye", inbound.channel),), ask=None)
    return asides.saved(draft, inbound, ask)


def _go_online(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    """By text, a link to go on on the web with: it is the gateway's to make, where the text says `{link}`. The question stays open."""
    said = say("detours.go_online", inbound.channel, link="{link}")
    if inbound.channel == "web":
        return again(draft, inbound, ask, said)
    return Step(dict(draft), (said,), ({"type": "link"},), ask=ask, silent=True)


def _no_more(draft: Draft) -> dict[str, object]:
    """Who takes their leave after submitting is not asked the questions that come after."""
    if drafts.answered(draft, "equality_ok"):
        return dict(draft)
    return drafts.answer(draft, "equality_ok", None, status=drafts.DECLINED)


def _human(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    """A person is asked for at once, whatever else follows; then a number, if there is none, and the choice to send what is there."""
    said = [say("detours.human_again" if draft["human"] else "detours.human", inbound.channel)]
    called = drafts.update(draft, human=True)
    effects: list[Mapping[str, object]] = [{"type": "human", "words": inbound.text}]
    if not draft["human"]:
        effects += safety.details(called, "phone")
    if draft["state"] != "open":
        return Step(called, tuple(said), tuple(effects), ask=ask, short=True)
    reachable = draft["address"] or drafts.value(draft, "phone") or drafts.value(draft, "introducer_phone")
    if not reachable and ask not in ("phone", "other_contact") and not drafts.answered(draft, "phone"):
        return Step(
            called, (*said, say("detours.human_number", inbound.channel)), tuple(effects), ask="phone", short=True
        )
    told_something = drafts.value(draft, "consent") is True and bool(
        draft["telling"] or drafts.answered(draft, "story")
    )
    if told_something and ask not in ("human_ok", "check"):
        return Step(called, tuple(said), tuple(effects), ask="human_ok")
    return Step(called, tuple(said), tuple(effects), ask=ask, short=True)


def _what_said(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    lines = summary.lines(draft, channel=inbound.channel)
    if not lines and not draft["telling"]:
        return again(draft, inbound, ask, say("detours.nothing_said", inbound.channel))
    numbered = [line.numbered(number) for number, line in enumerate(lines, 1)]
    watched = inbound.channel == "sms" and drafts.flagged(draft, ("safeguarding",))
    told = (
        [f'"{summary.shortened(" ".join(draft["telling"]), inbound.channel)}"']
        if draft["telling"] and not watched
        else []
    )
    return again(draft, inbound, ask, "\n".join([say("detours.ask_what_said", inbound.channel), *numbered, *told]))


def _worse(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    """The words are kept for the team; the question about suicide comes now if it has not been asked."""
    told = drafts.add_story(draft, inbound.text)
    said = say("detours.it_got_worse", inbound.channel)
    if drafts.value(draft, "consent") is True and not drafts.answered(draft, "suicidal_thoughts"):
        return Step(told, (said,), ask="suicidal_thoughts")
    return Step(told, (said,), ask=ask, short=True)


def _other_language(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    """The words are kept where they may be the story: an interpreter can read them."""
    told = drafts.add_story(draft, inbound.text) if ask == "story" else dict(draft)
    wanted = reading.access_told(told, inbound)
    if wanted:
        for one, parsed in wanted.items():
            told = drafts.answer(told, one, parsed.value, words=parsed.words)
        return again(told, inbound, ask, say("acks.interpreter", inbound.channel))
    return again(told, inbound, ask, say("detours.other_language", inbound.channel))


def _add_more(draft: Draft, inbound: Inbound, ask: str, detour: Detour) -> Step:
    if ask == "story" or drafts.value(draft, "consent") is not True:
        return again(draft, inbound, ask, say("acks.story.go_on", inbound.channel))
    if asides.in_passing(inbound.text):
        told = drafts.add_story(draft, inbound.text)
        return again(told, inbound, ask, say("repair.kept", inbound.channel))
    return Step(dict(draft), ask="add_more")


HANDLERS: Mapping[str, Handler] = {
    "skip": _leave_blank,
    "dont_know": _leave_blank,
    "prefer_not_to_say": _leave_blank,
    "ask_why": _why,
    "repeat": _repeat,
    "go_back": _go_back,
    "change_answer": _change,
    "start_again": _start_again,
    "stop": _stop,
    "save_for_later": _save,
    "goodbye": _save,
    "go_online": _go_online,
    "talk_to_human": _human,
    "ask_what_said": _what_said,
    "other_language": _other_language,
    "it_got_worse": _worse,
    "add_more": _add_more,
}
