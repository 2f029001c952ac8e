"""The names of staff behind their user names."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from spa.models import Staff


def names_of_staff(session: Session) -> dict[str, str]:
    """{user name: name}, of accounts no longer in use too: they acted under it."""
    return {username: name for username, name in session.execute(select(Staff.username, Staff.name))}
