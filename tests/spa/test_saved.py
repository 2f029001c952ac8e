"""Codes of saved conversations: each takes its conversation up once, in time; moving on leaves the phone free."""

from datetime import timedelta

import pytest

from spa import conversations, messages, phones, retention, saved
from spa.database import Database
from spa.models import Channel, Conversation, ConversationState, SavedCode
from tests.spa.factories import NOW, PHONE, at_once, conversation, inbound, minutes

ONE, OTHER = "1" * 64, "2" * 64


def test_a_code_takes_its_conversation_up_once(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        saved.keep(session, made, digest=ONE, now=NOW)
        assert saved.take_up(session, ONE, now=minutes(5)) is made
        assert saved.take_up(session, ONE, now=minutes(5)) is None


def test_an_unknown_code_takes_nothing_up(database: Database) -> None:
    with database.session() as session:
        saved.keep(session, conversation(session), digest=ONE, now=NOW)
        assert saved.take_up(session, OTHER, now=NOW) is None


@pytest.mark.parametrize("early, found", [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_a_code_ends_with_its_time(database: Database, early: timedelta, found: bool) -> None:
    with database.session() as session:
        made = conversation(session)
        saved.keep(session, made, digest=ONE, now=NOW)
        assert (saved.take_up(session, ONE, now=NOW + saved.LIFETIME - early) is made) is found


def test_any_code_will_do_and_then_none_does(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        saved.keep(session, made, digest=ONE, now=NOW)
        saved.keep(session, made, digest=OTHER, now=minutes(1))
        assert saved.take_up(session, ONE, now=minutes(2)) is made
        assert saved.take_up(session, OTHER, now=minutes(2)) is None


def test_of_two_that_come_at_once_one_gets_it(database: Database) -> None:
    with database.session() as session:
        saved.keep(session, conversation(session), digest=ONE, now=NOW)

    def take() -> bool:
        with database.session() as session:
            return saved.take_up(session, ONE, now=NOW) is not None

    assert sorted(at_once([take] * 4)) == [False, False, False, True]


def test_a_conversation_that_is_forgotten_has_no_code_any_more(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        saved.keep(session, made, digest=ONE, now=NOW)
        conversations.forget(session, made, now=NOW)
        assert saved.take_up(session, ONE, now=NOW) is None


def test_retention_removes_codes_whose_time_is_over(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made)
        saved.keep(session, made, digest=ONE, now=NOW)
        saved.keep(session, made, digest=OTHER, now=NOW + timedelta(days=1))
        week = NOW + saved.LIFETIME
        assert retention.enforce(session, now=week, draft_days=30, transcript_days=365).codes == 1
        assert retention.enforce(session, now=week, draft_days=30, transcript_days=365).total == 0
        assert session.get(SavedCode, OTHER) is not None


def test_moving_to_the_web_leaves_the_phone_free_for_another(database: Database) -> None:
    with database.session() as session:
        made = conversations.move(session, conversation(session, channel="sms"), channel=Channel.WEB)
        assert (made.channel, made.address) == ("web", PHONE)
        assert phones.goes_on(session, PHONE, now=NOW) is None
        conversation(session, channel="sms")
        assert made.state == ConversationState.OPEN


def test_moving_to_a_phone_ends_what_was_open_there(database: Database) -> None:
    with database.session() as session:
        there = conversation(session, channel="sms")
        made = conversations.move(session, conversation(session), channel=Channel.SMS, address=PHONE)
        assert phones.goes_on(session, PHONE, now=NOW) is made
        session.refresh(there)
        assert there.state == ConversationState.ENDED


def test_one_that_lapsed_is_open_again(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        conversation(session, channel="sms", now=minutes(500))
        session.refresh(made)
        assert conversations.move(session, made, channel=Channel.SMS, address=PHONE).state == ConversationState.OPEN


def test_moving_twice_at_once_to_one_phone_leaves_one_open(database: Database) -> None:
    with database.session() as session:
        ids = [conversation(session).id for _ in range(3)]

    def mover(conversation_id: str) -> None:
        with database.session() as session:
            phones.goes_on(session, PHONE, now=NOW)
            found = session.get_one(Conversation, conversation_id)
            conversations.move(session, found, channel=Channel.SMS, address=PHONE)

    at_once([lambda key=key: mover(key) for key in ids])
    with database.reading() as session:
        states = [session.get_one(Conversation, key).state for key in ids]
    assert sorted(states) == ["ended", "ended", "open"]


def test_a_message_is_known_by_the_way_it_came(database: Database) -> None:
    """A page's id is its conversation's own, even where that goes on by text."""
    with database.session() as session:
        one, other = conversation(session, channel="sms"), conversation(session, channel="sms", address="+447700900124")
        first, _ = messages.receive(session, one, key="same-id", text="one", by=Channel.WEB, now=NOW)
        second, new = messages.receive(session, other, key="same-id", text="other", by=Channel.WEB, now=NOW)
        assert new and second.seq != first.seq
