"""Hours in which nobody is sent a text that they did not ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE = "Europe/London"
"""The hours are those of the people who get the texts."""
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class QuietHoursError(ValueError):
    """The hours are not written as 21:00-08:00; the message names the setting."""


@dataclass(frozen=True)
class QuietHours:
    """From `begin` until `end`, every day, perhaps past midnight. The same time twice: there are none."""

    begin: time
    end: time

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """ "21:00-08:00"; an empty text means none. Raises QuietHoursError."""
        found = _HOURS.fullmatch(text.strip() or "00:00-00:00")
        if found is None:
            raise QuietHoursError("FRONTDOOR_QUIET_HOURS is written like 21:00-08:00")
        numbers = [int(number) for number in found.groups()]
        return cls(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))

    def over_at(self, now: datetime) -> datetime | None:
        """When the quiet that holds at `now` (aware) is over, in the zone of `now`; None where there is none."""
        local = now.astimezone(ZoneInfo(PLACE))
        clock = local.time()
        past_midnight = self.begin > self.end
        quiet = clock >= self.begin or clock < self.end if past_midnight else self.begin <= clock < self.end
        if not quiet:
            return None
        day = local.date() + timedelta(days=past_midnight and clock >= self.begin)
        return datetime.combine(day, self.end, local.tzinfo).astimezone(now.tzinfo)
