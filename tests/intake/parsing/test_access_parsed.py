import pytest

from bot.intake.parsing import access
from bot.intake.turn import Choice


@pytest.mark.parametrize(
    "text",
    [
        "none",
        "no",
        "nothing",
        "no thanks",
        "nah",
        "I'm fine",
        "nothing thanks",
        "not really",
        "no i'm good",
        "n/a",
        "all good",
        "none of these",
        "i don't need anything",
    ],
)
def test_access_nothing_needed_is_an_answer(text: str) -> None:
    parsed = access.parse(text)
    assert (
        parsed is not None
        and parsed.value == {"language": None, "interpreter": None, "needs": [], "notes": None}
        and parsed.complete
    )


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        *(
            ("BSL", ["bsl"]),
            ("sign language please", ["bsl"]),
            ("easy read", ["easy_read"]),
            ("large print, wheelchair", ["large_print", "wheelchair"]),
            ("step free access", ["wheelchair"]),
            ("i'm deaf", ["hearing"]),
            ("hard of hearing", ["hearing"]),
        ),
        *(
            ("i can't see very well, screen reader", ["sight"]),
            ("stammer", ["speech"]),
            ("my memory is bad", ["memory"]),
            ("im autistic", ["autism_adhd"]),
            ("ADHD and dyslexia", ["autism_adhd", "literacy"]),
            ("i can't read or write", ["literacy"]),
            ("my sister to come with me", ["companion"]),
        ),
        *(("quiet room please", ["other"]), ("i need breaks", ["other"]), ("braille", ["braille"])),
    ],
)
def test_access_needs_are_heard(text: str, needs: list[str]) -> None:
    parsed = access.parse(text)
    assert parsed is not None and sorted(parsed.value["needs"]) == sorted(needs)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i speak portuguese", "pt"),
        ("Somali interpreter please", "so"),
        ("spanish", "es"),
        ("i only speak amharic", "am"),
        ("polish translator", "pl"),
        ("I need an interpreter in Tigrinya", "ti"),
        ("my english is not good, arabic", "ar"),
        ("yoruba", "yo"),
        ("can i get a french interpreter?", "fr"),
        ("farsi interpretor", "fa"),
    ],
)
def test_access_language_means_an_interpreter(text: str, language: str) -> None:
    parsed = access.parse(text)
    assert parsed is not None and (parsed.value["language"], parsed.value["interpreter"]) == (language, True)


def test_access_interpreter_refused() -> None:
    parsed = access.parse("i speak polish but no interpreter needed")
    assert parsed is not None and parsed.value["interpreter"] is False


def test_access_english_is_fine() -> None:
    parsed = access.parse("i speak polish and english is fine")
    assert parsed is not None and parsed.value["interpreter"] is None


@pytest.mark.parametrize(
    "text", ["", "why?", "why", "hello", "Grace", "07700 900123", "SW9", "what do you mean?", "dunno", "yes"]
)
def test_access_refuses_what_is_no_answer(text: str) -> None:
    assert access.parse(text) is None


def test_access_numbers_and_taps() -> None:
    offered = (Choice("none", "Nothing"), Choice("interpreter", "An interpreter"), Choice("bsl", "Sign language (BSL)"))
    by_number, tapped, nothing = (
        access.parse("2 and 3", choices=offered),
        access.parse("", choices=offered, choice="bsl"),
        access.parse("1", choices=offered),
    )
    assert by_number is not None and (by_number.value["interpreter"], by_number.value["needs"]) == (True, ["bsl"])
    assert tapped is not None and tapped.value["needs"] == ["bsl"]
    assert nothing is not None and nothing.value["needs"] == []


def test_access_shows_a_language_by_name() -> None:
    assert (access.shown("pt"), access.shown("xx")) == ("Portuguese", "xx")
