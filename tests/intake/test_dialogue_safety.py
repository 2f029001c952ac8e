"""Around a flag: the right question opens, nothing is taken for a name or a number, nothing is lost, and the way back is offered."""

from __future__ import annotations

import pytest

from bot import directory
from bot.crisis.assessment import Level
from bot.crisis.replies import Replies
from bot.intake import draft as drafts
from bot.intake import questions, safety
from tests.intake.play import NUMBER, WEB, Conversation, at, sms

RED = {"flag": "red"}
AMBER = {"flag": "amber"}
PILLS = "I have taken all my tablets"


EARLY = ["goals", "story", "lambeth_link"]
"""Questions that come before those about safety."""


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_the_cards_ask_what_the_conversation_opens(channel: str) -> None:
    cards = Replies.load(directory.load())
    for level in Level:
        card = cards.card(level, channel=channel, repeated=False) or {}
        assert card.get("ask") == safety.CARD_ASKS.get(level.value)
        assert "ask" not in (cards.card(level, channel=channel, repeated=True) or {})


def test_levels_are_ordered_as_the_screen_orders_them() -> None:
    ordered = sorted(safety.GRAVEST_FIRST, key=lambda level: -Level(level).urgency)
    assert ordered == list(safety.GRAVEST_FIRST)


@pytest.mark.parametrize("level", sorted(set(safety.CARD_ASKS) - {"historical"}))
@pytest.mark.parametrize("ask", EARLY)
def test_a_flag_is_not_taken_as_the_answer_and_opens_what_the_card_asks(level: str, ask: str) -> None:
    talk = at(ask)
    turn = talk.say(PILLS, level=level, flag="amber" if level == "passive_low" else "red")
    assert turn.ask == safety.CARD_ASKS[level]
    assert turn.replies == ()
    assert not drafts.answered(talk.draft, ask)


@pytest.mark.parametrize("ask", ["full_name", "phone", "postcode", "dependants", "email"])
def test_a_name_or_number_is_never_taken_from_a_flagged_message(ask: str) -> None:
    talk = at(ask)
    talk.say(PILLS, level="crisis_imminent", **RED)
    assert talk.ask == "whereabouts"
    assert not drafts.answered(talk.draft, ask)


def test_a_plan_leads_to_place_and_number() -> None:
    talk = at("goals")
    talk.say("I want to die", level="crisis_active", **RED)
    talk.tap("yes")
    assert talk.ask == "whereabouts"
    talk.say("at home")
    assert talk.ask == "phone"
    talk.say("07700 900123")
    assert talk.ask == "goals"
    assert "carry on" in talk.text


def test_without_a_plan_only_the_number_is_asked() -> None:
    talk = at("goals")
    talk.say("I want to die", level="crisis_active", **RED)
    talk.tap("no")
    assert talk.ask == "phone"


def test_self_harm_is_followed_by_the_question_about_suicide_and_a_number() -> None:
    talk = at("goals")
    talk.say("I cut myself", level="self_harm", **RED)
    talk.tap("none")
    assert talk.ask == "phone"
    talk.say("07700 900123")
    assert talk.ask == "goals"


def test_a_shorter_card_asks_nothing_so_the_question_is_put_here() -> None:
    talk = at("goals", channel="sms")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("Brixton station")
    talk.say("there is no hope", level="passive_low", **AMBER)
    assert talk.ask == "suicidal_thoughts"
    assert talk.turn.replies[-1].ask == "suicidal_thoughts"


def test_hopeless_words_at_the_question_about_suicide_are_its_answer() -> None:
    talk = at("suicidal_thoughts")
    talk.say("there is no point to any of it", level="passive_low", **AMBER)
    assert talk.value("suicidal_thoughts") == "passive"
    assert talk.ask == "suicidal_plan"
    assert "carry on" not in talk.text


def test_is_it_safe_to_chat_is_not_is_it_safe_at_home() -> None:
    talk = at("goals")
    talk.say("he hits me", level="safeguarding", **RED)
    talk.tap("yes")
    assert not drafts.answered(talk.draft, "safe_at_home")
    assert talk.ask == "goals"


@pytest.mark.parametrize("flag", [{}, {"level": "safeguarding", "flag": "red"}])
def test_not_safe_to_chat_is_met_with_silence(flag: dict[str, str]) -> None:
    talk = at("goals")
    talk.say("he hits me", level="safeguarding", **RED)
    turn = talk.say("no", choice="no", **flag)
    assert turn.replies == ()
    assert turn.ask == "goals"


