"""Introductions counted by month, priority and fact, beside the year before, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from spa.database import Database
from spa.reporting import counts
from spa.reporting.comparison import Compared
from spa.reporting.period import Period
from tests.spa import factories
from tests.spa.reporting.years import YEAR, at


@pytest.fixture
def filled(database: Database) -> Database:
    """Three this year, two of them urgent and about money; two the year before; one long ago."""
    money = [{"domain": "money", "source": "heard"}, {"domain": "housing", "source": "heard"}]
    with database.session() as session:
        for moment in (at(3, 4), at(3, 9)):
            factories.introduction(session, now=moment, priority=2, needs=money)
        factories.introduction(session, now=at(11, 23))
        for moment in (at(3, 4, year=2025), at(12, 2, year=2024)):
            factories.introduction(session, now=moment, needs=money)
        factories.introduction(session, now=at(3, 4, year=2020))
    return database


def test_total_stands_beside_the_year_before(filled: Database) -> None:
    with filled.reading() as session:
        assert str(counts.total(session, YEAR)) == "3, up 50 %"


def test_months_stand_beside_the_same_months_of_the_year_before(filled: Database) -> None:
    with filled.reading() as session:
        months = counts.by_month(session, YEAR)
    found = {(month.days.first.year, month.days.first.month): month.introductions for month in months}
    assert len(months) == 12
    assert found[2025, 12] == Compared(0, 1)
    assert found[2026, 3] == Compared(2, 1)
    assert found[2026, 11] == Compared(1, 0)
    assert sum(both.now for both in found.values()) == 3


@pytest.mark.parametrize(
    ("moment", "month"), [(datetime(2026, 6, 30, 22, 59, tzinfo=UTC), 6), (datetime(2026, 6, 30, 23, tzinfo=UTC), 7)]
)
def test_a_month_begins_at_londons_midnight(database: Database, moment: datetime, month: int) -> None:
    with database.session() as session:
        factories.introduction(session, now=moment)
    with database.reading() as session:
        (found,) = [part for part in counts.by_month(session, YEAR) if part.introductions.now]
    assert found.days.first.month == month


def test_priorities_are_counted(filled: Database) -> None:
    with filled.reading() as session:
        assert counts.by_priority(session, YEAR) == {2: Compared(2, 0), 3: Compared(1, 2)}


def test_each_need_counts_and_each_introduction_once_under_it(filled: Database) -> None:
    with filled.reading() as session:
        assert counts.by_fact(session, "need", YEAR) == {"housing": Compared(3, 2), "money": Compared(2, 2)}


def test_statuses_are_counted(filled: Database) -> None:
    with filled.reading() as session:
        assert counts.by_status(session, YEAR) == {"new": Compared(3, 2)}


def test_a_day_without_anything_has_nothing(filled: Database) -> None:
    with filled.reading() as session:
        assert counts.total(session, Period(date(2026, 5, 1), date(2026, 5, 1))) == Compared(0, 0)
