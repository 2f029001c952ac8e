"""Endings without an introduction: warm, with the right numbers, and never a dead end."""

from __future__ import annotations

import pytest

from bot.intake import questions
from tests.intake.play import Conversation, at

CAMHS = "020 3228 7370"
CHILDLINE = "0800 1111"


def kinds(talk: Conversation) -> list[dict[str, str]]:
    return [dict(effect) for effect in talk.effects]


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_no_consent_ends_with_numbers_and_nothing_kept(channel: str) -> None:
    talk = at("consent", channel=channel)
    talk.say("no")
    assert kinds(talk) == [{"type": "end", "reason": "no_consent"}]
    assert talk.ask is None
    assert "116 123" in talk.text


def test_a_change_of_mind_takes_up_again() -> None:
    talk = at("consent")
    talk.say("no")
    talk.say("yes")
    assert talk.ask == "about_whom"


def test_anything_else_after_an_ending_is_welcomed() -> None:
    talk = at("consent")
    talk.say("no")
    talk.say("what was this about again")
    assert talk.ask == "consent"


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_under_18_gets_the_right_team_and_may_insist(channel: str) -> None:
    talk = at("adult", channel=channel)
    talk.say("no")
    assert CAMHS in talk.text
    assert CHILDLINE in talk.text
    assert talk.ask == "pass_on_anyway"
    talk.tap("yes")
    assert talk.ask == "lambeth_link"


def test_under_18_who_does_not_insist_ends() -> None:
    talk = at("adult")
    talk.say("no")
    talk.tap("no")
    assert kinds(talk) == [{"type": "end", "reason": "under_18"}]
    assert talk.ask is None


def test_a_date_of_birth_under_18_settles_it() -> None:
    talk = at("date_of_birth")
    talk.say("3 April 2012")
    assert talk.value("adult") is False
    assert CAMHS in talk.text
    assert talk.ask == "pass_on_anyway"


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_another_borough_may_be_passed_on_anyway(channel: str) -> None:
    talk = at("lambeth_link", channel=channel)
    talk.tap("neither")
    assert "111" in talk.text
    assert talk.ask == "pass_on_anyway"
    talk.say("yes")
    assert talk.ask == "story"


def test_another_borough_that_does_not_insist_ends() -> None:
    talk = at("lambeth_link")
    talk.tap("neither")
    talk.say("no")
    assert kinds(talk) == [{"type": "end", "reason": "other_borough"}]


def test_the_question_whether_to_pass_it_on_survives_a_detour() -> None:
    talk = at("lambeth_link")
    talk.tap("neither")
    talk.say("who sees this?", intent="ask_who_sees")
    assert talk.ask == "pass_on_anyway"


def test_a_partly_lambeth_postcode_refuses_nobody() -> None:
    talk = at("postcode")
    talk.say("SW16 2AA")
    assert talk.ask == "gp_practice"


def test_a_postcode_elsewhere_goes_on() -> None:
    talk = at("postcode")
    talk.say("M1 1AE")
    assert "outside Lambeth" in talk.text
    assert talk.ask == "gp_practice"
