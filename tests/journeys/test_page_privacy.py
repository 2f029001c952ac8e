"""The chat page where somebody else may look at the screen: it hides by itself or at once, locks with a PIN, and can look like notes."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import page_states
from tests.journeys.chat_page import EXIT, chat_page, say, tap

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WORDS = "my flat is cold and I am behind with the rent"
PIN = "4071"
SIZES = ((375, 720), (320, 568), (640, 400), (320, 256))


def lock(page: Page) -> None:
    """Lock with the PIN, which hides at once."""
    page.get_by_role("button", name="Privacy").click()
    page.get_by_label("Lock it with a PIN").fill(PIN)
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_label("Your PIN")).to_be_focused()


def enter(page: Page, pin: str) -> None:
    """Try this PIN."""
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_role("button", name="Show my chat").click()


def bring_about(screen: str, page: Page) -> None:
    """The page in this state."""
    buttons = {"code": "I have a code", "delete": "Delete this chat", "privacy": "Privacy"}
    if screen in buttons:
        page.get_by_role("button", name=buttons[screen]).click()
        expect(page.get_by_role("dialog")).to_be_visible()
    elif screen == "hidden":
        page.get_by_role("button", name="Privacy").click()
        page.get_by_role("button", name="Hide my chat now").click()
        expect(page.get_by_role("button", name="Show my chat")).to_be_visible()


def test_page_left_alone_hides_the_conversation_and_shows_it_again(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.clock.install()
        page.reload()
        say(page, WORDS)
        page.clock.fast_forward(119_000)
        expect(page.get_by_text(WORDS)).to_be_visible()
        page.clock.fast_forward(2_000)
        expect(page.get_by_role("heading", name="Your chat is hidden")).to_be_focused()
        expect(page.get_by_text(WORDS)).to_be_hidden()
        expect(page.get_by_label("Your message")).to_be_hidden()
        page.get_by_role("button", name="Show my chat").click()
        expect(page.get_by_text(WORDS)).to_be_visible()


def test_page_left_alone_with_a_pin_set_asks_for_the_pin_again(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.clock.install()
        page.reload()
        expect(page.locator("#choices button").first).to_be_visible()
        say(page, WORDS)
        lock(page)
        enter(page, PIN)
        expect(page.get_by_text(WORDS)).to_be_visible()
        page.clock.fast_forward(121_000)
        expect(page.get_by_label("Your PIN")).to_be_focused()
        assert WORDS not in page.content()


def test_page_hides_when_a_laptop_wakes_up_that_nobody_has_touched_for_long(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.clock.install()
        page.reload()
        expect(page.locator("#choices button").first).to_be_visible()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_label("Your message")).to_be_visible()
        page.clock.set_system_time(page.evaluate("Date.now()") + 180_000)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_role("heading", name="Your chat is hidden")).to_be_focused()


def test_page_hides_at_once_and_keeps_what_was_typed(page):
    page.get_by_label("Your message").fill("half a sentence")
    bring_about("hidden", page)
    expect(page.get_by_label("Your message")).to_be_hidden()
    page.get_by_role("button", name="Show my chat").click()
    expect(page.get_by_label("Your message")).to_have_value("half a sentence")


def test_page_locked_needs_the_pin_and_holds_neither_words_nor_handle(page):
    say(page, WORDS)
    lock(page)
    assert WORDS not in page.content()
    assert page.evaluate("sessionStorage.length") == 0
    enter(page, "0000")
    expect(page.get_by_role("alert")).to_have_text("That PIN is not right.")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    enter(page, PIN)
    expect(page.get_by_text(WORDS)).to_be_visible()
    say(page, "and I am tired")


def test_page_reloaded_while_locked_shows_nothing_of_it(page):
    say(page, WORDS)
    lock(page)
    page.reload()
    expect(page.locator("#choices button").first).to_be_visible()
    expect(page.locator(".chat-message--resident")).to_have_count(0)


def test_page_five_wrong_pins_close_the_chat_on_this_device(page):
    say(page, WORDS)
    lock(page)
    for _ in range(5):
        enter(page, "0000")
    expect(page.get_by_role("status")).to_contain_text("wrong PIN too often")
    expect(page.get_by_role("button", name="Start a new chat")).to_be_focused()
    assert WORDS not in page.content()
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("pin", ["", "12", "abcd"])
def test_page_takes_no_pin_but_four_numbers(page, pin):
    page.get_by_role("button", name="Privacy").click()
    page.get_by_label("Lock it with a PIN").fill(pin)
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("The PIN needs 4 numbers.")
    expect(page.get_by_label("Lock it with a PIN")).to_be_focused()


def test_page_looks_like_notes_until_told_otherwise(page):
    page.get_by_role("button", name="Privacy").click()
    page.get_by_role("button", name="Make this page look like notes").click()
    page.get_by_role("button", name="Close").click()
    page.reload()
    expect(page).to_have_title("Notes")
    assert page.get_by_role("heading", level=1).bounding_box()["height"] <= 1
    assert page.evaluate("history.length") == 2, "the look takes no place in the history"
    page.get_by_role("button", name="Privacy").click()
    page.get_by_role("button", name="Make this page look like notes").click()
    expect(page).to_have_title("Chat")


@pytest.fixture(scope="module")
def tokens(installation):
    """Handles of conversations that stand at some of the states."""
    return page_states.standing(installation)


@pytest.mark.parametrize("state", page_states.STATES)
def test_page_help_is_in_sight_and_within_reach_in_every_state_and_size(browser, installation, tokens, state):
    with chat_page(browser, installation.gateway) as page:
        page_states.bring_about(state, page, tokens)
        in_front = page.locator("dialog[open]") if page.locator("dialog[open]").count() else page.locator(".chat-help")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for number in ("tel:999", "tel:111", "tel:116123"):
                link = in_front.locator(f"a[href='{number}']")
                expect(link).to_be_in_viewport(ratio=1)
                link.click(trial=True)


@pytest.mark.parametrize("screen", ["code", "delete", "privacy"])
def test_page_dialog_puts_the_focus_on_no_number_that_enter_would_call(page, screen):
    bring_about(screen, page)
    assert page.evaluate("document.activeElement.closest('a')") is None


def test_page_help_stays_in_sight_when_a_short_screen_is_scrolled(browser, installation):
    with chat_page(browser, installation.gateway, viewport={"width": 640, "height": 400}) as page:
        tap(page, "Yes")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.locator(".chat-help a[href='tel:999']")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name="Exit this page")).to_be_in_viewport(ratio=1)


def test_page_exit_says_what_it_does_not_erase_until_the_other_page_is_there(page):
    say(page, WORDS)
    left = []
    page.expose_function("seen", lambda words: left.append(words))
    page.evaluate(
        "new MutationObserver(() => seen(document.body.textContent)).observe(document.body, {childList: true})"
    )
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)
    assert left == ["Opening another page. Your browser's history may still list the last one."]


def test_page_says_what_leaving_does_not_erase(page):
    page.get_by_role("button", name="Privacy").click()
    expect(page.get_by_role("dialog")).to_contain_text("history may still list that you were here")
