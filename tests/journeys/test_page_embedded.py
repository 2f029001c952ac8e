"""The chat on another site's page: one script opens it as a panel that the page cannot look into, or leads to it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from frontdoor.settings import ROOT
from tests.journeys.chat_page import EXIT, chat_page
from tests.journeys.page_states import AXE, RULES
from tests.serving import serving

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]

EXAMPLE = (ROOT / "docs" / "embedding" / "council.html").read_text(encoding="utf-8")
EXAMPLE_ADDRESS = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def host(installation) -> Iterator[str]:
    """The documentation's example page, on a site of its own with a strict policy; at /page it leads to the chat instead."""
    page = EXAMPLE.replace(EXAMPLE_ADDRESS, installation.gateway)
    policy = f"default-src 'none'; script-src {installation.gateway}; frame-src {installation.gateway}"

    async def show(request: Request) -> Response:
        shown = page.replace("async>", 'data-open="page" async>') if request.url.path == "/page" else page
        return HTMLResponse(shown, headers={"Content-Security-Policy": policy})

    with serving(Starlette(routes=[Route("/council", show), Route("/page", show)]), port=installation.host_port) as at:
        yield at


@contextmanager
def host_page(browser: Browser, address: str) -> Iterator[Page]:
    """The council's page, before anybody has pressed anything."""
    with chat_page(browser, address, awaited=False) as page:
        yield page


def opened(page: Page) -> FrameLocator:
    """The chat in its panel."""
    page.get_by_role("button", name="Chat with the team").click()
    panel = page.frame_locator("iframe")
    expect(panel.locator("#choices button").first).to_be_visible()
    return panel


def test_panel_holds_a_conversation_that_goes_on_when_it_is_opened_again(browser, host):
    with host_page(browser, f"{host}/council") as page:
        panel = opened(page)
        panel.locator("#choices").get_by_text("Yes", exact=True).click()
        expect(panel.locator("#choices")).to_contain_text("Someone I know")
        page.get_by_role("button", name="Close the chat").click()
        expect(page.get_by_role("button", name="Chat with the team")).to_be_focused()
        opened(page)
        expect(panel.locator(".chat-message--resident")).to_have_count(1)


def test_panel_offers_no_dictation_since_the_host_page_lends_it_no_microphone(browser, host):
    with host_page(browser, f"{host}/council") as page:
        panel = opened(page)
        assert panel.locator("#speak").evaluate("() => 'webkitSpeechRecognition' in window"), "this is Chromium's own"
        expect(panel.locator("#speak")).to_be_hidden()


def test_host_page_fetches_only_the_script_before_the_button_is_used(browser, host):
    with host_page(browser, f"{host}/council") as page:
        expect(page.get_by_role("button", name="Chat with the team")).to_be_visible()
        fetched = page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
        assert [path for path in fetched if path != "/favicon.ico"] == ["/embed.js"]


def test_host_page_cannot_look_into_the_panel(browser, host):
    with host_page(browser, f"{host}/council") as page:
        opened(page)
        reached = page.evaluate(
            "document.querySelector('body > div').shadowRoot.querySelector('iframe').contentDocument === null"
        )
        assert reached


@pytest.mark.parametrize("way", ["button", "shift in the panel", "shift on the page"])
def test_exit_leaves_the_host_page_too(browser, host, way):
    with host_page(browser, f"{host}/council") as page:
        panel = opened(page)
        if way == "button":
            panel.get_by_role("button", name="Exit this page").click()
        else:
            if way == "shift on the page":
                page.get_by_role("button", name="Close the chat").focus()
            else:
                panel.get_by_label("Your message").focus()
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(EXIT)


def test_another_site_may_not_show_the_panel(browser, installation, host):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host.replace('127.0.0.1', 'localhost')}/council")
    with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        page.get_by_role("button", name="Chat with the team").click()
    expect(page.frame_locator("iframe").locator("#choices")).to_have_count(0)
    context.close()


def test_button_leads_to_the_whole_page_where_that_is_wanted(browser, host, installation):
    with host_page(browser, f"{host}/page") as page:
        page.get_by_role("link", name="Chat with the team").click()
        page.wait_for_url(f"{installation.gateway}/")
        expect(page.locator("#choices button").first).to_be_visible()


def test_panel_fits_a_phone_and_axe_finds_no_violation(browser, host):
    with chat_page(browser, f"{host}/council", awaited=False, bypass_csp=True) as page:
        page.set_viewport_size({"width": 320, "height": 568})
        panel = opened(page)
        expect(panel.locator(".chat-help a[href='tel:999']")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name="Close the chat")).to_be_in_viewport(ratio=1)
        page.evaluate(AXE)
        found = page.evaluate(
            "rules => axe.run({runOnly: rules, iframes: false})", RULES
        )  # the chat has tests of its own
        assert found["passes"], "axe looked at nothing"
        assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
