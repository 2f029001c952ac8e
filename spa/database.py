"""The one way to the database: an engine, transactions, migrations. SQLite (WAL) and PostgreSQL behave the same here."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, sessionmaker

from spa.migrations.upgrade import upgrade

BUSY_TIMEOUT = 15_000
"""Milliseconds a SQLite connection waits for another's write."""

_migrating = threading.Lock()  # Alembic keeps its context in module globals.


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The store says no, and what it wrote on the way (a failed login, say) is kept: the transaction still commits."""


class Database:
    """One database by its SQLAlchemy URL. Nothing is opened before the first use."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.engine = _engine(self.url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        reading = self.engine.execution_options(sqlite_begin="DEFERRED")
        self._readings = sessionmaker(reading, expire_on_commit=False)
        self._writing = threading.RLock() if self.url.get_backend_name() == "sqlite" else nullcontext()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction that may write. Commits on a clean exit or a Refusal, rolls back on any other error.

        SQLite takes its write lock at the start, so that two of them never fail by upgrading a read at once. Threads of one process
        queue for it here: SQLite itself only polls, and under load some would poll in vain until they fail.
        """
        with self._writing, self._sessions() as session:
            try:
                yield session
            except Refusal:
                session.commit()
                raise
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction for looking only: on SQLite it waits for no writer. Nothing is ever committed."""
        with self._readings() as session:
            yield session

    def migrate(self) -> None:
        """Bring the tables to the newest version; two processes may do it at once. Creates SQLite's file and folder."""
        _make_folder(self.url)
        with _migrating, self.engine.begin() as connection:
            lock(connection, "migrations")
            upgrade(connection)

    def ping(self) -> None:
        """Do nothing, but reach the database. Raises sqlalchemy.exc.SQLAlchemyError where that fails."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections that are not in use."""
        self.engine.dispose()


def lock(on: Session | Connection, name: str) -> None:
    """Let one transaction at a time go on past this name, until it ends. SQLite's writers are one at a time anyway."""
    bind = on.get_bind() if isinstance(on, Session) else on
    if bind.dialect.name == "postgresql":
        on.execute(select(func.pg_advisory_xact_lock(_lock_number(name))))


def _lock_number(name: str) -> int:
    """A signed 64-bit number, the kind PostgreSQL's advisory locks have."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _with_driver(url: str) -> URL:
    """`postgres://…` as hosting services give it means psycopg 3 here."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver opens no transactions of its own: _begin_sqlite does
    cursor = connection.cursor()
    # The timeout first: changing the journal needs a lock that another process may hold.
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {kind}")
