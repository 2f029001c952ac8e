"""Staff accounts (argon2), lock-out after repeated failures, and logins that end by themselves."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from spa.database import Refusal
from spa.models import Login, Role, Staff

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)
"""A login's last use is written at most this often: pages that refresh themselves would write all day."""

SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class Lengths:
    """When a login ends by itself: `idle` after it was last used, `longest` after it was opened."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


USUAL = Lengths()


class WrongPassword(Refusal):
    """No such account, or not its password: the two are told apart by nobody outside."""


class LockedOut(Refusal):
    """Too many failures; even the right password is refused for a while."""


def create(session: Session, *, username: str, name: str, role: str, password: str, now: datetime) -> Staff:
    """Add an account. Raises ValueError for an unknown role, an empty name or a short password."""
    if not username.strip() or not name.strip():
        raise ValueError("an account needs a username and a name")
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"a password has at least {SHORTEST_PASSWORD} characters")
    person = Staff(
        username=_normal(username),
        name=name.strip(),
        role=Role(role),
        password_hash=_hasher().hash(password),
        active=True,
        failures=0,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def authenticate(session: Session, *, username: str, password: str, now: datetime) -> Staff:
    """The account whose password this is. Raises WrongPassword or LockedOut; the failure is counted either way.

    An unknown username and a locked account take as long as a known one.
    """
    with_password = Staff.username == _normal(username), Staff.active, Staff.password_hash != ""
    query = select(Staff).where(*with_password).with_for_update()
    person = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if person is None:
        _matches(_nobodys_hash(), password)
        raise WrongPassword
    right = _matches(person.password_hash, password)
    if person.locked_until is not None and person.locked_until > now:
        raise LockedOut
    if not right:
        _count_failure(session, person, now=now)
        raise WrongPassword
    person.failures, person.locked_until = 0, None
    if _hasher().check_needs_rehash(person.password_hash):
        person.password_hash = _hasher().hash(password)
    session.flush()
    return person


def open_login(session: Session, staff: Staff, *, now: datetime, lengths: Lengths = USUAL) -> str:
    """A token for the console's cookie. Only its hash is stored."""
    over = or_(Login.seen_at < now - lengths.idle, Login.opened_at < now - lengths.longest)
    session.execute(delete(Login).where(over))
    token = secrets.token_urlsafe(32)
    session.add(Login(token_hash=_hash(token), staff_id=staff.id, opened_at=now, seen_at=now))
    session.flush()
    return token


def by_token(
    session: Session, token: str, *, now: datetime, touch: bool = True, lengths: Lengths = USUAL
) -> Staff | None:
    """Whose login this is; None once it was ended, idle for too long or too old.

    Without `touch` it does not count as used: a page left open refreshes itself, and must not stay logged in by that.
    """
    login = session.get(Login, _hash(token))
    if login is None or not login.staff.active:
        return None
    if login.seen_at < now - lengths.idle or login.opened_at < now - lengths.longest:
        return None
    if touch and now - login.seen_at >= SEEN_EVERY:
        login.seen_at = now
        session.flush()
    return login.staff


def end_login(session: Session, token: str) -> None:
    """Log out; again is the same."""
    session.execute(delete(Login).where(Login.token_hash == _hash(token)))


def end_logins(session: Session, staff: Staff) -> None:
    """Log them out everywhere."""
    session.execute(delete(Login).where(Login.staff_id == staff.id))


def _count_failure(session: Session, person: Staff, *, now: datetime) -> None:
    person.failures += 1
    if person.failures >= MOST_FAILURES:
        person.failures, person.locked_until = 0, now + LOCKED_FOR
    session.flush()


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher().verify(password_hash, password)
    except VerificationError:
        return False


def _normal(username: str) -> str:
    return username.strip().lower()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
