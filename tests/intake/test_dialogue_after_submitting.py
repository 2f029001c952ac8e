"""After the hand-over: questions, more to say, changes, withdrawal, "it got worse"."""

from __future__ import annotations

import pytest

from tests.intake.play import REFERENCE, Conversation, at


def sent(channel: str = "sms") -> Conversation:
    talk = at("check", channel=channel)
    talk.say("yes")
    talk.effects.clear()
    return talk


def kinds(talk: Conversation) -> list[str]:
    return [effect["type"] for effect in talk.effects]


def test_status_gives_the_reference() -> None:
    talk = sent()
    talk.say("what is happening with my referral", intent="status")
    assert REFERENCE in talk.text
    assert talk.ask is None


def test_more_said_unasked_is_added() -> None:
    talk = sent()
    talk.say("I forgot to say that my landlord cut the heating")
    assert kinds(talk) == ["update"]
    assert talk.value("story")[-1] == "I forgot to say that my landlord cut the heating"


def test_add_more_asks_what() -> None:
    talk = sent()
    talk.say("I want to add something", intent="add_more")
    assert talk.ask == "add_more"
    talk.say("I also look after my mum")
    assert kinds(talk) == ["update"]
    assert talk.ask is None


def test_a_changed_number_is_passed_on() -> None:
    talk = sent()
    talk.say("my number has changed to 07700 900777")
    assert talk.value("phone") == "+447700900777"
    assert kinds(talk) == ["update"]


def test_change_my_answer_by_name() -> None:
    talk = sent()
    talk.say("change my postcode", intent="change_answer")
    assert talk.ask == "postcode"
    talk.say("SW2 1AA")
    assert kinds(talk) == ["update"]
    assert talk.ask is None


def test_withdrawing_is_confirmed_first() -> None:
    talk = sent()
    talk.say("take it back", intent="withdraw")
    assert (talk.ask, kinds(talk)) == ("withdraw_ok", [])
    talk.tap("yes")
    assert kinds(talk) == ["withdraw"]
    assert talk.ask is None


def test_not_withdrawing_leaves_it() -> None:
    talk = sent()
    talk.say("take it back", intent="withdraw")
    talk.tap("no")
    assert (talk.ask, kinds(talk)) == (None, [])


def test_it_got_worse_gives_lines_and_asks_again() -> None:
    talk = sent()
    talk.say("it got worse", intent="it_got_worse")
    assert "999" in talk.text
    assert talk.ask == "suicidal_thoughts"
    assert kinds(talk) == ["update"]
    talk.say("no")
    assert kinds(talk) == ["update", "update"]
    assert talk.ask is None


@pytest.mark.parametrize(
    "intent", ["ask_wait_time", "ask_who_sees", "thanks", "goodbye", "ask_if_robot", "privacy", "small_talk"]
)
def test_questions_are_still_answered(intent: str) -> None:
    talk = sent()
    talk.say("x", intent=intent)
    assert talk.turn.replies
    assert talk.ask is None


def test_a_person_can_be_asked_for() -> None:
    talk = sent()
    talk.say("can I talk to somebody", intent="talk_to_human")
    assert "human" in kinds(talk)


def test_a_word_alone_gets_a_helping_hand() -> None:
    talk = sent()
    talk.say("hm")
    first = talk.text
    talk.say("hm")
    assert first != talk.text
    assert talk.ask is None


def test_equality_questions_do_not_swallow_more_of_the_story() -> None:
    talk = sent("web")
    talk.say("I want to add something", intent="add_more")
    talk.say("my heating was cut off too")
    assert talk.value("story")[-1] == "my heating was cut off too"
    assert talk.ask == "equality_ok"


def test_after_withdrawing_one_may_start_again() -> None:
    talk = sent()
    talk.say("take it back", intent="withdraw")
    talk.tap("yes")
    talk.say("I want to try again now")
    assert talk.ask == "consent"
