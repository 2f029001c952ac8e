"""Takes a saved conversation up by its code, on the page or by text, and puts the open question again. Framework-free."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.gateway import fixed
from bot.gateway.codes import Codes
from bot.gateway.limits import Limit
from bot.intake import attended, dialogue, questions
from spa import conversations, replying, saved, takeovers
from spa.models import Conversation, Message, MessageKind

TRIES = 20
"""Codes that one address or phone may try in PERIOD."""
TRIES_OF_ALL = 300
"""Codes that all may try together in PERIOD: with a thousand live ones, one in half a million tries would hit."""
PERIOD = timedelta(minutes=10)


class Resuming:
    """Holds the codes' secret and how often was tried; keeps nothing else between tries."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._by_one = Limit(TRIES, PERIOD)
        self._by_all = Limit(TRIES_OF_ALL, PERIOD)

    def wait(self, who: str, *, now: datetime) -> timedelta | None:
        """Count one try of this address or phone. None when it may try, otherwise the time until it may."""
        return self._by_one.take(who, now=now) or self._by_all.take("all", now=now)

    def take_up(
        self, session: Session, code: str, *, channel: str, address: str | None = None, now: datetime
    ) -> Conversation | None:
        """The conversation of a code in its normal form, from now on on this channel; None for one that is wrong, used or too old."""
        conversation = saved.take_up(session, self._codes.digest(code), now=now)
        if conversation is None:
            return None
        return conversations.move(session, conversation, channel=channel, address=address)

    def put_again(
        self, session: Session, conversation: Conversation, *, answers: Message | None, now: datetime
    ) -> list[Message]:
        """Welcome back, and the open question in the words of the channel it goes on in; while a person is in it, who that is."""
        there = takeovers.current(session, conversation.id)
        if there is not None:
            says = attended.joined(there.signed, channel=conversation.channel) | {"by": there.signed}
            return replying.put(session, conversation, [says], answers=answers, now=now)
        last = fixed.open_question(session, conversation)
        own = last is not None and (last.kind == MessageKind.CRISIS or last.ask not in questions.load())
        ask = None if own else conversation.ask
        turn = dialogue.resumed(conversation.draft, channel=conversation.channel, ask=ask, now=now)
        replies = [reply.as_dict() for reply in turn.replies]
        if turn.ask is not None:
            conversation.draft = dict(turn.draft)
        if last is not None and own:  # a card's question belongs to its card
            replies.append(fixed.with_open_question(session, conversation, last.text) | {"kind": last.kind})
        return replying.put(session, conversation, replies, answers=answers, now=now)
