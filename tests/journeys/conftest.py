"""One whole installation for the journeys, with a Twilio-shaped server, a mail server and a webhook receiver beside it."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.chromium import chromium
from tests.journeys.chat_page import chat_page
from tests.journeys.installation import Installation, sms_settings
from tests.journeys.web_chat import WebChat
from tests.serving import free_port, serving
from tests.twilio_server.server import TwilioServer

FIRST_CONTACT = "+447700900901"
WEBHOOK_SECRET = "a secret for tests"  # noqa: S105


@dataclass
class Received:
    """What a mail server or webhook receiver was handed, in order."""

    items: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        with self.lock:
            self.items.append(envelope)
        return "250 OK"

    async def post(self, request: Request) -> Response:
        body = await request.body()
        with self.lock:
            self.items.append(body)
            self.headers.append(dict(request.headers))
        return Response(status_code=204)


@pytest.fixture(scope="session")
def twilio() -> Iterator[TwilioServer]:
    server = TwilioServer()
    with serving(server.app()) as address:
        server.address = address
        yield server


@pytest.fixture(scope="session")
def mail() -> Iterator[Received]:
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    received.port = controller.port
    yield received
    controller.stop()


@pytest.fixture(scope="session")
def hook() -> Iterator[Received]:
    received = Received()
    with serving(Starlette(routes=[Route("/page", received.post, methods=["POST"])])) as address:
        received.address = f"{address}/page"
        yield received


@pytest.fixture(scope="session")
def installation(tmp_path_factory, twilio, mail, hook) -> Iterator[Installation]:
    """Running and ready. Stopped as Ctrl-C does at the end, which must end every process cleanly."""
    running = Installation(tmp_path_factory.mktemp("installation"))
    contacts = [
        {"name": "First on call", "sms": FIRST_CONTACT},
        {"name": "Team lead", "email": "lead@example.org", "webhook": hook.address},
    ]
    running.extra |= sms_settings(twilio=twilio.address, gateway=running.gateway) | {
        "FRONTDOOR_ESCALATION_CONTACTS": json.dumps(contacts),
        "FRONTDOOR_ESCALATION_MINUTES": "0.1",
        "FRONTDOOR_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "FRONTDOOR_SMTP_HOST": "127.0.0.1",
        "FRONTDOOR_SMTP_PORT": str(mail.port),
    }
    twilio.webhooks = running.gateway
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def web(installation) -> WebChat:
    """A resident who has just opened the chat page."""
    return WebChat(installation.gateway).open()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser, one a module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser, installation) -> Iterator[Page]:
    """The chat page, just opened."""
    with chat_page(browser, installation.gateway) as page:
        yield page
