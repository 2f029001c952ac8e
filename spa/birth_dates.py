"""A phone's earlier conversations are taken up again by the date of birth that was given in them. A few tries, then no more for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from spa.models import BirthDateTry, Conversation, ConversationState

TRIES = 3
PERIOD = timedelta(days=1)


def earlier(session: Session, address: str, *, besides: Conversation | None) -> list[Conversation]:
    """Conversations of this phone that hold a date of birth and may be gone on with, the latest first."""
    may_go_on = (ConversationState.OPEN, ConversationState.ENDED, ConversationState.SUBMITTED)
    kept = Conversation.state.in_(may_go_on), Conversation.blanked_at.is_(None)
    found = session.scalars(
        select(Conversation)
        .where(Conversation.address == address, *kept)
        .order_by(Conversation.last_inbound_at.desc(), Conversation.id)
    )
    return [one for one in found if one is not besides and born(one) and one.draft.get("state") != "ended"]


def born(conversation: Conversation) -> str | None:
    """The date of birth given in it, as YYYY-MM-DD."""
    answer = conversation.draft.get("answers", {}).get("date_of_birth") or {}
    value = answer.get("value")
    return str(value) if value else None


def matching(conversations: Sequence[Conversation], date: str) -> Conversation | None:
    """The latest of these in which this date was given."""
    return next((one for one in conversations if born(one) == date), None)


def may_try(session: Session, address: str, *, now: datetime) -> bool:
    """Whether this phone has a try left. The caller holds the phone (`spa.phones.goes_on`)."""
    lately = BirthDateTry.address == address, BirthDateTry.at > now - PERIOD
    return (session.scalar(select(func.count()).select_from(BirthDateTry).where(*lately)) or 0) < TRIES


def count_try(session: Session, address: str, *, now: datetime) -> None:
    """One that was not right."""
    session.add(BirthDateTry(address=address, at=now))
    session.flush()


def remove_old(session: Session, *, now: datetime) -> None:
    """Tries that count no more go: they hold a phone number."""
    session.execute(delete(BirthDateTry).where(BirthDateTry.at <= now - PERIOD))
