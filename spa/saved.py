"""Saved conversations: each code takes its conversation up once, in its time. What a code looks like is the caller's business."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from spa import conversations
from spa.models import Conversation, SavedCode

LIFETIME = timedelta(days=7)


def keep(
    session: Session, conversation: Conversation, *, digest: str, lifetime: timedelta = LIFETIME, now: datetime
) -> None:
    """The code of this digest takes the conversation up, until `lifetime` from `now`. Earlier codes of it stay good."""
    session.add(SavedCode(digest=digest, conversation_id=conversation.id, made_at=now, expires_at=now + lifetime))
    session.flush()


def take_up(session: Session, digest: str, *, now: datetime) -> Conversation | None:
    """The conversation of this code, which no code takes up again; None where there is none, or its time is over.

    Of two that come with one code at once, one gets it.
    """
    code = session.get(SavedCode, digest)
    if code is None or now >= code.expires_at:
        return None
    conversation = conversations.locked(session, session.get_one(Conversation, code.conversation_id))
    if session.scalars(select(SavedCode.digest).where(SavedCode.digest == digest)).first() is None:
        return None
    session.execute(delete(SavedCode).where(SavedCode.conversation_id == conversation.id))
    return conversation


def remove_expired(session: Session, *, now: datetime) -> int:
    """Codes that can take nothing up any more go. Returns how many."""
    old = session.scalars(select(SavedCode).where(SavedCode.expires_at <= now)).all()
    for code in old:
        session.delete(code)
    session.flush()
    return len(old)
