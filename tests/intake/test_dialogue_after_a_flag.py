"""What is said once a card was shown: the truth about who sees it and when, one thing at a time, and no cold word."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from tests.intake.play import NUMBER, Conversation, at

RED = {"flag": "red"}
AMBER = {"flag": "amber"}
PILLS = "I have taken all my tablets"
CRISIS_LINE = "0800 731 2864"


def after_red(ask: str = "goals", *, channel: str = "web") -> Conversation:
    """A conversation in which an act is under way, and the card has just asked where the person is."""
    talk = at(ask, channel=channel)
    talk.say(PILLS, level="crisis_imminent", **RED)
    return talk


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_after_place_and_number_it_says_who_sees_it_and_that_the_line_answers_now(channel: str) -> None:
    talk = after_red(channel=channel)
    talk.say("at home, 12 Acre Lane")
    if channel == "web":
        talk.say("07700 900123")
    assert "crisis outreach team can see" in talk.text and "can't say how soon" in talk.text
    assert CRISIS_LINE in talk.text and "carry on here" in talk.text
    assert talk.turn.replies[-1].ask == "goals"


def test_after_amber_nobody_is_said_to_have_been_called() -> None:
    talk = at("goals")
    talk.say("no point", level="passive_low", **AMBER)
    talk.say("no")
    assert "carry on" in talk.text and "crisis outreach" not in talk.text


@pytest.mark.parametrize("intent", ["ask_wait_time", "ask_how_it_works", "ask_who_sees"])
def test_a_question_about_what_happens_now_gets_the_truth(intent: str) -> None:
    talk = after_red()
    talk.say("when will somebody call me?", intent=intent)
    assert "crisis outreach team" in talk.text and "can't say how soon" in talk.text
    assert CRISIS_LINE in talk.text and talk.ask == "whereabouts"


def test_a_cry_for_help_after_an_act_asks_for_the_place_and_not_for_thoughts() -> None:
    talk = after_red("goals")
    talk.say("please help me", level="passive_low", **AMBER)
    assert talk.ask == "whereabouts"


def test_after_an_act_no_plan_is_asked_about() -> None:
    talk = after_red("goals", channel="sms")
    talk.say("Brixton station")
    talk.say("I want to die", level="crisis_active", **RED)
    assert talk.ask == "goals"


def test_a_place_is_not_asked_for_without_end() -> None:
    talk = after_red("goals")
    asked = [talk.say("I want to die", level="crisis_imminent", **RED).ask for _ in range(4)]
    assert asked[0] == "whereabouts" and asked[-1] == "phone"


@pytest.mark.parametrize("text", ["no, 07700 900123", "no 07700900123", "07700 900123, no"])
def test_a_number_beside_the_answer_is_passed_on(text: str) -> None:
    talk = at("goals")
    talk.say("I want to die", level="crisis_active", **RED)
    talk.say(text)
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    assert talk.value("suicidal_plan") is False and talk.ask == "goals"


def test_a_number_beside_a_flagged_answer_is_passed_on() -> None:
    talk = at("goals")
    talk.say("I want to die", level="crisis_active", **RED)
    talk.say("yes, 07700 900123", level="crisis_active", **RED)
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    assert talk.value("suicidal_plan") is True and talk.ask == "whereabouts"


def test_somebody_else_in_danger_is_looked_for_where_they_are_and_the_writer_is_asked_for_a_number() -> None:
    talk = at("goals")
    talk.say("my sister just took an overdose", level="third_party", **RED)
    assert talk.ask == "whereabouts" and "Where are they" in talk.text
    talk.say("her flat, 3 Acre Lane")
    assert talk.ask == "phone"


@pytest.mark.parametrize(
    ("level", "flag", "asked"), [("crisis_imminent", "red", "whereabouts"), ("third_party", "amber", "goals")]
)
def test_another_disclosure_where_the_good_time_was_asked_is_not_met_with_silence(
    level: str, flag: str, asked: str
) -> None:
    talk = at("goals")
    talk.say("he hits me", level="safeguarding", **RED)
    talk.say(PILLS, level=level, flag=flag)
    assert talk.ask == asked and not drafts.answered(talk.draft, "safe_at_home")
    if asked == "whereabouts":
        talk.say("at home")
        assert talk.ask == "phone"
    else:
        assert talk.turn.replies[-1].ask == asked


@pytest.mark.parametrize("ask", ["full_name", "phone", "postcode"])
def test_words_that_are_no_answer_are_met_kindly_once_somebody_was_flagged(ask: str) -> None:
    talk = at("goals")
    talk.say("no point", level="passive_low", **AMBER)
    talk.say("no")
    talk.play(until=ask)
    talk.say("I'm so tired")
    assert "Sorry, I did not get that" not in talk.text and "I am here" in talk.text
    assert talk.ask == ask


@pytest.mark.parametrize("ask", ["needs", "full_name", "story", "contact_method"])
def test_a_denial_is_thanked_and_is_no_answer_to_another_question(ask: str) -> None:
    talk = at(ask)
    talk.say("I'm not going to hurt myself", level="negated")
    assert "Thank you for saying that" in talk.text
    assert talk.ask == ask and not drafts.answered(talk.draft, ask)


def test_a_denial_that_is_the_answer_is_taken_as_the_answer() -> None:
    talk = at("suicidal_thoughts")
    talk.say("no, never", level="negated")
    assert talk.value("suicidal_thoughts") == "none"


@pytest.mark.parametrize("ask", ["consent", "story", "full_name", "suicidal_thoughts"])
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_body_that_may_be_failing_is_told_to_ring_999_first(ask: str, channel: str) -> None:
    talk = at(ask, channel=channel)
    talk.say("I think I am having a heart attack")
    assert "call 999 now" in talk.turn.replies[0].text
    assert talk.ask == ask and talk.turn.replies[-1].ask == ask


def test_a_place_and_a_number_together_are_both_passed_on() -> None:
    talk = after_red("goals")
    talk.say("I'm at Vauxhall bridge, my number is 07700 900123")
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    assert {"type": "escalation_detail", "whereabouts": "I'm at Vauxhall bridge"} in talk.effects
    assert talk.ask == "goals"


def test_a_flagged_message_about_a_failing_body_is_told_to_ring_999_too() -> None:
    talk = at("goals")
    talk.say("my chest hurts and I can't breathe", level="passive_low", **AMBER)
    assert "call 999 now" in talk.text


@pytest.mark.parametrize("said", [{"choice": "plan"}, {}])
def test_a_plan_told_at_once_leads_to_the_place_and_is_not_asked_about_again(said: dict[str, str]) -> None:
    talk = at("goals")
    talk.say("no point", level="passive_low", **AMBER)
    talk.say("Yes, and I have a plan", level="crisis_active", **RED, **said)
    assert talk.ask == "whereabouts" and talk.turn.replies[-1].ask == "whereabouts"


def test_what_else_weighs_on_somebody_is_heard_at_the_question_about_suicide() -> None:
    talk = at("goals")
    talk.say("no point", level="passive_low", **AMBER)
    talk.say("my landlord is evicting me", intent="out_of_scope")
    assert "can't help" not in talk.text and "I hear you" in talk.text and talk.ask == "suicidal_thoughts"
    assert "my landlord is evicting me" in talk.draft["answers"]["story"]["value"]
    talk.say("my rent is 800 pounds")
    assert "Sorry" not in talk.text and talk.ask == "suicidal_thoughts"


@pytest.mark.parametrize("ask", ["goals", "duration", "support_now"])
def test_a_number_alone_is_no_answer_in_own_words_but_is_passed_on(ask: str) -> None:
    talk = at(ask)
    talk.say("I want to die", level="crisis_active", **RED)
    talk.say("no")
    talk.say("skip", intent="skip")
    assert talk.ask == ask
    talk.say("07700 900123")
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    assert talk.ask == ask and not drafts.answered(talk.draft, ask)


@pytest.mark.parametrize("flag", [{"level": "crisis_active", **RED}, {"level": "passive_low", **AMBER}])
def test_the_same_flagged_words_again_are_the_answer(flag: dict[str, str]) -> None:
    talk = at("goals")
    talk.say("to catch it before I end up in hospital", **flag)
    assert "goals" not in talk.answers
    talk.ask = "goals"
    talk.say("to catch it before I end up in hospital", **flag)
    assert talk.answers["goals"]["words"] == "to catch it before I end up in hospital"


def test_nobody_is_asked_for_their_own_words_a_fourth_time() -> None:
    talk = at("goals")
    for words in ("no more of this", "to be rid of it", "an end to it"):
        assert "goals" not in talk.answers
        talk.ask = "goals"
        talk.say(words, level="passive_low", **AMBER)
    assert talk.answers["goals"]["words"] == "an end to it"


def test_that_is_all_ends_the_story_though_it_is_flagged_with_what_came_before() -> None:
    talk = at("story")
    talk.say("my landlord wants me out")
    talk.say("that's all", level="passive_low", **AMBER)
    assert talk.value("story") == ["my landlord wants me out"]
