"""What the screen is given to read beside a message, and what becomes of its answer."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot import directory
from bot.crisis.assessment import Assessment, Flag, Level
from bot.gateway.door import Door
from bot.gateway.incoming import Incoming
from bot.gateway.screening import WATCHED, Remembering
from bot.gateway.speaking import Speaking
from bot.gateway.starting import start
from spa import messages
from spa.database import Database
from spa.ladder import Ladder
from spa.models import AssessmentRow, Conversation

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOTHING = Assessment(Level.NONE, Flag.NONE)


@dataclass
class Played:
    """A screen that finds what it is told to in a text, and remembers what it was given."""

    finds: dict[str, Assessment] = field(default_factory=dict)
    given: list[tuple[list[str], str | None]] = field(default_factory=list)

    def across(self, texts):
        return self.assess(texts)

    def assess(self, texts, *, asked=None, known=0):
        self.given.append((list(texts), asked))
        return next((self.finds[text] for text in reversed(texts) if text in self.finds), NOTHING)


@dataclass
class Cards:
    """Cards that say how they were asked for."""

    asked_for: list[dict] = field(default_factory=list)

    def card(self, level, **how):
        self.asked_for.append({"level": level, **how})
        return None


@pytest.fixture
def database(tmp_path):
    made = Database(f"sqlite:///{tmp_path / 'screening.sqlite3'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def send(database):
    """Send texts (text, question open, seconds after the start) to a screen; gives the cards that were asked for."""
    with database.session() as session:
        conversation = start(session, channel="web", now=NOW)

    def through(screen, *texts):
        cards = Cards()
        door = Door(
            screen, cards, Ladder(), Speaking.load(directory.load()), told_too={"web": "The team has that too."}
        )
        for number, (text, ask, seconds) in enumerate(texts):
            with database.session() as session:
                found = session.get_one(Conversation, conversation.id)
                found.ask = ask
                door.receive(
                    session, found, Incoming(key=f"key-{number}", text=text), now=NOW + timedelta(seconds=seconds)
                )
        return cards.asked_for

    return through


def test_messages_close_together_are_read_together(send):
    screen = Played()
    send(screen, ("one", "story", 0), ("two", "story", 60), ("three", "story", 150), ("four", "story", 900))
    assert screen.given == [
        (["one"], "story"),
        (["one", "two"], "story"),
        (["two", "three"], "story"),
        (["four"], "story"),
    ]


def test_an_answer_to_another_question_is_not_read_as_an_answer_to_this_one(send):
    screen = Played()
    send(screen, ("yes", "consent", 0), ("no", "suicidal_thoughts", 5))
    assert screen.given[1:] == [(["no"], "suicidal_thoughts"), (["yes", "no"], None)]


def test_a_flagged_message_does_not_flag_the_ones_after_it(send):
    screen = Played(finds={"help me die": Assessment(Level.CRISIS_ACTIVE, Flag.RED)})
    send(screen, ("hello", "story", 0), ("help me die", "story", 5), ("at home", "whereabouts", 10))
    assert screen.given[-1] == (["at home"], "whereabouts")


def test_the_more_serious_of_two_readings_counts(send, database):
    both = ["im going to kill", "myself"]

    class Together(Played):
        def across(self, texts):
            return self.assess(texts)

        def assess(self, texts, *, asked=None, known=0):
            return Assessment(Level.CRISIS_ACTIVE, Flag.RED) if list(texts) == both else NOTHING

    send(Together(), (both[0], "full_name", 0), (both[1], "date_of_birth", 5))
    with database.reading() as session:
        assert [row.flag for row in session.query(AssessmentRow).order_by(AssessmentRow.message_seq)] == [
            Flag.NONE,
            Flag.RED,
        ]


def test_a_watched_phone_stays_watched_but_a_life_in_danger_outweighs_it(send, database):
    screen = Played(
        finds={
            "he reads my texts": Assessment(Level.SAFEGUARDING, Flag.RED, discreet=True),
            "no point": Assessment(Level.PASSIVE_LOW, Flag.AMBER),
            "took pills": Assessment(Level.CRISIS_IMMINENT, Flag.RED),
        }
    )
    asked_for = send(screen, ("he reads my texts", None, 0), ("no point", None, 300), ("took pills", None, 600))
    assert [how["discreet"] for how in asked_for] == [True, True, False]
    with database.reading() as session:
        conversation = session.query(Conversation).one()
        assert messages.assessments(session, conversation)[0].reasons[-1]["rule"] == WATCHED


def test_cards_are_repeated_in_short_and_full_again_at_a_higher_level(send):
    screen = Played(
        finds={
            "low": Assessment(Level.PASSIVE_LOW, Flag.AMBER),
            "high": Assessment(Level.CRISIS_ACTIVE, Flag.RED),
        }
    )
    asked_for = send(screen, ("low", None, 0), ("low", None, 300), ("high", None, 600), ("low", None, 900))
    assert [how["repeated"] for how in asked_for] == [False, True, False, True]


@pytest.mark.parametrize("level", [Level.NEGATED, Level.HISTORICAL])
def test_a_denial_is_not_read_again_in_the_messages_after_it(database, level):
    """ "I don't want to die", then a name: the name denies nothing, and staff are not told that it speaks of the past."""

    class DeniedOnce:
        def across(self, texts):
            return self.assess(texts)

        def assess(self, messages, *, asked=None, known=0):
            denied = any("die" in text for text in messages)
            return Assessment(level if denied else Level.NONE, Flag.NONE)

    door = Door(
        DeniedOnce(), Cards(), Ladder(), Speaking.load(directory.load()), told_too={"web": "The team has that too."}
    )
    with database.session() as session:
        conversation = start(session, channel="web", now=NOW)
        for number, text in enumerate(["I don't want to die", "Sam Adeyemi"]):
            door.receive(session, conversation, Incoming(key=f"key-{number}", text=text), now=NOW)
        assert [row.level for row in messages.assessments(session, conversation)] == [level, Level.NONE]


def test_pieces_that_deny_only_together_are_still_read_together(database):
    """ "I am not going to" and "kill myself": the second piece alone would raise an alarm that the first one takes away."""

    class Pieces:
        def across(self, texts):
            return self.assess(texts)

        def assess(self, messages, *, asked=None, known=0):
            if len(messages) > 1:
                return Assessment(Level.NEGATED, Flag.NONE)
            return (
                Assessment(Level.CRISIS_ACTIVE, Flag.RED)
                if "kill" in messages[0]
                else Assessment(Level.NONE, Flag.NONE)
            )

    door = Door(
        Pieces(), Cards(), Ladder(), Speaking.load(directory.load()), told_too={"web": "The team has that too."}
    )
    with database.session() as session:
        conversation = start(session, channel="web", now=NOW)
        for number, text in enumerate(["I am not going to", "kill myself"]):
            door.receive(session, conversation, Incoming(key=f"key-{number}", text=text), now=NOW)
        assert messages.assessments(session, conversation)[-1].level is Level.NEGATED


def test_a_text_is_read_before_the_transaction_that_stores_it(database):
    screen = Played(finds={"help me die": Assessment(Level.CRISIS_ACTIVE, Flag.RED)})
    door = Door(screen, Cards(), Ladder(), Speaking.load(directory.load()), told_too={"web": "The team has that too."})
    with database.session() as session:
        conversation = start(session, channel="web", now=NOW)
        conversation.ask = "story"
    with database.reading() as session:
        door.read_ahead(session, session.get_one(Conversation, conversation.id), "help me die", now=NOW)
    read = list(screen.given)
    with database.session() as session:
        found = session.get_one(Conversation, conversation.id)
        door.receive(session, found, Incoming(key="key", text="help me die"), now=NOW)
        (row,) = session.query(AssessmentRow)
        assert row.flag is Flag.RED
    assert read == screen.given == [(["help me die"], "story")]


def test_nothing_of_a_text_is_held_once_it_was_read_and_stored():
    remembering = Remembering(Played())
    for _ in ("ahead", "stored"):
        remembering.assess(["a private thing"], asked="story")
    assert "private" not in str(vars(remembering)["_held"])


def test_texts_that_were_never_stored_are_not_held_for_ever():
    remembering = Remembering(Played())
    for number in range(Remembering.MOST + 5):
        remembering.assess([f"text {number}"])
    assert len(vars(remembering)["_held"]) == Remembering.MOST


def test_a_blank_text_is_not_read_with_what_came_before_it(send):
    screen = Played()
    send(screen, ("one", "story", 0), (" ", "story", 5))
    assert screen.given[-1] == ([" "], "story")


def test_what_a_button_says_is_read_with_nothing_before_or_after_it(send):
    screen = Played()
    send(screen, ("Nothing", "access_needs", 0), ("Change an earlier answer", "check", 5), ("no", "check", 10))
    assert (["Change an earlier answer"], "check") in screen.given
    assert screen.given[-2:] == [(["no"], "check"), (["Nothing", "no"], None)]
