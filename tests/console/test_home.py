"""The front page: what is on it, in which order, in which words."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from bot.crisis.assessment import Flag, Level
from spa import escalations, introductions
from spa.models import AuditEntry, Conversation
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import NOW


def named(full_name, **changes):
    return {"person": {"full_name": full_name}} | changes


def priority(code):
    return {"priority": {"code": code, "why": ["Why"]}}


def order_of(page, names):
    return sorted(names, key=page.index)


def test_home_puts_priorities_in_their_order_and_then_the_oldest_first(amina, database):
    with database.session() as session:
        for name, code, hours in [("Ann", 3, 9), ("Ben", 2, 8), ("Cat", 4, 1), ("Dan", 4, 3), ("Eve", 1, 1)]:
            at = NOW - timedelta(hours=hours)
            factories.introduction(session, at=at, **named(name), **priority(code))
    names = ["Eve", "Dan", "Cat", "Ben", "Ann"]
    assert order_of(amina.text("/"), names) == names


def test_home_puts_escalations_above_the_queue_and_red_first(amina, database):
    with database.session() as session:
        factories.introduction(session, **named("Queued Person"))
        factories.escalation(session, text="amber words", level=Level.PASSIVE_LOW, flag=Flag.AMBER)
        factories.escalation(session, text="red words")
    parts = ["red words", "amber words", "Queued Person"]
    assert order_of(amina.text("/"), parts) == parts


def test_home_says_what_an_escalation_is_and_when_the_next_page_goes_out(amina, database):
    with database.session() as session:
        factories.escalation(session, channel="sms")
    page = amina.text("/")
    for words in ("In danger now", "Nobody has acknowledged it", "Next page goes out at 2:32pm", "Text message",
                  "07700 900123", "opened 3 minutes ago"):  # fmt: skip
        assert words in page


def test_home_marks_the_matched_words(amina, database):
    with database.session() as session:
        factories.escalation(session)
    assert '<mark class="fd-match">going to take them tonight</mark>' in amina.get("/").text.replace("'", '"')


def test_home_acknowledges_an_escalation(amina, database):
    with database.session() as session:
        code = factories.escalation(session).code
    answer = amina.submit("/", f"/escalations/{code}/acknowledge")
    assert "You have acknowledged" in amina.text(answer.headers["location"])
    assert "Amina Yusuf has it" in amina.text("/")


@pytest.mark.parametrize(
    "flags", [[], [{"level": "historical", "at": NOW.isoformat(), "words": "years ago", "reasons": []}]]
)
def test_home_never_says_low_risk_of_an_introduction(amina, database, flags):
    with database.session() as session:
        factories.introduction(session, flags=flags)
    page = amina.text("/").replace("“No flag raised” never means low risk.", "")
    assert not re.search(r"low[ -]risk|no risk|safe\b", page, re.IGNORECASE)


def test_home_shows_an_open_escalation_beside_its_introduction(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session)
        conversation = session.get_one(Conversation, introduction.conversation_id)
        factories.escalation(session, conversation=conversation)
    queue = amina.text("/").split("Interpreter needed")[1]
    assert "Open escalation" in queue
    assert "No flag raised" not in queue.split("Times are UK time")[0]


@pytest.mark.parametrize(
    ("code", "waited", "words"),
    [
        (1, timedelta(minutes=10), "Respond now: waiting 10 minutes"),
        (4, timedelta(hours=5), "Overdue by 1 hour"),
        (4, timedelta(hours=1), "Due 5:30pm, in 3 hours"),
        (2, timedelta(hours=26), "Overdue by 2 hours"),
        (3, timedelta(days=1), "Due Sun 20 Dec"),
    ],
)
def test_home_says_when_a_response_is_due(amina, database, code, waited, words):
    with database.session() as session:
        factories.introduction(session, at=NOW - waited, **priority(code))
    assert words in amina.text("/")


def test_home_counts_from_when_a_priority_was_raised(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session, at=NOW - timedelta(days=3))
        introductions.raise_priority(session, introduction, 4, why="It got worse", now=NOW - timedelta(hours=1))
    assert "Due 5:30pm" in amina.text("/")


def test_home_lists_only_mine_on_request(amina, database):
    with database.session() as session:
        mine = factories.introduction(session, **named("Mine Person"))
        introductions.claim(session, mine, actor="amina", now=NOW)
        introductions.claim(session, factories.introduction(session, **named("Toms Person")), actor="tom", now=NOW)
    page = amina.text("/?mine=1")
    assert "Mine Person" in page
    assert "Toms Person" not in page


def test_home_lists_another_status_on_request(amina, database):
    with database.session() as session:
        routed = factories.introduction(session, **named("Routed Person"))
        introductions.route(session, routed, "treehouse", actor="tom", now=NOW)
        factories.introduction(session, **named("New Person"))
    page = amina.text("/?status=routed")
    assert "Routed Person" in page
    assert "Treehouse" in page
    assert "New Person" not in page
    assert "Routed Person" not in amina.text("/")


def test_home_takes_an_unknown_status_for_the_open_ones(amina, database):
    with database.session() as session:
        factories.introduction(session)
    assert "Grace Mensah" in amina.text("/?status=made-up")


def test_home_asks_the_database_no_more_for_a_longer_queue(amina, database):
    def asked():
        count = 0

        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(database.engine, "before_cursor_execute", one_more)
        amina.get("/fragments/home")
        event.remove(database.engine, "before_cursor_execute", one_more)
        return count

    with database.session() as session:
        factories.introduction(session)
    few = asked()
    with database.session() as session:
        for _ in range(10):
            factories.introduction(session)
    assert asked() == few


def test_home_fragment_shows_an_introduction_that_has_just_come_in(amina, database):
    before = text_of(amina.get("/fragments/home?status=open"))
    with database.session() as session:
        factories.introduction(session)
    assert "Grace Mensah" not in before
    assert "Grace Mensah" in text_of(amina.get("/fragments/home?status=open"))


def test_home_is_on_the_record_but_not_each_refresh(amina, database):
    amina.get("/")
    amina.get("/fragments/home")
    with database.reading() as session:
        assert session.scalars(select(AuditEntry.action)).all() == ["queue.read"]


@pytest.mark.parametrize("spoken", ["{0}", " {1} ", "{2}"])
def test_find_leads_to_an_introduction_however_it_is_typed(amina, database, spoken):
    with database.session() as session:
        reference = factories.introduction(session).reference
    typed = spoken.format(reference, reference.lower().replace("-", " "), reference.removeprefix("LW-"))
    assert amina.get("/find", params={"reference": typed}).headers["location"] == f"/introductions/{reference}"


def test_find_leads_to_an_escalation_by_its_code(amina, database):
    with database.session() as session:
        code = factories.escalation(session).code
    assert amina.get("/find", params={"reference": code.lower()}).headers["location"] == f"/escalations/{code}"


@pytest.mark.parametrize("typed", ["", "LW-2222-223", "' OR 1=1", "x" * 5000])
def test_find_says_when_there_is_nothing(amina, typed):
    answer = amina.get("/find", params={"reference": typed})
    assert answer.status_code == 404
    assert "There is no introduction or escalation" in answer.text


def test_home_stays_readable_when_escalations_have_no_introduction_and_no_name(amina, database):
    with database.session() as session:
        alarm = factories.escalation(session)
        conversation = session.get_one(Conversation, alarm.conversation_id)
        conversation.draft = {"answers": {"full_name": {"value": "Given Name", "status": "given"}}}
        escalations.add_detail(session, conversation, whereabouts="the bus stop", now=NOW)
        factories.escalation(session)
    page = amina.text("/")
    assert "Given Name" in page
    assert "the bus stop" in page
    assert "Name not known yet" in page


def test_home_warns_beside_the_number_where_somebody_may_be_listening(amina, database):
    with database.session() as session:
        factories.escalation(session, text="he reads my phone", level=Level.SAFEGUARDING, channel="sms")
    page = amina.text("/")
    assert page.index("he reads my phone") < page.index("Safe to reply? Check first") < page.index("07700 900123")
