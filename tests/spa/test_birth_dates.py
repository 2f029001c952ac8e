"""Which earlier conversations a date of birth takes up, and how often one may be tried."""

from datetime import timedelta

import pytest

from spa import birth_dates, conversations, retention
from spa.database import Database
from spa.models import BirthDateTry, Conversation
from tests.spa.factories import NOW, PHONE, conversation

BORN = {"answers": {"date_of_birth": {"value": "1984-11-12", "status": "given", "words": None}}}


@pytest.fixture
def known(database: Database) -> Conversation:
    """A phone's conversation in which the date was given."""
    with database.session() as session:
        made = conversation(session, channel="sms")
        made.draft = BORN
        return made


@pytest.mark.parametrize("state, found", [
    ("open", True), ("ended", True), ("submitted", True), ("withdrawn", False), ("forgotten", False),
])  # fmt: skip
def test_what_may_be_gone_on_with(database: Database, known: Conversation, state: str, found: bool) -> None:
    with database.session() as session:
        session.get_one(Conversation, known.id).state = state
    with database.reading() as session:
        assert bool(birth_dates.earlier(session, PHONE, besides=None)) is found
        assert birth_dates.earlier(session, "+447700900777", besides=None) == []


def test_what_was_blanked_or_ended_by_an_answer_is_gone(database: Database, known: Conversation) -> None:
    with database.session() as session:
        row = session.get_one(Conversation, known.id)
        row.draft = {**BORN, "state": "ended"}
        assert birth_dates.earlier(session, PHONE, besides=None) == []
        conversations.blank(session, row, now=NOW)
        assert birth_dates.earlier(session, PHONE, besides=None) == []


def test_the_date_must_be_the_same(database: Database, known: Conversation) -> None:
    assert birth_dates.matching([known], "1984-11-12") is known
    assert birth_dates.matching([known], "1984-12-11") is None


def test_tries_are_counted_by_phone_for_a_day(database: Database) -> None:
    with database.session() as session:
        for _ in range(birth_dates.TRIES):
            assert birth_dates.may_try(session, PHONE, now=NOW)
            birth_dates.count_try(session, PHONE, now=NOW)
        assert not birth_dates.may_try(session, PHONE, now=NOW + timedelta(hours=23))
        assert birth_dates.may_try(session, "+447700900777", now=NOW)
        assert birth_dates.may_try(session, PHONE, now=NOW + timedelta(days=1))


def test_old_tries_are_removed(database: Database) -> None:
    with database.session() as session:
        birth_dates.count_try(session, PHONE, now=NOW)
        retention.enforce(session, now=NOW + timedelta(days=1), draft_days=30, transcript_days=365)
        assert session.query(BirthDateTry).count() == 0
