"""Tries to reach somebody: written as a note with its date, read back as how often and when next.

A note of a try says so in its last line, so that it needs no table of its own and reads well in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spa.console.times import london, weekday
from spa.console.wording import CONTACT_RESULTS
from spa.models import IntroductionAction, IntroductionEvent

PREFIX = "Contact: "
NEXT = "Next try: "


@dataclass(frozen=True)
class Tries:
    """How often somebody tried, what came of the last, and the day of the next (None: none set). `late`: that day is over."""

    count: int
    last_at: datetime | None
    last: str
    next_on: date | None
    late: bool


def note(words: str, next_on: date | None) -> str:
    """A try as it is written into the history."""
    return f"{PREFIX}{words}" + (f"\n{NEXT}{next_on.isoformat()}" if next_on else "")


def shown(text: str) -> str:
    """A note as people read it: the day of the next try in words."""
    lines = text.splitlines()
    on = _day_of(lines)
    return "\n".join([*lines[:-1], f"{NEXT}{weekday(on)}"]) if on else text


def of(events: Sequence[IntroductionEvent], *, now: datetime) -> Tries:
    """From the history of an introduction; a try that reached them ends the trying."""
    made = [event for event in events if _is_try(event)]
    if not made:
        return Tries(0, None, "", None, False)
    lines = (made[-1].note or "").splitlines()
    on = _day_of(lines)
    last = lines[0].removeprefix(PREFIX)
    return Tries(len(made), made[-1].at, last, on, bool(on and on < now.astimezone(london()).date()))


def _is_try(event: IntroductionEvent) -> bool:
    noted = event.action in (IntroductionAction.STATUS, IntroductionAction.NOTED)
    words = (event.note or "").removeprefix(PREFIX)
    return noted and (event.note or "").startswith(PREFIX) and words.startswith(tuple(CONTACT_RESULTS.values()))


def _day_of(lines: Sequence[str]) -> date | None:
    if not lines or not lines[0].startswith(PREFIX) or not lines[-1].startswith(NEXT):
        return None
    try:
        return date.fromisoformat(lines[-1].removeprefix(NEXT))
    except ValueError:
        return None
