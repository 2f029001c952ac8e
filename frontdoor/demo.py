"""`frontdoor demo`: thirty fictional residents write in, through the same door, screen and conversation as real ones.

The engine process is not needed: the conversation runs here, each answer taken as an answer. Nobody is texted or paged.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete

from bot import directory
from bot.crisis.replies import Replies
from bot.crisis.screen import Screen
from bot.gateway import starting, wording
from bot.gateway.codes import Codes
from bot.gateway.door import Door
from bot.gateway.effects import Effects
from bot.gateway.inbox import Inbox
from bot.gateway.incoming import Incoming, as_chosen
from bot.gateway.speaking import Speaking
from bot.intake import dialogue
from bot.intake.parsing import phones
from bot.intake.turn import Inbound
from frontdoor.settings import ROOT, Settings
from spa import conversations, messages, replying
from spa.database import Database
from spa.ladder import Ladder
from spa.models import OutboxItem

RESIDENTS = ROOT / "data" / "demo" / "residents.yml"
MOST_TURNS = 60
PAUSE = timedelta(seconds=40)  # between a question and its answer


class DemoStuck(Exception):
    """A fictional resident was asked something the file has no answer to; the message names person and question."""


def fill(settings: Settings, *, path: Path = RESIDENTS) -> int:
    """Play every resident of the file into the queue; how many introductions it made. Raises DemoStuck."""
    database = Database(settings.database)
    database.migrate()
    stage = Stage(database)
    file = yaml.safe_load(path.read_text(encoding="utf-8"))
    for person in file["people"]:
        stage.play({**file["everyone"], **person})
    return len(file["people"])


class Stage:
    """The gateway's own parts, with nobody on the ladder."""

    def __init__(self, database: Database) -> None:
        lines = directory.load()
        replies = Replies.load(lines)
        nobody = Ladder(contacts=(), minutes=1.0)
        self.database = database
        texts = wording.load(lines)
        self.door = Door(Screen.load(), replies, nobody, Speaking.load(lines), told_too=texts.told_too)
        self.inbox = Inbox(database, Effects(nobody), replies, texts, Codes("of nobody"))

    def play(self, person: Mapping[str, Any]) -> None:
        """One resident, from the first question to the receipt."""
        now = datetime.now(timezone.utc) - timedelta(hours=person["hours_ago"])
        conversation = self._open(person, now)
        left = {ask: list(answer) if isinstance(answer, list) else [answer] for ask, answer in person.items()}
        left["story"] = [*left["story"], "that's all"]
        for _ in range(MOST_TURNS):
            ask = self._open_question(conversation)
            if ask is None or self._handed_over(conversation):
                self._text_nobody(conversation)
                return
            answers = left.get(ask) or (["yes"] if ask == "check" else [])
            if not answers:
                raise DemoStuck(f"{person['full_name']} has no answer to {ask}")
            now += PAUSE
            self._answer(conversation, str(answers[0] if len(answers) == 1 and ask != "story" else answers.pop(0)), now)
        raise DemoStuck(f"{person['full_name']} is still asked {ask} after {MOST_TURNS} turns")

    def _open(self, person: Mapping[str, Any], now: datetime) -> str:
        address = phones.parse(person["phone"]) if person["channel"] == "sms" else None
        with self.database.session() as session:
            conversation = starting.start(
                session, channel=person["channel"], address=address.value if address else None, now=now
            )
            opening = [reply.as_dict() for reply in dialogue.opening(person["channel"])]
            replying.put(session, conversation, opening, answers=None, now=now)
            conversation.ask = "consent"
            return conversation.id

    def _answer(self, conversation_id: str, text: str, now: datetime) -> None:
        with self.database.session() as session:
            conversation = conversations.by_id(session, conversation_id)
            assert conversation is not None  # noqa: S101 - made above, in this process
            asked = messages.last_asked(session, conversation)
            incoming = as_chosen(Incoming(key=str(uuid.uuid4()), text=text), asked)
            self.door.receive(session, conversation, incoming, now=now)
        job = self.inbox.next(conversation_id)
        if job is None:
            return
        request = job.request
        inbound = Inbound(
            text=request.text,
            channel=request.channel,
            now=request.now,
            ask=request.ask,
            choice=request.choice,
            intent="answer",
            confidence=1.0,
            level=request.level,
            flag=request.flag,
            reference=request.reference,
            address=request.address,
        )
        self.inbox.settle(job, dialogue.take_turn(request.draft, inbound), now=now)

    def _open_question(self, conversation_id: str) -> str | None:
        with self.database.session() as session:
            conversation = conversations.by_id(session, conversation_id)
            return conversation.ask if conversation else None

    def _handed_over(self, conversation_id: str) -> bool:
        with self.database.session() as session:
            conversation = conversations.by_id(session, conversation_id)
            return conversation is None or conversation.state != "open"

    def _text_nobody(self, conversation_id: str) -> None:
        with self.database.session() as session:
            session.execute(delete(OutboxItem).where(OutboxItem.conversation_id == conversation_id))
