"""Quiet hours in London time, whatever the season."""

from datetime import UTC, datetime

import pytest

from spa.quiet import QuietHours, QuietHoursError

NIGHT = QuietHours.parse("21:00-08:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("now, over", [
    ("2026-11-23T20:59", None), ("2026-11-23T21:00", "2026-11-24T08:00"), ("2026-11-24T03:00", "2026-11-24T08:00"),
    ("2026-11-24T07:59", "2026-11-24T08:00"), ("2026-11-24T08:00", None),
    ("2026-07-01T20:30", "2026-07-02T07:00"), ("2026-07-02T06:59", "2026-07-02T07:00"), ("2026-07-02T07:00", None),
    ("2026-10-24T22:00", "2026-10-25T08:00"),  # the night the clocks go back
])  # fmt: skip
def test_a_night_ends_in_the_morning_of_london(now: str, over: str | None) -> None:
    assert NIGHT.over_at(at(now)) == (at(over) if over else None)


@pytest.mark.parametrize(
    "now, over", [("2026-11-23T12:59", None), ("2026-11-23T13:30", "2026-11-23T14:00"), ("2026-11-23T14:00", None)]
)
def test_hours_within_a_day(now: str, over: str | None) -> None:
    assert QuietHours.parse("13:00-14:00").over_at(at(now)) == (at(over) if over else None)


@pytest.mark.parametrize("text", ["", " ", "08:00-08:00"])
def test_no_quiet_hours(text: str) -> None:
    assert QuietHours.parse(text).over_at(at("2026-11-24T03:00")) is None


@pytest.mark.parametrize("text", ["21-8", "21:00", "25:00-08:00", "nine"])
def test_other_writings_are_refused_with_the_name_of_the_setting(text: str) -> None:
    with pytest.raises(QuietHoursError, match="FRONTDOOR_QUIET_HOURS"):
        QuietHours.parse(text)
