"""The way in: message, assessment, escalation, page and card are one transaction; a screen that cannot run is a flag."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot import directory
from bot.crisis.replies import Replies
from bot.gateway.door import Door
from bot.gateway.incoming import Incoming
from bot.gateway.speaking import Speaking
from bot.gateway.starting import start
from spa import escalations, introductions
from spa.database import Database
from spa.ladder import Contact, Ladder
from spa.models import AssessmentRow, Conversation, Escalation, EscalationStep, Message, OutboxItem

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LADDER = Ladder((Contact("Amina Yusuf", sms="+447700900999"),))
RED = "I am going to kill myself tonight"
TOLD_TOO = {"web": "The team has that too.", "sms": "The team has that too."}
TABLES = (Message, AssessmentRow, Escalation, EscalationStep, OutboxItem)


class Broken:
    """A screen that fails on everything."""

    def across(self, texts):
        return self.assess(texts)

    def assess(self, messages, *, asked=None, known=0):
        raise RuntimeError("the model is gone")


@pytest.fixture
def database(tmp_path):
    made = Database(f"sqlite:///{tmp_path / 'door.sqlite3'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture(scope="module")
def replies():
    return Replies.load(directory.load())


@pytest.fixture
def door(screen, replies):
    return Door(screen, replies, LADDER, Speaking.load(directory.load()), told_too=TOLD_TOO)


@pytest.fixture(params=["web", "sms"])
def conversation(request, database):
    with database.session() as session:
        return start(
            session, channel=request.param, address="+447700900123" if request.param == "sms" else None, now=NOW
        )


def count(database):
    with database.reading() as session:
        return {table.__tablename__: session.query(table).count() for table in TABLES}


def receive(database, door, conversation, text, *, key, now=NOW, **options):
    with database.session() as session:
        found = session.get_one(Conversation, conversation.id)
        return door.receive(session, found, Incoming(key=key, text=text), now=now, **options)


def test_a_disclosure_leaves_message_assessment_escalation_page_and_card(database, door, conversation):
    received = receive(database, door, conversation, RED, key="m1")
    with database.reading() as session:
        (escalation,) = escalations.open_now(session)
        page = session.query(OutboxItem).filter_by(purpose="page").one()
        card = session.query(Message).filter_by(answers_seq=received.seq).one()
        assert session.get_one(AssessmentRow, received.seq).level.value == escalation.level
        assert page.conversation_id == conversation.id and escalation.words == RED
        assert card.kind == "crisis"
        assert session.query(OutboxItem).filter_by(purpose="reply").count() == (conversation.channel == "sms")


@pytest.mark.parametrize("breaks", ["spa.escalations.page_next", "spa.replying.put", "spa.messages.record_assessment"])
def test_all_of_it_or_nothing(database, door, conversation, monkeypatch, breaks):
    before = count(database)

    def fails(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(breaks, fails)
    with pytest.raises(RuntimeError):
        receive(database, door, conversation, RED, key="m1")
    assert count(database) == before
    monkeypatch.undo()
    receive(database, door, conversation, RED, key="m1")
    assert count(database)["escalation"] == 1 and count(database)["message"] == before["message"] + 2


def test_the_same_key_again_changes_nothing(database, door, conversation):
    first = receive(database, door, conversation, RED, key="m1")
    before = count(database)
    again = receive(database, door, conversation, RED, key="m1")
    assert (again.seq, again.new, first.new) == (first.seq, False, True)
    assert count(database) == before


def test_a_screen_that_cannot_run_is_a_flag_for_a_person(database, replies, conversation):
    door = Door(Broken(), replies, LADDER, Speaking.load(directory.load()), told_too=TOLD_TOO)
    received = receive(database, door, conversation, "hello there", key="m1")
    with database.reading() as session:
        assert session.get_one(AssessmentRow, received.seq).level.value == "screen_failed"
        (escalation,) = escalations.open_now(session)
        assert (escalation.level, escalation.flag.value) == ("screen_failed", "amber")
    assert received.waiting


def test_what_failed_is_logged_without_the_words(database, replies, conversation, capsys):
    receive(
        database,
        Door(Broken(), replies, LADDER, Speaking.load(directory.load()), told_too=TOLD_TOO),
        conversation,
        "my private words",
        key="m1",
    )
    printed = "".join(capsys.readouterr())
    assert "screen_failed" in printed and "private" not in printed and "the model is gone" not in printed


def test_the_card_opens_its_question(database, door, conversation):
    receive(database, door, conversation, "I have taken all my tablets", key="m1")
    with database.reading() as session:
        assert session.get_one(Conversation, conversation.id).ask == "whereabouts"


def test_a_second_disclosure_gets_a_shorter_follow_up_and_no_second_escalation(database, door, conversation):
    first = receive(database, door, conversation, RED, key="m1")
    second = receive(database, door, conversation, RED, key="m2", now=NOW + timedelta(minutes=5))
    with database.reading() as session:
        cards = [session.query(Message).filter_by(answers_seq=one.seq).one().text for one in (first, second)]
        assert len(cards[1]) < len(cards[0])
        assert session.query(Escalation).count() == 1


def test_a_denial_later_never_closes_the_escalation(database, door, conversation):
    receive(database, door, conversation, RED, key="m1")
    receive(database, door, conversation, "jk forget it", key="m2", now=NOW + timedelta(minutes=1))
    with database.reading() as session:
        assert escalations.open_now(session)[0].state == "open"


def test_a_flag_after_handing_over_raises_the_introductions_priority(database, door, conversation, document):
    with database.session() as session:
        found = session.get_one(Conversation, conversation.id)
        introductions.submit(session, found, document=document(found), now=NOW)
    receive(database, door, conversation, "I have taken all my tablets", key="m1", now=NOW + timedelta(hours=1))
    with database.reading() as session:
        introduction = introductions.of_conversation(session, session.get_one(Conversation, conversation.id))
        assert introduction.priority_code == 1
        assert any("danger" in why for why in introduction.document["priority"]["why"])


def test_nothing_of_the_message_is_in_the_page(database, door, conversation):
    receive(database, door, conversation, RED, key="m1")
    with database.reading() as session:
        page = session.query(OutboxItem).filter_by(purpose="page").one()
        assert RED not in json.dumps([page.body, page.subject])
