"""The queue and the escalations as the command line gives them (the contract of conversation.md). JSON-ready values."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import escalations as alarms
from spa import introductions, references
from spa.models import Escalation, EscalationState


def queue(session: Session) -> list[dict[str, Any]]:
    """Introductions still open, most urgent first, without anything about the resident."""
    return [
        {
            "reference": introduction.reference,
            "status": str(introduction.status),
            "priority": introduction.priority_code,
            "submitted_at": introduction.submitted_at.isoformat(),
            "channel": introduction.document["channel"],
            "needs": [need["domain"] for need in introduction.document["needs"]],
            "assignee": introduction.assignee,
        }
        for introduction in introductions.queue(session)
    ]


def introduction(session: Session, reference: str) -> dict[str, Any] | None:
    """The document (introduction.schema.json) of a reference as somebody typed it, or None where there is none."""
    found = introductions.by_reference(session, references.valid(reference) or reference)
    return None if found is None else dict(found.document)


def escalations(session: Session) -> list[dict[str, Any]]:
    """Every escalation with its steps: those not closed first, in the console's order, then the closed ones, latest first."""
    closed = select(Escalation).where(Escalation.state == EscalationState.CLOSED)
    rows = [*alarms.open_now(session), *session.scalars(closed.order_by(Escalation.closed_at.desc()))]
    return [_escalation(row) for row in rows]


def _escalation(escalation: Escalation) -> dict[str, Any]:
    return {
        "id": escalation.id,
        "code": escalation.code,
        "level": str(escalation.level),
        "flag": escalation.flag.value,
        "state": str(escalation.state),
        "opened_at": escalation.opened_at.isoformat(),
        "conversation": escalation.conversation_id,
        "channel": escalation.channel,
        "acknowledged_by": escalation.acknowledged_by,
        "closed_by": escalation.closed_by,
        "steps": [
            {"at": step.at.isoformat(), "actor": step.actor, "action": str(step.action), "detail": step.detail}
            for step in escalation.steps
        ],
    }
