"""What a resident does on the web, by the page's script or by plain forms: begin, take up, say, forget. Knows no HTTP but its problems."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.gateway import codes, fixed
from bot.gateway.door import Received
from bot.gateway.incoming import Incoming, as_chosen
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.starting import start
from bot.intake import draft as drafts
from bot.intake import summary
from spa import conversations, messages, replying, takeovers
from spa.models import Channel, Conversation, ConversationState, Message


@dataclass(frozen=True)
class Taken:
    """A message of this page after the door. `forgotten`: it came to a conversation that was deleted."""

    received: Received
    forgotten: bool


@dataclass(frozen=True)
class Heard:
    """A message with what could be said to it. `wait`: the resident is to slow down for so long."""

    said: list[dict[str, Any]]
    wait: timedelta | None


@dataclass(frozen=True)
class Seen:
    """All that was said, in order, as a page gets it, and the answers as the draft holds them."""

    said: list[dict[str, Any]]
    answers: tuple[summary.Line, ...]


async def hear(parts: Parts, conversation_id: str, incoming: Incoming, *, now: datetime) -> Heard:
    """Store, screen and answer one message. Raises Problem 401, 409 and 410."""
    await parts.screen.settled()
    taken = await asyncio.to_thread(take, parts, conversation_id, incoming, now=now)
    received = taken.received
    if received.new:
        parts.hub.notify(conversation_id)
    wait = parts.pace.take(conversation_id, now=now) if received.new else None
    if received.waiting and wait is None:
        await parts.turns.answered(conversation_id, received.seq)
    elif received.waiting:
        parts.turns.wake(conversation_id)
    said = await asyncio.to_thread(parts.inbox.answers, received.seq)
    if taken.forgotten and not said and wait is None:
        raise Problem(410, "forgotten", parts.wording.forgotten)
    return Heard(said, wait)


def begin(parts: Parts, *, now: datetime) -> dict[str, Any]:
    """A new conversation, with its first words."""
    with parts.database.session() as session:
        conversation = start(session, channel=Channel.WEB, now=now)
        posted = replying.put(session, conversation, parts.opening(Channel.WEB), answers=None, now=now)
        conversation.ask = next((message.ask for message in reversed(posted) if message.ask), None)
        return opened(parts, conversation, posted, now=now)


def take_up(parts: Parts, code: object, *, who: str, now: datetime) -> dict[str, Any]:
    """The saved conversation of a code, from now on on the web, with all that was said so far. Raises Problem 404 or 429."""
    known = codes.read(code) if isinstance(code, str) else None
    wait = parts.resuming.wait(who, now=now) if known is not None else None
    if wait is not None:
        raise slow_down(wait, parts.wording.too_many_codes)
    with parts.database.session() as session:
        conversation = known and parts.resuming.take_up(session, known, channel=Channel.WEB, now=now)
        if not conversation:
            raise Problem(404, "unknown_code", parts.wording.unknown_code[Channel.WEB])
        parts.resuming.put_again(session, conversation, answers=None, now=now)
        return opened(parts, conversation, messages.since(session, conversation, 0), now=now)


def opened(parts: Parts, conversation: Conversation, said: Sequence[Message], *, now: datetime) -> dict[str, Any]:
    """What a page is given of a conversation that it has opened."""
    return {
        "session": conversation.id,
        "token": parts.sessions.token(conversation.id, now=now),
        "messages": [parts.codes.as_wire(message) for message in said],
    }


def look(parts: Parts, conversation_id: str) -> Seen:
    """The conversation as it stands. Raises Problem 401."""
    with parts.database.reading() as session:
        conversation = conversation_at(parts, session, conversation_id)
        said = [parts.codes.as_wire(message) for message in messages.since(session, conversation, 0)]
        return Seen(said, summary.lines(drafts.whole(conversation.draft), channel=Channel.WEB))


def take(parts: Parts, conversation_id: str, incoming: Incoming, *, now: datetime) -> Taken:
    """The message through the door, and what can be said to it without the engine."""
    with parts.database.reading() as session:
        parts.door.read_ahead(session, conversation_at(parts, session, conversation_id), incoming.text, now=now)
    with parts.database.session() as session:
        conversation = conversation_at(parts, session, conversation_id)
        forgotten = conversation.state == ConversationState.FORGOTTEN
        chosen = as_chosen(incoming, fixed.open_question(session, conversation))
        engine = not incoming.empty and not forgotten
        received = parts.door.receive(session, conversation, chosen, engine=engine, now=now)
        message = session.get_one(Message, received.seq)
        if not received.new and not forgotten:
            _same_again(message, incoming)
        attended = takeovers.current(session, conversation_id) is not None
        if received.new and incoming.empty and not forgotten and not attended:
            reply = fixed.with_open_question(session, conversation, parts.wording.empty[Channel.WEB])
            replying.put(session, conversation, [reply], answers=message, now=now)
        if forgotten:
            message.text = ""  # nothing is kept of a deleted chat; an escalation has its own copy of the words
        return Taken(received, forgotten=forgotten)


def forget(parts: Parts, conversation_id: str, *, now: datetime) -> bool:
    """Blank an unsent draft and its messages. False where it was handed over. Raises Problem 401."""
    with parts.database.session() as session:
        conversation = conversation_at(parts, session, conversation_id)
        forgotten = conversations.forget(session, conversation, now=now)
        if forgotten:
            takeovers.end_with(session, conversation, now=now)
        return forgotten


def conversation_at(parts: Parts, session: Session, conversation_id: str) -> Conversation:
    """The conversation of this id. Raises Problem 401 where retention removed it."""
    conversation = conversations.by_id(session, conversation_id)
    if conversation is None:  # removed by retention since the token was made
        raise Problem(401, "expired", parts.wording.expired, headers={"WWW-Authenticate": "Bearer"})
    return conversation


def _same_again(message: Message, incoming: Incoming) -> None:
    """An id stands for one message: another one under it would be lost unseen. Raises Problem 409."""
    same = message.choice == incoming.choice if incoming.choice else message.choice or message.text == incoming.text
    if not same:
        raise Problem(409, "id_used", "This id was used for another message. Send this one again with a new id.")


def handed_over() -> Problem:
    """Problem 409: what was sent to the team is not deleted here."""
    return Problem(
        409,
        "handed_over",
        "This was sent to the team already. To take it back, say in the chat that you want to withdraw it.",
    )


def slow_down(wait: timedelta, detail: str, **extra: Any) -> Problem:
    """Problem 429, with the time to wait."""
    seconds = math.ceil(wait.total_seconds())
    return Problem(429, "too_fast", detail, headers={"Retry-After": str(seconds)}, extra=extra)
