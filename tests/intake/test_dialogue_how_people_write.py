"""Ways of answering that simulated residents were not understood in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.play import at


@pytest.mark.parametrize(
    ("ask", "said", "value"),
    [
        ("about_whom", "its 4 me", "me"),
        ("lambeth_link", "i live der", "lives"),
        ("full_name", "my full name is maria de los santos rodriguez", "Maria de los Santos Rodriguez"),
        ("full_name", "Surname Achebe, first name Chidinma", "Chidinma Achebe"),
        ("preferred_name", "same", "Grace"),
        ("phone", "oh seven seven double oh nine double oh one one six", "+447700900116"),
    ],
)
def test_answer_is_understood_the_first_time(ask: str, said: str, value: Any) -> None:
    talk = at(ask)
    talk.say(said)
    assert talk.value(ask) == value


def test_tapping_the_same_name_gives_the_first_name() -> None:
    talk = at("preferred_name")
    talk.tap("same")
    assert talk.value("preferred_name") == "Grace"


def test_yes_to_this_number_as_texts_spell_it() -> None:
    talk = at("phone", channel="sms")
    talk.say("yh dis 1")
    assert talk.value("phone") == talk.address


@pytest.mark.parametrize("said", ["thats all 🙃", "thats all hun x", "dats all", "that's your lot"])
def test_end_of_the_story_is_heard(said: str) -> None:
    talk = at("story")
    talk.say("my flat is cold")
    talk.say(said)
    assert talk.ask == "needs"


def test_answer_outweighs_a_guess_that_it_is_out_of_scope() -> None:
    talk = at("access_needs")
    talk.say("wheelchair access and big letters if you have them", intent="out_of_scope")
    assert talk.value("access_needs")["needs"] == ["large_print", "wheelchair"]


def test_not_bothered_about_a_time_is_no_wish_to_stop() -> None:
    talk = at("best_time")
    talk.say("not bothered", intent="stop")
    assert talk.value("best_time") == "any time"


def test_not_knowing_what_to_say_does_not_end_the_story() -> None:
    talk = at("story")
    talk.say("low")
    talk.say("dunno", intent="dont_know")
    assert talk.ask == "story"


def test_language_named_after_the_offer_of_an_interpreter_is_kept() -> None:
    talk = at("story")
    talk.say("I need an interpreter, Spanish", intent="other_language")
    assert talk.value("access_needs")["language"] == "es"
    assert talk.value("access_needs")["interpreter"] is True


def test_facts_of_one_sentence_are_all_taken() -> None:
    talk = at("story")
    talk.say("Im Delroy Samuels born 6/7/1972 SW4 0AA. Drink got me sacked.")
    known = {ask: talk.value(ask) for ask in ("full_name", "date_of_birth", "postcode")}
    assert known == {"full_name": "Delroy Samuels", "date_of_birth": "1972-07-06", "postcode": "SW4 0AA"}
