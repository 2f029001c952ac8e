"""Codes of saved chats: made from the message that shows them, read however they are typed, kept nowhere."""

import re
import time
import uuid

import pytest

from bot.gateway.codes import MASK, Codes, read
from spa.models import Message
from spa.references import ALPHABET, check_character

codes = Codes("a secret")
CODE = codes.of("a message")


def test_a_code_is_short_and_holds_nothing_that_is_taken_for_another():
    made = {codes.of(uuid.uuid4().hex) for _ in range(300)}
    assert len(made) == 300
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code) for code in made)
    assert not any(code.replace("-", "").isalpha() or code.replace("-", "").isdigit() for code in made)
    assert all(read(code) == code for code in made)


def test_the_same_message_has_the_same_code_and_another_secret_another():
    assert codes.of("a message") == CODE
    assert Codes("another secret").of("a message") != CODE
    assert Codes("another secret").digest(CODE) != codes.digest(CODE)


@pytest.mark.parametrize(
    "typed",
    ["{}", " {} ", "{}.", "resume {}", "Resume: {}", "my code is {}", "code {} please", "Hi, my code is {}", "{}!"],
)
@pytest.mark.parametrize(
    "form", [str, str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_is_read_however_it_is_typed(typed, form):
    assert read(typed.format(form(CODE))) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "", "basement", "BASEMENT", "2345 6789", "07700 900123", "SW9 8LF", "LW-7K2F-9QX", "resume", "code", "my code is",
        "23/04/1991", "it was 2345 6789", "x" * 5000, "resume " * 20 + "7", f"{CODE} and my rent is late", "I want to die",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_one(text):
    assert read(text) is None


def test_any_one_wrong_character_is_noticed():
    for place, was in enumerate(CODE):
        for other in ALPHABET:
            if was != "-" and other != was:
                assert read(CODE[:place] + other + CODE[place + 1 :]) is None


def test_words_of_eight_letters_are_not_codes_even_where_the_check_fits():
    words = [body + check_character(body) for body in (f"{first}ASEMEN" for first in ALPHABET[8:])]
    letters = [word for word in words if word.isalpha()]
    assert letters and not any(read(word) for word in letters)


def test_a_long_text_is_read_in_no_time():
    begun = time.monotonic()
    assert read(("my" + " " * 8) * 10) is None
    assert time.monotonic() - begun < 0.1


def test_only_the_resident_is_shown_the_code():
    message = Message(id="a message", text=f"Use this code: {MASK}.")
    assert codes.shown(message) == f"Use this code: {CODE}."
    assert codes.shown(Message(id="x", text="no code here")) == "no code here"
    assert codes.shown(Message(id="x", text=MASK, author="resident")) == MASK


def test_an_empty_secret_stops_start_up():
    with pytest.raises(ValueError, match="secret_key"):
        Codes("")
