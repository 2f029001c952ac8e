"""Everything a resident reads: short words, plain letters, no shouting."""

from __future__ import annotations

import pytest

from bot.intake import questions, speaking, summary, wording
from bot.intake.parsing import needs
from tests.plain_words import GSM7, grade


def question_texts() -> list[tuple[str, str, str]]:
    return [
        (f"{question.ask}.{key}", key, getattr(copy, key))
        for question in questions.load().by_ask.values()
        for copy in (question.own, question.other)
        for key in questions.COPY
    ]


def copy_texts() -> list[tuple[str, str, str]]:
    own = wording.own()
    return [(key, channel, text) for (key, channel), text in own.texts.items()]


def everything() -> list[tuple[str, str, str]]:
    return [*question_texts(), *copy_texts()]


def test_the_whole_reads_at_eleven_or_younger() -> None:
    whole = " ".join(text if text[-1] in ".?" else f"{text}." for _, _, text in everything())
    assert grade(whole) <= 6


def test_each_text_reads_at_eleven_or_younger() -> None:
    assert not [name for name, _, text in everything() if len(text.split()) >= 8 and grade(text) > 6]


def test_no_text_shouts_or_cheers() -> None:
    assert not [name for name, _, text in everything() if "!" in text or "understand how you feel" in text.lower()]


def test_texts_by_sms_are_gsm7() -> None:
    """Braces stand where words are filled in."""
    assert not [
        (name, set(text) - GSM7) for name, kind, text in everything() if kind != "web" and set(text) - GSM7 - set("{}")
    ]


def test_copy_by_sms_fits_two_segments() -> None:
    assert not [name for name, channel, text in copy_texts() if channel == "sms" and len(text) > speaking.SMS_LIMIT]


@pytest.mark.parametrize("question", questions.load().by_ask.values(), ids=lambda question: question.ask)
def test_questions_by_sms_fit_two_segments_with_their_choices(question: questions.Question) -> None:
    """The web's own questions are left out: the equality questions go by link."""
    longest = max(len(copy.sms) + speaking.room(copy.choices["sms"]) for copy in (question.own, question.other))
    assert longest <= speaking.SMS_LIMIT or "sms" not in question.channels


LONGEST = {
    "needs": summary.joined([wording.say(f"needs.labels.{domain}", "sms") for domain in needs.DOMAINS]),
    "labels": summary.joined(sorted((one.own.label or "" for one in questions.load().by_ask.values()), key=len)[-4:]),
    "name": "Christopher-Emmanuel",
    "reference": "LW-7K2F-9QX",
    "code": "MQ48-78EE",
    "link": "https://introduction.livingwellnetworkalliance.example/#MQ48-78EE",
    "hours": "from 9am to 5pm, Monday to Friday",
    "who": "Crisis outreach",
}
"""The longest that the code puts into a text: all thirteen needs, four answers noted at once."""


@pytest.mark.parametrize("key", wording.own().keys)
def test_copy_by_sms_fits_two_segments_with_the_longest_values(key: str) -> None:
    assert len(wording.say(key, "sms", **LONGEST)) <= speaking.SMS_LIMIT


def test_needs_heard_by_sms_fit_two_segments_with_their_choice() -> None:
    choices = questions.load()["needs"].own.choices["sms"]
    assert len(wording.say("needs.heard", "sms", **LONGEST)) + speaking.room(choices) <= speaking.SMS_LIMIT


def test_labels_by_sms_are_gsm7() -> None:
    labels = [
        choice.label
        for one in questions.load().by_ask.values()
        for copy in (one.own, one.other)
        for choice in copy.choices["sms"]
    ]
    assert not [label for label in labels if set(label) - GSM7]


def test_no_word_about_abuse_goes_out_by_text() -> None:
    banned = {"abuse", "violence", "abused", "abusive", "violent"}
    assert not [
        name
        for name, kind, text in everything()
        if kind != "web" and banned & set(text.lower().replace(".", " ").split())
    ]
