"""Removes words that were kept long enough: unsent drafts, old transcripts, closed escalations. Introductions and audit stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, not_, or_, select, update
from sqlalchemy.orm import Session

from spa import birth_dates, conversations, saved
from spa.conversations import REMOVED
from spa.database import lock
from spa.introductions import OPEN
from spa.models import (
    Conversation,
    ConversationState,
    DeliveryStatus,
    Escalation,
    EscalationState,
    Introduction,
    OutboxItem,
    OutboxState,
    Purpose,
)

BATCH = 100
"""Conversations in one transaction, so that a large backlog holds nobody up."""


@dataclass(frozen=True)
class Counts:
    """What one run removed."""

    drafts: int = 0
    transcripts: int = 0
    escalations: int = 0
    deliveries: int = 0
    codes: int = 0

    @property
    def total(self) -> int:
        """All of it; 0 when nothing is left to do."""
        return self.drafts + self.transcripts + self.escalations + self.deliveries + self.codes


def enforce(session: Session, *, now: datetime, draft_days: int, transcript_days: int) -> Counts:
    """Blank one batch of what is too old. Nothing goes while an escalation is not closed or an introduction waits for staff."""
    lock(session, "retention")
    birth_dates.remove_old(session, now=now)
    return Counts(
        drafts=_blank_drafts(session, now=now, before=now - timedelta(days=draft_days)),
        transcripts=_blank_transcripts(session, now=now, before=now - timedelta(days=transcript_days)),
        escalations=_blank_escalations(session, before=now - timedelta(days=transcript_days)),
        deliveries=_blank_deliveries(session, before=now - timedelta(days=draft_days)),
        codes=saved.remove_expired(session, now=now),
    )


def to_purge(session: Session, *, limit: int = BATCH) -> list[str]:
    """Ids of conversations whose words are gone here, but perhaps not from the engine's own store."""
    waiting = Conversation.blanked_at.is_not(None), Conversation.purged_at.is_(None)
    return list(session.scalars(select(Conversation.id).where(*waiting).order_by(Conversation.blanked_at).limit(limit)))


def purged(session: Session, conversation_ids: Sequence[str], *, now: datetime) -> None:
    """The engine's store holds nothing of these any more."""
    session.execute(update(Conversation).where(Conversation.id.in_(conversation_ids)).values(purged_at=now))


def _blank_drafts(session: Session, *, now: datetime, before: datetime) -> int:
    unsent = Conversation.state.in_((ConversationState.OPEN, ConversationState.ENDED))
    found = _quiet(session, unsent, before=before)
    for conversation in found:
        conversation.state = ConversationState.ENDED
        conversation.address = None
        conversations.blank(session, conversation, now=now)
    return len(found)


def _blank_transcripts(session: Session, *, now: datetime, before: datetime) -> int:
    handed_over = Conversation.state.in_((ConversationState.SUBMITTED, ConversationState.WITHDRAWN))
    waiting = exists().where(Introduction.conversation_id == Conversation.id, Introduction.status.in_(OPEN))
    found = _quiet(session, handed_over, not_(waiting), before=before)
    for conversation in found:
        conversation.address = None
        conversations.blank(session, conversation, now=now)
    return len(found)


def _quiet(session: Session, *conditions: ColumnElement[bool], before: datetime) -> Sequence[Conversation]:
    """Conversations nobody wrote in since `before`, that hold words and have no escalation that is not closed."""
    alarm = exists().where(Escalation.conversation_id == Conversation.id, Escalation.state != EscalationState.CLOSED)
    old = Conversation.blanked_at.is_(None), Conversation.last_inbound_at < before
    return session.scalars(
        select(Conversation)
        .where(*old, *conditions, not_(alarm))
        .order_by(Conversation.last_inbound_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()


def _blank_escalations(session: Session, *, before: datetime) -> int:
    old = Escalation.state == EscalationState.CLOSED, Escalation.closed_at < before
    holding = or_(Escalation.words != "", Escalation.whereabouts.is_not(None), Escalation.phone.is_not(None))
    found = session.scalars(select(Escalation).where(*old, holding).limit(BATCH)).all()
    for escalation in found:
        escalation.words, escalation.reasons = "", []
        escalation.whereabouts = escalation.phone = None
    session.flush()
    return len(found)


def _blank_deliveries(session: Session, *, before: datetime) -> int:
    """Texts that went, or never will, need neither words nor number: the transcript has them for as long as it is kept."""
    over = OutboxItem.state.in_((OutboxState.SENT, OutboxState.FAILED)), OutboxItem.created_at < before
    holding = OutboxItem.purpose != Purpose.PAGE, OutboxItem.recipient != REMOVED
    found = session.scalars(select(OutboxItem).where(*over, *holding).limit(BATCH)).all()
    for item in found:
        item.body, item.recipient = "", REMOVED
    session.execute(delete(DeliveryStatus).where(DeliveryStatus.at < before))
    session.flush()
    return len(found)
