"""Puts a step into words: the replies of one turn, in one voice, never the same twice in a row."""

from __future__ import annotations

from typing import Any

from bot.intake import draft as drafts
from bot.intake import flow, questions, summary
from bot.intake.conditions import CRISIS_LEVELS, RED_LEVELS, someone_else
from bot.intake.draft import Draft
from bot.intake.step import NEXT, Step
from bot.intake.turn import Choice, Inbound, Reply, Turn
from bot.intake.wording import say

SMS_LIMIT = 306
"""Characters of two joined GSM-7 segments; the numbered choices that the gateway adds count too."""

SHORT_WORDS = 60
"""Characters of an acknowledgement that stand in front of the question on the web."""


def turn(step: Step, inbound: Inbound) -> Turn:
    """The turn this step comes to."""
    channel = inbound.channel
    ask = flow.following(step.draft, channel=channel) if step.ask == NEXT else step.ask
    draft = drafts.update(step.draft, open=ask)
    said = [text for text in step.said if text]
    replies: list[Reply] = []
    if step.receipt:
        replies.append(Reply(said[0], kind="receipt", reference=inbound.reference))
        said = said[1:]
    if ask is None or step.silent:
        replies += _joined(said, channel)
    else:
        put = question(draft, ask, channel=channel, short=step.short, extra=step.extra)
        told = " ".join([*said, put.text])
        if told == draft["told"]:
            put = _otherwise(draft, ask, put, channel=channel, short=step.short, extra=step.extra)
        draft = drafts.update(draft, told=" ".join([*said, put.text]), shown=_shown(draft, ask, channel=channel))
        replies += _with_question(said, put, channel)
    return Turn(draft=draft, replies=tuple(replies), effects=step.effects, ask=ask)


def question(
    draft: Draft, ask: str, *, channel: str, short: bool = False, extra: tuple[tuple[str, str], ...] = ()
) -> Reply:
    """The reply that puts this question, in full or short."""
    asked = questions.load()[ask]
    copy = asked.copy(draft)
    text = copy.short if short else copy.text(channel)
    added = tuple(Choice(value, label) for value, label in extra)
    progress = flow.progress(draft, channel=channel) if asked.phase == "path" else None
    special = _special(draft, ask, channel=channel, short=short)
    if ask == "check":
        text = text if short else f"{summary.text(draft, channel=channel)}\n\n{text}"
    return Reply(
        special or text,
        kind="summary" if ask == "check" and not short else "text",
        ask=ask,
        choices=(*offered(draft, ask, channel=channel), *added),
        multi=asked.kind == "multi",
        progress=progress,
    )


def offered(draft: Draft, ask: str, *, channel: str) -> tuple[Choice, ...]:
    """The question's choices in this channel, in their order; with needs already heard, "that's right" comes first."""
    choices = questions.load()[ask].copy(draft).choices[channel]
    if ask != "needs":
        return choices
    right = Choice("right", say("needs.right", channel))
    rest = tuple(choice for choice in choices if choice.value != "right")
    return (right, *rest) if summary.needs_heard(draft) else rest


def _special(draft: Draft, ask: str, *, channel: str, short: bool) -> str | None:
    """Questions whose words depend on what was said before."""
    other = someone_else(draft)
    if ask == "needs" and summary.needs_heard(draft):
        key = "needs.heard_short" if short else "needs.heard"
        return say(key, channel, needs=summary.needs_in_words(draft, summary.needs_heard(draft), channel=channel))
    if ask == "suicidal_thoughts" and not short and drafts.flagged(draft, (*CRISIS_LEVELS, "passive_low")):
        return say("safety.thoughts_again_other" if other else "safety.thoughts_again", channel)
    if ask == "consent" and channel == "sms" and not short and not draft["told"] and draft["flags"]:
        return f"{say('opening_late', channel)} {questions.load()[ask].copy(draft).sms}"
    if ask == "whereabouts" and drafts.flagged(draft, ("third_party",)) and not drafts.flagged(draft, RED_LEVELS):
        theirs = questions.load()[ask].other
        return theirs.short if short else theirs.text(channel)
    if ask == "safe_at_home" and draft["carded"] == ask:
        return say("safety.good_time", channel)
    if ask == "story" and draft["telling"] and not short:
        return say("acks.story.already", channel)
    if ask == "story" and draft["telling"] and short:
        return say("acks.story.ask_more" if len(draft["telling"]) % 2 else "acks.story.take_time", channel)
    if ask == "phone" and not short and channel == "sms" and not draft["address"]:
        return questions.load()[ask].copy(draft).web
    return None


def _otherwise(
    draft: Draft, ask: str, put: Reply, *, channel: str, short: bool, extra: tuple[tuple[str, str], ...]
) -> Reply:
    """The same question in other words, so that the same text never comes twice in a row."""
    swapped = question(draft, ask, channel=channel, short=not short, extra=extra)
    if swapped.text != put.text and swapped.kind == put.kind:
        return swapped
    again = say("repair.again", channel)
    return Reply(
        f"{again} {put.text}",
        kind=put.kind,
        ask=put.ask,
        choices=put.choices,
        multi=put.multi,
        progress=put.progress,
    )


def _shown(draft: Draft, ask: str, *, channel: str) -> Any:
    return summary.text(draft, channel=channel) if ask == "check" else draft["shown"]


def _with_question(said: list[str], put: Reply, channel: str) -> list[Reply]:
    """A few words and the question are one message; on the web more than that is a message of its own, a text holds what fits."""
    if not said:
        return [put]
    before = " ".join(said)
    joined = f"{before} {put.text}"
    fits = len(before) <= SHORT_WORDS if channel == "web" else len(joined) + room(put.choices) <= SMS_LIMIT
    if put.kind == "text" and fits and "\n" not in before:
        return [Reply(joined, kind=put.kind, ask=put.ask, choices=put.choices, multi=put.multi, progress=put.progress)]
    return [*_joined(said, channel), put]


def _joined(said: list[str], channel: str) -> list[Reply]:
    """Short texts as one message; a text that has lines of its own stands alone."""
    if not said:
        return []
    joined = " ".join(said)
    fits = channel == "web" or len(joined) <= SMS_LIMIT
    return [Reply(joined)] if fits and "\n" not in joined else [Reply(text) for text in said]


def room(choices: tuple[Choice, ...]) -> int:
    """Characters that numbered choices take in a text message ("1 Yes 2 No" on lines of their own)."""
    return sum(len(f"\n{number} {choice.label}") for number, choice in enumerate(choices, 1))