@pytest.mark.parametrize("ask", ["consent", "adult", "story", "full_name", "check"])
def test_the_words_are_kept_for_the_team(ask: str) -> None:
    talk = at(ask)
    talk.say(PILLS, level="crisis_imminent", **RED)
    assert PILLS in [*talk.draft["telling"], *((drafts.value(talk.draft, "story")) or [])]


def test_after_place_and_number_the_open_question_comes_back() -> None:
    talk = at("full_name")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("outside Brixton station")
    assert talk.effects[-1] == {"type": "escalation_detail", "whereabouts": "outside Brixton station"}
    assert talk.ask == "phone"
    talk.say("07700 900123")
    assert talk.effects[-1] == {"type": "escalation_detail", "phone": NUMBER}
    assert talk.ask == "full_name"
    assert "carry on" in talk.text


def test_a_known_number_goes_to_the_team_at_once_and_is_not_asked_again() -> None:
    talk = at("email")
    talk.say(PILLS, level="crisis_imminent", **RED)
    assert {"type": "escalation_detail", "phone": NUMBER} in talk.effects
    talk.say("at home, 3 Acre Lane")
    assert talk.ask == "email"


def test_by_text_the_number_is_known() -> None:
    talk = at("full_name", channel="sms")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("Brixton station")
    assert talk.ask == "full_name"


@pytest.mark.parametrize("intent", ["skip", "dont_know", "prefer_not_to_say"])
def test_whereabouts_may_be_skipped(intent: str) -> None:
    talk = at("full_name")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("skip", intent=intent)
    assert talk.ask == "phone"
    talk.say("skip", intent=intent)
    assert talk.ask in ("full_name", "other_contact")


def test_a_second_flag_does_not_ask_for_the_place_again() -> None:
    talk = at("full_name", channel="sms")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("Brixton station")
    talk.say("I am going to die", level="crisis_imminent", **RED)
    assert talk.ask == "full_name"
    assert talk.turn.replies


def test_amber_opens_the_question_about_suicide_that_the_card_put() -> None:
    talk = at("full_name")
    fresh = drafts.forget(talk.draft, "suicidal_thoughts")
    talk.draft = fresh
    turn = talk.say("no point in anything", level="passive_low", **AMBER)
    assert (turn.ask, turn.replies) == ("suicidal_thoughts", ())


def test_amber_once_answered_goes_back_to_the_open_question() -> None:
    talk = at("full_name")
    talk.say("no point in anything", level="passive_low", **AMBER)
    assert talk.ask == "full_name"
    assert "carry on" in talk.text


def test_a_card_that_asks_nothing_is_followed_by_the_open_question() -> None:
    talk = at("full_name")
    turn = talk.say("my brother tried to die last year", level="third_party", **AMBER)
    assert turn.ask == "full_name"
    assert turn.replies[-1].ask == "full_name"


def test_a_flagged_yes_is_the_answer_to_the_question_about_suicide() -> None:
    talk = at("suicidal_thoughts")
    turn = talk.say("yes", level="crisis_active", **RED)
    assert talk.value("suicidal_thoughts") == "active"
    assert (turn.ask, turn.replies) == ("suicidal_plan", ())
    talk.say("no")
    assert talk.ask == "phone"
    talk.say("07700 900123")
    assert talk.ask == "self_harm"
    talk.say("no")
    assert talk.ask == "safe_at_home"


def test_a_plan_told_at_once_is_not_asked_again() -> None:
    talk = at("suicidal_thoughts")
    talk.tap("plan")
    assert talk.ask == "self_harm"


def test_would_rather_not_say_is_declined_and_followed_by_self_harm() -> None:
    talk = at("suicidal_thoughts")
    talk.tap("declined")
    assert talk.answers["suicidal_thoughts"]["status"] == "declined"
    assert talk.ask == "self_harm"


def test_a_flagged_answer_in_own_words_counts_no_less_than_the_flag() -> None:
    talk = at("suicidal_thoughts")
    talk.say("most nights tbh, it is all I think of", level="crisis_active", **RED)
    assert talk.value("suicidal_thoughts") in ("active", "plan")


def test_a_tapped_choice_is_the_answer_even_when_its_label_is_flagged() -> None:
    talk = at("impact")
    talk.say("I can't manage", choice="cannot_manage", level="passive_low", **AMBER)
    assert talk.value("impact") == "cannot_manage"


