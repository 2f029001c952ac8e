"""Somebody texts again on a phone that was silent for an hour or said "not me". Phones are shared, so nothing that was said before is shown
or carried over, unless whoever holds it now knows the date of birth that was given then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.gateway import fixed
from bot.gateway.door import Door, Received
from bot.gateway.incoming import Incoming
from bot.gateway.resuming import Resuming
from bot.gateway.starting import start
from bot.gateway.wording import Wording
from bot.intake import draft as drafts
from bot.intake.parsing import dates
from spa import birth_dates, conversations, escalations, replying, takeovers
from spa.models import Channel, Conversation, ConversationState, Message

log = structlog.get_logger()

ASK = "date_of_birth"
_NEW = re.compile(r"\s*(?:new(?: (?:one|chat))?|no|skip|dont know|i don'?t know)[\s.!]*", re.IGNORECASE)

Opening = Callable[[str], Sequence[Mapping[str, Any]]]


def asks(conversation: Conversation | None) -> bool:
    """Whether the open question is the one put here: the conversation itself asks for the date only once it may ask anything."""
    return conversation is not None and conversation.ask == ASK and not under_way(conversation)


def under_way(conversation: Conversation) -> bool:
    """Whether the conversation is past the question of consent, so that "carry on" is a word in it like any other."""
    return conversation.state != ConversationState.OPEN or drafts.answered(conversation.draft, "consent")


def may_lead_away(session: Session, conversation: Conversation | None) -> bool:
    """Whether RESUME may lead to an earlier conversation: nothing was told in this one yet, nobody is in it and none waits for it."""
    if conversation is None:
        return True
    begun = under_way(conversation) or conversation.ask not in ("consent", ASK)
    return not begun and (
        takeovers.current(session, conversation.id) is None and escalations.open_of(session, conversation) is None
    )


class Returning:
    """Collaborators only; the tries are counted in the store."""

    def __init__(self, door: Door, resuming: Resuming, wording: Wording, opening: Opening) -> None:
        self._door = door
        self._resuming = resuming
        self._wording = wording
        self._opening = opening

    def hint(self, session: Session, conversation: Conversation, *, now: datetime) -> str | None:
        """A line for the opening of this new conversation, where its phone has something to go on with that nobody has put away."""
        address = str(conversation.address)
        known = birth_dates.earlier(session, address, besides=conversation)
        lapsed = any(one.channel == Channel.SMS for one in known)
        return self._wording.resume_hint if lapsed and birth_dates.may_try(session, address, now=now) else None

    def ask(
        self, session: Session, conversation: Conversation | None, incoming: Incoming, *, address: str, now: datetime
    ) -> Received | None:
        """RESUME: ask for the date of birth. None where this phone has nothing to go on with, or has no try left."""
        known = birth_dates.earlier(session, address, besides=conversation)
        if not known or not birth_dates.may_try(session, address, now=now):
            return None
        conversation = conversation or start(session, channel=Channel.SMS, address=address, now=now)
        before = conversation.ask
        received = self._door.receive(session, conversation, incoming, engine=False, now=now)
        if conversation.ask != before:  # a crisis card has put a question of its own
            return received
        self._put(session, conversation, received, [_asking(self._wording.birth_date)], now=now)
        return received

    def answer(
        self, session: Session, conversation: Conversation, incoming: Incoming, *, address: str, now: datetime
    ) -> Received:
        """The answer to that: the right date takes the earlier conversation up, where it stopped."""
        received = self._door.receive(session, conversation, incoming, engine=False, now=now)
        if not asks(conversation):  # a crisis card has put a question of its own
            return received
        given = dates.parse(incoming.text, now=now)
        known = birth_dates.earlier(session, address, besides=conversation)
        found = birth_dates.matching(known, str(given.value)) if given is not None else None
        tries = birth_dates.may_try(session, address, now=now)
        new = _NEW.fullmatch(incoming.text) is not None
        if found is not None and tries:
            self._take_up(session, found, told=conversation, address=address, now=now)
            return received
        if given is not None:
            birth_dates.count_try(session, address, now=now)
        elif not new:
            conversation.draft = drafts.add_story(drafts.whole(conversation.draft), incoming.text)
        enough = given is None and self._asked_again(session, conversation)
        if not new and not enough and birth_dates.may_try(session, address, now=now):
            replies = [_asking(self._wording.birth_date_again)]
        else:
            says = [] if new else [{"kind": "text", "text": self._wording.nothing_to_resume}]
            replies = [*says, *(dict(reply) for reply in self._opening(Channel.SMS))]
        self._put(session, conversation, received, replies, now=now)
        return received

    def _asked_again(self, session: Session, conversation: Conversation) -> bool:
        """Whether the date was asked for a second time already."""
        last = fixed.open_question(session, conversation)
        return last is not None and last.text == self._wording.birth_date_again

    def _take_up(
        self, session: Session, found: Conversation, *, told: Conversation, address: str, now: datetime
    ) -> None:
        """`told`: the conversation in which the date was asked; what was told in it joins the story, which is told once."""
        found = conversations.move(session, found, channel=Channel.SMS, address=address)
        draft = drafts.add_story(drafts.whole(found.draft), *told.draft.get("telling", []))
        for level in told.draft.get("flags", []):
            draft = drafts.flag(draft, level)
        found.draft = draft
        found.last_inbound_at = now
        self._resuming.put_again(session, found, answers=None, now=now)
        log.info("taken_up_by_birth_date", conversation=found.id)

    def _put(
        self,
        session: Session,
        conversation: Conversation,
        received: Received,
        replies: Sequence[Mapping[str, Any]],
        *,
        now: datetime,
    ) -> None:
        replying.put(session, conversation, replies, answers=session.get_one(Message, received.seq), now=now)
        conversation.ask = next((reply["ask"] for reply in reversed(replies) if reply.get("ask")), conversation.ask)


def _asking(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": text, "ask": ASK}
