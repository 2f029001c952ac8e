"""How long people waited: for a first contact, and for somebody to acknowledge an escalation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, case, func, literal, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa.models import (
    Escalation,
    EscalationStep,
    Introduction,
    IntroductionEvent,
    IntroductionStatus,
    StepAction,
)
from spa.reporting.comparison import Part
from spa.reporting.counts import in_period, number_of
from spa.reporting.elapsed import Spread, seconds_between, spreads
from spa.reporting.period import Period

TRIED = (IntroductionStatus.CONTACT_ATTEMPTED, IntroductionStatus.IN_CONTACT)
REACHED = (IntroductionStatus.IN_CONTACT,)


@dataclass(frozen=True)
class Wait:
    """`spread`: of those for whom it came (None: it came for nobody); `in_time`: within the time promised (None: none is)."""

    spread: Spread | None
    number: int
    in_time: Part | None


def for_contact(
    session: Session,
    period: Period,
    *,
    promised: Mapping[int, timedelta],
    reached: bool,
) -> Mapping[int, Wait]:
    """By priority code: from handing over to the first time somebody was reached, or to the first try to reach them.

    `promised`: within how long, by priority code; counted from handing over, though a priority may have been raised since.
    """
    code, moment = Introduction.priority_code, Introduction.submitted_at
    elapsed = seconds_between(moment, first_contact(REACHED if reached else TRIED))
    timed = select(code.label("kind"), elapsed.label("seconds")).where(in_period(moment, period)).subquery()
    limits = [(timed.c.kind == priority, limit.total_seconds()) for priority, limit in promised.items()]
    return _waits(session, timed, limit=case(*limits, else_=0.0) if limits else literal(0.0), promised=set(promised))


def for_acknowledgement(session: Session, period: Period, *, promised: timedelta) -> Mapping[Flag, Wait]:
    """By flag: from the alarm to the first person who said that they have it."""
    step = EscalationStep
    acknowledged = step.action == StepAction.ACKNOWLEDGED, step.escalation_id == Escalation.id
    first = select(func.min(step.at)).where(*acknowledged).scalar_subquery()
    elapsed = seconds_between(Escalation.opened_at, first)
    of_period = in_period(Escalation.opened_at, period)
    timed = select(Escalation.flag.label("kind"), elapsed.label("seconds")).where(of_period).subquery()
    return _waits(session, timed, limit=literal(promised.total_seconds()), promised=set(Flag))


def first_contact(statuses: tuple[IntroductionStatus, ...]) -> ScalarSelect[datetime]:
    """When an introduction was first in one of these statuses, looked up for each: a report of one month reads one month."""
    event = IntroductionEvent
    of_it = event.introduction_reference == Introduction.reference, event.status.in_(statuses)
    return select(func.min(event.at)).where(*of_it).scalar_subquery()


def _waits(
    session: Session, timed: Subquery, *, limit: ColumnElement[float], promised: Collection[Any]
) -> dict[Any, Wait]:
    """By kind. `timed` has the columns `kind` and `seconds`, None where it is waited still."""
    kind, seconds = timed.c.kind, timed.c.seconds
    found = spreads(session, select(kind, seconds).where(seconds.is_not(None)).subquery())
    counted = select(kind, func.count(), number_of(seconds <= limit)).group_by(kind)
    return {
        one: Wait(found.get(one), number, Part(within, number) if one in promised else None)
        for one, number, within in session.execute(counted)
    }
