"""The Alliance's six priorities (mission.md), each with what these data can say about it.

They say what the Single Point of Access did: who was reached, and who was taken on by whom. What became of people afterwards is
not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa.models import Destination, Handover, HandoverState, Introduction, IntroductionFact
from spa.reporting import counts, equality, waits
from spa.reporting.comparison import Part
from spa.reporting.counts import in_period, number_of
from spa.reporting.elapsed import seconds_between
from spa.reporting.period import Period
from spa.reporting.suppression import group_total, is_small, protected

BLACK_COMMUNITIES = ("D", "E", "M", "N", "P")
"""NHS ethnic categories: White and Black Caribbean, White and Black African, Caribbean, African, any other Black background."""

TAKEN_ON: Sequence[tuple[str, str, tuple[Destination, ...]]] = (
    (
        "independence",
        "daily_living",
        (Destination.SHORT_TERM_SUPPORT, Destination.FOCUSED_SUPPORT, Destination.TREEHOUSE),
    ),
    ("housing", "housing", (Destination.HOUSING_OR_VOLUNTARY_SECTOR, Destination.TREEHOUSE)),
    ("physical_health", "physical_health", (Destination.GP,)),
    ("work", "work_learning", tuple(Destination)),
)
"""(priority, need, destinations): of those who told of the need, how many one of the destinations took on."""


@dataclass(frozen=True)
class Measure:
    """What is measured for a priority, in this period and a year before; None where small numbers stay hidden or nothing is known."""

    priority: str
    measure: str
    now: Part | None
    before: Part | None


def measures(
    session: Session,
    period: Period,
    *,
    months: Period | None,
    acknowledged: timedelta,
    promised: Mapping[int, timedelta],
) -> tuple[Measure, ...]:
    """All six in their order. `months`: the whole months of the period, for what is told by ethnic category; `acknowledged` and
    `promised`: within how long somebody is to have an escalation, and to be in contact, by every priority code."""
    both = (period, period.year_before)
    independence, housing, physical_health, work = (
        Measure(priority, need, *(_taken_on(session, days, need, destinations) for days in both))
        for priority, need, destinations in TAKEN_ON
    )
    return (
        Measure("crisis", "emergencies", *(_emergencies(session, days) for days in both)),
        Measure("crisis", "acknowledged", *(_acknowledged(session, days, acknowledged) for days in both)),
        independence,
        housing,
        *_black_communities(session, months, promised),
        physical_health,
        work,
    )


def _emergencies(session: Session, days: Period) -> Part:
    """Introductions whose priority is emergency or very urgent."""
    of_period = in_period(Introduction.submitted_at, days)
    query = select(number_of(Introduction.priority_code.in_((1, 4))), func.count()).where(of_period)
    return Part(*session.execute(query.select_from(Introduction)).one())


def _acknowledged(session: Session, days: Period, within: timedelta) -> Part:
    """Red flags that somebody had in time."""
    found = waits.for_acknowledgement(session, days, promised=within).get(Flag.RED)
    return found.in_time if found and found.in_time else Part(0, 0)


def _taken_on(session: Session, days: Period, need: str, destinations: Sequence[Destination]) -> Part:
    """Of the introductions that tell of the need, those that one of the destinations accepted."""
    fact = IntroductionFact
    accepted = select(Handover.introduction_reference).where(
        Handover.state == HandoverState.ACCEPTED, Handover.destination.in_(destinations)
    )
    query = select(number_of(fact.introduction_reference.in_(accepted)), func.count()).where(
        fact.name == "need", fact.value == need, in_period(fact.submitted_at, days)
    )
    return Part(*session.execute(query.select_from(fact)).one())


def _black_communities(
    session: Session, months: Period | None, promised: Mapping[int, timedelta]
) -> tuple[Measure, Measure]:
    """Who was reached in time: people from Black communities, and everybody."""
    if months is None:
        return Measure("black_communities", "reached", None, None), Measure(
            "black_communities", "reached_everybody", None, None
        )
    black, everybody = _reached_by_category(session, months, promised)
    black_before, everybody_before = _reached_by_category(session, months.year_before, promised)
    return (
        Measure("black_communities", "reached", black, black_before),
        Measure("black_communities", "reached_everybody", everybody, everybody_before),
    )


def _reached_by_category(
    session: Session, months: Period, promised: Mapping[int, timedelta]
) -> tuple[Part | None, Part]:
    total = counts.total(session, months).now
    asked = equality.answers(session, "ethnic_category", months, total=total)
    reached = _reached_in_time(session, months, promised)
    everybody = Part(sum(reached.values()), total)
    shown = group_total(asked, BLACK_COMMUNITIES, protected(asked))
    number = sum(count for category, count in reached.items() if category in BLACK_COMMUNITIES)
    if shown is None or is_small(number, shown - number, everybody.number - number):
        return None, everybody
    return Part(number, shown), everybody


def _reached_in_time(session: Session, months: Period, promised: Mapping[int, timedelta]) -> Mapping[str, int]:
    """{ethnic category: how many were reached in time}; those without one are under ""."""
    elapsed = seconds_between(Introduction.submitted_at, waits.first_contact(waits.REACHED))
    fact = IntroductionFact
    category = func.coalesce(fact.value, "")
    limit = case(
        *((Introduction.priority_code == code, within.total_seconds()) for code, within in promised.items()), else_=0.0
    )
    query = (
        select(category, func.count())
        .select_from(Introduction)
        .outerjoin(fact, and_(fact.introduction_reference == Introduction.reference, fact.name == "ethnic_category"))
        .where(
            in_period(Introduction.submitted_at, months),
            elapsed <= limit,
        )
        .group_by(category)
    )
    return {found: number for found, number in session.execute(query)}
