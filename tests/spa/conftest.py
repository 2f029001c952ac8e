"""One database per test: every test that takes `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete

from spa.database import Database
from spa.models import Base
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
def postgres_address(postgres: PostgresServer) -> str:
    """A migrated database. Making one takes a fifth of a second, so the tests share it and each is left without a row."""
    address = postgres.url(postgres.create())
    database = Database(address)
    database.migrate()
    database.close()
    return address


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without a row."""
    if request.param == "sqlite":
        path = tmp_path / "frontdoor.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        with closing(Database(f"sqlite:///{path}")) as opened:
            yield opened
        return
    with closing(Database(request.getfixturevalue("postgres_address"))) as opened:
        yield opened
        with opened.session() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        with closing(Database(f"sqlite:///{tmp_path / 'frontdoor.sqlite3'}")) as opened:
            yield opened
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    with closing(Database(server.url(name))) as opened:
        yield opened
    server.drop(name)
