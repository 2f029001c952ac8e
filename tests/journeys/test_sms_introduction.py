"""A full introduction by text, through the Twilio-shaped server."""

import json

import pytest

from tests.journeys.answers import MARCUS
from tests.journeys.installation import eventually

pytestmark = pytest.mark.journey
MOST_TEXTS = 20


def text_through(installation, phone, answers):
    """Text the answers, question by question, until nothing is asked any more."""
    left = {ask: list(value) if isinstance(value, list) else [value] for ask, value in answers.items()}
    phone.send("hello")
    for _ in range(40):
        ask = eventually(lambda: installation.ask_of(address=phone.number) or "nothing", what="an open question")
        if ask not in left:
            return ask
        assert left[ask], f"asked {ask} again: {phone.texts[-2:]}"
        phone.send(left[ask].pop(0))
    raise AssertionError("the conversation did not end")


def test_sms_introduction_reaches_the_queue_within_twenty_texts(installation, twilio):
    phone = twilio.phone("+447700900131")
    text_through(installation, phone, MARCUS)
    assert eventually(lambda: any("LW-" in text for text in phone.texts), what="a reference")
    assert len(phone.texts) <= MOST_TEXTS, phone.texts
    listed = json.loads(installation.command("queue", "list", "--json").stdout)
    mine = [row for row in listed if any(row["reference"] in text for text in phone.texts)]
    assert len(mine) == 1
    document = json.loads(installation.command("queue", "show", mine[0]["reference"], "--json").stdout)
    assert document["person"]["full_name"] == "Marcus Bello"
    assert document["person"]["date_of_birth"] == "1984-11-12"
    assert document["contact"]["phone"] == phone.number
    assert document["contact"]["ok_to_leave_voicemail"] is False
    assert document["channel"] == "sms"
