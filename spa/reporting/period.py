"""The days a report is about, as London's calendar has them, and the same days a year earlier."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=5 * 366)
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included. Raises ValueError where they are the wrong way round, too far apart, or of a
    year that nobody means (a slip of the finger)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.last - self.first <= LONGEST:
            raise ValueError("a period ends after it begins, and is at most five years long")
        if self.first.year < FIRST_YEAR or self.last.year > LAST_YEAR:
            raise ValueError(f"a period is between {FIRST_YEAR} and {LAST_YEAR}")

    @property
    def start(self) -> datetime:
        """The first moment of it, in UTC."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return midnight(self.last + timedelta(days=1))

    @property
    def year_before(self) -> Period:
        """The same days one year earlier."""
        return Period(_year_before(self.first), _year_before(self.last))

    @property
    def months(self) -> tuple[Period, ...]:
        """Its calendar months; the first and the last may be parts of one."""
        found, first = [], self.first
        while first <= self.last:
            found.append(Period(first, min(_month_end(first), self.last)))
            first = _month_end(first) + timedelta(days=1)
        return tuple(found)

    @property
    def is_whole_month(self) -> bool:
        """Whether it is one calendar month from its first day to its last."""
        return self.first.day == 1 and self.last == _month_end(self.first)

    def whole_months(self, *, today: date) -> Period | None:
        """Those of its months that it holds from their first to their last day and that are over; None where there are none."""
        whole = [month for month in self.months if month.is_whole_month and month.last < today]
        return Period(whole[0].first, whole[-1].last) if whole else None


def midnight(day: date) -> datetime:
    """The moment at which a day begins in London, in UTC."""
    return datetime.combine(day, time(), tzinfo=_london()).astimezone(UTC)


def today(now: datetime) -> date:
    """The day it is in London."""
    return now.astimezone(_london()).date()


def last_twelve_months(now: datetime) -> Period:
    """Today's month so far and the eleven before it."""
    day = today(now)
    month = day.year * 12 + day.month - 1 - 11
    return Period(date(month // 12, month % 12 + 1, 1), day)


def financial_year(now: datetime, *, back: int = 0) -> Period:
    """From 1 April to today, or a whole one that many years back."""
    day = today(now)
    first = date(day.year - (day < date(day.year, 4, 1)) - back, 4, 1)
    return Period(first, min(day, date(first.year + 1, 3, 31)))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year_before(day: date) -> date:
    """29 February has 28 February before it."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@cache
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")
