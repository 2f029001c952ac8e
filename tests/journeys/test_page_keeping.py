"""The introduction to keep: copied, printed and as a file, with the answers as they were approved."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, take_up
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def sent(installation) -> WebChat:
    """A conversation whose introduction was sent."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    web.say(choice="yes")
    return web


@pytest.fixture
def page(browser, installation, sent):
    with chat_page(browser, installation.gateway, permissions=["clipboard-read", "clipboard-write"]) as page:
        take_up(page, sent.token)
        expect(page.locator(".chat-keep")).to_be_visible()
        yield page


def holds_what_was_sent(text: str, sent: WebChat) -> bool:
    """Reference and answers, and no question."""
    receipt = next(message for message in sent.messages if message["kind"] == "receipt")
    answers = ("Grace Okafor-Reid", "07700 900124", "My landlord is putting the rent up")
    return all(words in text for words in (receipt["reference"], *answers)) and "Is this right" not in text


def test_page_copies_what_was_sent(page, sent):
    page.get_by_role("button", name="Copy what I sent").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert holds_what_was_sent(page.evaluate("navigator.clipboard.readText()"), sent)


def test_page_gives_a_file_whose_name_gives_nothing_away(page, sent):
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "answers.txt"
    assert holds_what_was_sent(Path(download.value.path()).read_text(encoding="utf-8"), sent)


def test_page_prints_what_was_sent_and_nothing_else_of_the_chat(page, sent):
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    assert holds_what_was_sent(printed(page), sent)
    assert page.locator(".chat-message:visible").count() == 2
    expect(page.locator("#form")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".chat-message:visible").count() > 2, "the page stays as it was printed"


def printed(page: Page) -> str:
    """The words on the paper."""
    return page.locator(".chat-main").inner_text()
