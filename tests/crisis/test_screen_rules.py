"""The ten rules that the screen must keep, each in new words, and what must never happen to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.crisis.assessment import Flag, Level
from bot.crisis.screen import Screen


@pytest.mark.parametrize(
    "text",
    [
        "my name is Grace and i want to die",
        "SW9 8XX. I am going to kill myself tonight",
        "STOP i want to end my life",
        "/restart i want to kill myself",
        "/intent{i want to die}",
    ],
)
def test_screen_runs_wherever_it_is_written(screen: Screen, text: str) -> None:
    assert screen.assess([text], asked="full_name").flag is Flag.RED


@pytest.mark.parametrize(
    "text",
    [
        "i am not suicidal but i have the rope here",
        "not thinking of ending it, just counting out my tablets and i am going to take them",
        "i have no plans except jumping off the bridge",
        "im fine, i want to kill myself though",
    ],
)
def test_screen_ends_a_denial_with_its_clause(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.RED


@pytest.mark.parametrize(
    "text",
    [
        "not gonna lie i want to die",
        "cant say im not suicidal",
        "i dont want to live",
        "theres no reason to live",
        "im not safe with myself tonight",
        "not being funny but i want to end my life",
    ],
)
def test_screen_is_not_fooled_by_what_only_looks_like_a_denial(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.RED


@pytest.mark.parametrize(
    "text",
    [
        "I am not suicidal at all",
        "no thoughts of suicide",
        "i would never kill myself",
        "i don't want to die",
        "dont want to hurt myself",
    ],
)
def test_screen_records_a_plain_denial_without_a_flag(screen: Screen, text: str) -> None:
    result = screen.assess([text])
    assert (result.level, result.flag) == (Level.NEGATED, Flag.NONE)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("i tried to kill myself when i was 17, all good since", Level.HISTORICAL),
        ("i used to self harm years ago", Level.HISTORICAL),
    ],
)
def test_screen_keeps_the_past_as_history(screen: Screen, text: str, level: Level) -> None:
    assert screen.assess([text]).level is level


@pytest.mark.parametrize(
    "text",
    ["i used to self harm years ago and it has started again", "i was suicidal in 2015 and those thoughts are back"],
)
def test_screen_pages_where_the_past_returns(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.RED


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my sister wants to die", Flag.AMBER),
        ("my neighbour has taken all her tablets", Flag.RED),
        ("my brother killed himself and now i want to die too", Flag.RED),
    ],
)
def test_screen_tells_somebody_else_from_now_and_from_me_too(screen: Screen, text: str, flag: Flag) -> None:
    assert screen.assess([text]).flag is flag


@pytest.mark.parametrize(
    ("asked", "text", "level"),
    [
        ("suicidal_thoughts", "yes", Level.CRISIS_ACTIVE),
        ("suicidal_thoughts", "yh", Level.CRISIS_ACTIVE),
        ("suicidal_thoughts", "no", Level.NEGATED),
        ("suicidal_thoughts", "sometimes", Level.PASSIVE_LOW),
        ("suicidal_plan", "yes", Level.CRISIS_ACTIVE),
        ("self_harm", "yes", Level.SELF_HARM),
        ("safe_at_home", "no", Level.SAFEGUARDING),
        ("safe_at_home", "yes", Level.NEGATED),
        ("Are you safe right now?", "not really", Level.CRISIS_ACTIVE),
        ("Have you thought about ending your life?", "every day", Level.CRISIS_ACTIVE),
        ("consent", "yes", Level.NONE),
        ("adult", "no", Level.NONE),
        (None, "yes", Level.NONE),
    ],
)
def test_screen_reads_a_short_answer_with_its_question(
    screen: Screen, asked: str | None, text: str, level: Level
) -> None:
    assert screen.assess([text], asked=asked).level is level


@pytest.mark.parametrize(
    "messages",
    [
        ["i want to", "die"],
        ["ki", "ll my", "self"],
        ["i took", "all of them"],
        ["im going to kill", "myself"],
        ["im suici", "dal"],
    ],
)
def test_screen_reads_consecutive_messages_together(screen: Screen, messages: list[str]) -> None:
    assert screen.assess(messages).flag is Flag.RED


@pytest.mark.parametrize("later", ["jk", "forget it", "lol only joking", "ignore that", "im fine"])
def test_screen_is_not_calmed_by_a_retraction(screen: Screen, later: str) -> None:
    assert screen.assess(["i am going to kill myself tonight", later]).flag is Flag.RED


@pytest.mark.parametrize(
    "text", ["i cant go on", "everyone would be better off without me", "whats the point of living", "🪢"]
)
def test_screen_flags_the_uncertain_for_a_person(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.AMBER


def test_screen_gives_the_rule_and_the_words_as_written(screen: Screen) -> None:
    reasons = screen.assess(["Hello. I’ve been planning to K*LL MYSELF."]).reasons
    assert any(reason.rule == "end_own_life" and reason.words == "K*LL MYSELF" for reason in reasons)


@pytest.mark.parametrize(
    "text",
    [
        "i wnt 2 die", "kms fr", "su!cid@l", "unaliiive myself", "k i l l my self", "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i wa\u200bnt to d\u200bie", "і want tо diе", "gonna dead myself", "i wan die",
    ],
)  # fmt: skip
def test_screen_reads_disguised_spellings(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is not Flag.NONE


@pytest.mark.parametrize(
    "text",
    [
        "quero morrer", "quiero morir", "je veux mourir", "chcę umrzeć", "voglio morire", "waxaan rabaa inaan dhinto",
        "أريد أن أموت", "መሞት እፈልጋለሁ", "ክመውት እደሊ ኣለኹ", "mo fẹ́ kú", "mepɛ sɛ mewu", "আমি মরতে চাই", "vreau să mor",
        "ölmek istiyorum",
    ],
)  # fmt: skip
def test_screen_reads_direct_disclosures_in_other_languages(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.RED


@pytest.mark.parametrize(
    "text", ["cant talk he is in the room", "he reads my messages", "please dont call, my husband listens"]
)
def test_screen_marks_a_watched_phone(screen: Screen, text: str) -> None:
    result = screen.assess([text])
    assert (result.level, result.discreet) == (Level.SAFEGUARDING, True)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="i want to die🔪💊\u200b\u0000\n ‖|.,!?", max_size=200))
def test_screen_assesses_any_text(screen: Screen, text: str) -> None:
    assert screen.assess([text], asked=text[:50] or None).level in Level


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "i want to die " * 1430, "🔪" * 20_000, "not " * 5_000, "\x00" * 20_000, "۝" * 9_999]
)
def test_screen_assesses_very_long_text(screen: Screen, text: str) -> None:
    assert screen.assess([text]).level in Level


def test_screen_finds_a_disclosure_at_the_end_of_a_wall_of_text(screen: Screen) -> None:
    assert (
        screen.assess(["the boiler is broken and the council do not answer. " * 600 + "i want to kill myself"]).flag
        is Flag.RED
    )


IMMINENT = [
    "ive taken an overdose",
    "i am going to kill myself tonight",
    "im stood on the edge of the bridge",
    "i cant keep myself safe tonight",
]
INNOCUOUS = [
    "hello",
    "my postcode is SW9 8XX.",
    "thank you for the leaflet.",
    "jk",
    "no",
    "i am fine.",
    "my gp is Dr Green.",
    "lol",
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(IMMINENT),
    st.lists(st.sampled_from(INNOCUOUS), max_size=3),
    st.lists(st.sampled_from(INNOCUOUS), max_size=3),
)
def test_screen_is_not_calmed_by_other_messages(screen: Screen, text: str, before: list[str], after: list[str]) -> None:
    assert screen.assess([*before, text, *after]).level is Level.CRISIS_IMMINENT


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(IMMINENT),
    st.sampled_from(["hello. ", "sw9 8xx, ", "thanks for the form. "]),
    st.sampled_from([". thanks", ". sw9 8xx", ". bye"]),
)
def test_screen_is_not_calmed_by_other_text(screen: Screen, text: str, before: str, after: str) -> None:
    assert screen.assess([before + text + after]).level is Level.CRISIS_IMMINENT


@pytest.mark.parametrize(
    ("messages", "flag"),
    [
        (["yes", "sorry"], Flag.RED),
        (["no", "sorry took a while"], Flag.NONE),
        (["yes", "no"], Flag.NONE),
        (["no", "actually yes"], Flag.RED),
    ],
)
def test_screen_takes_the_newest_answer(screen: Screen, messages: list[str], flag: Flag) -> None:
    assert screen.assess(messages, asked="suicidal_thoughts").flag is flag


@pytest.mark.parametrize(
    "text",
    [
        "cant sleep cant eat want to die", "i lost my job and i want to end my life", "my dad died and i want to die",
        "i have a noose", "i keep picturing myself jumping", "what is the best way to kill yourself",
        "my girlfriend just took an overdose", "he punched me again last night", "my uncle touches me",
        "i want to stab my flatmate", "i've been cutting my thighs", "my boss wont give me my passport back",
        "they told me to jump so i will", "i need to die", "ill be dead by the time you read this",
    ],
)  # fmt: skip
def test_screen_puts_new_words_for_danger_at_red(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.RED


@pytest.mark.parametrize(
    "text",
    [
        "my back is killing me", "i want to end my tenancy", "im dying for a wee", "i would love to die my hair red",
        "i have a plan for my week", "i took my medication this morning", "i cut my finger cooking",
        "i live near the bridge in SW9", "kill the lights", "hang on a minute", "my mum died last year and i miss her",
        "I'm Grace, 34, SW9, call me after 5", "stop", "i used to drink but stopped in 2019", "i cant go on tuesday",
    ],
)  # fmt: skip
def test_screen_lets_everyday_words_pass(screen: Screen, text: str) -> None:
    assert screen.assess([text]).flag is Flag.NONE
