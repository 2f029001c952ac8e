from datetime import datetime

import pytest

from bot.intake.parsing import corrections

ANSWERED = ("consent", "about_whom", "needs", "full_name", "date_of_birth", "phone")
WITH_VALUE = [
    ("no, it's 07700 900124", "phone", "+447700900124"),
    ("sorry its 07700900124", "phone", "+447700900124"),
    ("07700 900124 not 900123", "phone", "+447700900124"),
    ("my new number is 07700 900124", "phone", "+447700900124"),
    ("change my phone to 07700 900124", "phone", "+447700900124"),
    ("my number is wrong it's 07700 900124", "phone", "+447700900124"),
    ("wrong number sorry, 07700 900124", "phone", "+447700900124"),
    ("sorry i meant 4/4/91", "date_of_birth", "1991-04-04"),
    ("change my date of birth to 3/4/91", "date_of_birth", "1991-04-03"),
    ("my dob is actually 4 april 1991", "date_of_birth", "1991-04-04"),
    ("can you change my dob to 4/4/1991 please", "date_of_birth", "1991-04-04"),
    ("the postcode should be SW9 8LF", "postcode", "SW9 8LF"),
    ("my postcode should be sw98lf", "postcode", "SW9 8LF"),
    ("change postcode: SE5 0AA", "postcode", "SE5 0AA"),
    ("my name is spelt wrong, it's Grayce", "full_name", "Grayce"),
    ("my name should be Grace Obi", "full_name", "Grace Obi"),
    ("change my name to Grace Obi", "full_name", "Grace Obi"),
    ("please change my name to tom", "full_name", "Tom"),
    ("my email is wrong, it should be g@example.org", "email", "g@example.org"),
    ("update my email to g@example.org", "email", "g@example.org"),
    ("I meant council tax not rent", "needs", {"add": ["money"], "remove": ["housing"]}),
    ("actually add drinking to my needs", "needs", {"add": ["drugs_alcohol"], "remove": []}),
]
WITHOUT_VALUE = [
    *(
        ("my phone is wrong", "phone"),
        ("the dob is wrong", "date_of_birth"),
        ("wrong number sorry", "phone"),
        ("typo in my email", "email"),
        ("you got my name wrong", "full_name"),
        ("my postcode is not right", "postcode"),
        ("my number has changed", "phone"),
        ("i gave the wrong postcode", "postcode"),
    ),
    *(
        ("i made a mistake", None),
        ("you've got that wrong", None),
        ("something is wrong", None),
        ("i put something wrong", None),
        ("one of them is wrong", None),
    ),
]
NONE = """|remove laundry from my to do list|add milk to my shopping list|hello|no|yes|no its not safe|i meant to say I'm scared|change my phone number|everything is wrong with my life|what's wrong with me|my landlord changed the locks|grace|it's not right what they did to me and my family after all these years|3/4/91|i feel wrong|sorry|no thanks"""


@pytest.mark.parametrize(("text", "ask", "value"), WITH_VALUE)
def test_corrections_with_the_right_answer(text: str, ask: str, value: object, now: datetime) -> None:
    found = corrections.find(text, now=now, asked="safe_at_home", answered=ANSWERED)
    assert found is not None and found.ask == ask and found.parsed is not None and found.parsed.value == value


@pytest.mark.parametrize(("text", "ask"), WITHOUT_VALUE)
def test_corrections_that_must_be_asked_again(text: str, ask: str | None, now: datetime) -> None:
    assert corrections.find(text, now=now, asked="impact", answered=ANSWERED) == (ask, None)


@pytest.mark.parametrize("text", NONE.split("|"))
def test_corrections_are_not_guessed(text: str, now: datetime) -> None:
    assert corrections.find(text, now=now, asked="safe_at_home", answered=ANSWERED) is None


def test_corrections_leave_the_answer_to_the_open_question(now: datetime) -> None:
    assert corrections.find("no, it's 07700 900124", now=now, asked="phone", answered=("full_name",)) is None


def test_corrections_of_the_latest_name(now: datetime) -> None:
    found = corrections.find("actually it's Grace Obi", now=now, asked="date_of_birth", answered=("phone", "full_name"))
    assert (
        found is not None and found.parsed is not None and (found.ask, found.parsed.value) == ("full_name", "Grace Obi")
    )


def test_corrections_of_the_introducers_phone(now: datetime) -> None:
    found = corrections.find("my phone is wrong", now=now, asked="story", answered=("introducer_phone",))
    assert found == ("introducer_phone", None)
