"""What the conversation does around a flag. The crisis screen finds it and the gateway's fixed card answers it; here its question is opened, the
words are kept, and the way back to the introduction is offered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.intake import draft as drafts
from bot.intake import flow, outreach, questions, reading, storytelling
from bot.intake.conditions import RED_LEVELS, SEEN_LEVELS, someone_else
from bot.intake.draft import Draft
from bot.intake.parsing import detours
from bot.intake.parsing import safety as answers
from bot.intake.parsing.places import names_a_place
from bot.intake.step import NEXT, Step
from bot.intake.turn import Inbound
from bot.intake.wording import say

CARD_ASKS = {
    "crisis_imminent": "whereabouts",
    "crisis_active": "suicidal_plan",
    "harm_to_others": "whereabouts",
    "self_harm": "suicidal_thoughts",
    "safeguarding": "safe_at_home",
    "passive_low": "suicidal_thoughts",
    "historical": "suicidal_thoughts",
}
"""The question that the first card of each level ends with (data/crisis/replies.yml); other levels, and the shorter cards that follow, ask nothing."""
CALLED = ("crisis_imminent", "crisis_active", "harm_to_others", "self_harm")
"""Levels at which crisis outreach may have to find the person, so that a number is asked for."""
OWN_QUESTIONS = ("suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home", "whereabouts")
"""Questions a flagged message may be the answer to: a yes to "are you thinking of ending your life" is flagged and is the answer."""
THOUGHTS = {"crisis_imminent": "active", "crisis_active": "active", "passive_low": "passive", "historical": "past"}
"""What a flagged answer about suicide counts as where the parser is not sure of it; never less than the flag says."""
GRAVEST_FIRST = (*CALLED, "safeguarding", "passive_low", "third_party", "screen_failed", "historical")
"""Levels by urgency, as bot.crisis.assessment orders them."""
FIRST_AID = ("whereabouts", "phone")
"""What somebody coming to help needs to know."""
INTERRUPTING = (*OWN_QUESTIONS, "phone")
"""Questions that a flag may put before the one that was open."""
SHORT_ANSWER = 4
"""Words up to which a flagged message that reads as an answer to a question with choices is one: "he can't manage"."""
FLAGGED_OFTEN = 2
"""Flagged answers to a question for own words, after which the next one is kept as the answer."""
_TAKEN_BACK = re.compile(
    r"(?:(?:lol|haha\w*|sorry|no|nah|ok|oh|hey|im|i'm|i was|was|it was|that was|only|just|jk|a|all|being)[\s,.!]+)*"
    r"(?:jk|j/k|jks|kidding|joking|joke|messing(?: about| around)?|forget (?:it|that|about it|i said (?:that|it|anything|any of that))|"
    r"never ?mind|ignore (?:me|that|it)|(?:i )?did(?:n'?t| not) mean (?:it|that)|not serious|take (?:it|that) back|scrap that)"
    r"(?:[\s,.!]+(?:jk|lol|haha\w*|sorry|forget it|im fine|i'm fine|im ok|i'm ok|ok|please|mate|really|it|that))*[\s.!]*",
    re.I,
)


def is_flagged(inbound: Inbound) -> bool:
    """Whether the message set off the screen. A screen that failed is seen by staff, but the message is still an answer."""
    return inbound.flag in ("red", "amber") and inbound.level not in ("screen_failed", "none", "negated")


def flagged(draft: Draft, inbound: Inbound, ask: str | None, *, before: Draft) -> Step:
    """Opens the question that belongs to the flag. The message is not taken for a name or a number, but its words are kept.

    `before`: the draft as it was before this flag.
    """
    if ask == "safe_at_home" and draft["carded"] == ask:
        if inbound.level == "safeguarding":
            return _not_a_good_time(drafts.add_story(draft, inbound.text))
        ask = None  # something else is said than if now is a good time: that question has gone by
    draft, answered = _in_own_words(draft, inbound, ask)
    if ask == "story" and storytelling.only_says_done(inbound):  # flagged by what came just before it
        draft, answered = storytelling.finish(draft, inbound).draft, True
    elif not answered:
        draft, answered = _own_answer(draft, inbound, ask)
    if not answered and drafts.value(draft, "consent") is not False:
        draft = drafts.add_story(draft, inbound.text)
    draft = drafts.update(_to_come_back_to(draft, ask), interrupted=True, carded=None)
    step = _next(draft, inbound, ask, before=before).doing(*_known_phone(draft, inbound))
    return step.doing({"type": "update"}) if draft["state"] == "submitted" else step


def card_asks(inbound: Inbound, ask: str | None, *, before: Draft) -> str | None:
    """The question that the gateway's card has just put: the first card of a level, unless a graver one was shown or the question was open."""
    wanted = CARD_ASKS.get(inbound.level)
    shown = [level for level in before["flags"] if level in GRAVEST_FIRST]
    repeated = (
        any(GRAVEST_FIRST.index(level) <= GRAVEST_FIRST.index(inbound.level) for level in shown) if wanted else False
    )
    return None if wanted == ask or repeated or "safeguarding" in shown else wanted


