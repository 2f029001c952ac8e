"""A disclosure in the middle of the name question: the card, the escalation, the page, and the conversation goes on."""

import json
import re

import pytest

from tests.journeys.answers import GRACE, MARCUS
from tests.journeys.conftest import FIRST_CONTACT
from tests.journeys.installation import eventually
from tests.journeys.test_sms_introduction import text_through
from tests.journeys.web_chat import WebChat

pytestmark = pytest.mark.journey
WORDS = "I've taken all my tablets and I want to die"


def escalations(installation):
    """Every escalation, as the command line lists them."""
    return json.loads(installation.command("escalations", "list", "--json").stdout)


def by_code(installation, code):
    """The escalation that a page named."""
    return next(row for row in escalations(installation) if row["code"] == code)


def test_disclosure_on_the_web_gets_the_card_and_a_red_escalation_at_once(installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="full_name")
    before = {row["id"] for row in escalations(installation)}
    replies = web.say(WORDS)
    assert replies[0]["kind"] == "crisis"
    assert "999" in replies[0]["text"]
    rows = [r for r in escalations(installation) if r["id"] not in before]
    assert [(r["level"], r["flag"], r["state"], r["channel"]) for r in rows] == [
        ("crisis_imminent", "red", "open", "web")
    ]

    web.say("jk forget it")
    rows = [r for r in escalations(installation) if r["id"] not in before]
    assert [r["state"] for r in rows] != ["closed"]
    assert rows[0]["flag"] == "red"

    answers = GRACE | {
        "whereabouts": ["at home", "skip"],
        "phone": ["07700 900124", "07700 900124"],
        "suicidal_thoughts": [("choice", "active")],
    }
    web.answer(answers, until="check")
    replies = web.say(choice="yes")
    receipt = next(m for m in replies if m["kind"] == "receipt")
    document = json.loads(installation.command("queue", "show", receipt["reference"], "--json").stdout)
    assert document["person"]["full_name"] == "Grace Okafor-Reid"
    assert document["priority"]["code"] == 1
    assert WORDS in {flag["words"] for flag in document["flags"]} | set(document["story"]["own_words"])


def test_disclosure_by_text_gets_the_card_and_pages_the_first_contact(installation, twilio):
    phone = twilio.phone("+447700900132")
    contact = twilio.phone(FIRST_CONTACT)
    pages = len(contact.texts)
    until_name = {ask: answer for ask, answer in MARCUS.items() if ask != "full_name"}
    assert text_through(installation, phone, until_name) == "full_name"
    assert "999" in phone.send(WORDS)[0]
    page = contact.next(pages)[0]
    assert "tablets" not in page and phone.number not in page
    assert installation.ask_of(address=phone.number) == "whereabouts"

    phone.send("jk")
    code = re.search(r"Reply (\w+)", page)[1]
    assert (by_code(installation, code)["flag"], by_code(installation, code)["state"]) == ("red", "open")

    contact.send(code)
    assert by_code(installation, code)["state"] == "acknowledged"


def test_disclosure_unacknowledged_climbs_to_mail_and_webhook(installation, mail, hook):
    web = WebChat(installation.gateway).open()
    mails, hooks = len(mail.items), len(hook.items)
    web.say("I am going to kill myself tonight")
    eventually(lambda: len(mail.items) > mails and len(hook.items) > hooks, seconds=30, what="the second rung's page")
    assert "x-frontdoor-signature" in {name.lower() for name in hook.headers[-1]}
