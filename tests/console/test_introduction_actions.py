"""What staff do with an introduction, and what is refused."""

import html
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from spa import introductions
from spa.console import wording
from spa.models import AuditEntry, Conversation, Destination, Introduction
from tests.console import factories
from tests.console.driver import fields_of, text_of
from tests.console.factories import NOW


@pytest.fixture
def page(database):
    with database.session() as session:
        return f"/introductions/{factories.introduction(session).reference}"


@pytest.fixture
def now_as(database, page):
    """The introduction as it is now."""

    def look() -> Introduction:
        with database.reading() as session:
            found = introductions.by_reference(session, page.rsplit("/", 1)[1])
            assert found is not None
            _ = found.events
            return found

    return look


def test_claim_gives_it_to_the_one_who_asked(amina, page, now_as):
    answer = amina.submit(page, f"{page}/claim")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?done=claimed")
    assert "You have claimed this introduction." in amina.text(answer.headers["location"])
    assert (now_as().assignee, now_as().status) == ("amina", "in_review")


def test_claim_is_lost_to_who_came_first(amina, tom, page, now_as):
    fields = fields_of(tom.get(page).text, f"{page}/claim")
    amina.submit(page, f"{page}/claim")
    answer = tom.client.post(f"{page}/claim", data=fields)
    assert answer.status_code == 409
    assert "Somebody else changed this introduction" in answer.text
    assert "Take over from Amina Yusuf" in answer.text
    assert now_as().assignee == "amina"


def test_claim_by_two_at_the_very_same_time_is_won_by_one(amina, tom, page, now_as):
    forms = [(browser, fields_of(browser.get(page).text, f"{page}/claim")) for browser in (amina, tom)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda form: form[0].client.post(f"{page}/claim", data=form[1]).status_code, forms))
    assert sorted(answers) == [303, 409]
    assert now_as().assignee == ("amina", "tom")[answers.index(303)]


def test_claim_can_take_over_on_purpose(amina, tom, page, now_as):
    amina.submit(page, f"{page}/claim")
    assert tom.submit(page, f"{page}/claim").status_code == 303
    assert now_as().assignee == "tom"


def test_note_is_kept_with_its_author(amina, page):
    amina.submit(page, f"{page}/notes", note="Called the hostel.\nRing back Friday.")
    assert "Note Amina Yusuf, 23 Nov 2026, 2:30pm Called the hostel. Ring back Friday." in amina.text(page)


def test_note_is_taken_even_when_somebody_else_changed_the_introduction(amina, tom, page):
    fields = fields_of(tom.get(page).text, f"{page}/notes")
    amina.submit(page, f"{page}/claim")
    assert tom.client.post(f"{page}/notes", data=fields | {"note": "Seen."}).status_code == 303


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 4001])
def test_note_that_is_empty_or_too_long_is_refused(amina, page, now_as, note):
    answer = amina.submit(page, f"{page}/notes", note=note)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert len(now_as().events) == 1


@pytest.mark.parametrize(("result", "status"), [("no_answer", "contact_attempted"), ("reached", "in_contact")])
def test_contact_is_recorded_with_its_result(amina, page, now_as, result, status):
    amina.submit(page, f"{page}/contact", result=result, note="At 2pm")
    assert now_as().status == status
    assert f"{wording.CONTACT_RESULTS[result]}. At 2pm" in amina.text(page)


def test_contact_never_goes_back_to_an_earlier_status(amina, page, now_as):
    amina.submit(page, f"{page}/contact", result="reached")
    amina.submit(page, f"{page}/contact", result="no_answer")
    assert now_as().status == "in_contact"
    assert "Contact: Called, no answer" in amina.text(page)


def test_destinations_of_the_console_are_those_of_the_store():
    assert set(wording.DESTINATIONS) == {str(destination) for destination in Destination}


@pytest.mark.parametrize("destination", sorted(Destination))
def test_route_goes_to_every_destination(amina, page, now_as, destination):
    answer = amina.submit(page, f"{page}/route", destination=destination, note="Agreed")
    assert answer.headers["location"] == f"{page}?done=routed"
    assert (now_as().status, now_as().destination) == ("routed", destination)