def about_chatting(draft: Draft, inbound: Inbound, *, good_time: bool) -> Step:
    """The answer to the safeguarding card, which asks whether it is safe to chat now and not whether the person is safe."""
    if not good_time:
        return _not_a_good_time(draft)
    return carry_on(Step(drafts.update(draft, carded=None, interrupted=False)), inbound)


def details(draft: Draft, ask: str) -> tuple[Mapping[str, Any], ...]:
    """The effect that hands a place or a number to those who were called, where somebody was."""
    called = draft["human"] or drafts.flagged(draft, RED_LEVELS)
    value = drafts.value(draft, ask)
    if ask not in FIRST_AID or not called or value is None:
        return ()
    return ({"type": "escalation_detail", ask: value},)


def called(draft: Draft) -> bool:
    """Whether crisis outreach may have to find somebody: the resident, or the one they fear for (only then is their place asked)."""
    return drafts.flagged(draft, CALLED) or drafts.answered(draft, "whereabouts")


def pursued(draft: Draft) -> str | None:
    """What crisis outreach needs to know next: where the person is if an act may be near, then a number; None when it is known or was asked."""
    if not called(draft):
        return None
    planned = drafts.value(draft, "suicidal_plan") or drafts.value(draft, "suicidal_thoughts") in (
        "plan",
        "attempt_recent",
    )
    near = planned or drafts.flagged(draft, ("crisis_imminent", "harm_to_others"))
    if near and not drafts.answered(draft, "whereabouts"):
        return "whereabouts"
    return "phone" if _needs_number(draft) else None


def is_taken_back(text: str, *, choice: str | None = None) -> bool:
    """Whether these words only take back what was said before: "jk", "forget it", "lol only joking"."""
    return choice is None and _TAKEN_BACK.fullmatch(text.strip()) is not None


def tells_a_plan(text: str, *, asked: str | None, choice: str | None = None) -> bool:
    """Whether the answer to the question about suicide tells of a plan, so that it is not asked about in the same breath."""
    if asked != "suicidal_thoughts":
        return False
    parsed = answers.suicidal_thoughts(text) if choice is None else None
    return choice == "plan" or (parsed is not None and parsed.value == "plan")


def taken_back(draft: Draft, inbound: Inbound, ask: str | None) -> Step | None:
    """ "jk" after a flag: nothing is cleared, and the open question comes again; None for any other message.

    The kind words before it are fixed and the gateway's, with or without an engine. A place is not asked for over and over: the second
    "jk" leaves it.
    """
    if not drafts.flagged(draft, SEEN_LEVELS) or not is_taken_back(inbound.text, choice=inbound.choice):
        return None
    if ask is None:
        return Step(dict(draft), ask=None)
    if ask == "whereabouts" and draft["misses"].get(ask):
        return after_answer(Step(drafts.answer(draft, ask, None, status=drafts.DECLINED)), inbound, ask)
    missed = drafts.miss(draft, ask) if ask == "whereabouts" else dict(draft)
    return Step(missed, ask=ask, short=True)


