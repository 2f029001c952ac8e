"""The durable inbox and the transcript: what a resident wrote, what the screen said of it, what was answered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Level
from spa import conversations
from spa.models import AssessmentRow, Author, Channel, Conversation, Message, MessageKind, MessageState

WATCHED = "may_be_watched"
"""The reason kept, for staff and for later answers, where the screen says that somebody else may be reading."""


def receive(
    session: Session,
    conversation: Conversation,
    *,
    key: str,
    text: str,
    choice: str | None = None,
    media: int = 0,
    by: Channel | None = None,
    now: datetime,
) -> tuple[Message, bool]:
    """Store what a resident sent: (message, whether it is new). The same `key` again gives the first message.

    `by`: the way it came, the conversation's own unless it says otherwise. `key` is the client's id on the web, one
    conversation's own; on SMS it is the MessageSid, one for the whole service, so a late retry finds its message even where the
    phone has started another conversation since.
    """
    conversation = conversations.locked(session, conversation)
    unique_key = f"sms:{key}" if (by or conversation.channel) == Channel.SMS else f"{conversation.id}:{key}"
    known = session.scalars(select(Message).where(Message.key == unique_key)).one_or_none()
    if known is not None:
        return known, False
    message = Message(
        id=key,
        key=unique_key,
        conversation_id=conversation.id,
        at=now,
        author=Author.RESIDENT,
        kind=MessageKind.TEXT,
        text=text,
        choice=choice,
        media=media,
        state=MessageState.RECEIVED,
    )
    conversation.last_inbound_at = now
    session.add(message)
    session.flush()
    return message, True


def record_assessment(
    session: Session, message: Message, assessment: Assessment, *, asked: str | None, now: datetime
) -> AssessmentRow:
    """Keep what the screen said of this message; the first result stands."""
    known = session.get(AssessmentRow, message.seq)
    if known is not None:
        return known
    row = AssessmentRow(
        message_seq=message.seq,
        conversation_id=message.conversation_id,
        level=assessment.level,
        flag=assessment.flag,
        asked=asked,
        reasons=assessment.as_dict()["reasons"],
        model=assessment.model,
        ms=assessment.ms,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def assessments(session: Session, conversation: Conversation) -> Sequence[AssessmentRow]:
    """All results of the screen in this conversation, in the order of the messages."""
    of_it = AssessmentRow.conversation_id == conversation.id
    return session.scalars(select(AssessmentRow).where(of_it).order_by(AssessmentRow.message_seq)).all()


def is_watched(session: Session, *about: Conversation) -> bool:
    """Whether the screen ever saw in any of these a danger near the resident, or somebody who may be reading what they get."""
    of_them = AssessmentRow.conversation_id.in_([one.id for one in about])
    return any(
        row.level is Level.SAFEGUARDING or any(reason["rule"] == WATCHED for reason in row.reasons)
        for row in session.scalars(select(AssessmentRow).where(of_them))
    )


def assessment_of(session: Session, message: Message) -> AssessmentRow | None:
    """The screen's result for this message, or None where it has none yet."""
    return session.get(AssessmentRow, message.seq)


def post(
    session: Session,
    conversation: Conversation,
    reply: Mapping[str, Any],
    *,
    author: str = Author.ASSISTANT,
    staff: str | None = None,
    answers: Message | None = None,
    now: datetime,
) -> Message:
    """Add a reply (`bot.intake.turn.Reply.as_dict()`) to the transcript. Delivery is the caller's.

    `staff`: the user name of the member who wrote it; how the resident is told of them stands in the reply's "by".
    """
    conversations.locked(session, conversation)
    choices = reply.get("choices")
    progress = reply.get("progress")
    message = Message(
        id=uuid.uuid4().hex,
        conversation_id=conversation.id,
        at=now,
        author=author,
        kind=reply.get("kind", MessageKind.TEXT),
        text=reply["text"],
        ask=reply.get("ask"),
        choices=[dict(choice) for choice in choices] if choices else None,
        multi=bool(reply.get("multi", False)),
        progress=dict(progress) if progress else None,
        reference=reply.get("reference"),
        answers_seq=answers.seq if answers is not None else None,
        state=MessageState.SENT,
        event=reply.get("event"),
        staff=staff,
        signed=reply.get("by"),
    )
    session.add(message)
    session.flush()
    return message


