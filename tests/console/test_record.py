"""Who did what: for managers and administrators only, and itself on the record."""

import pytest

from spa.console.record_view import ACTS
from spa.console.routes import record
from tests.console import factories
from tests.console.driver import text_of


@pytest.fixture
def read(amina, database):
    """Amina has read an introduction and acknowledged an escalation."""
    with database.session() as session:
        reference, code = factories.introduction(session).reference, factories.escalation(session).code
    amina.get(f"/introductions/{reference}")
    amina.submit(f"/escalations/{code}", f"/escalations/{code}/acknowledge")
    return reference, code


def test_record_says_who_did_what_and_when_latest_first(tom, read):
    reference, code = read
    page = tom.text("/record")
    acts = [f"Amina Yusuf Acknowledged an escalation {code}", f"Amina Yusuf Read an introduction {reference}"]
    assert page.index(acts[0]) < page.index(acts[1])
    assert "23 Nov 2026, 2:30pm Tom Okafor Looked at this record" in page


@pytest.mark.parametrize(("ask", "shown"), [("what={0}", 0), ("what={1}", 1), ("who=amina&what={0}", 0)])
def test_record_shows_one_introduction_or_escalation(tom, read, ask, shown):
    page = tom.text("/record?" + ask.format(*read)).split("On what")[1]
    assert read[shown] in page
    assert read[1 - shown] not in page


def test_record_of_nobody_is_empty(tom, read):
    assert "Nothing to show." in tom.text("/record?who=nobody")


def test_record_goes_on_to_the_next_page(tom, read, monkeypatch):
    monkeypatch.setattr(record, "PER_PAGE", 1)
    assert "Next page" in tom.text("/record?who=amina&page=1")
    assert "Previous page" in tom.text("/record?who=amina&page=2")


def test_record_is_refused_to_others_in_plain_words(amina, read):
    answer = amina.get("/record")
    assert answer.status_code == 403
    assert "Only managers and administrators can see who did what." in text_of(answer)
    assert "Who did what" not in amina.text("/")


def test_every_act_has_its_own_words():
    assert len(set(ACTS.values())) == len(ACTS)
