"""How staff prove who they are beside a password: a second factor of their own, or an identity provider's word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import Base


class SecondFactor(Base):
    """One account's authenticator. `sealed` is its secret, encrypted with the installation's key; it counts once it is
    confirmed. `last_step`: the 30-second step of the last code taken, so that no code is taken twice."""

    __tablename__ = "second_factor"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(String(512))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class RecoveryCode(Base):
    """One code that lets its owner in once without the authenticator. Only its digest is stored; a used one is removed."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class ProviderIdentity(Base):
    """Who an account is at an OpenID Connect provider: its `sub`, which never changes, not a name or an address, which do."""

    __tablename__ = "provider_identity"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
