"""The banner of escalations that nobody has acknowledged."""

import pytest

from bot.crisis.assessment import Flag, Level
from spa import conversations, escalations
from spa.ladder import Ladder
from tests.console import factories
from tests.console.driver import text_of

WAITING = "escalation nobody has acknowledged"


@pytest.fixture
def alarm(database):
    with database.session() as session:
        return factories.escalation(session)


@pytest.fixture
def paths(database, alarm):
    """Every page of the console that a clinician reads."""
    with database.session() as session:
        reference = factories.introduction(session).reference
    return ["/", f"/introductions/{reference}", f"/escalations/{alarm.code}", "/escalations", "/record"]


def test_banner_is_on_every_page_and_its_fragments(tom, paths, alarm):
    for path in [*paths, "/fragments/home", "/fragments/banner", f"{paths[1]}/fragment", f"{paths[2]}/fragment"]:
        assert f"1 {WAITING} Red : In danger now" in tom.text(path), path
        assert f'href="/escalations/{alarm.code}" id="banner-' in tom.get(path).text, path


def test_banner_says_when_the_next_page_goes_out(tom, alarm):
    assert "Next page goes out at 2:32pm" in tom.text("/escalations")


def test_banner_says_that_nobody_is_paged_any_more(tom, database):
    with database.session() as session:
        factories.escalation(session, ladder=Ladder())
    assert "No more pages will go out: it must be acknowledged here" in tom.text("/escalations")


def test_banner_holds_no_word_of_the_resident(tom, alarm):
    assert "pills" not in text_of(tom.get("/fragments/banner"))


def test_banner_goes_once_somebody_has_it(tom, amina, paths, alarm):
    amina.submit("/", f"/escalations/{alarm.code}/acknowledge")
    for path in paths:
        assert WAITING not in tom.text(path), path


def test_banner_comes_back_with_another_mark_when_the_alarm_is_raised_again(tom, database):
    with database.session() as session:
        first = factories.escalation(session, level=Level.PASSIVE_LOW, flag=Flag.AMBER)
        escalations.acknowledge(session, first, actor="amina", via="console", now=factories.NOW)
        conversation = conversations.by_id(session, first.conversation_id)
        factories.escalation(session, conversation=conversation, at=factories.NOW, key="higher")
    assert f'data-alarm="{first.code}:2" data-flag="red"' in tom.get("/escalations").text


def test_banner_names_three_and_leads_to_the_rest(tom, database):
    with database.session() as session:
        for number in range(4):
            factories.escalation(session, key=f"crisis-{number}")
    page = tom.get("/escalations")
    assert page.text.count('id="banner-') == 3
    assert page.text.count("data-alarm=") == 4
    assert "See all 4" in text_of(page)


def test_banner_is_not_shown_to_a_stranger(stranger, alarm):
    assert WAITING not in stranger.text("/login")
