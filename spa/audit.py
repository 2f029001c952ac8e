"""The record of who looked at or changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa.models import AuditEntry


def record(
    session: Session, *, actor: str, action: str, subject: str, now: datetime, detail: str | None = None
) -> AuditEntry:
    """Add one act. `subject`: a reference, code or id. Raises ValueError for an act without an actor or a name."""
    if not actor.strip() or not action.strip():
        raise ValueError("an audit entry needs an actor and an action")
    entry = AuditEntry(at=now, actor=actor, action=action, subject=subject, detail=detail)
    session.add(entry)
    session.flush()
    return entry


def for_subject(session: Session, subject: str) -> list[AuditEntry]:
    """All acts on one thing, first one first."""
    return list(session.scalars(select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)))


def latest(session: Session, *, actor: str = "", subject: str = "", limit: int, offset: int = 0) -> list[AuditEntry]:
    """The newest acts first, of one person or on one thing where either is given."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit).offset(offset)
    if actor:
        query = query.where(AuditEntry.actor == actor)
    if subject:
        query = query.where(AuditEntry.subject == subject)
    return list(session.scalars(query))
