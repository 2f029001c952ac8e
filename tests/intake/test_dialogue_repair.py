"""Answers that are not understood: said so, helped with choices, then left for a person. It never goes round in circles."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from bot.intake import questions
from tests.intake.play import Conversation, at

MUDDLE = ("purple monkey", "eleventy", "qwzx")
UNREADABLE = (
    "adult",
    "lambeth_link",
    "impact",
    "suicidal_thoughts",
    "safe_at_home",
    "date_of_birth",
    "phone",
    "contact_method",
    "email",
    "nhs_number",
)


@pytest.mark.parametrize("ask", UNREADABLE)
def test_three_times_and_it_is_left_for_a_person(ask: str) -> None:
    talk = at(ask)
    texts = []
    for number, text in enumerate(MUDDLE):
        talk.say(text)
        texts.append(talk.text)
        if number < 2:
            assert talk.ask == ask
    assert talk.answers[ask]["status"] == "left"
    assert talk.ask != ask
    assert len(set(texts)) == 3


@pytest.mark.parametrize("ask", UNREADABLE)
def test_twice_offers_a_way_out(ask: str) -> None:
    talk = at(ask)
    talk.say(MUDDLE[0])
    talk.say(MUDDLE[1])
    assert [choice.value for choice in talk.turn.replies[-1].choices][-2:] == ["skip", "human"]
    talk.tap("skip")
    assert talk.answers[ask]["status"] == "declined"


def test_an_answer_understood_the_second_time_counts() -> None:
    talk = at("date_of_birth")
    talk.say("ninety one")
    talk.say("3 April 1991")
    assert talk.value("date_of_birth") == "1991-04-03"
    assert talk.draft["misses"] == {}


@pytest.mark.parametrize(
    ("ask", "text", "said"),
    [
        ("date_of_birth", "3/4/2091", "not come yet"),
        ("phone", "07700 9001", "too short"),
        ("nhs_number", "123456", "10 digits"),
    ],
)
def test_what_is_wrong_is_said_kindly(ask: str, text: str, said: str) -> None:
    talk = at(ask)
    talk.say(text)
    assert said in talk.text
    assert talk.ask == ask


@pytest.mark.parametrize("ask", ["adult", "story", "goals", "full_name", "check"])
@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_message_without_words_is_said_to_be_one(ask: str, text: str) -> None:
    talk = at(ask)
    talk.say(text)
    assert "no words" in talk.text
    assert talk.ask == ask
    assert not drafts.answered(talk.draft, ask)


@pytest.mark.parametrize("ask", ["consent", "check"])
def test_consent_and_check_are_never_assumed(ask: str) -> None:
    talk = at(ask)
    texts = []
    for _ in range(5):
        talk.say("purple monkey")
        texts.append(talk.text)
        assert talk.ask == ask
        assert not drafts.answered(talk.draft, ask)
    assert all(one != other for one, other in zip(texts, texts[1:], strict=False))


def test_the_person_who_cannot_be_understood_at_consent_gets_numbers() -> None:
    talk = Conversation()
    for _ in range(3):
        talk.say("purple monkey")
    assert "116 123" in talk.text
    assert talk.turn.replies[-1].choices[-1].value == "human"


@pytest.mark.parametrize(("ask", "open_then"), [("start_again_ok", "goals"), ("stop_ok", "goals")])
def test_a_side_question_not_understood_changes_nothing(ask: str, open_then: str) -> None:
    talk = at("goals")
    before = dict(talk.answers)
    talk.say("x", intent={"start_again_ok": "start_again", "stop_ok": "stop"}[ask])
    assert talk.ask == ask
    for _ in range(3):
        talk.say("purple monkey")
    assert talk.ask == open_then
    assert dict(talk.answers) == before


def test_about_whom_not_understood_goes_on_as_for_oneself() -> None:
    talk = at("about_whom")
    for text in MUDDLE:
        talk.say(text)
    assert talk.ask == "adult"
    assert questions.load()["adult"].own.web in talk.text
