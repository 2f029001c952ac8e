"""An introduction as it stands in the SPA queue, and everything that was done to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from spa.models.base import BIG_KEY, Base, FreeText, one_of


class IntroductionStatus(StrEnum):
    """Statuses of introduction.schema.json."""

    NEW = "new"
    IN_REVIEW = "in_review"
    CONTACT_ATTEMPTED = "contact_attempted"
    IN_CONTACT = "in_contact"
    ROUTED = "routed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


class Destination(StrEnum):
    """The services that SPA staff route an introduction to (mission.md)."""

    CRISIS_OUTREACH = "crisis_outreach"
    SHORT_TERM_SUPPORT = "short_term_support"
    FOCUSED_SUPPORT = "focused_support"
    TREEHOUSE = "treehouse"
    HOME_TREATMENT_TEAM = "home_treatment_team"
    TALKING_THERAPIES = "talking_therapies"
    AMHP_ASSESSMENT = "amhp_assessment"
    COMMUNITY_MENTAL_HEALTH_TEAM = "community_mental_health_team"
    HOUSING_OR_VOLUNTARY_SECTOR = "housing_or_voluntary_sector"
    GP = "gp"
    CAMHS = "camhs"
    OLDER_ADULTS = "older_adults"
    OTHER_BOROUGH = "other_borough"
    ADVICE_ONLY = "advice_only"


class IntroductionAction(StrEnum):
    """What happened to an introduction."""

    SUBMITTED = "submitted"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"
    PRIORITY_RAISED = "priority_raised"
    CLAIMED = "claimed"
    STATUS = "status"
    ROUTED = "routed"
    NOTED = "noted"
    CLOSED = "closed"


class Introduction(Base):
    """`document` is valid against introduction.schema.json. `priority_rank` orders the queue: 0 emergency to 3 routine."""

    __tablename__ = "introduction"
    __table_args__ = (
        Index("ix_introduction_queue", "status", "priority_rank", "submitted_at"),
        Index("ix_introduction_submitted_at_priority_code", "submitted_at", "priority_code"),
        CheckConstraint("priority_code IN (1, 2, 3, 4)", name="priority_code"),
        CheckConstraint("priority_rank IN (0, 1, 2, 3)", name="priority_rank"),
    )

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), unique=True)
    document: Mapped[dict[str, Any]]
    status: Mapped[IntroductionStatus] = mapped_column(
        one_of(IntroductionStatus, "status"), default=IntroductionStatus.NEW
    )
    priority_code: Mapped[int]
    priority_rank: Mapped[int]
    submitted_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    assignee: Mapped[str | None] = mapped_column(String(128))
    destination: Mapped[Destination | None] = mapped_column(one_of(Destination, "destination"))

    events: Mapped[list[IntroductionEvent]] = relationship(order_by="IntroductionEvent.id", cascade="all")


class IntroductionEvent(Base):
    """One thing done to it, by whom and when; `status` and `destination` as they were after it. Rows are only ever added."""

    __tablename__ = "introduction_event"
    __table_args__ = (
        Index("ix_introduction_event_action_introduction_reference_at", "action", "introduction_reference", "at"),
        Index("ix_introduction_event_status_introduction_reference_at", "status", "introduction_reference", "at"),
        CheckConstraint("actor <> ''", name="actor"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    introduction_reference: Mapped[str] = mapped_column(ForeignKey("introduction.reference"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(128))
    action: Mapped[IntroductionAction] = mapped_column(one_of(IntroductionAction, "action"))
    status: Mapped[IntroductionStatus] = mapped_column(one_of(IntroductionStatus, "status"))
    destination: Mapped[Destination | None] = mapped_column(one_of(Destination, "destination"))
    note: Mapped[str | None] = mapped_column(FreeText)
