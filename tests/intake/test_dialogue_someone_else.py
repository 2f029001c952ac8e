"""One person introducing another: whose name, number and words are whose."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from tests.intake.play import NUMBER, WEB, Conversation, at

MUM = WEB | {"about_whom": "it's for my son", "lambeth_link": "he lives there"}


def test_whom_it_is_about_tells_how_they_are_known() -> None:
    talk = at("about_whom")
    talk.say("it's for my son")
    assert talk.value("relationship") == "family"


def test_the_choice_itself_tells_nothing_of_it() -> None:
    talk = at("about_whom")
    talk.say("someone I know")
    assert not drafts.answered(talk.draft, "relationship")


def test_his_name_is_the_persons() -> None:
    talk = at("full_name", answers=MUM)
    talk.say("his name is Kwame Boateng and he was born on 12 May 1998")
    assert talk.value("full_name") == "Kwame Boateng"
    assert talk.value("date_of_birth") == "1998-05-12"


def test_my_number_is_the_introducers() -> None:
    talk = at("introducer_name", answers=MUM)
    talk.say("I'm Ama Boateng, my number is 07700 900456")
    assert talk.value("introducer_name") == "Ama Boateng"
    assert talk.value("introducer_phone") == "+447700900456"
    assert not drafts.answered(talk.draft, "full_name")
    assert not drafts.answered(talk.draft, "phone")


@pytest.mark.parametrize("text", ["actually his name is Kwame Kofi Boateng", "no, his name is Kwame Kofi Boateng"])
@pytest.mark.parametrize("ask", ["postcode", "check"])
def test_a_correction_about_the_person(text: str, ask: str) -> None:
    talk = at(ask, answers=MUM | {"full_name": "Kwame Boateng"})
    talk.say(text)
    assert talk.value("full_name") == "Kwame Kofi Boateng"
    assert talk.ask == ask


def test_the_same_number_as_the_introducers() -> None:
    talk = Conversation(channel="sms", address=NUMBER)
    talk.play(until="phone", answers=MUM)
    talk.say("yes")
    assert talk.ask == "phone"
    talk.say("the same number")
    assert talk.value("phone") == NUMBER


def test_the_questions_say_they() -> None:
    talk = at("suicidal_thoughts", answers=MUM)
    assert "Have they talked about ending their life" in talk.text


def test_acknowledgements_do_not_say_you_have_it_hard() -> None:
    talk = at("story", answers=MUM)
    talk.say("he lost his flat and sleeps in his car")
    assert "your home" not in talk.text
