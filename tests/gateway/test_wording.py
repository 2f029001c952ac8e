"""The gateway's own texts: all there, plain, and fit for the channel they go out on."""

from dataclasses import fields

import pytest
import yaml

from bot import directory
from bot.gateway import wording
from tests.plain_words import GSM7, grade

WEB_ONLY = {"too_many_chats", "kept", "signed_out", "expired", "forgotten", "broken"}


def texts() -> list[tuple[str, str, str]]:
    """(key, channel or "", text)"""
    loaded = wording.load(directory.load())
    found = []
    for field in fields(loaded):
        value = getattr(loaded, field.name)
        found += (
            [(field.name, "", value)]
            if isinstance(value, str)
            else [(field.name, channel, text) for channel, text in value.items()]
        )
    return found


def test_every_text_reads_at_eleven_or_younger():
    assert not [(key, reads_at) for key, _, text in texts() if len(text.split()) >= 8 and (reads_at := grade(text)) > 6]


def test_what_goes_by_sms_is_gsm7():
    by_sms = [(key, text) for key, channel, text in texts() if channel != "web" and key not in WEB_ONLY]
    assert not [(key, set(text) - GSM7 - set("{}")) for key, text in by_sms if set(text) - GSM7 - set("{}")]


@pytest.mark.parametrize("change", [{"kept": None}, {"no such text": "x"}, {"empty": {"web": "x"}}])
def test_a_missing_or_unknown_key_stops_start_up(tmp_path, change):
    entries = yaml.safe_load(wording.PATH.read_text(encoding="utf-8")) | change
    wrong = {key: value for key, value in entries.items() if value is not None}
    path = tmp_path / "gateway.yml"
    path.write_text(yaml.safe_dump(wrong), encoding="utf-8")
    with pytest.raises(wording.WordingError):
        wording.load(directory.load(), path)


@pytest.mark.parametrize(
    "key", ["reminder", "late", "resume_hint", "birth_date", "birth_date_again", "nothing_to_resume"]
)
def test_a_text_that_comes_unasked_tells_whoever_holds_the_phone_nothing(key):
    told = getattr(wording.load(directory.load()), key).casefold()
    names = (
        "mental",
        "health",
        "crisis",
        "lambeth",
        "living well",
        "access",
        "team",
        "safe",
        "harm",
        "feel",
        "talk",
        "help",
    )
    assert [word for word in names if word in told] == []


def test_the_reminder_says_how_to_go_on_how_to_stop_and_what_becomes_of_it():
    told = wording.load(directory.load()).reminder
    assert "text us back" in told and "STOP" in told and "put it away" in told
