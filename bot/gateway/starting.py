"""Starts a conversation, on either channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from spa import conversations, references
from spa.models import Conversation, Introduction


def start(session: Session, *, channel: str, address: str | None = None, now: datetime) -> Conversation:
    """A new conversation with the reference that its introduction will have: the receipt names it before it is handed over."""
    conversation = conversations.start(session, channel=channel, address=address, now=now)
    conversation.reference = _free_reference(session)
    return conversation


def _free_reference(session: Session) -> str:
    while True:
        reference = references.new()
        taken = (
            select(Conversation.id)
            .outerjoin(Introduction, Introduction.conversation_id == Conversation.id)
            .where(or_(Conversation.reference == reference, Introduction.reference == reference))
        )
        if session.scalars(taken.limit(1)).first() is None:
            return reference
