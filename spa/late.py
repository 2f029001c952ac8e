"""Replies by text that could not go for an hour. The phone may be in other hands by then, as after any hour of silence: instead of them goes
one text that says nothing of what they were about. Crisis cards go however late they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa import conversations, messages, outbox
from spa.models import Conversation, OutboxItem, OutboxKind, OutboxState, Purpose

LATE = timedelta(hours=1)
_KEY = "late:"


def replace(session: Session, *, says: str, now: datetime) -> int:
    """Take back what waits for longer than LATE, and say once to each phone that our answer is late. How many were taken back.

    A reply in doubt is taken back too: it may have gone. A phone that asked for no more texts is told nothing.
    """
    waiting = OutboxItem.state == OutboxState.QUEUED, OutboxItem.kind == OutboxKind.SMS
    replies = OutboxItem.purpose == Purpose.REPLY, OutboxItem.rank == Purpose.REPLY.rank
    ours = OutboxItem.conversation_id.is_not(None), OutboxItem.dedupe_key.not_like(f"{_KEY}%")
    late = select(OutboxItem).where(*waiting, *replies, *ours, OutboxItem.created_at <= now - LATE)
    items = session.scalars(late.order_by(OutboxItem.id).with_for_update(skip_locked=True)).all()
    for item in items:
        item.state, item.error = OutboxState.FAILED, outbox.WITHDRAWN
    for last in _last_by_phone(items):
        if not conversations.opted_out(session, last.recipient):
            _say(session, last, says=says, now=now)
    session.flush()
    return len(items)


def _last_by_phone(items: Sequence[OutboxItem]) -> list[OutboxItem]:
    return list({item.recipient: item for item in items}.values())


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
