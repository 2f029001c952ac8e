"""The fixed crisis replies: what they say, how plainly, and in how many text segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot import directory
from bot.crisis.assessment import Flag, Level
from bot.crisis.replies import CHANNELS, Replies
from bot.crisis.screen import Screen
from tests.plain_words import GSM7, grade

REPLIES = Replies.load(directory.load())
RED = [
    Level.CRISIS_IMMINENT,
    Level.CRISIS_ACTIVE,
    Level.HARM_TO_OTHERS,
    Level.SELF_HARM,
    Level.SAFEGUARDING,
]
HARM_WORDS = re.compile(
    r"\b(abuse\w*|violen\w*|rape\w*|assault\w*|domestic|safeguard\w*|control\w*|hit|hurt\w*|partner|husband|refuge|police)\b",
    re.IGNORECASE,
)


def cards(channel: str) -> Iterator[dict[str, Any]]:
    for level in Level:
        for repeated in (False, True):
            for discreet in (False, True):
                card = REPLIES.card(level, channel=channel, repeated=repeated, discreet=discreet)
                if card is not None:
                    yield card
    yield REPLIES.unavailable(channel)
    yield REPLIES.retracted(channel)


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_read_at_grade_six_or_below(channel: str) -> None:
    hard = {card["text"]: grade(card["text"]) for card in cards(channel)}
    assert {text: grade for text, grade in hard.items() if grade > 6} == {}


def test_replies_by_text_fit_into_two_gsm7_segments() -> None:
    for card in cards("sms"):
        assert set(card["text"]) <= GSM7, card["text"]
        assert len(card["text"]) <= 306, card["text"]


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_hold_no_unfilled_place(channel: str) -> None:
    assert not [card["text"] for card in cards(channel) if "{" in card["text"] or "}" in card["text"]]


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_never_say_calm_down_or_low_risk(channel: str) -> None:
    assert not [card["text"] for card in cards(channel) if re.search(r"calm down|low risk|!", card["text"], re.I)]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("level", RED)
def test_replies_to_red_name_the_emergency_number_and_a_question(level: Level, channel: str) -> None:
    card = REPLIES.card(level, channel=channel, repeated=False)
    assert card is not None
    assert card["kind"] == "crisis"
    assert "999" in card["text"]
    assert card["ask"]
    assert card["text"].count("?") >= 1


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_to_imminent_put_the_emergency_first_and_ask_where(channel: str) -> None:
    card = REPLIES.card(Level.CRISIS_IMMINENT, channel=channel, repeated=False)
    assert card is not None
    assert card["text"].index("999") < card["text"].index("0800 731 2864")
    assert card["ask"] == "whereabouts"


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_to_passive_ask_plainly_with_choices(channel: str) -> None:
    card = REPLIES.card(Level.PASSIVE_LOW, channel=channel, repeated=False)
    assert card is not None
    assert card["ask"] == "suicidal_thoughts"
    assert [choice["value"] for choice in card["choices"]] == ["none", "past", "passive", "active", "plan", "declined"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("value", "level", "flag"),
    [
        ("none", Level.NEGATED, Flag.NONE),
        ("past", Level.HISTORICAL, Flag.NONE),
        ("passive", Level.PASSIVE_LOW, Flag.AMBER),
        ("active", Level.CRISIS_ACTIVE, Flag.RED),
        ("plan", Level.CRISIS_ACTIVE, Flag.RED),
        ("declined", Level.PASSIVE_LOW, Flag.AMBER),
    ],
)
def test_replies_offer_choices_that_screen_as_they_say(
    screen: Screen, channel: str, value: str, level: Level, flag: Flag
) -> None:
    card = REPLIES.card(Level.PASSIVE_LOW, channel=channel, repeated=False)
    assert card is not None
    label = {choice["value"]: choice["label"] for choice in card["choices"]}[value]
    result = screen.assess([label], asked="suicidal_thoughts")
    assert (result.level, result.flag) == (level, flag)


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_do_not_put_again_the_question_just_answered(channel: str) -> None:
    passive = REPLIES.card(Level.PASSIVE_LOW, channel=channel, repeated=False, asked="suicidal_thoughts")
    assert passive is not None
    assert "ask" not in passive
    assert REPLIES.card(Level.HISTORICAL, channel=channel, repeated=False, asked="suicidal_thoughts") is None


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("level", [*RED, Level.PASSIVE_LOW, Level.THIRD_PARTY])
def test_replies_are_shorter_the_second_time(level: Level, channel: str) -> None:
    first = REPLIES.card(level, channel=channel, repeated=False)
    again = REPLIES.card(level, channel=channel, repeated=True)
    assert first is not None and again is not None
    assert len(again["text"]) < len(first["text"])
    assert "999" in again["text"] or "116 123" in again["text"]


@pytest.mark.parametrize("repeated", [False, True])
def test_replies_to_safeguarding_by_text_name_no_harm(repeated: bool) -> None:
    card = REPLIES.card(Level.SAFEGUARDING, channel="sms", repeated=repeated)
    assert card is not None
    assert HARM_WORDS.search(card["text"]) is None


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("level", [*RED, Level.PASSIVE_LOW])
def test_replies_to_a_watched_phone_name_no_harm(level: Level, channel: str) -> None:
    card = REPLIES.card(level, channel=channel, repeated=False, discreet=True)
    assert card is not None
    assert HARM_WORDS.search(card["text"]) is None
    assert re.search(r"crisis|suicid|life|0800|0808", card["text"]) is None


@pytest.mark.parametrize("level", [Level.NONE, Level.NEGATED])
def test_replies_are_none_where_nothing_was_flagged(level: Level) -> None:
    assert REPLIES.card(level, channel="web", repeated=False) is None


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_when_unavailable_say_that_it_is_kept_and_give_lines(channel: str) -> None:
    text = REPLIES.unavailable(channel)["text"]
    assert "kept" in text
    assert all(number in text for number in ("999", "111", "116 123", "0800 731 2864"))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_retraction_on_a_watched_phone_gives_nothing_away(channel: str) -> None:
    text = REPLIES.retracted(channel, discreet=True)["text"]
    assert text != REPLIES.retracted(channel)["text"]
    assert not HARM_WORDS.search(text) and "hard things" not in text


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("level", [*RED, Level.PASSIVE_LOW, Level.THIRD_PARTY])
def test_replies_say_who_sees_it_and_that_nobody_can_say_how_soon(level: Level, channel: str) -> None:
    card = REPLIES.card(level, channel=channel, repeated=False)
    assert card is not None
    assert re.search(r"can't say how soon", card["text"])
    assert re.search(r"crisis outreach team|person", card["text"])


@pytest.mark.parametrize("channel", CHANNELS)
def test_replies_never_end_in_a_number_to_call(channel: str) -> None:
    shown = [*cards(channel), *(_asked_already(level, channel) for level in Level)]
    last = [
        re.split(r"(?<=[.?]) ", card["text"])[-1] for card in shown if card is not None and card["kind"] == "crisis"
    ]
    last += [
        re.split(r"(?<=[.?]) ", text["text"])[-1] for text in (REPLIES.retracted(channel), REPLIES.unavailable(channel))
    ]
    assert last and not [sentence for sentence in last if re.search(r"\d", sentence)]


def _asked_already(level: Level, channel: str) -> dict[str, Any] | None:
    """The card where its question has just been asked: nothing of its own stands after it."""
    question = (REPLIES.card(level, channel=channel, repeated=False) or {}).get("ask")
    return REPLIES.card(level, channel=channel, repeated=False, asked=question) if question else None


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("level", [*RED, Level.PASSIVE_LOW, Level.THIRD_PARTY, Level.SCREEN_FAILED])
def test_replies_to_danger_now_name_999(level: Level, repeated: bool, channel: str) -> None:
    card = REPLIES.card(level, channel=channel, repeated=repeated)
    assert card is None or "999" in card["text"]


def test_replies_by_text_do_not_ask_for_the_number_they_came_from() -> None:
    card = REPLIES.card(Level.CRISIS_IMMINENT, channel="sms", repeated=False)
    assert card is not None
    assert "What number" not in card["text"]
