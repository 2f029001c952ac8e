"""Which phone may be sent a text that it did not ask for, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from spa import conversations, escalations, introductions, messages, outbox, unasked
from spa.database import Database
from spa.messages import WATCHED
from spa.models import Conversation, OutboxItem
from spa.quiet import QuietHours
from spa.unasked import Refusal, Standing, Why
from tests.spa.factories import NOW, PHONE, alarm, conversation, document, inbound

DAY = NOW.replace(hour=14)
NEVER_QUIET = QuietHours.parse("")
NIGHT = QuietHours.parse("21:00-08:00")
WILLING = Standing(PHONE, texted_us=True)


def refused(phone: Standing, *, now=DAY) -> Refusal | None:
    return unasked.refusal(phone, quiet=NIGHT, now=now)


def test_a_phone_that_texted_us_may_be_texted() -> None:
    assert refused(WILLING) is None


@pytest.mark.parametrize("known, why", [
    ({"address": "85258"}, Why.NO_PHONE),
    ({"address": ""}, Why.NO_PHONE),
    ({"opted_out": True}, Why.OPTED_OUT),
    ({"outreach": True}, Why.OUTREACH),
    ({"unsafe": True}, Why.UNSAFE),
    ({"ok_to_text": False}, Why.NO_TEXTS),
    ({"ok_to_text": False, "ways": frozenset({"text"})}, Why.NO_TEXTS),
    ({"ways": frozenset({"call"})}, Why.OTHER_WAY),
    ({"ways": frozenset({"letter"})}, Why.OTHER_WAY),
    ({"texted_us": False}, Why.NOT_AGREED),
])  # fmt: skip
def test_what_forbids_a_text(known: dict[str, object], why: Why) -> None:
    assert refused(replace(WILLING, **known)) == Refusal(why)


@pytest.mark.parametrize("known", [
    {"ok_to_text": True, "ways": frozenset({"call"})}, {"ways": frozenset({"call", "text"})},
    {"ok_to_text": True, "texted_us": False}, {"ways": frozenset({"text"}), "texted_us": False},
])  # fmt: skip
def test_what_allows_a_text(known: dict[str, object]) -> None:
    assert refused(replace(WILLING, **known)) is None


def test_at_night_it_waits_for_the_morning() -> None:
    assert refused(WILLING, now=NOW) == Refusal(Why.QUIET, until=NOW.replace(hour=8))


def test_what_is_forbidden_by_day_does_not_wait_for_the_morning() -> None:
    assert refused(replace(WILLING, opted_out=True), now=NOW) == Refusal(Why.OPTED_OUT)


def answers(**given: object) -> dict[str, object]:
    return {"answers": {ask: {"value": value, "status": "given", "words": None} for ask, value in given.items()}}


def standing(database: Database, address: str = PHONE) -> Standing:
    with database.reading() as session:
        return unasked.standing(session, address)


@pytest.fixture
def texting(database: Database) -> Conversation:
    """A conversation by text."""
    with database.session() as session:
        return conversation(session, channel="sms")


def drafted(database: Database, about: Conversation, **given: object) -> None:
    with database.session() as session:
        session.get_one(Conversation, about.id).draft = answers(**given)


def test_a_phone_that_nobody_knows(database: Database) -> None:
    assert standing(database) == Standing(PHONE)


def test_a_phone_that_only_texts(database: Database, texting: Conversation) -> None:
    assert standing(database) == WILLING


@pytest.mark.parametrize("given, known", [
    ({"ok_to_text": False}, {"ok_to_text": False}),
    ({"ok_to_text": True, "contact_method": "call"}, {"ok_to_text": True, "ways": frozenset({"call"})}),
    ({"safe_at_home": "no"}, {"unsafe": True}),
    ({"safe_at_home": "unsure"}, {"unsafe": True}),
    ({"safe_at_home": "yes"}, {}),
    ({"phone": PHONE, "ok_to_text": False}, {"ok_to_text": False}),
    ({"phone": "+447700900555", "ok_to_text": True}, {"ways": frozenset({"other_phone"})}),
    ({"phone": "+447700900555", "ok_to_text": False, "about_whom": "someone_i_know"}, {}),
])  # fmt: skip
def test_what_was_answered_by_text(database: Database, texting: Conversation, given, known) -> None:
    drafted(database, texting, **given)
    assert standing(database) == replace(WILLING, **known)


def test_a_no_said_on_the_web_about_this_number_holds(database: Database, texting: Conversation) -> None:
    with database.session() as session:
        conversation(session).draft = answers(phone=PHONE, ok_to_text=False)
    assert standing(database).ok_to_text is False


def test_a_no_outweighs_a_yes(database: Database, texting: Conversation) -> None:
    drafted(database, texting, ok_to_text=True)
    with database.session() as session:
        conversation(session).draft = answers(phone=PHONE, ok_to_text=False)
    assert standing(database).ok_to_text is False


@pytest.mark.parametrize("changes, known", [
    ({"contact": {"phone": PHONE, "preferred": "call"}}, {"ways": frozenset({"call"})}),
    ({"contact": {"phone": PHONE, "preferred": "text", "ok_to_text": False}}, {"ok_to_text": False, "ways": frozenset({"text"})}),
    ({"safety": {"asked": True, "safe_at_home": "no"}}, {"unsafe": True, "ways": frozenset({"text"})}),
])  # fmt: skip
def test_what_an_introduction_says_of_the_number(database: Database, texting: Conversation, changes, known) -> None:
    with database.session() as session:
        introductions.submit(session, conversation(session), document=document(**changes), now=NOW)
    assert standing(database) == replace(WILLING, **known)


def test_a_phone_that_asked_for_no_more_texts(database: Database, texting: Conversation) -> None:
    with database.session() as session:
        conversations.opt_out(session, PHONE, now=NOW)
    assert standing(database).opted_out


def test_crisis_outreach_is_on_it_until_the_alarm_is_closed(database: Database, texting: Conversation) -> None:
    with database.session() as session:
        escalation = alarm(session, texting)
    assert standing(database).outreach
    with database.session() as session:
        escalations.close(session, escalation, actor="Ama Boateng", outcome="seen", now=NOW)
    assert not standing(database).outreach


@pytest.mark.parametrize("level, reasons", [
    (Level.SAFEGUARDING, ()), (Level.NONE, (Reason(WATCHED, ""),)),
])  # fmt: skip
def test_what_the_screen_saw_makes_it_unsafe(database: Database, texting: Conversation, level, reasons) -> None:
    with database.session() as session:
        message = inbound(session, texting, "he reads my phone")
        messages.record_assessment(session, message, Assessment(level, Flag.NONE, reasons), asked=None, now=NOW)
    assert standing(database).unsafe


def put(database: Database, about: Conversation, *, quiet=NEVER_QUIET, now=NOW) -> Refusal | None:
    with database.session() as session:
        return unasked.put(session, about, body="Hello again.", key="reminder:1", quiet=quiet, now=now)


def items(database: Database) -> list[OutboxItem]:
    with database.reading() as session:
        return list(session.query(OutboxItem))


def review(database: Database, *, quiet=NEVER_QUIET, now=NOW) -> int:
    held = 0
    for item in items(database):
        with database.session() as session:
            held += unasked.review(session, item, quiet=quiet, now=now)
    return held


def test_what_may_go_is_put_into_the_outbox_as_a_reminder(database: Database, texting: Conversation) -> None:
    assert put(database, texting) is None
    assert [(item.recipient, item.purpose, item.not_before) for item in items(database)] == [(PHONE, "reminder", NOW)]


def test_what_may_not_go_is_not_put_there(database: Database, texting: Conversation) -> None:
    drafted(database, texting, ok_to_text=False)
    assert put(database, texting) == Refusal(Why.NO_TEXTS)
    assert items(database) == []


def test_at_night_it_is_put_there_for_the_morning(database: Database, texting: Conversation) -> None:
    assert put(database, texting, quiet=NIGHT) is None
    assert [item.not_before for item in items(database)] == [NOW.replace(hour=8)]


def test_what_is_late_into_the_night_waits_again(database: Database, texting: Conversation) -> None:
    put(database, texting)
    assert review(database, quiet=NIGHT) == 1
    assert [(item.state, item.not_before) for item in items(database)] == [("queued", NOW.replace(hour=8))]


def test_it_is_withdrawn_where_they_said_no_in_between(database: Database, texting: Conversation) -> None:
    put(database, texting)
    drafted(database, texting, ok_to_text=False)
    assert review(database) == 1
    assert [(item.state, item.error) for item in items(database)] == [("failed", outbox.WITHDRAWN)]


def test_it_is_withdrawn_where_they_wrote_in_between(database: Database, texting: Conversation) -> None:
    put(database, texting)
    with database.session() as session:
        inbound(session, texting, "me again", now=NOW + timedelta(minutes=1))
    assert review(database, now=NOW + timedelta(minutes=2)) == 1


def test_it_is_withdrawn_where_the_conversation_is_over(database: Database, texting: Conversation) -> None:
    put(database, texting)
    with database.session() as session:
        conversations.end(session, session.get_one(Conversation, texting.id))
    assert review(database) == 1


@pytest.mark.parametrize("purpose", ["reply", "page"])
def test_replies_and_pages_are_never_looked_at(database: Database, texting: Conversation, purpose: str) -> None:
    with database.session() as session:
        alarm(session, texting)
        outbox.enqueue(session, kind="sms", to=PHONE, body="Call 999.", purpose=purpose, dedupe_key="x", now=NOW)
    assert review(database, quiet=NIGHT) == 0


def test_what_may_still_go_stays(database: Database, texting: Conversation) -> None:
    put(database, texting)
    assert review(database) == 0
    assert [item.state for item in items(database)] == ["queued"]


def leased(database: Database) -> OutboxItem:
    """The reminder, in the hands of a worker."""
    with database.session() as session:
        (item,) = outbox.due(session, now=NOW, limit=10)
        return item


@pytest.mark.parametrize("willing, left", [(True, "queued"), (False, "failed")])
def test_what_is_held_back_is_in_no_workers_hands_any_more(database: Database, texting, willing: bool, left) -> None:
    put(database, texting)
    item = leased(database)
    drafted(database, texting, ok_to_text=willing)
    with database.session() as session:
        assert unasked.review(session, item, quiet=NIGHT, now=NOW)
    assert [(row.state, row.lease, row.leased_until) for row in items(database)] == [(left, None, None)]


def test_what_another_worker_has_by_now_is_left_to_it(database: Database, texting: Conversation) -> None:
    put(database, texting)
    first = leased(database)
    with database.session() as session:
        (second,) = outbox.due(session, now=NOW + outbox.LEASE, limit=10)
    with database.session() as session:
        assert unasked.review(session, first, quiet=NEVER_QUIET, now=NOW + outbox.LEASE)
    assert [(row.state, row.lease) for row in items(database)] == [("leased", second.lease)]


def test_it_does_not_go_where_everything_was_deleted_in_between(database: Database, texting: Conversation) -> None:
    put(database, texting)
    item = leased(database)
    with database.session() as session:
        conversations.forget(session, texting, now=NOW)
    with database.session() as session:
        assert unasked.review(session, item, quiet=NEVER_QUIET, now=NOW)
    assert [(row.state, row.error) for row in items(database)] == [("failed", conversations.FORGOTTEN)]
