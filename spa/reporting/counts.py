"""How many introductions there were, counted by the database. Every one counts, also one that was later a duplicate or withdrawn:
each was somebody who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from spa.models import Introduction, IntroductionFact
from spa.reporting.comparison import Compared
from spa.reporting.period import Period

Key = TypeVar("Key")


@dataclass(frozen=True)
class Month:
    """One month of the period, or the part of it that is in the period."""

    days: Period
    introductions: Compared


def in_period(moment: InstrumentedAttribute[datetime] | ColumnElement[datetime], period: Period) -> ColumnElement[bool]:
    """Whether a moment is within the period."""
    return and_(moment >= period.start, moment < period.end)


def in_either(moment: InstrumentedAttribute[datetime], period: Period) -> ColumnElement[bool]:
    """Whether a moment is within the period or the same days a year earlier."""
    return or_(in_period(moment, period), in_period(moment, period.year_before))


def number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group it holds for."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def total(session: Session, period: Period) -> Compared:
    """All of the period, and of a year before."""
    moment = Introduction.submitted_at
    now, before = (
        session.scalar(select(func.count()).select_from(Introduction).where(in_period(moment, days))) or 0
        for days in (period, period.year_before)
    )
    return Compared(now, before)


def by_month(session: Session, period: Period) -> tuple[Month, ...]:
    """Month by month, each beside the same days a year before."""
    months = period.months
    now = _by_part(session, months)
    before = _by_part(session, tuple(month.year_before for month in months))
    return tuple(Month(month, Compared(now.get(place, 0), before.get(place, 0))) for place, month in enumerate(months))


def by_priority(session: Session, period: Period) -> Mapping[int, Compared]:
    """By the priority code they have now."""
    return _compared(session, Introduction.priority_code, Introduction.submitted_at, period)


def by_status(session: Session, period: Period) -> Mapping[str, Compared]:
    """By how far they are now."""
    return {
        str(key): both
        for key, both in _compared(session, Introduction.status, Introduction.submitted_at, period).items()
    }


def by_fact(session: Session, name: str, period: Period) -> Mapping[str, Compared]:
    """By the values of one fact (`spa.facts`). One that has several (needs) counts under each, one that has none under none."""
    fact = IntroductionFact
    return _compared(session, fact.value, fact.submitted_at, period, fact.name == name)


def _compared(
    session: Session,
    key: InstrumentedAttribute[Key],
    moment: InstrumentedAttribute[datetime],
    period: Period,
    *conditions: ColumnElement[bool],
) -> dict[Key, Compared]:
    now, before = number_of(in_period(moment, period)), number_of(in_period(moment, period.year_before))
    query = select(key, now, before).where(in_either(moment, period), *conditions).group_by(key)
    return {found: Compared(*numbers) for found, *numbers in session.execute(query)}


def _by_part(session: Session, parts: tuple[Period, ...]) -> dict[int, int]:
    moment = Introduction.submitted_at
    # Months of London's calendar, which neither database knows: the limits of each are given to it.
    place = case(*((moment < part.end, number) for number, part in enumerate(parts))).label("place")
    whole = Period(parts[0].first, parts[-1].last)
    parted = select(place).where(in_period(moment, whole)).subquery()
    query = select(parted.c.place, func.count()).group_by(parted.c.place)
    return {number: count for number, count in session.execute(query)}
