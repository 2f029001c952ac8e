"""Messages of a conversation, and what the crisis screen said of each one from the resident."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.crisis.assessment import Flag, Level
from spa.models.base import BIG_KEY, Base, FreeText, one_of


class Author(StrEnum):
    """Who wrote it."""

    RESIDENT = "resident"
    ASSISTANT = "assistant"
    STAFF = "staff"


class MessageKind(StrEnum):
    """Kinds of the wire contract."""

    TEXT = "text"
    CRISIS = "crisis"
    SUMMARY = "summary"
    RECEIPT = "receipt"


class MessageEvent(StrEnum):
    """What a message of the assistant's tells of, beside its words: that a person joined the conversation, or is no longer in it."""

    JOINED = "joined"
    LEFT = "left"


class MessageState(StrEnum):
    """Inbound: `received` until the engine has answered it (`done`) or gave up on it (`failed`). Outbound: `sent`."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"
    SENT = "sent"


ASKING = text("ask IS NOT NULL")


class Message(Base):
    """`seq` numbers all messages in the order in which they were stored: it is the SSE event id.

    `id` is the client's id (web) or MessageSid (SMS) for a resident's message; `key` makes a repeat of it no second message.
    `answers_seq` of a reply is the inbound it replies to. `media` counts pictures and the like that came with it.
    `staff`: the user name of the member who wrote it; `signed`: how the resident is told of a member, by role.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "id"),
        UniqueConstraint("key"),
        Index("ix_message_conversation_id_seq", "conversation_id", "seq"),
        Index("ix_message_pending", "state", "conversation_id", "seq"),
        # What each conversation was asked, for the report on where people stop.
        Index(
            "ix_message_asked",
            "conversation_id",
            "ask",
            "seq",
            sqlite_where=ASKING,
            postgresql_where=ASKING,
        ),
        CheckConstraint("(author = 'resident') = (state <> 'sent')", name="state_of_author"),
        CheckConstraint("media >= 0", name="media"),
        # Numbers of removed messages are not given out again: a page may still hold one as its last event.
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(128))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    at: Mapped[datetime]
    author: Mapped[Author] = mapped_column(one_of(Author, "author"))
    kind: Mapped[MessageKind] = mapped_column(one_of(MessageKind, "kind"), default=MessageKind.TEXT)
    text: Mapped[str] = mapped_column(FreeText)
    choice: Mapped[str | None] = mapped_column(FreeText)
    ask: Mapped[str | None] = mapped_column(String(64))
    choices: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    multi: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[dict[str, Any] | None]
    reference: Mapped[str | None] = mapped_column(String(16))
    answers_seq: Mapped[int | None] = mapped_column(ForeignKey("message.seq"), index=True)
    state: Mapped[MessageState] = mapped_column(one_of(MessageState, "state"))
    media: Mapped[int] = mapped_column(default=0)
    event: Mapped[MessageEvent | None] = mapped_column(one_of(MessageEvent, "event"))
    staff: Mapped[str | None] = mapped_column(String(128))
    signed: Mapped[str | None] = mapped_column(String(64))


class AssessmentRow(Base):
    """The screen's result for one inbound message, with the question (`asked`) it was read with. `ms`: milliseconds taken."""

    __tablename__ = "assessment"
    __table_args__ = (Index("ix_assessment_conversation_id_at", "conversation_id", "at"),)

    message_seq: Mapped[int] = mapped_column(ForeignKey("message.seq"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    level: Mapped[Level] = mapped_column(one_of(Level, "level"))
    flag: Mapped[Flag] = mapped_column(one_of(Flag, "flag"))
    asked: Mapped[str | None] = mapped_column(String(64))
    reasons: Mapped[list[dict[str, Any]]]
    model: Mapped[str] = mapped_column(String(64))
    ms: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime]
