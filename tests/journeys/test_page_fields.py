"""Answers of a known form: fields with the right keyboard, lines of the summary that a tap changes, and how long it still takes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import own, replied, say, take_up
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]


def asked(page: Page, installation, ask: str) -> WebChat:
    """The page at this question."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until=ask)
    take_up(page, web.token)
    return web


def test_page_date_has_a_field_for_each_part_with_the_numbers_keyboard(page, installation):
    asked(page, installation, "date_of_birth")
    for name, value in (("Day", "3"), ("Month", "4"), ("Year", "1991")):
        field = page.get_by_label(name, exact=True)
        expect(field).to_have_attribute("inputmode", "numeric")
        field.fill(value)
    with replied(page):
        page.locator("#choices").get_by_role("button", name="Continue").click()
    assert own(page)[-1] == "3/4/1991"
    expect(page.get_by_label("Phone number")).to_have_attribute("type", "tel")


def test_page_date_that_is_not_whole_is_not_sent(page, installation):
    asked(page, installation, "date_of_birth")
    page.get_by_label("Day", exact=True).fill("3")
    said = own(page)
    page.get_by_label("Day", exact=True).press("Enter")
    expect(page.get_by_label("Month", exact=True)).to_be_focused()
    assert said and own(page) == said


def test_page_field_leaves_the_box_for_every_other_answer(page, installation):
    asked(page, installation, "phone")
    expect(page.get_by_label("Your message")).to_have_accessible_description(re.compile("type your own answer"))
    say(page, "why do you need that?")
    page.get_by_label("Phone number").fill("07700 900124")
    with replied(page):
        page.get_by_label("Phone number").press("Enter")
    assert own(page)[-2:] == ["why do you need that?", "07700 900124"]


def test_page_tap_anywhere_on_a_line_of_the_summary_changes_it(page, installation):
    asked(page, installation, "check")
    line = page.locator(".chat-answers li").filter(has_text="Date of birth")
    number = page.locator(".chat-answers b").all_text_contents().index("Date of birth") + 1
    with replied(page):
        line.get_by_text("Date of birth").first.click(force=True)
    assert own(page)[-1] == f"change {number}"


def test_page_several_choices_are_ticked_and_sent_by_keyboard_alone(page, installation):
    asked(page, installation, "access_needs")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_json) if "messages" in request.url else None)
    boxes = page.locator("#choices input[type=checkbox]")
    wanted = [boxes.nth(0).get_attribute("value"), boxes.nth(2).get_attribute("value")]
    boxes.nth(0).focus()
    for key in ("Space", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    while page.evaluate("document.activeElement.textContent") != "Continue":
        page.keyboard.press("Tab")
    with replied(page):
        page.keyboard.press("Enter")
    assert [message["choice"] for message in sent] == [wanted]


def test_page_says_how_long_it_still_takes(page, installation):
    asked(page, installation, "date_of_birth")
    shown = page.locator("#progress").inner_text()
    found = re.search(r"^Question (\d+) of about (\d+)\. About (\d+) minutes? left$", shown)
    assert found, shown
    assert 0 < int(found[3]) < int(found[2]) - int(found[1])
