"""Where introductions were sent on to, and whether that took them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spa.models import Destination, Handover, HandoverState
from spa.reporting.comparison import Compared
from spa.reporting.counts import in_either, in_period, number_of
from spa.reporting.period import Period


@dataclass(frozen=True)
class Sent:
    """Hand-overs to one destination: how many, beside the year before, and what came of those of this period."""

    number: Compared = field(default_factory=Compared)
    accepted: int = 0
    declined: int = 0
    waiting: int = 0


def by_destination(session: Session, period: Period) -> Mapping[Destination, Sent]:
    """Every destination there is, those that nobody was sent to as well. By the day on which they were sent."""
    sent, state = Handover.sent_at, Handover.state
    now, before = in_period(sent, period), in_period(sent, period.year_before)
    answers = (HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.WAITING)
    query = (
        select(
            Handover.destination,
            number_of(now),
            number_of(before),
            *(number_of(now & (state == one)) for one in answers),
        )
        .where(in_either(sent, period))
        .group_by(Handover.destination)
    )
    found = {
        destination: Sent(Compared(*numbers[:2]), *numbers[2:]) for destination, *numbers in session.execute(query)
    }
    return {destination: found.get(destination, Sent()) for destination in Destination}


def total(sent: Mapping[Destination, Sent]) -> Sent:
    """All of them together."""
    rows = sent.values()
    return Sent(
        Compared(sum(row.number.now for row in rows), sum(row.number.before for row in rows)),
        accepted=sum(row.accepted for row in rows),
        declined=sum(row.declined for row in rows),
        waiting=sum(row.waiting for row in rows),
    )


def people(session: Session, period: Period) -> int:
    """How many introductions they were of: one may go to several destinations."""
    distinct = func.count(func.distinct(Handover.introduction_reference))
    return session.scalar(select(distinct).where(in_period(Handover.sent_at, period))) or 0
