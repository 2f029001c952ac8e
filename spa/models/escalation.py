"""An escalation: one open alarm about one conversation, with every step taken on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.crisis.assessment import Flag
from spa.models.base import BIG_KEY, Base, FreeText, one_of


class EscalationLevel(StrEnum):
    """The levels that are seen by a person, most urgent first; `call_back`: the resident asked for a person."""

    CRISIS_IMMINENT = "crisis_imminent"
    CRISIS_ACTIVE = "crisis_active"
    HARM_TO_OTHERS = "harm_to_others"
    SELF_HARM = "self_harm"
    SAFEGUARDING = "safeguarding"
    PASSIVE_LOW = "passive_low"
    THIRD_PARTY = "third_party"
    SCREEN_FAILED = "screen_failed"
    HISTORICAL = "historical"
    CALL_BACK = "call_back"

    @property
    def urgency(self) -> int:
        """0 for the least urgent; to compare two levels."""
        return len(EscalationLevel) - 1 - list(EscalationLevel).index(self)


class EscalationState(StrEnum):
    """`open` until a named person says they have it, `acknowledged` until a named person closes it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class StepAction(StrEnum):
    """What happened to an escalation."""

    OPENED = "opened"
    RAISED = "raised"
    REPEATED = "repeated"
    PAGED = "paged"
    NOBODY_TO_PAGE = "nobody_to_page"
    LADDER_ENDED = "ladder_ended"
    DETAIL = "detail"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    CLOSED = "closed"


class Escalation(Base):
    """`words` are the resident's own (the most urgent ones), `code` is what staff text back.

    `alerts` counts alarms raised (a higher level raises one more), `rung` the pages sent in the present one,
    `next_step_at` when the ladder climbs (None: it does not).
    """

    __tablename__ = "escalation"
    __table_args__ = (
        Index(
            "uq_escalation_one_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_escalation_state_flag_opened_at", "state", "flag", "opened_at"),
        Index("ix_escalation_state_next_step_at", "state", "next_step_at"),
        Index("ix_escalation_opened_at_flag", "opened_at", "flag"),
        CheckConstraint("flag <> 'none'", name="flagged"),
        CheckConstraint("state <> 'acknowledged' OR acknowledged_by IS NOT NULL", name="acknowledged_by_a_person"),
        CheckConstraint("state <> 'closed' OR closed_by IS NOT NULL", name="closed_by_a_person"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    message_seq: Mapped[int | None] = mapped_column(ForeignKey("message.seq"))
    level: Mapped[EscalationLevel] = mapped_column(one_of(EscalationLevel, "level"))
    flag: Mapped[Flag] = mapped_column(one_of(Flag, "flag"))
    state: Mapped[EscalationState] = mapped_column(one_of(EscalationState, "state"), default=EscalationState.OPEN)
    channel: Mapped[str] = mapped_column(String(8))
    opened_at: Mapped[datetime]
    alerted_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(FreeText)
    reasons: Mapped[list[dict[str, Any]]]
    whereabouts: Mapped[str | None] = mapped_column(FreeText)
    phone: Mapped[str | None] = mapped_column(String(32))
    alerts: Mapped[int] = mapped_column(default=1)
    rung: Mapped[int] = mapped_column(default=0)
    next_step_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(128))
    acknowledged_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(128))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(FreeText)

    steps: Mapped[list[EscalationStep]] = relationship(order_by="EscalationStep.id", cascade="all")


class EscalationStep(Base):
    """One thing done, by whom and when. Rows are only ever added. `detail` holds no resident's words, but what staff note."""

    __tablename__ = "escalation_step"
    __table_args__ = (
        Index("ix_escalation_step_action_escalation_id_at", "action", "escalation_id", "at"),
        CheckConstraint("actor <> ''", name="actor"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    escalation_id: Mapped[str] = mapped_column(ForeignKey("escalation.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(128))
    action: Mapped[StepAction] = mapped_column(one_of(StepAction, "action"))
    detail: Mapped[str | None] = mapped_column(FreeText)
