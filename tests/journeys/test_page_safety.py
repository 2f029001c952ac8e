"""The chat page on a phone that somebody else may pick up: leaving is quick and leaves nothing behind; help is one tap away."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import EXIT, chat_page, replied, say, take_up, tap
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser]

EVERYTHING_KEPT = """async () => JSON.stringify({
    session: Object.keys(sessionStorage), local: Object.keys(localStorage), cookie: document.cookie,
    databases: await indexedDB.databases(), caches: await caches.keys(), history: history.state,
})"""
ONLY_THE_HANDLE = '{"session":["chat"],"local":[],"cookie":"","databases":[],"caches":[],"history":null}'


def test_page_keeps_nothing_in_the_browser_but_the_handle(page):
    tap(page, "Yes")
    say(page, "me, and I am behind with the rent")
    assert page.evaluate(EVERYTHING_KEPT) == ONLY_THE_HANDLE
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("nobody else may read this")
    page.get_by_label("Your message").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    assert page.evaluate(EVERYTHING_KEPT) == ONLY_THE_HANDLE


def test_page_name_and_icon_give_nothing_away(page):
    say(page, "I am behind with the rent")
    assert page.title() == "Chat"
    assert page.locator("link[rel=icon]").get_attribute("href") == "data:,"


def test_page_exit_forgets_the_handle_and_leaves_nothing_behind_the_back_button(page):
    home = page.url
    tap(page, "Yes")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(EXIT)
    assert page.evaluate("history.length") == 2, "the page's own place in the history is gone"
    page.go_back()
    assert page.url == "about:blank"
    page.goto(home)
    expect(page.get_by_role("log")).to_contain_text("Single Point of Access")
    expect(page.locator(".chat-message--resident")).to_have_count(0)


@pytest.mark.parametrize("way", ["Enter", " "])
def test_page_exit_by_keyboard(page, way):
    page.get_by_role("button", name="Exit this page").press(way)
    page.wait_for_url(EXIT)


def test_page_exit_without_a_line_clears_the_screen_and_asks_nothing(page):
    home = page.url
    page.unroute_all()
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("nobody else may read this")
    page.get_by_label("Your message").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.get_by_text("nobody else may read this")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(home)
    expect(page.get_by_role("log")).to_contain_text("Single Point of Access")
    expect(page.locator(".chat-message--resident")).to_have_count(0)
    assert not asked


def test_page_exit_closes_the_chat_in_the_other_tab_too(page):
    other = page.context.new_page()
    other.goto(page.url)
    take_up(other, page.evaluate("sessionStorage.getItem('chat')"))
    expect(other.locator("#choices button").first).to_be_visible()
    page.get_by_role("button", name="Exit this page").click()
    other.wait_for_url(EXIT)


def test_page_deleted_chat_is_gone_and_a_new_one_can_be_started(page):
    tap(page, "Yes")
    page.get_by_role("button", name="Delete this chat").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("This chat is deleted.")
    expect(page.get_by_role("button", name="Start a new chat")).to_be_focused()
    assert page.locator(".chat-message").count() == 0
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("button", name="Start a new chat").click()
    tap(page, "Yes")


def test_page_chat_that_was_handed_over_is_not_deleted_and_the_reason_is_given(page, installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    web.say(choice="yes")
    take_up(page, web.token)
    expect(page.locator(".chat-reference")).to_be_visible()
    page.get_by_role("button", name="Delete this chat").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("sent to the team already")


def test_page_crisis_card_has_a_large_button_for_each_number_it_names(page):
    say(page, "I have taken an overdose")
    lines = page.locator(".chat-message--crisis .chat-lines a")
    assert [line.get_attribute("href") for line in lines.all()] == ["tel:999", "tel:08007312864", "tel:116123"]
    assert all(line.bounding_box()["height"] >= 48 for line in lines.all())


def test_page_numbers_in_the_words_of_a_crisis_card_can_be_called_before_anything_is_scrolled(browser, installation):
    with chat_page(browser, installation.gateway, viewport={"width": 375, "height": 667}) as page:
        say(page, "I have taken an overdose")
        expect(page.locator(".chat-message--crisis > a[href='tel:999']")).to_be_in_viewport(ratio=1)


def test_page_discreet_card_names_no_harm_on_its_buttons(page):
    say(page, "my husband hits me and he is in the next room")
    lines = page.locator(".chat-message--crisis .chat-lines")
    expect(lines).to_be_visible()
    assert not {"abuse", "violence", "safeguarding"} & set(lines.inner_text().lower().split())


def test_page_summary_is_a_list_and_a_tap_changes_a_line(page, installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    take_up(page, web.token)
    expect(page.locator(".chat-answers li").filter(has_text="Phone")).to_contain_text("07700 900124")
    labels = page.locator(".chat-answers b").all_text_contents()
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_json) if "messages" in request.url else None)
    with replied(page):
        page.get_by_role("button", name="Change Phone").dblclick()
    assert [message["text"] for message in sent] == [f"change {labels.index('Phone') + 1}"]
    expect(page.locator(".chat-change")).to_have_count(0)


def test_page_reference_can_be_copied(page, installation):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    receipt = next(message for message in web.say(choice="yes") if message["kind"] == "receipt")
    take_up(page, web.token)
    page.get_by_role("button", name="Copy reference").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == receipt["reference"]


def test_page_ticks_keep_the_page_in_place(page, installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="access_needs")
    take_up(page, web.token)
    page.locator("#choices label").first.click()
    expect(page.get_by_role("button", name="Continue")).to_be_in_viewport()
    page.locator("#choices label").last.click()
    assert page.evaluate("document.scrollingElement.scrollTop") == 0
    expect(page.get_by_role("button", name="Exit this page")).to_be_in_viewport()


def test_page_without_javascript_shows_who_to_call(browser, installation):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 568})
    page = context.new_page()
    page.goto(installation.gateway)
    for number in ("tel:999", "tel:08007312864", "tel:111", "tel:116123", "sms:85258?&body=SHOUT"):
        expect(page.locator(f".chat-plain a[href='{number}']")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_hidden()
    expect(page.get_by_role("button", name="Exit this page")).to_have_attribute("href", "https://www.bbc.co.uk/weather")
    context.close()
