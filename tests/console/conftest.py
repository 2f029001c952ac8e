"""The console on a real SQLite database with two staff accounts, at a time that tests turn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from frontdoor.settings import Settings
from spa import staff
from spa.console.app import create_app
from spa.database import Database
from spa.models import Staff
from tests.console import factories
from tests.console.driver import Browser


@pytest.fixture(scope="session")
def staffed_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with Amina's and Tom's accounts, that each test gets a copy of: hashing passwords takes its time."""
    path = tmp_path_factory.mktemp("console") / "frontdoor.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    with database.session() as session:
        factories.member(session)
        factories.member(session, "tom", "Tom Okafor", "manager")
    database.close()
    return path


@pytest.fixture
def database(staffed_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "frontdoor.sqlite3"
    shutil.copy(staffed_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def clock() -> factories.Clock:
    return factories.Clock()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("var")
    return Settings(var=folder, secret_key=SecretStr("a key for tests only, long enough"))


@pytest.fixture(scope="session")
def console(settings: Settings, staffed_template: Path) -> FastAPI:
    """The application, made once: reading its templates takes longer than most tests."""
    return create_app(settings, Database(f"sqlite:///{staffed_template}"))


@pytest.fixture
def app(console: FastAPI, database: Database, clock: factories.Clock) -> Iterator[FastAPI]:
    """The application at work on the test's own database and clock."""
    place = console.state.workplace
    console.state.workplace = replace(place, database=database, clock=clock)
    yield console
    console.state.workplace = place


@pytest.fixture
def stranger(app: FastAPI) -> Browser:
    """Not logged in."""
    return Browser(app)


@pytest.fixture
def amina(app: FastAPI, database: Database) -> Browser:
    """Logged in."""
    return _logged_in(app, database, "amina")


@pytest.fixture
def tom(app: FastAPI, database: Database) -> Browser:
    """Logged in, somebody else."""
    return _logged_in(app, database, "tom")


def _logged_in(app: FastAPI, database: Database, username: str) -> Browser:
    """Straight from the store: a password takes long to check, as it should."""
    browser = Browser(app)
    with database.session() as session:
        person = session.scalars(select(Staff).where(Staff.username == username)).one()
        token = staff.open_login(session, person, now=factories.NOW)
    browser.client.cookies.set("frontdoor-login", token)
    return browser
