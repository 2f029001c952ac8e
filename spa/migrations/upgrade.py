"""Brings a database to the newest version. Alembic is loaded only where there is something to do: it takes as long as all the rest."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

FOLDER = Path(__file__).resolve().parent


def upgrade(connection: Connection) -> None:
    """Run what is missing on this connection, in its transaction. Raises Alembic's error for a database newer than this code."""
    if _version(connection) == newest():
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest() -> str:
    """The last revision: scripts are numbered in their order, `0001_what_it_does.py`."""
    return max(path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def _version(connection: Connection) -> str | None:
    """The revision the database has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
