"""Who it is about, where they live, how old they are, how much it gets in the way."""

from datetime import datetime

import pytest

from bot.intake.parsing import circumstances, durations
from bot.intake.parsing.parsed import Parsed


def value(parsed: Parsed | None) -> object:
    return None if parsed is None else parsed.value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "me")
            for text in (
                "me",
                "Me.",
                "it's for me",
                "myself",
                "me please",
                "i need help",
                "just me",
                "its about me",
                "for myself",
                "no its about me",
                "yes me",
            )
        ),
        *(
            (text, "someone_i_know")
            for text in (
                "my son",
                "for my mum",
                "someone i know",
                "a friend",
                "my neighbour",
                "I'm his mum",
                "im a carer for my dad",
                "its my boyfriend i am worried about him",
                "my best friend",
                "not me, my sister",
            )
        ),
        *(
            (text, "professional")
            for text in (
                "my client",
                "I'm a social worker",
                "a patient",
                "i work with them",
                "service user of ours",
                "someone I work with",
                "I'm her support worker",
                "one of our tenants",
                "I am a GP referring a patient",
                "im his key worker",
            )
        ),
        *(
            (text, None)
            for text in (
                "me and my son",
                "my support worker is helping me",
                "why",
                "why?",
                "yes",
                "no",
                "",
                "hello",
                "Grace",
                "07700 900123",
                "SW9",
            )
        ),
    ],
)
def test_circumstances_about_whom(text: str, answer: str | None) -> None:
    assert value(circumstances.about_whom(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "lives")
            for text in (
                "i live in lambeth",
                "i live here",
                "live there",
                "I live in Brixton",
                "i live in streatham",
                "lambeth resident",
                "i'm living in lambeth",
            )
        ),
        *(
            (text, "gp")
            for text in (
                "my gp",
                "gp only",
                "my doctor is there",
                "i dont live there but my doctor is",
                "I live in Croydon but my GP is in Lambeth",
                "just my gp",
            )
        ),
        *(
            (text, "both")
            for text in (
                "both",
                "both really",
                "bit of each",
                "i live in brixton and my gp is here",
                "i live here and my gp is here",
                "all of the above",
                "live here and gp too",
            )
        ),
        *(
            (text, "neither")
            for text in ("no", "neither", "nah none", "none", "i live in croydon", "outside lambeth", "nope neither")
        ),
        *(
            (text, "unsure")
            for text in ("not sure", "dunno mate", "i don't know", "idk", "no idea", "think so", "maybe")
        ),
        *(
            (text, None)
            for text in (
                "yes",
                "why?",
                "",
                "hello",
                "Grace",
                "not both",
                "is brixton in lambeth?",
                "yeah",
                "34",
                "call me",
            )
        ),
    ],
)
def test_circumstances_lambeth_link(text: str, answer: str | None) -> None:
    assert value(circumstances.lambeth_link(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, True)
            for text in (
                "yes",
                "34",
                "im 34",
                "over 18",
                "yes 34",
                "18",
                "3/4/91",
                "yep im grown",
                "i'm an adult",
                "thirty four",
                "18+",
                "I'm 67",
                "yes i am",
                "turned 18 last week",
            )
        ),
        *(
            (text, False)
            for text in (
                "no",
                "17",
                "no im 17",
                "under 18",
                "nearly 18",
                "she's 16",
                "not yet",
                "3/4/2012",
                "im 15",
                "i'm not 18",
            )
        ),
        *(
            (text, None)
            for text in ("dunno", "why?", "", "hello", "maybe", "SW9", "Grace", "my mum", "3 months", "07700 900123")
        ),
    ],
)
def test_circumstances_adult(text: str, answer: bool | None, now: datetime) -> None:
    assert value(circumstances.adult(text, now=now)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "a_little")
            for text in ("a bit", "a little", "not much", "not a lot", "hardly at all", "slightly", "no", "not really")
        ),
        *(
            (text, "some")
            for text in ("some", "quite a bit", "sometimes", "on and off", "it varies", "kind of", "some days")
        ),
        *(
            (text, "a_lot")
            for text in (
                "a lot",
                "loads",
                "massively",
                "really badly",
                "every day",
                "all the time",
                "quite a lot",
                "very much",
            )
        ),
        *(
            (text, "cannot_manage")
            for text in (
                "can't cope",
                "i can't get out of bed",
                "everything",
                "i can't manage",
                "cannot function",
                "it's ruined my life",
                "i can't leave the house",
            )
        ),
        *(
            (text, None)
            for text in ("dunno", "why?", "", "hello", "Grace", "07700 900123", "SW9", "skip", "my mum", "yes")
        ),
    ],
)
def test_circumstances_impact(text: str, answer: str | None) -> None:
    assert value(circumstances.impact(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("his mum", "family"),
        ("sister", "family"),
        ("I'm his wife", "family"),
        ("friend", "friend"),
        ("neighbour", "friend"),
        ("i care for him", "carer"),
        ("her carer", "carer"),
        ("im her support worker", "professional"),
        ("landlord", "other"),
        ("his pastor", "other"),
        ("why?", None),
        ("yes", None),
        ("", None),
    ],
)
def test_circumstances_relationship(text: str, answer: str | None) -> None:
    assert value(circumstances.relationship(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", True),
        ("he knows", True),
        ("they agreed", True),
        ("she asked me to", True),
        ("with his consent", True),
        ("no", False),
        ("she doesn't know", False),
        ("not yet", False),
        ("he knows but doesn't agree", False),
        ("i haven't told him", False),
        ("why?", None),
        ("dunno", None),
        ("", None),
    ],
)
def test_circumstances_person_knows(text: str, answer: bool | None) -> None:
    assert value(circumstances.person_knows(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "my dad touches me",
        "im gonna kill my stepdad tonight",
        "tell my mum i love her",
        "ill be with my nan soon",
        "i cut myself last night",
        "dont worry about me anymore",
        "took an overdose this morning and not told anyone",
        "mums boyfriend hits my little brother",
        "thinking about suicide every day",
    ],
)
def test_circumstances_a_disclosure_is_not_wholly_an_answer(text: str) -> None:
    parsers = (circumstances.about_whom, circumstances.lambeth_link, circumstances.impact, durations.parse)
    assert not any(parsed.complete for parse in parsers if (parsed := parse(text)))
