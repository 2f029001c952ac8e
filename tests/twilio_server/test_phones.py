"""The phones for trying by hand: each sees its own texts, and every text is reported as delivered."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.serving import serving
from tests.twilio_server.phones import Phones
from tests.twilio_server.server import ACCOUNT, NUMBER, TOKEN, TwilioServer

GRACE, MARCUS = "+447700900151", "+447700900152"


@pytest.fixture
def phones() -> Iterator[Phones]:
    """Two phones, and a service that only keeps what its webhooks were sent."""
    made = Phones(TwilioServer(), (GRACE, MARCUS))
    made.webhooks = []

    async def keep(request: Request) -> Response:
        made.webhooks.append((request.url.path, parse_qs((await request.body()).decode())))
        return Response(status_code=204)

    service = Starlette(routes=[Route("/{path:path}", keep, methods=["POST"])])
    with serving(service) as address, serving(made.app()) as page:
        made.server.webhooks, made.page = address, page
        yield made


def reply(phones: Phones, to: str, body: str) -> None:
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=5))
    client.api.base_url = phones.page
    client.messages.create(to=to, from_=NUMBER, body=body)


def test_two_phones_at_once_see_their_own_texts(phones):
    for number, body in ((GRACE, "hello"), (MARCUS, "hi")):
        assert httpx.post(f"{phones.page}/sim/{number}", content=body).status_code == 204
    reply(phones, MARCUS, "Hello Marcus")
    reply(phones, GRACE, "Hello Grace")
    seen = {
        number: [line["body"] for line in httpx.get(f"{phones.page}/sim/{number}").json()] for number in phones.numbers
    }
    assert seen == {GRACE: ["hello", "Hello Grace"], MARCUS: ["hi", "Hello Marcus"]}


def test_what_arrives_is_reported_as_delivered_once(phones):
    reply(phones, GRACE, "Hello Grace")
    assert phones.look() == [(GRACE, "Hello Grace")]
    assert phones.look() == []
    assert [(path, form["MessageStatus"]) for path, form in phones.webhooks] == [("/sms/status", ["delivered"])]


def test_the_page_holds_both_phones(phones):
    assert GRACE in httpx.get(phones.page).text and MARCUS in httpx.get(phones.page).text
