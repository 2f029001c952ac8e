"""Answers with nothing in them for the classifier."""

from __future__ import annotations

import pytest

from bot.crisis.plain import is_plain_answer


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
    ],
)
def test_plain_answer_holds_nothing_else(asked: str | None, messages: list[str]) -> None:
    assert not is_plain_answer(messages, asked=asked)
