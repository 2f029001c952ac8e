"""The chat as plain forms, in a browser without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.chat_page import EXIT
from tests.journeys.test_page_accessibility import AXE, RULES

pytestmark = [pytest.mark.journey, pytest.mark.browser]

NARROW = {"width": 320, "height": 568}


def test_plain_page_takes_a_resident_from_the_chat_page_to_the_questions_and_out_again(browser, installation):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    context.route(EXIT, lambda route: route.fulfill(body="weather"))
    page = context.new_page()
    page.goto(installation.gateway)
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Who is this about?")).to_be_in_viewport()
    expect(page.locator(".chat-help a[href='tel:999']")).to_be_in_viewport()
    page.get_by_label("Your message").fill("I have taken an overdose")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".chat-message--crisis").first).to_be_in_viewport()
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url(EXIT)
    page.go_back()
    expect(page.get_by_text("overdose")).to_have_count(0)
    context.close()


def test_plain_page_axe_finds_no_violation_and_it_is_as_wide_as_320_pixels(browser, installation):
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{installation.gateway}/plain")
    for _ in range(2):
        page.evaluate("scrollTo(0, 0)")  # what the header covers while it is scrolled is not too small
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            assert found["passes"], "axe looked at nothing"
            assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if page.get_by_role("button", name="Start").count():
            page.get_by_role("button", name="Start").click()
    context.close()


def test_plain_page_reads_from_right_to_left_in_arabic(browser, installation):
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{installation.gateway}/plain?lang=ar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator(".chat-languages__note")).to_be_visible()
    page.get_by_role("button", name="ابدأ").click()
    expect(page.get_by_label("Yes", exact=True)).to_be_visible()
    assert page.evaluate("document.dir") == "rtl"
    page.close()
