"""Whole conversations, from consent to the receipt."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bot.intake import dialogue, introduction, questions
from bot.intake.speaking import SMS_LIMIT, room
from tests.intake.play import NOW, NUMBER, REFERENCE, WEB, Conversation, at, sms

SCHEMA = json.loads((Path(__file__).parents[2] / "spa" / "introduction.schema.json").read_text(encoding="utf-8"))


def document(talk: Conversation) -> dict[str, object]:
    made = introduction.document(
        talk.draft,
        reference=REFERENCE,
        channel=talk.channel,
        started_at=NOW,
        submitted_at=talk.now,
        address=talk.address,
    )
    jsonschema.validate(made, SCHEMA, format_checker=jsonschema.FormatChecker())
    return made


def kinds(talk: Conversation) -> list[str]:
    return [effect["type"] for effect in talk.effects]


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_opening_says_what_it_is_and_asks_consent(channel: str) -> None:
    replies = dialogue.opening(channel)
    said = " ".join(reply.text for reply in replies)
    for part in ("automated", "Single Point of Access", "999"):
        assert part in said
    assert [choice.value for choice in replies[-1].choices] == ["yes", "no", "more"]
    assert replies[-1].ask == "consent"


def test_opening_by_sms_is_one_message_of_two_segments() -> None:
    (reply,) = dialogue.opening("sms")
    assert len(reply.text) + room(reply.choices) <= SMS_LIMIT


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_a_whole_introduction_reaches_the_team(channel: str) -> None:
    talk = at("check", channel=channel)
    talk.say("yes")
    assert kinds(talk) == ["submit"]
    assert talk.turn.replies[0].kind == "receipt"
    assert talk.turn.replies[0].reference == REFERENCE
    made = document(talk)
    assert made["person"]["full_name"] == "Grace Mensah"
    assert made["contact"]["phone"] == NUMBER
    assert {"money"} <= {need["domain"] for need in made["needs"]}
    assert made["approved_by_resident"] is True


@pytest.mark.parametrize("channel", questions.CHANNELS)
@pytest.mark.parametrize("whom", ["someone I know", "I work with them"])
def test_a_whole_introduction_by_someone_else(channel: str, whom: str) -> None:
    talk = Conversation(channel=channel, address=NUMBER if channel == "sms" else None)
    talk.play(until="check", answers=WEB | {"about_whom": whom, "lambeth_link": "they live there"})
    talk.say("yes")
    made = document(talk)
    assert made["introducer"]["name"] == "Kofi Mensah"
    assert made["introducer"]["relationship"] == ("professional" if "work" in whom else "family")
    assert made["introducer"]["person_knows"] is True
    assert ("organisation" in made["introducer"]) == ("work" in whom)


def test_sms_takes_under_twenty_texts() -> None:
    talk = sms()
    talk.play(until="check")
    talk.say("yes")
    assert 1 + sum(len(turn.replies) for turn in talk.turns) <= 20


def test_every_text_by_sms_fits_but_summary() -> None:
    talk = sms()
    talk.play(until="check")
    replies = [reply for turn in talk.turns for reply in turn.replies if reply.kind != "summary"]
    assert max(len(reply.text) + room(reply.choices) for reply in replies) <= SMS_LIMIT


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_one_question_at_a_time_and_never_the_same_text_twice(channel: str) -> None:
    talk = at("check", channel=channel)
    texts = [reply.text for turn in talk.turns for reply in turn.replies if reply.ask]
    assert len(texts) == len(set(texts))
    assert all(sum(reply.ask is not None for reply in turn.replies) == 1 for turn in talk.turns)


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_progress_only_grows(channel: str) -> None:
    talk = at("check", channel=channel)
    done = [reply.progress["done"] for turn in talk.turns for reply in turn.replies if reply.progress]
    assert done == sorted(done)
    assert talk.turn.replies[-1].progress == {"done": done[-1], "of": done[-1] + 1}


def test_several_facts_in_one_message_are_all_taken() -> None:
    talk = at("full_name", channel="sms")
    talk.say("I'm Grace Mensah, born 3/4/1991, SW9 8LF, call me after 5")
    assert talk.value("full_name") == "Grace Mensah"
    assert talk.value("date_of_birth") == "1991-04-03"
    assert talk.value("postcode") == "SW9 8LF"
    assert talk.value("contact_method") == "call"
    assert talk.ask == "phone"


def test_words_before_consent_are_kept_for_the_story() -> None:
    talk = Conversation()
    talk.say("I am about to lose my flat and can't cope")
    assert talk.ask == "consent"
    talk.say("yes")
    talk.play(until="story")
    assert "kept what you said" in talk.text
    talk.say("that's all")
    assert talk.value("story") == ["I am about to lose my flat and can't cope"]


def test_words_before_consent_are_dropped_on_a_no() -> None:
    talk = Conversation()
    talk.say("I am about to lose my flat and can't cope")
    talk.say("no")
    assert "flat" not in json.dumps(dict(talk.draft))


def test_tell_me_more_then_yes() -> None:
    talk = Conversation()
    talk.tap("more")
    assert talk.ask == "consent"
    assert "Staff" in talk.text
    talk.say("yes")
    assert talk.ask == "about_whom"


def test_story_takes_several_messages_in_the_persons_own_words() -> None:
    talk = at("story")
    for text in ("My landlord wants me out", "I drink too much", "It has been a year", "that's all"):
        talk.say(text)
    assert talk.value("story") == ["My landlord wants me out", "I drink too much", "It has been a year"]
    assert talk.ask == "needs"


def test_story_ended_in_the_same_breath() -> None:
    talk = at("story")
    talk.say("I can't pay my rent. That's all")
    assert talk.value("story") == ["I can't pay my rent"]


def test_a_wall_of_text_is_kept_whole() -> None:
    talk = at("story")
    wall = "I can't sleep. " * 1300
    talk.say(wall)
    talk.tap("done")
    assert talk.value("story") == [wall.strip()]


def test_needs_heard_are_said_back_and_changed_in_words() -> None:
    talk = at("needs")
    assert "I heard:" in talk.text
    talk.say("add housing")
    assert "housing" in {need["domain"] for need in talk.value("needs")}


def test_tapped_needs_join_those_heard() -> None:
    talk = at("needs")
    heard = {need["domain"] for need in talk.draft["heard"]}
    talk.tap("loneliness,caring")
    assert {need["domain"] for need in talk.value("needs")} == heard | {"loneliness", "caring"}


def test_yes_about_suicide_is_followed_up_at_once() -> None:
    talk = at("suicidal_thoughts")
    talk.tap("passive")
    assert talk.ask == "suicidal_plan"
    talk.say("no")
    assert talk.ask == "self_harm"
    talk.say("no")
    assert talk.ask == "safe_at_home"


def test_no_about_suicide_is_not_followed_up() -> None:
    talk = at("suicidal_thoughts")
    talk.say("no")
    assert talk.ask == "safe_at_home"


def test_the_number_texted_from_is_the_best_one() -> None:
    talk = at("phone", channel="sms")
    talk.say("yes")
    assert talk.value("phone") == NUMBER


def test_no_fixed_address_is_an_answer() -> None:
    talk = at("postcode")
    talk.tap("no_fixed_address")
    talk.play(until="check")
    assert document(talk)["person"]["no_fixed_address"] is True


def test_equality_questions_after_submitting_are_optional_and_update() -> None:
    talk = at("check")
    talk.say("yes")
    assert talk.ask == "equality_ok"
    talk.say("yes")
    talk.tap("M")
    talk.tap("woman")
    talk.say("skip", intent="skip")
    for choice in ("none", "none", "no", "yes"):
        talk.tap(choice)
    assert talk.ask is None
    made = document(talk)
    assert made["equality"]["ethnic_category"] == "M"
    assert made["equality"]["sexual_orientation"] is None
    assert made["equality"]["carer"] is True
    assert kinds(talk)[-1] == "update"


def test_sms_has_no_equality_questions() -> None:
    talk = at("check", channel="sms")
    talk.say("yes")
    assert talk.ask is None
