"""A provider's report on a text, and what follows from it. The same report again, or an older one after a later one, changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from spa import outbox, undelivered
from spa.database import lock
from spa.models import DeliveryStatus


def take(
    session: Session, provider_id: str, status: str, *, item_id: int | None, error: str | None, now: datetime
) -> None:
    """Keep it (`spa.outbox.record_status`); a text that did not arrive is put before staff, once."""
    lock(session, f"delivery:{provider_id}")
    known = session.get(DeliveryStatus, provider_id)
    before = known.status if known is not None else None
    item = outbox.record_status(session, provider_id, status, item_id=item_id, error=error, now=now)
    if item is not None and item.provider_status != before and item.provider_status in undelivered.UNDELIVERED:
        undelivered.note(session, item, now=now)
