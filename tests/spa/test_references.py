"""References read aloud and typed again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spa import references

drawn = st.builds(references.new)


@given(drawn)
def test_new_has_the_form_of_the_schema(reference: str) -> None:
    assert re.fullmatch(r"LW-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}", reference)


@given(drawn)
def test_valid_knows_its_own(reference: str) -> None:
    assert references.valid(reference) == reference


@given(drawn, st.sampled_from(range(9)), st.sampled_from(references.ALPHABET))
def test_valid_refuses_any_one_wrong_character(reference: str, place: int, character: str) -> None:
    place += 3 + (place >= 4)
    if place >= len(reference) or reference[place] in ("-", character):
        return
    assert references.valid(reference[:place] + character + reference[place + 1 :]) is None


@pytest.mark.parametrize(
    "typed",
    [
        lambda reference: reference.lower(),
        lambda reference: reference.replace("-", " "),
        lambda reference: reference.replace("-", ""),
        lambda reference: reference.replace("-", "\u2013"),
        lambda reference: f"  {reference}. ",
        lambda reference: reference.removeprefix("LW-"),
    ],
)
def test_valid_takes_it_as_people_type_it(typed) -> None:
    reference = references.new()
    assert references.valid(typed(reference)) == reference


@pytest.mark.parametrize(
    "text", ["", "LW", "LW-", "LW-0000-000", "LW-7K2F-9QXX", "hello", "7K2F", "LW-7K2F-9Q\u00d7", "\0"]
)
def test_valid_refuses_what_is_none(text: str) -> None:
    assert references.valid(text) is None
