"""The six priorities and their measures, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from spa import handovers, introductions
from spa.database import Database
from spa.models import Introduction
from spa.reporting import priorities
from spa.reporting.comparison import Part
from spa.reporting.priorities import Measure
from tests.spa import factories
from tests.spa.reporting.years import YEAR, at

PROMISED = {code: timedelta(days=1) for code in (1, 2, 3, 4)}


def measured(database: Database) -> dict[str, Measure]:
    months = YEAR.whole_months(today=date(2026, 11, 23))
    with database.reading() as session:
        found = priorities.measures(session, YEAR, months=months, acknowledged=timedelta(minutes=5), promised=PROMISED)
    return {measure.measure: measure for measure in found}


def introduced(
    session: Session, *, ethnic: str | None = None, reached: bool = False, **changes: object
) -> Introduction:
    """One of March; somebody was reached within the hour, or nobody was."""
    equality = {"equality": {"ethnic_category": ethnic}} if ethnic else {}
    made = factories.introduction(session, now=at(3, 4), **equality, **changes)
    if reached:
        introductions.set_status(session, made, "in_contact", actor="amina", now=at(3, 4) + timedelta(hours=1))
    return made


def test_all_six_priorities_have_a_measure(database: Database) -> None:
    found = {measure.priority for measure in measured(database).values()}
    assert found == {"crisis", "independence", "housing", "black_communities", "physical_health", "work"}


@pytest.mark.parametrize(
    ("need", "destination", "counts"),
    [("housing", "housing_or_voluntary_sector", True), ("housing", "gp", False), ("daily_living", "treehouse", True),
     ("physical_health", "gp", True), ("work_learning", "short_term_support", True)],
)  # fmt: skip
def test_a_need_is_met_where_the_right_destination_accepts(
    database: Database, need: str, destination: str, counts: bool
) -> None:
    with database.session() as session:
        made, _ = (introduced(session, needs=[{"domain": need, "source": "heard"}]) for _ in range(2))
        introductions.route(session, made, destination, actor="amina", now=at(3, 4))
        handovers.answer(
            session, made, handovers.of(session, made)[0], "accepted",
            on=date(2026, 3, 5), words="Told", actor="amina", now=at(3, 5),
        )  # fmt: skip
    assert measured(database)[need].now == Part(int(counts), 2)


def test_emergencies_are_a_part_of_all(database: Database) -> None:
    with database.session() as session:
        for code in (1, 4, 2, 3):
            factories.introduction(session, now=at(3, 4), priority=code)
    assert measured(database)["emergencies"].now == Part(2, 4)


def test_black_communities_stand_beside_everybody(database: Database) -> None:
    with database.session() as session:
        for number in range(12):
            introduced(session, ethnic="MNPDE"[number % 5] if number < 10 else "M", reached=number < 6)
        for number in range(20):
            introduced(session, ethnic="A", reached=number < 15)
    found = measured(database)
    assert found["reached_everybody"].now == Part(21, 32)
    assert found["reached"].now is None or found["reached"].now == Part(6, 12)


def test_black_communities_of_large_numbers_are_told(database: Database) -> None:
    with database.session() as session:
        for number in range(12):
            introduced(session, ethnic="N" if number < 6 else "M", reached=number < 6)
        for number in range(12):
            introduced(session, ethnic="A", reached=number < 6)
    assert measured(database)["reached"].now == Part(6, 12)


def test_black_communities_of_small_numbers_stay_hidden(database: Database) -> None:
    with database.session() as session:
        for number in range(12):
            introduced(session, ethnic="N", reached=number < 3)
            introduced(session, ethnic="A", reached=number < 6)
    assert measured(database)["reached"].now is None
