"""What destinations answer, and that nobody is lost between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from spa import handovers, introductions
from spa.database import Database
from spa.models import Destination, Handover, Introduction
from tests.spa import factories
from tests.spa.factories import NOW, minutes

ON = date(2026, 11, 24)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as session:
        yield session


@pytest.fixture
def routed(session: Session) -> Introduction:
    """To talking therapies."""
    made = factories.introduction(session)
    introductions.route(session, made, "talking_therapies", actor="amina", now=NOW)
    return made


def answer(session: Session, made: Introduction, handover: Handover, state: str, words: str) -> None:
    handovers.answer(session, made, handover, state, on=ON, words=words, actor="amina", now=minutes(5), note="Full")


@pytest.mark.parametrize("destination", list(Destination))
def test_every_destination_waits_for_an_answer_once_routed(session: Session, destination: Destination) -> None:
    made = factories.introduction(session)
    introductions.route(session, made, destination, actor="amina", now=NOW)
    assert [(one.destination, one.state, one.sent_by) for one in handovers.of(session, made)] == [
        (destination, "waiting", "amina")
    ]


def test_an_acceptance_is_kept_with_its_day_and_who_recorded_it(session: Session, routed: Introduction) -> None:
    (sent,) = handovers.of(session, routed)
    answer(session, routed, sent, "accepted", "Accepted by talking therapies")
    assert (sent.state, sent.answered_on, sent.answered_by, sent.note) == ("accepted", ON, "amina", "Full")
    assert routed.status == "routed"
    assert routed.events[-1].note == "Accepted by talking therapies. Full"


def test_an_introduction_that_was_declined_is_in_review_again(session: Session, routed: Introduction) -> None:
    (sent,) = handovers.of(session, routed)
    answer(session, routed, sent, "declined", "Declined by talking therapies")
    assert (routed.status, routed.document["status"]) == ("in_review", "in_review")
    assert routed.events[-1].note == "Declined by talking therapies. Full"


def test_an_introduction_that_another_destination_may_take_stays_routed(session: Session, routed: Introduction) -> None:
    introductions.route(session, routed, "gp", actor="amina", now=minutes(1))
    answer(session, routed, handovers.of(session, routed)[1], "declined", "Declined by talking therapies")
    assert routed.status == "routed"


def test_waiting_are_listed_oldest_first_and_by_destination(session: Session, routed: Introduction) -> None:
    other = factories.introduction(session)
    introductions.route(session, other, "gp", actor="amina", now=minutes(1))
    listed = [introduction.reference for _, introduction in handovers.waiting(session, limit=10)]
    assert listed == [routed.reference, other.reference]
    (only,) = handovers.waiting(session, destination="gp", limit=10)
    assert only[1].reference == other.reference


def test_a_hand_over_of_another_introduction_is_not_found(session: Session, routed: Introduction) -> None:
    (sent,) = handovers.of(session, routed)
    assert handovers.by_id(session, routed, sent.id) is sent
    assert handovers.by_id(session, factories.introduction(session), sent.id) is None


def test_an_answer_without_a_person_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        made = factories.introduction(session)
        introductions.route(session, made, "gp", actor="amina", now=NOW)
        handovers.of(session, made)[0].state = "accepted"  # type: ignore[assignment]
