"""Fictional conversations, introductions and alarms for the store's tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from spa import conversations, escalations, introductions, messages, references
from spa.ladder import Contact, Ladder
from spa.models import Conversation, Escalation, Introduction, Message

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PHONE = "+447700900123"
SECRET_WORDS = "I have the tablets in front of me"

LADDER = Ladder(
    (
        Contact("Ama Boateng", sms="+447700900201"),
        Contact("Joe Farrell", sms="+447700900202", email="joe@outreach.example"),
        Contact("Team lead", webhook="http://127.0.0.1:9/page"),
    ),
    minutes=5,
    console_address="https://console.example",
)

_numbers = itertools.count(1)


def minutes(number: float) -> datetime:
    """So many minutes after NOW."""
    return NOW + timedelta(minutes=number)


def conversation(
    session: Session, *, channel: str = "web", address: str | None = None, now: datetime = NOW
) -> Conversation:
    """A conversation that has just begun; one by text has a phone."""
    if channel == "sms" and address is None:
        address = PHONE
    return conversations.start(session, channel=channel, address=address, now=now)


def inbound(
    session: Session, to: Conversation, text: str = "hello", *, key: str | None = None, now: datetime = NOW
) -> Message:
    """A message from the resident."""
    return messages.receive(session, to, key=key or f"client-{next(_numbers)}", text=text, now=now)[0]


def document(*, priority: int = 3, **changes: Any) -> dict[str, Any]:
    """A valid introduction."""
    return {
        "version": 1,
        "reference": references.new(),
        "status": "new",
        "channel": "web",
        "started_at": "2026-11-23T01:50:00+00:00",
        "submitted_at": "2026-11-23T02:00:00+00:00",
        "introducer": {"relationship": "self"},
        "consent": {"share_with_alliance": True, "given_at": "2026-11-23T01:51:00+00:00", "wording_version": "1"},
        "person": {"full_name": "Grace Okafor", "date_of_birth": "1992-04-03"},
        "contact": {"phone": PHONE, "preferred": "text"},
        "access": {},
        "story": {"own_words": ["I may lose my flat and I cannot sleep"]},
        "needs": [{"domain": "housing", "source": "heard"}],
        "goals": [],
        "safety": {"asked": True, "suicidal_thoughts": "none"},
        "support": {},
        "flags": [],
        "priority": {"code": priority, "why": ["no flag"]},
        "summary": "Grace may lose her flat.",
    } | changes


def introduction(session: Session, *, now: datetime = NOW, priority: int = 3, **changes: Any) -> Introduction:
    """One in the queue, from a conversation of its own."""
    own = conversation(session, now=now)
    return introductions.submit(session, own, document=document(priority=priority, **changes), now=now)


def alarm(
    session: Session,
    about: Conversation,
    *,
    level: str = "crisis_active",
    flag: str = "red",
    message: Message | None = None,
    ladder: Ladder = LADDER,
    now: datetime = NOW,
) -> Escalation:
    """A message of the conversation is flagged."""
    message = message or inbound(session, about, SECRET_WORDS, now=now)
    reasons = [{"rule": "means", "words": "tablets", "score": 1.0}]
    return escalations.open_or_raise(
        session,
        about,
        message=message,
        level=level,
        flag=flag,
        words="the tablets",
        reasons=reasons,
        ladder=ladder,
        now=now,
    )


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Run these in threads that start together. Raises the first error."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        start.wait(timeout=20)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(run, task) for task in tasks]]
