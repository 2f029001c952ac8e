"""Starting, finding and forgetting conversations; phones that asked for no more texts."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from spa.database import lock
from spa.models import (
    AssessmentRow,
    Channel,
    Conversation,
    ConversationState,
    Message,
    MessageState,
    OptOut,
    OutboxItem,
    SavedCode,
)
from spa.models.outbox import OutboxState

IDLE = timedelta(hours=1)
"""Silence after which a text from a phone belongs to a new conversation: phones are shared."""
IDLE_IN_CRISIS = timedelta(days=1)
"""The same, where somebody is waiting in the conversation."""
REMOVED = "removed"
"""Stands where a phone number was."""
FORGOTTEN = "forgotten"
"""The error of a text that its conversation took with it."""


def start(session: Session, *, channel: str, address: str | None = None, now: datetime) -> Conversation:
    """Open a conversation. One phone has one open conversation: an earlier one that lapsed is ended."""
    if address is not None:
        _leave_phone(session, address)
    conversation = Conversation(
        id=uuid.uuid4().hex,
        channel=channel,
        address=address,
        state=ConversationState.OPEN,
        draft={},
        started_at=now,
        last_inbound_at=now,
    )
    session.add(conversation)
    session.flush()
    return conversation


def by_id(session: Session, conversation_id: str) -> Conversation | None:
    """The conversation, or None."""
    return session.get(Conversation, conversation_id)


def locked(session: Session, conversation: Conversation) -> Conversation:
    """Its row as it is now, and no other transaction changes the conversation until this one ends.

    Every writer of one conversation comes through here, so that its messages are numbered in the order they become visible.
    """
    return session.execute(
        select(Conversation)
        .where(Conversation.id == conversation.id)
        .with_for_update(key_share=True)  # rows that only point at it may still be written
        .execution_options(populate_existing=True)
    ).scalar_one()


def move(session: Session, conversation: Conversation, *, channel: str, address: str | None = None) -> Conversation:
    """Go on where the resident is now: replies go there. One that had lapsed is open again.

    On the web the phone it came from is still known, but a text from there belongs to another conversation.
    """
    conversation = locked(session, conversation)
    if channel == Channel.SMS and address is not None:
        _leave_phone(session, address)
        conversation.address = address
    conversation.channel = Channel(channel)
    if conversation.state == ConversationState.ENDED:
        conversation.state = ConversationState.OPEN
    session.flush()
    return conversation


def _leave_phone(session: Session, address: str) -> None:
    """End what is open on this phone, and hold the phone until the transaction ends."""
    lock(session, f"address:{address}")
    of_it = Conversation.address == address, Conversation.channel == Channel.SMS
    lapsed = Conversation.state == ConversationState.OPEN
    session.execute(update(Conversation).where(*of_it, lapsed).values(state=ConversationState.ENDED))


def leave_phone(session: Session, conversation: Conversation) -> None:
    """The phone is in other hands: its next text belongs to another conversation. What was handed over stays with staff."""
    conversation = locked(session, conversation)
    conversation.ask = None
    conversation.channel = Channel.WEB
    if conversation.state == ConversationState.OPEN:
        conversation.state = ConversationState.ENDED


def end(session: Session, conversation: Conversation) -> None:
    """Close it without an introduction. One that was handed over stays as it is."""
    conversation = locked(session, conversation)
    if conversation.state == ConversationState.OPEN:
        conversation.state = ConversationState.ENDED
        conversation.ask = None


def lapse(session: Session, conversation: Conversation) -> None:
    """Nobody went on with it: it is put away as it stands, and may be taken up again where it stopped."""
    conversation = locked(session, conversation)
    if conversation.state == ConversationState.OPEN:
        conversation.state = ConversationState.ENDED
        session.flush()


def forget(session: Session, conversation: Conversation, *, now: datetime) -> bool:
    """Blank an unsent draft, its messages and its phone number. False, and nothing is changed, once it was handed over.

    What was already put before crisis outreach stays with them: the escalation keeps its own words.
    """
    conversation = locked(session, conversation)
    if conversation.state in (ConversationState.SUBMITTED, ConversationState.WITHDRAWN):
        return False
    conversation.state = ConversationState.FORGOTTEN
    conversation.address = None
    blank(session, conversation, now=now)
    return True


def blank(session: Session, conversation: Conversation, *, now: datetime) -> None:
    """Remove every word of it (draft, messages, what the screen matched); nothing of it is delivered or processed any more."""
    conversation.draft = {}
    conversation.ask = None
    conversation.blanked_at = now
    of_it = Message.conversation_id == conversation.id
    pending = Message.state == MessageState.RECEIVED
    session.execute(update(Message).where(of_it, pending).values(state=MessageState.DONE))
    session.execute(
        update(Message).where(of_it).values(text="", choice=None, choices=None, progress=None, reference=None)
    )
    session.execute(update(AssessmentRow).where(AssessmentRow.conversation_id == conversation.id).values(reasons=[]))
    session.execute(delete(SavedCode).where(SavedCode.conversation_id == conversation.id))
    _blank_deliveries(session, conversation)


def _blank_deliveries(session: Session, conversation: Conversation) -> None:
    """Texts to the resident lose their words and number. Pages hold neither and stay."""
    replies = OutboxItem.conversation_id == conversation.id, OutboxItem.purpose != "page"
    waiting = OutboxItem.state.in_((OutboxState.QUEUED, OutboxState.LEASED))
    session.execute(
        update(OutboxItem).where(*replies, waiting).values(state=OutboxState.FAILED, error=FORGOTTEN, lease=None)
    )
    session.execute(update(OutboxItem).where(*replies).values(body="", recipient=REMOVED))


def opted_out(session: Session, address: str) -> bool:
    """Whether this phone asked for no more texts."""
    return session.get(OptOut, address) is not None


def opt_out(session: Session, address: str, *, now: datetime) -> None:
    """No more texts to this phone; again is the same."""
    lock(session, f"address:{address}")
    if not opted_out(session, address):
        session.add(OptOut(address=address, at=now))
        session.flush()


def opt_in(session: Session, address: str) -> None:
    """Texts to this phone again; again is the same."""
    session.execute(delete(OptOut).where(OptOut.address == address))
