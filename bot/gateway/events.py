"""What happens in a conversation, pushed to the pages that show it (server-sent events).

    event: message   id: the message's seq   data: the message as in the wire contract
    event: typing    (no id)                 data: {"typing": true | false}

A page that comes back with `Last-Event-ID` gets what it missed; one that comes without it gets the whole conversation.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import ServerSentEvent

from bot.gateway.codes import Codes
from bot.gateway.failures import described
from spa import conversations, messages
from spa.database import Database
from spa.models import Message

log = structlog.get_logger()

LOOK_EVERY = 1.0
"""Seconds between looks for messages that another process stored (staff in the console, another gateway)."""


@dataclass
class Listener:
    """One open page: the last message it was sent, whether typing is shown, and the bell that wakes it."""

    seq: int
    typing: bool = False
    bell: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Knows the pages that listen, by conversation. Lives in one event loop."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = {}
        self._typing: set[str] = set()

    @contextmanager
    def listening(self, conversation_id: str, *, seq: int) -> Iterator[Listener]:
        """A listener for as long as the block runs."""
        listener = Listener(seq)
        self._listeners.setdefault(conversation_id, []).append(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation_id].remove(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def notify(self, conversation_id: str) -> None:
        """There is something new in this conversation."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.bell.set()

    def typing(self, conversation_id: str, on: bool) -> None:
        """The assistant is, or is no longer, at work on an answer."""
        (self._typing.add if on else self._typing.discard)(conversation_id)
        self.notify(conversation_id)

    def is_typing(self, conversation_id: str) -> bool:
        """Whether an answer is being made."""
        return conversation_id in self._typing

    def furthest(self) -> dict[str, int]:
        """The lowest last-sent message of each conversation that somebody listens to."""
        return {key: min(listener.seq for listener in listeners) for key, listeners in self._listeners.items()}


async def stream(
    database: Database, hub: Hub, codes: Codes, conversation_id: str, *, seq: int
) -> AsyncIterator[ServerSentEvent]:
    """Every message of the conversation after `seq`, then each new one as it comes. Never ends by itself."""
    with hub.listening(conversation_id, seq=seq) as listener:
        while True:
            listener.bell.clear()
            for number, wire in await asyncio.to_thread(_after, database, codes, conversation_id, listener.seq):
                listener.seq = number
                yield ServerSentEvent(wire, event="message", id=str(number))
            if listener.typing != hub.is_typing(conversation_id):
                listener.typing = not listener.typing
                yield ServerSentEvent(json.dumps({"typing": listener.typing}), event="typing")
            await listener.bell.wait()


async def watch(database: Database, hub: Hub) -> None:
    """Ring for messages that other processes stored. Runs until cancelled; a database that is away for a while is no reason to end."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        sent = hub.furthest()
        if not sent:
            continue
        try:
            behind = await asyncio.to_thread(_behind, database, sent)
        except SQLAlchemyError as e:
            log.warning("events_not_read", **described(e))
            continue
        for conversation_id in behind:
            hub.notify(conversation_id)


def _after(database: Database, codes: Codes, conversation_id: str, seq: int) -> list[tuple[int, str]]:
    with database.reading() as session:
        conversation = conversations.by_id(session, conversation_id)
        new = messages.since(session, conversation, seq) if conversation is not None else []
        return [(message.seq, json.dumps(codes.as_wire(message), ensure_ascii=False)) for message in new]


def _behind(database: Database, sent: dict[str, int]) -> list[str]:
    """Conversations that hold a later message than the one sent last."""
    latest = (
        select(Message.conversation_id, func.max(Message.seq))
        .where(Message.conversation_id.in_(sent))
        .group_by(Message.conversation_id)
    )
    with database.reading() as session:
        return [key for key, seq in session.execute(latest) if seq > sent[key]]
