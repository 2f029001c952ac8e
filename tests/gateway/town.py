"""A gateway served over real HTTP on a database of its own, with an engine beside it, and residents who use it."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import select

from bot.crisis.screen import Screen
from bot.gateway.app import create_app
from frontdoor.serve import server_options
from frontdoor.settings import Contact, Settings
from spa.database import Database
from spa.models import AssessmentRow, Conversation, Escalation, Message, OutboxItem
from tests.gateway.played_engine import PlayedEngine
from tests.serving import free_port, serving
from tests.twilio_server.server import ACCOUNT, NUMBER, TOKEN, TwilioServer

PUBLIC = "https://frontdoor.example"
ON_CALL = Contact(name="Amina Yusuf", sms="+447700900999")
_numbers = itertools.count(100)


@dataclass
class Clock:
    """The gateway's clock: real time, and forward as far as a test needs."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.ahead += timedelta(**by)


@dataclass
class Town:
    """Where everything of one test's world is found. `twilio` sends signed webhooks."""

    address: str
    database: Database
    engine: PlayedEngine
    clock: Clock
    settings: Settings
    twilio: TwilioServer = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.address, timeout=20.0, trust_env=False)
        self.twilio = TwilioServer(webhooks=PUBLIC, token=TOKEN)

    def page(self) -> "Page":
        """A resident who has opened the chat page."""
        return Page(self).open()

    def phone(self) -> "Phone":
        """A resident's phone that has never texted."""
        return Phone(self, f"+447700900{next(_numbers):03d}")

    def rows(self, model: type[Any], *where: Any) -> list[Any]:
        """Rows of a table, in order of their keys."""
        with self.database.reading() as session:
            return list(session.scalars(select(model).where(*where).order_by(*model.__table__.primary_key.columns)))

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation as it is stored."""
        return self.rows(Conversation, Conversation.id == conversation_id)[0]

    def messages(self, conversation_id: str) -> list[Message]:
        """The whole transcript."""
        return self.rows(Message, Message.conversation_id == conversation_id)

    def assessments(self, conversation_id: str) -> list[AssessmentRow]:
        """What the screen said, in order."""
        return self.rows(AssessmentRow, AssessmentRow.conversation_id == conversation_id)

    def escalations(self, conversation_id: str) -> list[Escalation]:
        """Escalations about the conversation."""
        return self.rows(Escalation, Escalation.conversation_id == conversation_id)

    def outbox(self, *, purpose: str, to: str | None = None, conversation: str | None = None) -> list[OutboxItem]:
        """What is to be delivered, in order."""
        where = [OutboxItem.purpose == purpose]
        where += [OutboxItem.recipient == to] if to else []
        where += [OutboxItem.conversation_id == conversation] if conversation else []
        return self.rows(OutboxItem, *where)


@dataclass
class Page:
    """One chat page and its conversation."""

    town: Town
    id: str = ""
    token: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)

    def open(self) -> "Page":
        """Start the conversation."""
        response = self.town.http.post("/chat/sessions", json={})
        assert response.status_code == 201, response.text
        body = response.json()
        self.id, self.token, self.messages = body["session"], body["token"], body["messages"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        """The right to speak in it."""
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, text: str | None = None, *, key: str | None = None, **fields: Any) -> httpx.Response:
        """Send one message, whatever comes back."""
        body = {"id": key or str(uuid.uuid4())} | ({} if text is None else {"text": text}) | fields
        return self.town.http.post("/chat/messages", json=body, headers=self.headers)

    def say(self, text: str | None = None, **fields: Any) -> list[dict[str, Any]]:
        """Send one message; its replies."""
        response = self.post(text, **fields)
        assert response.status_code == 200, response.text
        return response.json()["messages"]


@dataclass
class Phone:
    """One phone, texting through webhooks signed as Twilio signs them."""

    town: Town
    number: str

    def fields(self, body: str, **extra: str) -> dict[str, str]:
        """An inbound text's form fields, blank ones too."""
        return self.town.twilio.inbound_fields(self.number, body, sid=f"SM{uuid.uuid4().hex}") | extra

    def post(self, fields: dict[str, str], *, path: str = "/sms/inbound", **headers: str) -> httpx.Response:
        """A webhook with these fields, signed for the public address unless headers say otherwise."""
        return webhook(self.town, path, fields, **headers)

    def text(self, body: str, **extra: str) -> httpx.Response:
        """Text the service."""
        response = self.post(self.fields(body, **extra))
        assert response.status_code == 200, response.text
        return response

    @property
    def conversations(self) -> list[Conversation]:
        """Conversations of this phone, the first one first."""
        found = self.town.rows(Conversation, Conversation.address == self.number)
        return sorted(found, key=lambda conversation: conversation.started_at)

    @property
    def replies(self) -> list[str]:
        """Texts on their way to this phone, in order."""
        return [item.body for item in self.town.outbox(purpose="reply", to=self.number)]


def webhook(town: Town, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
    """A webhook as it reaches the gateway from the proxy at the public address."""
    from twilio.request_validator import RequestValidator

    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, fields)
    sent = {"X-Twilio-Signature": signature} | {name.replace("_", "-"): value for name, value in headers.items()}
    return town.http.post(path, data=fields, headers=sent)


def settings(var: Path, **changes: Any) -> Settings:
    """A gateway with texts on and one contact on call."""
    fields: dict[str, Any] = {
        "var": var,
        "secret_key": SecretStr("a secret of these tests only"),
        "engine_port": free_port(),
        "engine_timeout": 5.0,
        "sessions_per_minute": 100_000,
        "public_address": PUBLIC,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": SecretStr(TOKEN),
        "twilio_from": NUMBER,
        "texts_together_seconds": 0.0,
        "escalation_contacts": [ON_CALL],
    }
    return Settings(**(fields | changes))


@contextmanager
def town(
    chosen: Settings,
    screen: Screen | Callable[[], Screen],
    *,
    engine: PlayedEngine | None = None,
    database: Database | None = None,
) -> Iterator[Town]:
    """A gateway over these settings; without `engine` nothing listens on the engine's port."""
    store = database or Database(chosen.database)
    store.migrate()
    clock = Clock()
    with ExitStack() as stack:
        if database is None:
            stack.callback(store.close)
        if engine is not None:
            stack.enter_context(serving(engine.app(), port=chosen.engine_port))
        app = create_app(
            chosen, store, screen=screen if callable(screen) else lambda: screen, clock=clock, look_every=0.05
        )
        address = stack.enter_context(serving(app, **server_options(chosen)))
        made = Town(address, store, engine or PlayedEngine(), clock, chosen)
        stack.callback(made.http.close)
        yield made
