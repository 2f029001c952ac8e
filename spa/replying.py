"""Puts what we say into the transcript and, for a phone, into the outbox: in the transaction that made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from spa import conversations, messages, outbox, pieces
from spa.models import Author, Channel, Conversation, Message, MessageKind

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
    author: Author = Author.ASSISTANT,
    staff: str | None = None,
    shown: Shown = as_stored,
    now: datetime,
) -> list[Message]:
    """Add the replies to the conversation, in order, and queue the texts that carry them to a phone.

    The replies of one turn travel in as few texts as they fit into: texts sent one by one may arrive in any order.
    A phone that asked for no more texts still gets a crisis card. A text of staff's begins with their role.
    """
    address = conversation.address
    posted = [
        messages.post(session, conversation, reply, author=author, staff=staff, answers=answers, now=now)
        for reply in replies
    ]
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
    """Queue these messages to a phone number, which need not be the conversation's any more (it may just have been forgotten).

    A crisis card goes with the pages, before the replies to others.
    """
    if not address.startswith("+"):
        return  # a short code or a name: a machine, with which ours would talk for ever
    urgent = any(message.kind == MessageKind.CRISIS for message in posted)
    for key, body in _bodies(posted, shown):
        outbox.enqueue(
            session,
            kind="sms",
            to=address,
            body=body,
            purpose="reply",
            urgent=urgent,
            dedupe_key=f"reply:{key}",
            conversation_id=conversation_id,
            now=now,
        )


def with_numbers(text: str, offered: Sequence[dict[str, str]] | None) -> str:
    """The text of a question for SMS, its choices numbered under it."""
    lines = [f"{place} {choice['label']}" for place, choice in enumerate(offered or (), start=1)]
    return "\n".join([text, *lines])


def _bodies(posted: Sequence[Message], shown: Shown) -> list[tuple[str, str]]:
    """(key, text) for each text to send; the key is the id of the first message in it and, from a cut one, the piece's number."""
    bodies: list[tuple[str, str]] = []
    for message in posted:
        whole = with_numbers(shown(message), message.choices)
        whole = f"{message.signed}: {whole}" if message.author == Author.STAFF else whole
        joined = f"{bodies[-1][1]}\n\n{whole}" if bodies else whole
        if bodies and pieces.fits(joined):
            bodies[-1] = (bodies[-1][0], joined)
        else:
            bodies += [(f"{message.id}:{place}", piece) for place, piece in enumerate(pieces.cut(whole))]
    return bodies
