"""Runs the crisis screen over a message with what is known around it. A screen that cannot run is a flag for a person, never "clear"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from bot.gateway.failures import described
from spa.models import AssessmentRow, Message

log = structlog.get_logger()

TOGETHER = timedelta(minutes=2)
"""Messages that follow each other within this time are read together (crisis.md, rule 5)."""
SAID_ONCE = (Level.NEGATED, Level.HISTORICAL)
"""A denial, or the past, is told by the message that holds it, and not once more by every message that is read together with it."""
WATCHED = "may_be_watched"
"""The reason kept, for staff and for later answers, where the screen says that somebody else may be reading."""


class Screen(Protocol):
    """What judges (bot.crisis.screen.Screen)."""

    def assess(self, messages: Sequence[str], *, asked: str | None = None) -> Assessment: ...


def assess(screen: Screen, session: Session, message: Message, *, asked: str | None) -> Assessment:
    """What the screen says of a stored message, written with `asked` as the open question.

    It is read together with the messages just before it, back to the last one that was flagged: that one was acted on, and must not
    flag every message after it. Only those written to the same question are read as answers to it: a "yes" to consent, seconds
    before, says nothing of suicide.
    """
    recent = _recent(session, message)
    answering = [text for text, its_question in recent if its_question == asked]
    together = [text for text, _ in recent]
    found = _run(screen, [*answering, message.text], asked=asked)
    if answering != together:
        found = _worse(found, _run(screen, [*together, message.text], asked=None))
    if recent and found.level in SAID_ONCE:
        alone = _run(screen, [message.text], asked=asked)
        found = alone if alone.flag is Flag.NONE else found  # a piece that is denied only by the one before it
    if found.discreet:
        found = replace(found, reasons=(*found.reasons, Reason(rule=WATCHED, words="")))
    return found


def _recent(session: Session, message: Message) -> list[tuple[str, str | None]]:
    """(text, the question it was written to) of messages that nothing was found in shortly before, oldest first."""
    rows = session.execute(
        select(Message.text, AssessmentRow.asked, AssessmentRow.level, AssessmentRow.flag)
        .join(AssessmentRow, AssessmentRow.message_seq == Message.seq)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.seq < message.seq,
            Message.at >= message.at - TOGETHER,
        )
        .order_by(Message.seq.desc())
    )
    recent: list[tuple[str, str | None]] = []
    for text, asked, level, flag in rows:
        if flag is not Flag.NONE and level is not Level.SCREEN_FAILED:
            break
        recent.insert(0, (text, asked))
    return recent


def _run(screen: Screen, texts: list[str], *, asked: str | None) -> Assessment:
    try:
        return screen.assess(texts, asked=asked)
    except Exception as e:  # noqa: BLE001 - whatever it is, the message must reach a person
        log.error("screen_failed", **described(e))
        reason = Reason(rule="screen_failed", words="", score=1.0)
        return Assessment(level=Level.SCREEN_FAILED, flag=Flag.AMBER, reasons=(reason,), model="none")


def _worse(one: Assessment, other: Assessment) -> Assessment:
    """The more serious of two results, with the reasons and the time of both."""
    worse = max(one, other, key=lambda found: (list(Flag)[::-1].index(found.flag), found.level.urgency))
    reasons = tuple(dict.fromkeys((*worse.reasons, *one.reasons, *other.reasons)))
    return replace(worse, reasons=reasons, ms=one.ms + other.ms, discreet=one.discreet or other.discreet)
