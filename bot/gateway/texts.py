"""A text from a phone, and what becomes of it. Framework-free; one transaction, the caller's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.gateway import codes, fixed, keywords, returning
from bot.gateway.door import Door, Received
from bot.gateway.effects import Effects
from bot.gateway.incoming import Incoming, as_chosen
from bot.gateway.keywords import Keyword
from bot.gateway.resuming import Resuming
from bot.gateway.returning import Opening, Returning
from bot.gateway.starting import start
from bot.gateway.wording import Wording
from bot.intake import draft as drafts
from spa import conversations, escalations, messages, outbox, paging, phones, replying, takeovers
from spa.ladder import Contact, Ladder
from spa.models import Channel, Conversation, ConversationState, Message, StepAction

log = structlog.get_logger()

STOPPED = "They texted STOP. Routine texts to them have stopped; the last one said how to reach help."
_GREETING = re.compile(
    r"(hi|hiya|hello|hey|yo|hi there|start|unstop|yes|ok|good (morning|afternoon|evening))[\s.!?]*", re.IGNORECASE
)


@dataclass(frozen=True)
class Text:
    """An inbound text. `sender` is E.164, as Twilio gives it."""

    sid: str
    sender: str
    body: str
    media: int = 0

    @property
    def incoming(self) -> Incoming:
        """As a message at the door."""
        return Incoming(key=self.sid, text=self.body, media=self.media, by=Channel.SMS)


class Texts:
    """Takes texts in. Collaborators only; keeps nothing between texts."""

    def __init__(
        self, door: Door, effects: Effects, ladder: Ladder, wording: Wording, opening: Opening, resuming: Resuming
    ) -> None:
        self._door = door
        self._effects = effects
        self._ladder = ladder
        self._wording = wording
        self._opening = opening
        self._resuming = resuming
        self._returning = Returning(door, resuming, wording, opening)

    def read_ahead(self, session: Session, text: Text, *, now: datetime) -> None:
        """Read the text before the transaction that will take it; on-call staff's are read there, if at all."""
        if self._ladder.contact_for_phone(text.sender) is None:
            self._door.read_ahead(session, phones.goes_on(session, text.sender, now=now), text.body, now=now)

    def take(self, session: Session, text: Text, *, now: datetime) -> Received | None:
        """Store, screen and answer what needs no engine. None for a text that was no resident's, or is known already."""
        contact = self._ladder.contact_for_phone(text.sender)
        if contact is not None and self._acknowledged(session, contact, text, now=now):
            return None
        conversation = phones.goes_on(session, text.sender, now=now)
        if _known(session, text.sid):
            return None
        silent = conversations.opted_out(session, text.sender)
        keyword = keywords.read(text.body, opted_out=silent, asked=conversation.ask if conversation else None)
        attended = conversation is not None and takeovers.current(session, conversation.id) is not None
        if keyword is Keyword.RESUME and (silent or not returning.may_lead_away(session, conversation)):
            keyword = None
        code = None if silent or attended else codes.read(text.body)
        if code is not None:
            return self._by_code(session, conversation, text, code, now=now)
        if keyword is Keyword.STOP:
            self._stop(session, conversation, text, now=now)
        elif keyword is Keyword.NOT_ME:
            return self._not_me(session, conversation, text, now=now)
        elif keyword is Keyword.START:
            return self._start_again(session, conversation, text, now=now)
        elif keyword is Keyword.RESUME:
            return self._resume(session, conversation, text, now=now)
        elif (
            not silent
            and keyword is None
            and conversation is not None
            and returning.asks(conversation)
            and text.body.strip()
        ):
            return self._returning.answer(session, conversation, text.incoming, address=text.sender, now=now)
        if conversation is None:
            return self._first(session, text, keyword, now=now)
        return self._next(session, conversation, text, keyword, now=now)

    def _first(
        self, session: Session, text: Text, keyword: Keyword | None, *, says: str | None = None, now: datetime
    ) -> Received:
        """The first text of a conversation: kept for the story, which is told once, and followed by who we are and the question of consent.

        `says`: what it is answered with besides; it is no story then. Where it is answered by a crisis card with a question, that question stands alone; the engine asks for consent after it.
        """
        conversation = start(session, channel=Channel.SMS, address=text.sender, now=now)
        if not _GREETING.fullmatch(text.body.strip()) and keyword is None and says is None and text.body.strip():
            conversation.draft = drafts.add_story(drafts.empty(), text.body)
        helped = keyword is Keyword.HELP
        received = self._door.receive(session, conversation, text.incoming, engine=False, answered=helped, now=now)
        if keyword is not None or conversations.opted_out(session, text.sender):
            if keyword is None:
                self._wrote_after_stop(session, conversation, _message(session, received), now=now)
            replies = [_plain(self._wording.help)] if helped else []
            conversations.end(session, conversation)  # the next text is still the first of a conversation
        else:
            carded = conversation.ask is not None
            replies = [_plain(self._wording.media)] if text.media else []
            if says is None and not carded:
                says = self._returning.hint(session, conversation, now=now)
            replies += [_plain(says)] if says is not None else []
            replies += [dict(reply) for reply in self._opening(Channel.SMS) if not (carded and reply.get("ask"))]
            conversation.ask = conversation.ask or _asked(replies)
        replying.put(session, conversation, replies, answers=_message(session, received), now=now)
        return received

    def _next(
        self, session: Session, conversation: Conversation, text: Text, keyword: Keyword | None, *, now: datetime
    ) -> Received:
        if conversation.channel != Channel.SMS:  # in crisis, and back on the phone it began on
            conversation = conversations.move(session, conversation, channel=Channel.SMS, address=text.sender)
        silent = conversations.opted_out(session, text.sender)
        words = bool(text.body.strip())
        incoming = text.incoming if keyword else as_chosen(text.incoming, fixed.open_question(session, conversation))
        engine = words and keyword is None and not silent
        helped = keyword is Keyword.HELP
        received = self._door.receive(session, conversation, incoming, engine=engine, answered=helped, now=now)
        if silent and keyword is None:
            self._wrote_after_stop(session, conversation, _message(session, received), now=now)
        replies: list[dict[str, Any]] = []
        if helped:
            replies.append(_plain(self._wording.help))
        elif text.media:
            says = self._wording.media
            replies.append(_plain(says) if words else fixed.with_open_question(session, conversation, says))
        elif not words and takeovers.current(session, conversation.id) is None:
            replies.append(fixed.with_open_question(session, conversation, self._wording.empty[Channel.SMS]))
        replying.put(session, conversation, replies, answers=_message(session, received), now=now)
        return received

    def _stop(self, session: Session, conversation: Conversation | None, text: Text, *, now: datetime) -> None:
        """No more routine texts. Where crisis outreach is waiting they see it, and the last text says how to reach help."""
        escalation = phones.open_escalation(session, text.sender)
        again = conversations.opted_out(session, text.sender)
        conversations.opt_out(session, text.sender, now=now)
        outbox.withdraw(session, text.sender, purpose="reminder")
        if escalation is None or again:
            return
        paging.add_step(session, escalation, StepAction.NOTED, actor=paging.SYSTEM, detail=STOPPED, now=now)
        outbox.enqueue(
            session,
            kind="sms",
            to=text.sender,
            body=self._wording.last_text,
            purpose="reply",
            urgent=True,
            dedupe_key=f"last:{text.sid}",
            conversation_id=escalation.conversation_id,
            now=now,
        )

    def _not_me(self, session: Session, conversation: Conversation | None, text: Text, *, now: datetime) -> Received:
        """The phone is in other hands: all that was said on it is put away, and staff see it where they were going to use the number."""
        known = phones.all_of(session, text.sender)
        conversation = conversation or next(iter(known), None)
        if conversation is None:
            return self._first(session, text, None, now=now)
        received = self._door.receive(session, conversation, text.incoming, engine=False, now=now)
        message = _message(session, received)
        replying.put(session, conversation, [_plain(self._wording.not_me)], answers=message, now=now)
        for one in {one.id: one for one in (conversation, *known)}.values():
            last = message if one is conversation else messages.last_from_resident(session, one)
            waited_for = one.state == ConversationState.SUBMITTED or escalations.open_of(session, one) is not None
            if waited_for and last is not None:
                self._effects.call_for_a_person(session, one, last, words=text.body, rule="not_me", now=now)
            conversations.leave_phone(session, one)
            takeovers.end_with(session, one, now=now)
        return received

    def _resume(self, session: Session, conversation: Conversation | None, text: Text, *, now: datetime) -> Received:
        """RESUME: on from what was said on this phone before, for who knows the date of birth; otherwise it is said that it cannot be."""
        received = self._returning.ask(session, conversation, text.incoming, address=text.sender, now=now)
        if received is not None:
            return received
        if conversation is None:
            return self._first(session, text, None, says=self._wording.nothing_to_resume, now=now)
        return self._next(session, conversation, text, None, now=now)

    def _start_again(
        self, session: Session, conversation: Conversation | None, text: Text, *, now: datetime
    ) -> Received:
        """START: texts again, with the open question; to a phone that knows no conversation it is a first text."""
        conversations.opt_in(session, text.sender)
        if conversation is None:
            return self._first(session, text, None, now=now)
        received = self._door.receive(session, conversation, text.incoming, engine=False, now=now)
        reply = fixed.with_open_question(session, conversation, self._wording.opted_in)
        replying.put(session, conversation, [reply], answers=_message(session, received), now=now)
        return received

    def _wrote_after_stop(
        self, session: Session, conversation: Conversation, message: Message, *, now: datetime
    ) -> None:
        """Nobody answers a phone that asked for no more texts, so a person is to see that it wrote; once, until one has."""
        if message.text.strip() and phones.open_escalation(session, str(conversation.address)) is None:
            self._effects.call_for_a_person(
                session, conversation, message, words=message.text, rule="wrote_after_stop", now=now
            )

    def _by_code(
        self, session: Session, conversation: Conversation | None, text: Text, code: str, *, now: datetime
    ) -> Received:
        """A code alone: the conversation saved under it goes on here. Where there is none, it is said so beside what is open here."""
        wait = self._resuming.wait(text.sender, now=now)
        saved = None
        if wait is None:
            saved = self._resuming.take_up(session, code, channel=Channel.SMS, address=text.sender, now=now)
        if saved is not None:
            received = self._door.receive(session, saved, text.incoming, engine=False, now=now)
            self._resuming.put_again(session, saved, answers=_message(session, received), now=now)
            return received
        says = self._wording.unknown_code[Channel.SMS] if wait is None else self._wording.too_many_codes
        if conversation is None:
            return self._first(session, text, None, says=says, now=now)
        received = self._door.receive(session, conversation, text.incoming, engine=False, now=now)
        reply = fixed.with_open_question(session, conversation, says)
        replying.put(session, conversation, [reply], answers=_message(session, received), now=now)
        return received

    def _acknowledged(self, session: Session, contact: Contact, text: Text, *, now: datetime) -> bool:
        """Whether a contact of the ladder texted an escalation's code: then it is acknowledged, and that is confirmed to them."""
        found = [escalations.by_code(session, word) for word in re.findall(r"[A-Za-z0-9]{4,8}", text.body)]
        escalation = next((one for one in found if one is not None), None)
        if escalation is None:
            return False
        taken = escalations.acknowledge(session, escalation, actor=contact.name, via="sms", now=now)
        says = self._wording.acknowledged if taken else self._wording.already
        outbox.enqueue(
            session,
            kind="sms",
            to=text.sender,
            body=says.replace("{code}", escalation.code),
            purpose="reply",
            dedupe_key=f"acknowledged:{text.sid}",
            now=now,
        )
        log.info("acknowledged_by_text", escalation=escalation.id, first=taken)
        return True


def _known(session: Session, sid: str) -> bool:
    """Whether a text with this MessageSid was taken before, in whichever conversation (`spa.messages.receive` makes the key)."""
    return session.scalars(select(Message.seq).where(Message.key == f"sms:{sid}")).first() is not None


def _message(session: Session, received: Received) -> Message:
    return session.get_one(Message, received.seq)


def _plain(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": text}


def _asked(replies: Sequence[Mapping[str, Any]]) -> str | None:
    return next((reply["ask"] for reply in reversed(replies) if reply.get("ask")), None)
