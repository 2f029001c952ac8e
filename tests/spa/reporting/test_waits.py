"""How long people waited for a contact and escalations for a person, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.crisis.assessment import Flag
from spa import escalations, introductions
from spa.database import Database
from spa.reporting import waits
from spa.reporting.comparison import Part
from spa.reporting.elapsed import Spread
from tests.spa import factories
from tests.spa.reporting.years import IN_MARCH, YEAR, at

PROMISED = {2: timedelta(hours=24)}
HOUR = 3600.0


def reached(session: Session, *, after: float | None, status: str = "in_contact") -> None:
    """An urgent one, with somebody in this status so many hours later (None: never)."""
    came = at(3, 4)
    made = factories.introduction(session, now=came, priority=2)
    if after is not None:
        introductions.set_status(session, made, status, actor="amina", now=came + timedelta(hours=after))


def alarm(session: Session, *, flag: str, after: float | None, opened: datetime = IN_MARCH) -> None:
    """One that somebody had so many minutes later (None: nobody has)."""
    found = factories.alarm(session, factories.conversation(session, now=opened), flag=flag, now=opened)
    if after is not None:
        escalations.acknowledge(session, found, actor="tom", via="console", now=opened + timedelta(minutes=after))


def test_contact_has_a_middle_a_slow_end_and_a_part_in_time(database: Database) -> None:
    with database.session() as session:
        for hours in (1, 2, 3, 48, None):
            reached(session, after=hours)
    with database.reading() as session:
        wait = waits.for_contact(session, YEAR, promised=PROMISED, reached=True)[2]
    assert wait.spread is not None
    assert wait.spread.count == 4
    assert wait.spread.middle == pytest.approx(2 * HOUR, abs=0.01)
    assert wait.spread.slow == pytest.approx(48 * HOUR, abs=0.01)
    assert (wait.number, wait.in_time) == (5, Part(3, 5))


def test_a_try_is_no_contact_but_counts_as_a_try(database: Database) -> None:
    with database.session() as session:
        reached(session, after=2, status="contact_attempted")
    with database.reading() as session:
        assert waits.for_contact(session, YEAR, promised=PROMISED, reached=True)[2].spread is None
        tried = waits.for_contact(session, YEAR, promised=PROMISED, reached=False)[2]
    assert tried.in_time == Part(1, 1)


def test_a_priority_without_a_promise_has_no_part_in_time(database: Database) -> None:
    with database.session() as session:
        factories.introduction(session, now=at(3, 4), priority=1)
    with database.reading() as session:
        assert waits.for_contact(session, YEAR, promised=PROMISED, reached=True)[1] == waits.Wait(None, 1, None)


def test_escalations_are_timed_by_flag_and_those_that_nobody_has_are_not_in_time(database: Database) -> None:
    with database.session() as session:
        for minutes in (1, 4, 30, None):
            alarm(session, flag="red", after=minutes)
        alarm(session, flag="amber", after=60)
        alarm(session, flag="red", after=1, opened=at(3, 4, year=2025))
    with database.reading() as session:
        found = waits.for_acknowledgement(session, YEAR, promised=timedelta(minutes=5))
    assert (found[Flag.RED].number, found[Flag.RED].in_time) == (4, Part(2, 4))
    assert found[Flag.AMBER].in_time == Part(0, 1)
    amber = found[Flag.AMBER].spread
    assert isinstance(amber, Spread) and amber.middle == pytest.approx(HOUR, abs=0.01)


def test_the_first_acknowledgement_counts_though_the_alarm_was_raised_again(database: Database) -> None:
    with database.session() as session:
        about = factories.conversation(session, now=at(3, 4))
        found = factories.alarm(session, about, level="passive_low", flag="amber", now=at(3, 4))
        escalations.acknowledge(session, found, actor="tom", via="console", now=at(3, 4) + timedelta(minutes=2))
        factories.alarm(session, about, level="crisis_active", flag="red", now=at(3, 5))
        escalations.acknowledge(session, found, actor="tom", via="console", now=at(3, 6))
    with database.reading() as session:
        wait = waits.for_acknowledgement(session, YEAR, promised=timedelta(minutes=5))[Flag.RED]
    assert wait.in_time == Part(1, 1)
