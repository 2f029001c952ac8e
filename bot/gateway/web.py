"""The chat page's side: the wire contract of conversation.md over HTTP."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway import bodies, codes, delivery, events, fixed
from bot.gateway.door import Received
from bot.gateway.incoming import LONGEST_TEXT, Incoming, as_chosen, clean
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.sessions import NotSignedIn, SessionExpired
from bot.gateway.starting import start
from spa import conversations, messages
from spa.models import Channel, Conversation, ConversationState, Message

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
LONGEST_CHOICE = 1000


@dataclass(frozen=True)
class Taken:
    """A message of this page after the door. `forgotten`: it came to a conversation that was deleted."""

    received: Received
    forgotten: bool


async def open_session(request: Request) -> Response:
    """POST /chat/sessions: a new conversation, or the saved one of {"resume": CODE}."""
    parts: Parts = request.app.state.parts
    body = await bodies.read_object(request, may_be_empty=True)
    now = parts.clock()
    wait = parts.openings.take(_peer(request), now=now)
    if wait is not None:
        raise _slow_down(wait, parts.wording.too_many_chats)
    if body.get("resume") is None:
        opened = await asyncio.to_thread(_open, parts, now=now)
    else:
        opened = await asyncio.to_thread(_resume, parts, body["resume"], who=_peer(request), now=now)
        parts.hub.notify(opened["session"])
    return JSONResponse(opened, status_code=201)


async def send_message(request: Request) -> Response:
    """POST /chat/messages: stored, screened, answered. The same id again gives the same answer."""
    parts: Parts = request.app.state.parts
    now = parts.clock()
    conversation_id = _signed_in(parts, request, now=now)
    incoming = _incoming(await bodies.read_object(request))
    await parts.screen.settled()
    taken = await asyncio.to_thread(_take, parts, conversation_id, incoming, now=now)
    received = taken.received
    if received.new:
        parts.hub.notify(conversation_id)
    wait = parts.pace.take(conversation_id, now=now) if received.new else None
    if received.waiting and wait is None:
        await parts.turns.answered(conversation_id, received.seq)
    elif received.waiting:
        parts.turns.wake(conversation_id)
    said = await asyncio.to_thread(parts.inbox.answers, received.seq)
    if wait is not None:
        raise _too_fast(wait, said)
    if taken.forgotten and not said:
        raise Problem(410, "forgotten", parts.wording.forgotten)
    return JSONResponse({"messages": said})


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
    if not await asyncio.to_thread(_forget, parts, conversation_id, now=now):
        raise Problem(
            409,
            "handed_over",
            "This was sent to the team already. To take it back, say in the chat that you want to withdraw it.",
        )
    return Response(status_code=204)


def _open(parts: Parts, *, now: datetime) -> dict[str, Any]:
    with parts.database.session() as session:
        conversation = start(session, channel=Channel.WEB, now=now)
        posted = delivery.put(session, conversation, parts.opening(Channel.WEB), answers=None, now=now)
        conversation.ask = next((message.ask for message in reversed(posted) if message.ask), None)
        return _opened(parts, conversation, posted, now=now)


def _resume(parts: Parts, code: object, *, who: str, now: datetime) -> dict[str, Any]:
    """The saved conversation of a code, from now on on the web, with all that was said so far. Raises Problem 404 or 429."""
    known = codes.read(code) if isinstance(code, str) else None
    wait = parts.resuming.wait(who, now=now) if known is not None else None
    if wait is not None:
        raise _slow_down(wait, parts.wording.too_many_codes)
    with parts.database.session() as session:
        conversation = known and parts.resuming.take_up(session, known, channel=Channel.WEB, now=now)
        if not conversation:
            raise Problem(404, "unknown_code", parts.wording.unknown_code[Channel.WEB])
        parts.resuming.put_again(session, conversation, answers=None, now=now)
        return _opened(parts, conversation, messages.since(session, conversation, 0), now=now)


def _opened(parts: Parts, conversation: Conversation, said: Sequence[Message], *, now: datetime) -> dict[str, Any]:
    return {
        "session": conversation.id,
        "token": parts.sessions.token(conversation.id, now=now),
        "messages": [parts.codes.as_wire(message) for message in said],
    }


def _take(parts: Parts, conversation_id: str, incoming: Incoming, *, now: datetime) -> Taken:
    """The message through the door, and what can be said to it without the engine."""
    with parts.database.session() as session:
        conversation = _conversation(parts, session, conversation_id)
        forgotten = conversation.state == ConversationState.FORGOTTEN
        chosen = as_chosen(incoming, fixed.open_question(session, conversation))
        engine = not incoming.empty and not forgotten
        received = parts.door.receive(session, conversation, chosen, engine=engine, now=now)
        message = session.get_one(Message, received.seq)
        if not received.new and not forgotten:
            _same_again(message, incoming)
        if received.new and incoming.empty and not forgotten:
            reply = fixed.with_open_question(session, conversation, parts.wording.empty[Channel.WEB])
            delivery.put(session, conversation, [reply], answers=message, now=now)
        if forgotten:
            message.text = ""  # nothing is kept of a deleted chat; an escalation has its own copy of the words
        return Taken(received, forgotten=forgotten)


def _forget(parts: Parts, conversation_id: str, *, now: datetime) -> bool:
    with parts.database.session() as session:
        return conversations.forget(session, _conversation(parts, session, conversation_id), now=now)


def _conversation(parts: Parts, session: Session, conversation_id: str) -> Conversation:
    conversation = conversations.by_id(session, conversation_id)
    if conversation is None:  # removed by retention since the token was made
        raise Problem(401, "expired", parts.wording.expired, headers={"WWW-Authenticate": "Bearer"})
    return conversation


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
    if not isinstance(key, str) or not _ID.fullmatch(key):
        raise Problem(400, "bad_id", '"id" must be a UUID that the page made for this message.')
    if isinstance(choice, list) and all(isinstance(one, str) for one in choice):
        choice = ",".join(choice)
    if not isinstance(text, str | None) or not isinstance(choice, str | None) or (text is None and choice is None):
        raise Problem(400, "bad_message", 'A message needs "text" or "choice".')
    if len(text or "") > LONGEST_TEXT or len(choice or "") > LONGEST_CHOICE:
        raise bodies.too_long()
    return Incoming(key=key, text=clean(text or ""), choice=clean(choice) if choice else None, by=Channel.WEB)


def _same_again(message: Message, incoming: Incoming) -> None:
    """An id stands for one message: another one under it would be lost unseen. Raises Problem 409."""
    same = message.choice == incoming.choice if incoming.choice else message.choice or message.text == incoming.text
    if not same:
        raise Problem(409, "id_used", "This id was used for another message. Send this one again with a new id.")


def _too_fast(wait: timedelta, said: list[dict[str, Any]]) -> Problem:
    """The message is stored, screened and will be answered; only the page is asked to slow down."""
    return _slow_down(wait, "We have your message. Please wait a little before the next one.", messages=said)


def _slow_down(wait: timedelta, detail: str, **extra: Any) -> Problem:
    seconds = math.ceil(wait.total_seconds())
    return Problem(429, "too_fast", detail, headers={"Retry-After": str(seconds)}, extra=extra)


def _peer(request: Request) -> str:
    """Who is at the other end of the connection, or of the trusted proxy's (uvicorn sees to that)."""
    return request.client.host if request.client is not None else "unknown"


routes = [
    Route("/chat/sessions", open_session, methods=["POST"]),
    Route("/chat/sessions", forget_session, methods=["DELETE"]),
    Route("/chat/messages", send_message, methods=["POST"]),
    Route("/chat/events", listen, methods=["GET"]),
]
