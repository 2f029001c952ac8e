"""The clinical response priority of an introduction in plain words, and when a first response is due.

Codes and times are those of the Mental Health Services Data Set (MHSDS): 1 emergency, 4 very urgent, 2 urgent, 3 routine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from spa.console.times import day, near_stamp, span

WAITING = frozenset({"new", "in_review", "contact_attempted"})
SOON = 0.75
"""The part of the time gone after which a response is due soon."""
FAR = timedelta(days=2)


@dataclass(frozen=True)
class Priority:
    """`within` is the time to a first response; `colour` a tag colour of the NHS design system."""

    code: int
    name: str
    within: timedelta
    promise: str
    colour: str


PRIORITIES: Mapping[int, Priority] = {
    1: Priority(1, "Emergency", timedelta(0), "respond now", "red"),
    4: Priority(4, "Very urgent", timedelta(hours=4), "respond within 4 hours", "orange"),
    2: Priority(2, "Urgent", timedelta(hours=24), "respond within 24 hours", "yellow"),
    3: Priority(3, "Routine", timedelta(weeks=4), "respond within 4 weeks", "blue"),
}


@dataclass(frozen=True)
class Due:
    """Whether a first response is still owed. `state`: met, in_time, soon or overdue."""

    state: str
    words: str


def due(code: int, *, since: datetime, status: str, now: datetime) -> Due:
    """How an introduction stands against its priority, counted from `since` (when that priority was given)."""
    if status not in WAITING:
        return Due("met", "")
    within = PRIORITIES[code].within
    deadline = since + within
    if within == timedelta(0):
        return Due("overdue", f"Respond now: waiting {span(now - since)}")
    if now >= deadline:
        return Due("overdue", f"Overdue by {span(now - deadline)}")
    state = "soon" if now >= since + within * SOON else "in_time"
    if deadline - now > FAR:
        return Due(state, f"Due {day(deadline)}")
    return Due(state, f"Due {near_stamp(deadline, now)}, in {span(deadline - now)}")
