"""Days of London's calendar, the year before, whole months."""

from datetime import UTC, date, datetime

import pytest

from spa.reporting import period
from spa.reporting.period import Period

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_period_begins_and_ends_at_londons_midnights():
    summer = Period(date(2026, 7, 1), date(2026, 7, 31))
    assert summer.start == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert summer.end == datetime(2026, 7, 31, 23, tzinfo=UTC)


def test_period_over_a_change_of_clocks_has_the_right_end():
    assert Period(date(2026, 10, 25), date(2026, 10, 25)).end == datetime(2026, 10, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 2, 2), date(2026, 2, 1)), (date(2016, 1, 1), date(2026, 1, 1))], ids=str
)
def test_period_that_is_backwards_or_endless_is_refused(first, last):
    with pytest.raises(ValueError, match="a period ends after it begins"):
        Period(first, last)


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_period_of_a_year_that_nobody_means_is_refused(year):
    with pytest.raises(ValueError, match="1900"):
        Period(date(year, 3, 1), date(year, 3, 31))


def test_period_of_the_last_year_has_an_end():
    assert Period(date(2999, 12, 1), date(2999, 12, 31)).end == datetime(3000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), True),
        (date(2024, 2, 1), date(2024, 2, 28), False),
        (date(2024, 2, 2), date(2024, 2, 29), False),
        (date(2024, 1, 1), date(2024, 2, 29), False),
    ],
)
def test_period_knows_whether_it_is_a_whole_month(first, last, whole):
    assert Period(first, last).is_whole_month is whole


def test_period_a_year_before_a_leap_day():
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).year_before == Period(date(2023, 2, 28), date(2023, 2, 28))


def test_period_is_cut_into_months_with_parts_at_its_ends():
    months = Period(date(2026, 1, 15), date(2026, 3, 2)).months
    assert [(month.first, month.last) for month in months] == [
        (date(2026, 1, 15), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 2)),
    ]


def test_whole_months_are_those_that_are_whole_and_over():
    days = Period(date(2026, 1, 15), date(2026, 4, 30))
    assert days.whole_months(today=date(2026, 4, 30)) == Period(date(2026, 2, 1), date(2026, 3, 31))
    assert days.whole_months(today=date(2026, 5, 1)) == Period(date(2026, 2, 1), date(2026, 4, 30))


def test_whole_months_of_less_than_one_are_none():
    assert Period(date(2026, 1, 2), date(2026, 1, 31)).whole_months(today=date(2026, 9, 1)) is None


def test_last_twelve_months_end_today():
    assert period.last_twelve_months(NOW) == Period(date(2025, 12, 1), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("now", "back", "first", "last"),
    [
        (NOW, 0, date(2026, 4, 1), date(2026, 11, 23)),
        (NOW, 1, date(2025, 4, 1), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 12, tzinfo=UTC), 0, date(2025, 4, 1), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), 0, date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
def test_financial_year_begins_on_the_first_of_april(now, back, first, last):
    assert period.financial_year(now, back=back) == Period(first, last)
