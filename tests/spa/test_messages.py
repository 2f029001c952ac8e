"""The durable inbox, the transcript and the wire contract."""

import uuid
from datetime import timedelta

import pytest

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from bot.intake.turn import Choice, Reply
from spa import messages
from spa.database import Database
from spa.models import Author, MessageState
from tests.spa.factories import NOW, at_once, conversation, inbound, minutes

CARD = Assessment(Level.CRISIS_ACTIVE, Flag.RED, (Reason("plan", "end it all"),), model="rules", ms=1.5)


def test_receive_stores_the_message_once(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        first, new = messages.receive(session, made, key="one", text="hello", now=NOW)
        again, not_new = messages.receive(session, made, key="one", text="hello again", now=minutes(1))
    assert (new, not_new) == (True, False)
    assert (again.seq, again.text) == (first.seq, "hello")


def test_receive_at_once_stores_the_message_once(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)

    def retry() -> tuple[int, bool]:
        with database.session() as session:
            message, new = messages.receive(session, made, key="one", text="hello", now=NOW)
            return message.seq, new

    answers = at_once([retry] * 8)
    assert len({seq for seq, _ in answers}) == 1
    assert sorted(new for _, new in answers) == [False] * 7 + [True]


def test_two_pages_may_choose_the_same_id(database: Database) -> None:
    with database.session() as session:
        both = [messages.receive(session, conversation(session), key="one", text="hi", now=NOW) for _ in range(2)]
    assert [new for _, new in both] == [True, True]


def test_a_late_retry_of_a_text_finds_it_in_the_earlier_conversation(database: Database) -> None:
    with database.session() as session:
        earlier = conversation(session, channel="sms")
        first, _ = messages.receive(session, earlier, key="SM1", text="hello", now=NOW)
        later = conversation(session, channel="sms", now=minutes(600))
        again, new = messages.receive(session, later, key="SM1", text="hello", now=minutes(600))
    assert not new
    assert again.seq == first.seq


def test_receive_moves_the_conversations_last_message_on(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, now=minutes(7))
        assert made.last_inbound_at == minutes(7)


def test_numbers_rise_in_the_order_messages_become_visible(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)

    def write_and_look() -> list[int]:
        with database.session() as session:
            own = messages.receive(session, made, key=uuid.uuid4().hex, text="hi", now=NOW)[0]
            before = [message.seq for message in messages.since(session, made, 0)]
            assert before[-1] == own.seq
            return before

    seen = sorted(at_once([write_and_look] * 6), key=len)
    assert all(longer[: len(shorter)] == shorter for shorter, longer in zip(seen, seen[1:], strict=False))


def test_pending_and_waiting_follow_the_order_of_arrival(database: Database) -> None:
    with database.session() as session:
        first, second = conversation(session), conversation(session)
        one, two, three = inbound(session, first), inbound(session, second), inbound(session, first)
        assert messages.pending(session, first) == [one, three]
        assert messages.waiting(session) == [first.id, second.id]
        messages.settle(session, one, state="done")
        assert messages.waiting(session) == [second.id, first.id]
        messages.settle(session, two, state="failed")
        messages.settle(session, three, state="done")
        assert messages.waiting(session) == []


def test_settle_refuses_unknown_states(database: Database) -> None:
    with database.session() as session:
        message = inbound(session, conversation(session))
        with pytest.raises(ValueError):
            messages.settle(session, message, state="lost")


def test_answers_belong_to_their_message(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        one, two = inbound(session, made), inbound(session, made)
        first = messages.post(session, made, {"text": "a"}, answers=one, now=NOW)
        messages.post(session, made, {"text": "b"}, answers=two, now=NOW)
        second = messages.post(session, made, {"text": "c"}, answers=one, now=NOW)
        assert messages.answers_to(session, one) == [first, second]


def test_since_gives_what_came_after(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        other = conversation(session)
        first, _, last = inbound(session, made), inbound(session, other), inbound(session, made)
        assert messages.since(session, made, first.seq) == [last]


def test_recent_texts_are_the_residents_of_the_last_two_minutes(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, "too old", now=NOW)
        inbound(session, made, "I can't", now=minutes(3))
        messages.post(session, made, {"text": "ours"}, now=minutes(3))
        inbound(session, made, "do this", now=minutes(4))
        last = inbound(session, made, "anymore", now=minutes(4.5))
        texts = messages.recent_texts(session, made, before=last, within=timedelta(minutes=2))
    assert texts == ["I can't", "do this"]


def test_last_asked_is_our_last_question(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        assert messages.last_asked(session, made) is None
        messages.post(session, made, {"text": "?", "ask": "consent"}, now=NOW)
        asked = messages.post(session, made, {"text": "?", "ask": "story"}, now=NOW)
        messages.post(session, made, {"text": "thank you"}, now=NOW)
        messages.post(session, made, {"text": "?", "ask": "phone"}, author=Author.STAFF, now=NOW)
        assert messages.last_asked(session, made) is asked


def test_the_first_assessment_of_a_message_stands(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        message = inbound(session, made, "I want to end it all")
        messages.record_assessment(session, message, CARD, asked="story", now=NOW)
        messages.record_assessment(session, message, Assessment(Level.NONE, Flag.NONE), asked=None, now=NOW)
    with database.reading() as session:
        (row,) = messages.assessments(session, made)
        assert (row.level, row.flag, row.asked, row.ms) == (Level.CRISIS_ACTIVE, Flag.RED, "story", 1.5)
        assert row.reasons == [{"rule": "plan", "words": "end it all", "score": 1.0}]
        assert messages.assessment_of(session, message) is row


@pytest.mark.parametrize("seen, watched", [
    (Assessment(Level.SAFEGUARDING, Flag.RED), True),
    (Assessment(Level.NONE, Flag.NONE, (Reason(messages.WATCHED, ""),)), True),
    (Assessment(Level.CRISIS_ACTIVE, Flag.RED), False),
])  # fmt: skip
def test_it_is_watched_where_the_screen_saw_a_danger_near_or_somebody_reading(database, seen, watched: bool) -> None:
    with database.session() as session:
        there, other = conversation(session), conversation(session)
        assert not messages.is_watched(session, there, other)
        messages.record_assessment(session, inbound(session, there), seen, asked=None, now=NOW)
        assert messages.is_watched(session, there) is watched
        assert messages.is_watched(session, other, there) is watched
        assert not messages.is_watched(session, other)


def test_a_full_reply_comes_out_as_the_wire_contract_says(database: Database) -> None:
    reply = Reply("Shall we?", ask="consent", choices=(Choice("yes", "Yes"), Choice("no", "No")), multi=True,
                  progress={"done": 1, "of": 9}, reference="LW-7K2F-9QX")  # fmt: skip
    with database.session() as session:
        made = conversation(session)
        posted = messages.post(session, made, reply.as_dict(), now=NOW)
    with database.reading() as session:
        (message,) = messages.since(session, made, 0)
        assert messages.as_wire(message) == {
            "id": posted.id,
            "at": "2026-11-23T02:00:00+00:00",
            "from": "assistant",
            "kind": "text",
            "text": "Shall we?",
            "ask": "consent",
            "choices": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
            "multi": True,
            "progress": {"done": 1, "of": 9},
            "reference": "LW-7K2F-9QX",
        }


def test_what_is_not_set_is_absent_from_the_wire(database: Database) -> None:
    with database.session() as session:
        message = inbound(session, conversation(session), "hi", key="mine")
        assert messages.as_wire(message) == {
            "id": "mine", "at": "2026-11-23T02:00:00+00:00", "from": "resident", "kind": "text", "text": "hi",
        }  # fmt: skip


def test_a_reply_of_a_resident_state_is_refused_by_the_database(database: Database) -> None:
    with database.session() as session:
        posted = messages.post(session, conversation(session), {"text": "hi"}, now=NOW)
        assert posted.state is MessageState.SENT


@pytest.mark.parametrize("text", ["", "\U0001f622" * 500, "a\r\n\tb", "x" * 20_000, "Ọ̀ṣun \u202e mirrored"])
def test_any_text_comes_back_as_it_was(database: Database, text: str) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, text)
    with database.reading() as session:
        assert messages.since(session, made, 0)[0].text == text


@pytest.mark.parametrize("text", ["a\0b", "a\ud83db", "a\udcffb"])
def test_what_no_database_can_hold_is_replaced(database: Database, text: str) -> None:
    with database.session() as session:
        made = conversation(session)
        inbound(session, made, text)
    with database.reading() as session:
        assert messages.since(session, made, 0)[0].text == "a\N{REPLACEMENT CHARACTER}b"