def settle(session: Session, message: Message, *, state: str) -> None:
    """Take an inbound message out of the inbox: `done` (answered) or `failed` (given up)."""
    session.get_one(Message, message.seq).state = MessageState(state)
    session.flush()


def pending(session: Session, conversation: Conversation) -> list[Message]:
    """Messages still to be answered by the engine, in order."""
    of_it = Message.conversation_id == conversation.id, Message.state == MessageState.RECEIVED
    return list(session.scalars(select(Message).where(*of_it).order_by(Message.seq)))


def waiting(session: Session) -> list[str]:
    """Ids of conversations with a message still to be answered, the one that has waited longest first."""
    received = Message.state == MessageState.RECEIVED
    grouped = select(Message.conversation_id).where(received).group_by(Message.conversation_id)
    return list(session.scalars(grouped.order_by(func.min(Message.seq))))


def answers_to(session: Session, message: Message) -> list[Message]:
    """What was posted in reply to this inbound message, in order."""
    return list(session.scalars(select(Message).where(Message.answers_seq == message.seq).order_by(Message.seq)))


def since(session: Session, conversation: Conversation, seq: int) -> list[Message]:
    """All messages of the conversation after this number, in order (0: all of them)."""
    of_it = Message.conversation_id == conversation.id, Message.seq > seq
    return list(session.scalars(select(Message).where(*of_it).order_by(Message.seq)))


def recent_texts(session: Session, conversation: Conversation, *, before: Message, within: timedelta) -> list[str]:
    """What the resident wrote in the time `within` before this message, oldest first."""
    theirs = Message.conversation_id == conversation.id, Message.author == Author.RESIDENT
    recent = Message.seq < before.seq, Message.at >= before.at - within
    return list(session.scalars(select(Message.text).where(*theirs, *recent).order_by(Message.seq)))


def last_asked(session: Session, conversation: Conversation) -> Message | None:
    """The last message of ours that put a question."""
    asking = (
        Message.conversation_id == conversation.id,
        Message.author == Author.ASSISTANT,
        Message.ask.is_not(None),
    )
    return session.scalars(select(Message).where(*asking).order_by(Message.seq.desc()).limit(1)).first()


def last_from_resident(session: Session, conversation: Conversation) -> Message | None:
    """The last message that they wrote."""
    theirs = Message.conversation_id == conversation.id, Message.author == Author.RESIDENT
    return session.scalars(select(Message).where(*theirs).order_by(Message.seq.desc()).limit(1)).first()


def last_of_kind(session: Session, conversation: Conversation, kind: MessageKind) -> Message | None:
    """The last message of ours of this kind."""
    of_it = Message.conversation_id == conversation.id, Message.kind == kind
    return session.scalars(select(Message).where(*of_it).order_by(Message.seq.desc()).limit(1)).first()


def as_wire(message: Message) -> dict[str, Any]:
    """The message as the page gets it (conversation.md); what is not set is absent."""
    wire: dict[str, Any] = {
        "id": message.id,
        "at": message.at.isoformat(),
        "from": str(message.author),
        "kind": str(message.kind),
        "text": message.text,
    }
    if message.ask is not None:
        wire["ask"] = message.ask
    if message.choices:
        wire["choices"] = message.choices
    if message.multi:
        wire["multi"] = True
    if message.progress:
        wire["progress"] = message.progress
    if message.reference is not None:
        wire["reference"] = message.reference
    if message.event is not None:
        wire["event"] = str(message.event)
    if message.signed is not None:
        wire["by"] = message.signed
    return wire
