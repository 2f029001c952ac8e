"""Read-aloud and dictation on the chat page.

Headless Chromium has the interfaces and neither voices nor a service that hears: what the page does without them is tried on the browser as
it is. Where a voice or something heard is needed, the test page brings a player of that interface, with the names and events of the standard.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answers import GRACE
from tests.journeys.chat_page import chat_page, own, replied, say, take_up, tap
from tests.journeys.web_chat import WebChat

pytestmark = [pytest.mark.journey, pytest.mark.browser]

# As https://webaudio.github.io/web-speech-api/#tts-section has them, as far as the page uses them. `said`: what was spoken.
VOICES = """(voices) => {
    window.said = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const synthesis = {
        getVoices: () => voices,
        speak: (words) => window.said.push(words.text),
        cancel: () => window.said.push(null),
    };
    Object.defineProperty(window, 'speechSynthesis', {value: synthesis});
}"""
OWN_VOICE = {"lang": "en-GB", "name": "Own", "localService": True}
FETCHED_VOICE = {"lang": "en-GB", "name": "Fetched", "localService": False}
# As #speechreco-section has it. `ears`: every recogniser that was started; `hear(...)` plays what it hears.
EARS = """() => {
    window.ears = [];
    window.SpeechRecognition = class {
        start() { window.ears.push(this); this.state = 'listening'; }
        stop() { this.state = 'stopped'; this.onend?.(); }
        abort() { this.state = 'aborted'; this.onerror?.({error: 'aborted'}); this.onend?.(); }
    };
    window.hear = (...parts) => window.ears.at(-1).onresult({results: parts.map((transcript) => [{transcript}])});
    window.fail = (error) => { window.ears.at(-1).onerror({error}); window.ears.at(-1).onend(); };
}"""


@pytest.fixture
def page(browser, installation) -> Iterator[Page]:
    """The chat page in a browser with a voice of its own and with ears."""
    with chat_page(browser, "about:blank", awaited=False) as page:
        page.add_init_script(f"({VOICES})([{OWN_VOICE}]); ({EARS})();".replace("True", "true").replace("'", '"'))
        page.goto(installation.gateway)
        expect(page.locator("#choices button").first).to_be_visible()
        yield page


def turn_on(page: Page) -> None:
    """Past the note on what dictation is, which begins to listen."""
    page.get_by_role("button", name="Speak instead of typing").click()
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("status")).to_contain_text("Listening")


def spoken(page: Page) -> list[str]:
    """What was read out."""
    return [text for text in page.evaluate("window.said") if text is not None]


def test_page_offers_no_voice_where_the_browser_has_none(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        assert page.evaluate("speechSynthesis.getVoices().length") == 0
        expect(page.locator("#aloud")).to_be_hidden()


def test_page_uses_no_voice_that_the_browser_fetches_from_its_maker(browser, installation):
    with chat_page(browser, "about:blank", awaited=False) as page:
        page.add_init_script(f"({VOICES})([{FETCHED_VOICE}])".replace("False", "false"))
        page.goto(installation.gateway)
        expect(page.locator("#choices button").first).to_be_visible()
        expect(page.locator("#aloud")).to_be_hidden()


def test_page_reads_the_open_question_when_read_aloud_is_turned_on_and_each_reply_after_it(page):
    assert spoken(page) == []
    page.get_by_role("button", name="Read aloud").click()
    expect(page.get_by_role("button", name="Read aloud")).to_have_attribute("aria-pressed", "true")
    assert "May we ask you some questions" in spoken(page)[-1] and spoken(page)[-1].endswith("Yes\nNo\nTell me more")
    before = len(spoken(page))
    tap(page, "Yes")
    new = page.locator(".chat-message--resident ~ .chat-message--assistant").count()
    assert len(spoken(page)) == before + new and "Someone I know" in spoken(page)[-1]


def test_page_falls_silent_when_it_is_hidden_and_when_read_aloud_is_turned_off(page):
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Privacy").click()
    page.get_by_role("button", name="Hide my chat now").click()
    assert page.evaluate("window.said.at(-1)") is None
    page.get_by_role("button", name="Show my chat").click()
    page.get_by_role("button", name="Read aloud").click()
    before = len(spoken(page))
    tap(page, "Yes")
    assert len(spoken(page)) == before


def test_page_reads_nothing_that_comes_while_it_is_hidden(page, installation):
    web = WebChat(installation.gateway).open()
    take_up(page, web.token)
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Privacy").click()
    page.get_by_role("button", name="Hide my chat now").click()
    before, shown = len(spoken(page)), page.locator(".chat-message").count()
    web.say(choice="yes")
    page.wait_for_function("shown => document.querySelectorAll('.chat-message').length >= shown + 2", arg=shown)
    assert len(spoken(page)) == before


def test_page_restored_conversation_is_not_read_aloud_again(page, installation):
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="needs")
    take_up(page, web.token)
    expect(page.get_by_role("log")).to_contain_text("My landlord")
    assert spoken(page) == []


def test_page_offers_no_dictation_where_the_browser_has_none(browser, installation):
    with chat_page(browser, "about:blank", awaited=False) as page:
        page.add_init_script("delete window.webkitSpeechRecognition; delete window.SpeechRecognition;")
        page.goto(installation.gateway)
        expect(page.locator("#choices button").first).to_be_visible()
        expect(page.locator("#speak")).to_be_hidden()


def test_page_says_so_where_the_browser_cannot_hear(browser, installation):
    with chat_page(browser, installation.gateway) as page:
        assert page.evaluate("'webkitSpeechRecognition' in window"), "this is Chromium's own"
        page.get_by_role("button", name="Speak instead of typing").click()
        page.get_by_role("button", name="Turn it on").click()
        expect(page.get_by_role("status")).to_have_text("Your browser could not do that. You can type instead.")
        expect(page.get_by_role("button", name="Speak instead of typing")).to_have_attribute("aria-pressed", "false")


def test_page_dictation_is_off_until_its_note_was_read(page):
    page.get_by_role("button", name="Speak instead of typing").click()
    expect(page.get_by_role("dialog")).to_contain_text("send the sound to the company that makes them")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Speak instead of typing")).to_be_focused()
    assert page.evaluate("window.ears.length") == 0


def test_page_dictated_words_wait_in_the_box_to_be_checked(page):
    page.get_by_label("Your message").fill("Hello.")
    turn_on(page)
    expect(page.get_by_role("button", name="Speak instead of typing")).to_have_attribute("aria-pressed", "true")
    page.evaluate("hear('my rent')")
    page.evaluate("hear('my rent is', 'late')")
    page.get_by_role("button", name="Speak instead of typing").click()
    expect(page.get_by_label("Your message")).to_have_value("Hello. my rent is late")
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Please check the words, then press Send.")
    assert own(page) == []
    with replied(page):
        page.get_by_role("button", name="Send").click()
    assert own(page) == ["Hello. my rent is late"]


def test_page_takes_nothing_more_that_is_said_once_it_was_sent(page):
    turn_on(page)
    page.evaluate("hear('my rent is late')")
    with replied(page):
        page.get_by_label("Your message").press("Enter")
    assert page.evaluate("window.ears.at(-1).state") == "aborted"
    page.evaluate("hear('my rent is late and')")
    expect(page.get_by_label("Your message")).to_have_value("")


@pytest.mark.parametrize("way", ["hide", "type"])
def test_page_stops_listening(page, way):
    turn_on(page)
    if way == "hide":
        page.evaluate("document.getElementById('hide-now').click()")
    else:
        page.get_by_label("Your message").press_sequentially("m")
    assert page.evaluate("window.ears.at(-1).state") == "aborted"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("no-speech", "We did not hear any words. You can try again, or type."),
        ("not-allowed", "Your browser could not do that. You can type instead."),
        ("network", "Your browser could not do that. You can type instead."),
    ],
)
def test_page_says_in_words_why_nothing_was_heard(page, error, words):
    turn_on(page)
    page.evaluate("error => fail(error)", error)
    expect(page.get_by_role("status")).to_have_text(words)


def test_page_lets_the_device_itself_turn_speech_into_words_where_it_can(page):
    page.evaluate("SpeechRecognition.available = async () => 'available'")
    turn_on(page)
    assert page.evaluate("window.ears.at(-1).processLocally") is True


def test_page_that_is_read_aloud_is_silent_while_it_listens(page):
    page.get_by_role("button", name="Read aloud").click()
    turn_on(page)
    assert page.evaluate("window.said.at(-1)") is None
    say(page, "hello there")
