"""Escalations: one alarm about one conversation, open until a named person acknowledges and closes it."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag, Level, Reason
from spa import conversations
from spa.ladder import REPEAT_AFTER, Ladder
from spa.models import (
    Conversation,
    Escalation,
    EscalationLevel,
    EscalationState,
    Message,
    StepAction,
)
from spa.paging import SYSTEM, add_step, cancel, climb, page_next

__all__ = [
    "CALL_BACK", "acknowledge", "add_detail", "by_code", "by_id", "climb", "close", "closed", "left", "note", "of_conversation",
    "open_now", "open_of", "open_or_raise", "take",
]  # fmt: skip

CALL_BACK = EscalationLevel.CALL_BACK
"""The level of a resident who asked for a person."""

RESIDENT = "resident"
LETTERS, DIGITS = "ACDEFHJKMNPQRTVWXY", "34679"
"""What codes are made of: nothing that is taken for another by ear or eye, in a text that somebody types at night."""


def open_or_raise(
    session: Session,
    conversation: Conversation,
    *,
    message: Message | None,
    level: Level | EscalationLevel | str,
    flag: Flag | str,
    words: str,
    reasons: Sequence[Reason | dict[str, Any]],
    ladder: Ladder,
    now: datetime,
) -> Escalation:
    """Open the conversation's one escalation, or bring it up to a more urgent level, which raises the alarm again.

    Red queues the first page in this same transaction; amber pages nobody. The same message again changes nothing, unless it
    proves more urgent than it was taken for.
    Raises ValueError for a message without a flag.
    """
    flag, level = Flag(flag), EscalationLevel(level)
    if flag is Flag.NONE:
        raise ValueError("a message without a flag opens no escalation")
    conversation = conversations.locked(session, conversation)
    escalation = _open_locked(session, conversation)
    if escalation is None:
        escalation = _open(session, conversation, message=message, level=level, flag=flag, now=now)
        _tell(escalation, words=words, reasons=reasons)
        _alarm(session, escalation, StepAction.OPENED, ladder=ladder, now=now)
        return escalation
    more_urgent = _urgency(flag, level) > _urgency(escalation.flag, escalation.level)
    if message is not None:
        if message.seq <= (escalation.message_seq or 0) and not more_urgent:
            return escalation  # told before
        escalation.message_seq = max(message.seq, escalation.message_seq or 0)
    if more_urgent:
        escalation.level, escalation.flag = level, flag
        _tell(escalation, words=words, reasons=reasons)
        escalation.alerts += 1
        _alarm(session, escalation, StepAction.RAISED, ladder=ladder, now=now)
    elif flag is Flag.RED and now - (escalation.acknowledged_at or escalation.alerted_at) >= REPEAT_AFTER:
        escalation.alerts += 1
        _alarm(session, escalation, StepAction.REPEATED, ladder=ladder, now=now)
    else:
        add_step(session, escalation, StepAction.REPEATED, actor=SYSTEM, now=now, detail=str(level))
    return escalation


def add_detail(
    session: Session,
    conversation: Conversation,
    *,
    whereabouts: str | None = None,
    phone: str | None = None,
    now: datetime,
) -> Escalation | None:
    """Where the resident is and how to ring them, as they told us; None where no escalation is open."""
    escalation = _open_locked(session, conversation)
    if escalation is None:
        return None
    given = {name: value for name, value in (("whereabouts", whereabouts), ("phone", phone)) if value}
    for name, value in given.items():
        setattr(escalation, name, value)
    if given:
        add_step(session, escalation, StepAction.DETAIL, actor=RESIDENT, now=now, detail=", ".join(given))
    return escalation


def acknowledge(session: Session, escalation: Escalation, *, actor: str, via: str, now: datetime) -> bool:
    """A named person has it (`via` console or sms): nobody else is paged. False where somebody had it already."""
    _named(actor)
    escalation = _locked(session, escalation)
    if escalation.state != EscalationState.OPEN:
        return False
    escalation.state = EscalationState.ACKNOWLEDGED
    escalation.acknowledged_by, escalation.acknowledged_at = actor, now
    cancel(session, escalation)
    add_step(session, escalation, StepAction.ACKNOWLEDGED, actor=actor, now=now, detail=f"by {via}")
    return True


def take(session: Session, escalation: Escalation, *, actor: str, via: str, now: datetime) -> None:
    """A named person has it from now on, whoever had it before."""
    if acknowledge(session, escalation, actor=actor, via=via, now=now):
        return
    escalation = _locked(session, escalation)
    if escalation.state == EscalationState.ACKNOWLEDGED and escalation.acknowledged_by != actor:
        note(session, escalation, actor=actor, text=f"Took it over from {escalation.acknowledged_by}.", now=now)
        escalation.acknowledged_by = actor


def left(session: Session, escalation: Escalation, *, actor: str, why: str, ladder: Ladder, now: datetime) -> None:
    """`actor` is not there any more, for the reason noted. Where nobody else had it, the alarm is raised again from the first rung."""
    escalation = _locked(session, escalation)
    add_step(session, escalation, StepAction.NOTED, actor=SYSTEM, now=now, detail=why)
    if escalation.state == EscalationState.ACKNOWLEDGED and escalation.acknowledged_by == actor:
        escalation.alerts += 1
        _alarm(session, escalation, StepAction.REPEATED, ladder=ladder, now=now)


def note(session: Session, escalation: Escalation, *, actor: str, text: str, now: datetime) -> None:
    """Something staff want the next person to know."""
    _named(actor)
    add_step(session, _locked(session, escalation), StepAction.NOTED, actor=actor, now=now, detail=text)


def close(session: Session, escalation: Escalation, *, actor: str, outcome: str, now: datetime) -> bool:
    """A named person says how it ended. False where it was closed already. Raises ValueError without an outcome."""
    _named(actor)
    if not outcome.strip():
        raise ValueError("an escalation is closed with an outcome")
    escalation = _locked(session, escalation)
    if escalation.state == EscalationState.CLOSED:
        return False
    if escalation.acknowledged_by is None:
        escalation.acknowledged_by, escalation.acknowledged_at = actor, now
    escalation.state = EscalationState.CLOSED
    escalation.closed_by, escalation.closed_at, escalation.outcome = actor, now, outcome
    cancel(session, escalation)
    add_step(session, escalation, StepAction.CLOSED, actor=actor, now=now, detail=outcome)
    return True


def by_id(session: Session, escalation_id: str) -> Escalation | None:
    """The escalation, or None."""
    return session.get(Escalation, escalation_id)


def by_code(session: Session, code: str) -> Escalation | None:
    """The escalation of a code as somebody typed it ("k7q4.", "K7Q4 on my way"); None where there is none."""
    words = re.findall(r"\b[A-Z0-9]{4}\b", code.upper()[:160])
    found = session.scalars(select(Escalation).where(Escalation.code.in_(words))).all()
    return min(found, key=lambda escalation: words.index(escalation.code), default=None)


def open_of(session: Session, conversation: Conversation) -> Escalation | None:
    """The conversation's escalation that is not closed, or None."""
    return session.scalars(_open_query(conversation)).one_or_none()


