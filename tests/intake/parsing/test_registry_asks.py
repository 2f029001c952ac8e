from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.parsing import corrections, detours, facts, needs, registry
from bot.intake.turn import Choice

NOON = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
WORDS = st.lists(
    st.sampled_from(
        [
            "i",
            "im",
            "my",
            "the",
            "no",
            "not",
            "yes",
            "dont",
            "know",
            "call",
            "text",
            "me",
            "after",
            "5",
            "sw9",
            "8lf",
            "07700",
            "900123",
            "3/4/91",
            "grace",
            "housing",
            "money",
            "want",
            "to",
            "die",
            "and",
            "but",
            ",",
            ".",
            "?",
            "!",
            "\n",
            "1",
            "2",
            "change",
            "wrong",
            "is",
            "it's",
            "born",
            "nhs",
            "943",
            "476",
            "5919",
            "at",
            "example.org",
            "@",
            "april",
            "two",
            "thousand",
            "(a)",
            "*",
            "[",
            "\\",
            "👍",
            "é",
            "1st",
            "second",
            "take",
            "away",
            "add",
        ]
    ),
    max_size=25,
).map(" ".join)


@pytest.mark.parametrize("ask", sorted(registry.ASKS))
@settings(max_examples=40, deadline=None)
@given(text=st.one_of(st.text(max_size=200), WORDS))
def test_registry_never_raises(ask: str, text: str) -> None:
    parsed = registry.parse(ask, text, now=NOON, choices=YES_NO, address="+447700900999")
    assert parsed is None or isinstance(parsed.complete, bool)
    registry.problem(ask, text, now=NOON)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=300), WORDS),
    asked=st.sampled_from([None, "full_name", "phone", "needs", "story", "check"]),
)
def test_registry_everything_around_it_never_raises(text: str, asked: str | None) -> None:
    facts.find(text, now=NOON, asked=asked)
    corrections.find(text, now=NOON, asked=asked, answered=("full_name", "phone", "needs", "date_of_birth"))
    detours.find(text, asked=asked)
    needs.hear(text)
    needs.urgent([text])
    needs.revise(needs.hear(text), text, choices=YES_NO)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "1" * 20_000,
        "yes " * 5_000,
        "no, " * 5_000,
        "i " * 10_000,
        "\x00\x01\x02",
        "/restart",
        "/intent{}",
        "07700 " * 3_000,
        "<script>",
        "((((" * 5_000,
        ". " * 10_000,
    ],
)
@pytest.mark.timeout(20)
def test_registry_long_and_odd_texts_are_quick(text: str) -> None:
    for ask in registry.ASKS:
        registry.parse(ask, text, now=NOON)
    facts.find(text, now=NOON)
    corrections.find(text, now=NOON, answered=("phone",))
    detours.find(text)


@pytest.mark.parametrize(
    ("ask", "choice", "value"),
    [
        ("consent", "yes", True),
        ("consent", "no", False),
        ("adult", "yes", True),
        ("about_whom", "professional", "professional"),
        ("suicidal_thoughts", "passive", "passive"),
        ("suicidal_plan", "no", False),
        ("safe_at_home", "unsure", "unsure"),
        ("contact_method", "letter", "letter"),
        ("postcode", "no_fixed_address", {"no_fixed_address": True}),
        ("best_time", "any", "any time"),
        ("best_time", "evening", "evening"),
        ("phone", "yes", "+447700900999"),
        ("check", "yes", "yes"),
        ("ethnic_category", "M", "M"),
        ("dependants", "none", "none"),
        ("gp_practice", "none", "none"),
        ("consent", "more", None),
        ("check", "change", None),
        ("preferred_name", "same", None),
    ],
)
def test_registry_tapped_choices(ask: str, choice: str, value: object) -> None:
    parsed = registry.parse(ask, "", now=NOON, choice=choice, address="+447700900999")
    assert (None if parsed is None else parsed.value) == value


def test_registry_a_number_counts_along_the_offered_choices() -> None:
    offered = (Choice("none", "No"), Choice("past", "In the past"), Choice("active", "Yes"))
    parsed = registry.parse("suicidal_thoughts", "3", now=NOON, choices=offered)
    assert parsed is not None and parsed.value == "active"
    assert registry.parse("suicidal_thoughts", "3", now=NOON) is None


def test_registry_half_a_label_does_not_answer_about_safety() -> None:
    offered = (Choice("none", "No"), Choice("past", "In the past, not now"))
    assert registry.parse("suicidal_thoughts", "not", now=NOON, choices=offered) is None


@pytest.mark.parametrize(
    "text", ["yes", "send it", "yes please send it", "that's right", "all good", "looks good", "👍", "yep"]
)
def test_registry_check_is_a_plain_yes(text: str) -> None:
    parsed = registry.parse("check", text, now=NOON)
    assert parsed is not None and parsed.value == "yes"


@pytest.mark.parametrize(
    "text", ["no", "yes but the phone is wrong", "change 3", "don't send it", "wait", "maybe", "", "not yet", "yes?"]
)
def test_registry_check_is_nothing_else(text: str) -> None:
    assert registry.parse("check", text, now=NOON) is None


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("2", False), ("go on then", True), ("why", None)])
def test_registry_reads_an_ask_without_a_parser_from_its_choices(text: str, value: bool | None) -> None:
    parsed = registry.parse("withdraw_ok", text, now=NOON, choices=YES_NO)
    assert (None if parsed is None else parsed.value) == value


DISCLOSURES = [
    "i want to die",
    "kms",
    "gonna do it tonight",
    "cant do this no more",
    "i took loads of pills",
    "im on the bridge",
    "he is going to kill me",
    "I'm gonna end it",
    "bye",
    "I have a knife",
    "wanna die",
    "need help now",
    "suicidal",
    "No Hope",
    "I Give Up",
    "cutting again",
    "Rope ready",
    "nobody cares",
    "od'd",
    "unalive",
    "Im done with life",
    "quiero morirme",
    "i cant go on",
    "no reason to live",
    "no point anymore",
    "yes i want to die",
]
CLOSED = registry.ASKS - {
    *("story", "goals", "needs", "suicidal_thoughts", "suicidal_plan", "self_harm", "safe_at_home", "whereabouts"),
    *("support_now", "dependants", "disability", "gp_practice", "introducer_organisation"),
}


@pytest.mark.parametrize("text", DISCLOSURES)
def test_registry_a_disclosure_is_no_answer_to_a_closed_question(text: str) -> None:
    taken = {ask for ask in CLOSED if registry.parse(ask, text, now=NOON, address="+447700900999") is not None}
    assert taken == set()


@pytest.mark.parametrize("text", DISCLOSURES)
def test_registry_a_disclosure_never_says_that_someone_is_safe(text: str) -> None:
    safe = registry.parse("safe_at_home", text, now=NOON)
    thoughts = registry.parse("suicidal_thoughts", text, now=NOON)
    assert safe is None or safe.value != "yes"
    assert thoughts is None or thoughts.value not in ("none", "past")


@pytest.mark.parametrize("text", DISCLOSURES)
def test_registry_a_disclosure_states_no_facts(text: str) -> None:
    assert facts.find(text, now=NOON) == {}
