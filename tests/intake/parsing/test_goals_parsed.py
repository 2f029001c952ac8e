import pytest

from bot.intake.parsing import goals


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        *(
            (text, ["recovery"])
            for text in (
                "feel better",
                "I want to sleep",
                "stop drinking",
                "less anxiety",
                "peace of mind",
                "to cope better",
                "stay well",
                "therapy",
                "stop feeling like this",
            )
        ),
        *(
            (text, ["control"])
            for text in (
                "I want my own place",
                "pay off my debts",
                "feel safe",
                "get my papers sorted",
                "be more independent",
                "sort out my benefits",
                "to be listened to",
                "leave my husband",
            )
        ),
        *(
            (text, ["can_do"])
            for text in (
                "get a job",
                "go back to college",
                "make some friends",
                "see my kids",
                "less lonely",
                "leave the house",
                "volunteer",
                "a routine",
            )
        ),
        ("my own flat and a job", ["control", "can_do"]),
        ("something blue", []),
    ],
)
def test_goals_are_tagged(text: str, outcomes: list[str]) -> None:
    parsed = goals.parse(text)
    assert parsed is not None and parsed.value == [{"own_words": text, "outcomes": outcomes}]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("get a job, sleep better and see my kids", ["get a job", "sleep better", "see my kids"]),
        ("1. stop drinking\n2. find work", ["stop drinking", "find work"]),
        ("- my own place\n- less stress", ["my own place", "less stress"]),
        ("I want to feel safe. And have someone to talk to", ["I want to feel safe", "have someone to talk to"]),
        ("a job; a flat of my own; friends", ["a job", "a flat of my own", "friends"]),
        ("to leave the house because I can't, it's too hard", ["to leave the house because I can't, it's too hard"]),
        ("I want to sleep", ["I want to sleep"]),
    ],
)
def test_goals_are_split_on_clear_lists(text: str, parts: list[str]) -> None:
    parsed = goals.parse(text)
    assert parsed is not None and [goal["own_words"] for goal in parsed.value] == parts


@pytest.mark.parametrize(
    "text", ["", "dunno", "yes", "no", "why", "why do you ask?", "skip", "not sure", "nothing", "hello", "..."]
)
def test_goals_refuse_what_says_nothing(text: str) -> None:
    assert goals.parse(text) is None
