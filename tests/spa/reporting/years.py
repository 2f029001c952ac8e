"""The days that these tests report on."""

from datetime import UTC, date, datetime

from spa.reporting.period import Period

YEAR = Period(date(2025, 12, 1), date(2026, 11, 23))
"""The twelve months to the day of tests.spa.factories.NOW."""


def at(month: int, day: int, *, year: int = 2026, hour: int = 12) -> datetime:
    """A moment, in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


IN_MARCH = at(3, 4)