def denied(draft: Draft, inbound: Inbound, ask: str | None) -> Step | None:
    """ "I'm not going to hurt myself" where something else was asked: thanked, kept for the team, and the question comes again.

    None for any other message, and where the open question takes free text, which it may well be an answer to.
    """
    free = ask is None or ask in (*OWN_QUESTIONS, *reading.FREE, "consent") or ask not in questions.load()
    if inbound.level != "negated" or inbound.choice is not None or free:
        return None
    parsed = reading.parse(draft, str(ask), inbound)
    if parsed is not None and parsed.complete:
        return None
    kept = drafts.add_story(draft, inbound.text) if drafts.value(draft, "consent") is True else dict(draft)
    return Step(kept, (say("acks.story.safe", inbound.channel),), ask=ask, short=ask != "check")


def after_answer(step: Step, inbound: Inbound, ask: str) -> Step:
    """After a question that a flag opened: what else is needed, then the way back to the question that was open before."""
    draft = drafts.update(step.draft, carded=None)
    said = step.said
    if ask in FIRST_AID:
        given = drafts.value(draft, ask) is not None
        said = (say("safety.whereabouts" if given else "safety.whereabouts_skipped", inbound.channel),)
    following = pursued(draft)
    if following is not None:
        return Step(draft, said, step.effects, ask=following)
    still = flow.following(draft, channel=inbound.channel) in flow.AT_ONCE
    if not still and may_name_outreach(draft):
        said = (*said, say("safety.called", inbound.channel), outreach.when(inbound))
    return carry_on(Step(drafts.update(draft, interrupted=still), said, step.effects), inbound)


def carry_on(step: Step, inbound: Inbound, *, ask: str | None = NEXT) -> Step:
    """The offer to go on, and the question that was open, in fewer words."""
    following = flow.following(step.draft, channel=inbound.channel) if ask == NEXT else ask
    if following in flow.AT_ONCE:
        return Step(step.draft, step.said, step.effects, ask=following)
    key = "safety.carry_on" if following is not None else "safety.still_here"
    said = (*step.said, say(key, inbound.channel))
    return Step(step.draft, said, step.effects, ask=following, short=following != "check")


def _in_own_words(draft: Draft, inbound: Inbound, ask: str | None) -> tuple[dict[str, Any], bool]:
    """The draft with the flagged words as the answer, where any words are one: so that nobody is asked again without end.

    The question is put again afterwards: what was said may have had nothing to do with it. The same words again, or a third flag,
    are the answer.
    """
    if ask not in reading.OWN_WORDS or inbound.choice is not None or drafts.answered(draft, ask):
        return dict(draft), False
    words = inbound.text.strip()
    told = (*draft["telling"], *(drafts.value(draft, "story") or ()))
    parsed = reading.parse(draft, ask, inbound)
    if parsed is None or (words not in told and draft["misses"].get(ask, 0) < FLAGGED_OFTEN):
        return drafts.miss(draft, ask), False
    return drafts.answer(draft, ask, parsed.value, words=words), True


def _own_answer(draft: Draft, inbound: Inbound, ask: str | None) -> tuple[dict[str, Any], bool]:
    """The draft with the flagged message as the answer it is: to a safety question, or by a tap on an offered choice."""
    if ask is None or ask in ("consent", "story", "needs", "check"):
        return dict(draft), False
    if inbound.flag == "amber" and _asks_back(inbound, ask):
        return dict(draft), False
    if ask in OWN_QUESTIONS and _declines(draft, inbound, ask):
        return drafts.answer(draft, ask, None, words=inbound.text or None, status=drafts.DECLINED), True
    if ask not in OWN_QUESTIONS and inbound.choice is None and not _fills(draft, inbound, ask):
        return dict(draft), False
    if ask == "whereabouts" and inbound.choice is None and not names_a_place(inbound.text):
        return dict(draft), False
    parsed = reading.parse(draft, ask, inbound)
    if parsed is not None:
        return drafts.answer(draft, ask, _no_less(ask, parsed.value, inbound.level), words=inbound.text or None), True
    if ask == "suicidal_thoughts" and inbound.level in THOUGHTS:
        return drafts.answer(draft, ask, THOUGHTS[inbound.level], words=inbound.text), True
    return dict(draft), False


def _asks_back(inbound: Inbound, ask: str) -> bool:
    """ "Why do you need to know that?" is no answer, whatever the screen makes of it."""
    command = detours.find(inbound.text, asked=ask) if inbound.choice is None else None
    return command is not None and command.intent.startswith("ask_")


