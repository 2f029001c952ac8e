import pytest

from bot.intake.parsing import choices
from bot.intake.turn import Choice

LINK = (
    Choice("lives", "I live in Lambeth"),
    Choice("gp", "My GP is in Lambeth"),
    Choice("both", "Both"),
    Choice("neither", "Neither"),
    Choice("unsure", "I am not sure"),
)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        *(
            ("2", ["gp"]),
            ("2.", ["gp"]),
            ("2️⃣", ["gp"]),
            ("number 2", ["gp"]),
            ("option 2 please", ["gp"]),
            ("the second one", ["gp"]),
            ("second", ["gp"]),
            ("2nd", ["gp"]),
            ("the first one", ["lives"]),
            ("last one", ["unsure"]),
            ("one", ["lives"]),
            ("three", ["both"]),
        ),
        *(
            ("1 and 3", ["lives", "both"]),
            ("1,3", ["lives", "both"]),
            ("1 3", ["lives", "both"]),
            ("1 & 2", ["lives", "gp"]),
            ("(4)", ["neither"]),
        ),
        *(
            ("My GP is in Lambeth", ["gp"]),
            ("my gp", ["gp"]),
            ("BOTH", ["both"]),
            ("neither", ["neither"]),
            ("i live in lambeth", ["lives"]),
            ("both.", ["both"]),
        ),
    ],
)
def test_choices_by_number_and_label(text: str, picked: list[str]) -> None:
    assert choices.resolve(text, LINK) == picked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6",
        "0",
        "lambeth",
        "no",
        "yes",
        "not both and not 2 of them",
        "I have 2 kids",
        "why?",
        "my gp?",
        "first thing",
        "2 months",
        "07700 900123",
        "sw9",
    ],
)
def test_choices_none_picked(text: str) -> None:
    assert choices.resolve(text, LINK) == []


def test_choices_tapped_wins_over_text() -> None:
    assert choices.resolve("My GP is in Lambeth", LINK, choice="lives") == ["lives"]


def test_choices_several_tapped() -> None:
    assert choices.resolve("", LINK, choice="lives,gp") == ["lives", "gp"]


def test_choices_unknown_tap_picks_nothing() -> None:
    assert choices.resolve("", LINK, choice="elsewhere") == []


def test_choices_part_of_a_label_that_denies_does_not_pick_it() -> None:
    assert choices.resolve("now", (Choice("past", "In the past, not now"), Choice("none", "No"))) == []


def test_choices_exact_takes_no_part_of_a_label() -> None:
    assert choices.resolve("wake up", (Choice("passive", "I wish I could not wake up"),), exact=True) == []
