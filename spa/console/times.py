"""Moments as staff read them: Europe/London, NHS style, with how long ago they were."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def london() -> ZoneInfo:
    """The zone every time on the screen is in; read on first use, not at import."""
    return ZoneInfo("Europe/London")


def moment(value: datetime | str) -> datetime:
    """An aware datetime from one, or from the ISO text of a document. Raises ValueError for anything else."""
    parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def clock(value: datetime | str) -> str:
    """ "9:56pm"; noon and midnight in words, as in the NHS content style."""
    local = moment(value).astimezone(london())
    if local.minute == 0 and local.hour in (0, 12):
        return "midnight" if local.hour == 0 else "midday"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def stamp(value: datetime | str) -> str:
    """ "Monday 23 November 2026, 9:56pm"."""
    local = moment(value).astimezone(london())
    return f"{local:%A} {local.day} {local:%B %Y}, {clock(local)}"


def short_stamp(value: datetime | str) -> str:
    """ "23 Nov 2026, 9:56pm"."""
    local = moment(value).astimezone(london())
    return f"{local.day} {local:%b %Y}, {clock(local)}"


def day(value: datetime | str) -> str:
    """ "Mon 21 Dec"."""
    local = moment(value).astimezone(london())
    return f"{local:%a} {local.day} {local:%b}"


def weekday(value: date) -> str:
    """ "Mon 21 Dec", of a date alone."""
    return f"{value:%a} {value.day} {value:%b}"


def near_stamp(value: datetime | str, now: datetime) -> str:
    """As short as it can be: "9:56pm" today, "tomorrow 9am", otherwise with the date."""
    local = moment(value).astimezone(london())
    days = (local.date() - now.astimezone(london()).date()).days
    names = {-1: "yesterday ", 0: "", 1: "tomorrow "}
    return f"{names[days]}{clock(local)}" if days in names else f"{day(local)}, {clock(local)}"


def long_date(value: date | str) -> str:
    """ "3 April 1991"."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {day:%B %Y}"


def years_old(born: date | str, now: datetime) -> int:
    """Whole years on today's date in London."""
    day = date.fromisoformat(born) if isinstance(born, str) else born
    today = now.astimezone(london()).date()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def span(length: timedelta) -> str:
    """ "under a minute", "5 minutes", "1 hour 20 minutes", "3 days"; the largest units only."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    hours, days = minutes // 60, minutes // (24 * 60)
    if hours < 1:
        return _counted(minutes, "minute")
    if hours < 6 and minutes % 60:
        return f"{_counted(hours, 'hour')} {_counted(minutes % 60, 'minute')}"
    return _counted(days, "day") if days >= 2 else _counted(hours, "hour")


def ago(value: datetime | str, now: datetime) -> str:
    """ "5 minutes ago"; "just now" within the last minute."""
    length = now - moment(value)
    return "just now" if length < timedelta(minutes=1) else f"{span(length)} ago"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
