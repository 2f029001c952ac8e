"""Whether anything that staff are shown has changed: the cheapest question that the database can answer."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa.models import EscalationStep, IntroductionEvent, Message


def mark(session: Session) -> str:
    """Another text after each thing done to an introduction or an escalation and after each message. All three are rows that
    are only ever added, so the highest key tells; on PostgreSQL two that overlap may be told of late, never the last one
    alone: pages also look by themselves now and then."""
    keys = func.max(IntroductionEvent.id), func.max(EscalationStep.id), func.max(Message.seq)
    return "-".join(str(session.scalar(select(key)) or 0) for key in keys)
