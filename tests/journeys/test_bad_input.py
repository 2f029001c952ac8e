"""Whatever is sent, on either channel: a clear error or a helpful reply, nothing lost, never a 500."""

import uuid

import pytest

from tests.journeys.web_chat import WebChat
from tests.twilio_server.server import TwilioServer

pytestmark = pytest.mark.journey

TEXTS = {
    "empty": "",
    "blank": "   \n\t",
    "long": "I need help with my housing. " * 680,
    "control characters": "hello\x00\x01\x1b[31m there\x7f",
    "emoji": "😭😭😭",
    "restart": "/restart",
    "intent": '/answer{"full_name": "Mallory"}',
    "session start": "/session_start",
    "right to left": "\u202ehello\u202c",
    "lone surrogate": "\\ud800",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_web_any_text_gets_a_reply_and_the_question_stays_open(web, text):
    response = web.post(text)
    assert response.status_code == 200, response.text
    replies = response.json()["messages"]
    assert replies and all(message["text"].strip() for message in replies)
    web.messages += replies
    assert web.ask == "consent"


def test_web_a_lone_surrogate_in_json_is_taken_or_refused_clearly(web):
    body = f'{{"id": "{uuid.uuid4()}", "text": "\\ud800"}}'
    response = web.request(
        "POST", "/chat/messages", content=body, headers=web.headers | {"Content-Type": "application/json"}
    )
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    "body", ["{", "[]", '"text"', "{}", '{"id": 5, "text": 7}', '{"id": "x", "text": null}', "\xff"]
)
def test_web_broken_json_is_refused_with_problem_details(web, body):
    response = web.request(
        "POST",
        "/chat/messages",
        content=body.encode("latin-1"),
        headers=web.headers | {"Content-Type": "application/json"},
    )
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/problem+json")
    assert "Traceback" not in response.text


@pytest.mark.parametrize("token", ["-", "rubbish", "eyJhbGciOiJub25lIn0.e30."])
def test_web_a_token_that_is_not_ours_is_refused(installation, token):
    web = WebChat(installation.gateway)
    web.token = token
    response = web.post("hello")
    assert response.status_code == 401
    assert response.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("body", list(TEXTS.values())[:8], ids=list(TEXTS)[:8])
def test_sms_any_text_is_answered(installation, twilio, body):
    phone = twilio.phone(f"+4477009002{list(TEXTS.values()).index(body):02d}")
    replies = phone.send(body[:1600])
    assert all(reply.strip() for reply in replies)


def test_sms_forged_signature_is_refused_and_nothing_is_stored(installation, twilio):
    fields = twilio.inbound_fields("+447700900240", "hello")
    assert twilio.webhook("/sms/inbound", fields, signature="bm90IHR3aWxpbw==").status_code == 403
    other = TwilioServer(webhooks=twilio.webhooks, token="another account's token")
    assert other.webhook("/sms/inbound", fields).status_code == 403
    assert twilio.received_by("+447700900240") == []


def test_sms_replayed_call_has_no_second_effect(installation, twilio):
    phone = twilio.phone("+447700900241")
    fields = twilio.inbound_fields(phone.number, "hello")
    for _ in range(3):
        assert twilio.webhook("/sms/inbound", fields).status_code == 200
    first = phone.next(0)
    assert not twilio.wait(lambda: len(phone.texts) > len(first) + 1, seconds=2.0)
