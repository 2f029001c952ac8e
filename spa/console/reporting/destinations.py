"""Where introductions were sent on to, and whether that took them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from spa.console import wording
from spa.console.reporting.tables import Cell, Table, compared, count, named, share
from spa.models import Destination
from spa.reporting import destinations
from spa.reporting.comparison import Part
from spa.reporting.destinations import Sent
from spa.reporting.period import Period

COLUMNS = (
    "Destination",
    "This period",
    "Year before",
    "Change",
    "Accepted",
    "Declined",
    "No answer yet",
    "Of answers, accepted",
)


def tables(session: Session, period: Period) -> tuple[Table, ...]:
    """The section's table: every destination there is, home treatment, Treehouse, talking therapies and focused support too."""
    found = destinations.by_destination(session, period)
    rows = [_row(words, found[Destination(code)]) for code, words in wording.DESTINATIONS.items()]
    rows.append(_row("All", destinations.total(found)))
    people = destinations.people(session, period)
    note = (
        f"Hand-overs by the day on which they were sent: {people:,} introductions. One may go to several destinations."
    )
    return (Table("by_destination", "By destination", COLUMNS, tuple(rows), note, (1, 2)),)


def _row(name: str, sent: Sent) -> tuple[Cell, ...]:
    answers = (count(sent.accepted), count(sent.declined), count(sent.waiting))
    return named(name, *compared(sent.number), *answers, share(Part(sent.accepted, sent.accepted + sent.declined)))
