"""Check your answers: the exact words approved are the ones handed over, and every line can be changed."""

from __future__ import annotations

import pytest

from bot.intake import questions, summary
from tests.intake.play import REFERENCE, Conversation, at


def line_number(talk: Conversation, ask: str) -> int:
    asks = [line.ask for line in summary.lines(talk.draft, channel=talk.channel)]
    return asks.index(ask) + 1


@pytest.mark.parametrize("channel", questions.CHANNELS)
def test_the_summary_is_shown_whole_and_approved_word_for_word(channel: str) -> None:
    talk = at("check", channel=channel)
    shown = next(reply for reply in talk.turn.replies if reply.kind == "summary")
    talk.say("yes")
    assert talk.draft["approved"] in shown.text
    assert talk.draft["approved"].count("\n") == len(summary.lines(talk.draft, channel=channel))


def test_every_line_can_be_changed_by_number() -> None:
    reached = at("check")
    for number, line in enumerate(summary.lines(reached.draft, channel="web"), 1):
        talk = Conversation(draft=reached.draft, ask="check", now=reached.now)
        talk.say(f"change {number}")
        assert talk.ask == line.ask


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("phone is wrong", "phone"),
        ("change my email", "email"),
        ("change phone", "phone"),
        ("the postcode is wrong", "postcode"),
    ],
)
def test_a_line_can_be_named(text: str, ask: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.ask == ask


@pytest.mark.parametrize(
    "text", ["no, it's 07700 900124", "my phone is 07700 900124", "the phone should be 07700 900124"]
)
def test_the_new_answer_may_come_at_once(text: str) -> None:
    talk = at("check")
    talk.say(text)
    assert talk.value("phone") == "+447700900124"
    assert talk.ask == "check"
    assert "07700 900124" in talk.turn.replies[-1].text


def test_change_something_asks_which() -> None:
    talk = at("check")
    talk.tap("change")
    assert talk.ask == "change_which"
    talk.say("email")
    assert talk.ask == "email"
    talk.say("grace.m@example.org")
    assert talk.ask == "check"
    assert "grace.m@example.org" in talk.text


def test_a_bare_number_on_the_web_is_a_line_and_never_a_yes() -> None:
    talk = at("check")
    talk.say("1")
    assert talk.draft["state"] == "open"
    assert talk.ask == summary.lines(talk.draft, channel="web")[0].ask


def test_a_yes_with_a_but_does_not_send() -> None:
    talk = at("check")
    talk.say("yes but my phone is wrong")
    assert talk.draft["state"] == "open"
    assert talk.ask == "phone"


def test_a_changed_answer_is_in_what_is_approved() -> None:
    talk = at("check")
    talk.say(f"change {line_number(talk, 'email')}")
    talk.say("grace.m@example.org")
    talk.say("yes")
    assert "grace.m@example.org" in talk.draft["approved"]


def test_the_receipt_promises_no_time() -> None:
    talk = at("check")
    talk.say("yes")
    receipt = talk.turn.replies[0]
    assert REFERENCE in receipt.text
    assert not {"hours", "days", "weeks", "tomorrow", "soon"} & set(receipt.text.lower().replace(".", " ").split())


def test_no_to_the_summary_asks_what_to_change() -> None:
    talk = at("check")
    talk.say("no")
    assert talk.ask == "change_which"
