"""The database's side of a turn: what waits for the engine, and what is stored when it has answered or cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag, Level
from bot.gateway import together
from bot.gateway.codes import LINK_SLOT, MASK, SLOT, Codes
from bot.gateway.door import WHEREABOUTS
from bot.gateway.effects import Effects
from bot.gateway.engine import TurnRequest
from bot.gateway.wording import Wording
from bot.intake.turn import Turn
from spa import conversations, escalations, messages, replying, saved
from spa.database import Database
from spa.models import AssessmentRow, Author, Channel, Conversation, ConversationState, Message, MessageState

LIFETIMES = {"save": saved.LIFETIME, "link": timedelta(hours=1)}
"""Effects whose code the replies of their turn carry, and how long it is good: a link stays on a phone that others may hold after the hour."""


class Excuse(Protocol):
    """The honest reply for when the assistant is not working (bot.crisis.replies.Replies)."""

    def unavailable(self, channel: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Job:
    """The first waiting message of a conversation, ready for the engine. `earlier`: numbers of the texts that are read together with it."""

    seq: int
    request: TurnRequest
    earlier: tuple[int, ...] = ()


class Inbox:
    """Every method is one transaction of its own; none of them is held while the engine works. `page`: where residents find the chat page."""

    def __init__(
        self,
        database: Database,
        effects: Effects,
        excuse: Excuse,
        wording: Wording,
        codes: Codes,
        *,
        page: str = "",
        together: timedelta = timedelta(0),
    ) -> None:
        self._database = database
        self._effects = effects
        self._excuse = excuse
        self._wording = wording
        self._codes = codes
        self._link = f"{page.rstrip('/')}/#{MASK}"
        self._together = together

    def waiting(self) -> list[str]:
        """Conversations with a message the engine has still to answer, the longest waiting first."""
        with self._database.reading() as session:
            return messages.waiting(session)

    def next(self, conversation_id: str) -> Job | None:
        """The first message of the conversation that waits, or None."""
        with self._database.reading() as session:
            conversation = conversations.by_id(session, conversation_id)
            pending = messages.pending(session, conversation) if conversation is not None else []
            if conversation is None or not pending:
                return None
            run = together.run(session, conversation, pending, within=self._together)
            request = _request(session, conversation, pending[0])
            return Job(seq=run[-1].seq, request=together.joined(request, run), earlier=tuple(m.seq for m in run[:-1]))

    def answers(self, seq: int) -> list[dict[str, Any]]:
        """What was said in answer to a message so far, as the page gets it."""
        with self._database.reading() as session:
            return [self._codes.as_wire(one) for one in messages.answers_to(session, session.get_one(Message, seq))]

    def settle(self, job: Job, turn: Turn, *, now: datetime) -> None:
        """Store the turn: draft, effects, replies, open question, and the message as done. All of it or nothing.

        Raises bot.gateway.effects.Refused where an effect cannot be applied. A message that is no longer waiting (another
        gateway was first, or the conversation was forgotten meanwhile) is left alone.
        """
        with self._database.session() as session:
            message = session.get_one(Message, job.seq)
            conversation = conversations.locked(session, session.get_one(Conversation, message.conversation_id))
            session.refresh(message)
            if message.state != MessageState.RECEIVED:
                return
            address = conversation.address
            conversation.draft = dict(turn.draft)
            lifetime = next((LIFETIMES[one["type"]] for one in turn.effects if one["type"] in LIFETIMES), None)
            for effect in turn.effects:
                if effect["type"] not in LIFETIMES:
                    self._effects.apply(session, conversation, message, effect, now=now)
            carded = _carded(session, conversation, message)
            # One question at a time: a crisis card's stands, and the turn's comes after it.
            replies = [reply.as_dict() for reply in turn.replies if reply.ask is None or not carded]
            if lifetime is not None:
                replies = [reply | {"text": self._with_code(reply["text"])} for reply in replies]
            shown = self._codes.shown if lifetime is not None else replying.as_stored
            posted = replying.put(session, conversation, replies, answers=message, shown=shown, now=now)
            if lifetime is not None:
                self._keep_codes(session, conversation, posted, lifetime=lifetime, now=now)
            if address is not None and conversation.address is None:
                replying.text_out(session, address, posted, conversation_id=conversation.id, now=now)
            if conversation.state != ConversationState.FORGOTTEN:
                conversation.ask = conversation.ask if carded else turn.ask
            for seq in (*job.earlier, job.seq):
                messages.settle(session, session.get_one(Message, seq), state=MessageState.DONE)

    def excuse(self, conversation_id: str, *, now: datetime) -> list[int]:
        """Tell the resident, once, that no answer can come now, and which lines do answer. What waits goes on waiting: its numbers.

        A further message on the web is acknowledged in a few words; a phone is not sent a text for each.
        """
        with self._database.session() as session:
            conversation = conversations.locked(session, session.get_one(Conversation, conversation_id))
            unavailable = self._excuse.unavailable(conversation.channel)
            kept = {"kind": "text", "text": self._wording.kept}
            told = False
            pending = messages.pending(session, conversation)
            for message in pending:
                said = {answer.text for answer in messages.answers_to(session, message)}
                if said & {unavailable["text"], kept["text"]}:
                    told = True
                    continue
                self._keep_whereabouts(session, conversation, message, now=now)
                reply = unavailable if not told else kept if conversation.channel == Channel.WEB else None
                if reply is not None:
                    replying.put(session, conversation, [reply], answers=message, now=now)
                told = True
            return [message.seq for message in pending]

    def call_for_a_person(self, seq: int, *, now: datetime) -> None:
        """A message that the engine cannot get past is put before a person; it is still tried again."""
        with self._database.session() as session:
            message = session.get_one(Message, seq)
            conversation = conversations.locked(session, session.get_one(Conversation, message.conversation_id))
            self._effects.call_for_a_person(
                session, conversation, message, words=message.text, rule="not_answered", now=now
            )

    def _with_code(self, text: str) -> str:
        return text.replace(LINK_SLOT, self._link).replace(SLOT, MASK)

    def _keep_codes(
        self,
        session: Session,
        conversation: Conversation,
        posted: Sequence[Message],
        *,
        lifetime: timedelta,
        now: datetime,
    ) -> None:
        """Each message that shows a code makes it good. (Two alike are as good as impossible: the turn would fail and be tried again.)"""
        for one in posted:
            if MASK in one.text:
                digest = self._codes.digest(self._codes.of(one.id))
                saved.keep(session, conversation, digest=digest, lifetime=lifetime, now=now)

    def _keep_whereabouts(
        self, session: Session, conversation: Conversation, message: Message, *, now: datetime
    ) -> None:
        """Crisis outreach cannot wait for the engine to learn where somebody is: the words go to them as they are."""
        assessment = messages.assessment_of(session, message)
        if assessment is not None and assessment.asked == WHEREABOUTS:
            escalations.add_detail(session, conversation, whereabouts=message.text, now=now)


def _request(session: Session, conversation: Conversation, message: Message) -> TurnRequest:
    assessment = messages.assessment_of(session, message)
    return TurnRequest(
        conversation=conversation.id,
        message=message.id,
        channel=conversation.channel,
        text=message.text,
        choice=message.choice,
        ask=_question_it_answers(session, conversation, message, assessment.asked if assessment else None),
        level=(assessment.level if assessment else Level.SCREEN_FAILED).value,
        flag=(assessment.flag if assessment else Flag.AMBER).value,
        draft=conversation.draft,
        reference=conversation.reference,
        address=conversation.address,
        now=message.at,
    )


def _question_it_answers(
    session: Session, conversation: Conversation, message: Message, asked: str | None
) -> str | None:
    """The question this message was written to. After an outage several messages wait behind one question: the first answers it,
    for the others it is the question that is open by then."""
    question = _last_question(session, conversation, before=message.seq)
    if question is None:
        return conversation.ask
    # A card that came since has a question of its own; what this message answers is the dialogue's.
    open_now = conversation.draft.get("open") if _carded(session, conversation, message) else conversation.ask
    between = select(Message.seq).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.RESIDENT,
        Message.seq > question.seq,
        Message.seq < message.seq,
    )
    return open_now if session.scalars(between.limit(1)).first() is not None else asked


def _carded(session: Session, conversation: Conversation, message: Message) -> bool:
    """Whether the question put last is a crisis card's, in answer to this message or to one that came after it."""
    last = messages.last_asked(session, conversation)
    if last is None or last.answers_seq is None or last.answers_seq < message.seq:
        return False
    answered = session.get(AssessmentRow, last.answers_seq)
    return answered is not None and answered.asked != last.ask  # otherwise it is the open question, put again


def _last_question(session: Session, conversation: Conversation, *, before: int) -> Message | None:
    asking = (
        Message.conversation_id == conversation.id,
        Message.author == Author.ASSISTANT,
        Message.ask.is_not(None),
        Message.seq < before,
    )
    return session.scalars(select(Message).where(*asking).order_by(Message.seq.desc()).limit(1)).first()
