"""What is put right, added in passing or left as it is, and the words that send it."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from bot.intake import summary
from tests.intake.play import WEB, Conversation, at


def told(talk: Conversation) -> list[str]:
    return [*talk.draft["telling"], *(drafts.value(talk.draft, "story") or [])]


def test_an_age_put_right_settles_who_we_are_for() -> None:
    talk = at("adult")
    talk.say("no")
    assert talk.ask == "pass_on_anyway"
    talk.say("sorry i meant 19")
    assert drafts.value(talk.draft, "adult") is True
    assert talk.ask == "lambeth_link"


@pytest.mark.parametrize("text", ["no", "nothing", "nothing else"])
def test_nothing_to_change_goes_back_to_the_check(text: str) -> None:
    talk = at("check")
    talk.tap("change")
    talk.say(text)
    assert talk.ask == "check" and talk.draft["state"] == "open"


def test_yes_send_it_while_choosing_a_line_sends_it() -> None:
    talk = at("check")
    talk.tap("change")
    talk.say("yes send it")
    assert talk.draft["state"] == "submitted"


def test_an_answer_where_a_change_was_misheard_is_taken() -> None:
    talk = at("contact_method")
    talk.say("something is wrong", intent="change_answer")
    assert talk.ask == "change_which"
    talk.say("call")
    assert drafts.value(talk.draft, "contact_method") == "call"


def test_a_number_by_text_names_a_line_and_never_sends() -> None:
    talk = at("check", channel="sms")
    assert talk.turn.replies[-1].choices == ()
    talk.say("1")
    assert talk.draft["state"] == "open" and talk.draft["again"]


def test_something_added_in_passing_is_added_at_once() -> None:
    talk = at("postcode")
    talk.say("i forgot to say i also lost my job last week", intent="add_more")
    assert "i forgot to say i also lost my job last week" in told(talk)
    assert talk.ask == "postcode"


def test_something_to_add_is_asked_for() -> None:
    talk = at("postcode")
    talk.say("can i add something else", intent="add_more")
    assert talk.ask == "add_more"


def test_it_got_worse_is_heard_where_something_is_added() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("add something", intent="add_more")
    talk.say("it got worse", intent="it_got_worse")
    assert talk.ask == "suicidal_thoughts"


def test_lines_about_another_person_speak_of_them() -> None:
    talk = at("check", answers={**WEB, "about_whom": "my son", "phone": "07700 900888"})
    labels = [line.label for line in summary.lines(talk.draft, channel="web")]
    assert "They would like" in labels and not [label for label in labels if label.startswith("You ")]


def test_an_age_put_right_is_heard_when_the_classifier_calls_it_a_change() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("sorry i meant 19", intent="change_answer")
    assert drafts.value(talk.draft, "adult") is True


def test_facts_are_named_in_the_order_of_the_questions() -> None:
    talk = at("duration")
    talk.say("sw9 8lf and my number is 07700 900124")
    assert "I have noted: phone and postcode." in talk.text


@pytest.mark.parametrize("text", ["i also forgot to say i got sacked", "can you add that i have asthma"])
def test_short_things_are_added_in_passing_too(text: str) -> None:
    talk = at("postcode")
    talk.say(text, intent="add_more")
    assert text in told(talk)


def test_nothing_to_add_or_take_away_keeps_what_was_heard() -> None:
    talk = at("needs")
    talk.say("no")
    talk.say("none")
    assert drafts.value(talk.draft, "needs")


@pytest.mark.parametrize("text", ["ok send", "yes please send it", "send it now"])
def test_ways_to_say_send(text: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.draft["state"] == "submitted"


@pytest.mark.parametrize("text", ["send it to my GP not you", "don't send it", "ok"])
def test_ways_that_do_not_say_send(text: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.draft["state"] == "open" or text == "ok"
