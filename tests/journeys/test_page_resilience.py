"""The chat page on a bad line: what is written goes out once and in order, what came back is shown once, and the page says how things stand."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, own, replied, say, take_up, tap
from tests.journeys.line import line
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser]

MESSAGES = "**/chat/messages"
SLOW_2G = {"offline": False, "latency": 2000, "downloadThroughput": 6_250, "uploadThroughput": 6_250}
"""Milliseconds a request, and bytes a second (50 kbit/s)."""
FULL_SPEED = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


def write(page: Page, text: str) -> None:
    """Type and send, whatever comes of it."""
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")


def refuse_once(page: Page, status: int, detail: str, **extra: object) -> None:
    """The next message is answered with a problem."""

    def answer(route: Route) -> None:
        problem = {"type": "about:frontdoor/test", "status": status, "detail": detail} | extra
        route.fulfill(status=status, json=problem, content_type="application/problem+json")

    page.route(MESSAGES, answer, times=1)


def stored(page: Page) -> list[str]:
    """What the resident said, as the gateway has it: a page that is opened anew shows nothing else."""
    page.reload()
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    return own(page)


def test_page_offline_messages_go_out_once_and_in_order_when_the_line_is_back(page):
    page.context.set_offline(True)
    write(page, "my rent is late")
    write(page, "and I am tired")
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    expect(page.locator(".chat-message--unsent")).to_have_count(1)
    with replied(page):
        page.context.set_offline(False)
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.locator(".chat-message--unsent")).to_have_count(0)
    expect(page.locator(".chat-message--resident")).to_have_count(2)
    expect(page.locator("#typing")).to_be_hidden()
    expect(page.locator(".chat-message--resident").nth(1).locator("xpath=following-sibling::*[1]")).to_be_visible()
    shown = page.locator(".chat-message").all_text_contents()
    assert stored(page) == ["my rent is late", "and I am tired"]
    assert page.locator(".chat-message").all_text_contents() == shown


def test_page_try_again_now_sends_at_once(page):
    page.route(MESSAGES, lambda route: route.abort())
    write(page, "hello there")
    for _ in range(2):
        with page.expect_request(MESSAGES):
            page.get_by_role("button", name="Try again now").click()
    page.unroute(MESSAGES)
    with replied(page):
        page.get_by_role("button", name="Try again now").click()
    assert stored(page) == ["hello there"]


def test_page_lost_answer_is_fetched_without_saying_it_twice(page):
    page.route(MESSAGES, lambda route: (route.fetch(), route.abort()), times=1)
    write(page, "hello there")
    expect(page.locator(".chat-message--resident ~ .chat-message--assistant").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("status")).to_be_empty()
    shown = page.locator(".chat-message").all_text_contents()
    assert stored(page) == ["hello there"]
    assert page.locator(".chat-message").all_text_contents() == shown


@pytest.mark.timeout(120)
def test_page_goes_on_after_the_gateway_was_restarted(installation, page):
    tap(page, "Yes")
    installation.kill("gateway")
    write(page, "it is for me")
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    installation.wait_ready()
    expect(page.get_by_role("status")).to_be_empty(timeout=20_000)
    expect(page.locator(".chat-message--resident").nth(1).locator("xpath=following-sibling::*[1]")).to_be_visible(
        timeout=20_000
    )
    assert stored(page) == ["Yes", "it is for me"]


def test_page_double_click_answers_once(page):
    with replied(page):
        page.locator("#choices button").first.dblclick()
    assert stored(page) == ["Yes"]


def test_page_in_two_tabs_shows_the_same_in_both(page):
    other = page.context.new_page()
    other.goto(page.url)
    take_up(other, page.evaluate("sessionStorage.getItem('chat')"))
    expect(other.locator("#choices button").first).to_be_visible()
    tap(page, "Yes")
    expect(other.locator(".chat-message--resident")).to_have_count(1)
    expect(other.locator("#choices")).to_contain_text("Someone I know")
    tap(other, "Me")
    expect(page.locator(".chat-message--resident")).to_have_count(2)
    expect(page.locator(".chat-message")).to_have_count(other.locator(".chat-message").count())
    assert page.locator(".chat-message").all_text_contents() == other.locator(".chat-message").all_text_contents()


def test_page_back_button_restores_the_conversation_once(page):
    tap(page, "Yes")
    shown = page.locator(".chat-message").all_text_contents()
    page.goto("https://www.bbc.co.uk/weather")
    page.go_back()
    expect(page.locator(".chat-message")).to_have_count(len(shown))
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert page.locator(".chat-message").all_text_contents() == shown
    tap(page, "Me")


def test_page_reload_while_a_message_is_on_its_way_keeps_it(page):
    with page.expect_request(MESSAGES):
        write(page, "hello there")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(".chat-message--resident ~ .chat-message--assistant").first).to_be_visible(timeout=20_000)
    assert stored(page) == ["hello there"]


def test_page_asks_before_it_is_left_with_something_unsent(page):
    page.context.set_offline(True)
    write(page, "hello there")
    expect(page.get_by_role("status")).to_contain_text("Not sent yet")
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    expect(page.locator(".chat-message--resident")).to_have_count(1)


@pytest.mark.parametrize("status", [400, 409, 413])
def test_page_refused_message_comes_back_into_the_box_with_the_reason(page, status):
    refuse_once(page, status, "That is too long. Please send it in parts.")
    write(page, "hello there")
    expect(page.get_by_role("status")).to_have_text("That is too long. Please send it in parts.")
    expect(page.get_by_label("Your message")).to_have_value("hello there")
    expect(page.locator(".chat-message--resident")).to_have_count(0)
    with replied(page):
        page.get_by_label("Your message").press("Enter")
    expect(page.get_by_role("status")).to_be_empty()


def test_page_refused_choice_can_be_chosen_again(page):
    refuse_once(page, 409, "Please choose again.")
    page.locator("#choices button").first.click()
    expect(page.get_by_role("status")).to_have_text("Please choose again.")
    tap(page, "Yes")


def test_page_slowed_message_counts_as_sent(page):
    refuse_once(page, 429, "We have your message. Please wait a little before the next one.", messages=[])
    write(page, "hello there")
    expect(page.get_by_role("status")).to_have_text("We have your message. Please wait a little before the next one.")
    expect(page.locator(".chat-message--unsent")).to_have_count(0)
    expect(page.get_by_label("Your message")).to_have_value("")


def test_page_expired_session_clears_the_screen_and_sends_the_words_in_a_new_chat(page):
    tap(page, "Yes")
    refuse_once(page, 401, "This chat was left for a while, so we closed it.")
    with replied(page):
        write(page, "I need help with my rent")
    expect(page.get_by_role("status")).to_have_text("This chat was left for a while, so we closed it.")
    assert stored(page) == ["I need help with my rent"]


def test_page_expired_session_gives_a_bare_answer_back_instead_of_giving_it_to_another_question(page):
    refuse_once(page, 401, "This chat was left for a while, so we closed it.")
    write(page, "yes")
    expect(page.get_by_label("Your message")).to_have_value("yes")
    expect(page.locator("#choices button").first).to_be_visible()
    assert own(page) == []


def test_page_that_opens_without_a_line_opens_the_chat_when_it_is_back(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        page.route("**/chat/sessions", lambda route: route.abort())
        page.evaluate("sessionStorage.clear()")
        page.reload()
        expect(page.get_by_role("status")).to_contain_text("We cannot reach the chat right now")
        write(page, "hello there")
        page.unroute("**/chat/sessions")
        page.get_by_role("button", name="Try again now").click()
        expect(page.locator(".chat-message--resident ~ .chat-message--assistant").first).to_be_visible(timeout=20_000)
        assert stored(page) == ["hello there"]


def test_page_after_a_laptop_slept_catches_up_from_the_last_event_it_saw(browser, installation):
    with line(installation.ports["gateway"]) as slept, chat_page(browser, slept.address) as page:
        page.clock.install()
        page.reload()
        expect(page.locator("#choices button").first).to_be_visible()
        tap(page, "Yes")
        expect(page.locator(".chat-edit")).to_be_visible()
        shown = page.locator(".chat-message").all_text_contents()
        slept.go_dead()
        other = WebChat(installation.gateway)
        other.token = page.evaluate("sessionStorage.getItem('chat')")
        other.say("it is for me")
        assert page.locator(".chat-message").all_text_contents() == shown, "the line was not dead"
        with page.expect_request("**/chat/events") as caught_up:
            page.clock.fast_forward(60_000)
        assert int(caught_up.value.headers["last-event-id"]) > 0
        page.clock.fast_forward(15_000)  # the first try may go out on a connection that is dead too
        expect(page.locator(".chat-message--resident")).to_have_count(2)
        expect(page.locator(".chat-message--assistant").last).to_contain_text("18 or over")
        say(page, "yes I am")
        assert stored(page) == ["Yes", "it is for me", "yes I am"]


def test_page_that_slept_with_a_message_on_its_way_sends_it_once(browser, installation):
    with line(installation.ports["gateway"]) as slept, chat_page(browser, slept.address) as page:
        page.clock.install()
        page.reload()
        expect(page.locator("#choices button").first).to_be_visible()
        slept.go_dead()
        with page.expect_request(MESSAGES):
            write(page, "hello there")
        page.clock.fast_forward(60_000)
        expect(page.locator(".chat-message--resident ~ .chat-message--assistant").first).to_be_visible(timeout=20_000)
        expect(page.get_by_role("status")).to_be_empty()
        assert stored(page) == ["hello there"]


@pytest.mark.timeout(240)
def test_page_on_slow_2g_sends_everything_once_and_in_order(browser, installation):
    with chat_page(browser, "about:blank", awaited=False) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.emulateNetworkConditions", SLOW_2G)
        page.goto(installation.gateway)
        expect(page.locator("#choices button").first).to_be_visible(timeout=60_000)
        texts = ["Yes", "it is for me", "I am 34"]
        for text in texts:
            write(page, text)
        expect(page.locator("#typing")).to_be_visible()
        expect(page.locator("#choices")).to_contain_text("I live in Lambeth", timeout=60_000)
        expect(page.get_by_role("status")).to_be_empty()
        expect(page.locator(".chat-message--unsent")).to_have_count(0)
        assert own(page) == texts
        network.send("Network.emulateNetworkConditions", FULL_SPEED)
        assert stored(page) == texts


def test_page_double_click_on_send_and_on_continue_sends_once(page, installation):
    page.get_by_label("Your message").fill("yes")
    with replied(page):
        page.get_by_role("button", name="Send").dblclick()
    assert own(page) == ["yes"]
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="access_needs")
    take_up(page, web.token)
    page.locator("#choices label").first.click()
    said = own(page)
    with replied(page):
        page.get_by_role("button", name="Continue").dblclick()
    assert len(own(page)) == len(said) + 1
