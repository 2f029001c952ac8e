"""How many conversations became an introduction, and at which question the others stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from spa.models import Conversation, ConversationState, Message
from spa.reporting.comparison import Part
from spa.reporting.counts import in_period, number_of
from spa.reporting.period import Period

SILENT = timedelta(hours=24)
"""After which a conversation that was not sent counts as stopped. It may still be taken up, and then counts as sent."""

SENT = (ConversationState.SUBMITTED, ConversationState.WITHDRAWN)


@dataclass(frozen=True)
class Completion:
    """Of the conversations of one channel: how many were sent, stopped, or are going on."""

    started: int
    sent: int
    going_on: int

    @property
    def stopped(self) -> int:
        """Neither sent nor going on."""
        return self.started - self.sent - self.going_on

    @property
    def completed(self) -> Part:
        """Sent, of those that are over."""
        return Part(self.sent, self.started - self.going_on)


def completion(session: Session, period: Period, *, now: datetime) -> Mapping[str, Completion]:
    """By channel, of the conversations that began in the period."""
    conversation = Conversation
    sent = conversation.state.in_(SENT)
    query = (
        select(conversation.channel, func.count(), number_of(sent), number_of(_going_on(now)))
        .where(in_period(conversation.started_at, period))
        .group_by(conversation.channel)
    )
    return {str(channel): Completion(*numbers) for channel, *numbers in session.execute(query)}


def stops(session: Session, period: Period, *, now: datetime) -> Mapping[str, Part]:
    """{question: how many stopped at it, of how many were asked it}. Nothing of what anybody answered is looked at."""
    asked = _asked(session, period)
    stopped = _stopped(session, period, now=now)
    return {ask: Part(stopped.get(ask, 0), number) for ask, number in asked.items()}


def _asked(session: Session, period: Period) -> dict[str, int]:
    once = select(Message.conversation_id, Message.ask).where(*_put_in(period)).distinct().subquery()
    query = select(once.c.ask, func.count()).group_by(once.c.ask)
    return {ask: number for ask, number in session.execute(query)}


def _stopped(session: Session, period: Period, *, now: datetime) -> dict[str, int]:
    over = and_(Conversation.state.not_in(SENT), or_(Conversation.state != ConversationState.OPEN, ~_going_on(now)))
    last = (
        select(func.max(Message.seq).label("seq"))
        .where(*_put_in(period, over))
        .group_by(Message.conversation_id)
        .subquery()
    )
    query = select(Message.ask, func.count()).join(last, last.c.seq == Message.seq).group_by(Message.ask)
    return {ask: number for ask, number in session.execute(query) if ask}


def _put_in(period: Period, *conditions: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Messages that put a question, in conversations that began in the period."""
    of_period = select(Conversation.id).where(in_period(Conversation.started_at, period), *conditions)
    return Message.ask.is_not(None), Message.conversation_id.in_(of_period)


def _going_on(now: datetime) -> ColumnElement[bool]:
    return and_(Conversation.state == ConversationState.OPEN, Conversation.last_inbound_at >= now - SILENT)
