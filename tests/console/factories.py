"""Fictional people in a real database: staff, introductions, escalations, as the gateway would have stored them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from spa import conversations, escalations, introductions, messages, references, staff
from spa.ladder import Contact, Ladder
from spa.models import Conversation, Escalation, Introduction, Staff

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
LADDER = Ladder((Contact("Outreach on call", sms="+447700900001"),), console_address="http://console.test")


@dataclass
class Clock:
    """A clock that tests turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        """By timedelta's own names."""
        self.now += timedelta(**length)


def member(session: Session, username: str = "amina", name: str = "Amina Yusuf", role: str = "clinician") -> Staff:
    """An account whose password is PASSWORD."""
    return staff.create(session, username=username, name=name, role=role, password=PASSWORD, now=NOW)


def document(**changes: Any) -> dict[str, Any]:
    """A valid document; each change is merged into the section of its name, or replaces it."""
    made = _plain_document()
    for section, value in changes.items():
        merged = isinstance(value, Mapping) and isinstance(made.get(section), dict)
        made[section] = made[section] | dict(value) if merged else value
    return made


def introduction(
    session: Session,
    *,
    channel: str = "web",
    at: datetime = NOW - timedelta(hours=2),
    said: tuple[str, ...] = ("I got an eviction letter and I can't sleep.",),
    **changes: Any,
) -> Introduction:
    """One handed over at `at`, with a short conversation before it."""
    conversation = conversations.start(session, channel=channel, now=at - timedelta(minutes=9))
    talk(session, conversation, said, at=at - timedelta(minutes=8))
    made = document(**changes) | {"submitted_at": at.isoformat(), "channel": channel, "reference": references.new()}
    return introductions.submit(session, conversation, document=made, now=at)


def talk(session: Session, conversation: Conversation, said: tuple[str, ...], *, at: datetime) -> None:
    """The resident's messages, each answered."""
    for number, text in enumerate(said):
        moment = at + timedelta(seconds=40 * number)
        message, _ = messages.receive(session, conversation, key=f"m{number}", text=text, now=moment)
        seen = Assessment(Level.NONE, Flag.NONE)
        messages.record_assessment(session, message, seen, asked="story", now=moment)
        reply = {"text": "Thank you. Is there anything else?", "ask": "story"}
        messages.post(session, conversation, reply, answers=message, now=moment)
        messages.settle(session, message, state="done")


def escalation(
    session: Session,
    *,
    conversation: Conversation | None = None,
    channel: str = "web",
    text: str = "i've got the pills here and im going to take them tonight",
    matched: str = "going to take them tonight",
    level: Level = Level.CRISIS_IMMINENT,
    flag: Flag = Flag.RED,
    at: datetime = NOW - timedelta(minutes=3),
    key: str = "crisis",
    ladder: Ladder = LADDER,
) -> Escalation:
    """One that a message opened, with its page queued and the crisis reply posted."""
    if conversation is None:
        address = "+447700900123" if channel == "sms" else None
        conversation = conversations.start(session, channel=channel, address=address, now=at - timedelta(minutes=2))
    message, _ = messages.receive(session, conversation, key=key, text=text, now=at)
    seen = Assessment(level, flag, (Reason("imminent.means_and_time", matched),))
    messages.record_assessment(session, message, seen, asked=None, now=at)
    opened = escalations.open_or_raise(
        session,
        conversation,
        message=message,
        level=level,
        flag=flag,
        words=text,
        reasons=seen.reasons,
        ladder=ladder,
        now=at,
    )
    reply = {"kind": "crisis", "text": "If your life is in danger, call 999 now. Where are you?", "ask": "whereabouts"}
    messages.post(session, conversation, reply, answers=message, now=at)
    return opened


def _plain_document() -> dict[str, Any]:
    return {
        "version": 1,
        "reference": "LW-2222-222",
        "status": "new",
        "channel": "web",
        "started_at": (NOW - timedelta(hours=3)).isoformat(),
        "submitted_at": (NOW - timedelta(hours=2)).isoformat(),
        "introducer": {"relationship": "self"},
        "consent": {"share_with_alliance": True, "given_at": NOW.isoformat(), "wording_version": "1"},
        "person": {
            "full_name": "Grace Mensah",
            "preferred_name": "Gracie",
            "date_of_birth": "1991-04-03",
            "lambeth_link": "lives",
            "postcode": "SW9 8HQ",
            "nhs_number": "9434765919",
        },
        "contact": {
            "phone": "+447700900123",
            "preferred": "call",
            "ok_to_text": True,
            "ok_to_leave_voicemail": True,
            "best_time": "after 5pm",
        },
        "access": {"language": None, "interpreter": False, "needs": []},
        "story": {
            "own_words": ["I got an eviction letter and I can't sleep."],
            "duration": "3 weeks",
            "impact": "a_lot",
        },
        "needs": [
            {"domain": "housing", "source": "heard", "own_words": "eviction letter"},
            {"domain": "mental_health", "source": "chosen"},
        ],
        "goals": [{"own_words": "To stay in my flat", "outcomes": ["control"]}],
        "safety": {"asked": True, "suicidal_thoughts": "none", "safe_at_home": "yes"},
        "support": {"current": "My sister helps"},
        "flags": [],
        "priority": {"code": 3, "why": ["No flag raised; housing at risk"]},
        "summary": "You got an eviction letter and cannot sleep. You would like to stay in your flat.",
        "approved_by_resident": True,
    }
