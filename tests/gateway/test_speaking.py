"""Another language: its card at once, the interpreter noted, the language beside the alarm."""

import json
from datetime import UTC, datetime

import pytest

from bot import directory
from bot.crisis.foreign import ForeignCards
from bot.crisis.replies import Replies
from bot.gateway.door import Door
from bot.gateway.incoming import Incoming
from bot.gateway.speaking import Speaking
from bot.gateway.starting import start
from spa.database import Database
from spa.ladder import Ladder
from spa.models import Author, Conversation, Escalation, Message

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CARDS = ForeignCards.load(directory.load())


@pytest.fixture
def database(tmp_path):
    made = Database(f"sqlite:///{tmp_path / 'speaking.sqlite3'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def door(screen):
    return Door(
        screen,
        Replies.load(directory.load()),
        Ladder(),
        Speaking.load(directory.load()),
        told_too={"web": "The team has that too.", "sms": "The team has that too."},
    )


@pytest.fixture(params=["web", "sms"])
def conversation(request, database):
    address = "+447700900123" if request.param == "sms" else None
    with database.session() as session:
        return start(session, channel=request.param, address=address, now=NOW).id


def told(database, door, conversation, *texts):
    with database.session() as session:
        for number, text in enumerate(texts):
            incoming = Incoming(key=f"m{number}", text=text)
            door.receive(session, session.get_one(Conversation, conversation), incoming, now=NOW)
    with database.reading() as session:
        mine = session.query(Message).filter(Message.author != Author.RESIDENT).order_by(Message.seq)
        return [message.text for message in mine]


def test_speaking_answers_a_disclosure_in_its_language_with_the_english_card_after_it(database, door, conversation):
    replies = told(database, door, conversation, "não quero mais viver, quero morrer")
    assert replies[-2] == CARDS.texts["pt"]["red"]
    assert "?" in replies[-1]


def test_speaking_answers_everyday_words_with_the_card_about_interpreters_once(database, door, conversation):
    replies = told(database, door, conversation, "potrzebuję tłumacza, nie mówię po angielsku", "mam problem z domem")
    assert replies.count(CARDS.texts["pl"]["other"]) == 1


def test_speaking_says_no_word_of_harm_where_somebody_is_hit_at_home(database, door, conversation):
    assert CARDS.texts["es"]["other"] in told(database, door, conversation, "mi marido me pega todas las noches")


def test_speaking_notes_the_interpreter_in_the_draft(database, door, conversation):
    told(database, door, conversation, "waxaan u baahanahay turjubaan Soomaali ah")
    with database.reading() as session:
        draft = session.get_one(Conversation, conversation).draft
    assert draft["answers"]["access_needs"]["value"]["language"] == "so"
    assert draft["answers"]["access_needs"]["value"]["interpreter"] is True


def test_speaking_puts_another_language_before_a_person(database, door, conversation):
    told(database, door, conversation, "bonjour, j'ai besoin d'un interprète s'il vous plaît")
    with database.reading() as session:
        escalation = session.query(Escalation).one()
    assert escalation.flag == "amber"
    assert "language:fr" in json.dumps(escalation.reasons)


def test_speaking_leaves_english_alone(database, door, conversation):
    told(database, door, conversation, "I live in Brixton with Jose and Maria")
    with database.reading() as session:
        assert session.query(Escalation).count() == 0
        assert "access_needs" not in (session.get_one(Conversation, conversation).draft.get("answers") or {})
