"""Staff join a resident's conversation, write in it, and hand it back. While one is in it the assistant is silent; the screen is not.

What is said to the resident is the caller's: this room has no words. Every change locks the conversation first, as the gateway does
with every message, so that a message is either the assistant's to answer or the person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa import conversations, escalations, messages, phones, replying
from spa.models import Author, Channel, Conversation, ConversationState, Message, MessageState, Takeover, TakeoverEnd

LIVE_CHAT = timedelta(hours=24)
"""How long after the resident's last message a chat page may still be open: its session is good for as long."""

Reply = Mapping[str, Any]


class Why(StrEnum):
    """Why nobody can write to a resident in this conversation."""

    REMOVED = "removed"
    PUT_AWAY = "put_away"
    OPTED_OUT = "opted_out"
    SILENT = "silent"


class CannotJoin(Exception):  # noqa: N818 - an answer, not a fault
    """`by`: the user name of who is in it already; otherwise `why` it reaches nobody."""

    def __init__(self, *, by: str = "", why: Why | None = None) -> None:
        super().__init__(by or why)
        self.by = by
        self.why = why


class NotInIt(Exception):  # noqa: N818 - an answer, not a fault
    """Who wants to write or leave is not in the conversation (any more)."""


def current(session: Session, conversation_id: str) -> Takeover | None:
    """The person who is in the conversation now, or None."""
    of_it = Takeover.conversation_id == conversation_id, Takeover.left_at.is_(None)
    return session.scalars(select(Takeover).where(*of_it)).one_or_none()


def unreachable(session: Session, conversation: Conversation, *, now: datetime) -> Why | None:
    """Why what is written in it would reach nobody, or somebody else; None where it reaches them."""
    if conversation.state == ConversationState.FORGOTTEN or conversation.blanked_at is not None:
        return Why.REMOVED
    silence = now - conversation.last_inbound_at
    if conversation.channel == Channel.WEB:
        # A phone's conversation that was put away ("not me") has no page either.
        put_away = conversation.state == ConversationState.ENDED and conversation.address is not None
        return Why.PUT_AWAY if put_away else Why.SILENT if silence > LIVE_CHAT else None
    if conversation.address is None:
        return Why.PUT_AWAY
    if conversations.opted_out(session, conversation.address):
        return Why.OPTED_OUT
    theirs = phones.belongs(session, conversation.address, now=now)
    if theirs is None and silence <= conversations.IDLE_IN_CRISIS and escalations.open_of(session, conversation):
        theirs = next(iter(phones.all_of(session, conversation.address)), None)  # joined, the next text belongs to it
    return Why.SILENT if theirs is None else None if theirs.id == conversation.id else Why.PUT_AWAY


def join(
    session: Session, conversation: Conversation, *, staff: str, signed: str, says: Reply, now: datetime
) -> Takeover:
    """A person comes in and the assistant falls silent: what the engine has still to answer is theirs now. Raises CannotJoin."""
    conversation = conversations.locked(session, conversation)
    there = current(session, conversation.id)
    if there is not None:
        raise CannotJoin(by=there.staff)
    why = unreachable(session, conversation, now=now)
    if why is not None:
        raise CannotJoin(why=why)
    takeover = Takeover(
        conversation_id=conversation.id, staff=staff, signed=signed, ask=conversation.ask, joined_at=now
    )
    session.add(takeover)
    for message in messages.pending(session, conversation):
        messages.settle(session, message, state=MessageState.DONE)
    conversation.ask = None
    replying.put(session, conversation, [{**says, "by": signed}], answers=None, now=now)
    return takeover


def say(session: Session, conversation: Conversation, *, staff: str, text: str, now: datetime) -> Message:
    """The person in it writes to the resident. Raises NotInIt, or CannotJoin where it reaches nobody any more."""
    conversation = conversations.locked(session, conversation)
    there = _theirs(session, conversation, staff)
    why = unreachable(session, conversation, now=now)
    if why is not None:
        raise CannotJoin(why=why)
    reply = {"text": text, "by": there.signed}
    return replying.put(session, conversation, [reply], answers=None, author=Author.STAFF, staff=staff, now=now)[0]


def leave(
    session: Session,
    conversation: Conversation,
    *,
    staff: str,
    replies: Sequence[Reply],
    draft: Mapping[str, Any],
    ask: str | None,
    how: TakeoverEnd = TakeoverEnd.HANDED_BACK,
    now: datetime,
) -> Takeover:
    """The assistant takes up again with `replies`, the last of which puts `ask`; says nothing where it reaches nobody. Raises NotInIt."""
    conversation = conversations.locked(session, conversation)
    there = _theirs(session, conversation, staff)
    heard = unreachable(session, conversation, now=now) is None
    there.left_at, there.ended = now, how
    conversation.draft = dict(draft)
    conversation.ask = ask
    if heard:
        replying.put(session, conversation, replies, answers=None, now=now)
    return there


def end_with(session: Session, conversation: Conversation, *, now: datetime) -> None:
    """The conversation itself is over, so that nobody is in it any more."""
    there = current(session, conversation.id)
    if there is not None:
        there.left_at, there.ended = now, TakeoverEnd.CONVERSATION_ENDED
        if conversation.state == ConversationState.OPEN:  # it may be taken up again where it stopped
            conversation.ask = conversation.ask or there.ask
        session.flush()


def gone_quiet(session: Session, *, after: timedelta, now: datetime) -> list[Takeover]:
    """Those in which the resident has waited for longer than `after`: since they wrote, or since somebody joined and wrote nothing."""
    open_now = session.scalars(select(Takeover).where(Takeover.left_at.is_(None))).all()
    return [one for one in open_now if (since := waiting_since(session, one)) is not None and now - since >= after]


def left_over(session: Session, *, now: datetime) -> list[Takeover]:
    """Those whose conversation reaches nobody any more, so that nobody will end them by writing."""
    open_now = session.execute(
        select(Takeover, Conversation)
        .join(Conversation, Takeover.conversation_id == Conversation.id)
        .where(Takeover.left_at.is_(None))
    ).all()
    return [one for one, conversation in open_now if unreachable(session, conversation, now=now) is not None]


def waiting_since(session: Session, takeover: Takeover) -> datetime | None:
    """Since when the resident has waited for a word of the person's; None where the last word was theirs."""
    of_it = Message.conversation_id == takeover.conversation_id
    last = session.scalar(
        select(func.max(Message.seq)).where(of_it, Message.author == Author.STAFF, Message.at >= takeover.joined_at)
    )
    if last is None:
        return takeover.joined_at
    later = Message.author == Author.RESIDENT, Message.seq > last
    return session.scalar(select(func.min(Message.at)).where(of_it, *later))


def _theirs(session: Session, conversation: Conversation, staff: str) -> Takeover:
    there = current(session, conversation.id)
    if there is None or there.staff != staff:
        raise NotInIt
    return there
