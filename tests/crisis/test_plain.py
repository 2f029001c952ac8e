"""Answers with nothing in them for the classifier."""

from __future__ import annotations

import pytest

from bot.crisis.plain import is_offered_choice, is_plain_answer


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("phone", "07700 900 123"),
        ("phone", "+44 (0)7700 900123"),
        ("nhs_number", "943 476 5919"),
        ("date_of_birth", "3/4/91"),
        ("date_of_birth", "3rd April 1991"),
        ("postcode", "sw9 8xx"),
        ("postcode", "SE5"),
        ("email", "grace.o@example.org"),
        ("suicidal_thoughts", "why do you need to know that?"),
        ("self_harm", "Do I have to answer that"),
        (None, "who sees this?"),
    ],
)
def test_plain_answer_is_wholly_what_was_asked(asked: str, text: str) -> None:
    assert is_plain_answer([text], asked=asked)


@pytest.mark.parametrize(
    ("asked", "messages"),
    [
        ("phone", ["07700 900123 but not after tonight"]),
        ("date_of_birth", ["3 rope 1991"]),
        ("postcode", ["SW9 8XX im on the bridge"]),
        ("postcode", ["SW9 8XX", "i cant do this"]),
        ("suicidal_thoughts", ["07700 900123"]),
        (None, ["07700 900123"]),
        ("suicidal_thoughts", ["why do you need to know, it ends tonight"]),
        ("suicidal_thoughts", ["why not"]),
    ],
)
def test_plain_answer_holds_nothing_else(asked: str | None, messages: list[str]) -> None:
    assert not is_plain_answer(messages, asked=asked)


def test_a_choice_that_we_offer_is_not_read() -> None:
    assert is_offered_choice(["I can't manage"], asked="impact")
    assert is_offered_choice([" being safe"], asked="needs")
    assert is_offered_choice(["Delete this chat"], asked="story")
    assert is_offered_choice(["Change an earlier answer"], asked="suicidal_thoughts")


@pytest.mark.parametrize(
    ("asked", "messages"),
    [
        (None, ["I can't manage"]),
        ("goals", ["I can't manage"]),
        ("story", ["delete this chat, he checks my phone"]),
        ("impact", ["I can't manage any more"]),
        ("impact", ["I can't manage", "goodbye"]),
        ("self_harm", ["In the last few weeks"]),
        ("suicidal_thoughts", ["Sometimes I wish I was not here"]),
    ],
)
def test_other_words_and_choices_about_safety_are_read(asked: str | None, messages: list[str]) -> None:
    assert not is_offered_choice(messages, asked=asked)
