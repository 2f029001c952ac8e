"""The questions of the equality monitoring, by their codes."""

import pytest

from bot.intake.parsing import equality
from bot.intake.parsing.parsed import Parsed


def value(parsed: Parsed | None) -> object:
    return None if parsed is None else parsed.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("White British", "A"),
            ("white", "A"),
            ("english", "A"),
            ("I'm Irish", "B"),
            ("white polish", "C"),
            ("white other", "C"),
            ("mixed white and black caribbean", "D"),
            ("half jamaican half english", "D"),
            ("mixed white and black african", "E"),
            ("mixed white asian", "F"),
            ("mixed race", "G"),
        ),
        *(
            ("Indian", "H"),
            ("british pakistani", "J"),
            ("Bangladeshi", "K"),
            ("bengali", "K"),
            ("other asian", "L"),
            ("tamil", "L"),
            ("black caribbean", "M"),
            ("jamaican", "M"),
            ("black african", "N"),
            ("nigerian", "N"),
            ("any other black background", "P"),
            ("chinese", "R"),
            ("arab", "S"),
            ("other", "S"),
        ),
        *(("prefer not to say", "Z"), ("not sure", "99"), ("M", "M"), ("99", "99")),
        *(
            ("black british", None),
            ("asian", None),
            ("portuguese", None),
            ("why?", None),
            ("", None),
            ("yes", None),
            ("human", None),
            ("I", None),
            ("hello", None),
            ("2", None),
        ),
    ],
)
def test_equality_ethnic_category(text: str, code: str | None) -> None:
    assert value(equality.ethnic_category(text)) == code


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("woman", "woman"),
        ("female", "woman"),
        ("trans woman", "woman"),
        ("i'm a man", "man"),
        ("male", "man"),
        ("non-binary", "non_binary"),
        ("nb", "non_binary"),
        ("other", "other"),
        ("why?", None),
        ("yes", None),
        ("", None),
    ],
)
def test_equality_gender(text: str, answer: str | None) -> None:
    assert value(equality.gender_identity(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("straight", "heterosexual"),
        ("gay", "gay_lesbian"),
        ("lesbian", "gay_lesbian"),
        ("bi", "bisexual"),
        ("pansexual", "other"),
        ("why?", None),
        ("", None),
        ("yes", None),
    ],
)
def test_equality_orientation(text: str, answer: str | None) -> None:
    assert value(equality.sexual_orientation(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("christian", "christian"),
        ("catholic", "christian"),
        ("pentecostal", "christian"),
        ("muslim", "muslim"),
        ("none", "none"),
        ("not religious", "none"),
        ("no", "none"),
        ("rasta", "rastafarian"),
        ("sikh", "sikh"),
        ("spiritual", "other"),
        ("why?", None),
        ("", None),
        ("yes", None),
    ],
)
def test_equality_religion(text: str, answer: str | None) -> None:
    assert value(equality.religion(text)) == answer
