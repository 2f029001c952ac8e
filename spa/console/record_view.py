"""The record of who did what, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import references
from spa.console import wording
from spa.models import AuditEntry, Escalation

ACTS: Mapping[str, str] = {
    "login.opened": "Logged in",
    "login.closed": "Logged out",
    "account.made": "Logged in with the organisation’s login for the first time",
    "account.role": "Has another role by the organisation’s login",
    "second_factor.on": "Turned the second factor on",
    "second_factor.codes": "Made new recovery codes",
    "second_factor.off": "Turned the second factor off",
    "queue.read": "Looked at the lists",
    "closed.read": "Looked at closed escalations",
    "record.read": "Looked at this record",
    "people.read": "Looked at the people",
    "person.role": "Gave somebody a role",
    "person.off": "Let somebody in no more",
    "person.on": "Let somebody in again",
    "person.factor": "Removed somebody’s second factor",
    "report.read": "Looked at a report",
    "report.taken": "Exported a table of a report",
    "introduction.read": "Read an introduction",
    "introduction.claimed": "Claimed an introduction",
    "introduction.noted": "Added a note",
    "introduction.contact": "Recorded contact",
    "introduction.routed": "Routed an introduction",
    "introduction.closed": "Closed an introduction",
    "conversation.read": "Opened a conversation",
    "conversation.joined": "Joined a conversation",
    "conversation.written": "Wrote to a resident",
    "conversation.handed_back": "Handed a conversation back",
    "escalation.read": "Read an escalation",
    "escalation.acknowledged": "Acknowledged an escalation",
    "escalation.noted": "Added a note to an escalation",
    "escalation.closed": "Closed an escalation",
}


@dataclass(frozen=True)
class Row:
    """One act. `address`: the page of what it was on, "" where there is none."""

    at: datetime
    actor: str
    action: str
    subject: str
    address: str
    detail: str


def rows(session: Session, entries: Sequence[AuditEntry], *, names: Mapping[str, str]) -> tuple[Row, ...]:
    """In the order given; one query for the codes of all escalations."""
    subjects = {entry.subject for entry in entries}
    query = select(Escalation.id, Escalation.code).where(Escalation.id.in_(subjects))
    codes = {found: code for found, code in session.execute(query)}
    return tuple(_row(entry, codes, names) for entry in entries)


def _row(entry: AuditEntry, codes: Mapping[str, str], names: Mapping[str, str]) -> Row:
    code = codes.get(entry.subject, "")
    reference = "" if code else references.valid(entry.subject) or ""
    address = f"/escalations/{code}" if code else f"/introductions/{reference}" if reference else ""
    general = entry.subject in ("queue", "record", "report", "people", "escalations", entry.actor)
    return Row(
        at=entry.at,
        actor=names.get(entry.actor, entry.actor),
        action=ACTS.get(entry.action, wording.plain(entry.action.replace(".", " "))),
        subject=code or reference or ("" if general else entry.subject),
        address=address,
        detail=entry.detail or "",
    )
