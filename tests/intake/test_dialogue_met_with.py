"""What an answer is met with: no cold, untrue or repeated word, and nothing that another reader of the phone should see."""

from __future__ import annotations

import pytest

from bot.intake import draft as drafts
from bot.intake import introduction, summary
from tests.intake.play import NOW, REFERENCE, WEB, Conversation, at


def told(talk: Conversation) -> list[str]:
    return [*talk.draft["telling"], *(drafts.value(talk.draft, "story") or [])]


@pytest.mark.parametrize("known", [{"choice": "declined"}, {}])
def test_rather_not_say_about_suicide_is_no_answer_either_way(known: dict[str, str]) -> None:
    talk = at("suicidal_thoughts")
    talk.say("I would rather not say", level="passive_low", flag="amber", **known)
    assert drafts.status(talk.draft, "suicidal_thoughts") == drafts.DECLINED
    assert talk.ask != "suicidal_plan"
    made = introduction.document(
        talk.draft, reference=REFERENCE, channel="web", started_at=NOW, submitted_at=talk.now, address=None
    )
    assert "The question about suicide was not answered" in made["priority"]["why"]


def test_a_person_asked_for_before_consent_gets_the_number_and_nothing_is_demanded() -> None:
    talk = at("consent")
    talk.say("can i talk to a person", intent="talk_to_human")
    talk.say("07700 900444")
    assert talk.effects[-1] == {"type": "escalation_detail", "phone": "+447700900444"}
    assert "do not have to do more" in talk.text


def test_skipping_is_not_met_with_the_same_words_each_time() -> None:
    talk = at("dependants")
    openers = []
    for _ in range(6):
        talk.say("skip")
        openers.append(talk.text.split(".")[0])
    assert all(one != other for one, other in zip(openers, openers[1:], strict=False))


def test_answers_in_a_row_are_not_met_with_the_same_words() -> None:
    talk = at("full_name")
    openers = []
    while talk.ask not in ("contact_method", "check"):
        talk.say(WEB[str(talk.ask)])
        openers.append(talk.text.split("\n")[0].split("?")[0])
    assert len(set(openers)) == len(openers)


def test_light_talk_after_a_disclosure_is_not_met_lightly() -> None:
    talk = at("goals")
    talk.say("i want to die", level="crisis_active", flag="red")
    talk.say("lol sorry mate", intent="small_talk")
    assert "small talk" not in talk.text


def test_a_place_after_sending_is_passed_on_and_said_to_be() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("i am going to end it tonight", level="crisis_imminent", flag="red")
    assert talk.ask == "whereabouts"
    talk.say("Brixton bridge")
    assert "passed that on" in talk.text and "still here" in talk.text
    assert {"type": "escalation_detail", "whereabouts": "Brixton bridge"} in talk.effects


def test_nobody_is_told_that_nothing_was_passed_on_when_crisis_outreach_was() -> None:
    talk = at("lambeth_link")
    talk.say("neither")
    talk.say("i want to die", level="crisis_active", flag="red")
    while talk.ask != "pass_on_anyway":
        talk.say({"suicidal_plan": "no", "phone": "07700 900123", "self_harm": "no"}[str(talk.ask)])
    talk.say("no")
    assert "Nothing is passed on" not in talk.text and "has been told" in talk.text


def test_a_text_never_spells_out_what_another_may_not_read() -> None:
    talk = at("story", channel="sms")
    talk.say("my boyfriend hits me", level="safeguarding", flag="red")
    talk.play(until="check", answers={**WEB, "safe_at_home": "yes"}, story=("that's all",))
    assert "boyfriend" not in summary.text(talk.draft, channel="sms")
    assert "boyfriend" not in talk.text


def test_what_happens_next_after_sending_is_about_what_happens_next() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("what happens now?", intent="ask_how_it_works")
    assert "I ask some questions" not in talk.text


def test_part_of_a_date_is_met_with_what_is_missing() -> None:
    talk = at("date_of_birth")
    talk.say("1991")
    assert "the day, the month and the year" in talk.text


def test_a_safety_answer_after_sending_is_met_as_one() -> None:
    talk = at("check")
    talk.say("yes")
    talk.say("no")
    talk.say("it got worse", intent="it_got_worse")
    talk.say("no")
    assert "Thank you for telling me. The team will see that." in talk.text


def test_a_red_disclosure_is_not_spelled_out_in_a_text() -> None:
    talk = at("story", channel="sms")
    talk.say("i want to die", level="crisis_active", flag="red")
    assert "want to die" not in summary.text(talk.draft, channel="sms")
    talk.play(until="check", story=("that's all",))
    assert "want to die" not in talk.text


def test_who_we_are_is_said_where_a_card_came_before_the_greeting() -> None:
    talk = Conversation(channel="sms", address="+447700900123", ask="suicidal_plan")
    talk.draft = {**drafts.flag(drafts.empty(), "crisis_active"), "telling": ["i want to die"]}
    talk.say("no")
    assert talk.ask == "consent" and "automated" in talk.text


def test_a_watched_phone_is_asked_again_only_if_it_is_a_good_time() -> None:
    talk = at("story", channel="sms")
    talk.say("my ex hits me", level="safeguarding", flag="red")
    talk.say("potato")
    assert talk.ask == "safe_at_home" and "safe" not in talk.text and "good time" in talk.text
    talk.say("yes its ok")
    assert talk.ask == "story" and not drafts.answered(talk.draft, "safe_at_home")


@pytest.mark.parametrize(("ask", "asked"), [("dependants", "Who is it?"), ("support_now", "What help is it?")])
def test_a_yes_that_half_answers_is_asked_further(ask: str, asked: str) -> None:
    talk = at(ask)
    talk.say("yes")
    assert talk.ask == ask and asked in talk.text
