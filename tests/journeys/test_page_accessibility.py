"""The chat page for everyone: axe finds nothing in any of its states, the focus is never lost, each reply is read once."""

import pytest
from playwright.sync_api import Page, expect

from frontdoor.settings import ROOT
from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, replied, say, take_up, tap
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NARROW = {"viewport": {"width": 320, "height": 568}}
TOUCH = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}
SMALLEST_TARGET = 44


@pytest.fixture(scope="module")
def tokens(installation):
    """Handles of conversations that stand at the several ticks, at the summary and after the receipt."""
    found = {}
    for state, ask in (("several", "access_needs"), ("summary", "check"), ("receipt", "check")):
        web = WebChat(installation.gateway).open()
        web.answer(GRACE, until=ask)
        if state == "receipt":
            web.say(choice="yes")
        found[state] = web.token
    return found


def bring_about(state: str, page: Page, tokens: dict[str, str]) -> None:
    """The page in this state."""
    expect(page.locator("#choices button").first).to_be_visible()
    if state in tokens:
        take_up(page, tokens[state])
        shown = {"several": "#choices label", "summary": ".chat-answers", "receipt": ".chat-reference"}
        expect(page.locator(shown[state]).first).to_be_visible()
    elif state == "crisis":
        say(page, "I have taken an overdose")
        expect(page.locator(".chat-lines a").first).to_be_visible()
    elif state == "offline":
        page.context.set_offline(True)
        page.get_by_label("Your message").fill("are you there")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("button", name="Try again now")).to_be_visible()
    elif state == "code":
        page.get_by_role("button", name="I have a code").click()
        expect(page.get_by_role("dialog")).to_be_visible()
    elif state == "deleted":
        page.get_by_role("button", name="Delete this chat").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page.get_by_role("button", name="Start a new chat")).to_be_visible()


STATES = ("opening", "several", "summary", "receipt", "crisis", "offline", "code", "deleted")
LOOKS = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [375, 320])
@pytest.mark.parametrize("state", STATES)
def test_page_axe_finds_no_violation(browser, installation, tokens, state, width):
    viewport = {"width": width, "height": 640}
    with chat_page(browser, installation.gateway, bypass_csp=True, viewport=viewport) as page:
        bring_about(state, page, tokens)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for look in LOOKS:
            page.emulate_media(**look)
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            assert found["passes"], "axe looked at nothing"
            assert not [
                (look, one["id"], [node["html"] + (node.get("failureSummary") or "") for node in one["nodes"]])
                for one in found["violations"]
            ]


@pytest.mark.parametrize("state", STATES)
def test_page_is_as_wide_as_320_pixels_and_its_targets_can_be_hit(browser, installation, tokens, state):
    with chat_page(browser, installation.gateway, **NARROW) as page:
        bring_about(state, page, tokens)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("document.querySelector('.chat-main').scrollWidth") <= 320
        buttons = page.locator(
            "button:visible, [role=button]:visible, label.chat-choice:visible, .chat-lines a:visible"
        )
        small = [
            (button.inner_text(), box)
            for button in buttons.all()
            if (box := button.bounding_box()) and (box["height"] < SMALLEST_TARGET or box["width"] < SMALLEST_TARGET)
        ]
        assert not small


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
