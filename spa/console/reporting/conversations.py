"""Who finished the conversation, and at which question the others stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.intake import questions
from spa.console import wording
from spa.console.reporting.tables import Cell, Table, count, named, share
from spa.reporting import conversations
from spa.reporting.comparison import Part
from spa.reporting.conversations import Completion
from spa.reporting.period import Period


def tables(session: Session, period: Period, *, now: datetime) -> tuple[Table, ...]:
    """The section's tables."""
    return _completion(session, period, now=now), _stops(session, period, now=now)


def _completion(session: Session, period: Period, *, now: datetime) -> Table:
    found = conversations.completion(session, period, now=now)
    by_channel = [(words, found.get(code, Completion(0, 0, 0))) for code, words in wording.CHANNELS.items()]
    numbers = [one for _, one in by_channel]
    whole = Completion(*(sum(getattr(one, part) for one in numbers) for part in ("started", "sent", "going_on")))
    rows = tuple(
        named(words, count(one.started), count(one.sent), count(one.stopped), count(one.going_on), share(one.completed))
        for words, one in (*by_channel, ("All", whole))
    )
    columns = ("Channel", "Started", "Sent", "Stopped", "Going on", "Completed")
    note = "Stopped: not sent, and nothing more for 24 hours. Completed: sent, of those that are not going on."
    return Table("completion", "Conversations completed", columns, rows, note, (2, 3))


def _stops(session: Session, period: Period, *, now: datetime) -> Table:
    found = conversations.stops(session, period, now=now)
    known = questions.load()
    order = [*(ask for ask in known.asks if ask in found), *sorted(ask for ask in found if ask not in known)]
    rows = tuple(_stop(known[ask].own.short if ask in known else ask, found[ask]) for ask in order)
    note = "In the order in which they are asked. Not everybody is asked each: some depend on earlier answers."
    return Table("stops", "Where people stop", ("Question", "Asked", "Stopped here", "Drop-off"), rows, note, (2,))


def _stop(question: str, part: Part) -> tuple[Cell, ...]:
    return named(question, count(part.of), count(part.number), share(part))
