"""Staff accounts made from the command line, with generated passwords that are shown once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import select

from spa import staff
from spa.database import Database
from spa.models import Staff

PASSWORD_BYTES = 12


class AccountExists(Exception):
    """The username is taken."""


@dataclass(frozen=True)
class Account:
    """A login that has just been made."""

    username: str
    password: str


def add_account(database: Database, *, username: str, role: str, name: str) -> str:
    """Make an account and return its password. Raises AccountExists, or ValueError for an unknown role."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with database.session() as session:
        if session.scalar(select(Staff.id).where(Staff.username == username)) is not None:
            raise AccountExists(f"there is already an account {username}")
        now = datetime.now(timezone.utc)
        staff.create(session, username=username, name=name, role=role, password=password, now=now)
    return password


def first_account(database: Database) -> Account | None:
    """The first login of an installation that has none; None where there is one."""
    with database.session() as session:
        if session.scalar(select(Staff.id).limit(1)) is not None:
            return None
    username = "admin"
    return Account(username, add_account(database, username=username, role="administrator", name="Administrator"))
