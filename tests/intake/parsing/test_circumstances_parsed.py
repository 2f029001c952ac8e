from datetime import datetime

import pytest

from bot.intake.parsing import circumstances, durations, equality, free_text
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
        "6 months",
        "about a year",
        "since my mum died",
        "all my life",
        "half a year",
        "a few weeks",
        "2-3 years",
        "ages mate",
        "since lockdown",
        "on and off for years",
        "a long time",
        "since i was 15",
        "two weeks",
        "months",
        "last year",
        "forever",
        "since january",
        "for as long as i can remember",
        "18 months",
        "not long",
        "a couple of days",
    ],
)
def test_durations_are_kept_in_own_words(text: str) -> None:
    assert value(durations.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "why", "dunno", "im 34", "yes", "no", "SW9", "how long is the wait?", "Grace", "call me"]
)
def test_durations_refuse_what_is_none(text: str) -> None:
    assert durations.parse(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6 months", (6.0, "months")),
        ("about a year", (1.0, "years")),
        ("half a year", (0.5, "years")),
        ("two weeks now", (2.0, "weeks")),
        ("a few years", None),
        ("2-3 years", None),
        ("ages", None),
        ("10 yrs", (10.0, "years")),
    ],
)
def test_durations_amount_where_it_is_plain(text: str, amount: tuple[float, str] | None) -> None:
    assert durations.amount(text) == amount


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


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no", "none"),
        ("no one", "none"),
        ("just me", "none"),
        ("none", "none"),
        ("2 kids", "2 kids"),
        ("my mum has dementia", "my mum has dementia"),
        ("yes 2 kids", "yes 2 kids"),
        ("a dog", "a dog"),
        ("yes", None),
        ("why", None),
        ("why do you need to know?", None),
        ("", None),
    ],
)
def test_free_text_dependants(text: str, answer: str | None) -> None:
    assert value(free_text.dependants(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no", "none"),
        ("nothing", "none"),
        ("no help", "none"),
        ("my gp and sertraline", "my gp and sertraline"),
        ("key worker at the hostel", "key worker at the hostel"),
        ("yes", None),
        ("why?", None),
        ("", None),
    ],
)
def test_free_text_support_now(text: str, answer: str | None) -> None:
    assert value(free_text.support_now(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("my gp is Test Road Surgery", "Test Road Surgery"),
        ("Test Road Surgery", "Test Road Surgery"),
        ("not registered", "none"),
        ("i dont have one", "none"),
        ("why?", None),
        ("", None),
    ],
)
def test_free_text_gp_practice(text: str, answer: str | None) -> None:
    assert value(free_text.gp_practice(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "at home",
        "brixton station",
        "sw9 8lf",
        "outside the library on Test Road",
        "in the park",
        "14 Test Road",
        "im at my mums",
        "on the bus",
    ],
)
def test_free_text_whereabouts_are_kept(text: str) -> None:
    parsed = free_text.whereabouts(text)
    assert parsed is not None and parsed.value == text and parsed.complete


@pytest.mark.parametrize("text", ["", "no", "yes", "why", "why do you need that", "who sees this?", "what?", "nope"])
def test_free_text_whereabouts_refuse_what_is_none(text: str) -> None:
    assert free_text.whereabouts(text) is None


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
