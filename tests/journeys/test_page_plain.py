"""The chat as plain forms, in a browser without scripts."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.answers import GRACE, GRACE_FACTS
from tests.journeys.chat_page import EXIT
from tests.journeys.page_states import violations
from tests.journeys.plain_page import answer, begin, fill, open_question

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]

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


def fits(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    page.evaluate("scrollTo(0, 0)")  # what the header covers while it is scrolled is not too small
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_plain_page_axe_finds_no_violation_and_it_is_as_wide_as_320_pixels(browser, installation):
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{installation.gateway}/plain")
    for _ in range(2):
        fits(page)
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


@pytest.fixture
def plain(browser: Browser, installation):
    """The first question, in a browser without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    begin(page, installation.gateway)
    yield page
    context.close()


def test_plain_page_takes_a_whole_introduction_and_answers_are_changed_on_the_way(plain, installation):
    answer(plain, GRACE, until="email")
    plain.get_by_role("button", name="Go back to the last question").click()
    assert open_question(plain) == "best_time"
    fill(plain, "mornings")
    plain.get_by_text("Your answers so far").click()
    plain.get_by_role("button", name="Change Name", exact=True).click()
    assert open_question(plain) == "full_name"
    fill(plain, "Grace Okafor-Reid")
    answer(plain, GRACE, until="check")
    plain.get_by_role("button", name="Change Phone").click()
    plain.get_by_label("Phone number").fill("07700 900124")
    plain.get_by_label("Phone number").press("Enter")
    fill(plain, ("choice", "yes"))
    reference = plain.locator(".chat-message--receipt strong").inner_text()
    document = json.loads(installation.command("queue", "show", reference, "--json").stdout)
    assert {place: document[place[0]].get(place[1]) for place in GRACE_FACTS} == GRACE_FACTS
    assert document["contact"]["best_time"] == "mornings"


def test_plain_page_puts_the_focus_on_the_field_that_is_wrong_and_says_why_beside_it(plain):
    answer(plain, GRACE, until="date_of_birth")
    fill(plain, ["31", "2", "1990"])
    expect(plain.get_by_label("Day", exact=True)).to_be_focused()
    expect(plain.get_by_label("Day", exact=True)).to_have_accessible_description(
        "I can't find that date. What is your date of birth?"
    )
    fill(plain, ["3", "", "1991"])
    expect(plain.get_by_label("Month", exact=True)).to_be_focused()
    expect(plain.get_by_label("Year", exact=True)).to_have_value("1991")
    expect(plain.locator(".forms-trouble")).to_be_in_viewport()
    expect(plain.locator(".chat-help a[href='tel:999']")).to_be_in_viewport()


def test_plain_page_with_fields_errors_and_the_list_of_answers_is_clean_narrow_and_easy_to_hit(browser, installation):
    context = browser.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    begin(page, installation.gateway)
    answer(page, GRACE, until="date_of_birth")
    clean(page)
    fill(page, ["31", "2", "1990"])
    clean(page)
    answer(page, GRACE, until="access_needs")
    page.get_by_text("Your answers so far").click()
    clean(page)
    fill(page, "")
    clean(page)
    answer(page, GRACE, until="check")
    clean(page)
    context.close()


def clean(page: Page) -> None:
    """It fits, and what is pressed is large enough."""
    fits(page)
    pressed = page.locator(
        "button:visible, summary:visible, .forms-choice:visible, .chat-exit:visible, .chat-languages a:visible"
    )
    small = [(one.inner_text(), one.bounding_box()) for one in pressed.all() if one.bounding_box()["height"] < 44]
    assert not small
