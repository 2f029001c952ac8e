"""How a resident takes an earlier conversation up again: by a code, on any channel, or on the same phone by a date of birth."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import BIG_KEY, Base


class SavedCode(Base):
    """One code that was not used yet. Only its keyed digest (hex) is here: the code itself is nowhere in the database."""

    __tablename__ = "saved_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class BirthDateTry(Base):
    """A phone gave a date of birth, to go on from its earlier texts, that was not the right one."""

    __tablename__ = "birth_date_try"

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    address: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
