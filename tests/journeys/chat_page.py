"""The chat page as a resident uses it: opened in a real browser, watched for anything that a browser should not say or fetch."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

OFFLINE = re.compile(r"net::ERR_|Failed to load resource")
"""What Chromium writes to the console for a request that fails on purpose; a refused policy reads otherwise."""
EXIT = "https://www.bbc.co.uk/**"


@contextmanager
def chat_page(browser: Browser, address: str, *, awaited: bool = True, **options: Any) -> Iterator[Page]:
    """The page, just opened, in a context of its own. Fails for a script error, a refused policy or a request to another machine.

    With `awaited` false, what is opened need not be the chat.
    """
    context = browser.new_context(**({"viewport": {"width": 375, "height": 720}} | options))
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda said: _note(wrong, said.type, said.text))
    context.on("request", lambda request: wrong.append(request.url) if not _expected(request.url) else None)
    context.route(EXIT, lambda route: route.fulfill(body="weather"))
    page = context.new_page()
    page.goto(address)
    if awaited:
        expect(page.get_by_role("log")).to_contain_text("Single Point of Access")
    yield page
    context.close()
    assert not wrong, wrong


def say(page: Page, text: str) -> None:
    """Type and send, and wait until the reply is there."""
    with replied(page):
        page.get_by_label("Your message").fill(text)
        page.get_by_label("Your message").press("Enter")


def tap(page: Page, name: str) -> None:
    """Tap a choice, and wait until the reply is there."""
    with replied(page):
        page.locator("#choices").get_by_text(name, exact=True).first.click()


@contextmanager
def replied(page: Page) -> Iterator[None]:
    """What is done in the block gets a reply."""
    replies = page.locator(".chat-message--assistant")
    before = replies.count()
    yield
    expect(replies.nth(before)).to_be_visible(timeout=20_000)


def take_up(page: Page, token: str) -> None:
    """Show the conversation of this token, as after a reload."""
    expect(
        page.locator("#choices button").first
    ).to_be_visible()  # its own chat is open: that will not replace the handle later
    page.evaluate("token => sessionStorage.setItem('chat', token)", token)
    page.reload()


def own(page: Page) -> list[str]:
    """What the resident said, as the page shows it."""
    return page.locator(".chat-message--resident").evaluate_all(
        "entries => entries.map((entry) => entry.childNodes[1].textContent)"
    )


def _note(wrong: list[str], kind: str, text: str) -> None:
    if kind in ("error", "warning") and not OFFLINE.search(text):
        wrong.append(text)


def _expected(url: str) -> bool:
    return re.match(r"http://127\.0\.0\.1|data:|https://www\.bbc\.co\.uk/", url) is not None
