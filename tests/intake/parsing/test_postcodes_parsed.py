import pytest

from bot.intake.parsing import postcodes

GOOD = [
    *(
        ("SW9 8LF", "SW9 8LF"),
        ("sw98lf", "SW9 8LF"),
        ("Sw9 8lf please", "SW9 8LF"),
        ("sw9-8lf", "SW9 8LF"),
        ("my postcode is SE11 5AA", "SE11 5AA"),
        ("SW1O 2AA", "SW10 2AA"),
        ("sw 9 8lf", "SW9 8LF"),
    ),
    *(
        ("SW9", "SW9"),
        ("sw9", "SW9"),
        ("se5 please", "SE5"),
        ("i live in sw16", "SW16"),
        ("SE24 area", "SE24"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("N1 9GU", "N1 9GU"),
        ("e10", "E10"),
        ("brixton sw2", "SW2"),
    ),
    *(
        ("SW9 8LF, thanks", "SW9 8LF"),
        ("it's se1 7eh", "SE1 7EH"),
        ("postcode: cr0 1aa", "CR0 1AA"),
        ("SW4 0AA", "SW4 0AA"),
        ("SW4 OAA", "SW4 0AA"),
    ),
]
NOWHERE = """no fixed address|nfa|NFA|no fixed abode|homeless|i'm homeless|sofa surfing|sofa surfing at the moment|i don't have a postcode|haven't got an address|rough sleeping|on the streets|i'm on the street|no address|sleeping in my car|in my car|couch surfing|no permanent address|don't have a fixed address|nowhere to live"""
BAD = """|no|why|why?|dunno|skip|3 apples|at 5|im not homeless|scared of becoming homeless|hello|lambeth|brixton|07700 900123|3/4/91|ZZ9 9ZZ|12345|SW9 8LF or SE5 0AA|Grace|call me after 5"""


@pytest.mark.parametrize(("text", "code"), GOOD)
def test_postcodes_are_read(text: str, code: str) -> None:
    parsed = postcodes.parse(text)
    assert parsed is not None and (parsed.value, parsed.complete) == (code, True)


@pytest.mark.parametrize("text", NOWHERE.split("|"))
def test_postcodes_no_fixed_address_is_an_answer(text: str) -> None:
    parsed = postcodes.parse(text)
    assert parsed is not None and parsed.value == {"no_fixed_address": True}


@pytest.mark.parametrize("text", BAD.split("|"))
def test_postcodes_refuse_what_is_none(text: str) -> None:
    assert postcodes.parse(text) is None


def test_postcodes_in_an_address_are_found() -> None:
    parsed = postcodes.parse("Flat 2, 14 Test Road, London SW9 8LF")
    assert parsed is not None and parsed.value == "SW9 8LF"


@pytest.mark.parametrize(
    ("postcode", "answer"),
    [
        ("SW9 8LF", "perhaps"),
        ("SE11", "perhaps"),
        ("SW12 1AA", "perhaps"),
        ("CR0 1AA", "no"),
        ("SW1A 1AA", "no"),
        ("E10", "no"),
    ],
)
def test_postcodes_in_lambeth_are_never_refused(postcode: str, answer: str) -> None:
    assert postcodes.lambeth(postcode) == answer


def test_postcodes_outward_code() -> None:
    assert (postcodes.outward("SW9 8LF"), postcodes.outward("SW9")) == ("SW9", "SW9")


@pytest.mark.parametrize(
    ("text", "problem"), [("SX99 9", "not_a_postcode"), ("3 apples", "not_a_postcode"), ("no", None), ("SW9", None)]
)
def test_postcodes_refused_say_why(text: str, problem: str | None) -> None:
    assert postcodes.problem(text) == problem
