"""Codes with which a resident takes a saved conversation up again, perhaps on another channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import Base


class SavedCode(Base):
    """One code that was not used yet. Only its keyed digest (hex) is here: the code itself is nowhere in the database."""

    __tablename__ = "saved_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
