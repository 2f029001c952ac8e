"""Who looked at or changed what, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import BIG_KEY, Base, FreeText


class AuditEntry(Base):
    """One act. `subject` is a reference, code or id; `detail` holds no content of a conversation. Rows are only ever added."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject_id", "subject", "id"),
        Index("ix_audit_entry_actor_id", "actor", "id"),
        CheckConstraint("actor <> ''", name="actor"),
        CheckConstraint("action <> ''", name="action"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(128))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(128))
    detail: Mapped[str | None] = mapped_column(FreeText)
