"""Plays one persona against a running installation: the web page's calls, or signed texts, and nothing else."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol

from spa import listings
from spa.database import Database
from tests.journeys.installation import Installation, eventually
from tests.journeys.web_chat import WebChat
from tests.residents import judging
from tests.residents.personas import Persona
from tests.residents.resident import Resident, Said
from tests.twilio_server.server import TwilioServer

MOST_MESSAGES = 90
MOST_REPEATED = 8
"""Questions put again after which this resident walks away."""
GO_ON = "ok I am back"
"""What they write after a reply that asks nothing, such as the code of a conversation saved for later."""
AFTER = ("equality_ok",)


@dataclass
class Outcome:
    """What became of one persona. `wrong`: places of the introduction that do not hold what was said."""

    persona: Persona
    resident: Resident
    reference: str | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    fields: int = 0
    turns: int = 0
    seconds: float = 0.0
    heard: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether an introduction was handed over."""
        return self.reference is not None

    @property
    def repeated(self) -> int:
        """Questions put again though they had been answered."""
        return sum(self.resident.repeated.values())

    def told(self) -> str:
        """The conversation as it went, for whoever looks into a failure."""
        return "\n".join(self.heard)


class Line(Protocol):
    """One channel to the installation."""

    def begin(self, first: str) -> None: ...

    def send(self, said: Said) -> None: ...

    @property
    def ask(self) -> str | None: ...

    @property
    def put(self) -> str:
        """The words that put the open question; empty where the last reply asked nothing."""

    @property
    def heard(self) -> list[str]: ...

    @property
    def reference(self) -> str | None: ...


class Page:
    """The chat page's calls."""

    def __init__(self, installation: Installation) -> None:
        self._chat = WebChat(installation.gateway)

    def begin(self, first: str) -> None:
        self._last = self._chat.open().messages

    def send(self, said: Said) -> None:
        self._last = self._chat.say(said) if isinstance(said, str) else self._chat.say(choice=said["choice"])

    @property
    def put(self) -> str:
        return " ".join(message["text"] for message in self._last if message.get("ask"))

    @property
    def ask(self) -> str | None:
        return self._chat.ask

    @property
    def heard(self) -> list[str]:
        return [message["text"] for message in self._chat.messages]

    @property
    def reference(self) -> str | None:
        return next((m["reference"] for m in reversed(self._chat.messages) if m["kind"] == "receipt"), None)


class Phone:
    """A phone behind the Twilio-shaped server. The next text is written when the last one has been answered."""

    def __init__(self, installation: Installation, twilio: TwilioServer, number: str) -> None:
        self._installation, self._twilio, self.number = installation, twilio, number

    def begin(self, first: str) -> None:
        self.send(first)

    def send(self, said: Said) -> None:
        text = said if isinstance(said, str) else said["choice"]
        response = self._twilio.inbound(self.number, text)
        assert response.status_code == 200, response.text
        eventually(lambda: not self._waiting(), what="an answer")

    @property
    def put(self) -> str:
        return self.heard[-1] if self.heard else "nothing yet"

    @property
    def ask(self) -> str | None:
        return self._installation.ask_of(address=self.number)

    @property
    def heard(self) -> list[str]:
        return [text.body for text in self._twilio.received_by(self.number)]

    @property
    def reference(self) -> str | None:
        found = re.findall(r"LW-\w{4}-\w{3}", " ".join(self.heard))
        return found[-1] if found else None

    def _waiting(self) -> bool:
        query = (
            "SELECT count(*) FROM message JOIN conversation ON conversation.id = message.conversation_id "
            "WHERE conversation.address = ? AND message.state = 'received'"
        )
        path = self._installation.folder / "var" / "frontdoor.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            return bool(database.execute(query, (self.number,)).fetchone()[0])


def play(persona: Persona, installation: Installation, twilio: TwilioServer, *, number: str) -> Outcome:
    """The whole conversation of this persona, judged."""
    line: Line = Page(installation) if persona.channel == "web" else Phone(installation, twilio, number)
    outcome = Outcome(persona, resident := Resident(persona))
    started = time.monotonic()
    line.begin(persona.first)
    shown = 0
    while (ask := line.ask) is not None and outcome.turns < MOST_MESSAGES and outcome.repeated < MOST_REPEATED:
        if ask in AFTER or line.reference and not persona.after:
            break
        said = resident.answer(ask, line.put) if line.put else GO_ON
        outcome.heard += [f"    < {text}" for text in line.heard[shown:]]
        shown = len(line.heard)
        outcome.heard.append(f"[{ask}] > {said}")
        line.send(said)
        outcome.turns += 1
    if resident.asked["check"] or resident.asked["human_ok"]:
        settled = lambda: line.reference or line.ask is not None  # noqa: E731
        eventually(settled, seconds=10, what="a reference")
    outcome.reference = line.reference
    if outcome.finished:
        for text in persona.after:
            line.send(text)
            outcome.heard.append(f"[after] > {text}")
        outcome.fields = judging.fields(persona, asked=set(resident.asked))
        outcome.wrong = judging.wrong(persona, _document(installation, outcome.reference), asked=set(resident.asked))
    outcome.heard += [f"    < {text}" for text in line.heard[shown:]]
    outcome.seconds = time.monotonic() - started
    return outcome


def _document(installation: Installation, reference: str | None) -> Mapping[str, object]:
    database = Database(f"sqlite:///{installation.folder / 'var' / 'frontdoor.sqlite3'}")
    with database.reading() as session:
        document = listings.introduction(session, str(reference))
    database.engine.dispose()
    assert document is not None, f"{reference} is not in the queue"
    return document
