"""Which of a phone's conversations a text belongs to. Phones are shared: after an hour of silence it is none of the earlier ones.

While a red escalation is open, or a person is in it, the conversation goes on through a day of silence: somebody is waiting in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa.conversations import IDLE, IDLE_IN_CRISIS
from spa.database import lock
from spa.models import Channel, Conversation, ConversationState, Escalation, EscalationState, Takeover


def goes_on(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The phone's conversation that a text now belongs to, or None.

    Holds the phone until the transaction ends, so that a new conversation cannot be opened beside another process's.
    """
    lock(session, f"address:{address}")
    return belongs(session, address, now=now)


def belongs(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The same, to be looked at only."""
    return (
        _within_the_hour(session, address, now=now)
        or _attended(session, address, now=now)
        or _in_crisis(session, address, now=now)
    )


def all_of(session: Session, address: str) -> Sequence[Conversation]:
    """The phone's conversations whose words are kept and that nobody has put away, the latest first."""
    of_it = Conversation.address == address, Conversation.channel == Channel.SMS, Conversation.blanked_at.is_(None)
    return session.scalars(
        select(Conversation).where(*of_it).order_by(Conversation.last_inbound_at.desc(), Conversation.id)
    ).all()


def open_escalation(session: Session, address: str) -> Escalation | None:
    """The latest escalation about any conversation of this phone that nobody has closed."""
    of_it = Conversation.address == address, Escalation.state != EscalationState.CLOSED
    joined = select(Escalation).join(Conversation, Escalation.conversation_id == Conversation.id)
    return session.scalars(joined.where(*of_it).order_by(Escalation.opened_at.desc()).limit(1)).first()


def _within_the_hour(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The phone's latest conversation, unless it has been silent for longer or was ended or forgotten."""
    live = (ConversationState.OPEN, ConversationState.SUBMITTED, ConversationState.WITHDRAWN)
    of_it = Conversation.address == address, Conversation.channel == Channel.SMS, Conversation.state.in_(live)
    return session.scalars(
        select(Conversation)
        .where(*of_it, Conversation.last_inbound_at >= now - IDLE)
        .order_by(Conversation.last_inbound_at.desc(), Conversation.started_at.desc())
        .limit(1)
    ).first()


def _attended(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The phone's conversation that somebody of staff is in and in which the resident wrote within the day, or None."""
    joined = select(Conversation).join(Takeover, Takeover.conversation_id == Conversation.id)
    of_it = Conversation.address == address, Conversation.channel == Channel.SMS, Takeover.left_at.is_(None)
    lately = Conversation.last_inbound_at >= now - IDLE_IN_CRISIS
    return session.scalars(joined.where(*of_it, lately).order_by(Conversation.last_inbound_at.desc()).limit(1)).first()


def _in_crisis(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The phone's conversation that crisis outreach has an open red escalation about, or None."""
    return session.scalars(
        select(Conversation)
        .join(Escalation, Escalation.conversation_id == Conversation.id)
        .where(
            Conversation.address == address,
            Conversation.last_inbound_at >= now - IDLE_IN_CRISIS,
            Escalation.state != EscalationState.CLOSED,
            Escalation.flag == Flag.RED,
            or_(
                Conversation.channel == Channel.SMS, Conversation.state != ConversationState.ENDED
            ),  # else put away: "not me"
        )
        .order_by(Conversation.last_inbound_at.desc())
        .limit(1)
    ).first()
