"""Twilio's side: inbound texts and reports on those we sent. Every request is checked against Twilio's signature before it is read.

Twilio is answered at once, with nothing to say: replies go out through the outbox, after the engine's turn in the background.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from twilio.request_validator import SIGNATURE_HEADER
from twilio.twiml.messaging_response import MessagingResponse

from bot.gateway import bodies
from bot.gateway.door import Received
from bot.gateway.incoming import clean
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.texts import Text, Texts
from spa import reports

log = structlog.get_logger()

LONGEST_SID = 64
LONGEST_SENDER = 32
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class _Fields:
    """A form with all values of each field, as the signature covers them."""

    values: Mapping[str, list[str]]

    def __iter__(self) -> object:
        return iter(self.values)

    def getlist(self, name: str) -> list[str]:
        """What twilio's validator asks a form for."""
        return self.values[name]


@dataclass(frozen=True)
class Report:
    """What became of a text. `item` is our own number of it, which the address we gave Twilio holds; `error` is Twilio's code or blank."""

    sid: str
    status: str
    item: int | None
    error: str


async def inbound(request: Request) -> Response:
    """POST /sms/inbound: one text from a phone."""
    parts, texts = _channel(request)
    fields = await _signed(parts, request)
    text = _text(fields)
    await parts.screen.settled()
    received = await asyncio.to_thread(_take, parts, texts, text)
    if received is not None and received.waiting:
        parts.turns.gather(received.conversation_id)
    return Response(str(MessagingResponse()), media_type="text/xml")


async def status(request: Request) -> Response:
    """POST /sms/status: what became of a text we sent."""
    parts, _ = _channel(request)
    fields = await _signed(parts, request)
    sid, said = _first(fields, "MessageSid"), _first(fields, "MessageStatus")
    if not sid or not said or len(sid) > LONGEST_SID:
        raise Problem(400, "missing_field", "MessageSid and MessageStatus are required.")
    report = Report(sid, said, item=_number(request.query_params.get("item", "")), error=_first(fields, "ErrorCode"))
    await asyncio.to_thread(_record, parts, report)
    return Response(status_code=204)


def _channel(request: Request) -> tuple[Parts, Texts]:
    parts: Parts = request.app.state.parts
    if parts.texts is None:
        raise Problem(404, "no_texts", "Text messages are not set up here.")
    return parts, parts.texts


async def _signed(parts: Parts, request: Request) -> dict[str, list[str]]:
    """The form, if Twilio signed it for our public address. Raises Problem 403; nothing is stored then.

    The address is the configured one and not the one of the request: a proxy stands between, and a forger chooses the Host header.
    """
    fields = await bodies.read_form(request)
    query = f"?{request.url.query}" if request.url.query else ""
    address = parts.settings.public_address.rstrip("/") + request.url.path + query
    signature = request.headers.get(SIGNATURE_HEADER, "")
    genuine = parts.validator is not None and parts.validator.validate(address, _Fields(fields), signature)
    if not genuine:
        log.warning("forged_webhook", path=request.url.path, signed=bool(signature))
        raise Problem(403, "not_signed", "This request is not signed by Twilio for this address.")
    return fields


def _text(fields: Mapping[str, list[str]]) -> Text:
    sid, sender = _first(fields, "MessageSid"), _first(fields, "From")
    if not sid or not sender or len(sid) > LONGEST_SID:
        raise Problem(400, "missing_field", "MessageSid and From are required.")
    media = _first(fields, "NumMedia")
    return Text(
        sid=sid,
        sender=_e164(sender),
        body=clean(_first(fields, "Body")),
        media=int(media) if media.isascii() and media.isdigit() and len(media) <= 3 else 0,
    )


def _take(parts: Parts, texts: Texts, text: Text) -> Received | None:
    now = parts.clock()
    with parts.database.reading() as session:
        texts.read_ahead(session, text, now=now)
    with parts.database.session() as session:
        return texts.take(session, text, now=now)


def _number(digits: str) -> int | None:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None


def _record(parts: Parts, report: Report) -> None:
    error = _number(report.error)
    with parts.database.session() as session:
        reports.take(
            session,
            report.sid,
            report.status,
            item_id=report.item,
            error=f"twilio_{error}" if error else None,
            now=parts.clock(),
        )


def _first(fields: Mapping[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]


def _e164(sender: str) -> str:
    """The number as we keep it; what is no number (a short code, a name) stays as it came."""
    try:
        number = phonenumbers.parse(sender, "GB")
    except phonenumbers.NumberParseException:
        return clean(sender)[:LONGEST_SENDER]
    if not phonenumbers.is_possible_number(number):
        return clean(sender)[:LONGEST_SENDER]
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


routes = [
    Route("/sms/inbound", inbound, methods=["POST"]),
    Route("/sms/status", status, methods=["POST"]),
]
