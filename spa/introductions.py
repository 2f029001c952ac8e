"""Introductions in the SPA queue: handed over once, added to, claimed, routed, closed; every change is a row with its actor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from spa import conversations, documents, facts
from spa.models import (
    Conversation,
    ConversationState,
    Destination,
    Handover,
    Introduction,
    IntroductionAction,
    IntroductionEvent,
    IntroductionStatus,
)

RESIDENT = "resident"
PRIORITY_RANK = {1: 0, 4: 1, 2: 2, 3: 3}
"""MHSDS codes in order of urgency: 1 emergency, 4 very urgent, 2 urgent, 3 routine."""

OPEN = (
    IntroductionStatus.NEW,
    IntroductionStatus.IN_REVIEW,
    IntroductionStatus.CONTACT_ATTEMPTED,
    IntroductionStatus.IN_CONTACT,
)
"""Statuses of an introduction that still waits for SPA staff."""

DESTINATIONS = tuple(Destination)


class NotHandedOver(LookupError):  # noqa: N818 - names what is the case
    """The conversation has no introduction."""


def submit(session: Session, conversation: Conversation, *, document: dict[str, Any], now: datetime) -> Introduction:
    """Hand the introduction over to the queue; again, the same conversation gives the first one unchanged.

    Raises documents.ValidationError where the document is not as introduction.schema.json says.
    """
    conversation = conversations.locked(session, conversation)
    known = of_conversation(session, conversation)
    if known is not None:
        return known
    document = documents.checked(document | {"status": IntroductionStatus.NEW.value})
    introduction = Introduction(
        reference=document["reference"],
        conversation_id=conversation.id,
        document=document,
        status=IntroductionStatus.NEW,
        priority_code=document["priority"]["code"],
        priority_rank=PRIORITY_RANK[document["priority"]["code"]],
        submitted_at=now,
        updated_at=now,
    )
    session.add(introduction)
    conversation.state = ConversationState.SUBMITTED
    conversation.reference = introduction.reference
    _add_event(session, introduction, IntroductionAction.SUBMITTED, actor=RESIDENT, now=now)
    facts.keep(session, introduction)
    return introduction


def update(session: Session, conversation: Conversation, *, document: dict[str, Any], now: datetime) -> Introduction:
    """Put the resident's changes in. Reference, status and time stay; a priority that was raised since is not lowered.

    Raises NotHandedOver, or documents.ValidationError.
    """
    introduction = _handed_over(session, conversation)
    before = introduction.document
    kept = {"reference": introduction.reference, "submitted_at": before["submitted_at"], "status": before["status"]}
    document = document | kept
    if PRIORITY_RANK.get(document["priority"]["code"], 0) >= introduction.priority_rank:
        document["priority"] = _with_reasons(before["priority"], document["priority"]["why"])
    document = documents.checked(document)
    if document != before:
        _set_document(introduction, document, now=now)
        _add_event(session, introduction, IntroductionAction.UPDATED, actor=RESIDENT, now=now)
        facts.keep(session, introduction)
    return introduction


def withdraw(session: Session, conversation: Conversation, *, now: datetime) -> Introduction:
    """The resident takes it back; again is the same. Raises NotHandedOver."""
    introduction = _handed_over(session, conversation)
    if introduction.status != IntroductionStatus.WITHDRAWN:
        conversations.locked(session, conversation).state = ConversationState.WITHDRAWN
        _set_status(introduction, IntroductionStatus.WITHDRAWN, now=now)
        _add_event(session, introduction, IntroductionAction.WITHDRAWN, actor=RESIDENT, now=now)
    return introduction


def raise_priority(session: Session, introduction: Introduction, code: int, *, why: str, now: datetime) -> bool:
    """Bring it up to this priority code, never down. False where it stands that high already."""
    introduction = _locked(session, introduction)
    if PRIORITY_RANK[code] >= introduction.priority_rank:
        return False
    priority = _with_reasons(introduction.document["priority"] | {"code": code}, [why])
    _set_document(introduction, introduction.document | {"priority": priority}, now=now)
    _add_event(session, introduction, IntroductionAction.PRIORITY_RAISED, actor="Front Door", now=now, note=why)
    return True


def by_reference(session: Session, reference: str) -> Introduction | None:
    """The introduction, or None."""
    return session.get(Introduction, reference)


def of_conversation(session: Session, conversation: Conversation) -> Introduction | None:
    """What the conversation handed over, or None."""
    return session.scalars(select(Introduction).where(Introduction.conversation_id == conversation.id)).one_or_none()


def perhaps_same_person(session: Session, introduction: Introduction, *, limit: int = 10) -> list[Introduction]:
    """Others with the same phone number, or with the same name and date of birth; the latest first."""
    person = introduction.document["person"]
    phone, born = introduction.document["contact"].get("phone"), person["date_of_birth"]
    alike = [facts.having(name, value) for name, value in (("phone", phone), ("born", born)) if value]
    if not alike:
        return []
    others = select(Introduction).where(Introduction.reference != introduction.reference, or_(*alike))
    name = facts.folded(person["full_name"])
    latest = others.order_by(Introduction.submitted_at.desc(), Introduction.reference)
    found = (
        other
        for other in session.scalars(latest)
        if (phone and other.document["contact"].get("phone") == phone)
        or facts.folded(other.document["person"]["full_name"]) == name
    )
    return list(islice(found, limit))


def queue(session: Session, *, states: Collection[str] = OPEN) -> list[Introduction]:
    """Introductions of these statuses (those still open by default), by priority, then the oldest first."""
    wanted = [IntroductionStatus(state) for state in states]
    return list(
        session.scalars(
            select(Introduction)
            .where(Introduction.status.in_(wanted))
            .order_by(Introduction.priority_rank, Introduction.submitted_at, Introduction.reference)
        )
    )


def claim(session: Session, introduction: Introduction, *, actor: str, now: datetime) -> None:
    """A named person takes it on; a new one is in review from then."""
    introduction = _locked(session, introduction)
    introduction.assignee = _named(actor)
    if introduction.status == IntroductionStatus.NEW:
        _set_status(introduction, IntroductionStatus.IN_REVIEW, now=now)
    _add_event(session, introduction, IntroductionAction.CLAIMED, actor=actor, now=now)


def set_status(
    session: Session, introduction: Introduction, status: str, *, actor: str, now: datetime, note: str | None = None
) -> None:
    """Say how far it is."""
    introduction = _locked(session, introduction)
    _set_status(introduction, IntroductionStatus(status), now=now)
    _add_event(session, introduction, IntroductionAction.STATUS, actor=_named(actor), now=now, note=note)


def route(
    session: Session,
    introduction: Introduction,
    destination: str,
    *,
    actor: str,
    now: datetime,
    note: str | None = None,
) -> None:
    """Send it on to a service, which is then to say whether it takes it (`spa.handovers`)."""
    introduction = _locked(session, introduction)
    introduction.destination = Destination(destination)
    session.add(
        Handover(
            introduction_reference=introduction.reference,
            destination=Destination(destination),
            sent_at=now,
            sent_by=actor,
        )
    )
    _set_status(introduction, IntroductionStatus.ROUTED, now=now)
    _add_event(session, introduction, IntroductionAction.ROUTED, actor=_named(actor), now=now, note=note)


def add_note(session: Session, introduction: Introduction, *, actor: str, text: str, now: datetime) -> None:
    """Something staff want the next person to know."""
    introduction = _locked(session, introduction)
    _add_event(session, introduction, IntroductionAction.NOTED, actor=_named(actor), now=now, note=text)


def close(session: Session, introduction: Introduction, *, actor: str, now: datetime, note: str | None = None) -> None:
    """Nothing more is to be done."""
    introduction = _locked(session, introduction)
    _set_status(introduction, IntroductionStatus.CLOSED, now=now)
    _add_event(session, introduction, IntroductionAction.CLOSED, actor=_named(actor), now=now, note=note)


def _set_status(introduction: Introduction, status: IntroductionStatus, *, now: datetime) -> None:
    introduction.status = status
    introduction.document = introduction.document | {"status": status.value}
    introduction.updated_at = now


def _set_document(introduction: Introduction, document: dict[str, Any], *, now: datetime) -> None:
    introduction.document = document
    introduction.priority_code = document["priority"]["code"]
    introduction.priority_rank = PRIORITY_RANK[document["priority"]["code"]]
    introduction.updated_at = now


def _with_reasons(priority: Mapping[str, Any], more: list[str]) -> dict[str, Any]:
    return {"code": priority["code"], "why": list(dict.fromkeys([*priority["why"], *more]))}


def _add_event(
    session: Session,
    introduction: Introduction,
    action: IntroductionAction,
    *,
    actor: str,
    now: datetime,
    note: str | None = None,
) -> None:
    introduction.events.append(
        IntroductionEvent(
            at=now,
            actor=actor,
            action=action,
            status=introduction.status,
            destination=introduction.destination,
            note=note or None,
        )
    )
    session.flush()


def _named(actor: str) -> str:
    if not actor.strip() or actor == RESIDENT:
        raise ValueError("only a named person changes an introduction")
    return actor


def _handed_over(session: Session, conversation: Conversation) -> Introduction:
    conversation = conversations.locked(
        session, conversation
    )  # always before the introduction: no two wait for each other
    introduction = of_conversation(session, conversation)
    if introduction is None:
        raise NotHandedOver(f"conversation {conversation.id} has no introduction")
    return _locked(session, introduction)


def _locked(session: Session, introduction: Introduction) -> Introduction:
    """Its row as it is now, and no other transaction changes it until this one ends."""
    return session.scalars(
        select(Introduction)
        .where(Introduction.reference == introduction.reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