def test_no_safe_at_home_flagged_is_recorded_and_goes_on() -> None:
    talk = at("safe_at_home")
    talk.say("no he scares me", level="safeguarding", **RED)
    assert talk.value("safe_at_home") == "no"
    assert talk.ask == "dependants"


@pytest.mark.parametrize("text", ["jk", "forget it", "only joking", "lol jk forget it im fine"])
def test_taking_it_back_never_clears_the_flag_nor_is_a_place(text: str) -> None:
    talk = at("full_name")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say(text)
    assert talk.draft["flags"] == ["crisis_imminent"]
    assert talk.effects == []
    assert talk.ask == "whereabouts"
    assert [reply.ask for reply in talk.turn.replies] == ["whereabouts"]
    talk.say(text)
    assert talk.ask == "phone"


def test_taking_it_back_is_not_a_name() -> None:
    talk = at("full_name", channel="sms")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("Brixton station")
    talk.say("jk")
    assert talk.ask == "full_name"
    assert not drafts.answered(talk.draft, "full_name")


def test_without_a_flag_a_joke_is_no_alarm() -> None:
    talk = at("goals")
    talk.say("jk")
    assert talk.ask == "suicidal_thoughts" and drafts.value(talk.draft, "goals")[0]["own_words"] == "jk"


def test_a_place_said_late_still_reaches_the_team() -> None:
    talk = at("full_name")
    talk.say(PILLS, level="crisis_imminent", **RED)
    talk.say("skip", intent="skip")
    talk.say("at home, 12 Acre Lane")
    assert talk.effects[-1] == {"type": "escalation_detail", "whereabouts": "at home, 12 Acre Lane"}
    assert talk.ask == "phone"


def test_a_screen_that_failed_does_not_stop_the_conversation() -> None:
    talk = at("full_name")
    talk.say("Grace Mensah", level="screen_failed", **AMBER)
    assert talk.value("full_name") == "Grace Mensah"
    assert "screen_failed" in talk.draft["flags"]


def test_the_past_is_followed_by_the_cards_question_about_now() -> None:
    talk = at("story")
    turn = talk.say("I tried to end my life ten years ago", level="historical")
    assert (turn.ask, turn.replies) == ("suicidal_thoughts", ())
    talk.say("no")
    assert talk.ask == "story"
    assert talk.draft["telling"] == ["I tried to end my life ten years ago"]


def test_the_past_after_a_graver_card_is_asked_about_here() -> None:
    talk = at("story")
    talk.say("no point", level="third_party", **AMBER)
    talk.say("I tried to end my life ten years ago", level="historical")
    assert talk.turn.replies[-1].ask == "suicidal_thoughts"


def test_flags_survive_starting_again() -> None:
    talk = at("goals")
    talk.say("no point", level="passive_low", **AMBER)
    talk.say("no")
    talk.say("start again", intent="start_again")
    talk.tap("yes")
    assert talk.draft["flags"] == ["passive_low"]
    assert talk.ask == "consent"


def test_a_flag_after_submitting_reaches_the_introduction() -> None:
    talk = at("check", channel="sms")
    talk.say("yes")
    talk.say(PILLS, level="crisis_imminent", **RED)
    assert talk.effects[-1] == {"type": "update"}
    assert talk.ask == "whereabouts"
    talk.say("Brixton station")
    assert talk.effects[-2:] == [{"type": "escalation_detail", "whereabouts": "Brixton station"}, {"type": "update"}]
    assert talk.ask is None


def test_a_refusal_after_a_red_flag_says_that_the_team_was_told() -> None:
    talk = Conversation()
    talk.say("I want to die", level="crisis_active", **RED)
    talk.say("skip", intent="skip")
    talk.say("skip", intent="skip")
    talk.say("skip", intent="skip")
    assert talk.ask == "consent"
    talk.say("no")
    assert "crisis outreach team has been told" in talk.text


def test_by_text_the_summary_spells_out_no_safety_answer() -> None:
    talk = sms()
    talk.play(until="check", answers=WEB | {"safe_at_home": "not sure"})
    summary = next(reply for reply in talk.turn.replies if reply.kind == "summary")
    assert "ending" not in summary.text
    assert "Questions about being safe: answered" in summary.text


def test_a_question_back_that_is_flagged_is_no_answer() -> None:
    talk = at("suicidal_thoughts")
    talk.say("why do you need to know that?", level="passive_low", flag="amber")
    assert "suicidal_thoughts" not in talk.answers and talk.ask == "suicidal_thoughts"
