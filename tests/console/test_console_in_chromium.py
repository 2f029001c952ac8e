"""A shift in a real browser: log in, acknowledge, claim, record contact, route, close; and what arrives by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from spa import escalations, introductions, messages, staff, takeovers
from spa.console.app import create_app
from spa.database import Database
from spa.models import Conversation, Escalation, Staff
from tests.chromium import chromium
from tests.console import factories
from tests.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def console_address(settings, database):
    with serving(create_app(settings, database)) as address:
        yield address


@pytest.fixture
def page(browser, console_address, database):
    """Logged in, on the front page, with one introduction and one escalation; it must make no error and ask no other host."""
    now = datetime.now(UTC)
    with database.session() as session:
        factories.introduction(session, at=now - timedelta(hours=2), contact={"ok_to_leave_voicemail": False})
        factories.escalation(session, at=now - timedelta(minutes=3))
        amina = session.scalars(select(Staff).where(Staff.username == "amina")).one()
        token = staff.open_login(session, amina, now=now)  # a password takes long to check, as it should
    context = browser.new_context()
    context.add_cookies([{"name": "frontdoor-login", "value": token, "url": console_address}])
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(console_address) else errors.append(asked.url))
    page.goto(console_address)
    expect(page.get_by_role("heading", name="Open escalations")).to_be_visible()
    yield page
    assert errors == []
    context.close()


def is_fault(message):
    """An error of ours: a refused form is an answer, though Chromium reports its status as an error too."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def kept(database: Database):
    """(escalation, introduction) as they are in the database."""
    with database.reading() as session:
        alarm = session.scalars(select(Escalation)).one()
        introduction = introductions.queue(session, states=("new", "in_review", "in_contact", "routed"))[0]
        return alarm, introduction


def test_console_acknowledge_claim_contact_route_and_close(page, database):
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("You have acknowledged")).to_be_visible()
    expect(page.get_by_text("Amina Yusuf has it")).to_be_visible()

    page.get_by_role("link", name="All escalations").click()
    page.get_by_role("link", name="Grace Mensah").click()
    expect(page.get_by_text("DO NOT leave a voicemail")).to_be_in_viewport()
    page.get_by_role("button", name="Claim it").click()
    expect(page.get_by_text("You have claimed this introduction.")).to_be_visible()

    page.get_by_text("Record contact").first.click()
    page.get_by_label("What happened").select_option("Spoke to the person")
    page.get_by_role("button", name="Record contact").click()
    page.get_by_text("Route to a service").click()
    page.get_by_label("Destination").select_option("Talking therapies")
    page.get_by_role("button", name="Route it").click()
    expect(page.get_by_text("The introduction is routed.")).to_be_visible()

    alarm, introduction = kept(database)
    assert (alarm.state, alarm.acknowledged_by) == ("acknowledged", "amina")
    assert (introduction.assignee, introduction.status) == ("amina", "routed")
    assert introduction.destination == "talking_therapies"


def test_console_shows_what_comes_in_without_reloading_and_keeps_the_focus(page, database):
    page.get_by_role("link", name="Grace Mensah").focus()
    with database.session() as session:
        factories.introduction(session, at=datetime.now(UTC), person={"full_name": "Kofi Newcomer"})
        factories.escalation(session, at=datetime.now(UTC), text="nobody would miss me")
    expect(page.get_by_role("link", name="Kofi Newcomer")).to_be_visible(timeout=8000)
    expect(page.get_by_text("nobody would miss me")).to_be_visible()
    expect(page.get_by_role("link", name="Grace Mensah")).to_be_focused()
    assert page.title().startswith("(2)")
    expect(page.locator("#fd-voice")).to_contain_text("2 escalations to acknowledge")


def test_console_is_told_of_what_comes_in_though_it_never_looks_by_itself(page, database):
    page.clock.install()
    page.reload()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # no timer of the page runs from here
    with database.session() as session:
        factories.introduction(session, at=datetime.now(UTC), person={"full_name": "Kofi Newcomer"})
    expect(page.get_by_role("link", name="Kofi Newcomer")).to_be_visible(timeout=8000)


def test_console_keeps_what_is_being_typed_while_the_conversation_goes_on(page, database):
    page.get_by_role("link", name="In danger now").click()
    page.get_by_label("Add a note").fill("Half a note")
    with database.session() as session:
        alarm = escalations.open_now(session)[0]
        conversation = session.get_one(Conversation, alarm.conversation_id)
        factories.talk(session, conversation, ("i am by the river",), at=datetime.now(UTC))
    expect(page.get_by_text("i am by the river")).to_be_visible(timeout=8000)
    expect(page.get_by_label("Add a note")).to_have_value("Half a note")


@pytest.fixture
def talk(page, console_address, database):
    """The page of the conversation, which Amina has joined."""
    alarm, _ = kept(database)
    page.goto(f"{console_address}/conversations/{alarm.conversation_id}")
    page.get_by_role("button", name="Join the conversation").click()
    expect(page.get_by_label("Your message")).to_be_focused()
    return page


