"""When an answer is not understood: say so, then offer choices, then leave it for a person. It never goes round in circles, and no words are lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.intake import asides, questions, reading
from bot.intake import draft as drafts
from bot.intake.conditions import SEEN_LEVELS
from bot.intake.draft import Draft
from bot.intake.parsing import yes_no
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
YES_AND = {"dependants": "repair.who_is_it", "support_now": "repair.what_help"}
"""Questions that a yes only half answers, and what is asked then."""
NEVER_LEFT = ("consent", "check")
WORTH_KEEPING = 6
"""Words from which a message that answers nothing is kept for the team."""
_IN_LAMBETH = re.compile(
    r"\b(?:lambeth|brixton|streatham|stockwell|kennington|vauxhall|oval|clapham|tulse hill|west norwood|herne hill|loughborough junction|waterloo)\b",
    re.IGNORECASE,
)
"""Places that are in Lambeth, wholly or partly: which of the two is there is still to be asked."""
QUESTION_FROM = 3
"""Words from which a message with a question mark is a question back; fewer are an unsure answer."""


def misunderstood(draft: Draft, inbound: Inbound, ask: str) -> Step:
    """One more answer to this ask that was not understood: the ladder's next rung. What says more than that is kept for the team."""
    channel = inbound.channel
    if not inbound.text.strip():
        return Step(dict(draft), (say("repair.empty", channel),), ask=ask, short=True)
    if (
        ask == "lambeth_link"
        and (_says_yes(inbound) or _IN_LAMBETH.search(inbound.text))
        and not draft["misses"].get(ask)
    ):
        return Step(drafts.miss(draft, ask), (say("repair.which_in_lambeth", channel),), ask=ask, short=True)
    if ask in YES_AND and _says_yes(inbound) and not draft["misses"].get(ask):
        return Step(drafts.miss(draft, ask), (say(YES_AND[ask], channel),), ask=ask, silent=True)
    kept = _kept(draft, inbound, ask)
    in_short = ask != "check" or kept is None  # the summary has changed, so it is shown again
    if _asks_back(inbound):
        key = "repair.question" if kept is None else "repair.question_kept"
        return Step(kept or dict(draft), (say(key, channel),), ask=ask, short=in_short)
    missed = drafts.miss(kept or draft, ask)
    wrong = _what_was_wrong(draft, inbound, ask) if kept is None else say("repair.kept", channel)
    times = missed["misses"][ask]
    if times == 1:
        return Step(missed, (wrong,), ask=ask, short=in_short)
    if times == 2 and questions.load()[ask].skippable:
        return _with_a_way_out(missed, wrong, inbound, ask)
    step = _last_rung(missed, inbound, ask)
    return step if kept is None else replace(step, said=(wrong, *step.said))


def _with_a_way_out(missed: dict[str, Any], wrong: str, inbound: Inbound, ask: str) -> Step:
    """The second time: what was wrong, and that it can be skipped or left to a person."""
    channel = inbound.channel
    first = say("repair.first", channel)
    offers = "repair.or_pick" if questions.load()[ask].copy(missed).choices[channel] else "repair.or_skip"
    said = (say("repair.second", channel) if wrong == first else wrong, say(offers, channel))
    extra = tuple((value, say(f"repair.choices.{value}", channel)) for value in OFFERS)
    return Step(missed, said, ask=ask, extra=extra)


def _last_rung(missed: dict[str, Any], inbound: Inbound, ask: str) -> Step:
    """Left for a person to ask, where it can be; otherwise asked for once more, with what else can be done."""
    channel = inbound.channel
    if ask in NEVER_LEFT:
        key = "consent.still_needed" if ask == "consent" else "check.still_needed"
        extra = (("human", say("repair.choices.human", channel)),)
        return Step(missed, (say(key, channel),), ask=ask, short=True, extra=extra)
    if missed["misses"][ask] == 2:
        return Step(missed, (say("repair.needed", channel),), ask=ask)
    if ask in FALLS_BACK:
        return asides.decide(missed, inbound, ask, FALLS_BACK[ask])
    left = drafts.answer(missed, ask, None, words=inbound.text, status=drafts.LEFT)
    return Step(left, (say("repair.third", channel),))


def _what_was_wrong(draft: Draft, inbound: Inbound, ask: str) -> str:
    problem = reading.problem(ask, inbound)
    key = f"problems.{ask}.{problem}"
    if ask == "check":
        return say("check.how", inbound.channel)
    if ask == "date_of_birth" and key not in own() and any(sign.isdigit() for sign in inbound.text):
        key = "problems.date_of_birth.year_missing"
    if key in own():
        return say(key, inbound.channel)
    # Who has just said that they may not be safe, and now says how they feel, has not failed to answer.
    typed = questions.load()[ask].kind == "text" and any(sign.isdigit() for sign in inbound.text)
    hurting = drafts.flagged(draft, SEEN_LEVELS) and not typed
    return say("safety.hear_you" if hurting else "repair.first", inbound.channel)


def _says_yes(inbound: Inbound) -> bool:
    """A yes to "do you live here, or is your GP here" says that one of the two is true."""
    answer = yes_no.parse(inbound.text)
    return bool(answer and answer.complete and answer.value is True)


def _asks_back(inbound: Inbound) -> bool:
    """A question of their own that nothing here can answer: no failed answer, and told so."""
    return inbound.text.rstrip().endswith("?") and len(inbound.text.split()) >= QUESTION_FROM


def _kept(draft: Draft, inbound: Inbound, ask: str) -> dict[str, Any] | None:
    """The draft with these words in the story, where they say more than a failed answer would; None where they do not.

    What people tell at the wrong question is told all the same, and must not have to be told again.
    """
    wanted = drafts.value(draft, "consent") is True and inbound.choice is None and ask not in asides.ASKS
    if not wanted or len(inbound.text.split()) < WORTH_KEEPING:
        return None
    return drafts.add_story(draft, inbound.text)
