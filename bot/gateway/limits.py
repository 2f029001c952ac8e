"""How much one page may send: a brake on a stuck or hostile client, never on what is stored and screened."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

REMEMBERED = 10_000
"""Keys kept; the one unused longest goes first."""


class Limit:
    """At most `count` in any `period`, by key. Kept in memory: each gateway counts for itself."""

    def __init__(self, count: int, period: timedelta) -> None:
        self._count = count
        self._period = period
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def take(self, key: str, *, now: datetime) -> timedelta | None:
        """Count one for this key. None when it is within the limit, otherwise the time until one more is (it is not counted)."""
        with self._one_at_a_time:
            return self._take(key, now=now)

    def _take(self, key: str, *, now: datetime) -> timedelta | None:
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while len(self._times) > REMEMBERED:
            self._times.popitem(last=False)
        while times and times[0] <= now - self._period:
            times.popleft()
        if len(times) >= self._count:
            return times[0] + self._period - now
        times.append(now)
        return None
