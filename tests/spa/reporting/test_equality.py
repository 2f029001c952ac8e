"""Equality questions, with everybody in a row and no small number shown, on both databases."""

from __future__ import annotations

from datetime import date

from spa.database import Database
from spa.reporting import equality
from spa.reporting.period import Period
from tests.spa import factories
from tests.spa.reporting.years import at

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_breakdown_has_everybody_in_a_row_and_hides_what_is_small(database: Database) -> None:
    categories = ["A"] * 9 + ["N"] * 6 + ["M"] * 2 + [None] * 5
    with database.session() as session:
        for category in categories:
            factories.introduction(session, now=at(3, 4), equality={"ethnic_category": category})
        for _ in range(7):
            factories.introduction(session, now=at(3, 4))
    with database.reading() as session:
        found = {one.question: one.answers for one in equality.breakdowns(session, MARCH)}
    assert found["ethnic_category"].cells == {"A": 9, "N": 6, "M": None, "declined": None, "not_asked": 7}
    assert found["ethnic_category"].total == 29


def test_breakdown_is_of_every_equality_question_and_of_age(database: Database) -> None:
    with database.reading() as session:
        questions = [one.question for one in equality.breakdowns(session, MARCH)]
    assert questions == [
        "age",
        "ethnic_category",
        "gender_identity",
        "sexual_orientation",
        "religion",
        "disability",
        "veteran",
        "carer",
    ]
