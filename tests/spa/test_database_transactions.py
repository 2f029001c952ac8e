"""Transactions, migrations and the columns' rules, the same on both databases."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from spa import conversations
from spa.database import Database, Refusal
from spa.migrations import upgrade
from spa.models import Base, Conversation, Message
from tests.spa.factories import NOW, at_once, conversation, inbound

ROOT = Path(__file__).resolve().parents[2]


def test_session_keeps_what_was_done(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
    with database.reading() as session:
        assert conversations.by_id(session, made.id) is not None


def test_session_drops_everything_on_an_error(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session() as session:
        made = conversation(session)
        raise RuntimeError
    with database.reading() as session:
        assert conversations.by_id(session, made.id) is None


def test_session_keeps_what_was_done_before_a_refusal(database: Database) -> None:
    with pytest.raises(Refusal), database.session() as session:
        made = conversation(session)
        raise Refusal
    with database.reading() as session:
        assert conversations.by_id(session, made.id) is not None


def test_reading_never_writes(database: Database) -> None:
    with database.reading() as session:
        made = conversation(session)
    with database.reading() as session:
        assert conversations.by_id(session, made.id) is None


def test_reading_waits_for_no_writer(database: Database) -> None:
    with database.session() as writing:
        made = conversation(writing)
        with database.reading() as session:
            assert conversations.by_id(session, made.id) is None


def test_sessions_that_read_then_write_the_same_row_lose_no_update(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)

    def count() -> None:
        with database.session() as session:
            row = conversations.locked(session, made)
            row.draft = {"count": row.draft.get("count", 0) + 1}

    at_once([count] * 8)
    with database.reading() as session:
        assert session.get_one(Conversation, made.id).draft == {"count": 8}


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    summer = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    with database.session() as session:
        made = conversation(session, now=summer)
    with database.reading() as session:
        read = session.get_one(Conversation, made.id).started_at
    assert read == summer
    assert read.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError), database.session() as session:
        conversation(session, now=datetime(2026, 7, 1))


@pytest.mark.parametrize("column", ["channel", "state"])
def test_the_database_itself_refuses_unknown_values(database: Database, column: str) -> None:
    with database.session() as session:
        conversation(session)
    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(text(f"UPDATE conversation SET {column} = 'pigeon'"))


def test_a_message_cannot_point_at_no_conversation(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(Message(id="1", conversation_id="none", at=NOW, author="staff", text="", state="sent"))


def test_every_column_with_a_set_of_values_has_a_check(database: Database) -> None:
    limited = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if type(column.type).__name__ == "Enum"
    }
    inspector = inspect(database.engine)
    checks = {table: " ".join(c["sqltext"] for c in inspector.get_check_constraints(table)) for table, _ in limited}
    assert limited
    assert all(column in checks[table] for table, column in limited)


def test_migrations_make_what_the_models_say(empty_database: Database) -> None:
    empty_database.migrate()
    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_the_checks_that_the_models_say(empty_database: Database) -> None:
    empty_database.migrate()
    migrated = _checks(empty_database)
    with empty_database.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
    assert migrated == _checks(empty_database)


def _checks(database: Database) -> dict[str, set[tuple[str | None, str]]]:
    inspector = inspect(database.engine)
    return {
        table: {(check["name"], check["sqltext"]) for check in inspector.get_check_constraints(table)}
        for table in Base.metadata.tables
    }


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
    database.migrate()
    with database.reading() as session:
        assert conversations.by_id(session, made.id) is not None


def test_the_newest_revision_is_alembics_own() -> None:
    scripts = ScriptDirectory(str(upgrade.FOLDER))
    assert scripts.get_heads() == [upgrade.newest()]


def test_a_database_of_a_newer_version_is_not_touched(database: Database) -> None:
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(CommandError):
            database.migrate()
    finally:
        with database.session() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": upgrade.newest()})


def test_processes_may_migrate_at_once(empty_database: Database) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    code = "import sys; from spa.database import Database; Database(sys.argv[1]).migrate()"
    processes = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    with empty_database.reading() as session:
        assert session.scalars(select(Conversation)).all() == []


def test_migrate_makes_the_folder_of_a_sqlite_file(tmp_path) -> None:
    path = tmp_path / "not" / "there" / "frontdoor.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.ping()
    database.close()
    assert path.exists()


def test_sqlite_writes_ahead(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    database.migrate()
    database.close()
    connection = sqlite3.connect(tmp_path / "a.sqlite3")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_removed_numbers_are_not_given_out_again(database: Database) -> None:
    with database.session() as session:
        made = conversation(session)
        last = inbound(session, made).seq
        session.execute(text("DELETE FROM message"))
    with database.session() as session:
        assert inbound(session, made).seq > last


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_every_way_to_write_a_postgresql_address_means_psycopg(url: str) -> None:
    assert Database(url).url.drivername == "postgresql+psycopg"


def test_writers_of_one_process_queue_and_none_gives_up(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("spa.database.BUSY_TIMEOUT", 0)
    with closing(Database(f"sqlite:///{tmp_path / 'frontdoor.sqlite3'}")) as opened:
        opened.migrate()

        def write() -> None:
            for _ in range(20):
                with opened.session() as session:
                    conversation(session)

        at_once([write] * 6)
        with opened.reading() as session:
            assert len(session.scalars(select(Conversation)).all()) == 120