def _declines(draft: Draft, inbound: Inbound, ask: str) -> bool:
    """ "I would rather not say" is seen by a person, and it is no answer either way."""
    if inbound.choice is not None:
        return inbound.choice == drafts.DECLINED
    command = detours.find(inbound.text, asked=ask)
    if command is not None:
        return command.intent in ("prefer_not_to_say", "skip", "dont_know")
    parsed = reading.parse(draft, ask, inbound)
    return parsed is not None and parsed.value == drafts.DECLINED


def _fills(draft: Draft, inbound: Inbound, ask: str) -> bool:
    """Whether the flagged words are all of an answer to a question with choices: "I can't manage" is one we offer."""
    question = questions.load().by_ask.get(ask)
    if question is None or question.phase != "path" or question.kind not in ("choice", "yes_no"):
        return False
    parsed = reading.parse(draft, ask, inbound)
    return parsed is not None and (parsed.complete or len(inbound.text.split()) <= SHORT_ANSWER)


def _to_come_back_to(draft: dict[str, Any], ask: str | None) -> dict[str, Any]:
    """The question that the flag interrupts is the one to go on with."""
    on_the_way = ask in questions.load() and questions.load()[str(ask)].phase == "path"
    if draft["again"] or not on_the_way or drafts.answered(draft, str(ask)):
        return draft
    return drafts.update(draft, again=ask)


def _no_less(ask: str, value: Any, level: str) -> Any:
    if ask == "suicidal_thoughts" and value in ("none", "past", None):
        return THOUGHTS.get(level, value)
    return value


def _next(draft: dict[str, Any], inbound: Inbound, ask: str | None, *, before: Draft) -> Step:
    carded = card_asks(inbound, ask, before=before)
    under_way = "crisis_imminent" in before["flags"]
    planned = drafts.value(draft, "suicidal_thoughts") == "plan"
    wanted = CARD_ASKS.get(inbound.level, "whereabouts" if inbound.flag == "red" else None)
    if inbound.level == "safeguarding" and "safeguarding" in before["flags"]:
        wanted = None
    if (under_way or planned) and (wanted == "suicidal_plan" or pursued(draft) is not None):
        wanted = None  # whoever did something, or is about to, is found first, and is not asked if they have a plan
    if wanted is not None and not drafts.answered(draft, wanted):
        if carded == wanted:
            return Step(drafts.update(draft, carded=wanted), ask=wanted, silent=True)
        return Step(draft, ask=wanted, short=True)
    if pursued(draft) == ask == "whereabouts":
        draft = _asked_once_more(draft)
    following = pursued(draft) if inbound.flag == "red" or under_way else None
    if following is not None:
        return Step(draft, ask=following)
    still_open = ask if ask in questions.load() and _still_to_answer(draft, str(ask)) else NEXT
    return carry_on(Step(drafts.update(draft, interrupted=False)), inbound, ask=still_open)


def _asked_once_more(draft: dict[str, Any]) -> dict[str, Any]:
    """Where somebody is matters, but not more than that they go on talking: after two other answers the place is left."""
    if draft["misses"].get("whereabouts"):
        return drafts.answer(draft, "whereabouts", None, status=drafts.LEFT)
    return drafts.miss(draft, "whereabouts")


def may_name_outreach(draft: Draft) -> bool:
    """Nothing is named to whom somebody may be watching, unless their life is in danger."""
    watched = "safeguarding" in draft["flags"] and "crisis_imminent" not in draft["flags"]
    return called(draft) and not watched


def _not_a_good_time(draft: Draft) -> Step:
    """Nothing more is said: somebody may be reading. The question that was open takes the next message."""
    quiet = drafts.update(draft, carded=None, interrupted=False)
    return Step(quiet, ask=NEXT, silent=True)


def _still_to_answer(draft: Draft, ask: str) -> bool:
    return not drafts.answered(draft, ask) or draft["again"] == ask


def _needs_number(draft: Draft) -> bool:
    if someone_else(draft) and drafts.value(draft, "introducer_phone"):
        return False
    return not drafts.answered(draft, "phone") and not draft["address"]


def _known_phone(draft: Draft, inbound: Inbound) -> tuple[Mapping[str, Any], ...]:
    """A number given before the flag goes to those who were just called."""
    return details(draft, "phone") if inbound.flag == "red" and not draft["human"] else ()
