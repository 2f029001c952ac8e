"""By text, when things do not go smoothly: Twilio away, a worker killed, STOP in a crisis, the rest on the web."""

import json
import re

import pytest

from tests.journeys.answers import GRACE, MARCUS
from tests.journeys.conftest import FIRST_CONTACT
from tests.journeys.installation import eventually
from tests.journeys.test_sms_introduction import text_through
from tests.journeys.web_chat import WebChat
from tests.twilio_server.server import Fault

pytestmark = pytest.mark.journey


def until(ask):
    """Marcus's answers to the questions before this one."""
    asks = list(MARCUS)
    return {each: MARCUS[each] for each in asks[: asks.index(ask)]}


@pytest.fixture
def stable(twilio):
    """Twilio, back to normal when the test ends."""
    yield twilio
    twilio.down = False
    twilio.faults.clear()


def test_twilio_away_in_mid_conversation_loses_and_doubles_nothing(installation, stable):
    phone = stable.phone("+447700900141")
    assert text_through(installation, phone, until("goals")) == "goals"
    before = len(phone.texts)
    stable.down = True
    assert stable.inbound(phone.number, MARCUS["goals"]).status_code == 200
    eventually(lambda: installation.ask_of(address=phone.number) == "suicidal_thoughts", what="the turn")
    installation.kill("worker")
    assert stable.inbound(phone.number, MARCUS["suicidal_thoughts"]).status_code == 200
    eventually(lambda: installation.ask_of(address=phone.number) == "safe_at_home", what="the next turn")
    assert len(phone.texts) == before
    stable.faults.extend([Fault(500, 20500, taken=True), Fault(429, 20429), Fault(reset=True, taken=True)])
    stable.down = False
    came = phone.next(before, expect=2, seconds=90)
    came += phone.send(MARCUS["safe_at_home"], seconds=60)
    assert len(came) == len(set(came)) == 3
    assert installation.ask_of(address=phone.number) == "full_name"


def test_stop_after_a_disclosure_stops_routine_texts_and_never_the_help(installation, stable):
    phone, contact = stable.phone("+447700900142"), stable.phone(FIRST_CONTACT)
    pages = len(contact.texts)
    phone.send("hello")
    assert "999" in phone.send("I am going to kill myself tonight")[0]
    code = re.search(r"Reply (\w+)", contact.next(pages)[0])[1]
    last = phone.send("STOP")[0]
    assert "999" in last and "116 123" in last
    listed = json.loads(installation.command("escalations", "list", "--json").stdout)
    escalation = next(row for row in listed if row["code"] == code)
    assert escalation["state"] != "closed"
    assert any(step["action"] == "noted" and "STOP" in (step["detail"] or "") for step in escalation["steps"])
    assert "999" in phone.send("I have taken all my tablets")[0]
    contact.send(code)


def test_an_introduction_begun_by_text_is_finished_on_the_web(installation, stable):
    phone = stable.phone("+447700900143")
    assert text_through(installation, phone, until("goals")) == "goals"
    saved = phone.send("save for later")[0]
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", saved)[0]
    web = WebChat(installation.gateway, resume=code).open()
    assert web.ask == "goals"
    web.answer(GRACE, until="check")
    receipt = next(m for m in web.say(choice="yes") if m["kind"] == "receipt")
    document = json.loads(installation.command("queue", "show", receipt["reference"], "--json").stdout)
    assert any("lost my job" in words for words in document["story"]["own_words"])
    assert document["person"]["full_name"] == "Grace Okafor-Reid"
    assert WebChat(installation.gateway, resume=code).request(
        "POST", "/chat/sessions", json={"resume": code}
    ).status_code in (404, 410), "a code works once"
