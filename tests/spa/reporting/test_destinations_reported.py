"""Where introductions went and what came of that, on both databases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from spa import handovers, introductions
from spa.database import Database
from spa.models import Destination, Introduction
from spa.reporting import destinations
from spa.reporting.comparison import Compared
from tests.spa import factories
from tests.spa.reporting.years import IN_MARCH, YEAR, at


def sent(session: Session, destination: str, *, moment: datetime = IN_MARCH, state: str = "") -> Introduction:
    """One that went there, and what was answered."""
    made = factories.introduction(session, now=moment)
    introductions.route(session, made, destination, actor="amina", now=moment)
    if state:
        (only,) = handovers.of(session, made)
        handovers.answer(session, made, only, state, on=date(2026, 3, 5), words="Told", actor="amina", now=moment)
    return made


def test_every_destination_has_a_row(database: Database) -> None:
    with database.reading() as session:
        assert list(destinations.by_destination(session, YEAR)) == list(Destination)


def test_a_destination_is_counted_with_what_it_answered(database: Database) -> None:
    with database.session() as session:
        for state in ("accepted", "accepted", "declined", ""):
            sent(session, "treehouse", state=state)
        sent(session, "treehouse", moment=at(3, 4, year=2025), state="accepted")
    with database.reading() as session:
        row = destinations.by_destination(session, YEAR)[Destination.TREEHOUSE]
    assert row == destinations.Sent(Compared(4, 1), accepted=2, declined=1, waiting=1)


def test_an_introduction_that_went_to_two_is_two_hand_overs_of_one(database: Database) -> None:
    with database.session() as session:
        introductions.route(session, sent(session, "gp"), "treehouse", actor="amina", now=at(3, 6))
    with database.reading() as session:
        assert destinations.total(destinations.by_destination(session, YEAR)).number.now == 2
        assert destinations.people(session, YEAR) == 1
