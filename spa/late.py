"""Replies by text, the assistant's or a person's, that could not go for an hour. The phone may be in other hands by then, as after any hour of
silence: instead of them goes one text that says nothing of what they were about. Crisis cards go however late they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import conversations, messages, outbox, undelivered
from spa.models import Conversation, OutboxItem, OutboxKind, OutboxState, Purpose

LATE = timedelta(hours=1)
_KEY = "late:"


def replace(session: Session, *, says: str, now: datetime) -> int:
    """Take back what waits for longer than LATE, say once to each phone that our answer is late, and note it once for the staff of each
    conversation. How many were taken back.

    A reply in doubt is taken back too: it may have gone. A phone that asked for no more texts is told nothing.
    """
    waiting = OutboxItem.state == OutboxState.QUEUED, OutboxItem.kind == OutboxKind.SMS
    replies = OutboxItem.purpose == Purpose.REPLY, OutboxItem.rank == Purpose.REPLY.rank
    ours = OutboxItem.conversation_id.is_not(None), OutboxItem.dedupe_key.not_like(f"{_KEY}%")
    late = *waiting, *replies, *ours, OutboxItem.created_at <= now - LATE
    about = _held(session, session.scalars(select(OutboxItem.conversation_id).where(*late)))
    found = select(OutboxItem).where(*late, OutboxItem.conversation_id.in_(about))
    items = session.scalars(found.order_by(OutboxItem.id).with_for_update(skip_locked=True)).all()
    for item in items:
        item.state, item.error = OutboxState.FAILED, undelivered.TOO_LATE
    for last in {item.conversation_id: item for item in items}.values():
        undelivered.note(session, last, now=now)
    for last in {item.recipient: item for item in items}.values():
        if not conversations.opted_out(session, last.recipient):
            _say(session, last, says=says, now=now)
    session.flush()
    return len(items)


def _held(session: Session, ids: Iterable[str | None]) -> Sequence[str]:
    """These conversations, locked before their texts are, as all do who write to both, and in one order: no two wait for each other."""
    found = select(Conversation.id).where(Conversation.id.in_(set(ids))).order_by(Conversation.id)
    return session.scalars(found.with_for_update(key_share=True)).all()


def _say(session: Session, last: OutboxItem, *, says: str, now: datetime) -> None:
    outbox.enqueue(
        session,
        kind=OutboxKind.SMS,
        to=last.recipient,
        body=says,
        purpose=Purpose.REPLY,
        dedupe_key=f"{_KEY}{last.id}",
        conversation_id=last.conversation_id,
        now=now,
    )
    conversation = session.get_one(Conversation, last.conversation_id)
    messages.post(session, conversation, {"kind": "text", "text": says}, now=now)
