"""A crowd of fictional introductions, stored in bulk: two years of them, a quarter more in the second, with all that was done since.

For measurements and pictures: the ordinary way in, one at a time through every check, would take an hour for as many.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase

from spa import facts, references
from spa.database import Database
from spa.introductions import PRIORITY_RANK
from spa.models import (
    Conversation,
    Destination,
    Escalation,
    EscalationStep,
    Handover,
    Introduction,
    IntroductionEvent,
    IntroductionFact,
    IntroductionSearch,
    Message,
)
from tests.console import factories

TWO_YEARS = timedelta(days=730)
BATCH = 1000
FIRST = (
    "Grace",
    "Kofi",
    "Amara",
    "Luca",
    "Fatima",
    "Joe",
    "Marie",
    "Tunde",
    "Ana",
    "Sam",
    "Ines",
    "Yusuf",
    "Ruth",
    "Dele",
)
LAST = (
    "Mensah",
    "Petrescu",
    "Clarke",
    "Silva",
    "Begum",
    "Farrell",
    "Okoro",
    "Brown",
    "Costa",
    "Hassan",
    "Nowak",
    "Smith",
)
NEEDS = ("mental_health", "housing", "money", "loneliness", "drugs_alcohol", "physical_health", "work_learning", "daily_living",
         "relationships_family", "caring", "safety_at_home", "discrimination_identity", "legal_immigration")  # fmt: skip
ASKS = ("consent", "about_whom", "adult", "lambeth_link", "story", "needs", "goals", "suicidal_thoughts", "safe_at_home",
        "full_name", "date_of_birth", "phone", "contact_method", "check")  # fmt: skip
GENDERS = ("woman", "man", "non_binary", "other")
OPEN_PART = 0.03
"""Still with the SPA; the others were routed or closed long ago."""


@dataclass
class Rows:
    """What is stored together, by table; `taken` are the references of the whole crowd."""

    taken: set[str]
    of: dict[type[DeclarativeBase], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[DeclarativeBase], **values: Any) -> None:
        self.of.setdefault(table, []).append(values)

    def reference(self) -> str:
        """One that nobody of the crowd has."""
        while (made := references.new()) in self.taken:
            continue
        self.taken.add(made)
        return made


TABLES = (Conversation, Message, Introduction, IntroductionFact, IntroductionSearch, IntroductionEvent, Handover, Escalation,
          EscalationStep)  # fmt: skip


def fill(database: Database, number: int, *, now: datetime, open_number: int | None = None) -> list[str]:
    """Store so many introductions, and their references. `open_number` of them, the newest, are with the SPA (3 % by default)."""
    chance = random.Random(7)  # noqa: S311 - the same crowd each time
    open_number = round(number * OPEN_PART) if open_number is None else open_number
    people = _people(chance, number, now=now, open_number=open_number)
    made: list[str] = []
    taken: set[str] = set()
    seq = 0
    while batch := list(islice(people, BATCH)):
        rows = Rows(taken)
        for place, at, is_open in batch:
            seq, reference = _person(rows, chance, place, at, is_open=is_open, seq=seq)
            made.append(reference)
        with database.session() as session:
            for table in TABLES:
                if rows.of.get(table):
                    session.execute(insert(table), rows.of[table])
    return made


def _people(
    chance: random.Random, number: int, *, now: datetime, open_number: int
) -> Iterator[tuple[int, datetime, bool]]:
    """(place, when, whether it is with the SPA still), the oldest first: four in the first year for five in the second."""
    year = TWO_YEARS / 2
    moments = sorted(
        now - year * chance.random() - (year if chance.random() < 4 / 9 else timedelta(0)) for _ in range(number)
    )
    for place, at in enumerate(moments):
        yield place, at - timedelta(minutes=2), place >= number - open_number


def _person(rows: Rows, chance: random.Random, place: int, at: datetime, *, is_open: bool, seq: int) -> tuple[int, str]:
    """One introduction, perhaps a conversation that came to nothing beside it, and what staff did."""
    channel = "sms" if chance.random() < 0.3 else "web"
    if chance.random() < 0.35:
        stopped = _conversation(rows, f"s{place:031d}", channel, at, state="ended")
        seq = _asked(rows, stopped, at, ASKS[: chance.randint(1, len(ASKS) - 1)], seq=seq)
    own = _conversation(rows, f"c{place:031d}", channel, at, state="submitted")
    seq = _asked(rows, own, at, ASKS, seq=seq)
    code = chance.choices((1, 4, 2, 3), (2, 8, 20, 70))[0]
    reference = rows.reference()
    document = _document(chance, channel, at, code) | {"reference": reference}
    destination = None if is_open else chance.choice(list(Destination))
    reached = at + timedelta(hours=chance.expovariate(1 / (6 if code != 3 else 60)))
    state = "in_review" if is_open and place % 2 else "new" if is_open else "routed"
    rows.add(
        Introduction, reference=reference, conversation_id=own, document=document | {"status": state}, status=state,
        priority_code=code, priority_rank=PRIORITY_RANK[code], submitted_at=at, updated_at=at,
        assignee="amina" if state != "new" else None, destination=destination,
    )  # fmt: skip
    for name, value in facts.of_document(document):
        rows.add(IntroductionFact, introduction_reference=reference, name=name, value=value, submitted_at=at)
    rows.add(IntroductionSearch, introduction_reference=reference, words=facts.searched(document))
    _event(rows, reference, at, "submitted", "new", actor="resident")
    if destination is not None:
        _event(rows, reference, reached, "claimed", "in_review")
        _event(rows, reference, reached, "status", "in_contact")
        _event(rows, reference, reached, "routed", "routed", destination=destination)
        answer = chance.choices(("accepted", "declined", "waiting"), (80, 12, 8))[0]
        rows.add(
            Handover, introduction_reference=reference, destination=destination, sent_at=reached, sent_by="amina", state=answer,
            answered_on=None if answer == "waiting" else reached.date(),
            answered_by=None if answer == "waiting" else "amina", note=None,
        )  # fmt: skip
    if code in (1, 4):
        _alarm(rows, chance, own, place, at, flag="red" if code == 1 else "amber")
    return seq, reference


def _conversation(rows: Rows, key: str, channel: str, at: datetime, *, state: str) -> str:
    rows.add(
        Conversation, id=key, channel=channel, address=None, reference=None, state=state, ask=None, draft={},
        started_at=at - timedelta(minutes=12), last_inbound_at=at, blanked_at=None, purged_at=None,
    )  # fmt: skip
    return key


def _asked(rows: Rows, conversation: str, at: datetime, asks: tuple[str, ...], *, seq: int) -> int:
    for ask in asks:
        seq += 1
        rows.add(
            Message, seq=seq, id=f"m{seq}", key=None, conversation_id=conversation, at=at, author="assistant", kind="text",
            text="A question", choice=None, ask=ask, choices=None, multi=False, progress=None, reference=None,
            answers_seq=None, state="sent", media=0,
        )  # fmt: skip
    return seq


def _event(
    rows: Rows,
    reference: str,
    at: datetime,
    action: str,
    status: str,
    *,
    actor: str = "amina",
    destination: str | None = None,
) -> None:
    rows.add(
        IntroductionEvent, introduction_reference=reference, at=at, actor=actor, action=action, status=status,
        destination=destination, note=None,
    )  # fmt: skip


def _alarm(rows: Rows, chance: random.Random, conversation: str, place: int, at: datetime, *, flag: str) -> None:
    had = at + timedelta(minutes=chance.expovariate(1 / 3))
    key = f"e{place:031d}"
    rows.add(
        Escalation, id=key, code=f"{place:07d}", conversation_id=conversation, message_seq=None, level="crisis_active",
        flag=flag, state="closed", channel="web", opened_at=at, alerted_at=at, words="", reasons=[], whereabouts=None,
        phone=None, alerts=1, rung=1, next_step_at=None, acknowledged_by="tom", acknowledged_at=had, closed_by="tom",
        closed_at=had, outcome="Seen or spoken to, and safe now",
    )  # fmt: skip
    for action, moment in (("opened", at), ("acknowledged", had), ("closed", had)):
        rows.add(EscalationStep, escalation_id=key, at=moment, actor="tom", action=action, detail=None)


def _document(chance: random.Random, channel: str, at: datetime, code: int) -> dict[str, Any]:
    needs = chance.sample(NEEDS, k=chance.randint(1, 4))
    equality = {
        "ethnic_category": chance.choice([*"AAAAANNNMMMPCCSGE", None]),
        "gender_identity": chance.choices(GENDERS, (50, 45, 3, 2))[0],
        "veteran": chance.random() < 0.02,
        "carer": chance.random() < 0.15,
    }
    made = factories.document(
        person={
            "full_name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            "preferred_name": None,
            "date_of_birth": f"{chance.randint(1945, 2007)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        },
        contact={"phone": f"+447700900{chance.randint(0, 999):03d}"},
        needs=[{"domain": need, "source": "heard", "own_words": "in their own words"} for need in needs],
        priority={"code": code, "why": ["No flag raised"]},
        **({"equality": equality} if chance.random() < 0.6 else {}),
    )
    moment = at.isoformat()
    return made | {"channel": channel, "submitted_at": moment, "started_at": moment}
