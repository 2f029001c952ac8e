"""Finding introductions: filters, search, counts, pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from spa import introductions
from spa.console.queue_filter import Filter, filter_from
from spa.console.routes import home
from spa.models import AuditEntry, Conversation
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import NOW


@pytest.fixture
def two(database):
    """Ann and Ben, who differ in everything there is a filter for; nobody has Ann's."""
    with database.session() as session:
        factories.introduction(session, person={"full_name": "Ann Adeyemi"}, contact={"phone": "+447700900111"})
        ben = factories.introduction(
            session,
            at=NOW - timedelta(hours=6),
            channel="sms",
            person={"full_name": "Ben Bright", "preferred_name": "Benji"},
            contact={"phone": None},
            needs=[{"domain": "money", "source": "heard"}],
            access={"interpreter": True, "language": "so"},
            priority={"code": 4, "why": ["Why"]},
        )
        introductions.claim(session, ben, actor="amina", now=NOW)
        session.get_one(Conversation, ben.conversation_id).address = "+447700900222"
        return ben.reference


def names_on(browser, query):
    page = browser.text(f"/?{query}")
    return {name for name in ("Ann", "Ben", "Cat") if re.search(rf"\b{name}\b", page)}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Ann", "Ben"}),
        ("need=housing", {"Ann"}),
        ("need=money", {"Ben"}),
        ("need=caring", set()),
        ("channel=sms", {"Ben"}),
        ("whose=nobody", {"Ann"}),
        ("whose=mine", {"Ben"}),
        ("mine=1", {"Ben"}),
        ("overdue=1", {"Ben"}),
        ("interpreter=1", {"Ben"}),
        ("need=money&channel=web", set()),
        ("need=made-up&whose=made-up", {"Ann", "Ben"}),
        ("search=ben", {"Ben"}),
        ("search=BRIGHT+ben", {"Ben"}),
        ("search=benji", {"Ben"}),
        ("search=07700+900111", {"Ann"}),
        ("search=%2B447700900222", {"Ben"}),
        ("search=0111", {"Ann"}),
        ("search=nobody+like+that", set()),
    ],
)
def test_filter_lists_only_what_was_asked_for(amina, two, query, names):
    assert names_on(amina, query) == names


def test_filter_lists_by_reference_and_destination(amina, database, two):
    assert names_on(amina, f"search={two[3:7]}") == {"Ben"}
    with database.session() as session:
        found = introductions.by_reference(session, two)
        introductions.route(session, found, "gp", actor="amina", now=NOW)
    assert names_on(amina, "status=any&destination=gp") == {"Ben"}
    assert names_on(amina, "status=any&destination=treehouse") == set()


def test_filter_of_an_empty_address_is_what_is_still_with_the_spa():
    assert filter_from({}) == Filter()
    assert not filter_from({"status": "made-up", "search": "  "}).narrowed


def test_filter_counts_what_it_lists(amina, two):
    assert "2 introductions: 1 overdue, 1 with nobody" in amina.text("/")
    assert "1 introduction: 1 overdue" in amina.text("/?need=money")


def test_filter_stays_for_the_refresh_and_the_next_page(amina, database, two, monkeypatch):
    monkeypatch.setattr(home, "PER_PAGE", 1)
    page = amina.get("/?channel=web&interpreter=1&channel=sms").text
    assert "/fragments/home?status=open&amp;channel=sms&amp;interpreter=1&amp;page=1" in page
    first, second = (text_of(amina.get(f"/fragments/home?page={number}")) for number in (1, 2))
    assert "1 to 1 of 2 introductions" in first and "Ben Bright" in first and "Next page" in first
    assert "2 to 2 of 2 introductions" in second and "Ann Adeyemi" in second and "Next page" not in second


def test_search_is_not_written_into_the_record(amina, database, two):
    amina.get("/?search=Ann+Adeyemi&need=housing")
    with database.reading() as session:
        details = session.scalars(select(AuditEntry.detail)).all()
    assert details == ["status=open&need=housing"]


@pytest.mark.parametrize("typed", ["adeyemi", "07700 900 111"])
def test_find_leads_to_whoever_has_that_name_or_number_finished_ones_too(amina, database, two, typed):
    with database.session() as session:
        for found in introductions.queue(session):
            introductions.close(session, found, actor="tom", now=NOW)
    there = amina.get("/find", params={"reference": typed}).headers["location"]
    assert "Ann Adeyemi" in amina.text(there)
    assert "Ben Bright" not in amina.text(there)


@pytest.mark.parametrize(("code", "hours"), [(1, 0), (4, 4), (2, 24), (3, 24 * 28)])
@pytest.mark.parametrize(("minutes", "listed"), [(0, True), (1, False)])
def test_overdue_filter_begins_when_the_page_says_overdue(amina, database, code, hours, minutes, listed):
    with database.session() as session:
        at = NOW - timedelta(hours=hours) + timedelta(minutes=minutes)
        factories.introduction(session, at=at, person={"full_name": "Ann"}, priority={"code": code, "why": ["Why"]})
    assert names_on(amina, "overdue=1") == ({"Ann"} if listed else set())
