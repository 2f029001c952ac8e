"""The chat is left half way and gone on with by a code."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, replied, say, tap
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_page_takes_up_a_saved_chat_by_its_code(browser, installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="duration")
    said = web.say("save for later")
    code = re.search(r"code: ([A-Z0-9]+(?:[ -][A-Z0-9]+)*)", said[-1]["text"])[1]
    with chat_page(browser, installation.gateway) as page:
        page.get_by_role("button", name="I have a code").click()
        page.get_by_label("The code we gave you").fill(code.lower())
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("log")).to_contain_text("My landlord is putting the rent up")
        say(page, "about six months")


def test_page_is_left_by_a_button_for_later_and_gone_on_with_in_another_browser(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        tap(page, "Yes")
        with replied(page):
            page.get_by_role("button", name="Save for later").click()
        said = page.locator(".chat-message--assistant").last.inner_text()
        code = re.search(r"code: ([A-Z0-9]+(?:[ -][A-Z0-9]+)*)", said)[1]
    with chat_page(browser, installation.gateway) as page:
        page.get_by_role("button", name="I have a code").click()
        page.get_by_label("The code we gave you").fill(code)
        page.get_by_role("button", name="Continue").click()
        expect(page.locator("#choices")).to_contain_text("Someone I know")
        tap(page, "Me")


def test_page_says_kindly_that_a_code_is_unknown(page):
    page.get_by_role("button", name="I have a code").click()
    page.get_by_label("The code we gave you").fill("ZZZZ 9999")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("We could not find a saved chat with that code.")
    expect(page.get_by_label("The code we gave you")).to_be_focused()
