"""An introduction begun by text and finished on the web, by the link that was asked for."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import GRACE, MARCUS
from tests.journeys.chat_page import chat_page
from tests.journeys.installation import eventually
from tests.journeys.test_sms_introduction import text_through
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]


def test_the_link_from_a_text_goes_on_in_the_browser_to_the_queue(installation, twilio, browser):
    phone = twilio.phone("+447700900144")
    asks = list(MARCUS)
    begun = {ask: MARCUS[ask] for ask in asks[: asks.index("goals")]}
    assert text_through(installation, phone, begun) == "goals"
    told = phone.send("can I do this on the web?")[0]
    link = re.search(rf"{re.escape(installation.gateway)}/#[2-9A-Z]{{4}}-[2-9A-Z]{{4}}", told)[0]
    assert installation.ask_of(address=phone.number) == "goals"

    with chat_page(browser, link) as page:
        dialog = page.locator("#resume-dialog")
        expect(dialog).to_be_visible()
        expect(dialog.get_by_label("The code we gave you")).to_have_value(link.partition("#")[2])
        assert "#" not in page.url, "the code is not kept in the history"
        dialog.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("log")).to_contain_text("lost my job and behind with rent")
        expect(page.get_by_role("log")).to_contain_text("Welcome back")
        token = page.evaluate("sessionStorage.getItem('chat')")
    with chat_page(browser, link) as page:
        page.locator("#resume-dialog").get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text("could not find a saved chat")

    web = WebChat(installation.gateway, token=token, messages=[{"ask": "goals"}])
    web.answer(GRACE, until="check")
    receipt = next(message for message in web.say(choice="yes") if message["kind"] == "receipt")
    shown = installation.command("queue", "show", receipt["reference"], "--json").stdout
    document = json.loads(shown)
    assert any("lost my job" in words for words in document["story"]["own_words"])
    assert document["person"]["full_name"] == "Grace Okafor-Reid"
    before = len(phone.texts)
    eventually(lambda: phone.send("hello again"), what="a new conversation")
    assert "lost my job" not in " ".join(phone.texts[before:])
