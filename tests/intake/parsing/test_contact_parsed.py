"""How and when to get in touch."""

from datetime import datetime

import pytest

from bot.intake.parsing import contact, facts, times


@pytest.mark.parametrize(
    ("text", "way"),
    [
        *(
            ("call", "call"),
            ("a call", "call"),
            ("phone", "call"),
            ("ring me", "call"),
            ("call me please", "call"),
            ("telephone", "call"),
            ("by phone", "call"),
            ("give me a bell", "call"),
            ("phone call best", "call"),
        ),
        *(
            ("text", "text"),
            ("text me", "text"),
            ("txt", "text"),
            ("sms please", "text"),
            ("whatsapp", "text"),
            ("don't call me, text", "text"),
            ("no calls please just text", "text"),
            ("i can't do phone calls, text", "text"),
            ("message me", "text"),
        ),
        *(
            ("email", "email"),
            ("e-mail please", "email"),
            ("I hate phone calls, email me", "email"),
            ("send me an email", "email"),
            ("letter", "letter"),
            ("by post", "letter"),
            ("write to me", "letter"),
        ),
        *(
            ("either", "call"),
            ("any", "call"),
            ("i don't mind", "call"),
            ("text or call", "text"),
            ("don't text my husband sees my phone, call", "call"),
            ("call not text", "call"),
            ("email rather than call", "email"),
        ),
    ],
)
def test_contact_method_is_read(text: str, way: str) -> None:
    parsed = contact.parse(text)
    assert parsed is not None and parsed.value == way


@pytest.mark.parametrize(
    "text",
    [
        "",
        "why",
        "why?",
        "no",
        "not by phone",
        "no calls",
        "dunno",
        "SW9",
        "can you call me?",
        "grace",
        "after 5",
        "voicemail is fine",
        "don't leave a message",
    ],
)
def test_contact_method_is_not_guessed(text: str) -> None:
    assert contact.parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "don't leave a voicemail",
        "no voicemails",
        "call but no voicemail",
        "dont leave a message",
        "please don't leave messages on my phone",
        "never leave a voicemail",
        "don't leave any messages",
        "no answerphone messages",
        "not safe to leave a message",
    ],
)
def test_contact_no_voicemail_is_heard(text: str) -> None:
    parsed = contact.voicemail_ok(text)
    assert parsed is not None and parsed.value is False


@pytest.mark.parametrize(
    "text", ["voicemail is fine", "you can leave a message", "leaving a voicemail is ok", "just leave a voicemail"]
)
def test_contact_voicemail_is_allowed(text: str) -> None:
    parsed = contact.voicemail_ok(text)
    assert parsed is not None and parsed.value is True


@pytest.mark.parametrize("text", ["call me", "after 5", "no texts", "", "why", "email"])
def test_contact_voicemail_is_not_guessed(text: str) -> None:
    assert contact.voicemail_ok(text) is None


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("no texts", False),
        ("don't text me", False),
        ("call but don't text", False),
        ("please don't send texts", False),
        ("texts are fine", True),
        ("text is ok", True),
        ("you can text", True),
        ("text me", True),
        ("text is fine", True),
    ],
)
def test_contact_texts_allowed_or_not(text: str, ok: bool) -> None:
    parsed = contact.ok_to_text(text)
    assert parsed is not None and parsed.value is ok


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "call me after 5, don't leave a voicemail",
            {"contact_method": "call", "best_time": "after 5", "voicemail_ok": False},
        ),
        ("text only", {"contact_method": "text", "ok_to_text": True}),
        (
            "ring in the mornings, no texts",
            {"contact_method": "call", "best_time": "in the mornings", "ok_to_text": False},
        ),
        ("email me, voicemail is fine too", {"contact_method": "email", "voicemail_ok": True}),
        (
            "call 07700 900123 between 2 and 4",
            {"contact_method": "call", "best_time": "between 2 and 4", "phone": "+447700900123"},
        ),
    ],
)
def test_contact_one_answer_fills_several_fields(text: str, fields: dict[str, object], now: datetime) -> None:
    found = facts.find(text, now=now, asked="contact_method")
    assert {ask: parsed.value for ask, parsed in found.items()} == fields


@pytest.mark.parametrize(
    "text",
    [
        "after 5",
        "after 5pm",
        "mornings",
        "in the morning",
        "weekday evenings",
        "between 2 and 4",
        "not before 11",
        "weekends",
        "after work",
        "monday to friday",
        "mon-fri 9-5",
        "3pm",
        "late afternoon",
        "5ish",
        "tuesdays",
        "tuesdays and thursdays",
        "before 12 or after 6",
        "first thing",
        "around lunch time",
        "from 10am",
        "after 5 please",
        "anytime after 10am",
        "school hours",
    ],
)
def test_times_are_read_whole(text: str) -> None:
    parsed = times.parse(text)
    assert parsed is not None and parsed.complete


@pytest.mark.parametrize(
    "text",
    [
        "any time",
        "anytime",
        "whenever",
        "i don't mind",
        "no preference",
        "any",
        "all day",
        "doesn't matter",
        "anytime is fine",
    ],
)
def test_times_any_time(text: str) -> None:
    parsed = times.parse(text)
    assert parsed is not None and parsed.value == "any time"


@pytest.mark.parametrize(
    "text",
    ["", "why", "when will you call?", "no", "after 3 months", "grace", "yes", "07700 900123", "dunno", "2 kids"],
)
def test_times_refuse_what_is_none(text: str) -> None:
    assert times.parse(text) is None
