"""How fast texts may go: a long number carries one a second in the UK (Twilio, "message throughput"), over all workers together."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa.database import lock
from spa.models import TextPace

AFTER_BUSY = timedelta(seconds=5)
"""How long nothing is sent after the provider said that it was too much (HTTP 429)."""


class Pace:
    """`per_second` texts by one sender. Up to one second's worth may go at once."""

    def __init__(self, sender: str, *, per_second: float) -> None:
        self._sender = sender
        self._gap = timedelta(seconds=1 / per_second)
        self._burst = max(1, int(per_second))

    def allowance(self, session: Session, *, now: datetime) -> int:
        """How many may go now. Holds the sender until the transaction ends: `spend` belongs to the same one."""
        lock(session, f"pace:{self._sender}")
        row = self._row(session)
        if row is None:
            return self._burst
        return 0 if row.free_at > now else min(self._burst, int((now - row.free_at) / self._gap) + 1)

    def spend(self, session: Session, count: int, *, now: datetime) -> None:
        """So many go now."""
        row = self._row(session)
        earliest = now - (self._burst - 1) * self._gap
        since = earliest if row is None else max(row.free_at, earliest)
        self._set(session, since + count * self._gap)

    def hold(self, session: Session, *, now: datetime) -> None:
        """The provider is busy: nothing goes for AFTER_BUSY."""
        lock(session, f"pace:{self._sender}")
        self._set(session, now + AFTER_BUSY)

    def _row(self, session: Session) -> TextPace | None:
        return session.scalars(select(TextPace).where(TextPace.sender == self._sender)).one_or_none()

    def _set(self, session: Session, free_at: datetime) -> None:
        row = self._row(session)
        if row is None:
            session.add(TextPace(sender=self._sender, free_at=free_at))
        else:
            row.free_at = max(row.free_at, free_at)
        session.flush()
