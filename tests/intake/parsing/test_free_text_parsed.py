"""Answers in own words: who is looked after, what help there is, which GP, where somebody is."""

import pytest

from bot.intake.parsing import free_text
from bot.intake.parsing.parsed import Parsed


def value(parsed: Parsed | None) -> object:
    return None if parsed is None else parsed.value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no", "none"),
        ("no one", "none"),
        ("just me", "none"),
        ("none", "none"),
        ("2 kids", "2 kids"),
        ("my mum has dementia", "my mum has dementia"),
        ("yes 2 kids", "yes 2 kids"),
        ("a dog", "a dog"),
        ("yes", None),
        ("why", None),
        ("why do you need to know?", None),
        ("", None),
    ],
)
def test_free_text_dependants(text: str, answer: str | None) -> None:
    assert value(free_text.dependants(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no", "none"),
        ("nothing", "none"),
        ("no help", "none"),
        ("my gp and sertraline", "my gp and sertraline"),
        ("key worker at the hostel", "key worker at the hostel"),
        ("yes", None),
        ("why?", None),
        ("", None),
    ],
)
def test_free_text_support_now(text: str, answer: str | None) -> None:
    assert value(free_text.support_now(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("my gp is Test Road Surgery", "Test Road Surgery"),
        ("Test Road Surgery", "Test Road Surgery"),
        ("not registered", "none"),
        ("i dont have one", "none"),
        ("why?", None),
        ("", None),
    ],
)
def test_free_text_gp_practice(text: str, answer: str | None) -> None:
    assert value(free_text.gp_practice(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "at home",
        "brixton station",
        "sw9 8lf",
        "outside the library on Test Road",
        "in the park",
        "14 Test Road",
        "im at my mums",
        "on the bus",
    ],
)
def test_free_text_whereabouts_are_kept(text: str) -> None:
    parsed = free_text.whereabouts(text)
    assert parsed is not None and parsed.value == text and parsed.complete


@pytest.mark.parametrize("text", ["", "no", "yes", "why", "why do you need that", "who sees this?", "what?", "nope"])
def test_free_text_whereabouts_refuse_what_is_none(text: str) -> None:
    assert free_text.whereabouts(text) is None
