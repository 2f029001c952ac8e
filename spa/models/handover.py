"""An introduction sent on to a destination, and whether that took it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import BIG_KEY, Base, FreeText, one_of
from spa.models.introduction import Destination


class HandoverState(StrEnum):
    """`waiting` until staff say what the destination answered."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Handover(Base):
    """`answered_on`: the day on which the destination answered; `answered_by`: the member of staff who recorded it."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_sent_at_destination_state", "sent_at", "destination", "state"),
        Index("ix_handover_state_sent_at", "state", "sent_at"),
        CheckConstraint("sent_by <> ''", name="sent_by"),
        CheckConstraint(
            "state = 'waiting' OR (answered_on IS NOT NULL AND answered_by IS NOT NULL)", name="answered_by_a_person"
        ),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    introduction_reference: Mapped[str] = mapped_column(ForeignKey("introduction.reference"), index=True)
    destination: Mapped[Destination] = mapped_column(one_of(Destination, "destination"))
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(String(128))
    state: Mapped[HandoverState] = mapped_column(one_of(HandoverState, "state"), default=HandoverState.WAITING)
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(String(128))
    note: Mapped[str | None] = mapped_column(FreeText)
