"""Which of a phone's conversations a text belongs to. Phones are shared: after an hour of silence it is none of the earlier ones.

While a red escalation is open, or a person is in it, the conversation goes on through a day of silence: somebody is waiting in it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa import conversations, takeovers
from spa.conversations import IDLE, IDLE_IN_CRISIS
from spa.models import Channel, Conversation, ConversationState, Escalation, EscalationState


def goes_on(session: Session, address: str, *, now: datetime) -> Conversation | None:
    """The phone's conversation that a text now belongs to, or None."""
    current = conversations.current_for_address(session, address, now=now, idle=IDLE)
    return current or takeovers.of_phone(session, address, now=now) or _in_crisis(session, address, now=now)


def latest(session: Session, address: str) -> Conversation | None:
    """The last conversation of this phone whose words are kept and that nobody has put away, however long ago it was."""
    of_it = Conversation.address == address, Conversation.channel == Channel.SMS, Conversation.blanked_at.is_(None)
    return session.scalars(
        select(Conversation).where(*of_it).order_by(Conversation.last_inbound_at.desc()).limit(1)
    ).first()


def open_escalation(session: Session, address: str) -> Escalation | None:
    """The latest escalation about any conversation of this phone that nobody has closed."""
    of_it = Conversation.address == address, Escalation.state != EscalationState.CLOSED
    joined = select(Escalation).join(Conversation, Escalation.conversation_id == Conversation.id)
    return session.scalars(joined.where(*of_it).order_by(Escalation.opened_at.desc()).limit(1)).first()


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