def written(database):
    """What staff wrote to the resident."""
    alarm, _ = kept(database)
    with database.reading() as session:
        said = messages.since(session, session.get_one(Conversation, alarm.conversation_id), 0)
        return [one.text for one in said if one.author == "staff"]


def typed_while_it_goes(talk, *, then):
    """Send "Hello", and write on before the answer comes; `then` is what becomes of the request."""
    on_its_way = []
    talk.route("**/say", lambda route: on_its_way.append(route), times=1)
    box = talk.get_by_label("Your message")
    box.fill("Hello")
    with talk.expect_request("**/say"):
        box.press("Control+Enter")
    expect(box).to_have_value("")
    box.press_sequentially("I am Amina")
    then(on_its_way[0])
    return box


def test_console_message_that_went_leaves_what_was_typed_meanwhile(talk, database):
    box = typed_while_it_goes(talk, then=lambda route: route.continue_())
    expect(talk.get_by_role("region", name="What was said").get_by_text("Hello")).to_be_visible(timeout=8000)
    expect(box).to_have_value("I am Amina")
    assert written(database) == ["Hello"]


@pytest.mark.parametrize("then", [
    lambda route: route.abort("connectionfailed"),
    lambda route: route.fulfill(status=502),  # of the proxy's, which lost the console on the way
], ids=["lost", "proxy"])  # fmt: skip
def test_console_message_whose_answer_never_came_is_not_sent_again_by_itself(talk, database, then):
    box = typed_while_it_goes(talk, then=then)
    expect(box).to_have_value("Hello\nI am Amina")
    assert "We do not know" in box.evaluate("box => box.validationMessage")
    assert written(database) == []
    box.press_sequentially(".")
    assert box.evaluate("box => box.validationMessage") == ""
    box.press("Control+Enter")
    expect(talk.get_by_role("region", name="What was said").get_by_text("I am Amina.")).to_be_visible(timeout=8000)
    assert written(database) == ["Hello\nI am Amina."]


def test_console_message_whose_answer_never_came_goes_again_as_it_is_when_somebody_sends_it_again(talk, database):
    typed_while_it_goes(talk, then=lambda route: route.abort("connectionfailed"))
    talk.get_by_role("button", name="Send").click()
    expect(talk.get_by_role("region", name="What was said").get_by_text("I am Amina")).to_be_visible(timeout=8000)
    assert written(database) == ["Hello\nI am Amina"]


def test_console_message_that_was_refused_is_kept_in_the_form_of_the_page_that_says_why(talk, database):
    alarm, _ = kept(database)
    with database.session() as session:
        conversation = session.get_one(Conversation, alarm.conversation_id)
        takeovers.leave(session, conversation, staff="amina", replies=[], draft={}, ask=None, now=datetime.now(UTC))
    box = typed_while_it_goes(talk, then=lambda route: route.continue_())
    expect(talk.get_by_role("alert")).to_contain_text("You are not in this conversation any more")
    expect(box).to_have_value("Hello\nI am Amina")


def test_console_filter_works_by_keyboard_alone(page):
    page.get_by_label("Interpreter needed").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("No introductions to show with these filters.")).to_be_visible()


def test_console_keys_move_the_focus_and_change_nothing_by_themselves(page, database):
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="In danger now")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Acknowledge")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Grace Mensah")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/introductions/*")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Claim it")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_role("searchbox")).to_have_value("c")
    alarm, introduction = kept(database)
    assert (alarm.state, introduction.assignee) == ("open", None)


def test_console_keys_are_explained_and_can_be_turned_off(page):
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close help").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).not_to_be_focused()


@pytest.fixture
def pages(page, console_address):
    """Addresses of the front page, the introduction and the escalation."""
    links = [page.get_by_role("link", name=name).first for name in ("Grace Mensah", "In danger now")]
    return [console_address + path for path in ("/", *(link.get_attribute("href") for link in links))]


@pytest.mark.parametrize("width", [320, 768])
def test_console_never_scrolls_sideways(page, pages, width):
    page.set_viewport_size({"width": width, "height": 700})
    for address in pages:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a')]
    .filter((control) => !control.labels?.length && !control.textContent.trim() && !control.ariaLabel)
    .map((control) => control.outerHTML)"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    return ids.filter((id, place) => ids.indexOf(id) !== place) }"""
LEVELS = "() => [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))"


def test_console_controls_have_names_and_headings_are_in_order(page, pages):
    for address in pages:
        page.goto(address)
        assert page.evaluate(NAMELESS) == [], address
        assert page.evaluate(TWICE) == [], address
        levels = page.evaluate(LEVELS)
        assert levels[0] == 1, address
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), address


def test_console_refusal_takes_the_reader_to_the_field(page):
    page.get_by_role("link", name="Grace Mensah").click()
    page.get_by_text("Add a note").first.click()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("alert")).to_contain_text("Write something first")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Note for the next person")).to_be_focused()


def test_console_says_when_it_cannot_be_kept_up_to_date(page):
    page.clock.install()
    page.reload()
    page.route("**/fragments/**", lambda route: route.abort())
    page.clock.run_for(30_000)
    expect(page.get_by_role("status").first).to_contain_text("Not up to date", timeout=8000)