def of_conversation(session: Session, conversation_id: str) -> list[Escalation]:
    """All escalations of the conversation, first one first."""
    of_it = Escalation.conversation_id == conversation_id
    return list(session.scalars(select(Escalation).where(of_it).order_by(Escalation.opened_at, Escalation.id)))


def open_now(session: Session) -> list[Escalation]:
    """All that are not closed: red first, those that nobody has yet before the others, then by urgency and age."""
    found = session.scalars(select(Escalation).where(Escalation.state != EscalationState.CLOSED)).all()
    return sorted(found, key=_attention)


def closed(session: Session, *, limit: int, offset: int = 0) -> list[Escalation]:
    """Those that are closed, the latest first."""
    latest = select(Escalation).where(Escalation.state == EscalationState.CLOSED)
    return list(
        session.scalars(latest.order_by(Escalation.closed_at.desc(), Escalation.id).limit(limit).offset(offset))
    )


def _open(
    session: Session,
    conversation: Conversation,
    *,
    message: Message | None,
    level: EscalationLevel,
    flag: Flag,
    now: datetime,
) -> Escalation:
    escalation = Escalation(
        id=uuid.uuid4().hex,
        code=_free_code(session),
        conversation_id=conversation.id,
        message_seq=message.seq if message is not None else None,
        level=level,
        flag=flag,
        state=EscalationState.OPEN,
        channel=str(conversation.channel),
        opened_at=now,
        alerted_at=now,
        words="",
        reasons=[],
        phone=conversation.address,
        alerts=1,
        rung=0,
    )
    session.add(escalation)
    session.flush()
    return escalation


def _alarm(session: Session, escalation: Escalation, action: StepAction, *, ladder: Ladder, now: datetime) -> None:
    """Somebody must look (again): back to the first rung, whoever had it before."""
    escalation.state = EscalationState.OPEN
    escalation.acknowledged_by = escalation.acknowledged_at = None
    escalation.alerted_at = now
    escalation.rung = 0
    add_step(session, escalation, action, actor=SYSTEM, now=now, detail=str(escalation.level))
    if escalation.flag is Flag.RED:
        page_next(session, escalation, ladder=ladder, now=now)


def _tell(escalation: Escalation, *, words: str, reasons: Sequence[Reason | dict[str, Any]]) -> None:
    escalation.words = words
    escalation.reasons = [asdict(reason) if isinstance(reason, Reason) else dict(reason) for reason in reasons]


def _free_code(session: Session) -> str:
    """Three letters and a digit in any order, so that no code is a word; not one that was used before."""
    while True:
        characters = [*(secrets.choice(LETTERS) for _ in range(3)), secrets.choice(DIGITS)]
        secrets.SystemRandom().shuffle(characters)
        code = "".join(characters)
        if session.scalars(select(Escalation.id).where(Escalation.code == code)).first() is None:
            return code


def _open_query(conversation: Conversation) -> Select[Escalation]:
    of_it = Escalation.conversation_id == conversation.id, Escalation.state != EscalationState.CLOSED
    return select(Escalation).where(*of_it)


def _open_locked(session: Session, conversation: Conversation) -> Escalation | None:
    query = _open_query(conversation).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def _locked(session: Session, escalation: Escalation) -> Escalation:
    """Its row as it is now, and no other transaction changes it until this one ends."""
    return session.scalars(
        select(Escalation)
        .where(Escalation.id == escalation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _named(actor: str) -> None:
    if not actor.strip() or actor in (SYSTEM, RESIDENT):
        raise ValueError("only a named person acknowledges, notes or closes")


def _urgency(flag: Flag, level: EscalationLevel) -> tuple[bool, int]:
    return flag is Flag.RED, level.urgency


def _attention(escalation: Escalation) -> tuple[bool, bool, int, datetime]:
    acknowledged = escalation.state == EscalationState.ACKNOWLEDGED
    return escalation.flag is not Flag.RED, acknowledged, -escalation.level.urgency, escalation.opened_at
