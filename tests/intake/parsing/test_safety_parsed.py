"""Answers to the direct questions about safety: plain ones are read, unclear ones are put again."""

import pytest

from bot.intake.parsing import safety
from bot.intake.parsing.parsed import Parsed


def value(parsed: Parsed | None) -> object:
    return None if parsed is None else parsed.value


THOUGHTS = [
    *(
        (text, "none")
        for text in (
            "no",
            "No.",
            "nope never",
            "never",
            "nah",
            "not at all",
            "no, never, thank god",
            "no i don't",
            "No I'm not suicidal",
            "i don't want to kill myself",
            "i'm not suicidal",
            "no i haven't",
            "definitely not",
            "no way",
            "nothing like that",
        )
    ),
    *(
        (text, "past")
        for text in (
            "in the past",
            "years ago",
            "used to",
            "used to but not now",
            "when i was younger",
            "not any more",
            "i tried 10 years ago",
            "not for years",
            "i did once a long time ago",
            "in my teens",
        )
    ),
    *(
        (text, "passive")
        for text in (
            "i wish i wouldn't wake up",
            "i don't want to be here anymore",
            "dont want to wake up",
            "i dont want to live",
            "everyone would be better off without me",
            "i wish i was dead",
            "not suicidal but i don't want to wake up",
            "whats the point",
            "i just want to disappear",
        )
    ),
    *(
        (text, "active")
        for text in (
            "yes",
            "Yeah",
            "yes sometimes",
            "sometimes",
            "every day",
            "most days",
            "i want to die",
            "i want to kill myself",
            "i've been thinking about suicide",
            "yes but i wouldnt act on it",
            "sometimes i think about it",
            "i am",
            "i think about ending my life",
            "yes a lot",
            "all the time",
            "feel like ending it",
        )
    ),
    *(
        (text, "plan")
        for text in (
            "i have a plan",
            "ive got pills saved up",
            "yes and i know how i'd do it",
            "i wrote a note",
            "i'm going to do it tonight",
            "ive planned it",
        )
    ),
    *(
        (text, "attempt_recent")
        for text in (
            "i took an overdose last week",
            "i tried to kill myself yesterday",
            "i attempted 3 days ago",
            "i overdosed last month",
        )
    ),
]
UNCLEAR = """not really|a bit|kind of|maybe|dunno|not sure|idk|no thanks|no but i have a rope|no i don't want to die, just want it to stop|in the past, but it's come back|yeah no|i'm fine|why do you ask?|why|skip|none of your business||👍👎|hello|i used to but again lately|i tried|prefer not to say|not exactly"""


@pytest.mark.parametrize(("text", "answer"), THOUGHTS)
def test_safety_suicidal_thoughts_are_read(text: str, answer: str) -> None:
    assert value(safety.suicidal_thoughts(text)) == answer


@pytest.mark.parametrize("text", UNCLEAR.split("|"))
def test_safety_unclear_words_about_suicide_are_asked_again(text: str) -> None:
    assert safety.suicidal_thoughts(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, False)
            for text in (
                "no",
                "no plan",
                "nope",
                "i don't have a plan",
                "never",
                "no i haven't made a plan",
                "nah never",
                "not at all",
            )
        ),
        *((text, True) for text in ("yes", "yeah", "yep i have", "yes i do")),
        *(
            (text, text)
            for text in (
                "i've thought about pills",
                "yes i would jump off a bridge",
                "i know how",
                "i think about the train",
            )
        ),
        *(
            (text, None)
            for text in (
                "not really",
                "no but i have pills",
                "maybe",
                "dunno",
                "why do you ask?",
                "",
                "hello",
                "skip",
                "no but sometimes",
                "a bit",
            )
        ),
    ],
)
def test_safety_plan_is_read(text: str, answer: object) -> None:
    assert value(safety.suicidal_plan(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, "none") for text in ("no", "never", "nope", "not at all", "no never")),
        *((text, "past") for text in ("i used to", "when i was younger", "not for years", "in the past", "years ago")),
        *(
            (text, "recent")
            for text in ("last week", "i cut myself last night", "yes recently", "a few days ago", "yesterday")
        ),
        *(
            (text, "current")
            for text in ("yes now", "i cut most days", "urges", "i still do", "every day", "i just cut", "i want to")
        ),
        *(
            (text, None)
            for text in (
                "yes",
                "not really",
                "i used to but it started again",
                "maybe",
                "why?",
                "",
                "dunno",
                "a bit",
                "skip",
                "hello",
            )
        ),
    ],
)
def test_safety_self_harm_is_read(text: str, answer: str | None) -> None:
    assert value(safety.self_harm(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "yes")
            for text in (
                "yes",
                "yeah",
                "yep",
                "yes i do",
                "yeah i'm safe",
                "yes thank god",
                "i feel safe at home",
                "very safe",
                "all good",
                "yeah all good",
                "safe",
                "yes i feel safe here",
            )
        ),
        *(
            (text, "no")
            for text in (
                "no",
                "nope",
                "not really",
                "I don't feel safe",
                "my partner hits me",
                "no i'm scared of him",
                "i'm scared to go home",
                "unsafe",
                "never",
                "yes but my neighbour threatens me",
                "not safe",
                "he is violent",
            )
        ),
        *(
            (text, "unsure")
            for text in (
                "not sure",
                "sometimes",
                "depends",
                "depends on him",
                "dunno",
                "i don't know",
                "kind of",
                "mostly",
                "not always",
                "it varies",
                "maybe",
            )
        ),
        *(
            (text, None)
            for text in (
                "why?",
                "",
                "hello",
                "yes but not always with him",
                "that's wrong",
                "that's not right",
                "skip",
                "i live with my mum",
                "Grace",
                "07700 900123",
            )
        ),
    ],
)
def test_safety_at_home_is_read(text: str, answer: str | None) -> None:
    assert value(safety.safe_at_home(text)) == answer
