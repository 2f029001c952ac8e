"""Each way out against something real at the other end: HTTP shaped like Twilio's, an SMTP server, a webhook receiver."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spa.delivery import setting
from spa.delivery.email import EmailSender
from spa.delivery.sender import DeliveryFailed, Sender
from spa.delivery.sms import SmsSender
from spa.delivery.webhook import WebhookSender
from spa.ladder import Contact, Ladder
from spa.models import OutboxItem
from tests.serving import free_port, serving
from tests.spa.factories import NOW, PHONE
from tests.twilio_server.server import ACCOUNT, NUMBER, TOKEN, Fault, TwilioServer


def item(*, kind: str = "sms", to: str = PHONE, body: str = "Hello, it’s us", subject: str | None = None) -> OutboxItem:
    return OutboxItem(
        id=7, kind=kind, recipient=to, body=body, subject=subject, purpose="reply", dedupe_key="reply:1", created_at=NOW
    )


def failure(sender: Sender, what: OutboxItem) -> tuple[str, bool]:
    """(error, permanent) of an attempt that must fail."""
    with pytest.raises(DeliveryFailed) as failed:
        sender.send(what)
    assert str(failed.value) == failed.value.error
    return failed.value.error, failed.value.permanent


@pytest.fixture
def twilio() -> Iterator[tuple[TwilioServer, str]]:
    server = TwilioServer()
    with serving(server.app()) as address:
        yield server, address


def sms(address: str, *, token: str = TOKEN, **more: str) -> SmsSender:
    given = {"sender": NUMBER, "status_callback": "https://frontdoor.example/sms/status"} | more
    return SmsSender(account_sid=ACCOUNT, auth_token=token, base_url=address, **given)


def test_a_text_goes_and_its_sid_comes_back(twilio) -> None:
    server, address = twilio
    sid = sms(address).send(item())
    (text,) = server.texts
    assert (text.sid, text.to, text.sender, text.body) == (sid, PHONE, NUMBER, "Hello, it’s us")
    assert text.status_callback == "https://frontdoor.example/sms/status?item=7"


def test_a_messaging_service_sends_instead_of_a_number(twilio) -> None:
    server, address = twilio
    sms(address, sender="", messaging_service_sid="MG1").send(item())
    assert server.texts[0].sender == "MG1"


@pytest.mark.parametrize("fault, expected", [
    (Fault(400, 21211), ("twilio_21211", True)),
    (Fault(400, 21610), ("twilio_21610", True)),
    (Fault(429, 20429), ("twilio_20429", False)),
    (Fault(500, 20500), ("twilio_20500", False)),
    (Fault(503, 20503), ("twilio_20503", False)),
    (Fault(404, 20404), ("twilio_20404", False)),
])  # fmt: skip
def test_twilios_errors_are_told_apart(twilio, fault: Fault, expected: tuple[str, bool]) -> None:
    server, address = twilio
    server.faults.append(fault)
    assert failure(sms(address), item()) == expected


def test_a_wrong_key_is_worth_another_try_when_it_was_put_right(twilio) -> None:
    assert failure(sms(twilio[1], token="wrong"), item()) == ("twilio_20003", False)


def test_twilio_out_of_reach_is_worth_another_try() -> None:
    assert failure(sms(f"http://127.0.0.1:{free_port()}"), item()) == ("twilio_unreachable", False)


@pytest.mark.parametrize("fault, certain", [
    (Fault(400, 21211), True),
    (Fault(429, 20429), True),
    (Fault(500, 20500), False),
    (Fault(reset=True), False),
])  # fmt: skip
def test_what_twilio_may_have_taken_is_told_from_what_it_refused(twilio, fault: Fault, certain: bool) -> None:
    server, address = twilio
    server.faults.append(fault)
    with pytest.raises(DeliveryFailed) as failed:
        sms(address).send(item())
    assert failed.value.certain is certain


def test_a_text_is_traced_by_its_phone_its_words_and_its_time(twilio) -> None:
    server, address = twilio
    sender = sms(address)
    sender.send(item(body="other words"))
    sender.send(item(to="+447700900999"))
    sids = [sender.send(item()), sender.send(item())]
    now = datetime.now(UTC)
    assert sender.trace(item(), since=now) == sids
    assert sender.trace(item(), since=now + timedelta(minutes=5)) == []


def test_a_key_that_may_not_read_texts_knows_of_none(twilio) -> None:
    assert sms(twilio[1], token="wrong").trace(item(), since=NOW) == []


def test_twilio_that_cannot_say_now_is_asked_later(twilio) -> None:
    server, address = twilio
    server.down = True
    with pytest.raises(DeliveryFailed, match="twilio_503"):
        sms(address).trace(item(), since=NOW)


def test_an_answer_that_is_not_twilios_is_worth_another_try() -> None:
    async def captive_portal(request: Request) -> Response:
        return Response("<html>log in to the network</html>", status_code=201)

    with serving(Starlette(routes=[Route("/{path:path}", captive_portal, methods=["POST"])])) as address:
        assert failure(sms(address), item()) == ("twilio_unreachable", False)


def test_the_twilio_client_logs_neither_number_nor_words(twilio, caplog) -> None:
    caplog.set_level("DEBUG")
    sms(twilio[1]).send(item(body="do not log this"))
    assert "do not log this" not in caplog.text
    assert PHONE not in caplog.text


@dataclass
class Mailbox:
    """What an SMTP server took, and what it answers to a recipient."""

    answer: str = "250 OK"
    letters: list[bytes] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(envelope.content)
        return "250 taken"


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[int]:
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def email(port: int) -> EmailSender:
    return EmailSender(host="127.0.0.1", port=port, sender="frontdoor@spa.example")


def test_an_email_goes() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        told = email(port).send(item(kind="email", to="joe@outreach.example", subject="Front Door RED K7Q4"))
    letter = message_from_bytes(mailbox.letters[0])
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "joe@outreach.example", "frontdoor@spa.example", "Front Door RED K7Q4",
    )  # fmt: skip
    assert letter["Message-ID"] == f"<{told}>"
    assert letter.get_payload(decode=True).decode().strip() == "Hello, it’s us"


def test_another_attempt_at_one_email_bears_the_same_id() -> None:
    with mail_server(Mailbox()) as port:
        assert email(port).send(item(to="a@b.example")) == email(port).send(item(to="a@b.example"))


@pytest.mark.parametrize("answer, expected", [("550 nobody", ("smtp_550", True)), ("451 later", ("smtp_451", False))])
def test_the_relays_errors_are_told_apart(answer: str, expected: tuple[str, bool]) -> None:
    with mail_server(Mailbox(answer)) as port:
        assert failure(email(port), item(to="a@b.example")) == expected


def test_a_relay_out_of_reach_is_worth_another_try() -> None:
    assert failure(email(free_port()), item(to="a@b.example")) == ("smtp_unreachable", False)


@dataclass
class Receiver:
    """What a webhook receiver got, and the status it answers with."""

    status: int = 200
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            self.calls.append((dict(request.headers), await request.body()))
            return Response(status_code=self.status)

        return Starlette(routes=[Route("/page", take, methods=["POST"])])


def webhook() -> WebhookSender:
    return WebhookSender(secret="shared secret", clock=lambda: NOW)


def test_a_webhook_is_signed_over_its_time_and_body() -> None:
    receiver = Receiver()
    with serving(receiver.app()) as address:
        delivery = webhook().send(item(kind="webhook", to=f"{address}/page", body=json.dumps({"code": "K7Q4"})))
    headers, body = receiver.calls[0]
    signed = headers["x-frontdoor-timestamp"].encode() + b"." + body
    expected = hmac.new(b"shared secret", signed, hashlib.sha256).hexdigest()
    assert headers["x-frontdoor-signature"] == f"sha256={expected}"
    assert headers["x-frontdoor-timestamp"] == str(int(NOW.timestamp()))
    assert headers["x-frontdoor-delivery"] == delivery
    assert json.loads(body) == {"code": "K7Q4"}


@pytest.mark.parametrize(
    "status, permanent", [(400, True), (410, True), (302, False), (408, False), (429, False), (500, False)]
)
def test_a_receivers_answers_are_told_apart(status: int, permanent: bool) -> None:
    with serving(Receiver(status).app()) as address:
        assert failure(webhook(), item(to=f"{address}/page")) == (f"webhook_{status}", permanent)


@pytest.mark.parametrize("to, expected", [
    ("not an address", ("webhook_wrong_address", True)),
    ("ftp://127.0.0.1/x", ("webhook_wrong_address", True)),
])  # fmt: skip
def test_an_address_that_is_none_is_given_up(to: str, expected: tuple[str, bool]) -> None:
    assert failure(webhook(), item(to=to)) == expected


def test_a_receiver_out_of_reach_is_worth_another_try() -> None:
    assert failure(webhook(), item(to=f"http://127.0.0.1:{free_port()}/")) == ("webhook_unreachable", False)


@dataclass
class Settings:
    """What the ways out read."""

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_base_url: str = ""
    public_address: str = "https://frontdoor.example/"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_from: str = "frontdoor@localhost"
    webhook_secret: SecretStr = SecretStr("")


ALL = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": SecretStr(TOKEN), "twilio_from": NUMBER, "smtp_host": "127.0.0.1",
       "webhook_secret": SecretStr("shared secret")}  # fmt: skip


def made(ladder: Ladder = Ladder(), **given: Any) -> set[str]:  # noqa: B008 - frozen
    return {str(kind) for kind in setting.senders(Settings(**given), ladder=ladder, clock=lambda: NOW)}


def test_only_what_is_configured_is_there() -> None:
    assert made() == set()
    assert made(**ALL) == {"sms", "email", "webhook"}


def test_reports_go_to_the_public_address(twilio) -> None:
    server, address = twilio
    senders = setting.senders(Settings(**ALL, twilio_base_url=address), ladder=Ladder(), clock=lambda: NOW)
    senders["sms"].send(item())
    assert server.texts[0].status_callback == "https://frontdoor.example/sms/status?item=7"


@pytest.mark.parametrize("contact, named", [
    (Contact("Ama", sms=PHONE), "FRONTDOOR_TWILIO_ACCOUNT_SID"),
    (Contact("Ama", email="a@b.example"), "FRONTDOOR_SMTP_HOST"),
    (Contact("Ama", webhook="http://127.0.0.1:9/"), "FRONTDOOR_WEBHOOK_SECRET"),
])  # fmt: skip
def test_a_ladder_that_could_never_page_stops_the_start(contact: Contact, named: str) -> None:
    with pytest.raises(setting.DeliverySettingError, match=named):
        made(Ladder((contact,)))
    assert made(Ladder((contact,)), **ALL)
