"""Starting, finding and forgetting conversations."""

import pytest
from sqlalchemy.exc import IntegrityError

from spa import conversations, escalations, introductions, messages, outbox, phones
from spa.database import Database
from spa.models import Conversation, ConversationState, OutboxState
from tests.spa.factories import LADDER, NOW, PHONE, alarm, at_once, conversation, document, inbound, minutes


def test_a_phone_finds_its_conversation(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        found = phones.goes_on(session, PHONE, now=minutes(30))
        assert found is made


@pytest.mark.parametrize("phone, later", [("+447700900999", 1), (PHONE, 4 * 60 + 1)])
def test_another_phone_or_a_long_silence_finds_none(database: Database, phone: str, later: float) -> None:
    with database.session() as session:
        conversation(session, channel="sms")
        assert phones.goes_on(session, phone, now=minutes(later)) is None


@pytest.mark.parametrize("state", ["ended", "forgotten"])
def test_a_finished_conversation_is_not_current(database: Database, state: str) -> None:
    with database.session() as session:
        conversation(session, channel="sms").state = ConversationState(state)
        assert phones.goes_on(session, PHONE, now=NOW) is None


def test_one_that_was_handed_over_is_still_current(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        introductions.submit(session, made, document=document(), now=NOW)
        assert phones.goes_on(session, PHONE, now=NOW) is made


def test_starting_again_ends_the_phones_earlier_one(database: Database) -> None:
    with database.session() as session:
        earlier = conversation(session, channel="sms")
        later = conversation(session, channel="sms", now=minutes(500))
    with database.reading() as session:
        assert session.get_one(Conversation, earlier.id).state == "ended"
        assert session.get_one(Conversation, later.id).state == "open"


def test_first_texts_at_once_open_one_conversation(database: Database) -> None:
    def first_text() -> str:
        with database.session() as session:
            current = phones.goes_on(session, PHONE, now=NOW)
            return (current or conversation(session, channel="sms")).id

    assert len(set(at_once([first_text] * 6))) == 1


def test_the_database_refuses_a_second_open_conversation_of_a_phone(database: Database) -> None:
    with database.session() as session:
        conversation(session, channel="sms")
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(
            Conversation(
                id="b", channel="sms", address=PHONE, state="open", draft={}, started_at=NOW, last_inbound_at=NOW
            )
        )


def test_forget_leaves_no_word_and_no_number(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        made.draft, made.ask = {"answers": {"full_name": "Grace"}}, "phone"
        inbound(session, made, "I am Grace")
        messages.post(
            session, made, {"text": "Thank you, Grace", "choices": [{"value": "a", "label": "Grace"}]}, now=NOW
        )
        outbox.enqueue(session, kind="sms", to=PHONE, body="Thank you, Grace", purpose="reply", dedupe_key="a",
                       conversation_id=made.id, now=NOW)  # fmt: skip
        assert conversations.forget(session, made, now=NOW)
    with database.reading() as session:
        row = session.get_one(Conversation, made.id)
        assert (row.state, row.address, row.draft, row.ask) == ("forgotten", None, {}, None)
        assert [(message.text, message.choices) for message in messages.since(session, made, 0)] == [("", None)] * 2
        assert messages.waiting(session) == []


def test_forget_stops_texts_that_have_not_gone(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        item = outbox.enqueue(session, kind="sms", to=PHONE, body="Hello", purpose="reply", dedupe_key="a",
                              conversation_id=made.id, now=NOW)  # fmt: skip
        conversations.forget(session, made, now=NOW)
        session.refresh(item)
        assert (item.state, item.body, item.recipient) == (OutboxState.FAILED, "", "removed")
        assert outbox.due(session, now=NOW, limit=5) == []


def test_forget_keeps_what_crisis_outreach_was_told(database: Database) -> None:
    with database.session() as session:
        made = conversation(session, channel="sms")
        alarm(session, made)
        conversations.forget(session, made, now=NOW)
        escalation = escalations.open_of(session, made)
        assert escalation is not None
        assert (escalation.words, escalation.phone) == ("the tablets", PHONE)
        assert [item.recipient for item in outbox.due(session, now=NOW, limit=5)] == [LADDER.contacts[0].sms]


def test_forget_does_nothing_once_handed_over(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        message = inbound(session, made, "hello")
        introductions.submit(session, made, document=document(), now=NOW)
        assert not conversations.forget(session, made, now=NOW)
        session.refresh(message)
        assert (made.state, message.text) == ("submitted", "hello")


def test_opting_out_and_in_again(database: Database) -> None:
    with database.session() as session:
        assert not conversations.opted_out(session, PHONE)
        conversations.opt_out(session, PHONE, now=NOW)
        conversations.opt_out(session, PHONE, now=minutes(1))
        assert conversations.opted_out(session, PHONE)
        conversations.opt_in(session, PHONE)
        conversations.opt_in(session, PHONE)
        assert not conversations.opted_out(session, PHONE)


def test_opting_out_at_once_is_one_row(database: Database) -> None:
    def stop() -> None:
        with database.session() as session:
            conversations.opt_out(session, PHONE, now=NOW)

    at_once([stop] * 4)
    with database.reading() as session:
        assert conversations.opted_out(session, PHONE)
