"""One database per test: every test that takes `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spa.database import Database
from tests.postgres import PostgresServer, postgres_server

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private server."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test gets a copy of."""
    path = tmp_path_factory.mktemp("template") / "frontdoor.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A migrated database that each test gets a copy of."""
    name = postgres.create()
    database = Database(postgres.url(name))
    database.migrate()
    database.close()
    return name


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database."""
    with_url = _sqlite if request.param == "sqlite" else _postgres
    yield from _opened(with_url(request, tmp_path, migrated=True))


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    with_url = _sqlite if request.param == "sqlite" else _postgres
    yield from _opened(with_url(request, tmp_path, migrated=False))


def _opened(url: Iterator[str]) -> Iterator[Database]:
    for address in url:
        database = Database(address)
        yield database
        database.close()


def _sqlite(request: pytest.FixtureRequest, folder: Path, *, migrated: bool) -> Iterator[str]:
    path = folder / "frontdoor.sqlite3"
    if migrated:
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
    yield f"sqlite:///{path}"


def _postgres(request: pytest.FixtureRequest, folder: Path, *, migrated: bool) -> Iterator[str]:
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create(template=request.getfixturevalue("postgres_template") if migrated else "template1")
    yield server.url(name)
    server.drop(name)
