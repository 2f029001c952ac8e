"""Replies that the gateway gives by itself, with the open question put again after them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from spa import messages
from spa.models import Conversation, Message


def with_open_question(session: Session, conversation: Conversation, text: str) -> dict[str, Any]:
    """A reply that says `text` and leaves the open question open, its choices offered again."""
    reply: dict[str, Any] = {"kind": "text", "text": text}
    last = open_question(session, conversation)
    if last is None:
        return reply
    return reply | {"ask": last.ask, "choices": last.choices, "multi": last.multi, "progress": last.progress}


def open_question(session: Session, conversation: Conversation) -> Message | None:
    """Our message that put the question which is open now, or None."""
    last = messages.last_asked(session, conversation)
    return last if last is not None and last.ask == conversation.ask else None
