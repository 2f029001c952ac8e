"""What the channel takes for a turn, and what it lets the NLU read."""

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.rasa import wire
from tests.engine.processes import turn


def test_wire_reads_a_turn() -> None:
    request = wire.read(
        turn(
            "Grace Okoro",
            ask="full_name",
            draft={"answers": {}},
            conversation="c1",
            message="m1",
            address="+447700900123",
        )
    )
    assert (request.conversation, request.message, request.draft) == ("c1", "m1", {"answers": {}})
    assert request.inbound.ask == "full_name"
    assert request.inbound.address == "+447700900123"
    assert request.inbound.now == datetime(2026, 11, 23, 2, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("conversation", ""),
        ("conversation", None),
        ("conversation", "c" * 201),
        ("message", 7),
        ("channel", "whatsapp"),
        ("text", None),
        ("text", "x" * 100_001),
        ("choice", 3),
        ("ask", ["full_name"]),
        ("needs", "housing"),
        ("needs", [{"domain": "sport", "own_words": "golf"}]),
        ("needs", [{"domain": "housing"}]),
        ("draft", None),
        ("draft", []),
        ("now", "yesterday"),
        ("now", "2026-11-23T02:00:00"),
        ("now", None),
    ],
)
def test_wire_refuses_a_wrong_field_by_name(field: str, value: Any) -> None:
    with pytest.raises(wire.BadRequest, match=field):
        wire.read({**turn("hello"), field: value})


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_wire_refuses_what_is_no_object(body: Any) -> None:
    with pytest.raises(wire.BadRequest):
        wire.read(body)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/restart", "restart"),
        ("  /intent{} ", "intent{}"),
        ("/ / /stop", "stop"),
        ("\n\t/greet", "greet"),
        ("\x00/greet", "greet"),
        ("either/or", "either/or"),
        ("", wire.NO_WORDS),
        ("   ", wire.NO_WORDS),
        ("/", wire.NO_WORDS),
        ("a" * 20_000, "a" * wire.NLU_TEXT),
        ("half \ud83d", "half ?"),
    ],
)
def test_wire_words_are_no_command_and_never_empty(text: str, words: str) -> None:
    assert wire.read(turn(text)).words == words


def test_wire_keeps_the_raw_text_for_the_actions() -> None:
    assert wire.read(turn("/restart")).inbound.text == "/restart"


def test_wire_metadata_brings_the_inbound_back() -> None:
    inbound = wire.read(turn("hi", choice="yes", level="passive_low", flag="amber")).inbound
    back = wire.from_metadata(wire.as_metadata(inbound), intent="answer", confidence=0.9)
    assert (back.text, back.choice, back.level, back.flag, back.now) == (
        "hi",
        "yes",
        "passive_low",
        "amber",
        inbound.now,
    )
    assert (back.intent, back.confidence) == ("answer", 0.9)


def test_wire_carries_the_needs_through_the_metadata() -> None:
    heard = [{"domain": "housing", "own_words": "rats everywhere"}]
    inbound = wire.read({**turn("rats everywhere"), "needs": heard}).inbound
    again = wire.from_metadata(wire.as_metadata(inbound), intent=None, confidence=0.0)
    assert again.needs == tuple(heard)
