"""Staff at the console of a whole installation, each in a browser of their own, logged in straight from the store: a password takes long to check."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from spa import staff
from spa.database import Database
from spa.models import Staff
from tests.journeys.installation import Installation


@contextmanager
def desk(browser: Browser, installation: Installation, username: str, name: str, role: str) -> Iterator[Page]:
    """One member's console, open on its front page. Fails for a script error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": "frontdoor-login", "value": _login(installation, username, name, role), "url": installation.console}]
    )
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()
    page.goto(installation.console)
    yield page
    context.close()
    assert not wrong, wrong


def _login(installation: Installation, username: str, name: str, role: str) -> str:
    now = datetime.now(UTC)
    store = Database(f"sqlite:///{installation.folder / 'var' / 'frontdoor.sqlite3'}")
    with closing(store), store.session() as session:
        person = session.scalars(select(Staff).where(Staff.username == username)).one_or_none()
        person = person or staff.create(
            session, username=username, name=name, role=role, password="a long password for tests", now=now
        )
        return staff.open_login(session, person, now=now)
