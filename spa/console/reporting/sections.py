"""The sections of the report, and the days it is about as somebody asked for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from spa.console.reporting import conversations, destinations, equality, introductions, priorities, waits
from spa.console.reporting.tables import Table
from spa.reporting import period
from spa.reporting.period import Period


class UnreadablePeriod(ValueError):  # noqa: N818 - an answer, not a fault
    """The days asked for are not days, or not a period."""


@dataclass(frozen=True)
class Section:
    """One page of the report. `tables` are made from live data at the moment they are asked for."""

    title: str
    tables: Callable[[Session, Period, datetime], tuple[Table, ...]]


SECTIONS: Mapping[str, Section] = {
    "introductions": Section("Introductions", lambda session, days, now: introductions.tables(session, days)),
    "waits": Section("Waiting times", lambda session, days, now: waits.tables(session, days)),
    "conversations": Section("Conversations", lambda session, days, now: conversations.tables(session, days, now=now)),
    "destinations": Section("Destinations", lambda session, days, now: destinations.tables(session, days)),
    "equality": Section("Equality", lambda session, days, now: equality.tables(session, days, now=now)),
    "priorities": Section("Six priorities", lambda session, days, now: priorities.tables(session, days, now=now)),
}


def asked_for(first: str, last: str, *, now: datetime) -> Period:
    """From two dates as a form sends them; the last twelve months for none. Raises UnreadablePeriod."""
    usual = period.last_twelve_months(now)
    try:
        days = Period(
            date.fromisoformat(first) if first else usual.first, date.fromisoformat(last) if last else usual.last
        )
        days.year_before  # noqa: B018 - every table has it beside them, so it must be one too
    except ValueError as e:
        raise UnreadablePeriod from e
    return days


def offered(now: datetime) -> Mapping[str, Period]:
    """Periods that are asked for often."""
    return {
        "Last 12 months": period.last_twelve_months(now),
        "This financial year": period.financial_year(now),
        "Last financial year": period.financial_year(now, back=1),
    }
