"""The banner in a real browser: it arrives by itself, and sounds once where that is wanted."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from spa import escalations, staff
from spa.console.app import create_app
from spa.models import Staff
from tests.chromium import chromium
from tests.console import factories
from tests.serving import serving

pytestmark = pytest.mark.browser

LISTENING = """() => {
  window.heard = { tones: 0, shown: [] }
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...when) { window.heard.tones += 1; return start.apply(this, when) }
  window.Notification = class extends Notification {
    constructor (title, options) { super(title, options); window.heard.shown.push(title) }
  }
}"""
"""Notes what the page makes heard and shows; both still happen."""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser, settings, database):
    """Amina's, on a page with nothing of its own that refreshes, where no escalation is open."""
    with database.session() as session:
        amina = session.scalars(select(Staff).where(Staff.username == "amina")).one()
        token = staff.open_login(session, amina, now=datetime.now(UTC))
    with serving(create_app(settings, database)) as address:
        context = browser.new_context()
        context.grant_permissions(["notifications"], origin=address)
        context.add_cookies([{"name": "frontdoor-login", "value": token, "url": address}])
        page = context.new_page()
        page.add_init_script(f"({LISTENING})()")
        page.goto(f"{address}/escalations")
        yield page
        context.close()


def opened(database):
    with database.session() as session:
        return factories.escalation(session, at=datetime.now(UTC))


def test_banner_comes_and_goes_without_reloading(page, database):
    banner = page.get_by_role("region", name="Nobody has acknowledged")
    expect(banner).to_have_count(0)
    alarm = opened(database)
    expect(banner.get_by_role("link", name=f"Go to {alarm.code}")).to_be_visible(timeout=8000)
    with database.session() as session:
        escalations.acknowledge(
            session, escalations.by_id(session, alarm.id), actor="tom", via="sms", now=datetime.now(UTC)
        )
    expect(banner).to_have_count(0, timeout=8000)


def test_alarm_is_silent_until_somebody_turns_it_on(page, database):
    opened(database)
    expect(page.get_by_role("region", name="Nobody has acknowledged")).to_be_visible(timeout=8000)
    assert page.evaluate("window.heard") == {"tones": 0, "shown": []}


def test_alarm_sounds_and_shows_once_for_each_escalation_and_says_nothing_of_it(page, database):
    page.get_by_role("button", name="Turn alarm sound and notifications on").click()
    expect(page.get_by_role("button", name="Turn alarm sound off")).to_be_visible()
    tried = page.evaluate("window.heard.tones")
    alarm = opened(database)
    expect(page.get_by_role("region", name="Nobody has acknowledged")).to_be_visible(timeout=8000)
    assert page.evaluate("window.heard") == {"tones": 2 * tried, "shown": [f"Front Door: red escalation {alarm.code}"]}
    page.reload()
    expect(page.get_by_role("region", name="Nobody has acknowledged")).to_be_visible()
    assert page.evaluate("window.heard") == {"tones": 0, "shown": []}
