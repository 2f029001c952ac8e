"""The chat page for everyone: axe finds nothing in any of its states, the focus is never lost, each reply is read once."""

import pytest
from playwright.sync_api import expect

from tests.journeys.chat_page import chat_page, replied, say, tap
from tests.journeys.page_states import ACTS, STATES, bring_about, small_targets, standing, violations, widest

pytestmark = [pytest.mark.journey, pytest.mark.browser]

NARROW = {"viewport": {"width": 320, "height": 568}}
TOUCH = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}
SIZES = ({"width": 375, "height": 640}, {"width": 320, "height": 640})
ZOOMED = {"width": 640, "height": 400}
"""A screen of 1280 by 800 at 200 %."""
LOOKS = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
FOCUSED = "document.activeElement !== document.body && document.activeElement.checkVisibility()"


@pytest.fixture(scope="module")
def tokens(installation):
    """Handles of conversations that stand at some of the states."""
    return standing(installation)


@pytest.mark.parametrize("state", STATES)
def test_page_axe_finds_no_violation(browser, installation, tokens, state):
    with chat_page(browser, installation.gateway, bypass_csp=True, viewport=SIZES[0]) as page:
        bring_about(state, page, tokens)
        for size in SIZES:
            page.set_viewport_size(size)
            for look in LOOKS:
                page.emulate_media(**look)
                assert not violations(page), (size, look)


@pytest.mark.parametrize("state", STATES)
def test_page_is_as_wide_as_320_pixels_and_its_targets_can_be_hit(browser, installation, tokens, state):
    with chat_page(browser, installation.gateway, **NARROW) as page:
        bring_about(state, page, tokens)
        assert widest(page) <= 320
        assert not small_targets(page)
        page.set_viewport_size(ZOOMED)
        assert widest(page) <= ZOOMED["width"]
        assert not small_targets(page)


@pytest.mark.parametrize("state", STATES)
def test_page_from_right_to_left_with_the_largest_text_holds_in_every_state(browser, installation, tokens, state):
    address = f"{installation.gateway}/?lang=ar&size=largest"
    with chat_page(browser, address, bypass_csp=True, **NARROW) as page:
        bring_about(state, page, tokens)
        assert not violations(page)
        assert widest(page) <= 320
        assert not small_targets(page)


@pytest.mark.parametrize("state", ACTS)
def test_page_state_brought_about_by_a_button_keeps_the_focus_in_sight(browser, installation, tokens, state):
    with chat_page(browser, installation.gateway) as page:
        bring_about(state, page, tokens)
        assert page.evaluate(FOCUSED), page.evaluate("document.activeElement.outerHTML")


def test_page_at_200_percent_keeps_everything_within_reach(browser, installation):
    with chat_page(
        browser, installation.gateway, viewport={"width": 640, "height": 400}, device_scale_factor=2
    ) as page:
        say(page, "hello")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
        page.locator("#choices button").first.scroll_into_view_if_needed()
        expect(page.locator("#choices button").first).to_be_in_viewport()
        expect(page.get_by_label("Your message")).to_be_in_viewport()


def test_page_choice_moves_the_focus_to_the_message_box(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.locator("#choices button").first.focus()
        with replied(page):
            page.keyboard.press("Enter")
        expect(page.get_by_label("Your message")).to_be_focused()


def test_page_choice_on_a_phone_keeps_the_keyboard_away_and_the_focus_in_place(browser, installation):
    with chat_page(browser, installation.gateway, **TOUCH) as page:
        with replied(page):
            page.locator("#choices").get_by_text("Yes", exact=True).tap()
        expect(page.locator(".chat-message--resident")).to_be_focused()


def test_page_changed_line_keeps_the_focus(browser, installation, tokens):
    with chat_page(browser, installation.gateway) as page:
        bring_about("summary", page, tokens)
        with replied(page):
            page.get_by_role("button", name="Change Phone").click()
        expect(page.get_by_label("Your message")).to_be_focused()


def test_page_dialog_gives_the_focus_back(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.get_by_role("button", name="I have a code").click()
        expect(page.get_by_label("The code we gave you")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="I have a code")).to_be_focused()


def test_page_reads_each_reply_once_and_no_choices(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.evaluate(
            """() => {
                window.heard = [];
                new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
                    const live = node.closest?.('[aria-live]')?.getAttribute('aria-live');
                    if (live === 'polite') window.heard.push(node.textContent);
                }))).observe(document.getElementById('log'), {childList: true, subtree: true});
            }"""
        )
        tap(page, "Yes")
        replies = page.locator(".chat-message--resident ~ .chat-message--assistant").all_text_contents()
        assert page.evaluate("window.heard") == replies
        assert page.locator("#choices").evaluate("place => place.closest('[aria-live], [role=log]')") is None
        expect(page.get_by_label("Your message")).to_have_accessible_description(
            "3 choices are above this box. You can also type your own answer."
        )


def test_page_restored_conversation_is_not_read_out_again(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => { if (node.closest?.('[aria-live]')?.getAttribute('aria-live') === 'polite') (window.heard ??= []).push(node.textContent); }))).observe(document.getElementById('log'), {childList: true}))"
        )
        tap(page, "Yes")
        page.reload()
        expect(page.locator(".chat-message--resident")).to_be_visible()
        expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
        assert page.evaluate("window.heard ?? []") == []


def test_page_stands_still_where_less_motion_is_asked_for(browser, installation):
    with chat_page(browser, installation.gateway, reduced_motion="reduce") as page:
        page.evaluate("document.getElementById('typing').hidden = false")
        assert page.locator("#typing").evaluate("place => getComputedStyle(place, '::after').animationName") == "none"


def test_page_is_read_in_the_order_in_which_it_is_used(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        tap(page, "Yes")
        expect(page.locator("#choices")).to_contain_text("Someone I know")
        read = page.locator("body").aria_snapshot()
        reply = page.locator(".chat-message--resident ~ .chat-message--assistant").last.text_content()
        parts = (
            'link "Skip to your message"',
            'heading "Lambeth Living Well',
            'button "Exit this page',
            'complementary "Help now"',
            'navigation "Language"',
            'log "Conversation"',
            "You: Yes",
            reply,
            'button "Someone I know"',
            'textbox "Your message"',
            'button "Send"',
            'button "Delete this chat"',
        )
        places = [read.find(part) for part in parts]
        assert reply and -1 not in places and places == sorted(places), list(zip(parts, places, strict=True))
