"""The chat page in a real browser: a whole introduction, then its introduction in the console's queue."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import EXIT, say, tap

pytestmark = [pytest.mark.journey, pytest.mark.browser]


@pytest.mark.timeout(240)
def test_page_full_introduction_arrives_in_the_console(browser, installation, page):
    answers = {ask: list(value) if isinstance(value, list) else [value] for ask, value in GRACE.items()}
    asked = []
    ask = "consent"
    for _ in range(50):
        answer = answers[ask].pop(0)
        with page.expect_response("**/chat/messages") as response:
            if isinstance(answer, tuple):
                tap(page, label_of(asked, answer[1]))
            else:
                say(page, answer)
        messages = response.value.json()["messages"]
        asked.append(messages)
        receipt = next((m for m in messages if m["kind"] == "receipt"), None)
        if receipt:
            break
        ask = next((m["ask"] for m in reversed(messages) if m.get("ask")), ask)
    assert receipt, "no receipt"
    expect(page.locator(".chat-reference strong")).to_have_text(receipt["reference"])

    staff = browser.new_page()
    username, password = installation.login()
    staff.goto(installation.console)
    staff.get_by_label("Username").fill(username)
    staff.get_by_label("Password", exact=True).fill(password)
    staff.get_by_role("button", name=re.compile("log in|sign in", re.I)).click()
    staff.get_by_role("link", name=re.compile("Grace|" + receipt["reference"])).first.click()
    expect(staff.locator("body")).to_contain_text(receipt["reference"])
    expect(staff.locator("body")).to_contain_text("My landlord is putting the rent up")
    expect(staff.locator("body")).to_contain_text(re.compile("voicemail", re.I))
    staff.close()


def label_of(asked, value):
    """The label of a choice, from the last reply that offered it (the opening's consent question when none has yet)."""
    for messages in reversed(asked):
        for message in messages:
            for choice in message.get("choices", []):
                if choice["value"] == value:
                    return choice["label"]
    return "Yes"


def test_page_shows_the_crisis_card_with_numbers_that_can_be_called(page):
    say(page, "I have taken an overdose")
    card = page.locator(".chat-message--crisis").first
    expect(card).to_be_visible()
    expect(card.locator('a[href="tel:999"]').first).to_be_visible()


def test_page_keeps_the_help_line_in_sight_at_320_pixels_without_sideways_scrolling(page):
    page.set_viewport_size({"width": 320, "height": 568})
    say(page, "hello")
    expect(page.locator(".chat-help a[href='tel:999']")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_page_restores_the_conversation_after_a_reload(page):
    tap(page, "Yes")
    before = page.locator(".chat-message").all_inner_texts()
    page.reload()
    expect(page.locator(".chat-message")).to_have_count(len(before))
    assert page.locator(".chat-message").all_inner_texts() == before


def test_page_can_be_used_by_keyboard_alone(page):
    replies = page.locator(".chat-message--assistant")
    before = replies.count()
    page.locator("#choices button").first.focus()
    page.keyboard.press("Enter")
    expect(replies.nth(before)).to_be_visible(timeout=20_000)


def test_page_exit_clears_the_screen_and_goes_elsewhere_at_once(page):
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)


def test_page_exit_by_shift_three_times(page):
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_page_log_is_a_live_region_for_screen_readers(page):
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_accessible_name("Conversation")
