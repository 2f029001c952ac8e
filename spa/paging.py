"""Pages to crisis outreach: what they say, and who gets the next one. They hold no word, name or number of a resident."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa import outbox
from spa.ladder import Contact, Ladder
from spa.models import (
    Escalation,
    EscalationState,
    EscalationStep,
    OutboxItem,
    OutboxKind,
    OutboxState,
    Purpose,
    StepAction,
)

log = structlog.get_logger(__name__)

SYSTEM = "Front Door"
"""The actor of steps that no person took."""

CHANNELS = {"web": "website chat", "sms": "text message"}


@dataclass(frozen=True)
class _Page:
    """Which page of which alarm an item is; from its dedupe key."""

    escalation_id: str
    alert: int
    rung: int


def add_step(
    session: Session,
    escalation: Escalation,
    action: StepAction,
    *,
    actor: str,
    now: datetime,
    detail: str | None = None,
) -> EscalationStep:
    """One more row of what happened to it."""
    step = EscalationStep(escalation_id=escalation.id, at=now, actor=actor, action=action, detail=detail)
    escalation.steps.append(step)
    session.flush()
    return step


def page_next(session: Session, escalation: Escalation, *, ladder: Ladder, now: datetime) -> int:
    """Queue the page for the next rung and set when the one after it is due. Returns how many pages were queued."""
    contact = ladder.contact_at(escalation.rung)
    if contact is None:
        _nobody_left(session, escalation, ladder=ladder, now=now)
        return 0
    for kind, to in contact.ways:
        outbox.enqueue(
            session,
            kind=kind,
            to=to,
            subject=subject(escalation) if kind == OutboxKind.EMAIL else None,
            body=body(escalation, kind=kind, ladder=ladder),
            purpose="page",
            dedupe_key=f"page:{escalation.id}:{escalation.alerts}:{escalation.rung}:{kind}",
            conversation_id=escalation.conversation_id,
            now=now,
        )
    add_step(session, escalation, StepAction.PAGED, actor=SYSTEM, now=now, detail=_who(contact))
    escalation.rung += 1
    escalation.next_step_at = now + ladder.wait
    session.flush()
    return len(contact.ways)


def climb(session: Session, *, ladder: Ladder, now: datetime) -> int:
    """Page the next contact of every red escalation whose last one let the time pass. Returns how many pages were queued."""
    overdue = (
        Escalation.state == EscalationState.OPEN,
        Escalation.flag == Flag.RED,
        Escalation.next_step_at <= now,
    )
    escalations = session.scalars(
        select(Escalation).where(*overdue).order_by(Escalation.next_step_at).with_for_update(skip_locked=True)
    ).all()
    return sum(page_next(session, escalation, ladder=ladder, now=now) for escalation in escalations)


def hurry(session: Session, item: OutboxItem, *, now: datetime) -> None:
    """A page was given up: unless the same contact has it another way, climb now, not when the time has passed."""
    page = _page_of(item)
    waiting = (
        Escalation.id == page.escalation_id,
        Escalation.state == EscalationState.OPEN,
        Escalation.alerts == page.alert,
        Escalation.rung == page.rung + 1,
        Escalation.next_step_at > now,
    )
    escalation = session.scalars(select(Escalation).where(*waiting).with_for_update()).one_or_none()
    if escalation is None:
        return
    siblings = OutboxItem.dedupe_key.like(f"page:{page.escalation_id}:{page.alert}:{page.rung}:%")
    states = session.scalars(select(OutboxItem.state).where(siblings, OutboxItem.id != item.id))
    if all(state == OutboxState.FAILED for state in states):
        escalation.next_step_at = now


def follow_up(session: Session, *, now: datetime) -> int:
    """Pages that the provider took and then could not deliver count as given up. Returns how many there were."""
    lost = (
        OutboxItem.purpose == Purpose.PAGE,
        OutboxItem.state == OutboxState.SENT,
        OutboxItem.provider_status.in_(("undelivered", "failed")),
    )
    items = session.scalars(select(OutboxItem).where(*lost)).all()
    for item in items:
        hurry(session, item, now=now)
        item.state, item.error = OutboxState.FAILED, item.provider_status
    session.flush()
    return len(items)


def cancel(session: Session, escalation: Escalation) -> None:
    """Pages that did not go out yet are not needed any more."""
    waiting = OutboxItem.state.in_((OutboxState.QUEUED, OutboxState.LEASED))
    pages = OutboxItem.dedupe_key.like(f"page:{escalation.id}:%"), waiting
    session.execute(update(OutboxItem).where(*pages).values(state=OutboxState.FAILED, error="acknowledged"))
    escalation.next_step_at = None


def subject(escalation: Escalation) -> str:
    """An e-mail's subject line."""
    return f"Front Door RED {escalation.code}: {_level(escalation)}"


def body(escalation: Escalation, *, kind: str, ladder: Ladder) -> str:
    """The text of a page; JSON for a webhook."""
    link = ladder.link(escalation.id)
    told = f"Front Door RED {escalation.code}: {_level(escalation)}, by {CHANNELS[escalation.channel]}."
    if kind == OutboxKind.WEBHOOK:
        page = {
            "code": escalation.code,
            "level": str(escalation.level),
            "flag": escalation.flag.value,
            "channel": escalation.channel,
            "opened_at": escalation.opened_at.isoformat(),
            "alert": escalation.alerts,
            "link": link,
            "text": told,
        }
        return json.dumps(page)
    answer = (
        "Acknowledge it in the console." if kind == OutboxKind.EMAIL else f"Reply {escalation.code} to acknowledge."
    )
    return " ".join(part for part in (told, link, answer) if part)


def _page_of(item: OutboxItem) -> _Page:
    _, escalation_id, alert, rung, _ = item.dedupe_key.split(":")
    return _Page(escalation_id, int(alert), int(rung))


def _level(escalation: Escalation) -> str:
    return str(escalation.level).replace("_", " ")


def _who(contact: Contact) -> str:
    return f"{contact.name} by {', '.join(kind for kind, _ in contact.ways)}"


def _nobody_left(session: Session, escalation: Escalation, *, ladder: Ladder, now: datetime) -> None:
    action = StepAction.LADDER_ENDED if ladder.contacts else StepAction.NOBODY_TO_PAGE
    escalation.next_step_at = None
    add_step(session, escalation, action, actor=SYSTEM, now=now)
    log.error("escalation.nobody_paged", escalation=escalation.id, why=str(action))
