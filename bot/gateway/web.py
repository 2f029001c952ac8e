"""The chat page's side: the wire contract of conversation.md over HTTP."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any

from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway import bodies, events, visits
from bot.gateway.incoming import LONGEST_TEXT, Incoming, clean
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.sessions import NotSignedIn, SessionExpired
from spa.models import Channel

MESSAGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
LONGEST_CHOICE = 1000


async def open_session(request: Request) -> Response:
    """POST /chat/sessions: a new conversation, or the saved one of {"resume": CODE}."""
    parts: Parts = request.app.state.parts
    body = await bodies.read_object(request, may_be_empty=True)
    now = parts.clock()
    wait = parts.openings.take(peer(request), now=now)
    if wait is not None:
        raise visits.slow_down(wait, parts.wording.too_many_chats)
    if body.get("resume") is None:
        opened = await asyncio.to_thread(visits.begin, parts, now=now)
    else:
        opened = await asyncio.to_thread(visits.take_up, parts, body["resume"], who=peer(request), now=now)
        parts.hub.notify(opened["session"])
    return JSONResponse(opened, status_code=201)


async def send_message(request: Request) -> Response:
    """POST /chat/messages: stored, screened, answered. The same id again gives the same answer."""
    parts: Parts = request.app.state.parts
    now = parts.clock()
    conversation_id = _signed_in(parts, request, now=now)
    incoming = _incoming(await bodies.read_object(request))
    heard = await visits.hear(parts, conversation_id, incoming, now=now)
    if heard.wait is not None:
        raise _too_fast(heard.wait, heard.said)
    return JSONResponse({"messages": heard.said})


async def listen(request: Request) -> Response:
    """GET /chat/events: what happens in the conversation, as server-sent events (bot.gateway.events)."""
    parts: Parts = request.app.state.parts
    conversation_id = _signed_in(parts, request, now=parts.clock())
    last = request.headers.get("last-event-id", "")
    seq = int(last) if re.fullmatch(r"\d{1,18}", last) else 0
    return EventSourceResponse(events.stream(parts.database, parts.hub, parts.codes, conversation_id, seq=seq))


async def forget_session(request: Request) -> Response:
    """DELETE /chat/sessions: the draft and its messages are blanked, unless the introduction was handed over."""
    parts: Parts = request.app.state.parts
    now = parts.clock()
    conversation_id = _signed_in(parts, request, now=now)
    if not await asyncio.to_thread(visits.forget, parts, conversation_id, now=now):
        raise visits.handed_over()
    return Response(status_code=204)


def _signed_in(parts: Parts, request: Request, *, now: datetime) -> str:
    """The conversation this request may speak in. Raises Problem 401."""
    challenge = {"WWW-Authenticate": "Bearer"}
    try:
        return parts.sessions.conversation(request.headers.get("authorization"), now=now)
    except SessionExpired as e:
        raise Problem(401, "expired", parts.wording.expired, headers=challenge) from e
    except NotSignedIn as e:
        raise Problem(401, "signed_out", parts.wording.signed_out, headers=challenge) from e


def _incoming(body: dict[str, Any]) -> Incoming:
    """The message in a request body. Raises Problem 400 or 413."""
    key, text, choice = body.get("id"), body.get("text"), body.get("choice")
    if not isinstance(key, str) or not MESSAGE_ID.fullmatch(key):
        raise Problem(400, "bad_id", '"id" must be a UUID that the page made for this message.')
    if isinstance(choice, list) and all(isinstance(one, str) for one in choice):
        choice = ",".join(choice)
    if not isinstance(text, str | None) or not isinstance(choice, str | None) or (text is None and choice is None):
        raise Problem(400, "bad_message", 'A message needs "text" or "choice".')
    if len(text or "") > LONGEST_TEXT or len(choice or "") > LONGEST_CHOICE:
        raise bodies.too_long()
    return Incoming(key=key, text=clean(text or ""), choice=clean(choice) if choice else None, by=Channel.WEB)


def _too_fast(wait: timedelta, said: list[dict[str, Any]]) -> Problem:
    """The message is stored, screened and will be answered; only the page is asked to slow down."""
    return visits.slow_down(wait, "We have your message. Please wait a little before the next one.", messages=said)


def peer(request: Request) -> str:
    """Who is at the other end of the connection, or of the trusted proxy's (uvicorn sees to that)."""
    return request.client.host if request.client is not None else "unknown"


routes = [
    Route("/chat/sessions", open_session, methods=["POST"]),
    Route("/chat/sessions", forget_session, methods=["DELETE"]),
    Route("/chat/messages", send_message, methods=["POST"]),
    Route("/chat/events", listen, methods=["GET"]),
]
