"""Twilio's side of the SMS channel: takes the REST calls of the real client, sends signed webhooks.

Shapes: Twilio's Messages resource (2010-04-01) and webhook parameters, as documented by Twilio. Faults are played in order:
each REST call takes the next one from `faults`, and succeeds when there is none.
"""

import base64
import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone

import anyio
import httpx
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 30 + "fd"
TOKEN = "the-token-of-a-fictional-account"
NUMBER = "+442079460999"


@dataclass(frozen=True)
class Fault:
    """What the next REST call meets: an HTTP status with Twilio's error code, a delay in seconds, a connection that breaks off.

    `taken`: the text goes all the same; only the answer is lost.
    """

    status: int = 200
    code: int = 20429
    delay: float = 0.0
    reset: bool = False
    taken: bool = False


@dataclass(frozen=True)
class Text:
    """One text that reached a phone."""

    sid: str
    to: str
    sender: str
    body: str
    status_callback: str | None
    at: datetime = field(default_factory=lambda: datetime.now(timezone.utc))


@dataclass
class TwilioServer:
    """Holds every text by phone; thread-safe. `webhooks` is the gateway's public address."""

    webhooks: str = ""
    token: str = TOKEN
    texts: list[Text] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    calls: int = 0
    traces: int = 0
    down: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def app(self) -> Starlette:
        """The REST side, to be served over HTTP."""
        path = "/2010-04-01/Accounts/{account}/Messages.json"
        return Starlette(
            routes=[
                Route(path, self._create_message, methods=["POST"]),
                Route(path, self._list_messages, methods=["GET"]),
            ]
        )

    def _refusal(self, request: Request) -> Response | None:
        expected = base64.b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            return _error(401, 20003, "Authenticate")
        return _error(503, 20503, "the test server is down") if self.down else None

    async def _list_messages(self, request: Request) -> Response:
        self.traces += 1
        if refusal := self._refusal(request):
            return refusal
        newest_first = reversed(self.received_by(request.query_params.get("To", "")))
        page = {"messages": [_resource(text) for text in newest_first], "page": 0, "page_size": 50}
        return JSONResponse(page | {"next_page_uri": None, "first_page_uri": "", "previous_page_uri": None})

    async def _create_message(self, request: Request) -> Response:
        self.calls += 1
        if refusal := self._refusal(request):
            return refusal
        form = await request.form()
        fault = self.faults.popleft() if self.faults else Fault()
        if fault.taken:
            self._take(form)
        if fault.delay:
            await anyio.sleep(fault.delay)
        if fault.reset:
            return BrokenOff()
        if fault.status != 200:
            return _error(fault.status, fault.code, "played by the test server")
        if not str(form.get("Body", "")) or not str(form.get("To", "")).startswith("+"):
            return _error(400, 21211, "Invalid 'To' Phone Number")
        return JSONResponse(_resource(self._take(form)), status_code=201)

    def _take(self, form: FormData) -> Text:
        text = Text(
            sid=f"SM{next(self._numbers):032x}",
            to=str(form["To"]),
            sender=str(form.get("From") or form.get("MessagingServiceSid")),
            body=str(form["Body"]),
            status_callback=str(form["StatusCallback"]) if form.get("StatusCallback") else None,
        )
        with self._changed:
            self.texts.append(text)
            self._changed.notify_all()
        return text

    def phone(self, number: str) -> "Phone":
        """A phone that can send and receive texts."""
        return Phone(self, number)

    def received_by(self, number: str) -> list[Text]:
        """Texts sent to this number so far, in order."""
        with self._changed:
            return [text for text in self.texts if text.to == number]

    def wait(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Whether the condition came true in time; it is tried again whenever a text arrives."""
        with self._changed:
            return self._changed.wait_for(condition, timeout=seconds)

    def webhook(
        self, path: str, fields: dict[str, str], *, signature: str | None = None, timeout: float = 15.0
    ) -> httpx.Response:
        """Post a webhook as Twilio does, signed with the account's token (or with the signature given)."""
        address = self.webhooks + path
        signed = RequestValidator(self.token).compute_signature(address, fields)
        headers = {"X-Twilio-Signature": signed if signature is None else signature}
        return httpx.post(address, data=fields, headers=headers, timeout=timeout, trust_env=False)

    def inbound(
        self, sender: str, body: str, *, sid: str | None = None, media: int = 0, to: str = NUMBER
    ) -> httpx.Response:
        """A text from a phone, as Twilio forwards it."""
        return self.webhook("/sms/inbound", self.inbound_fields(sender, body, sid=sid, media=media, to=to))

    def inbound_fields(
        self, sender: str, body: str, *, sid: str | None = None, media: int = 0, to: str = NUMBER
    ) -> dict[str, str]:
        """The form fields of an inbound text; some are blank, as Twilio's are."""
        sid = sid or f"SM{next(self._numbers):032x}"
        return {
            "ToCountry": "GB",
            "SmsMessageSid": sid,
            "NumMedia": str(media),
            "FromCity": "",
            "SmsSid": sid,
            "FromState": "",
            "SmsStatus": "received",
            "Body": body,
            "To": to,
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": sender,
            "ApiVersion": "2010-04-01",
        }

    def report(self, text: Text, status: str, *, error: str | None = None) -> httpx.Response:
        """A status callback about a text that was sent."""
        fields = {
            "MessageSid": text.sid,
            "SmsSid": text.sid,
            "AccountSid": ACCOUNT,
            "MessageStatus": status,
            "SmsStatus": status,
            "To": text.to,
            "From": NUMBER,
        }
        query = (text.status_callback or "").partition("?")[2]
        path = "/sms/status" + (f"?{query}" if query else "")
        return self.webhook(path, fields | ({"ErrorCode": error} if error else {}))


class BrokenOff(Response):
    """An answer that promises more than it sends: the client sees the connection break."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionResetError("played by the test server")


@dataclass
class Phone:
    """One resident's phone. `send` gives the texts that came back, once `expect` of them arrived or time ran out."""

    server: TwilioServer
    number: str

    @property
    def texts(self) -> list[str]:
        """Bodies of every text received so far."""
        return [text.body for text in self.server.received_by(self.number)]

    def send(self, body: str, *, expect: int = 1, seconds: float = 20.0) -> list[str]:
        """Text `body` in, and wait for at least `expect` new texts. Raises AssertionError when they do not come."""
        before = len(self.texts)
        response = self.server.inbound(self.number, body)
        assert response.status_code == 200, response.text
        return self.next(before, expect=expect, seconds=seconds)

    def next(self, before: int, *, expect: int = 1, seconds: float = 20.0) -> list[str]:
        """The texts after the first `before`, when there are `expect` of them."""
        came = self.server.wait(lambda: len(self.texts) >= before + expect, seconds=seconds)
        assert came, f"{len(self.texts) - before} of {expect} texts came: {self.texts[before:]}"
        return self.texts[before:]


def _resource(text: Text) -> dict[str, object]:
    now = text.at.strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": now,
        "date_sent": None,
        "date_updated": now,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": text.sender,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "GBP",
        "sid": text.sid,
        "status": "queued",
        "subresource_uris": {},
        "to": text.to,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{text.sid}.json",
    }


def _error(status: int, code: int, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "status": status, "more_info": ""}, status_code=status)
