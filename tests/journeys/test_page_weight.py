"""The chat page on a slow line: few bytes in few requests, and soon of use."""

import statistics

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.chat_page import chat_page, say

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds a request, and bytes a second."""
MOST_BYTES, MOST_REQUESTS = 60_000, 6
MOST_WAIT = 1000
"""Milliseconds from the first byte of the page until it takes what is typed."""
MOST_PAINT = 100
"""Milliseconds from a reply's arrival until it is painted."""

# What the page reads from the network, and when the frame with a new reply is done. A frame's callbacks run before it is painted; a
# message that they post is handled after.
WATCH = """() => {
    window.paints = [];
    let arrived = 0;
    const came = (value) => ((arrived = performance.now()), value);
    const read = ReadableStreamDefaultReader.prototype.read;
    ReadableStreamDefaultReader.prototype.read = function () { return read.call(this).then(came); };
    const json = Response.prototype.json;
    Response.prototype.json = function () { return json.call(this).then(came); };
    new MutationObserver((changes) => {
        if (!changes.some((one) => [...one.addedNodes].some((node) => node.matches?.('.chat-message--assistant')))) return;
        const since = arrived;
        requestAnimationFrame(() => {
            const {port1, port2} = new MessageChannel();
            port1.onmessage = () => window.paints.push(performance.now() - since);
            port2.postMessage(null);
        });
    }).observe(document.getElementById('log'), {childList: true});
}"""
# The line that is played holds every answer back by its latency after the browser's clock has noted the first byte.
LOADED = """(latency) => {
    const [page] = performance.getEntriesByType('navigation');
    const [usable] = performance.getEntriesByName('usable');
    const [painted] = performance.getEntriesByName('first-contentful-paint');
    const firstByte = page.responseStart + latency;
    const all = [page, ...performance.getEntriesByType('resource').filter((one) => one.name.startsWith('http'))];
    return {
        usable: usable.startTime - firstByte,
        painted: painted.startTime - firstByte,
        bytes: all.reduce((sum, one) => sum + one.transferSize, 0),
        requests: all.length + 1, // the stream of events stays open, and is not among the finished ones
    };
}"""


def loaded_slowly(browser: Browser, address: str) -> dict[str, float]:
    """What a first visit took: milliseconds from the first byte, bytes, requests."""
    with chat_page(browser, "about:blank", awaited=False) as page:
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
        page.goto(address)
        expect(page.locator("#choices button").first).to_be_visible(timeout=20_000)
        return page.evaluate(LOADED, SLOW_3G["latency"])


def paints(page: Page, *texts: str) -> list[float]:
    """Milliseconds from arrival to paint of what comes back to each of these."""
    page.evaluate(WATCH)
    for text in texts:
        say(page, text)
    page.wait_for_function("count => window.paints.length >= count", arg=len(texts))
    return page.evaluate("window.paints")


def test_page_first_load_is_light_and_soon_of_use(browser, installation):
    loads = [loaded_slowly(browser, installation.gateway) for _ in range(3)]
    assert max(load["requests"] for load in loads) <= MOST_REQUESTS
    assert max(load["bytes"] for load in loads) <= MOST_BYTES
    assert statistics.median(load["usable"] for load in loads) <= MOST_WAIT


def test_page_second_load_fetches_no_file_again(browser, installation):
    context = browser.new_context()  # without routes, which would turn the browser's cache off
    page = context.new_page()
    for _ in range(2):
        page.goto(installation.gateway)
        expect(page.locator("#choices button").first).to_be_visible()
    fetched = "performance.getEntriesByType('resource').filter((one) => one.name.includes('/static/'))"
    files = page.evaluate(f"{fetched}.map((one) => one.transferSize)")
    context.close()
    assert files and not any(files)


def test_page_paints_a_reply_soon_after_it_came(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        took = paints(page, "yes", "who sees this?", "why do you need that?", "can you repeat that")
        assert statistics.median(took) <= MOST_PAINT
