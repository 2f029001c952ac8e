"""How long people waited: for a first contact, and for somebody to acknowledge an escalation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select
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
    first = first_contact(REACHED if reached else TRIED).subquery()
    elapsed = seconds_between(Introduction.submitted_at, first.c.at)
    joined = first.c.reference == Introduction.reference
    of_period = in_period(Introduction.submitted_at, period)
    code = Introduction.priority_code
    measured = select(code.label("kind"), elapsed.label("seconds")).join(first, joined).where(of_period)
    found = spreads(session, measured.subquery())
    counted = select(code, func.count()).where(of_period).group_by(code)
    numbers = {priority: number for priority, number in session.execute(counted)}
    within = {
        priority: session.scalar(
            select(number_of(elapsed <= limit.total_seconds()))
            .select_from(Introduction)
            .join(first, joined)
            .where(of_period, code == priority)
        )
        for priority, limit in promised.items()
        if priority in numbers
    }
    return {
        priority: Wait(found.get(priority), number, Part(within[priority] or 0, number) if priority in within else None)
        for priority, number in numbers.items()
    }


def for_acknowledgement(session: Session, period: Period, *, promised: timedelta) -> Mapping[Flag, Wait]:
    """By flag: from the alarm to the first person who said that they have it."""
    first = (
        select(EscalationStep.escalation_id.label("escalation"), func.min(EscalationStep.at).label("at"))
        .where(EscalationStep.action == StepAction.ACKNOWLEDGED)
        .group_by(EscalationStep.escalation_id)
        .subquery()
    )
    elapsed = seconds_between(Escalation.opened_at, first.c.at)
    of_period = in_period(Escalation.opened_at, period)
    joined = first.c.escalation == Escalation.id
    measured = select(Escalation.flag.label("kind"), elapsed.label("seconds")).join(first, joined).where(of_period)
    found = spreads(session, measured.subquery())
    counted = (
        select(Escalation.flag, func.count(), number_of(elapsed <= promised.total_seconds()))
        .outerjoin(first, joined)
        .where(of_period)
        .group_by(Escalation.flag)
    )
    return {
        flag: Wait(found.get(flag), number, Part(within, number)) for flag, number, within in session.execute(counted)
    }


def first_contact(statuses: tuple[IntroductionStatus, ...]) -> Select[str, object]:
    """{reference, at} of each introduction's first event in one of these statuses."""
    event = IntroductionEvent
    return (
        select(event.introduction_reference.label("reference"), func.min(event.at).label("at"))
        .where(event.status.in_(statuses))
        .group_by(event.introduction_reference)
    )
