"""SPA staff who may use the console, and their logins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from spa.models.base import BIG_KEY, Base, one_of


class Role(StrEnum):
    """What somebody is at the SPA."""

    CLINICIAN = "clinician"
    SUPPORT_WORKER = "support_worker"
    CRISIS_OUTREACH = "crisis_outreach"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Staff(Base):
    """One person. `username` is kept in lower case."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("username <> '' AND username = lower(username)", name="username"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(128))
    role: Mapped[Role] = mapped_column(one_of(Role, "role"))
    password_hash: Mapped[str] = mapped_column(String(256))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Login(Base):
    """One session of the console. Only the SHA-256 of its token is stored."""

    __tablename__ = "login"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()
