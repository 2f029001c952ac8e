"""Conversations that were left half way: one reminder by text, then they are put away. What was disclosed in them stays before staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag, Level
from spa import conversations, escalations, messages, paging, unasked
from spa.ladder import Ladder
from spa.models import (
    AssessmentRow,
    Channel,
    Conversation,
    ConversationState,
    EscalationLevel,
    Message,
    MessageState,
    StepAction,
    Takeover,
)
from spa.quiet import QuietHours

BATCH = 100
"""Conversations in one transaction."""

PUT_AWAY = "They stopped half way. The introduction was put away unfinished; what they wrote is kept with this alarm."
RULE = "put_away_unfinished"
"""The reason shown where nothing else had put the conversation before a person."""
ANSWERS = {
    "suicidal_thoughts": ("past", "passive", "active", "plan", "attempt_recent"),
    "self_harm": ("past", "recent", "current"),
    "safe_at_home": ("no", "unsure"),
}
"""Answers that tell of a risk, by question."""


class UnfinishedSettings(Protocol):
    """What the settings must hold for unfinished conversations."""

    @property
    def reminder_minutes(self) -> float: ...
    @property
    def close_texts_hours(self) -> float: ...
    @property
    def close_chats_days(self) -> float: ...
    @property
    def quiet_hours(self) -> str: ...


@dataclass(frozen=True)
class Unfinished:
    """`reminder` is the text that is sent after `remind_after` of silence (None: none is); a conversation by text, or on the web, is put
    away after `close_texts` or `close_chats` of silence. `quiet`: when no reminder is sent."""

    reminder: str
    remind_after: timedelta | None
    close_texts: timedelta
    close_chats: timedelta
    quiet: QuietHours

    @classmethod
    def from_settings(cls, settings: UnfinishedSettings, *, reminder: str) -> Unfinished:
        """As configured. Raises spa.quiet.QuietHoursError naming the setting."""
        minutes = settings.reminder_minutes
        return cls(
            reminder=reminder,
            remind_after=timedelta(minutes=minutes) if minutes else None,
            close_texts=timedelta(hours=settings.close_texts_hours),
            close_chats=timedelta(days=settings.close_chats_days),
            quiet=QuietHours.parse(settings.quiet_hours),
        )


def remind(session: Session, rules: Unfinished, *, now: datetime) -> int:
    """Remind the phones that agreed to the questions and then fell silent, each once. Returns how many texts were put into the outbox.

    Whether a text may go is decided here once and for all, but for the hour: who may not be texted now is not waited for.
    """
    if rules.remind_after is None:
        return 0
    by_text = Conversation.channel == Channel.SMS, Conversation.address.is_not(None), Conversation.reminded_at.is_(None)
    still = Conversation.last_inbound_at > now - rules.close_texts
    agreed = Conversation.draft["answers"]["consent"]["value"].as_boolean().is_(True)
    sent = 0
    for conversation in _silent(session, *by_text, still, agreed, since=now - rules.remind_after):
        conversation.reminded_at = now
        refused = unasked.put(
            session, conversation, body=rules.reminder, key=f"reminder:{conversation.id}", quiet=rules.quiet, now=now
        )
        if refused is None:
            messages.post(session, conversation, {"kind": "text", "text": rules.reminder}, now=now)
            sent += 1
    return sent


def close(session: Session, rules: Unfinished, *, ladder: Ladder, now: datetime) -> int:
    """Put away what nobody has gone on with. A code, or on its phone the date of birth, still takes it up. Returns how many."""
    by_text = Conversation.channel == Channel.SMS
    old = or_(
        and_(by_text, Conversation.last_inbound_at < now - rules.close_texts),
        and_(not_(by_text), Conversation.last_inbound_at < now - rules.close_chats),
    )
    found = _silent(session, old, since=now)
    for conversation in found:
        _keep_in_sight(session, conversation, ladder=ladder, now=now)
        conversations.lapse(session, conversation)
    return len(found)


def _silent(session: Session, *conditions: ColumnElement[bool], since: datetime) -> Sequence[Conversation]:
    """Open conversations in which nobody wrote since then, nothing waits for an answer of ours, and no person is."""
    attended = exists().where(Takeover.conversation_id == Conversation.id, Takeover.left_at.is_(None))
    waiting = exists().where(Message.conversation_id == Conversation.id, Message.state == MessageState.RECEIVED)
    left = Conversation.state == ConversationState.OPEN, Conversation.last_inbound_at <= since
    return session.scalars(
        select(Conversation)
        .where(*left, *conditions, not_(waiting), not_(attended))
        .order_by(Conversation.last_inbound_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()


def _keep_in_sight(session: Session, conversation: Conversation, *, ladder: Ladder, now: datetime) -> None:
    """An open alarm is told that they stopped half way. Who told of a risk that raised none, or after a person closed the last, is put
    before a person, without a page."""
    open_one = escalations.open_of(session, conversation)
    if open_one is not None:
        paging.add_step(session, open_one, StepAction.NOTED, actor=paging.SYSTEM, detail=PUT_AWAY, now=now)
        return
    seen_at = _seen_at(session, conversation)
    told = [
        row
        for row in messages.assessments(session, conversation)
        if row.level not in (Level.NONE, Level.NEGATED) and (seen_at is None or row.at > seen_at)
    ]
    # An answer has no time of its own: whoever closed an alarm has seen those of the draft.
    if not told and (seen_at is not None or not _answered_of_risk(conversation)):
        return
    worst = max(told, key=lambda row: row.level.urgency, default=None)
    message = _words(session, conversation, worst)
    words = message.text if message is not None else ""
    escalations.open_or_raise(
        session,
        conversation,
        message=message,
        level=EscalationLevel(worst.level.value) if worst is not None else EscalationLevel.CALL_BACK,
        flag=Flag.AMBER,
        words=words,
        reasons=[{"rule": RULE, "words": words, "score": 1.0}],
        ladder=ladder,
        now=now,
    )


def _seen_at(session: Session, conversation: Conversation) -> datetime | None:
    """When a person last closed an alarm of the conversation; None where nobody ever did."""
    alarms = escalations.of_conversation(session, conversation.id)
    return max((alarm.closed_at for alarm in alarms if alarm.closed_at is not None), default=None)


def _answered_of_risk(conversation: Conversation) -> bool:
    answers = conversation.draft.get("answers", {})
    return any((answers.get(ask) or {}).get("value") in values for ask, values in ANSWERS.items())


def _words(session: Session, conversation: Conversation, worst: AssessmentRow | None) -> Message | None:
    """The message that told of it; the last one of theirs where an answer did."""
    if worst is not None:
        return session.get_one(Message, worst.message_seq)
    return messages.last_from_resident(session, conversation)
