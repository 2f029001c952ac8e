"""A flagged “No” is shown with the question it answered, wherever it is shown."""

import pytest

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from spa import escalations, introductions, messages
from spa.console import answered
from spa.models import Conversation
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import LADDER, NOW

QUESTION = "Do you feel safe where you live?"


@pytest.fixture
def places(database):
    """Every page that shows a “No” that was flagged after another “No” that was not."""
    with database.session() as session:
        flag = {"level": "safeguarding", "at": NOW.isoformat(), "words": "No", "reasons": []}
        introduction = factories.introduction(session, flags=[flag])
        conversation = session.get_one(Conversation, introduction.conversation_id)
        ask(
            session, conversation, "adult", "Thank you. Are you 18 or over?", Assessment(Level.NONE, Flag.NONE), key="1"
        )
        reasons = (Reason("answer.not_safe", "No"),)
        seen = Assessment(Level.SAFEGUARDING, Flag.RED, reasons)
        message = ask(
            session, conversation, "safe_at_home", f"I have noted that. {QUESTION} You can skip.", seen, key="2"
        )
        alarm = escalations.open_or_raise(
            session, conversation, message=message, level=Level.SAFEGUARDING, flag=Flag.RED, words="No", reasons=reasons,
            ladder=LADDER, now=NOW,
        )  # fmt: skip
        introductions.raise_priority(session, introduction, 4, why="Flag", now=NOW)
        reference = introduction.reference
    return {
        "list": "/",
        "list again": "/fragments/home",
        "escalation": f"/escalations/{alarm.code}",
        "introduction": f"/introductions/{reference}",
    }


def ask(session, conversation, ask, text, seen, *, key):
    """Put a question, answered "No", which the screen reads as `seen`."""
    messages.post(session, conversation, {"text": text, "ask": ask}, now=NOW)
    message, _ = messages.receive(session, conversation, key=key, text="No", now=NOW)
    messages.record_assessment(session, message, seen, asked=ask, now=NOW)
    return message


@pytest.mark.parametrize("where", ["list", "list again", "escalation", "introduction"])
def test_question_is_shown_with_the_flagged_answer(amina, places, where):
    assert f"Answer to: {QUESTION}" in text_of(amina.get(places[where]))


@pytest.mark.parametrize("where", ["list", "escalation"])
def test_question_is_that_of_the_flagged_answer_and_not_of_another(amina, places, where):
    assert "Answer to: Are you 18 or over?" not in text_of(amina.get(places[where]))


@pytest.mark.parametrize(
    ("asked", "put", "words"),
    [
        ("adult", "Thanks. One more? Are you 18 or over?", "Are you 18 or over?"),
        ("adult", "", "Are you 18 or over?"),
        ("made_up", "", "Made up"),
        (None, "What is it?", ""),
    ],
)
def test_question_is_in_the_words_that_were_put_or_else_in_those_of_the_list(asked, put, words):
    assert answered.in_words(asked, put) == words
