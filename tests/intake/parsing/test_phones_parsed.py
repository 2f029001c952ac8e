import pytest

from bot.intake.parsing import phones

OWN = "+447700900999"
GOOD = """07700900123|07700 900123|07700 900 123|07700-900-123|077 00 900 123|(07700) 900123|+447700900123|+44 7700 900123|+44 (0)7700 900123|0044 7700 900123|447700900123|7700 900123|its 07700900123|my number is 07700 900123 thanks|
O7700 9OO123|call me on 07700 900123|07700 900123.|Mobile: 07700 900123|07700.900.123|07700 900123 please|ok 07700900123 x"""
BAD = """|no|why|999|116 123|07700 90012|07700 9001234|12345|3/4/1991|03041991|07700 900123 or 07700 900124|SW9 8LF|hello|phone|my number|943 476 5919|+999 12345|00000000000"""


@pytest.mark.parametrize("text", GOOD.replace("\n", "").split("|"))
def test_phones_become_e164(text: str) -> None:
    parsed = phones.parse(text)
    assert parsed is not None and (parsed.value, parsed.complete) == ("+447700900123", True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("020 7946 0123", "+442079460123"),
        ("(020) 7946-0123 landline", "+442079460123"),
        ("02079460123", "+442079460123"),
        ("+1 202 555 0123", "+12025550123"),
    ],
)
def test_phones_of_other_kinds(text: str, number: str) -> None:
    parsed = phones.parse(text)
    assert parsed is not None and parsed.value == number


@pytest.mark.parametrize("text", BAD.split("|"))
def test_phones_refuse_what_is_no_number(text: str) -> None:
    assert phones.parse(text) is None


SAME = """same|same number|the same number|same as this number|this one|this number|this number is fine|yes|yep|yeah thats fine|yes this one|the number im texting from|the one I'm texting on|use this number|ok|correct|it is|just this one please|👍"""


@pytest.mark.parametrize("text", SAME.split("|"))
def test_phones_same_as_this_one(text: str) -> None:
    parsed = phones.parse(text, address=OWN)
    assert parsed is not None and parsed.value == OWN
    assert phones.parse(text) is None


@pytest.mark.parametrize("text", ["no", "not this one", "why", "different number", "this is my mum's phone"])
def test_phones_other_answers_are_not_this_one(text: str) -> None:
    assert phones.parse(text, address=OWN) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("07700 90012", "too_short"),
        ("0770", "too_short"),
        ("07700 9001234", "too_long"),
        ("9876543210", "not_a_phone"),
        ("no", None),
        ("07700 900123", None),
    ],
)
def test_phones_refused_say_why(text: str, problem: str | None) -> None:
    assert phones.problem(text) == problem


def test_phones_with_more_are_not_complete() -> None:
    parsed = phones.parse("07700 900123 but my ex has this phone")
    assert parsed is not None and not parsed.complete


def test_phones_next_to_a_date() -> None:
    parsed = phones.parse("03041991 07700900123")
    assert parsed is not None and parsed.value == "+447700900123"


@pytest.mark.parametrize(
    ("e164", "shown"), [("+447700900123", "07700 900123"), ("+442079460123", "020 7946 0123"), ("nonsense", "nonsense")]
)
def test_phones_are_shown_as_written(e164: str, shown: str) -> None:
    assert phones.shown(e164) == shown
