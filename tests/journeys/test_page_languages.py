"""The chat page in other languages and with larger text: the words around the conversation change, the conversation stays."""

import pytest
from playwright.sync_api import expect

from bot.gateway import interface
from tests.journeys import page_states
from tests.journeys.chat_page import chat_page, tap

pytestmark = [pytest.mark.journey, pytest.mark.browser]

LANGUAGES = interface.load()


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_in_this_language_is_whole_narrow_enough_and_clean(browser, installation, code):
    viewport = {"width": 320, "height": 568}
    with chat_page(browser, f"{installation.gateway}/?lang={code}", viewport=viewport, bypass_csp=True) as page:
        assert page.evaluate("document.dir") == LANGUAGES[code].direction
        expect(page.get_by_role("button", name=LANGUAGES[code].page["exit"])).to_be_in_viewport(ratio=1)
        for number in ("tel:999", "tel:111", "tel:116123"):
            expect(page.locator(f".chat-help a[href='{number}']")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator(".chat-main").evaluate("main => main.scrollWidth") <= 320
        assert not page_states.violations(page)


def test_page_changes_language_and_keeps_the_conversation(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        tap(page, "Yes")
        shown = page.locator(".chat-message").count()
        page.get_by_role("link", name="العربية").click()
        expect(page.locator("html[dir=rtl]")).to_be_attached()
        expect(page.locator(".chat-message")).to_have_count(shown)
        expect(page.get_by_text(LANGUAGES["ar"].page["english"])).to_be_attached()
        assert page.get_by_role("log").evaluate("log => [log.lang, getComputedStyle(log).direction]") == [
            "en-GB",
            "ltr",
        ]
        assert page.evaluate("history.length") == 2, "a change of language takes no place in the history"


def test_page_text_grows_and_stays_large_after_a_reload(browser, installation):
    with chat_page(browser, installation.gateway, viewport={"width": 320, "height": 568}) as page:
        message = page.locator(".chat-message").first
        size = "entry => parseFloat(getComputedStyle(entry).fontSize)"
        before = message.evaluate(size)
        page.get_by_role("button", name="Larger text").click()
        page.get_by_role("button", name="Larger text").click()
        page.reload()
        assert message.evaluate(size) == before * 1.5
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        expect(page.locator(".chat-help a[href='tel:999']")).to_be_in_viewport(ratio=1)
        assert page.locator(".chat-main").bounding_box()["height"] > 150, "the bars leave the conversation no room"
        page.get_by_role("button", name="Larger text").click()
        assert message.evaluate(size) == before


@pytest.mark.parametrize("state", ["private", "dictation", "locked", "offline"])
@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in ("en", "ar")])
def test_page_in_this_language_is_clean_narrow_and_easy_to_hit_in_its_dialogs_too(browser, installation, code, state):
    viewport = {"width": 320, "height": 568}
    with chat_page(browser, f"{installation.gateway}/?lang={code}", viewport=viewport, bypass_csp=True) as page:
        page_states.bring_about(state, page, {})
        assert not page_states.violations(page)
        assert page_states.widest(page) <= 320
        assert not page_states.small_targets(page)


def test_page_buttons_under_a_crisis_card_speak_the_language_of_the_page(browser, installation):
    with chat_page(browser, f"{installation.gateway}/?lang=ar") as page:
        page_states.bring_about("crisis", page, {})
        lines = page.locator(".chat-message--crisis .chat-lines")
        assert lines.first.evaluate("list => [list.lang, getComputedStyle(list).direction]") == ["ar", "rtl"]
        expect(lines.locator("a[href='tel:999']")).to_have_text("اتصل بالرقم 999 في حالة الطوارئ")
