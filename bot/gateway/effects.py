"""The engine proposes, the gateway disposes: applies the effects of a turn in the transaction that stores its replies.

The table of effects is in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.crisis.assessment import Assessment, Flag, Level
from bot.intake import introduction as introduction_document
from bot.intake.priority import BY_FLAG, WORDS
from spa import conversations, documents, escalations, introductions, messages
from spa.ladder import Ladder
from spa.models import Conversation, ConversationState, EscalationLevel, Message

UNFLAGGED = (Level.NONE, Level.NEGATED)
Effect = Mapping[str, Any]


class Refused(Exception):
    """An effect cannot be applied; nothing of its turn may be kept. `reason` is a code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Effects:
    """Applies effects one by one. Collaborators only; keeps nothing between turns."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self._appliers: Mapping[str, Callable[[Session, Conversation, Message, Effect, datetime], None]] = {
            "submit": self._submit,
            "update": self._update,
            "withdraw": self._withdraw,
            "end": self._end,
            "escalation_detail": self._escalation_detail,
            "human": self._human,
            "forget": self._forget,
        }

    def apply(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, *, now: datetime
    ) -> None:
        """Apply one effect of the turn that answers `message`; `conversation.draft` is the turn's. Raises Refused."""
        applier = self._appliers.get(str(effect.get("type")))
        if applier is None:
            raise Refused("unknown_effect")
        applier(session, conversation, message, effect, now)

    def _submit(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        document = _document(session, conversation, submitted_at=now)
        try:
            introductions.submit(session, conversation, document=document, now=now)
        except documents.ValidationError as e:
            raise Refused("invalid_introduction") from e

    def _update(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        introduction = introductions.of_conversation(session, conversation)
        if introduction is None:
            raise Refused("nothing_to_update")
        document = _document(session, conversation, submitted_at=introduction.submitted_at)
        try:
            introductions.update(session, conversation, document=document, now=now)
        except documents.ValidationError as e:
            raise Refused("invalid_introduction") from e

    def _withdraw(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        try:
            introductions.withdraw(session, conversation, now=now)
        except introductions.NotHandedOver as e:
            raise Refused("nothing_to_withdraw") from e

    def _end(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        conversations.end(session, conversation)

    def _escalation_detail(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        escalations.add_detail(
            session, conversation, whereabouts=effect.get("whereabouts"), phone=effect.get("phone"), now=now
        )

    def _human(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        words = str(effect.get("words") or message.text)
        self.call_for_a_person(session, conversation, message, words=words, rule="asked_for_a_person", now=now)

    def _forget(
        self, session: Session, conversation: Conversation, message: Message, effect: Effect, now: datetime
    ) -> None:
        conversations.forget(session, conversation, now=now)

    def left_alone(
        self, session: Session, conversation: Conversation, *, by: str, why: str, rule: str, now: datetime
    ) -> None:
        """The person in it (`by`, a user name) is not there any more: its alarm is raised again where it was theirs; where there is
        none, somebody else is asked to look."""
        alarm = escalations.open_of(session, conversation)
        last = messages.last_from_resident(session, conversation)
        if alarm is not None:
            escalations.left(session, alarm, actor=by, why=why, ladder=self._ladder, now=now)
        elif last is not None:
            self.call_for_a_person(session, conversation, last, words=last.text, rule=rule, now=now)

    def call_for_a_person(
        self, session: Session, conversation: Conversation, message: Message, *, words: str, rule: str, now: datetime
    ) -> None:
        """Put the conversation before a person the same day, without a page."""
        escalations.open_or_raise(
            session,
            conversation,
            message=message,
            level=EscalationLevel.CALL_BACK,
            flag=Flag.AMBER,
            words=words,
            reasons=[{"rule": rule, "words": words, "score": 1.0}],
            ladder=self._ladder,
            now=now,
        )


def raise_after_submission(
    session: Session, conversation: Conversation, assessment: Assessment, *, now: datetime
) -> None:
    """A flag after the introduction was handed over joins it, and raises its place in the queue by the rules of bot.intake.priority."""
    introduction = introductions.of_conversation(session, conversation)
    code = BY_FLAG.get(assessment.level.value)
    if conversation.state != ConversationState.SUBMITTED or introduction is None or code is None:
        return
    flagged = introduction.document | {"flags": _flags(session, conversation)}
    introduction = introductions.update(session, conversation, document=flagged, now=now)
    why = f"Flag: {WORDS[assessment.level.value]}"
    introductions.raise_priority(session, introduction, code, why=why, now=now)


def _document(session: Session, conversation: Conversation, *, submitted_at: datetime) -> dict[str, Any]:
    if conversation.reference is None:
        raise Refused("no_reference")
    return introduction_document.document(
        conversation.draft,
        reference=conversation.reference,
        channel=conversation.channel,
        started_at=conversation.started_at,
        submitted_at=submitted_at,
        flags=_flags(session, conversation),
        address=conversation.address,
    )


def _flags(session: Session, conversation: Conversation) -> list[dict[str, Any]]:
    """What the screen said of this conversation, for the document: levels with the resident's own words and the reasons."""
    rows = [row for row in messages.assessments(session, conversation) if row.level not in UNFLAGGED]
    return [
        {
            "level": row.level.value,
            "at": row.at.isoformat(),
            "words": session.get_one(Message, row.message_seq).text,
            "reasons": row.reasons,
        }
        for row in rows
    ]
