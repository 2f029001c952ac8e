"""A conversation with one resident on one channel, and the addresses that asked for no more texts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import Base, one_of


class Channel(StrEnum):
    """How the resident writes to us."""

    WEB = "web"
    SMS = "sms"


class ConversationState(StrEnum):
    """`open` until handed over (`submitted`), closed without an introduction (`ended`), taken back, or blanked on request."""

    OPEN = "open"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    FORGOTTEN = "forgotten"


OPEN_BY_TEXT = text("state = 'open' AND channel = 'sms' AND address IS NOT NULL")


class Conversation(Base):
    """`draft` and `ask` (the question last put) are the truth of where it stands. `channel`: where replies go; `address`: E.164,
    the phone of a conversation by text, kept when it moves to the web.

    `reminded_at`: when it was decided whether its phone is reminded of it, which is done once. `blanked_at`: when its words were removed;
    `purged_at`: when the engine's own copy went too.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        # Two first texts at once from one phone must not open two conversations.
        Index(
            "uq_conversation_open_address",
            "address",
            unique=True,
            sqlite_where=OPEN_BY_TEXT,
            postgresql_where=OPEN_BY_TEXT,
        ),
        Index("ix_conversation_address_last_inbound_at", "address", "last_inbound_at"),
        Index("ix_conversation_state_last_inbound_at", "state", "last_inbound_at"),
        Index("ix_conversation_started_at_state", "started_at", "state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    address: Mapped[str | None] = mapped_column(String(32))
    reference: Mapped[str | None] = mapped_column(String(16), index=True)
    state: Mapped[ConversationState] = mapped_column(one_of(ConversationState, "state"), default=ConversationState.OPEN)
    ask: Mapped[str | None] = mapped_column(String(64))
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    blanked_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]


class OptOut(Base):
    """A phone that texted STOP: nothing more is sent to it until it texts START."""

    __tablename__ = "opt_out"

    address: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
