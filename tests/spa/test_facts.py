"""What is counted, narrowed and searched by follows the document, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select

from spa import facts, introductions
from spa.database import Database
from spa.models import Conversation, Introduction, IntroductionEvent, IntroductionFact, IntroductionSearch
from tests.spa import factories
from tests.spa.factories import NOW, PHONE, minutes


def kept(database: Database) -> set[tuple[str, str]]:
    with database.reading() as session:
        return {(name, value) for name, value in session.execute(select(IntroductionFact.name, IntroductionFact.value))}


def test_facts_are_kept_when_it_is_handed_over(database: Database) -> None:
    with database.session() as session:
        factories.introduction(session, access={"interpreter": True}, equality={"ethnic_category": "N"})
    assert {("need", "housing"), ("channel", "web"), ("introducer", "self"), ("phone", PHONE)} <= kept(database)
    assert {("born", "1992-04-03"), ("age", "25_to_34"), ("interpreter", "yes"), ("ethnic_category", "N")} <= kept(
        database
    )


def test_facts_follow_a_change_by_the_resident(database: Database) -> None:
    with database.session() as session:
        made = factories.introduction(session)
        conversation = session.get_one(Conversation, made.conversation_id)
        changed = factories.document(needs=[{"domain": "money", "source": "chosen"}])
        introductions.update(session, conversation, document=changed, now=minutes(5))
    assert ("need", "money") in kept(database)
    assert ("need", "housing") not in kept(database)


@pytest.mark.parametrize(
    ("name", "value", "counted"),
    [
        ("ethnic_category", None, "declined"),
        ("veteran", True, "yes"),
        ("carer", False, "no"),
        ("disability", "none", "no"),
        ("disability", "I use a wheelchair", "yes"),
    ],
)
def test_facts_of_equality_hold_no_words_of_anybody(name: str, value: object, counted: str) -> None:
    assert (name, counted) in facts.of_document(factories.document(equality={name: value}))


def test_facts_leave_out_what_was_not_asked() -> None:
    names = {name for name, _ in facts.of_document(factories.document(equality={}))}
    assert not names & set(facts.EQUALITY)


@pytest.mark.parametrize(
    ("born", "band"),
    [(date(2008, 11, 23), "18_to_24"), (date(2008, 11, 24), "under_18"), (date(1961, 11, 23), "65_or_over")],
)
def test_age_band_is_of_whole_years(born: date, band: str) -> None:
    assert facts.age_band(born, NOW.date()) == band


@pytest.mark.parametrize(
    ("typed", "found"),
    [("OKAFOR  grace", True), ("race", True), ("07700 900123", True), ("+447700900123", True), ("grace%", False),
     ("_race", False), ("0123 grace", True), ("nobody", False), ("0044 7700 900123", True), ("+44 (0)7700 900123", True),
     ("7700 900", True), ("0044", False), ("0000", False)],
)  # fmt: skip
def test_search_finds_by_name_and_number(database: Database, typed: str, found: bool) -> None:
    with database.session() as session:
        factories.introduction(session)
    with database.reading() as session:
        assert bool(session.scalars(select(Introduction).where(facts.found_by(typed))).all()) is found


def test_search_finds_by_the_phone_it_was_texted_from(database: Database) -> None:
    with database.session() as session:
        made = factories.introduction(session, contact={"phone": None, "preferred": None})
        session.get_one(Conversation, made.conversation_id).address = "+447700900777"
    with database.reading() as session:
        found = session.scalars(select(Introduction.reference).where(facts.found_by("07700 900777"))).all()
    assert found == [made.reference]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("07700 900777", True), ("0044 7700 900777", True), ("+447700900777", True), ("900777", True), ("0000", False),
     ("0044", False), ("00 44 0", False)],
)  # fmt: skip
def test_search_by_the_phone_it_was_texted_from_asks_for_enough_of_a_number(database, typed: str, found: bool) -> None:
    with database.session() as session:
        made = factories.introduction(session, contact={"phone": None, "preferred": None})
        session.get_one(Conversation, made.conversation_id).address = "+447700900777"
    with database.reading() as session:
        assert bool(session.scalars(select(Introduction).where(facts.found_by(typed))).all()) is found


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("+44 7700 900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("07700 900123", "07700900123"),
        ("7700 900123", "7700900123"),
        ("+33 1 99 00 12 34", "33199001234"),
        ("0033 1 99 00 12 34", "33199001234"),
    ],
)
def test_numbers_are_searched_as_they_are_dialled_here(phone: str, dialled: str) -> None:
    assert facts.dialled(phone) == dialled


def test_facts_go_with_their_introduction(database: Database) -> None:
    with database.session() as session:
        factories.introduction(session)
        session.execute(delete(IntroductionEvent))
        session.execute(delete(Introduction))
    with database.reading() as session:
        assert session.scalars(select(IntroductionSearch)).all() == []
    assert kept(database) == set()
