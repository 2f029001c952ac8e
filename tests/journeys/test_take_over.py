"""Staff take a live conversation over, on the web and by text, and hand it back: each in a browser of their own."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import MARCUS
from tests.journeys.chat_page import say, tap
from tests.journeys.console_desk import desk
from tests.journeys.test_sms_introduction import text_through

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WISH = "i want to die and i have a plan"
SECONDS = 10_000


@pytest.fixture
def ama(browser, installation):
    with desk(browser, installation, "ama", "Ama Boateng", "crisis_outreach") as page:
        yield page


@pytest.fixture
def joe(browser, installation):
    with desk(browser, installation, "joe", "Joe Farrell", "clinician") as page:
        yield page


def open_escalation(page, words):
    """The escalation with these words, from the front page."""
    alarm = page.locator(".fd-alarm", has_text=words).first
    alarm.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=re.compile("Escalation"))).to_be_visible()


def join(page):
    page.get_by_role("button", name="Join the conversation").click()
    expect(page.get_by_text("You are in the conversation.")).to_be_visible()


def send(page, text):
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".fd-line--staff", has_text=text)).to_be_visible(timeout=SECONDS)


def test_chat_taken_over_from_an_escalation_and_handed_back(page, ama):
    tap(page, "Yes")
    say(page, f"{WISH} one")
    open_escalation(ama, f"{WISH} one")
    join(ama)
    log = page.get_by_role("log")
    expect(log).to_contain_text("A person has joined this chat: Crisis outreach", timeout=SECONDS)
    expect(page.get_by_text("You are writing with a person: Crisis outreach")).to_be_visible()
    expect(page.get_by_text("Automated. Not a person")).to_be_hidden()
    expect(page.locator("#choices button")).to_have_count(0)

    send(ama, "Hello, I am here with you. Are you safe right now?")
    expect(log.locator(".chat-message--staff")).to_contain_text("Crisis outreach: Hello, I am here", timeout=SECONDS)
    said = page.locator(".chat-message--assistant").count()
    page.get_by_label("Your message").fill("i am at home, my sister is coming")
    page.get_by_label("Your message").press("Enter")
    theirs = ama.locator(".fd-line--resident", has_text="my sister is coming")
    expect(theirs).to_be_visible(timeout=SECONDS)
    expect(theirs).to_contain_text("Resident")
    expect(ama.locator(".fd-line--staff")).to_contain_text("Ama Boateng, shown as “Crisis outreach”")
    assert page.locator(".chat-message--assistant").count() == said, "the assistant is silent"

    ama.get_by_role("button", name="Hand back").click()
    expect(ama.get_by_text("You have handed the conversation back.")).to_be_visible()
    expect(log).to_contain_text("Crisis outreach has left this chat. You are back with me.", timeout=SECONDS)
    expect(page.get_by_text("You are writing with a person")).to_be_hidden()
    expect(page.get_by_text("Automated. Not a person")).to_be_visible()
    expect(page.locator("#choices button").first).to_be_visible()


def test_chat_still_shows_the_person_after_a_reload(page, ama):
    tap(page, "Yes")
    say(page, f"{WISH} two")
    open_escalation(ama, f"{WISH} two")
    join(ama)
    expect(page.get_by_text("You are writing with a person: Crisis outreach")).to_be_visible(timeout=SECONDS)
    page.reload()
    expect(page.get_by_text("You are writing with a person: Crisis outreach")).to_be_visible()


def test_flag_while_a_person_is_there_is_raised_on_their_screen(page, ama):
    tap(page, "Yes")
    say(page, "can i talk to a person please three")
    open_escalation(ama, "can i talk to a person please three")
    join(ama)
    expect(page.get_by_text("You are writing with a person")).to_be_visible(timeout=SECONDS)
    page.get_by_label("Your message").fill("i have just taken all my tablets")
    page.get_by_label("Your message").press("Enter")
    expect(page.locator(".chat-message--crisis")).to_contain_text("999", timeout=SECONDS)
    alarm = ama.get_by_role("region", name=re.compile("Open escalation"))
    expect(alarm).to_contain_text("Red escalation open: In danger now", timeout=SECONDS)


def test_two_who_join_at_once_one_is_in_it_and_the_other_is_told(page, ama, joe):
    tap(page, "Yes")
    say(page, f"{WISH} four")
    for desk_page in (ama, joe):
        open_escalation(desk_page, f"{WISH} four")
    joe.route("**/fragment*", lambda route: route.abort())  # his page does not hear in time that she was first
    join(ama)
    joe.get_by_role("button", name="Join the conversation").click()
    expect(joe.get_by_role("alert")).to_contain_text("Ama Boateng is in this conversation already.")
    expect(joe.get_by_role("button", name="Join the conversation")).to_have_count(0)
    expect(page.locator(".chat-message--joined")).to_have_count(1)


def test_texts_taken_over_and_handed_back(installation, twilio, ama):
    phone = twilio.phone("+447700900181")
    asks = list(MARCUS)
    assert text_through(installation, phone, {ask: MARCUS[ask] for ask in asks[: asks.index("goals")]}) == "goals"
    phone.send("please can i talk to a real person now")
    open_escalation(ama, "please can i talk to a real person now")
    asked = installation.ask_of(address=phone.number)
    before = len(phone.texts)
    join(ama)
    assert "A person has joined: Crisis outreach" in phone.next(before)[0]
    before = len(phone.texts)
    send(ama, "Hello, it is Ama. Where are you now?")
    assert phone.next(before) == ["Crisis outreach: Hello, it is Ama. Where are you now?"]
    before = len(phone.texts)
    assert twilio.inbound(phone.number, "on the bus home").status_code == 200
    expect(ama.locator(".fd-line--resident", has_text="on the bus home")).to_be_visible(timeout=SECONDS)
    ama.get_by_role("button", name="Hand back").click()
    expect(ama.get_by_text("You have handed the conversation back.")).to_be_visible()
    back = phone.next(before)
    assert back[0].startswith("Crisis outreach has gone now. You are back with me."), "nothing else came in between"
    assert asked and installation.ask_of(address=phone.number) == asked