@pytest.mark.parametrize("destination", ["", "made_up"])
def test_route_to_nowhere_is_refused_and_keeps_what_was_typed(amina, page, now_as, destination):
    answer = amina.submit(page, f"{page}/route", destination=destination, note="A long story & more")
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text
    assert "A long story & more" in html.unescape(answer.text)
    assert now_as().status == "new"


@pytest.mark.parametrize(
    ("action", "fields"),
    [("route", {"destination": "gp"}), ("contact", {"result": "reached"}), ("close", {"reason": "declined"})],
)
def test_change_on_an_outdated_page_is_refused_and_keeps_what_was_typed(amina, tom, page, now_as, action, fields):
    hidden = fields_of(tom.get(page).text, f"{page}/{action}")
    amina.submit(page, f"{page}/claim")
    answer = tom.client.post(f"{page}/{action}", data=hidden | fields | {"note": "Do not lose me"})
    assert answer.status_code == 409
    assert "Do not lose me" in answer.text
    assert now_as().status == "in_review"


def test_close_keeps_the_reason(amina, page, now_as):
    amina.submit(page, f"{page}/close", reason="declined", note="Has our number")
    assert now_as().status == "closed"
    assert "The person does not want support now. Has our number" in amina.text(page)


@pytest.mark.parametrize("fields", [{}, {"reason": "made_up"}, {"reason": "other"}], ids=str)
def test_close_without_a_reason_is_refused(amina, page, now_as, fields):
    assert amina.submit(page, f"{page}/close", **fields).status_code == 422
    assert now_as().status == "new"


def test_close_is_refused_while_an_escalation_is_open(amina, database, page, now_as):
    with database.session() as session:
        conversation = session.get_one(Conversation, now_as().conversation_id)
        factories.escalation(session, conversation=conversation)
    answer = amina.submit(page, f"{page}/close", reason="declined")
    assert answer.status_code == 409
    assert "Close that first" in text_of(answer)
    assert now_as().status == "new"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("claim", {}),
        ("route", {"destination": "gp"}),
        ("contact", {"result": "reached"}),
        ("close", {"reason": "declined"}),
    ],
)
def test_closed_introduction_takes_only_notes(amina, page, now_as, action, fields):
    hidden = fields_of(amina.get(page).text, f"{page}/route")
    amina.submit(page, f"{page}/close", reason="declined")
    answer = amina.client.post(f"{page}/{action}", data=hidden | fields)
    assert answer.status_code == 409
    assert "only notes can be added" in answer.text
    assert amina.submit(page, f"{page}/notes", note="One more thing").status_code == 303
    assert now_as().status == "closed"


def test_every_change_is_on_the_record_under_its_author(amina, database, page):
    amina.submit(page, f"{page}/claim")
    amina.submit(page, f"{page}/notes", note="n")
    amina.submit(page, f"{page}/contact", result="reached")
    amina.submit(page, f"{page}/route", destination="gp")
    amina.submit(page, f"{page}/close", reason="declined")
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    changes = [entry for entry in entries if entry.action != "introduction.read"]
    assert [entry.action.removeprefix("introduction.") for entry in changes] == [
        "claimed", "noted", "contact", "routed", "closed",
    ]  # fmt: skip
    assert {(entry.actor, entry.subject, entry.detail) for entry in entries} == {
        ("amina", page.rsplit("/", 1)[1], None)
    }


def test_refused_change_leaves_no_record(amina, database, page):
    amina.submit(page, f"{page}/route", destination="made_up")
    with database.reading() as session:
        assert set(session.scalars(select(AuditEntry.action))) == {"introduction.read"}


def test_withdrawn_introduction_says_so(amina, database, page, now_as):
    with database.session() as session:
        introductions.withdraw(session, session.get_one(Conversation, now_as().conversation_id), now=NOW)
    text = amina.text(page)
    assert "Status Withdrawn" in text
    assert "Claim it" not in text
