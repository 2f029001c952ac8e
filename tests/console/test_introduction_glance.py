"""The first screen of an introduction: in a few lines, tries to reach them, and whether they were here before."""

from datetime import timedelta

import pytest

from spa import introductions
from spa.console import glance, tries
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import NOW, document


def row(label, **changes):
    found = {one.label: one for one in glance.rows(document(**changes), now=NOW)}
    return found[label]


@pytest.mark.parametrize(
    ("label", "changes", "words"),
    [
        ("Who", {}, "35 years old; wrote this themselves; help now: My sister helps"),
        ("Who", {"introducer": {"relationship": "carer", "name": "Bea"}}, "introduced by Bea (a carer)"),
        (
            "What is happening",
            {},
            "“I got an eviction letter and I can't sleep.” (for 3 weeks, gets in the way: a lot)",
        ),
        ("Needs", {}, "Housing, Mental health"),
        ("Would like", {}, "“To stay in my flat”"),
        ("Safety", {}, "Thoughts of suicide: said no"),
        ("Safety", {"safety": {"safe_at_home": "no"}}, "Safe where they are: NO"),
        ("Safety", {"safety": {"asked": False, "suicidal_thoughts": "declined"}}, "Not asked about suicide: ask"),
    ],
)
def test_glance_says_it_in_one_line(label, changes, words):
    assert words in row(label, **changes).value


def test_glance_makes_a_flag_stand_out():
    flag = {"level": "self_harm", "at": NOW.isoformat(), "words": "w", "reasons": []}
    found = row("Safety", flags=[flag])
    assert found.alarming
    assert "flagged: Hurting themselves" in found.value


def test_glance_cuts_a_long_story_and_the_page_keeps_all_of_it(amina, database):
    words = "It began in spring. " * 40 + "The very last words."
    with database.session() as session:
        reference = factories.introduction(session, story={"own_words": [words]}).reference
    assert len(row("What is happening", story={"own_words": [words]}).value) < 400
    assert "The very last words." in amina.text(f"/introductions/{reference}")


def test_page_keeps_the_exact_text_that_was_approved(amina, database):
    exact = "Please check this.\n1. This is about: Me\n2. Name: Grace Mensah"
    with database.session() as session:
        reference = factories.introduction(session, summary=exact).reference
    answer = amina.get(f"/introductions/{reference}")
    assert exact in answer.text
    assert text_of(answer).index("What is happening") < text_of(answer).index("The exact text they approved")


@pytest.fixture
def page(database):
    with database.session() as session:
        return f"/introductions/{factories.introduction(session).reference}"


def test_tries_are_counted_with_the_last_and_the_next(amina, page):
    amina.submit(page, f"{page}/contact", result="no_answer")
    amina.submit(page, f"{page}/contact", result="voicemail", note="Said hello only", next_on="2026-11-25")
    text = amina.text(page)
    assert "2 tries to reach them, the last just now: Called, left a voicemail. Said hello only" in text
    assert "Next try Wed 25 Nov" in text
    assert "2026-11-25" not in text


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_next_try_stands_out_once_its_day_is_over(amina, database, page, days, late):
    on = NOW - timedelta(days=days)
    with database.session() as session:
        introduction = introductions.by_reference(session, page.rsplit("/", 1)[1])
        text = tries.note("Called, no answer", on.date())
        introductions.add_note(session, introduction, actor="tom", text=text, now=on)
    assert ("that day is over" in amina.text(page)) is late


@pytest.mark.parametrize("day", ["2026-11-22", "2028-01-01", "soon", "2026-13-01"])
def test_next_try_on_no_day_is_refused_and_keeps_what_was_typed(amina, page, day):
    answer = amina.submit(page, f"{page}/contact", result="no_answer", note="Keep me", next_on=day)
    assert answer.status_code == 422
    assert "next try" in text_of(answer)
    assert "Keep me" in answer.text


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"person": {"full_name": "G. Somebody", "date_of_birth": None}}, "same phone number"),
        (
            {"contact": {"phone": "+447700900999"}, "person": {"full_name": "grace  MENSAH"}},
            "same name and date of birth",
        ),
        ({"contact": {"phone": "+447700900999"}, "person": {"date_of_birth": "1990-01-01"}}, ""),
        ({"contact": {"phone": None}, "person": {"full_name": "Another Name"}}, ""),
    ],
)
def test_page_links_to_others_who_may_be_the_same_person(amina, database, page, other, why):
    with database.session() as session:
        reference = factories.introduction(session, at=NOW - timedelta(days=20), **other).reference
    text = amina.text(page)
    assert (reference in text) is bool(why)
    assert (f"{why}, new, came in 3 Nov 2026, 2:30pm still open: possible duplicate" in text) is bool(why)


def test_page_does_not_call_an_earlier_closed_one_a_duplicate(amina, database, page):
    with database.session() as session:
        earlier = factories.introduction(session, at=NOW - timedelta(days=20))
        introductions.close(session, earlier, actor="tom", now=NOW - timedelta(days=19), note="Advice given")
    text = amina.text(page)
    assert f"{earlier.reference} : same phone number, closed" in text
    assert "possible duplicate" not in text
