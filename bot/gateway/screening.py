"""Runs the crisis screen over a message with what is known around it. A screen that cannot run is a flag for a person, never "clear"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from bot.crisis.plain import is_button
from bot.gateway.failures import described
from spa.messages import WATCHED
from spa.models import AssessmentRow, Conversation, Message

log = structlog.get_logger()

TOGETHER = timedelta(minutes=2)
"""Messages that follow each other within this time are read together (crisis.md, rule 5)."""
SAID_ONCE = (Level.NEGATED, Level.HISTORICAL)
"""A denial, or the past, is told by the message that holds it, and not once more by every message that is read together with it."""


class Screen(Protocol):
    """What judges (bot.crisis.screen.Screen)."""

    def assess(self, messages: Sequence[str], *, asked: str | None = None, known: int = 0) -> Assessment: ...

    def across(self, messages: Sequence[str]) -> Assessment: ...


class Remembering:
    """A screen that remembers an answer until it is asked for again: a text is read before the transaction that stores it, so that no
    other waits meanwhile, and the transaction finds the answer here. After that nothing of the text is held."""

    MOST = 256
    """Answers held at most; those of texts that were read and then not stored go first."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._held: dict[tuple[object, ...], Assessment] = {}

    def assess(self, messages: Sequence[str], *, asked: str | None = None, known: int = 0) -> Assessment:
        """As bot.crisis.screen.Screen."""
        question = ("assess", tuple(messages), asked, known)
        return self._remembered(question, lambda: self._screen.assess(messages, asked=asked, known=known))

    def across(self, messages: Sequence[str]) -> Assessment:
        """As bot.crisis.screen.Screen."""
        return self._remembered(("across", tuple(messages)), lambda: self._screen.across(messages))

    def _remembered(self, question: tuple[object, ...], judge: Callable[[], Assessment]) -> Assessment:
        found = self._held.pop(question, None)
        if found is None:
            found = judge()
            for oldest in list(self._held)[: max(0, len(self._held) + 1 - self.MOST)]:
                self._held.pop(oldest, None)
            self._held[question] = found
        return found


def assess(
    screen: Screen, session: Session, conversation: Conversation | None, text: str, *, before: int | None, at: datetime
) -> Assessment:
    """What the screen says of a text that is written at `at` with the conversation's question open; None: it begins one.

    `before`: the text's own number, where it has one already.
    It is read together with the messages just before it, back to the last one that was flagged: that one was acted on, and must not
    flag every message after it. Only those written to the same question are read as answers to it: a "yes" to consent, seconds
    before, says nothing of suicide. What a button of the page says is nobody's words, and is read with nothing.
    """
    asked = conversation.ask if conversation is not None else None
    says = bool(text.strip()) and not is_button(text)
    recent = _recent(session, conversation, before=before, at=at) if conversation is not None and says else []
    answering = [said for said, its_question in recent if its_question == asked]
    together = [said for said, _ in recent]
    found = _run(screen.assess, [*answering, text], asked=asked, known=len(answering))
    if answering != together:
        found = _worse(found, _run(screen.across, [*together, text]))
    if recent and found.level in SAID_ONCE:
        alone = _run(screen.assess, [text], asked=asked)
        found = alone if alone.flag is Flag.NONE else found  # a piece that is denied only by the one before it
    if found.discreet:
        found = replace(found, reasons=(*found.reasons, Reason(rule=WATCHED, words="")))
    return found


def _recent(
    session: Session, conversation: Conversation, *, before: int | None, at: datetime
) -> list[tuple[str, str | None]]:
    """(text, the question it was written to) of messages that nothing was found in shortly before, oldest first."""
    rows = session.execute(
        select(Message.text, AssessmentRow.asked, AssessmentRow.level, AssessmentRow.flag)
        .join(AssessmentRow, AssessmentRow.message_seq == Message.seq)
        .where(
            Message.conversation_id == conversation.id,
            Message.at >= at - TOGETHER,
            *((Message.seq < before,) if before is not None else ()),
        )
        .order_by(Message.seq.desc())
    )
    recent: list[tuple[str, str | None]] = []
    for text, asked, level, flag in rows:
        if flag is not Flag.NONE and level is not Level.SCREEN_FAILED:
            break
        if not is_button(text):
            recent.insert(0, (text, asked))
    return recent


def _run(judge: Callable[..., Assessment], texts: list[str], **known: str | int | None) -> Assessment:
    try:
        return judge(texts, **known)
    except Exception as e:  # noqa: BLE001 - whatever it is, the message must reach a person
        log.error("screen_failed", **described(e))
        reason = Reason(rule="screen_failed", words="", score=1.0)
        return Assessment(level=Level.SCREEN_FAILED, flag=Flag.AMBER, reasons=(reason,), model="none")


def _worse(one: Assessment, other: Assessment) -> Assessment:
    """The more serious of two results, with the reasons and the time of both."""
    worse = max(one, other, key=lambda found: (list(Flag)[::-1].index(found.flag), found.level.urgency))
    reasons = tuple(dict.fromkeys((*worse.reasons, *one.reasons, *other.reasons)))
    return replace(worse, reasons=reasons, ms=one.ms + other.ms, discreet=one.discreet or other.discreet)
