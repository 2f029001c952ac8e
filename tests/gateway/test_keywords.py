"""What the service takes for a keyword, and what it leaves to the conversation and the screen."""

import pytest

from bot.gateway.keywords import Keyword, read


@pytest.mark.parametrize("text", [
    "STOP", "stop.", "Stop!!!", "StopAll", "STOP ALL", "unsubscribe", "CANCEL", "End", "quit", "OPT-OUT", "opt out please",
    "Stop texting me", "please stop texting me", "STOP \U0001f621", "don\u2019t text me", "no more texts", "revoke",
])  # fmt: skip
def test_ways_to_say_stop(text):
    assert read(text, opted_out=False) is Keyword.STOP


@pytest.mark.parametrize("text", [
    "I want it all to stop", "stop it hurting", "end it", "I want to end it", "end my life", "stop me", "please stop", "pls stop", "please make it stop",
    "cancel my appointment", "can you stop", "stop 2", "the end", "quit my job", "", "\u505c\u6b62", "STOP \u0430", "I cant stop",
])  # fmt: skip
def test_words_in_a_sentence_are_no_opt_out(text):
    assert read(text, opted_out=False) is None


@pytest.mark.parametrize("text", ["START", "unstop", "Start again", "opt-in", "start please"])
def test_ways_to_say_start(text):
    assert read(text, opted_out=True) is Keyword.START


@pytest.mark.parametrize("text", ["help me", "help please", "please help", "Help I cant cope"])
def test_a_cry_for_help_is_no_keyword(text):
    assert read(text, opted_out=False) is None


@pytest.mark.parametrize(
    "text", ["not me", "It\u2019s not me", "Wrong number", "this isn't me sorry".removesuffix(" sorry")]
)
def test_ways_to_say_that_the_phone_is_in_other_hands(text):
    assert read(text, opted_out=False, asked="story") is Keyword.NOT_ME


@pytest.mark.parametrize("asked", ["about_whom", "suicidal_thoughts", "adult"])
def test_not_me_is_an_answer_where_it_can_be_one(asked):
    assert read("not me", opted_out=False, asked=asked) is None
    assert read("wrong number", opted_out=False, asked=asked) is Keyword.NOT_ME
