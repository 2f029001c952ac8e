"""What is to be delivered: put in with the change that caused it, leased by one worker, tried until it went or cannot go.

No provider of texts offers a key against sending twice. So an attempt that nobody knows the end of (its worker died, the answer never
came) leaves the item in doubt: before it is tried again the provider is asked for it, and the provider's own report, which names the
item, settles it too.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from spa import segments
from spa.database import lock
from spa.models import DeliveryStatus, OutboxItem, OutboxKind, OutboxState, Purpose
from spa.pace import Pace

LEASE = timedelta(seconds=60)
"""How long a worker has an item to itself; well above every sender's timeout."""

FIRST_WAIT = 2.0
LONGEST_WAIT = {Purpose.PAGE: 60.0, Purpose.REPLY: 300.0, Purpose.REMINDER: 300.0}
"""Seconds between attempts: doubled from the first up to the longest, give or take a half."""

MOST_ATTEMPTS = {Purpose.PAGE: 360, Purpose.REPLY: 144, Purpose.REMINDER: 12}
"""About six hours for a page, twelve for a reply: a provider's bad night must lose neither. Half an hour for a reminder."""

WITHDRAWN = "withdrawn"
"""The error of a text that is not wanted any more."""

STATUS_ORDER = {
    "accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3,
    "delivered": 4, "undelivered": 4, "failed": 4, "canceled": 4, "read": 5,
}  # fmt: skip
"""Twilio's statuses of a message; a callback may arrive after a later one."""


def enqueue(
    session: Session,
    *,
    kind: str,
    to: str,
    body: str,
    subject: str | None = None,
    purpose: str,
    urgent: bool = False,
    dedupe_key: str,
    conversation_id: str | None = None,
    not_before: datetime | None = None,
    now: datetime,
) -> OutboxItem:
    """Put one thing into the outbox, or find the one already there under this `dedupe_key`.

    `urgent`: it goes as early as a page. A text is put into letters that every phone has.
    """
    values = {
        "kind": OutboxKind(kind),
        "recipient": to,
        "subject": subject,
        "body": segments.plain(body) if kind == OutboxKind.SMS else body,
        "purpose": Purpose(purpose),
        "rank": Purpose.PAGE.rank if urgent else Purpose(purpose).rank,
        "dedupe_key": dedupe_key,
        "conversation_id": conversation_id,
        "state": OutboxState.QUEUED,
        "created_at": now,
        "not_before": not_before or now,
        "attempts": 0,
    }
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(OutboxItem).values(values).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(OutboxItem).values(values).on_conflict_do_nothing())
    return session.scalars(select(OutboxItem).where(OutboxItem.dedupe_key == dedupe_key)).one()


