"""Every earlier answer is changed by a tap on it, long before the summary."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, own, replied, say, take_up, tap
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]


def at(page: Page, installation, ask: str) -> None:
    """The page at this question, with all that was said before it."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until=ask)
    take_up(page, web.token)
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")


def change(page: Page, words: str) -> Locator:
    """The button on an earlier answer."""
    return page.get_by_role("button", name=f"Change {words}")


def test_page_tap_on_an_earlier_answer_puts_its_question_again_and_the_new_one_stands(page, installation):
    tap(page, "Yes")
    tap(page, "Someone I know")
    with replied(page):
        page.locator(".chat-message--resident").filter(has_text="Someone I know").click()
    expect(page.locator(".chat-message--assistant").last).to_contain_text("Who is this about?")
    tap(page, "Me")
    expect(page.locator(".chat-message--assistant").last).to_contain_text("Are you 18 or over?")
    expect(change(page, "Me")).to_be_visible()
    expect(change(page, "Someone I know")).to_have_count(0)


def test_page_the_open_question_and_what_was_no_answer_have_no_such_button(page):
    tap(page, "Yes")
    expect(change(page, "Yes")).to_be_visible()
    say(page, "why do you need that?")
    expect(page.locator(".chat-edit")).to_have_count(1)


def test_page_what_was_met_with_a_crisis_card_has_no_such_button(page):
    tap(page, "Yes")
    say(page, "I have taken an overdose")
    expect(page.locator(".chat-message--crisis").first).to_be_visible()
    expect(change(page, "Yes")).to_be_visible()
    expect(page.locator(".chat-edit")).to_have_count(1)


def test_page_knows_which_answers_can_be_changed_after_a_reload(page, installation):
    at(page, installation, "email")
    for words in ("Yes", "Grace Okafor-Reid", "07700 900124", "3 April 1991", "My landlord is putting"):
        expect(change(page, words).first).to_be_visible()
    with replied(page):
        change(page, "07700 900124").click()
    page.reload()
    expect(page.locator("#choices").get_by_label("Phone number")).to_be_visible()
    expect(change(page, "07700 900124")).to_have_count(0)
    say(page, "07700 900125")
    expect(page.locator("#choices").get_by_label("Email")).to_be_visible()
    expect(change(page, "07700 900125")).to_be_visible()


def test_page_double_tap_on_an_answer_asks_once(page):
    tap(page, "Yes")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_json) if "messages" in request.url else None)
    with replied(page):
        change(page, "Yes").dblclick()
    assert [message["choice"] for message in sent] == ["change:consent"]
    assert own(page) == ["Yes", "Change an earlier answer"]


def test_page_shows_the_wish_to_change_in_the_same_words_after_a_reload(page):
    tap(page, "Yes")
    with replied(page):
        change(page, "Yes").click()
    said = own(page)
    page.reload()
    expect(page.locator("#choices button").first).to_be_visible()
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert own(page) == said


def test_page_changed_answer_keeps_the_focus(page):
    tap(page, "Yes")
    change(page, "Yes").focus()
    with replied(page):
        page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_focused()


def test_page_reply_that_takes_the_button_away_leaves_the_focus_on_the_answer(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        tap(page, "Yes")
        other = page.context.new_page()
        other.goto(page.url)
        take_up(other, page.evaluate("sessionStorage.getItem('chat')"))
        change(page, "Yes").focus()
        with replied(page):
            change(other, "Yes").click()
        expect(page.locator("#choices")).to_contain_text(re.compile("Tell me more"))
        expect(page.locator(".chat-message--resident").first).to_be_focused()


def test_page_answers_of_the_introduction_that_was_sent_can_be_changed_too(page, installation):
    at(page, installation, "check")
    tap(page, "Yes, send it")
    with replied(page):
        change(page, "07700 900124").click()
    say(page, "07700 900126")
    expect(page.get_by_role("log")).to_contain_text("I have changed it, and the team will see it.")
