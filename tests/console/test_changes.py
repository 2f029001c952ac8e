"""What tells an open page that something is new."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from spa import changes, escalations, introductions, staff
from spa.models import Conversation, Escalation, Introduction, Staff
from tests.console import factories
from tests.console.factories import NOW
from tests.serving import serving


@pytest.fixture
def stored(database):
    """An introduction and an escalation are there before anything changes."""
    with database.session() as session:
        factories.introduction(session)
        factories.escalation(session)


def claim(session):
    introductions.claim(session, session.scalars(select(Introduction)).one(), actor="amina", now=NOW)


def note_on_escalation(session):
    escalations.note(session, session.scalars(select(Escalation)).one(), actor="tom", text="Rang.", now=NOW)


def say_more(session):
    conversation = session.scalars(select(Conversation)).first()
    factories.talk(session, conversation, ("and the rent",), at=NOW)


def introduce(session):
    factories.introduction(session)


@pytest.mark.parametrize("change", [claim, note_on_escalation, introduce])
def test_mark_is_another_after_a_change(database, stored, change):
    with database.session() as session:
        before = changes.mark(session)
        change(session)
        assert changes.mark(session) != before


def test_mark_is_another_after_a_message(database):
    with database.session() as session:
        factories.escalation(session)
        before = changes.mark(session)
        say_more(session)
        assert changes.mark(session) != before


def test_mark_is_the_same_where_nothing_changed(database, stored):
    with database.reading() as first, database.reading() as second:
        assert changes.mark(first) == changes.mark(second)


@pytest.fixture
def login(database):
    with database.session() as session:
        amina = session.scalars(select(Staff).where(Staff.username == "amina")).one()
        return staff.open_login(session, amina, now=NOW)


@pytest.fixture
def lines(app, login) -> Iterator[Iterator[str]]:
    """The events' own lines as they arrive over real HTTP."""
    with (
        serving(app) as address,
        httpx.stream("GET", f"{address}/fragments/changes", cookies={"frontdoor-login": login}, timeout=10) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (line for line in answer.iter_lines() if line.startswith("event:"))


def test_stream_tells_of_a_change_that_another_process_made(lines, database):
    assert next(lines) == "event: changed"
    with database.session() as session:
        introduce(session)
    assert next(lines) == "event: changed"


def test_stream_ends_with_the_login(lines, database, login):
    next(lines)
    with database.session() as session:
        staff.end_login(session, login)
    assert list(lines) == []


def test_stream_does_not_count_as_use(lines, database, login, clock):
    next(lines)
    clock.forward(minutes=31)
    assert list(lines) == []
