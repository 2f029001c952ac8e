"""Puts what we say into the transcript and, for a phone, into the outbox: in the transaction that made it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.gateway.incoming import with_numbers
from spa import conversations, messages, outbox
from spa.models import Channel, Conversation, Message, MessageKind

LONGEST_BODY = 1500
"""Characters of one text; Twilio refuses more than 1600."""

Shown = Callable[[Message], str]
"""A message's text as the resident gets it; bot.gateway.codes has one that fills codes in."""


def as_stored(message: Message) -> str:
    """The text as it stands in the transcript."""
    return message.text


def put(
    session: Session,
    conversation: Conversation,
    replies: Iterable[Mapping[str, Any]],
    *,
    answers: Message | None,
    shown: Shown = as_stored,
    now: datetime,
) -> list[Message]:
    """Add the replies to the conversation, in order, and queue the texts that carry them to a phone.

    The replies of one turn travel in as few texts as they fit into: texts sent one by one may arrive in any order.
    A phone that asked for no more texts still gets a crisis card.
    """
    address = conversation.address
    posted = [messages.post(session, conversation, reply, answers=answers, now=now) for reply in replies]
    if conversation.channel == Channel.SMS and address is not None:
        silent = conversations.opted_out(session, address)
        wanted = [message for message in posted if not silent or message.kind == MessageKind.CRISIS]
        text_out(session, address, wanted, conversation_id=conversation.id, shown=shown, now=now)
    return posted


def text_out(
    session: Session,
    address: str,
    posted: Sequence[Message],
    *,
    conversation_id: str,
    shown: Shown = as_stored,
    now: datetime,
) -> None:
    """Queue these messages to a phone number, which need not be the conversation's any more (it may just have been forgotten)."""
    for key, body in _bodies(posted, shown):
        outbox.enqueue(
            session,
            kind="sms",
            to=address,
            body=body,
            purpose="reply",
            dedupe_key=f"reply:{key}",
            conversation_id=conversation_id,
            now=now,
        )


def _bodies(posted: Sequence[Message], shown: Shown) -> list[tuple[str, str]]:
    """(key, text) for each text to send; the key is the id of the first message in it and, from a cut one, the piece's number."""
    bodies: list[tuple[str, str]] = []
    for message in posted:
        whole = with_numbers(shown(message), message.choices)
        if bodies and len(bodies[-1][1]) + len(whole) + 2 <= LONGEST_BODY:
            key, before = bodies[-1]
            bodies[-1] = (key, f"{before}\n\n{whole}")
        else:
            bodies += [(f"{message.id}:{place}", piece) for place, piece in enumerate(_pieces(whole))]
    return bodies


def _pieces(text: str) -> list[str]:
    """The text in pieces that fit into one SMS each, cut at a line or, in a very long line, between words."""
    pieces: list[str] = []
    for line in text.splitlines():
        for part in textwrap.wrap(line, LONGEST_BODY, replace_whitespace=False) or [""]:
            if pieces and len(pieces[-1]) + len(part) + 1 <= LONGEST_BODY:
                pieces[-1] = f"{pieces[-1]}\n{part}"
            else:
                pieces.append(part)
    return pieces
