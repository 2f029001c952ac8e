"""A person of the SPA in a resident's conversation: while they are in it, the assistant is silent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import BIG_KEY, Base, one_of


class TakeoverEnd(StrEnum):
    """How it ended: the person handed back or fell silent, or the conversation itself ended (deleted, or the phone changed hands)."""

    HANDED_BACK = "handed_back"
    WENT_QUIET = "went_quiet"
    CONVERSATION_ENDED = "conversation_ended"


class Takeover(Base):
    """`staff`: the user name of who is in it; `signed`: how the resident is told of them, by role; `ask`: the question that was open
    before. One conversation has one person at a time."""

    __tablename__ = "takeover"
    __table_args__ = (
        # Two who join at once: the database lets one of them.
        Index(
            "uq_takeover_one_at_a_time",
            "conversation_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        CheckConstraint("staff <> ''", name="staff"),
        CheckConstraint("(left_at IS NULL) = (ended IS NULL)", name="ended_when_left"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    staff: Mapped[str] = mapped_column(String(128))
    signed: Mapped[str] = mapped_column(String(64))
    ask: Mapped[str | None] = mapped_column(String(64))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    ended: Mapped[TakeoverEnd | None] = mapped_column(one_of(TakeoverEnd, "ended"))
