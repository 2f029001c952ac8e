"""What is to be delivered by the worker, and what the provider says became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import BIG_KEY, Base, FreeText, one_of


class OutboxKind(StrEnum):
    """Ways out."""

    SMS = "sms"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Purpose(StrEnum):
    """A page to crisis outreach goes before a reply to a resident, a reply before a reminder."""

    PAGE = "page"
    REPLY = "reply"
    REMINDER = "reminder"

    @property
    def rank(self) -> int:
        """0 goes first."""
        return list(Purpose).index(self)


class OutboxState(StrEnum):
    """`leased`: a worker is sending it, until `leased_until`."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"


class OutboxItem(Base):
    """One thing to deliver. `dedupe_key` makes a repeat no second item; `rank` is its purpose's, an urgent one's a page's.

    `lease` names the attempt that holds it, so that a worker which lost its lease cannot overwrite what the next one did.
    `doubt_since`: when an attempt began of which nobody knows whether the provider took it; None where there was none.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (
        Index("ix_outbox_item_due", "state", "not_before", "rank", "id"),
        Index("ix_outbox_item_kind_recipient_state_id", "kind", "recipient", "state", "id"),
        Index("ix_outbox_item_provider_status_state", "provider_status", "state"),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("recipient <> ''", name="recipient"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    kind: Mapped[OutboxKind] = mapped_column(one_of(OutboxKind, "kind"))
    recipient: Mapped[str] = mapped_column(String(2048))
    subject: Mapped[str | None] = mapped_column(String(256))
    body: Mapped[str] = mapped_column(FreeText)
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, "purpose"))
    rank: Mapped[int]
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    state: Mapped[OutboxState] = mapped_column(one_of(OutboxState, "state"), default=OutboxState.QUEUED)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    doubt_since: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(128), index=True)
    provider_status: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(128))


class TextPace(Base):
    """When the next text may be sent by a sender (a number or a messaging service), whichever worker sends it."""

    __tablename__ = "text_pace"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    free_at: Mapped[datetime]


class DeliveryStatus(Base):
    """The furthest status a provider reported for one of its ids; it may arrive before we have stored that id ourselves."""

    __tablename__ = "delivery_status"

    provider_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    status: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