def due(session: Session, *, now: datetime, limit: int, pace: Pace | None = None) -> list[OutboxItem]:
    """Up to `limit` items that may go now, leased to the caller: pages, then replies, then reminders, oldest first.

    No more texts than `pace` allows: what is over it waits, and holds up neither mail nor webhooks.

    A text to a resident waits until the reply before it has gone or was given up, so that they read them in order.
    """
    ready = or_(
        and_(OutboxItem.state == OutboxState.QUEUED, OutboxItem.not_before <= now),
        and_(OutboxItem.state == OutboxState.LEASED, OutboxItem.leased_until <= now),
    )
    waiting = (OutboxItem.state.in_((OutboxState.QUEUED, OutboxState.LEASED)), ready, not_(_behind_a_reply(now)))
    found = (
        select(OutboxItem)
        .where(*waiting)
        .order_by(OutboxItem.rank, OutboxItem.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if pace is None:
        items = list(session.scalars(found))
    else:
        texts = min(limit, pace.allowance(session, now=now))
        items = list(session.scalars(found.where(OutboxItem.kind == OutboxKind.SMS).limit(texts))) if texts else []
        if items:
            pace.spend(session, len(items), now=now)
        if len(items) < limit:
            items += session.scalars(found.where(OutboxItem.kind != OutboxKind.SMS).limit(limit - len(items)))
        items.sort(key=lambda item: (item.rank, item.id))
    for item in items:
        if item.state == OutboxState.LEASED and item.leased_until is not None:  # its worker died at it
            item.doubt_since = item.doubt_since or item.leased_until - LEASE
        item.state = OutboxState.LEASED
        item.lease = uuid.uuid4().hex
        item.leased_until = now + LEASE
        item.attempts += 1
    session.flush()
    return items


def sent(session: Session, item: OutboxItem, *, provider_id: str, now: datetime) -> None:
    """It went. What the provider reported under this id meanwhile is taken over."""
    lock(session, f"delivery:{provider_id}")
    row = _locked(session, item)
    if row.state == OutboxState.SENT:
        return
    reported = session.get(DeliveryStatus, provider_id)
    _taken(row, provider_id, now=now)
    row.provider_status = reported.status if reported is not None else None
    session.flush()


def unclaimed(session: Session, provider_ids: Sequence[str]) -> str | None:
    """The first of these ids that no item is known to have gone under."""
    known = set(session.scalars(select(OutboxItem.provider_id).where(OutboxItem.provider_id.in_(provider_ids))))
    return next((provider_id for provider_id in provider_ids if provider_id not in known), None)


def failed(
    session: Session, item: OutboxItem, *, error: str, permanent: bool, certain: bool = True, now: datetime
) -> bool:
    """It did not go: again after a while, or never (`permanent`, or tried often enough). True where it was given up.

    `certain`: the provider surely has not got it; otherwise it is in doubt from now on.
    """
    row = _locked(session, item)
    if row.state != OutboxState.LEASED or row.lease != item.lease:
        return False  # another worker has it, or it is not wanted any more
    row.error = error[:128]
    if not certain and row.leased_until is not None:
        row.doubt_since = row.doubt_since or row.leased_until - LEASE
    row.lease = row.leased_until = None
    given_up = permanent or row.attempts >= MOST_ATTEMPTS[row.purpose]
    row.state = OutboxState.FAILED if given_up else OutboxState.QUEUED
    if not given_up:
        row.not_before = now + wait(row)
    session.flush()
    return given_up


def in_hand(session: Session, item: OutboxItem) -> OutboxItem | None:
    """Its row, locked, as long as nobody else has got it since and it is still wanted; None otherwise."""
    row = _locked(session, item)
    waiting = row.state in (OutboxState.QUEUED, OutboxState.LEASED)
    return row if waiting and row.lease == item.lease else None


def put_back(session: Session, row: OutboxItem, *, until: datetime | None) -> None:
    """Whoever has it does not send it: it waits until then, or is not wanted any more (None)."""
    row.lease = row.leased_until = None
    if until is not None:
        row.state, row.not_before = OutboxState.QUEUED, until
    else:
        row.state, row.error = OutboxState.FAILED, WITHDRAWN
    session.flush()


def withdraw(session: Session, recipient: str, *, purpose: str) -> None:
    """Texts of this purpose to this phone that nobody is sending yet are not wanted any more."""
    waiting = OutboxItem.state == OutboxState.QUEUED, OutboxItem.kind == OutboxKind.SMS
    of_it = OutboxItem.recipient == recipient, OutboxItem.purpose == Purpose(purpose)
    session.execute(update(OutboxItem).where(*waiting, *of_it).values(state=OutboxState.FAILED, error=WITHDRAWN))


def wait(item: OutboxItem) -> timedelta:
    """Time before the next attempt, with jitter so that a provider that comes back is not met by all items at once."""
    seconds = min(FIRST_WAIT * 2.0 ** min(item.attempts - 1, 16), LONGEST_WAIT[item.purpose])
    return timedelta(seconds=seconds * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load, guards nothing


def by_provider_id(session: Session, provider_id: str) -> OutboxItem | None:
    """The item that a provider knows by this id, or None."""
    return session.scalars(select(OutboxItem).where(OutboxItem.provider_id == provider_id)).first()


def record_status(
    session: Session,
    provider_id: str,
    status: str,
    *,
    item_id: int | None = None,
    error: str | None = None,
    now: datetime,
) -> OutboxItem | None:
    """Keep a provider's report, unless a later one came first or the word is unknown. Returns the item where we have its id.

    A report may come before the worker has stored the id: it is kept until then. Where it names our own item (`item_id`), which no worker
    has settled yet, the report itself says that the item went. `error`: why it did not arrive, kept with the item.
    """
    if status not in STATUS_ORDER:
        return by_provider_id(session, provider_id)
    lock(session, f"delivery:{provider_id}")
    reported = session.get(DeliveryStatus, provider_id)
    if reported is None:
        session.add(DeliveryStatus(provider_id=provider_id, status=status, at=now))
    elif STATUS_ORDER[status] > STATUS_ORDER[reported.status]:
        reported.status, reported.at = status, now
    session.flush()
    item = by_provider_id(session, provider_id) or _settled_by_report(session, provider_id, item_id, now=now)
    if item is not None:
        item.provider_status = session.get_one(DeliveryStatus, provider_id).status
        if item.provider_status == status:
            item.error = error or item.error
        session.flush()
    return item


def _settled_by_report(session: Session, provider_id: str, item_id: int | None, *, now: datetime) -> OutboxItem | None:
    if item_id is None:
        return None
    unsettled = OutboxItem.state.in_((OutboxState.QUEUED, OutboxState.LEASED)), OutboxItem.attempts > 0
    item = session.scalars(select(OutboxItem).where(OutboxItem.id == item_id, *unsettled).with_for_update()).first()
    if item is not None:
        _taken(item, provider_id, now=now)
    return item


def _taken(row: OutboxItem, provider_id: str, *, now: datetime) -> None:
    row.state = OutboxState.SENT
    row.sent_at, row.provider_id, row.error = now, provider_id, None
    row.lease = row.leased_until = row.doubt_since = None


def _behind_a_reply(now: datetime) -> ColumnElement[bool]:
    earlier = aliased(OutboxItem)
    return exists().where(
        OutboxItem.kind == OutboxKind.SMS,
        OutboxItem.purpose != Purpose.PAGE,
        earlier.kind == OutboxKind.SMS,
        earlier.purpose == Purpose.REPLY,
        earlier.recipient == OutboxItem.recipient,
        earlier.id < OutboxItem.id,
        earlier.state.in_((OutboxState.QUEUED, OutboxState.LEASED)),
        or_(earlier.attempts > 0, earlier.not_before <= now),
    )


def _locked(session: Session, item: OutboxItem) -> OutboxItem:
    return session.scalars(
        select(OutboxItem).where(OutboxItem.id == item.id).with_for_update().execution_options(populate_existing=True)
    ).one()
