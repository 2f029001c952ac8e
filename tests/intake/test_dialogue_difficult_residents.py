"""People as they are: who tell their story at the wrong question, answer sideways, speak of somebody else and ask things back."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from tests.intake.play import WEB, Conversation, at

ACCOUNT = "the council stopped my housing benefit and now the rent is behind"


def told(talk: Conversation) -> list[str]:
    return [*talk.draft["telling"], *(drafts.value(talk.draft, "story") or [])]


@pytest.mark.parametrize("ask", ["lambeth_link", "duration", "full_name", "phone", "gp_practice"])
def test_what_is_told_at_the_wrong_question_is_kept(ask: str) -> None:
    talk = at(ask)
    talk.say(ACCOUNT)
    assert ACCOUNT in told(talk)
    assert "kept that" in talk.text and talk.ask == ask


def test_a_few_words_that_answer_nothing_are_no_part_of_the_story() -> None:
    talk = at("duration")
    talk.say("carrier pigeon")
    assert "carrier pigeon" not in told(talk)


def test_a_question_nobody_can_answer_here_is_no_failed_answer() -> None:
    talk = at("duration")
    for _ in range(4):
        talk.say("can you find my lost cat?")
    assert talk.ask == "duration" and not talk.draft["misses"]
    assert "can't answer that here" in talk.text


def test_a_no_that_ends_the_story_is_no_part_of_it() -> None:
    talk = at("story")
    talk.say(ACCOUNT)
    talk.say("no")
    assert drafts.value(talk.draft, "story") == [ACCOUNT]


def test_a_no_to_what_was_heard_asks_what_to_change() -> None:
    talk = at("needs")
    talk.say("no")
    assert talk.ask == "needs" and "add or take away" in talk.text
    talk.say("add drinking")
    assert "drugs_alcohol" in [need["domain"] for need in drafts.value(talk.draft, "needs")]


def test_a_second_no_leaves_what_was_heard() -> None:
    talk = at("needs")
    talk.say("no")
    talk.say("no")
    assert drafts.answered(talk.draft, "needs")


@pytest.mark.parametrize(
    "text",
    [
        "I'm Grace Mensah, 34, I live in Brixton SW9 8LF, call me after 5. it's for me",
        "i lost my job in march and the rent is behind",
        "me you idiot",
    ],
)
def test_who_tells_of_themself_has_said_who_it_is_about(text: str) -> None:
    talk = at("about_whom")
    talk.say(text)
    assert drafts.value(talk.draft, "about_whom") == "me"


def test_a_story_that_begins_at_who_is_kept() -> None:
    talk = at("about_whom")
    talk.say("i lost my job in march and the rent is behind")
    assert told(talk) == ["i lost my job in march and the rent is behind"]


def test_yes_means_me_only_when_asked_if_it_is_them() -> None:
    talk = at("about_whom")
    talk.say("yes")
    assert not drafts.answered(talk.draft, "about_whom")
    talk.say("yes")
    assert drafts.value(talk.draft, "about_whom") == "me"


@pytest.mark.parametrize("text", ["she needs help with her drinking", "I am worried about my neighbour upstairs"])
def test_words_about_somebody_else_are_not_taken_for_me(text: str) -> None:
    talk = at("about_whom")
    talk.say(text)
    assert drafts.value(talk.draft, "about_whom") != "me"


def test_where_a_worker_works_is_not_asked_again() -> None:
    talk = at("about_whom")
    talk.say("a client of mine, I'm a support worker at Thames Reach")
    assert drafts.value(talk.draft, "introducer_organisation") == "Thames Reach"


def test_yes_to_living_here_or_gp_here_asks_which() -> None:
    talk = at("lambeth_link")
    talk.say("yes")
    assert talk.ask == "lambeth_link" and "Which one" in talk.text


def test_a_language_said_at_another_question_is_noted() -> None:
    talk = at("full_name")
    talk.say("i need someone who speaks Portuguese")
    assert drafts.value(talk.draft, "access_needs")["language"] == "pt"


def test_an_offered_answer_that_is_flagged_is_still_an_answer() -> None:
    talk = at("impact")
    talk.say("I can't manage", level="passive_low", flag="amber")
    assert drafts.value(talk.draft, "impact") == "cannot_manage"


def test_my_number_is_the_introducers_where_somebody_else_is_introduced() -> None:
    talk = at("check", answers={**WEB, "about_whom": "my son", "phone": "07700 900888"})
    talk.say("my number is 07700 900667 not 456")
    assert drafts.value(talk.draft, "introducer_phone") == "+447700900667"
    assert drafts.value(talk.draft, "phone") == "+447700900888"


def test_a_yes_after_the_ending_passes_it_on_after_all() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("no thanks")
    assert talk.ask is None
    talk.say("yes")
    assert drafts.value(talk.draft, "adult") is False and talk.ask == "lambeth_link"


def test_actually_yes_takes_up_a_consent_that_was_refused() -> None:
    talk = at("consent")
    talk.say("no")
    talk.say("actually ok yes")
    assert drafts.value(talk.draft, "consent") is True


def test_a_no_to_telling_the_story_is_no_story() -> None:
    talk = at("story")
    talk.say("no")
    assert drafts.status(talk.draft, "story") == drafts.DECLINED and not talk.draft["telling"]


def test_a_number_where_a_place_was_asked_for_is_a_number() -> None:
    talk = at("goals")
    talk.say("i have taken pills", level="crisis_imminent", flag="red")
    talk.say("07700 900999")
    assert drafts.value(talk.draft, "phone") == "+447700900999"
    assert talk.ask == "whereabouts" and not drafts.answered(talk.draft, "whereabouts")
    assert {"type": "escalation_detail", "phone": "+447700900999"} in talk.effects


def test_a_long_message_is_no_greeting() -> None:
    talk = at("adult")
    talk.say("no")
    talk.say("is there anyone else", intent="greeting")
    assert not talk.text.startswith("Hello")


def test_an_answer_that_begins_with_me_is_no_swearing() -> None:
    talk = at("about_whom")
    talk.say("me you idiot", intent="swearing")
    assert drafts.value(talk.draft, "about_whom") == "me"


@pytest.mark.parametrize("text", ["brixton", "near stockwell"])
def test_a_place_here_asks_which_of_the_two_it_is(text: str) -> None:
    talk = at("lambeth_link")
    talk.say(text)
    assert "Which one is it" in talk.text


def test_a_number_from_an_introducer_not_yet_asked_is_theirs() -> None:
    talk = at("lambeth_link", answers={**WEB, "about_whom": "a client of mine"})
    talk.say("Priya, 020 7946 0123")
    assert drafts.value(talk.draft, "introducer_phone") == "+442079460123"
    assert not drafts.answered(talk.draft, "phone")


def test_what_is_said_after_the_end_need_not_be_said_again() -> None:
    talk = at("lambeth_link")
    talk.say("neither")
    talk.say("no")
    talk.say("i just want help with my benefits")
    assert talk.ask == "consent" and told(talk) == ["i just want help with my benefits"]


@pytest.mark.parametrize("text", ["i can't sleep. it's been like this 6 months", "its been going on for 2 years"])
def test_how_long_is_not_asked_where_the_story_said_it(text: str) -> None:
    talk = at("story")
    talk.say(text)
    talk.say("that's all")
    assert drafts.status(talk.draft, "duration") == drafts.GIVEN


@pytest.mark.parametrize("text", ["i was in prison for 2 years", "my mum died in 2019"])
def test_other_lengths_of_time_are_not_taken_for_it(text: str) -> None:
    talk = at("story")
    talk.say(text)
    talk.say("that's all")
    assert not drafts.answered(talk.draft, "duration")


@pytest.mark.parametrize("text", ["home", "my flat", "just my home"])
def test_home_says_which_of_the_two(text: str) -> None:
    talk = at("lambeth_link")
    talk.say(text)
    assert drafts.value(talk.draft, "lambeth_link") == "lives"
