from datetime import datetime

import pytest

from bot.intake.parsing import facts

FOUND = [
    (
        "I'm Grace, 34, SW9, call me after 5",
        {"preferred_name": "Grace", "adult": True, "postcode": "SW9", "contact_method": "call", "best_time": "after 5"},
    ),
    (
        "my name is Grace Okafor, born 3/4/91, 07700 900123",
        {"full_name": "Grace Okafor", "date_of_birth": "1991-04-03", "adult": True, "phone": "+447700900123"},
    ),
    (
        "I'm Tunde and I live in SW2. text me please, don't call",
        {"preferred_name": "Tunde", "postcode": "SW2", "contact_method": "text", "ok_to_text": True},
    ),
    ("Hi I'm Sam, my email is sam@example.org", {"preferred_name": "Sam", "email": "sam@example.org"}),
    ("grace, 34, sw9 8lf", {"adult": True, "postcode": "SW9 8LF"}),
    ("everyone calls me G", {"preferred_name": "G"}),
    ("im grace, 34, sw9", {"preferred_name": "Grace", "adult": True, "postcode": "SW9"}),
    ("im 17", {"adult": False}),
    ("i am 45 years old and alone", {"adult": True}),
    ("no fixed address at the moment", {"postcode": {"no_fixed_address": True}}),
    ("my nhs number is 943 476 5919", {"nhs_number": "9434765919"}),
    ("it's for my son", {"about_whom": "someone_i_know"}),
    ("i live in brixton", {"lambeth_link": "lives"}),
    ("My dob is 3 april 1991", {"date_of_birth": "1991-04-03", "adult": True}),
    ("i live at SW9 8LF and my number is 07700 900123", {"postcode": "SW9 8LF", "phone": "+447700900123"}),
    (
        "text me on 07700 900123 in the evenings",
        {"phone": "+447700900123", "contact_method": "text", "ok_to_text": True, "best_time": "in the evenings"},
    ),
    ("My name is John O'Neill and I'm 52", {"full_name": "John O'Neill", "adult": True}),
    ("please email me, I'm at sam@example.org", {"contact_method": "email", "email": "sam@example.org"}),
    ("I'm 29, postcode SE5 0AA", {"adult": True, "postcode": "SE5 0AA"}),
    (
        "no voicemails please, call me weekday mornings",
        {"voicemail_ok": False, "contact_method": "call", "best_time": "weekday mornings"},
    ),
    ("i'm sleeping rough", {"postcode": {"no_fixed_address": True}}),
]
NOTHING = [
    *("", "hello", "I'm tired", "im struggling", "I'm Done", "yes", "no", "?", "why do you need that?", "👍"),
    "my son is 34 and lives in SE5, his number is 07700 900123",
    "my mum is called Grace and she is 71",
    "he calls me stupid after 5",
    "I lost my job on 3/4/2021",
    "my landlord rings me every morning",
    "I was homeless in SE1 in 2019",
    "I'm 3 months behind",
    "I've been like this for 34 weeks",
    "I feel unsafe, my ex is outside SW9 8LF",
    "the council text me every week",
    "my 13 year old hates school",
    "visiting my 95-year-old mother",
    "i'm sore. my body aches.",
    "It's stress. I need to rest.",
    "can I order a new card by phone",
    "yes, this is true",
    "my dad died on 3 april 2019",
    "call the police on him",
    "I am 20 weeks pregnant",
    "they told me to ring 020 7946 0123",
]


@pytest.mark.parametrize(("text", "values"), FOUND)
def test_facts_are_found_together(text: str, values: dict[str, object], now: datetime) -> None:
    assert {ask: parsed.value for ask, parsed in facts.find(text, now=now).items()} == values


@pytest.mark.parametrize("text", NOTHING)
def test_facts_are_not_guessed(text: str, now: datetime) -> None:
    assert facts.find(text, now=now) == {}


def test_facts_other_than_the_asked_are_never_complete(now: datetime) -> None:
    assert not any(parsed.complete for parsed in facts.find("I'm Grace, 34, SW9, call me after 5", now=now).values())


@pytest.mark.parametrize(
    ("asked", "text", "values"),
    [
        (
            "full_name",
            "Grace Okafor, 3/4/91",
            {"full_name": "Grace Okafor", "date_of_birth": "1991-04-03", "adult": True},
        ),
        ("full_name", "grace okafor but everyone calls me G", {"full_name": "Grace Okafor", "preferred_name": "G"}),
        ("phone", "07700 900123 but don't text", {"phone": "+447700900123", "ok_to_text": False}),
        ("consent", "yes its for my son", {"consent": True, "about_whom": "someone_i_know"}),
        ("whereabouts", "bus stop SW9 8LF", {"whereabouts": "bus stop SW9 8LF"}),
        ("introducer_phone", "07700 900123", {"introducer_phone": "+447700900123"}),
        ("impact", "a lot", {"impact": "a_lot"}),
        ("safe_at_home", "no thanks", {"safe_at_home": "no"}),
    ],
)
def test_facts_hold_the_asked_one(asked: str, text: str, values: dict[str, object], now: datetime) -> None:
    assert {ask: parsed.value for ask, parsed in facts.find(text, now=now, asked=asked).items()} == values


def test_facts_of_a_story_keep_out_bare_numbers(now: datetime) -> None:
    story = (
        "It started when I lost my job. "
        + "We argued every day and I could not sleep and the bills kept coming and coming. " * 5
        + "34, 35, SW9."
    )
    assert facts.find(story, now=now, asked="story").keys() == {"story"}
